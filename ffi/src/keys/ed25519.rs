//! Ed25519 keys and signatures.

use std::ffi::c_char;

use cliquet_core::{Ed25519KeyPair, Ed25519PublicKey, Ed25519Signature};

use crate::failure::{Failure, call, call_with, cliquet_details};
use crate::handle::{Slot, free, handle, look};
use crate::input;
use crate::output::{Array, TextBuffer};
use crate::random::{Random, cliquet_random};
use crate::status::{self, cliquet_status};

/// An Ed25519 key pair, such as the fingerprint key of a device. Its secret key is wiped when it is freed.
pub struct cliquet_ed25519_key_pair {
    _opaque: [u8; 0],
}
handle!(cliquet_ed25519_key_pair: Ed25519KeyPair);

/// Makes an Ed25519 key pair of a random seed of 32 bytes. The caller frees `*key_pair`.
///
/// Errors: `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ed25519_key_pair_new(
    random: *const cliquet_random,
    key_pair: *mut *mut cliquet_ed25519_key_pair,
) -> cliquet_status {
    call(|| unsafe {
        let key_pair = Slot::at(key_pair)?;
        key_pair.put(Ed25519KeyPair::random(&mut Random::of(random)?)?);
        Ok(())
    })
}

/// Makes an Ed25519 key pair of a seed of 32 bytes (the secret key of RFC 8032). The caller frees `*key_pair`, and wipes `seed` as soon as it can.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ed25519_key_pair_from_seed(
    seed: *const u8,
    key_pair: *mut *mut cliquet_ed25519_key_pair,
) -> cliquet_status {
    call(|| unsafe {
        let key_pair = Slot::at(key_pair)?;
        key_pair.put(Ed25519KeyPair::from_seed(input::array(seed)?));
        Ok(())
    })
}

/// Makes an Ed25519 key pair of a seed of 32 bytes in unpadded base64, the form of secret storage. The caller frees `*key_pair`.
///
/// Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ed25519_key_pair_from_base64_seed(
    base64: *const c_char,
    base64_length: usize,
    key_pair: *mut *mut cliquet_ed25519_key_pair,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let key_pair = Slot::at(key_pair)?;
            key_pair.put(Ed25519KeyPair::from_base64_seed(input::text(base64, base64_length)?)?);
            Ok(())
        })
    }
}

/// Makes an Ed25519 key pair of an expanded secret key, 64 bytes, the form that libolm keeps. Such a pair has no seed. The caller frees
/// `*key_pair`, and wipes `expanded_secret_key` as soon as it can.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ed25519_key_pair_from_expanded_secret_key(
    expanded_secret_key: *const u8,
    key_pair: *mut *mut cliquet_ed25519_key_pair,
) -> cliquet_status {
    call(|| unsafe {
        let key_pair = Slot::at(key_pair)?;
        key_pair.put(Ed25519KeyPair::from_expanded_secret_key(input::array(expanded_secret_key)?));
        Ok(())
    })
}

/// Frees an Ed25519 key pair and wipes its secret key. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ed25519_key_pair_free(
    key_pair: *mut cliquet_ed25519_key_pair,
) -> cliquet_status {
    call(|| unsafe { free(key_pair) })
}

/// Writes the public key of a pair, 32 bytes, to `public_key`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ed25519_key_pair_public_key(
    key_pair: *const cliquet_ed25519_key_pair,
    public_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let public_key = Array::at(public_key)?;
        public_key.put(look(key_pair)?.public().as_bytes());
        Ok(())
    })
}

/// Signs a message and writes the signature, 64 bytes, to `signature` (RFC 8032, Ed25519).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ed25519_key_pair_sign(
    key_pair: *const cliquet_ed25519_key_pair,
    message: *const u8,
    message_length: usize,
    signature: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let signature = Array::at(signature)?;
        signature.put(look(key_pair)?.sign(input::bytes(message, message_length)?).as_bytes());
        Ok(())
    })
}

/// Writes the seed of a pair, 32 bytes, to `seed`, which the caller wipes.
///
/// Errors: `CLIQUET_ABSENT` if the pair came as an expanded secret key.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ed25519_key_pair_export_seed(
    key_pair: *const cliquet_ed25519_key_pair,
    seed: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let seed = Array::at(seed)?;
        seed.put(look(key_pair)?.export_seed().ok_or(Failure::new(status::CLIQUET_ABSENT))?);
        Ok(())
    })
}

/// Writes the seed of a pair in unpadded base64, the form of secret storage: 43 characters, so that `capacity` is at least 44. The caller wipes it.
///
/// Errors: `CLIQUET_ABSENT` if the pair came as an expanded secret key.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ed25519_key_pair_export_base64_seed(
    key_pair: *const cliquet_ed25519_key_pair,
    base64: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let base64 = TextBuffer::at(base64, capacity, length)?;
        let seed = look(key_pair)?.export_base64_seed().ok_or(Failure::new(status::CLIQUET_ABSENT))?;
        base64.put(seed.as_str())
    })
}

/// Writes the expanded secret key of a pair, 64 bytes, to `expanded_secret_key`, which the caller wipes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ed25519_key_pair_export_expanded_secret_key(
    key_pair: *const cliquet_ed25519_key_pair,
    expanded_secret_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let expanded_secret_key = Array::at(expanded_secret_key)?;
        expanded_secret_key.put(look(key_pair)?.export_expanded_secret_key());
        Ok(())
    })
}

/// Verifies a signature of 64 bytes by a public key of 32 bytes, strictly: the key must be a point of prime order in its canonical form, as must `R`
/// be, and `S` must be reduced.
///
/// Errors: `CLIQUET_PUBLIC_KEY`, `CLIQUET_INVALID_SIGNATURE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ed25519_verify(
    public_key: *const u8,
    message: *const u8,
    message_length: usize,
    signature: *const u8,
) -> cliquet_status {
    call(|| unsafe {
        let public_key = input::ed25519_public_key(public_key)?;
        let signature = Ed25519Signature::from_bytes(*input::array(signature)?);
        public_key.verify(input::bytes(message, message_length)?, &signature)?;
        Ok(())
    })
}

/// Writes an Ed25519 public key of 32 bytes in unpadded base64: 43 characters, so that `capacity` is at least 44.
///
/// Errors: `CLIQUET_PUBLIC_KEY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ed25519_public_key_to_base64(
    public_key: *const u8,
    base64: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let base64 = TextBuffer::at(base64, capacity, length)?;
        base64.put(&input::ed25519_public_key(public_key)?.to_base64())
    })
}

/// Reads an Ed25519 public key in unpadded base64 and writes its 32 bytes to `public_key`.
///
/// Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH`, `CLIQUET_PUBLIC_KEY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ed25519_public_key_from_base64(
    base64: *const c_char,
    base64_length: usize,
    public_key: *mut u8,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let public_key = Array::at(public_key)?;
            public_key.put(Ed25519PublicKey::from_base64(input::text(base64, base64_length)?)?.as_bytes());
            Ok(())
        })
    }
}

/// Writes a signature of 64 bytes in unpadded base64: 86 characters, so that `capacity` is at least 87.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ed25519_signature_to_base64(
    signature: *const u8,
    base64: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let base64 = TextBuffer::at(base64, capacity, length)?;
        base64.put(&Ed25519Signature::from_bytes(*input::array(signature)?).to_base64())
    })
}

/// Reads a signature in unpadded base64 and writes its 64 bytes to `signature`.
///
/// Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ed25519_signature_from_base64(
    base64: *const c_char,
    base64_length: usize,
    signature: *mut u8,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let signature = Array::at(signature)?;
            signature.put(Ed25519Signature::from_base64(input::text(base64, base64_length)?)?.as_bytes());
            Ok(())
        })
    }
}

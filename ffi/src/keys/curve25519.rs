//! Curve25519 keys.

use std::ffi::c_char;

use cliquet_core::{Curve25519KeyPair, Curve25519PublicKey};

use crate::failure::{call, call_with, cliquet_details};
use crate::handle::{Slot, free, handle, look};
use crate::input;
use crate::output::{Array, TextBuffer};
use crate::random::{Random, cliquet_random};
use crate::status::cliquet_status;

/// A Curve25519 key pair, such as the identity key of a device. Its secret key is wiped when it is freed.
pub struct cliquet_curve25519_key_pair {
    _opaque: [u8; 0],
}
handle!(cliquet_curve25519_key_pair: Curve25519KeyPair);

/// Makes a Curve25519 key pair of 32 random bytes. The caller frees `*key_pair`.
///
/// Errors: `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_curve25519_key_pair_new(
    random: *const cliquet_random,
    key_pair: *mut *mut cliquet_curve25519_key_pair,
) -> cliquet_status {
    call(|| unsafe {
        let key_pair = Slot::at(key_pair)?;
        key_pair.put(Curve25519KeyPair::random(&mut Random::of(random)?)?);
        Ok(())
    })
}

/// Makes a Curve25519 key pair of a secret key of 32 bytes (RFC 7748: the bytes before clamping). The caller frees `*key_pair`, and wipes
/// `secret_key` as soon as it can.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_curve25519_key_pair_from_secret_key(
    secret_key: *const u8,
    key_pair: *mut *mut cliquet_curve25519_key_pair,
) -> cliquet_status {
    call(|| unsafe {
        let key_pair = Slot::at(key_pair)?;
        key_pair.put(Curve25519KeyPair::from_secret_key(input::array(secret_key)?));
        Ok(())
    })
}

/// Frees a Curve25519 key pair and wipes its secret key. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_curve25519_key_pair_free(
    key_pair: *mut cliquet_curve25519_key_pair,
) -> cliquet_status {
    call(|| unsafe { free(key_pair) })
}

/// Writes the public key of a pair, 32 bytes, to `public_key`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_curve25519_key_pair_public_key(
    key_pair: *const cliquet_curve25519_key_pair,
    public_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let public_key = Array::at(public_key)?;
        public_key.put(look(key_pair)?.public().as_bytes());
        Ok(())
    })
}

/// Writes the secret key of a pair, 32 bytes, to `secret_key`, which the caller wipes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_curve25519_key_pair_export_secret_key(
    key_pair: *const cliquet_curve25519_key_pair,
    secret_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let secret_key = Array::at(secret_key)?;
        secret_key.put(look(key_pair)?.export_secret_key());
        Ok(())
    })
}

/// Writes a Curve25519 public key of 32 bytes in unpadded base64: 43 characters, so that `capacity` is at least 44.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_curve25519_public_key_to_base64(
    public_key: *const u8,
    base64: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let base64 = TextBuffer::at(base64, capacity, length)?;
        base64.put(&Curve25519PublicKey::from_bytes(*input::array(public_key)?).to_base64())
    })
}

/// Reads a Curve25519 public key in unpadded base64 and writes its 32 bytes to `public_key`.
///
/// Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_curve25519_public_key_from_base64(
    base64: *const c_char,
    base64_length: usize,
    public_key: *mut u8,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let public_key = Array::at(public_key)?;
            public_key.put(Curve25519PublicKey::from_base64(input::text(base64, base64_length)?)?.as_bytes());
            Ok(())
        })
    }
}

//! Decryption of a backup.

use std::ffi::c_void;

use cliquet::Curve25519PublicKey;
use cliquet::pk::{PkDecryption, PkMessage};
use zeroize::Zeroizing;

use super::MAC;
use crate::base64::{decode_array, decoded_length};
use crate::code::Code;
use crate::input::{self, InPlace};
use crate::memory::{OLM_ERROR, change, object, read};
use crate::output::Output;
use crate::random::Random;
use crate::{lengths, pickle};

object! {
    OlmPkDecryption = 7: PkDecryption, BAD_ACCOUNT_KEY;
    olm_pk_decryption_size, olm_pk_decryption, olm_pk_decryption_last_error,
    olm_pk_decryption_last_error_code, olm_clear_pk_decryption
}

/// Version, key pair.
const PICKLE: usize = lengths::pickle(4 + 64);

#[unsafe(no_mangle)]
pub extern "C" fn olm_pk_private_key_length() -> usize {
    lengths::RANDOM_KEY
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_pk_generate_key_random_length() -> usize {
    lengths::RANDOM_KEY
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_pk_key_from_private(
    decryption: *mut OlmPkDecryption,
    pubkey: *mut c_void,
    pubkey_length: usize,
    privkey: *const c_void,
    privkey_length: usize,
) -> usize {
    unsafe {
        change(decryption, |decryption| {
            let output = Output::at(pubkey, pubkey_length);
            output.check(lengths::KEY)?;
            let secret_key = Random::at(privkey.cast_mut(), privkey_length).draw(lengths::RANDOM_KEY);
            let mut secret_key = secret_key.map_err(|_| Code::INPUT_BUFFER_TOO_SMALL)?;
            let created = PkDecryption::new(&mut secret_key)?;
            output.put(created.public_key().to_base64())?;
            decryption.put(created);
            Ok(0)
        })
    }
}

/// The old name of [`olm_pk_key_from_private`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_pk_generate_key(
    decryption: *mut OlmPkDecryption,
    pubkey: *mut c_void,
    pubkey_length: usize,
    privkey: *const c_void,
    privkey_length: usize,
) -> usize {
    unsafe { olm_pk_key_from_private(decryption, pubkey, pubkey_length, privkey, privkey_length) }
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_pickle_pk_decryption_length(_decryption: *const OlmPkDecryption) -> usize {
    PICKLE
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_pickle_pk_decryption(
    decryption: *mut OlmPkDecryption,
    key: *const c_void,
    key_length: usize,
    pickled: *mut c_void,
    pickled_length: usize,
) -> usize {
    unsafe {
        read(decryption, |decryption| {
            let output = Output::at(pickled, pickled_length);
            pickle::put(&output, PICKLE, || {
                Ok(decryption.get()?.to_libolm_pickle(input::bytes(key, key_length)?)?)
            })
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_unpickle_pk_decryption(
    decryption: *mut OlmPkDecryption,
    key: *const c_void,
    key_length: usize,
    pickled: *mut c_void,
    pickled_length: usize,
    pubkey: *mut c_void,
    pubkey_length: usize,
) -> usize {
    unsafe {
        change(decryption, |decryption| {
            // The caller may do without the public key.
            let output = (!pubkey.is_null()).then(|| Output::at(pubkey, pubkey_length));
            if let Some(output) = &output {
                output.check(lengths::KEY)?;
            }
            let text = pickle::take(&InPlace::at(pickled, pickled_length)?)?;
            let key = input::bytes(key, key_length)?;
            let opened = PkDecryption::from_libolm_pickle(&text, key)?;
            if let Some(output) = &output {
                output.put(opened.public_key().to_base64())?;
            }
            decryption.put(opened);
            Ok(pickled_length)
        })
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_pk_max_plaintext_length(
    _decryption: *const OlmPkDecryption,
    ciphertext_length: usize,
) -> usize {
    decoded_length(ciphertext_length).unwrap_or(OLM_ERROR)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_pk_decrypt(
    decryption: *mut OlmPkDecryption,
    ephemeral_key: *const c_void,
    ephemeral_key_length: usize,
    mac: *const c_void,
    mac_length: usize,
    ciphertext: *mut c_void,
    ciphertext_length: usize,
    plaintext: *mut c_void,
    max_plaintext_length: usize,
) -> usize {
    unsafe {
        read(decryption, |decryption| {
            let output = Output::at(plaintext, max_plaintext_length);
            // A length that base64 does not have needs more room than there is, as with libolm.
            output.check(decoded_length(ciphertext_length).unwrap_or(OLM_ERROR))?;
            if ephemeral_key_length != lengths::KEY || mac_length != MAC {
                return Err(Code::INVALID_BASE64);
            }
            let ephemeral_key = decode_array(input::bytes(ephemeral_key, ephemeral_key_length)?)?;
            let mac = decode_array(input::bytes(mac, mac_length)?)?;
            let ciphertext = InPlace::at(ciphertext, ciphertext_length)?.decode()?;
            let message =
                PkMessage::from_parts(ciphertext, mac, Curve25519PublicKey::from_bytes(ephemeral_key));
            // Without a key, no entry is authentic.
            let decryption = decryption.if_any().ok_or(Code::BAD_MESSAGE_MAC)?;
            let decrypted = message.ok().and_then(|message| decryption.decrypt(&message).ok());
            output.put(&*Zeroizing::new(decrypted.ok_or(Code::BAD_MESSAGE_MAC)?))
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_pk_get_private_key(
    decryption: *mut OlmPkDecryption,
    private_key: *mut c_void,
    private_key_length: usize,
) -> usize {
    unsafe {
        read(decryption, |decryption| {
            let output = Output::at(private_key, private_key_length);
            output.check(lengths::RANDOM_KEY)?;
            output.put(decryption.get()?.export_secret_key())
        })
    }
}

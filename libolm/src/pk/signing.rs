//! Signatures under a key of which the seed is known.

use std::ffi::c_void;

use cliquet::Ed25519KeyPair;

use crate::code::Code;
use crate::memory::{change, object, read};
use crate::output::Output;
use crate::random::Random;
use crate::{input, lengths};

object! {
    OlmPkSigning = 8: Ed25519KeyPair, BAD_ACCOUNT_KEY;
    olm_pk_signing_size, olm_pk_signing, olm_pk_signing_last_error, olm_pk_signing_last_error_code,
    olm_clear_pk_signing
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_pk_signing_seed_length() -> usize {
    lengths::RANDOM_KEY
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_pk_signing_public_key_length() -> usize {
    lengths::KEY
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_pk_signing_key_from_seed(
    sign: *mut OlmPkSigning,
    pubkey: *mut c_void,
    pubkey_length: usize,
    seed: *const c_void,
    seed_length: usize,
) -> usize {
    unsafe {
        change(sign, |sign| {
            let output = Output::at(pubkey, pubkey_length);
            output.check(lengths::KEY)?;
            let seed = Random::at(seed.cast_mut(), seed_length).draw(lengths::RANDOM_KEY);
            let created = Ed25519KeyPair::random(&mut seed.map_err(|_| Code::INPUT_BUFFER_TOO_SMALL)?)?;
            output.put(created.public().to_base64())?;
            sign.put(created);
            Ok(0)
        })
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_pk_signature_length() -> usize {
    lengths::SIGNATURE
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_pk_sign(
    sign: *mut OlmPkSigning,
    message: *const u8,
    message_length: usize,
    signature: *mut u8,
    signature_length: usize,
) -> usize {
    unsafe {
        read(sign, |sign| {
            let output = Output::at(signature, signature_length);
            output.check(lengths::SIGNATURE)?;
            output.put(sign.get()?.sign(input::bytes(message, message_length)?).to_base64())
        })
    }
}

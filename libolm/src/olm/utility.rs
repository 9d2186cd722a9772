//! Hashes and signatures.

use std::convert::Infallible;
use std::ffi::c_void;

use cliquet::{Ed25519PublicKey, Ed25519Signature};
use sha2::{Digest, Sha256};

use crate::base64::{decode_array, encode};
use crate::code::Code;
use crate::input::{self, InPlace};
use crate::lengths;
use crate::memory::{object, read};
use crate::output::Output;

object! {
    OlmUtility = 3: Infallible, BAD_ACCOUNT_KEY;
    olm_utility_size, olm_utility, olm_utility_last_error, olm_utility_last_error_code, olm_clear_utility
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_sha256_length(_utility: *const OlmUtility) -> usize {
    lengths::KEY
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_sha256(
    utility: *mut OlmUtility,
    input: *const c_void,
    input_length: usize,
    output: *mut c_void,
    output_length: usize,
) -> usize {
    unsafe {
        read(utility, |_| {
            let output = Output::at(output, output_length);
            output.check(lengths::KEY)?;
            output.put(encode(&Sha256::digest(input::bytes(input, input_length)?)))
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_ed25519_verify(
    utility: *mut OlmUtility,
    key: *const c_void,
    key_length: usize,
    message: *const c_void,
    message_length: usize,
    signature: *mut c_void,
    signature_length: usize,
) -> usize {
    unsafe {
        read(utility, |_| {
            let key = decode_array(input::bytes(key, key_length)?)?;
            let signature = InPlace::at(signature, signature_length)?.decode_padded()?;
            let message = input::bytes(message, message_length)?;
            verify(&key, message, &signature).ok_or(Code::BAD_MESSAGE_MAC)?;
            Ok(0)
        })
    }
}

fn verify(key: &[u8; 32], message: &[u8], signature: &[u8]) -> Option<()> {
    let signature = Ed25519Signature::from_slice(signature).ok()?;
    Ed25519PublicKey::from_bytes(key).ok()?.verify(message, &signature).ok()
}

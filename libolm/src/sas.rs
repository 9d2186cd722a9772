//! The functions of `olm/sas.h`.

use std::ffi::{c_int, c_void};

use cliquet::sas::{EstablishedSas, MacMethod, Sas};
use cliquet::{Curve25519KeyPair, Curve25519PublicKey};
use zeroize::Zeroizing;

use crate::base64::decoded_length;
use crate::code::Code;
use crate::input::{self, InPlace};
use crate::lengths;
use crate::memory::{change, look, object, read};
use crate::output::Output;
use crate::random::{Drawn, Random};

object! {
    OlmSAS = 9: Verification, BAD_ACCOUNT_KEY;
    olm_sas_size, olm_sas, olm_sas_last_error, olm_sas_last_error_code, olm_clear_sas
}

/// A key pair, and the secret that was agreed with it last. libolm agrees with as many keys as the caller sets, one after the other.
pub struct Verification {
    key_pair: Curve25519KeyPair,
    agreed: Option<EstablishedSas>,
}

impl Verification {
    fn agree(&self, their_key: Curve25519PublicKey) -> Result<EstablishedSas, Code> {
        let ours = Sas::new(&mut Drawn::of(self.key_pair.export_secret_key()))?;
        ours.diffie_hellman(their_key).map_err(|handed_back| handed_back.error.into())
    }
}

/// The secret, if there is a key of the other device to have agreed it with. Without a key of our own there is none either.
fn agreed(verification: Option<&Verification>) -> Result<&EstablishedSas, Code> {
    verification.and_then(|verification| verification.agreed.as_ref()).ok_or(Code::SAS_THEIR_KEY_NOT_SET)
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_create_sas_random_length(_sas: *const OlmSAS) -> usize {
    lengths::RANDOM_KEY
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_create_sas(
    sas: *mut OlmSAS,
    random: *mut c_void,
    random_length: usize,
) -> usize {
    unsafe {
        change(sas, |sas| {
            // libolm does not wipe these.
            let mut rng = Random::at(random, random_length).draw(lengths::RANDOM_KEY)?;
            sas.put(Verification { key_pair: Curve25519KeyPair::random(&mut rng)?, agreed: None });
            Ok(0)
        })
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_sas_pubkey_length(_sas: *const OlmSAS) -> usize {
    lengths::KEY
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_sas_get_pubkey(
    sas: *mut OlmSAS,
    pubkey: *mut c_void,
    pubkey_length: usize,
) -> usize {
    unsafe {
        read(sas, |sas| {
            let output = Output::at(pubkey, pubkey_length);
            output.check(lengths::KEY)?;
            output.put(sas.get()?.key_pair.public().to_base64())?;
            Ok(0)
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_sas_set_their_key(
    sas: *mut OlmSAS,
    their_key: *mut c_void,
    their_key_length: usize,
) -> usize {
    unsafe {
        change(sas, |sas| {
            if their_key_length < lengths::KEY {
                return Err(Code::INPUT_BUFFER_TOO_SMALL);
            }
            decoded_length(their_key_length).ok_or(Code::INVALID_BASE64)?;
            let verification = sas.get_mut()?;
            // What follows the key does not count, as with libolm: padding, say.
            let key = InPlace::at(their_key, their_key_length)?.decode_first(lengths::KEY)?;
            let key = Curve25519PublicKey::from_slice(&key).map_err(|_| Code::INVALID_BASE64)?;
            verification.agreed = Some(verification.agree(key)?);
            Ok(0)
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_sas_is_their_key_set(sas: *const OlmSAS) -> c_int {
    unsafe { look(sas, 0, |sas| sas.is_some_and(|verification| verification.agreed.is_some()).into()) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_sas_generate_bytes(
    sas: *mut OlmSAS,
    info: *const c_void,
    info_length: usize,
    output: *mut c_void,
    output_length: usize,
) -> usize {
    unsafe {
        read(sas, |sas| {
            let agreed = agreed(sas.if_any())?;
            let output = Output::at(output, output_length);
            output.check(output_length)?;
            let bytes = agreed.generate_bytes(input::bytes(info, info_length)?, output_length);
            output.put(bytes.map_err(|_| Code::OUTPUT_BUFFER_TOO_SMALL)?.as_bytes())?;
            Ok(0)
        })
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_sas_mac_length(_sas: *const OlmSAS) -> usize {
    lengths::KEY
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_sas_calculate_mac(
    sas: *mut OlmSAS,
    input: *const c_void,
    input_length: usize,
    info: *const c_void,
    info_length: usize,
    mac: *mut c_void,
    mac_length: usize,
) -> usize {
    let method = MacMethod::HistoricHkdfHmacSha256;
    unsafe { calculate_mac(method, sas, input, input_length, info, info_length, mac, mac_length) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_sas_calculate_mac_fixed_base64(
    sas: *mut OlmSAS,
    input: *const c_void,
    input_length: usize,
    info: *const c_void,
    info_length: usize,
    mac: *mut c_void,
    mac_length: usize,
) -> usize {
    let method = MacMethod::HkdfHmacSha256V2;
    unsafe { calculate_mac(method, sas, input, input_length, info, info_length, mac, mac_length) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_sas_calculate_mac_long_kdf(
    sas: *mut OlmSAS,
    input: *const c_void,
    input_length: usize,
    info: *const c_void,
    info_length: usize,
    mac: *mut c_void,
    mac_length: usize,
) -> usize {
    let method = MacMethod::HistoricHmacSha256;
    unsafe { calculate_mac(method, sas, input, input_length, info, info_length, mac, mac_length) }
}

unsafe fn calculate_mac(
    method: MacMethod,
    sas: *mut OlmSAS,
    input: *const c_void,
    input_length: usize,
    info: *const c_void,
    info_length: usize,
    mac: *mut c_void,
    mac_length: usize,
) -> usize {
    unsafe {
        read(sas, |sas| {
            let output = Output::at(mac, mac_length);
            output.check(lengths::KEY)?;
            let agreed = agreed(sas.if_any())?;
            let (input, info) = (input::bytes(input, input_length)?, input::bytes(info, info_length)?);
            output.put(Zeroizing::new(agreed.calculate_mac_with_info(method, input, info)).as_bytes())?;
            Ok(0)
        })
    }
}

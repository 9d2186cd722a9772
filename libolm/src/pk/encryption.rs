//! Encryption to a backup.

use std::ffi::c_void;

use cliquet::Curve25519PublicKey;
use cliquet::pk::PkEncryption;

use super::MAC;
use crate::base64::{decode_array, encoded_length};
use crate::code::Code;
use crate::input;
use crate::lengths::{self, MESSAGE_MAC};
use crate::memory::{change, object, read};
use crate::output::Output;
use crate::random::Random;

object! {
    OlmPkEncryption = 6: PkEncryption, BAD_ACCOUNT_KEY;
    olm_pk_encryption_size, olm_pk_encryption, olm_pk_encryption_last_error,
    olm_pk_encryption_last_error_code, olm_clear_pk_encryption
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_pk_encryption_set_recipient_key(
    encryption: *mut OlmPkEncryption,
    public_key: *const c_void,
    public_key_length: usize,
) -> usize {
    unsafe {
        change(encryption, |encryption| {
            let text = input::bytes(public_key, public_key_length)?;
            // What follows the key does not count, as with libolm: padding, or a zero.
            let key = decode_array(text.get(..lengths::KEY).ok_or(Code::INPUT_BUFFER_TOO_SMALL)?)?;
            encryption.put(PkEncryption::new(Curve25519PublicKey::from_bytes(key)));
            Ok(0)
        })
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_pk_ciphertext_length(
    _encryption: *const OlmPkEncryption,
    plaintext_length: usize,
) -> usize {
    encoded_length(lengths::ciphertext(plaintext_length))
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_pk_mac_length(_encryption: *const OlmPkEncryption) -> usize {
    MAC
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_pk_key_length() -> usize {
    lengths::KEY
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_pk_encrypt_random_length(_encryption: *const OlmPkEncryption) -> usize {
    lengths::RANDOM_KEY
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_pk_encrypt(
    encryption: *mut OlmPkEncryption,
    plaintext: *const c_void,
    plaintext_length: usize,
    ciphertext: *mut c_void,
    ciphertext_length: usize,
    mac: *mut c_void,
    mac_length: usize,
    ephemeral_key: *mut c_void,
    ephemeral_key_size: usize,
    random: *const c_void,
    random_length: usize,
) -> usize {
    unsafe {
        read(encryption, |encryption| {
            let ciphertext = Output::at(ciphertext, ciphertext_length);
            let mac = Output::at(mac, mac_length);
            let ephemeral_key = Output::at(ephemeral_key, ephemeral_key_size);
            ciphertext.check(encoded_length(lengths::ciphertext(plaintext_length)))?;
            mac.check(MAC)?;
            ephemeral_key.check(lengths::KEY)?;
            // These random bytes are not the library's to wipe.
            let mut rng = Random::at(random.cast_mut(), random_length).draw(lengths::RANDOM_KEY)?;
            let plaintext = input::bytes(plaintext, plaintext_length)?;
            let message = encryption.get()?.encrypt(plaintext, &mut rng)?;
            ephemeral_key.put(message.ephemeral_key.to_base64())?;
            mac.put(message.mac_base64())?;
            ciphertext.put(message.ciphertext_base64())?;
            // What libolm returns: the length of the MAC before it is encoded.
            Ok(MESSAGE_MAC)
        })
    }
}

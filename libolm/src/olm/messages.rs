//! Encryption and decryption.

use std::ffi::c_void;

use cliquet::olm::{Message, MessageType, OlmMessage, Session};
use zeroize::Zeroizing;

use super::OlmSession;
use super::matching::{has_known_version, look_at_pre_key_message, read_pre_key_message};
use crate::base64::encoded_length;
use crate::code::Code;
use crate::input::{self, InPlace};
use crate::lengths;
use crate::memory::{OLM_ERROR, Slot, change, look, read};
use crate::output::Output;
use crate::random::Random;

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_encrypt_message_type(session: *const OlmSession) -> usize {
    unsafe {
        look(session, OLM_ERROR, |session| {
            session.map_or(MessageType::PreKey, Session::next_message_type).as_usize()
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_encrypt_random_length(session: *const OlmSession) -> usize {
    unsafe { look(session, OLM_ERROR, random_length) }
}

fn random_length(session: Option<&Session>) -> usize {
    if session.is_none_or(Session::needs_random) { lengths::RANDOM_KEY } else { 0 }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_encrypt_message_length(
    session: *const OlmSession,
    plaintext_length: usize,
) -> usize {
    unsafe { look(session, OLM_ERROR, |session| message_length(session, plaintext_length)) }
}

fn message_length(session: Option<&Session>, plaintext_length: usize) -> usize {
    encoded_length(session.map_or_else(
        || lengths::first_message(plaintext_length),
        |session| session.message_len(plaintext_length),
    ))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_encrypt(
    session: *mut OlmSession,
    plaintext: *const c_void,
    plaintext_length: usize,
    random: *mut c_void,
    random_length: usize,
    message: *mut c_void,
    message_length: usize,
) -> usize {
    unsafe {
        change(session, |session| {
            let output = Output::at(message, message_length);
            output.check(self::message_length(session.if_any(), plaintext_length))?;
            let random = Random::once(random, random_length);
            let encrypted = encrypt(session, input::bytes(plaintext, plaintext_length), &random);
            // Wiped between the two: the plaintext may be in their place, and so may the message.
            drop(random);
            output.put(encrypted?.to_base64())
        })
    }
}

fn encrypt(
    session: &mut Slot<OlmSession>,
    plaintext: Result<&[u8], Code>,
    random: &Random,
) -> Result<OlmMessage, Code> {
    let mut rng = random.draw(random_length(session.if_any()))?;
    Ok(session.get_mut()?.encrypt(plaintext?, &mut rng)?)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_decrypt_max_plaintext_length(
    session: *mut OlmSession,
    message_type: usize,
    message: *mut c_void,
    message_length: usize,
) -> usize {
    unsafe {
        read(session, |_| {
            let message = InPlace::at(message, message_length)?;
            Ok(ciphertext_length(&if is_normal(message_type) {
                look_at_message(message.decode()?)?.into()
            } else {
                look_at_pre_key_message(message.decode_padded()?)?.into()
            }))
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_decrypt(
    session: *mut OlmSession,
    message_type: usize,
    message: *mut c_void,
    message_length: usize,
    plaintext: *mut c_void,
    max_plaintext_length: usize,
) -> usize {
    unsafe {
        change(session, |session| {
            let message = read_message(message_type, &InPlace::at(message, message_length)?)?;
            let output = Output::at(plaintext, max_plaintext_length);
            output.check(ciphertext_length(&message))?;
            // Without keys, no message is authentic.
            let session = session.if_any_mut().ok_or(Code::BAD_MESSAGE_MAC)?;
            output.put(&*Zeroizing::new(session.decrypt(&message)?))
        })
    }
}

/// Every number but that of normal messages stands for a pre-key message, as with libolm.
fn is_normal(message_type: usize) -> bool {
    message_type == MessageType::Normal.as_usize()
}

fn read_message(message_type: usize, message: &InPlace) -> Result<OlmMessage, Code> {
    if !is_normal(message_type) {
        return read_pre_key_message(message.decode_padded()?).map(OlmMessage::from);
    }
    let bytes = message.decode()?;
    if !has_known_version(&bytes) {
        return Err(Code::BAD_MESSAGE_VERSION);
    }
    Ok(Message::from_bytes(bytes)?.into())
}

/// A message that is not decrypted: libolm does not care about its version, and so what is no message anyway is one of a bad
/// format.
fn look_at_message(mut bytes: Vec<u8>) -> Result<Message, Code> {
    let is_known = bytes.first() == Some(&lengths::VERSION);
    // A whole message of another version has a MAC of another length.
    if !is_known && Message::from_bytes(bytes.as_slice()).is_ok() {
        return Err(Code::BAD_MESSAGE_VERSION);
    }
    if let Some(version) = bytes.first_mut() {
        *version = lengths::VERSION;
    }
    let message = Message::from_bytes(bytes).map_err(|_| Code::BAD_MESSAGE_FORMAT)?;
    if is_known { Ok(message) } else { Err(Code::BAD_MESSAGE_VERSION) }
}

/// What libolm wants room for, although no plaintext is as long as its ciphertext.
fn ciphertext_length(message: &OlmMessage) -> usize {
    match message {
        OlmMessage::PreKey(message) => message.ciphertext().len(),
        OlmMessage::Normal(message) => message.ciphertext().len(),
    }
}

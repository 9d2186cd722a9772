//! To which session a pre-key message belongs.

use std::ffi::c_void;
use std::mem;

use cliquet::olm::{PreKeyMessage, Session};
use cliquet::{Curve25519PublicKey, MessageVersion};

use super::OlmSession;
use crate::base64::decode_array;
use crate::code::Code;
use crate::input::{self, InPlace};
use crate::lengths;
use crate::memory::read;

/// A public key of the other side.
pub(super) fn curve25519_key(text: &[u8]) -> Result<Curve25519PublicKey, Code> {
    decode_array(text).map(Curve25519PublicKey::from_bytes)
}

/// A pre-key message to be decrypted: libolm cares about the version of the message inside, and before anything else, but not
/// about that around it.
pub(super) fn read_pre_key_message(bytes: Vec<u8>) -> Result<PreKeyMessage, Code> {
    if message_inside(&bytes).is_some_and(|inside| !has_known_version(inside)) {
        return Err(Code::BAD_MESSAGE_VERSION);
    }
    look_at_pre_key_message(bytes)
}

/// A pre-key message of which the keys or the length are asked for: libolm cares about no version, and so what is no message
/// anyway is one of a bad format.
pub(super) fn look_at_pre_key_message(mut bytes: Vec<u8>) -> Result<PreKeyMessage, Code> {
    let version = bytes.first_mut().map(|version| mem::replace(version, lengths::VERSION));
    let message = PreKeyMessage::from_bytes(bytes).map_err(|_| Code::BAD_MESSAGE_FORMAT)?;
    if message.version() != MessageVersion::V1 {
        return Err(Code::BAD_MESSAGE_FORMAT);
    }
    if version == Some(lengths::VERSION) { Ok(message) } else { Err(Code::BAD_MESSAGE_VERSION) }
}

/// Whether a message that is to be decrypted begins with the version that libolm knows. Where there is nothing but a MAC, there is
/// no version.
pub(super) fn has_known_version(message: &[u8]) -> bool {
    message.len() > lengths::MESSAGE_MAC && message.first() == Some(&lengths::VERSION)
}

/// The message inside, found as loosely as libolm finds it: only to know what libolm would say of its version.
fn message_inside(bytes: &[u8]) -> Option<&[u8]> {
    const MESSAGE: u8 = 0x22;
    let mut inside = None;
    let mut rest = bytes.get(1..)?;
    while let Some(&tag) = rest.first() {
        let (_, behind) = split_number(rest);
        let (number, behind) = split_number(behind);
        rest = match tag & 7 {
            0 => behind,
            2 => {
                let Some((content, behind)) = behind.split_at_checked(number) else { break };
                if tag == MESSAGE {
                    inside = Some(content);
                }
                behind
            }
            _ => break,
        };
    }
    inside
}

/// A number in groups of seven bits, of which the highest are lost if there are too many, and what is behind it.
fn split_number(bytes: &[u8]) -> (usize, &[u8]) {
    let last = bytes.iter().position(|byte| *byte < 0x80);
    let length = last.map_or(bytes.len(), |last| last.saturating_add(1));
    let (groups, rest) = bytes.split_at_checked(length).unwrap_or((bytes, &[]));
    (groups.iter().rev().fold(0, |number, group| number << 7 | usize::from(group & 0x7f)), rest)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_matches_inbound_session(
    session: *mut OlmSession,
    one_time_key_message: *mut c_void,
    message_length: usize,
) -> usize {
    unsafe {
        read(session, |session| {
            let message = InPlace::at(one_time_key_message, message_length)?.decode_padded()?;
            Ok(matches(session.if_any(), None, message))
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_matches_inbound_session_from(
    session: *mut OlmSession,
    their_identity_key: *const c_void,
    their_identity_key_length: usize,
    one_time_key_message: *mut c_void,
    message_length: usize,
) -> usize {
    unsafe {
        read(session, |session| {
            let identity_key = curve25519_key(input::bytes(their_identity_key, their_identity_key_length)?)?;
            let message = InPlace::at(one_time_key_message, message_length)?.decode_padded()?;
            Ok(matches(session.if_any(), Some(identity_key), message))
        })
    }
}

/// What is no pre-key message belongs to no session, and is no failure.
fn matches(session: Option<&Session>, identity_key: Option<Curve25519PublicKey>, message: Vec<u8>) -> usize {
    let (Some(session), Ok(message)) = (session, look_at_pre_key_message(message)) else { return 0 };
    let is_expected = identity_key.is_none_or(|key| key == message.identity_key());
    usize::from(is_expected && session.matches_pre_key_message(&message))
}

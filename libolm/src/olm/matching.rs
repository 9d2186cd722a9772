//! To which session a pre-key message belongs.

use std::ffi::c_void;
use std::mem;

use cliquet::olm::{PreKeyMessage, Session};
use cliquet::{Curve25519PublicKey, DecodeError, MessageVersion};

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

/// A pre-key message to be decrypted: libolm cares about the version of the message inside, but not about that around it.
pub(super) fn read_pre_key_message(bytes: Vec<u8>) -> Result<PreKeyMessage, Code> {
    of_known_version(bytes, Code::from)
}

/// A pre-key message of which the keys or the length are asked for: libolm cares about no version, and so what is no message
/// anyway is one of a bad format.
pub(super) fn look_at_pre_key_message(bytes: Vec<u8>) -> Result<PreKeyMessage, Code> {
    of_known_version(bytes, |_| Code::BAD_MESSAGE_FORMAT)
}

fn of_known_version(mut bytes: Vec<u8>, code: fn(DecodeError) -> Code) -> Result<PreKeyMessage, Code> {
    let version = bytes.first_mut().map(|version| mem::replace(version, lengths::VERSION));
    let message = PreKeyMessage::from_bytes(bytes).map_err(code)?;
    let is_known = version == Some(lengths::VERSION) && message.version() == MessageVersion::V1;
    if is_known { Ok(message) } else { Err(Code::BAD_MESSAGE_VERSION) }
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

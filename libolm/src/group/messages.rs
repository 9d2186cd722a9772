//! What inbound group sessions decrypt.

use cliquet::Ed25519PublicKey;
use cliquet::megolm::{InboundGroupSession, MegolmMessage};
use zeroize::Zeroizing;

use super::inbound::OlmInboundGroupSession;
use crate::code::Code;
use crate::input::InPlace;
use crate::lengths;
use crate::memory::{change, read};
use crate::output::{Output, put_value};

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_group_decrypt_max_plaintext_length(
    session: *mut OlmInboundGroupSession,
    message: *mut u8,
    message_length: usize,
) -> usize {
    unsafe {
        read(session, |_| {
            let message = read_message(InPlace::at(message, message_length)?.decode()?)?;
            Ok(message.ciphertext().len())
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_group_decrypt(
    session: *mut OlmInboundGroupSession,
    message: *mut u8,
    message_length: usize,
    plaintext: *mut u8,
    max_plaintext_length: usize,
    message_index: *mut u32,
) -> usize {
    unsafe {
        change(session, |session| {
            let message = read_message(InPlace::at(message, message_length)?.decode()?)?;
            // Also of a message that turns out not to be authentic, as with libolm.
            put_value(message_index, message.message_index());
            // Without keys, no message is signed.
            let inbound = session.if_any_mut().ok_or(Code::BAD_SIGNATURE)?;
            let output = Output::at(plaintext, max_plaintext_length);
            let is_readable = inbound.check_index(message.message_index());
            if let Err(code) = output.check(message.ciphertext().len()).and(is_readable) {
                check_signature(&inbound.session, &message)?;
                return Err(code);
            }
            let decrypted = inbound.session.decrypt(&message)?;
            inbound.note_decryption(decrypted.message_index);
            output.put(&*Zeroizing::new(decrypted.plaintext))
        })
    }
}

/// A message of the version that libolm knows.
fn read_message(bytes: Vec<u8>) -> Result<MegolmMessage, Code> {
    // Where there is nothing but a MAC and a signature, there is no version.
    let is_long = bytes.len() > lengths::MESSAGE_MAC.saturating_add(lengths::RAW_SIGNATURE);
    if !is_long || bytes.first() != Some(&lengths::VERSION) {
        return Err(Code::BAD_MESSAGE_VERSION);
    }
    Ok(MegolmMessage::from_bytes(bytes)?)
}

/// The signature comes before whatever else is wrong with a message. (`decrypt` checks it too; this is for messages that do not get there.)
fn check_signature(session: &InboundGroupSession, message: &MegolmMessage) -> Result<(), Code> {
    let session_id = session.session_id();
    let signed = message.as_bytes().split_last_chunk::<{ lengths::RAW_SIGNATURE }>();
    let is_valid = signed.zip(Ed25519PublicKey::from_bytes(session_id.as_bytes()).ok());
    let is_valid =
        is_valid.is_some_and(|((signed, _), key)| key.verify(signed, &message.signature()).is_ok());
    if is_valid { Ok(()) } else { Err(Code::BAD_SIGNATURE) }
}

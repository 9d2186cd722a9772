//! Sessions: how they are made, their ids, their pickles.

use std::ffi::{c_char, c_int, c_void};
use std::fmt::Write;

use cliquet::Curve25519PublicKey;
use cliquet::olm::{Limits, PreKeyMessage, Session, SessionConfig};

use super::matching::{curve25519_key, look_at_pre_key_message};
use super::{OlmAccount, SKIPPED_KEYS};
use crate::base64::of_length;
use crate::code::Code;
use crate::input::{self, InPlace};
use crate::memory::{OLM_ERROR, Slot, change, look, object, read};
use crate::output::Output;
use crate::random::Random;
use crate::{lengths, pickle};

object! {
    OlmSession = 2: Session, BAD_SESSION_KEY;
    olm_session_size, olm_session, olm_session_last_error, olm_session_last_error_code, olm_clear_session
}

/// A base key, then a ratchet key.
const RANDOM: usize = 64;
/// Version, flag, three keys, root key, and the counts of three lists.
const PICKLE: usize = 4 + 1 + 96 + 32 + 3 * 4;
/// Ratchet key pair, chain key, index.
const PICKLED_SENDING_CHAIN: usize = 64 + 32 + 4;
/// Ratchet key, chain or message key, index.
const PICKLED_KEY: usize = 32 + 32 + 4;
/// A shorter description says nothing, and is not written.
const SHORTEST_DESCRIPTION: usize = 23;

fn limits() -> Result<Limits, Code> {
    Limits::default().with_skipped_keys(SKIPPED_KEYS).map_err(|_| Code::CORRUPTED_PICKLE)
}

fn config() -> Result<SessionConfig, Code> {
    Ok(SessionConfig::default().with_limits(limits()?))
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_create_outbound_session_random_length(_session: *const OlmSession) -> usize {
    RANDOM
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_create_outbound_session(
    session: *mut OlmSession,
    account: *const OlmAccount,
    their_identity_key: *const c_void,
    their_identity_key_length: usize,
    their_one_time_key: *const c_void,
    their_one_time_key_length: usize,
    random: *mut c_void,
    random_length: usize,
) -> usize {
    unsafe {
        change(session, |session| {
            let identity_key = of_length::<32>(input::bytes(their_identity_key, their_identity_key_length)?)?;
            let one_time_key = of_length::<32>(input::bytes(their_one_time_key, their_one_time_key_length)?)?;
            let [identity_key, one_time_key] = [identity_key, one_time_key].map(curve25519_key);
            let rng = Random::once(random, random_length).draw(RANDOM);
            let (mut rng, identity_key, one_time_key) = (rng?, identity_key?, one_time_key?);
            let account = session.beside(account)?.ok_or(Code::BAD_ACCOUNT_KEY)?;
            session.put(account.create_outbound_session(identity_key, one_time_key, config()?, &mut rng)?);
            Ok(0)
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_create_inbound_session(
    session: *mut OlmSession,
    account: *mut OlmAccount,
    one_time_key_message: *mut c_void,
    message_length: usize,
) -> usize {
    unsafe {
        change(session, |session| {
            let message = InPlace::at(one_time_key_message, message_length)?;
            let message = look_at_pre_key_message(message.decode_padded()?)?;
            answer(session, account, message.identity_key(), &message)
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_create_inbound_session_from(
    session: *mut OlmSession,
    account: *mut OlmAccount,
    their_identity_key: *const c_void,
    their_identity_key_length: usize,
    one_time_key_message: *mut c_void,
    message_length: usize,
) -> usize {
    unsafe {
        change(session, |session| {
            let identity_key = curve25519_key(input::bytes(their_identity_key, their_identity_key_length)?)?;
            let message = InPlace::at(one_time_key_message, message_length)?;
            let message = look_at_pre_key_message(message.decode_padded()?)?;
            answer(session, account, identity_key, &message)
        })
    }
}

/// The message is not decrypted, and the one-time key is not used up: the caller does both.
unsafe fn answer(
    session: &mut Slot<OlmSession>,
    account: *const OlmAccount,
    identity_key: Curve25519PublicKey,
    message: &PreKeyMessage,
) -> Result<usize, Code> {
    // An account that was not created has no one-time key either.
    let account = unsafe { session.beside(account)? }.ok_or(Code::BAD_MESSAGE_KEY_ID)?;
    session.put(account.inbound_session_unopened(identity_key, message, config()?)?);
    Ok(0)
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_session_id_length(_session: *const OlmSession) -> usize {
    lengths::KEY
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_session_id(
    session: *mut OlmSession,
    id: *mut c_void,
    id_length: usize,
) -> usize {
    unsafe {
        read(session, |session| {
            let output = Output::at(id, id_length);
            output.check(lengths::KEY)?;
            output.put(session.get()?.session_id().to_base64())
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_session_has_received_message(session: *const OlmSession) -> c_int {
    unsafe { look(session, 0, |session| session.is_some_and(Session::has_received_message).into()) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_session_describe(session: *mut OlmSession, buf: *mut c_char, buflen: usize) {
    unsafe {
        if buflen > 0 {
            let text = look(session.cast_const(), String::new(), describe);
            let _ = Output::at(buf, buflen).put(fitting(text, buflen));
        }
    }
}

fn describe(session: Option<&Session>) -> String {
    let summary = session.map(Session::summary);
    let sending_chain = summary.as_ref().and_then(|summary| summary.sending_chain);
    let receiver_chains = summary.iter().flat_map(|summary| &summary.receiver_chains);
    let mut skipped: Vec<u32> =
        session.into_iter().flat_map(Session::skipped_messages).map(|message| message.chain_index).collect();
    skipped.reverse();

    let sender_index = sending_chain.map_or(0, |chain| chain.next_chain_index).cast_signed();
    let mut text = format!("sender chain index: {sender_index} receiver chain indices:");
    push_all(&mut text, receiver_chains.map(|chain| chain.next_chain_index));
    text.push_str(" skipped message keys:");
    push_all(&mut text, skipped.into_iter());
    text
}

fn push_all(text: &mut String, indexes: impl Iterator<Item = u32>) {
    for index in indexes {
        // A String takes whatever there is memory for.
        let _ = write!(text, " {}", index.cast_signed());
    }
}

/// The text and the zero behind it, cut where there is no room. As libolm, which marks no cut where all that had no room is the zero.
fn fitting(mut text: String, room: usize) -> Vec<u8> {
    if room < SHORTEST_DESCRIPTION {
        text.clear();
    } else if text.len() == room {
        text.pop();
    } else if text.len() > room {
        text.truncate(room.saturating_sub("...".len()).saturating_sub(1));
        text.push_str("...");
    }
    text.push('\0');
    text.into_bytes()
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_pickle_session_length(session: *const OlmSession) -> usize {
    unsafe { look(session, OLM_ERROR, pickle_length) }
}

fn pickle_length(session: Option<&Session>) -> usize {
    let lists = session.map_or(0, |session| {
        let summary = session.summary();
        let sending = if summary.sending_chain.is_some() { PICKLED_SENDING_CHAIN } else { 0 };
        let keys = summary.receiver_chains.len().saturating_add(summary.skipped_message_keys);
        keys.saturating_mul(PICKLED_KEY).saturating_add(sending)
    });
    lengths::pickle(lists.saturating_add(PICKLE))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_pickle_session(
    session: *mut OlmSession,
    key: *const c_void,
    key_length: usize,
    pickled: *mut c_void,
    pickled_length: usize,
) -> usize {
    unsafe {
        read(session, |session| {
            let output = Output::at(pickled, pickled_length);
            pickle::put(&output, pickle_length(session.if_any()), || {
                Ok(session.get()?.to_libolm_pickle(input::bytes(key, key_length)?)?)
            })
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_unpickle_session(
    session: *mut OlmSession,
    key: *const c_void,
    key_length: usize,
    pickled: *mut c_void,
    pickled_length: usize,
) -> usize {
    unsafe {
        change(session, |session| {
            let text = pickle::take(&InPlace::at(pickled, pickled_length)?)?;
            let key = input::bytes(key, key_length)?;
            session.put(Session::from_libolm_pickle(&text, key, limits()?)?);
            Ok(pickled_length)
        })
    }
}

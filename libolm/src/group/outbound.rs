//! Outbound group sessions.

use std::ffi::c_void;

use cliquet::megolm::{OutboundGroupSession, SessionConfig};

use crate::base64::encoded_length;
use crate::input::{self, InPlace};
use crate::memory::{OLM_ERROR, change, look, object, read};
use crate::output::Output;
use crate::random::Random;
use crate::{lengths, pickle};

object! {
    OlmOutboundGroupSession = 4: OutboundGroupSession, BAD_SESSION_KEY;
    olm_outbound_group_session_size, olm_outbound_group_session, olm_outbound_group_session_last_error,
    olm_outbound_group_session_last_error_code, olm_clear_outbound_group_session
}

/// The four parts of the ratchet, then an Ed25519 seed.
const RANDOM: usize = 128 + 32;
/// Version, ratchet with its index, Ed25519 key pair.
const PICKLE: usize = lengths::pickle(4 + 132 + 96);
/// Version, index, ratchet, public key, signature.
const SESSION_KEY: usize = encoded_length(1 + 4 + 128 + 32 + 64);

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_pickle_outbound_group_session_length(
    _session: *const OlmOutboundGroupSession,
) -> usize {
    PICKLE
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_pickle_outbound_group_session(
    session: *mut OlmOutboundGroupSession,
    key: *const c_void,
    key_length: usize,
    pickled: *mut c_void,
    pickled_length: usize,
) -> usize {
    unsafe {
        read(session, |session| {
            let output = Output::at(pickled, pickled_length);
            pickle::put(&output, PICKLE, || {
                Ok(session.get()?.to_libolm_pickle(input::bytes(key, key_length)?)?)
            })
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_unpickle_outbound_group_session(
    session: *mut OlmOutboundGroupSession,
    key: *const c_void,
    key_length: usize,
    pickled: *mut c_void,
    pickled_length: usize,
) -> usize {
    unsafe {
        change(session, |session| {
            let text = pickle::take(&InPlace::at(pickled, pickled_length)?)?;
            let key = input::bytes(key, key_length)?;
            session.put(OutboundGroupSession::from_libolm_pickle(&text, key)?);
            Ok(pickled_length)
        })
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_init_outbound_group_session_random_length(
    _session: *const OlmOutboundGroupSession,
) -> usize {
    RANDOM
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_init_outbound_group_session(
    session: *mut OlmOutboundGroupSession,
    random: *mut u8,
    random_length: usize,
) -> usize {
    unsafe {
        change(session, |session| {
            let random = Random::at(random, random_length);
            let mut rng = random.draw(RANDOM)?;
            session.put(OutboundGroupSession::new(SessionConfig::default(), &mut rng)?);
            random.wipe();
            Ok(0)
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_group_encrypt_message_length(
    session: *mut OlmOutboundGroupSession,
    plaintext_length: usize,
) -> usize {
    unsafe { look(session.cast_const(), OLM_ERROR, |session| message_length(session, plaintext_length)) }
}

fn message_length(session: Option<&OutboundGroupSession>, plaintext_length: usize) -> usize {
    encoded_length(session.map_or_else(
        || lengths::first_group_message(plaintext_length),
        |session| session.message_len(plaintext_length),
    ))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_group_encrypt(
    session: *mut OlmOutboundGroupSession,
    plaintext: *const u8,
    plaintext_length: usize,
    message: *mut u8,
    message_length: usize,
) -> usize {
    unsafe {
        change(session, |session| {
            let output = Output::at(message, message_length);
            output.check(self::message_length(session.if_any(), plaintext_length))?;
            let session = session.get_mut()?;
            output.put(session.encrypt(input::bytes(plaintext, plaintext_length)?)?.to_base64())
        })
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_outbound_group_session_id_length(_session: *const OlmOutboundGroupSession) -> usize {
    lengths::KEY
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_outbound_group_session_id(
    session: *mut OlmOutboundGroupSession,
    id: *mut u8,
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
pub unsafe extern "C" fn olm_outbound_group_session_message_index(
    session: *mut OlmOutboundGroupSession,
) -> u32 {
    unsafe {
        look(session.cast_const(), u32::MAX, |session| session.map_or(0, OutboundGroupSession::message_index))
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_outbound_group_session_key_length(_session: *const OlmOutboundGroupSession) -> usize {
    SESSION_KEY
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_outbound_group_session_key(
    session: *mut OlmOutboundGroupSession,
    key: *mut u8,
    key_length: usize,
) -> usize {
    unsafe {
        read(session, |session| {
            let output = Output::at(key, key_length);
            output.check(SESSION_KEY)?;
            output.put(session.get()?.session_key().to_base64().as_str())
        })
    }
}

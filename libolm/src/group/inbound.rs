//! Inbound group sessions.

use std::ffi::{c_int, c_void};
use std::str;

use cliquet::megolm::{InboundGroupSession, SessionConfig, SessionExport, SessionKey};
use cliquet::pickle::LibolmInboundState;

use crate::base64::{decoded_length, encoded_length};
use crate::code::Code;
use crate::input::{self, InPlace};
use crate::memory::{OLM_ERROR, change, look, object, read};
use crate::output::Output;
use crate::{lengths, pickle};

object! {
    OlmInboundGroupSession = 5: Inbound, BAD_SESSION_KEY;
    olm_inbound_group_session_size, olm_inbound_group_session, olm_inbound_group_session_last_error,
    olm_inbound_group_session_last_error_code, olm_clear_inbound_group_session
}

/// Version, index, ratchet, public key.
const RAW_EXPORT: usize = 1 + 4 + 128 + 32;
/// An export, and a signature.
const RAW_SESSION_KEY: usize = RAW_EXPORT + 64;
const EXPORT: usize = encoded_length(RAW_EXPORT);
/// Version, two ratchets with their indexes, public key, flag.
const PICKLE: usize = lengths::pickle(4 + 2 * 132 + 32 + 1);

/// The greatest distance at which libolm takes one index for later than another.
const LATER: u32 = 0x7fff_ffff;

/// A session, and what libolm keeps with it: no verdict of the session follows from that.
pub struct Inbound {
    pub(super) session: InboundGroupSession,
    libolm: LibolmInboundState,
}

impl Inbound {
    fn new(session: InboundGroupSession, verified: bool) -> Self {
        let libolm = LibolmInboundState::new(verified, session.first_known_index());
        Self { session, libolm }
    }

    /// Refuses what libolm refuses: an index is before a session also if it is half of all indexes away or more.
    pub(super) fn check_index(&self, index: u32) -> Result<(), Code> {
        let known = [self.libolm.latest_index, self.session.first_known_index()];
        let is_later = |known: u32| index.wrapping_sub(known) <= LATER;
        if known.into_iter().any(is_later) { Ok(()) } else { Err(Code::UNKNOWN_MESSAGE_INDEX) }
    }

    /// Notes an index that was read.
    pub(super) fn note_index(&mut self, index: u32) {
        self.libolm.latest_index = self.libolm.latest_index.max(index);
    }

    /// Notes that a message was decrypted: to libolm, that verifies the session.
    pub(super) fn note_decryption(&mut self, index: u32) {
        self.note_index(index);
        self.libolm.verified = true;
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_pickle_inbound_group_session_length(_session: *const OlmInboundGroupSession) -> usize {
    PICKLE
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_pickle_inbound_group_session(
    session: *mut OlmInboundGroupSession,
    key: *const c_void,
    key_length: usize,
    pickled: *mut c_void,
    pickled_length: usize,
) -> usize {
    unsafe {
        read(session, |session| {
            let output = Output::at(pickled, pickled_length);
            pickle::put(&output, PICKLE, || {
                let Inbound { session, libolm } = session.get()?;
                Ok(session.to_libolm_pickle_with(input::bytes(key, key_length)?, *libolm)?)
            })
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_unpickle_inbound_group_session(
    session: *mut OlmInboundGroupSession,
    key: *const c_void,
    key_length: usize,
    pickled: *mut c_void,
    pickled_length: usize,
) -> usize {
    unsafe {
        change(session, |session| {
            let text = pickle::take(&InPlace::at(pickled, pickled_length)?)?;
            let key = input::bytes(key, key_length)?;
            let (opened, libolm) = InboundGroupSession::from_libolm_pickle_with_state(&text, key)?;
            session.put(Inbound { session: opened, libolm });
            Ok(pickled_length)
        })
    }
}

/// A text of base64 that stands for so many bytes.
fn session_text(text: &[u8], raw_length: usize) -> Result<&str, Code> {
    if decoded_length(text.len()).ok_or(Code::INVALID_BASE64)? != raw_length {
        return Err(Code::BAD_SESSION_KEY);
    }
    str::from_utf8(text).map_err(|_| Code::INVALID_BASE64)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_init_inbound_group_session(
    session: *mut OlmInboundGroupSession,
    session_key: *const u8,
    session_key_length: usize,
) -> usize {
    unsafe {
        change(session, |session| {
            let text = session_text(input::bytes(session_key, session_key_length)?, RAW_SESSION_KEY)?;
            let key = SessionKey::from_base64(text)?;
            session.put(Inbound::new(InboundGroupSession::new(&key, SessionConfig::default()), true));
            Ok(0)
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_import_inbound_group_session(
    session: *mut OlmInboundGroupSession,
    session_key: *const u8,
    session_key_length: usize,
) -> usize {
    unsafe {
        change(session, |session| {
            let text = session_text(input::bytes(session_key, session_key_length)?, RAW_EXPORT)?;
            let export = SessionExport::from_base64(text).map_err(Code::of_session_key)?;
            session.put(Inbound::new(InboundGroupSession::import(&export, SessionConfig::default()), false));
            Ok(0)
        })
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_inbound_group_session_id_length(_session: *const OlmInboundGroupSession) -> usize {
    lengths::KEY
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_inbound_group_session_id(
    session: *mut OlmInboundGroupSession,
    id: *mut u8,
    id_length: usize,
) -> usize {
    unsafe {
        read(session, |session| {
            let output = Output::at(id, id_length);
            output.check(lengths::KEY)?;
            output.put(session.get()?.session.session_id().to_base64())
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_inbound_group_session_first_known_index(
    session: *const OlmInboundGroupSession,
) -> u32 {
    unsafe {
        look(session, u32::MAX, |session| session.map_or(0, |inbound| inbound.session.first_known_index()))
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_inbound_group_session_is_verified(
    session: *const OlmInboundGroupSession,
) -> c_int {
    unsafe { look(session, 0, |session| session.is_some_and(|inbound| inbound.libolm.verified).into()) }
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_export_inbound_group_session_length(_session: *const OlmInboundGroupSession) -> usize {
    EXPORT
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_export_inbound_group_session(
    session: *mut OlmInboundGroupSession,
    key: *mut u8,
    key_length: usize,
    message_index: u32,
) -> usize {
    unsafe {
        let written = read(session, |session| {
            let output = Output::at(key, key_length);
            output.check(EXPORT)?;
            let inbound = session.get()?;
            inbound.check_index(message_index)?;
            let export = inbound.session.export_at(message_index).ok_or(Code::UNKNOWN_MESSAGE_INDEX)?;
            output.put(export.to_base64().as_str())
        });
        // Only an index after all that were read before changes the session, as with libolm.
        let is_latest = look(session.cast_const(), false, |inbound| {
            inbound.is_some_and(|inbound| message_index > inbound.libolm.latest_index)
        });
        if written == OLM_ERROR || !is_latest {
            return written;
        }
        change(session, |session| {
            session.get_mut()?.note_index(message_index);
            Ok(written)
        })
    }
}

//! Olm sessions: encrypting, decrypting, and what can be seen of their state.

use cliquet_core::olm::{ChainSummary, Session, SharedKeys};
use zeroize::Zeroizing;

use crate::constants::{cliquet_version, message_version};
use crate::failure::{call, call_with, cliquet_details};
use crate::handle::{Slot, change, free, handle, look};
use crate::input;
use crate::olm::limits::{self, cliquet_limits};
use crate::olm::message::{cliquet_message_type, cliquet_olm_message, pre_key, type_number};
use crate::olm::session_keys::{cliquet_olm_session_keys, session_keys};
use crate::output::{Array, Buffer, Place};
use crate::random::{Random, cliquet_random};
use crate::status::cliquet_status;

/// An Olm session with one other device. Its secrets are wiped when it is freed.
pub struct cliquet_olm_session {
    _opaque: [u8; 0],
}
handle!(cliquet_olm_session: Session);

/// How far one chain of a session has come.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_chain_summary {
    /// The ratchet key of the chain.
    pub ratchet_key: [u8; 32],
    /// The chain index of the next message.
    pub next_chain_index: u32,
}

impl From<&ChainSummary> for cliquet_chain_summary {
    fn from(chain: &ChainSummary) -> Self {
        Self { ratchet_key: *chain.ratchet_key.as_bytes(), next_chain_index: chain.next_chain_index }
    }
}

/// The public part of a session's state: what both parties may compare when they no longer understand each other.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_olm_session_summary {
    /// The id of the session.
    pub session_id: [u8; 32],
    /// The version of its messages.
    pub version: cliquet_version,
    /// Whether it has decrypted anything.
    pub has_received_message: bool,
    /// Whether there is a sending chain; if not, the next message of ours will make one.
    pub has_sending_chain: bool,
    /// The sending chain; zero if there is none.
    pub sending_chain: cliquet_chain_summary,
    /// How many keys of messages that have not arrived are kept, over all chains.
    pub skipped_message_keys: usize,
}

/// Makes the session of the party that starts it, after another handshake than triple Diffie-Hellman: of a root key and a chain key of 32 bytes each,
/// and the keys that name the session on both sides. Draws 32 bytes, the first ratchet key. The caller frees `*session`, and wipes both keys.
/// `limits` NULL: the default ones.
///
/// Errors: `CLIQUET_RANDOM`, `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_sender_from_shared_keys(
    root_key: *const u8,
    chain_key: *const u8,
    keys: *const cliquet_olm_session_keys,
    version: cliquet_version,
    limits: *const cliquet_limits,
    random: *const cliquet_random,
    session: *mut *mut cliquet_olm_session,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let session = Slot::at(session)?;
            let shared_keys = SharedKeys::from_bytes(input::array(root_key)?, input::array(chain_key)?);
            let keys = session_keys(keys)?;
            let config = limits::config(version, limits)?;
            session.put(Session::sender_from_shared_keys(
                shared_keys,
                keys,
                config,
                &mut Random::of(random)?,
            )?);
            Ok(())
        })
    }
}

/// Makes the session of the other party, after another handshake than triple Diffie-Hellman: `their_ratchet_key` is that of the first message. The session
/// can encrypt before it has decrypted that message, to a ratchet key that nobody has vouched for: wait until it has received a message. The caller
/// frees `*session`, and wipes both keys. `limits` NULL: the default ones.
///
/// Errors: `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_receiver_from_shared_keys(
    root_key: *const u8,
    chain_key: *const u8,
    keys: *const cliquet_olm_session_keys,
    their_ratchet_key: *const u8,
    version: cliquet_version,
    limits: *const cliquet_limits,
    session: *mut *mut cliquet_olm_session,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let session = Slot::at(session)?;
            let shared_keys = SharedKeys::from_bytes(input::array(root_key)?, input::array(chain_key)?);
            let keys = session_keys(keys)?;
            let their_ratchet_key = input::curve25519_public_key(their_ratchet_key)?;
            let config = limits::config(version, limits)?;
            session.put(Session::receiver_from_shared_keys(shared_keys, keys, their_ratchet_key, config));
            Ok(())
        })
    }
}

/// Frees an Olm session and wipes its secrets. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_free(session: *mut cliquet_olm_session) -> cliquet_status {
    call(|| unsafe { free(session) })
}

/// Encrypts a plaintext of any length. `*message`, which the caller frees, is a pre-key message until the session has received something, a normal one
/// from then on. The sending chain moves on by one message: store the session before the message leaves, so that no message key is ever used
/// twice (Olm specification, "Sending normal messages"). Draws 32 bytes where `cliquet_olm_session_needs_random` says so.
///
/// Errors: `CLIQUET_RANDOM`, `CLIQUET_NON_CONTRIBUTORY_KEY` if the other party's ratchet key has small order, `CLIQUET_CHAIN_EXHAUSTED` after
/// 2^32 - 1 messages without an answer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_encrypt(
    session: *mut cliquet_olm_session,
    plaintext: *const u8,
    plaintext_length: usize,
    random: *const cliquet_random,
    message: *mut *mut cliquet_olm_message,
) -> cliquet_status {
    call(|| unsafe {
        let message = Slot::at(message)?;
        let mut session = change(session)?;
        let plaintext = input::bytes(plaintext, plaintext_length)?;
        message.put(session.encrypt(plaintext, &mut Random::of(random)?)?);
        Ok(())
    })
}

/// Decrypts a message of either type. The need of the buffer is at most `cliquet_olm_message_max_plaintext_length`; the plaintext is the caller's to wipe.
/// It names its sender and recipient, which the caller compares with the device that the session belongs to (Olm specification, "Message authentication
/// concerns"). On success the key of the message is used up, and the keys of messages that are missing before it are kept within the limits.
///
/// Errors: `CLIQUET_AUTHENTICATION_FAILED`, `CLIQUET_ALREADY_USED`, `CLIQUET_NO_LONGER_KEPT`, `CLIQUET_GAP_TOO_LARGE`, `CLIQUET_CHAIN_EXHAUSTED`,
/// `CLIQUET_FOREIGN_PRE_KEY_MESSAGE`, `CLIQUET_UNKNOWN_RATCHET_KEY`, `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_MISMATCHED_VERSION`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_decrypt(
    session: *mut cliquet_olm_session,
    message: *const cliquet_olm_message,
    plaintext: *mut u8,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let plaintext = Buffer::at(plaintext, capacity, length)?;
            let mut session = change(session)?;
            let message = look(message)?;
            let plaintext = plaintext.reserve(message.max_plaintext_len())?;
            plaintext.put(&Zeroizing::new(session.decrypt(&message)?))
        })
    }
}

/// Writes whether a pre-key message carries the three keys of this session. They are not authenticated: only decrypting shows who sent the message.
///
/// Errors: `CLIQUET_MESSAGE_TYPE` for a normal message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_matches_pre_key_message(
    session: *const cliquet_olm_session,
    message: *const cliquet_olm_message,
    matches: *mut bool,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let matches = Place::at(matches)?;
            matches.put(look(session)?.matches_pre_key_message(pre_key(&*look(message)?)?));
            Ok(())
        })
    }
}

/// Writes the id of a session, 32 bytes, the same on both sides.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_session_id(
    session: *const cliquet_olm_session,
    session_id: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let session_id = Array::at(session_id)?;
        session_id.put(look(session)?.session_id().as_bytes());
        Ok(())
    })
}

/// Writes the three keys that a session was agreed with. The identity key among them is that of the party that started.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_session_keys(
    session: *const cliquet_olm_session,
    session_keys: *mut cliquet_olm_session_keys,
) -> cliquet_status {
    call(|| unsafe {
        let session_keys = Place::at(session_keys)?;
        session_keys.put(look(session)?.session_keys().into());
        Ok(())
    })
}

/// Writes the version of the messages of a session, one of the constants `CLIQUET_VERSION_*`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_version(
    session: *const cliquet_olm_session,
    version: *mut cliquet_version,
) -> cliquet_status {
    call(|| unsafe {
        let version = Place::at(version)?;
        version.put(message_version(look(session)?.version()));
        Ok(())
    })
}

/// Writes whether a session has decrypted anything: before, it encrypts pre-key messages.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_has_received_message(
    session: *const cliquet_olm_session,
    has_received_message: *mut bool,
) -> cliquet_status {
    call(|| unsafe {
        let has_received_message = Place::at(has_received_message)?;
        has_received_message.put(look(session)?.has_received_message());
        Ok(())
    })
}

/// Writes whether the next encryption draws 32 random bytes, because there is no sending chain.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_needs_random(
    session: *const cliquet_olm_session,
    needs_random: *mut bool,
) -> cliquet_status {
    call(|| unsafe {
        let needs_random = Place::at(needs_random)?;
        needs_random.put(look(session)?.needs_random());
        Ok(())
    })
}

/// Writes the type of the message that the next encryption makes, one of the constants `CLIQUET_MESSAGE_TYPE_*`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_next_message_type(
    session: *const cliquet_olm_session,
    message_type: *mut cliquet_message_type,
) -> cliquet_status {
    call(|| unsafe {
        let message_type = Place::at(message_type)?;
        message_type.put(type_number(look(session)?.next_message_type()));
        Ok(())
    })
}

/// Writes how many wire bytes the next encryption makes of a plaintext of so many bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_message_length(
    session: *const cliquet_olm_session,
    plaintext_length: usize,
    message_length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let message_length = Place::at(message_length)?;
        message_length.put(look(session)?.message_len(plaintext_length));
        Ok(())
    })
}

/// Writes what a session keeps and how far it jumps.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_limits(
    session: *const cliquet_olm_session,
    limits: *mut cliquet_limits,
) -> cliquet_status {
    call(|| unsafe {
        let limits = Place::at(limits)?;
        limits.put(limits::to_c(look(session)?.limits()));
        Ok(())
    })
}

/// Sets what a session keeps and how far it jumps; `limits` NULL: the default ones. Writes how many skipped message keys were given up for want of
/// room, oldest first; late messages that need them can no longer be read. Receiver chains that there is no room for go too.
///
/// Errors: `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_set_limits(
    session: *mut cliquet_olm_session,
    limits: *const cliquet_limits,
    given_up: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let given_up = Place::at(given_up)?;
            let mut session = change(session)?;
            given_up.put(session.set_limits(limits::limits(limits)?));
            Ok(())
        })
    }
}

/// Gives up the skipped message keys of receiver chains that are no longer kept, which not every other library can store, and writes how many there
/// were. Late messages that need them can no longer be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_forget_message_keys_of_dropped_chains(
    session: *mut cliquet_olm_session,
    given_up: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let given_up = Place::at(given_up)?;
        given_up.put(change(session)?.forget_message_keys_of_dropped_chains());
        Ok(())
    })
}

/// Writes the public part of a session's state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_summarise(
    session: *const cliquet_olm_session,
    summary: *mut cliquet_olm_session_summary,
) -> cliquet_status {
    call(|| unsafe {
        let place = Place::at(summary)?;
        let summary = look(session)?.summary();
        let none = cliquet_chain_summary { ratchet_key: [0; 32], next_chain_index: 0 };
        place.put(cliquet_olm_session_summary {
            session_id: *summary.session_id.as_bytes(),
            version: message_version(summary.version),
            has_received_message: summary.has_received_message,
            has_sending_chain: summary.sending_chain.is_some(),
            sending_chain: summary.sending_chain.as_ref().map_or(none, cliquet_chain_summary::from),
            skipped_message_keys: summary.skipped_message_keys,
        });
        Ok(())
    })
}

/// Writes how far the chains of the other party have come, newest first.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_receiver_chains(
    session: *const cliquet_olm_session,
    chains: *mut cliquet_chain_summary,
    capacity: usize,
    count: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let place = Buffer::at(chains, capacity, count)?;
        let chains: Vec<_> = look(session)?.summary().receiver_chains.iter().map(Into::into).collect();
        place.put(&chains)
    })
}

/// A message that has not arrived, while a later one of its chain has.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_skipped_message {
    /// The ratchet key of its chain.
    pub ratchet_key: [u8; 32],
    /// Its chain index.
    pub chain_index: u32,
}

/// Writes the messages that have not arrived and can still be read, because their keys are kept: those given up first come first.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_skipped_messages(
    session: *const cliquet_olm_session,
    messages: *mut cliquet_skipped_message,
    capacity: usize,
    count: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let messages = Buffer::at(messages, capacity, count)?;
        let session = look(session)?;
        let skipped = session.skipped_messages().map(|message| cliquet_skipped_message {
            ratchet_key: *message.ratchet_key.as_bytes(),
            chain_index: message.chain_index,
        });
        messages.put(&skipped.collect::<Vec<_>>())
    })
}

//! Accounts: identity keys, and the sessions that they begin.

use cliquet_core::olm::{Account, KeyUse};
use cliquet_core::{Curve25519KeyPair, Ed25519KeyPair};
use zeroize::Zeroizing;

use crate::constants::cliquet_version;
use crate::failure::{call, call_with, cliquet_details};
use crate::handle::{Slot, change, free, handle, look};
use crate::input;
use crate::keys::curve25519::cliquet_curve25519_key_pair;
use crate::keys::ed25519::cliquet_ed25519_key_pair;
use crate::olm::limits::{self, cliquet_limits};
use crate::olm::message::{cliquet_olm_message, pre_key};
use crate::olm::session::cliquet_olm_session;
use crate::output::{Array, Buffer, Place};
use crate::random::{Random, cliquet_random};
use crate::status::cliquet_status;

/// An Olm account: the identity keys of a device and its one-time keys. Its secrets are wiped when it is freed.
pub struct cliquet_account {
    _opaque: [u8; 0],
}
handle!(cliquet_account: Account);

/// Which key of the account the other party used to start a session.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_key_use {
    /// The id of the key.
    pub key_id: u64,
    /// Whether it is a fallback key, which stays. A one-time key is used up.
    pub is_fallback_key: bool,
}

/// Makes a new account without one-time keys. Draws 64 bytes: the Ed25519 seed, then the Curve25519 secret key. The caller frees `*account`.
///
/// Errors: `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_new(
    random: *const cliquet_random,
    account: *mut *mut cliquet_account,
) -> cliquet_status {
    call(|| unsafe {
        let account = Slot::at(account)?;
        account.put(Account::new(&mut Random::of(random)?)?);
        Ok(())
    })
}

/// Makes an account of copies of two key pairs, without one-time keys. The caller frees `*account`, and both pairs as before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_from_key_pairs(
    signing_key: *const cliquet_ed25519_key_pair,
    identity_key: *const cliquet_curve25519_key_pair,
    account: *mut *mut cliquet_account,
) -> cliquet_status {
    call(|| unsafe {
        let account = Slot::at(account)?;
        account.put(Account::from_key_pairs(
            ed25519_copy(&*look(signing_key)?),
            curve25519_copy(&*look(identity_key)?),
        ));
        Ok(())
    })
}

/// Frees an account and wipes its secrets. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_free(account: *mut cliquet_account) -> cliquet_status {
    call(|| unsafe { free(account) })
}

/// Makes a copy of the fingerprint key with its secret half, for another library to take over. The caller frees `*key_pair`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_signing_key_pair(
    account: *const cliquet_account,
    key_pair: *mut *mut cliquet_ed25519_key_pair,
) -> cliquet_status {
    call(|| unsafe {
        let key_pair = Slot::at(key_pair)?;
        key_pair.put(ed25519_copy(look(account)?.signing_key_pair()));
        Ok(())
    })
}

/// Makes a copy of the identity key with its secret half, for another library to take over. The caller frees `*key_pair`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_identity_key_pair(
    account: *const cliquet_account,
    key_pair: *mut *mut cliquet_curve25519_key_pair,
) -> cliquet_status {
    call(|| unsafe {
        let key_pair = Slot::at(key_pair)?;
        key_pair.put(curve25519_copy(look(account)?.identity_key_pair()));
        Ok(())
    })
}

/// Writes the public fingerprint key, 32 bytes, which verifies what the account signs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_ed25519_key(
    account: *const cliquet_account,
    ed25519_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let ed25519_key = Array::at(ed25519_key)?;
        ed25519_key.put(look(account)?.ed25519_key().as_bytes());
        Ok(())
    })
}

/// Writes the public identity key, 32 bytes, which others start sessions with.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_curve25519_key(
    account: *const cliquet_account,
    curve25519_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let curve25519_key = Array::at(curve25519_key)?;
        curve25519_key.put(look(account)?.curve25519_key().as_bytes());
        Ok(())
    })
}

/// Signs a message of any length with the fingerprint key, and writes the signature, 64 bytes (RFC 8032 section 5.1.6; deterministic).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_sign(
    account: *const cliquet_account,
    message: *const u8,
    message_length: usize,
    signature: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let signature = Array::at(signature)?;
        signature.put(look(account)?.sign(input::bytes(message, message_length)?).as_bytes());
        Ok(())
    })
}

/// Starts a session with another device; `cliquet_account_create_outbound_session_with` takes keys whose signatures it has checked. By its identity key, and a one-time key or fallback key of it whose signature the caller has checked, 32 bytes
/// each. `version` is one of the constants `CLIQUET_VERSION_*`, `limits` NULL for the default ones. Draws 64 bytes: the base key, then the first
/// ratchet key. The account does not change (Olm specification, "Creating an outbound session"). The caller frees `*session`.
///
/// Errors: `CLIQUET_RANDOM`, `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_create_outbound_session(
    account: *const cliquet_account,
    their_identity_key: *const u8,
    their_one_time_key: *const u8,
    version: cliquet_version,
    limits: *const cliquet_limits,
    random: *const cliquet_random,
    session: *mut *mut cliquet_olm_session,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let session = Slot::at(session)?;
            let account = look(account)?;
            let their_identity_key = input::curve25519_public_key(their_identity_key)?;
            let their_one_time_key = input::curve25519_public_key(their_one_time_key)?;
            let config = limits::config(version, limits)?;
            let random = &mut Random::of(random)?;
            session.put(account.create_outbound_session(
                their_identity_key,
                their_one_time_key,
                config,
                random,
            )?);
            Ok(())
        })
    }
}

/// Makes a session from the first message of another device, and decrypts that message. `their_identity_key`, 32 bytes, is the one that the caller expects
/// from that device, from its signed device keys and not from the message. A one-time key is used up, a fallback key is not; `key_use` tells which it
/// was, or is NULL (Olm specification, "Creating an inbound session from a pre-key message"). The need of the buffer is at most
/// `cliquet_olm_message_max_plaintext_length`; the plaintext is the caller's to wipe. The caller frees `*session`.
///
/// Errors: `CLIQUET_MESSAGE_TYPE` for a normal message, `CLIQUET_MISMATCHED_IDENTITY_KEY`, `CLIQUET_UNKNOWN_ONE_TIME_KEY`,
/// `CLIQUET_MISMATCHED_ONE_TIME_KEY`, `CLIQUET_MALFORMED_BASE_KEY`, `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_MISMATCHED_VERSION`,
/// `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`, and those of `cliquet_olm_session_decrypt`. The account is as it was after each of them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_create_inbound_session(
    account: *mut cliquet_account,
    their_identity_key: *const u8,
    message: *const cliquet_olm_message,
    version: cliquet_version,
    limits: *const cliquet_limits,
    session: *mut *mut cliquet_olm_session,
    plaintext: *mut u8,
    capacity: usize,
    length: *mut usize,
    key_use: *mut cliquet_key_use,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let session = Slot::at(session)?;
            let plaintext = Buffer::at(plaintext, capacity, length)?;
            let key_use = Place::wanted(key_use)?;
            let mut account = change(account)?;
            let their_identity_key = input::curve25519_public_key(their_identity_key)?;
            let message = look(message)?;
            let pre_key_message = pre_key(&message)?;
            let config = limits::config(version, limits)?;
            let plaintext = plaintext.reserve(message.max_plaintext_len())?;
            let created = account.create_inbound_session(their_identity_key, pre_key_message, config)?;
            plaintext.put(&Zeroizing::new(created.plaintext))?;
            session.put(created.session);
            if let Some(place) = key_use {
                place.put(used_key(created.key_use));
            }
            Ok(())
        })
    }
}

/// Makes a session from the first message of another device as libolm does: the message is not decrypted, and the one-time key is not used up. For
/// adapters; `cliquet_account_create_inbound_session` is what a client wants. The caller decrypts the message next, and on success calls
/// `cliquet_account_remove_one_time_key`; on failure it frees the session. The caller frees `*session`.
///
/// Errors: as `cliquet_account_create_inbound_session`, of those of a decryption only `CLIQUET_MISMATCHED_VERSION`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_inbound_session_unopened(
    account: *const cliquet_account,
    their_identity_key: *const u8,
    message: *const cliquet_olm_message,
    version: cliquet_version,
    limits: *const cliquet_limits,
    session: *mut *mut cliquet_olm_session,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let session = Slot::at(session)?;
            let account = look(account)?;
            let their_identity_key = input::curve25519_public_key(their_identity_key)?;
            let message = look(message)?;
            let message = pre_key(&message)?;
            let config = limits::config(version, limits)?;
            session.put(account.inbound_session_unopened(their_identity_key, message, config)?);
            Ok(())
        })
    }
}

fn used_key(key_use: KeyUse) -> cliquet_key_use {
    match key_use {
        KeyUse::FallbackKey { key_id, .. } => {
            cliquet_key_use { key_id: key_id.as_u64(), is_fallback_key: true }
        }
        KeyUse::OneTimeKey { key_id, .. } => {
            cliquet_key_use { key_id: key_id.as_u64(), is_fallback_key: false }
        }
        _ => cliquet_key_use { key_id: 0, is_fallback_key: false },
    }
}

/// The library never copies a key pair of its own accord; a caller of C may.
fn ed25519_copy(key_pair: &Ed25519KeyPair) -> Ed25519KeyPair {
    match key_pair.export_seed() {
        Some(seed) => Ed25519KeyPair::from_seed(seed),
        None => Ed25519KeyPair::from_expanded_secret_key(key_pair.export_expanded_secret_key()),
    }
}

fn curve25519_copy(key_pair: &Curve25519KeyPair) -> Curve25519KeyPair {
    Curve25519KeyPair::from_secret_key(key_pair.export_secret_key())
}

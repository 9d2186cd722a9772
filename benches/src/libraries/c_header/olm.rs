//! Olm through the C header.

use std::ptr::{null, null_mut};

use super::{
    CHeader, Handle, VERSION_1, array, bytes,
    functions::{OneTimeKey, functions},
    made, number, succeeded, written,
};
use crate::{
    Result,
    libraries::{Accounts, OlmSessions, OlmText, Pair},
};

/// The message as an object.
fn message_of((message_type, body): &OlmText) -> Result<Handle> {
    let (library, message_type) = (functions()?, u32::try_from(*message_type)?);
    // SAFETY: the text comes with its length.
    made(library.olm_message_free, |message| unsafe {
        (library.olm_message_from_base64)(message_type, body.as_ptr().cast(), body.len(), message, null_mut())
    })
}

/// How much room its plaintext takes at most.
fn room_for(message: &Handle) -> Result<usize> {
    let library = functions()?;
    // SAFETY: the message lives, and there is room for the number.
    number(|length| unsafe { (library.olm_message_max_plaintext_length)(message.pointer, length) })
}

fn curve25519_key(key: &str) -> Result<[u8; 32]> {
    let library = functions()?;
    // SAFETY: the text comes with its length, and there is room for the key.
    array(|bytes| unsafe {
        (library.curve25519_public_key_from_base64)(key.as_ptr().cast(), key.len(), bytes, null_mut())
    })
}

fn curve25519_text(key: [u8; 32]) -> Result<String> {
    let library = functions()?;
    // SAFETY: the key has its length, and the buffer comes with it.
    written(|text, capacity, length| unsafe {
        (library.curve25519_public_key_to_base64)(key.as_ptr(), text, capacity, length)
    })
}

impl OlmSessions for CHeader {
    type Session = Handle;

    fn pair() -> Result<Pair<Handle>> {
        Self::introduced()
    }

    fn encrypt(session: &mut Handle, plaintext: &[u8]) -> Result<OlmText> {
        let library = functions()?;
        // SAFETY: the session lives, and the plaintext comes with its length.
        let message = made(library.olm_message_free, |message| unsafe {
            let (start, length) = (plaintext.as_ptr(), plaintext.len());
            (library.olm_session_encrypt)(session.pointer, start, length, null(), message)
        })?;
        // SAFETY: the message lives, and there is room for the number.
        let message_type = number(|number| unsafe { (library.olm_message_type)(message.pointer, number) })?;
        // SAFETY: the message lives, and the buffer comes with its length.
        let body = written(|text, capacity, length| unsafe {
            (library.olm_message_to_base64)(message.pointer, text, capacity, length)
        })?;
        Ok((usize::try_from(message_type)?, body))
    }

    fn decrypt(session: &mut Handle, message: &OlmText) -> Result<Vec<u8>> {
        let (library, message) = (functions()?, message_of(message)?);
        // SAFETY: both objects live, and the buffer comes with its length.
        bytes(room_for(&message)?, |plaintext, capacity, length| unsafe {
            let (session, message) = (session.pointer, message.pointer);
            (library.olm_session_decrypt)(session, message, plaintext, capacity, length, null_mut())
        })
    }
}

impl Accounts for CHeader {
    type Account = Handle;

    fn account() -> Result<Handle> {
        let library = functions()?;
        // SAFETY: there is room for the pointer.
        made(library.account_free, |account| unsafe { (library.account_new)(null(), account) })
    }

    fn identity_keys(account: &Handle) -> Result<(String, String)> {
        let library = functions()?;
        // SAFETY: the account lives, and there is room for the key.
        let signing_key = array::<32>(|key| unsafe { (library.account_ed25519_key)(account.pointer, key) })?;
        // SAFETY: the same.
        let identity_key = array(|key| unsafe { (library.account_curve25519_key)(account.pointer, key) })?;
        // SAFETY: the key has its length, and the buffer comes with it.
        let signing_key = written(|text, capacity, length| unsafe {
            (library.ed25519_public_key_to_base64)(signing_key.as_ptr(), text, capacity, length)
        })?;
        Ok((signing_key, curve25519_text(identity_key)?))
    }

    fn sign(account: &Handle, message: &[u8]) -> Result<String> {
        let library = functions()?;
        // SAFETY: the account lives, the message comes with its length, and there is room for the signature.
        let signature = array::<64>(|signature| unsafe {
            (library.account_sign)(account.pointer, message.as_ptr(), message.len(), signature)
        })?;
        // SAFETY: the signature has its length, and the buffer comes with it.
        written(|text, capacity, length| unsafe {
            (library.ed25519_signature_to_base64)(signature.as_ptr(), text, capacity, length)
        })
    }

    fn one_time_keys(account: &mut Handle, count: usize) -> Result<Vec<String>> {
        let (library, account) = (functions()?, account.pointer);
        let (none, nothing) = (null_mut(), null_mut());
        // SAFETY: the account lives; who does not ask for what was removed passes these.
        succeeded(unsafe {
            (library.account_generate_one_time_keys)(account, count, null(), none, 0, nothing, null_mut())
        })?;
        let mut keys = vec![OneTimeKey::default(); count];
        // SAFETY: the account lives, and the list comes with its length.
        let found: usize = number(|found| unsafe {
            (library.account_unpublished_one_time_keys)(account, keys.as_mut_ptr(), count, found)
        })?;
        keys.truncate(found);
        // SAFETY: the account lives. Without this the keys would come again with the next ones.
        succeeded(unsafe { (library.account_mark_keys_as_published)(account) })?;
        keys.into_iter().map(|key| curve25519_text(key.public_key)).collect()
    }

    fn outbound(account: &Handle, identity_key: &str, one_time_key: &str) -> Result<Handle> {
        let library = functions()?;
        let keys = (curve25519_key(identity_key)?, curve25519_key(one_time_key)?);
        let (theirs, once) = (keys.0.as_ptr(), keys.1.as_ptr());
        // SAFETY: the account lives, and the keys have their length.
        made(library.olm_session_free, |session| unsafe {
            let create = library.account_create_outbound_session;
            create(account.pointer, theirs, once, VERSION_1, null(), null(), session, null_mut())
        })
    }

    fn inbound(account: &mut Handle, identity_key: &str, message: &OlmText) -> Result<(Handle, Vec<u8>)> {
        let (library, message_object) = (functions()?, message_of(message)?);
        let theirs = curve25519_key(identity_key)?;
        let (mut session, mut plaintext, mut length) = (null_mut(), vec![0; room_for(&message_object)?], 0);
        let (start, capacity) = (plaintext.as_mut_ptr(), plaintext.len());
        let (account, theirs, message) = (account.pointer, theirs.as_ptr(), message_object.pointer);
        let (made, length_is, nothing) = (&raw mut session, &raw mut length, null_mut());
        // SAFETY: both objects live, the key has its length, the buffer comes with it, and there is room for the pointer.
        succeeded(unsafe {
            let create = library.account_create_inbound_session;
            create(
                account,
                theirs,
                message,
                VERSION_1,
                null(),
                made,
                start,
                capacity,
                length_is,
                nothing,
                nothing,
            )
        })?;
        plaintext.truncate(length);
        Ok((Handle { pointer: session, free: library.olm_session_free }, plaintext))
    }
}

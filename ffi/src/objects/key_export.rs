//! Key export files: Megolm sessions under a passphrase.

use std::ffi::c_char;

use cliquet_core::objects::key_export::{EncryptedKeyExport, KeyExport, NewKeyExport, RefusedSession};
use cliquet_core::objects::session_data::ExportedSession;

use super::session_data::{cliquet_session_data, copy};
use crate::failure::{Failure, call, call_with, cliquet_details};
use crate::handle::{Slot, UsedOnce, change, free, handle, look};
use crate::input;
use crate::output::{Buffer, Place, TextBuffer};
use crate::passphrase::{cliquet_passphrase_stretching, cliquet_stretched_passphrase};
use crate::random::{Random, cliquet_random};
use crate::status::cliquet_status;

/// A limit for the rounds of a key export that somebody else has written: twenty times what clients write, which is 100000 to 500000 rounds.
pub const CLIQUET_KEY_EXPORT_DEFAULT_MAX_ROUNDS: u32 = 10_000_000;
/// So many rounds should be written into a new key export today, at least.
pub const CLIQUET_KEY_EXPORT_DEFAULT_ROUNDS: u32 = 500_000;
/// The fewest rounds that the specification allows to be written into a key export.
pub const CLIQUET_KEY_EXPORT_MIN_ROUNDS: u32 = 100_000;

const _: () = {
    assert!(CLIQUET_KEY_EXPORT_DEFAULT_MAX_ROUNDS == EncryptedKeyExport::DEFAULT_MAX_ROUNDS);
    assert!(CLIQUET_KEY_EXPORT_DEFAULT_ROUNDS == NewKeyExport::DEFAULT_ROUNDS);
    assert!(CLIQUET_KEY_EXPORT_MIN_ROUNDS == NewKeyExport::MIN_ROUNDS);
};

/// A key export file that was read, or written, and is encrypted (Matrix specification, "Key exports").
pub struct cliquet_encrypted_key_export {
    _opaque: [u8; 0],
}
handle!(cliquet_encrypted_key_export: EncryptedKeyExport);

/// A key export that is about to be written: its salt, its IV and its rounds. `cliquet_new_key_export_seal` uses it up, because a key and an IV
/// encrypt once.
pub struct cliquet_new_key_export {
    _opaque: [u8; 0],
}
handle!(cliquet_new_key_export: UsedOnce<NewKeyExport>);

/// The sessions of a key export that was opened. What is secret in them is wiped when it is freed.
pub struct cliquet_key_export {
    _opaque: [u8; 0],
}
handle!(cliquet_key_export: KeyExport);

/// A session that goes into a key export, with its room.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_exported_session {
    /// The id of the room, a text.
    pub room_id: *const c_char,
    /// The length of the id, in bytes.
    pub room_id_length: usize,
    /// The session and what is known of it.
    pub data: *const cliquet_session_data,
}

/// An entry of a key export that was left out.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_refused_session {
    /// Its position in the list of the file, counted from 0.
    pub position: usize,
    /// What is wrong with it: what `cliquet_session_data_from_json` returns, or `CLIQUET_MISMATCHED_SESSION_ID`.
    pub status: cliquet_status,
    /// What else can be told of that, as the `details` of a call do.
    pub details: cliquet_details,
}

/// Reads the text of a file. Lines may end in any way and have any length, ASCII white space in them is skipped, padding of the base64 is optional.
/// The caller frees `*encrypted`.
///
/// Errors: `CLIQUET_MISSING_LINE`; `CLIQUET_BASE64`, `CLIQUET_TRUNCATED`, `CLIQUET_UNSUPPORTED_VERSION` of what stands between the first and the last
/// line; `CLIQUET_TOO_FEW_ROUNDS` if the file asks for no round at all.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_key_export_from_text(
    text: *const c_char,
    text_length: usize,
    encrypted: *mut *mut cliquet_encrypted_key_export,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let encrypted = Slot::at(encrypted)?;
            encrypted.put(EncryptedKeyExport::from_text(input::text(text, text_length)?)?);
            Ok(())
        })
    }
}

/// Frees an encrypted key export. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_key_export_free(
    encrypted: *mut cliquet_encrypted_key_export,
) -> cliquet_status {
    call(|| unsafe { free(encrypted) })
}

/// Writes the text of a file: lines of at most 96 characters, unpadded base64 between the first and the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_key_export_to_text(
    encrypted: *const cliquet_encrypted_key_export,
    text: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let text = TextBuffer::at(text, capacity, length)?;
        text.put(&look(encrypted)?.to_text())
    })
}

/// Writes in how many rounds the passphrase has to be stretched.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_key_export_rounds(
    encrypted: *const cliquet_encrypted_key_export,
    rounds: *mut u32,
) -> cliquet_status {
    call(|| unsafe {
        let rounds = Place::at(rounds)?;
        rounds.put(look(encrypted)?.rounds());
        Ok(())
    })
}

/// Begins to stretch a passphrase, the text that the user types, in at most `max_rounds` rounds, such as `CLIQUET_KEY_EXPORT_DEFAULT_MAX_ROUNDS`: a
/// hostile file could ask for hours. The caller frees `*stretching`.
///
/// Errors: `CLIQUET_TOO_MANY_ROUNDS` if the file asks for more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_key_export_stretch(
    encrypted: *const cliquet_encrypted_key_export,
    passphrase: *const c_char,
    passphrase_length: usize,
    max_rounds: u32,
    stretching: *mut *mut cliquet_passphrase_stretching,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let stretching = Slot::at(stretching)?;
            let encrypted = look(encrypted)?;
            let passphrase = input::text(passphrase, passphrase_length)?;
            stretching.put(UsedOnce::new(encrypted.stretch(passphrase, max_rounds)?));
            Ok(())
        })
    }
}

/// Checks the MAC and reads the sessions. The caller frees `*key_export`.
///
/// Errors: `CLIQUET_OTHER_PARAMETERS` if the passphrase was stretched for another file, `CLIQUET_AUTHENTICATION_FAILED` if it is wrong or the file
/// damaged, `CLIQUET_CONTENT` if what is encrypted is no list in JSON, `CLIQUET_COUNTER_OVERFLOW` if the IV has no room for it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_key_export_open(
    encrypted: *const cliquet_encrypted_key_export,
    stretched: *const cliquet_stretched_passphrase,
    key_export: *mut *mut cliquet_key_export,
) -> cliquet_status {
    call(|| unsafe {
        let key_export = Slot::at(key_export)?;
        key_export.put(look(encrypted)?.open(&*look(stretched)?)?);
        Ok(())
    })
}

/// Stretches the passphrase, the text that the user types, in at most `max_rounds` rounds, and reads the sessions:
/// `cliquet_encrypted_key_export_stretch` to the end and `cliquet_encrypted_key_export_open`. The caller frees `*key_export`.
///
/// Errors: `CLIQUET_TOO_MANY_ROUNDS`, `CLIQUET_AUTHENTICATION_FAILED`, `CLIQUET_CONTENT`, `CLIQUET_COUNTER_OVERFLOW`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_key_export_decrypt(
    encrypted: *const cliquet_encrypted_key_export,
    passphrase: *const c_char,
    passphrase_length: usize,
    max_rounds: u32,
    key_export: *mut *mut cliquet_key_export,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let key_export = Slot::at(key_export)?;
            let encrypted = look(encrypted)?;
            key_export.put(encrypted.decrypt(input::text(passphrase, passphrase_length)?, max_rounds)?);
            Ok(())
        })
    }
}

/// Begins an export whose passphrase is stretched in so many rounds, `CLIQUET_KEY_EXPORT_DEFAULT_ROUNDS` or more. 32 bytes are drawn from `random`:
/// the salt (16), then the IV (16). The caller frees `*new_export`.
///
/// Errors: `CLIQUET_TOO_FEW_ROUNDS` if there are fewer than `CLIQUET_KEY_EXPORT_MIN_ROUNDS`, `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_new_key_export_new(
    rounds: u32,
    random: *const cliquet_random,
    new_export: *mut *mut cliquet_new_key_export,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let new_export = Slot::at(new_export)?;
            new_export.put(UsedOnce::new(NewKeyExport::new(rounds, &mut Random::of(random)?)?));
            Ok(())
        })
    }
}

/// Frees an export that is about to be written. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_new_key_export_free(
    new_export: *mut cliquet_new_key_export,
) -> cliquet_status {
    call(|| unsafe { free(new_export) })
}

/// Begins to stretch the passphrase of a new export, the text that the user types. The caller frees `*stretching`.
///
/// Errors: `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_new_key_export_stretch(
    new_export: *const cliquet_new_key_export,
    passphrase: *const c_char,
    passphrase_length: usize,
    stretching: *mut *mut cliquet_passphrase_stretching,
) -> cliquet_status {
    call(|| unsafe {
        let stretching = Slot::at(stretching)?;
        let new_export = look(new_export)?;
        let new_export = new_export.get()?;
        let passphrase = input::text(passphrase, passphrase_length)?;
        stretching.put(UsedOnce::new(new_export.stretch(passphrase)));
        Ok(())
    })
}

/// Encrypts `count` sessions under the stretched passphrase, and uses the new export up. The same session data may stand there more than once. The
/// caller frees `*encrypted`.
///
/// Errors: `CLIQUET_OTHER_PARAMETERS` if the passphrase was stretched for another export, after which this one can still be used; `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_new_key_export_seal(
    new_export: *mut cliquet_new_key_export,
    sessions: *const cliquet_exported_session,
    count: usize,
    stretched: *const cliquet_stretched_passphrase,
    encrypted: *mut *mut cliquet_encrypted_key_export,
) -> cliquet_status {
    call(|| unsafe {
        let encrypted = Slot::at(encrypted)?;
        let mut new_export = change(new_export)?;
        let sessions = exported_sessions(sessions, count)?;
        let stretched = look(stretched)?;
        encrypted.put(new_export.use_up(|new_export| new_export.seal(&sessions, &stretched))?);
        Ok(())
    })
}

unsafe fn exported_sessions(
    sessions: *const cliquet_exported_session,
    count: usize,
) -> Result<Vec<ExportedSession>, Failure> {
    // SAFETY: the contract of the exported functions.
    let sessions = unsafe { input::elements(sessions, count)? }.iter();
    let exported = sessions.map(|session| {
        // SAFETY: as above, of what an element points to.
        let (room_id, data) =
            unsafe { (input::text(session.room_id, session.room_id_length)?, look(session.data)?) };
        Ok(ExportedSession::new(room_id, copy(&data)))
    });
    exported.collect()
}

/// Frees the sessions of a key export and wipes what is secret in them. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_export_free(key_export: *mut cliquet_key_export) -> cliquet_status {
    call(|| unsafe { free(key_export) })
}

/// Writes how many sessions were read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_export_session_count(
    key_export: *const cliquet_key_export,
    count: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let count = Place::at(count)?;
        count.put(look(key_export)?.sessions.len());
        Ok(())
    })
}

/// Writes the room id of a session by its position among those that were read, counted from 0, in the order of the file. It can be any text.
///
/// Errors: `CLIQUET_OUT_OF_RANGE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_export_room_id(
    key_export: *const cliquet_key_export,
    position: usize,
    room_id: *mut c_char,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let room_id = TextBuffer::at(room_id, capacity, length)?;
            room_id.put(&input::element(&look(key_export)?.sessions, position)?.room_id)
        })
    }
}

/// Copies the data of a session by its position among those that were read, counted from 0, in the order of the file. The caller frees `*data`.
///
/// Errors: `CLIQUET_OUT_OF_RANGE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_export_session_data(
    key_export: *const cliquet_key_export,
    position: usize,
    data: *mut *mut cliquet_session_data,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let data = Slot::at(data)?;
            data.put(copy(&input::element(&look(key_export)?.sessions, position)?.data));
            Ok(())
        })
    }
}

/// Writes how many entries of the file were refused in all: of another algorithm, say. They keep the others from nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_export_refused_count(
    key_export: *const cliquet_key_export,
    count: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let count = Place::at(count)?;
        count.put(look(key_export)?.refused_count);
        Ok(())
    })
}

/// Writes the entries that were refused, in the order of the file, but no more than the first thousand. `capacity` and `*count` are in entries.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_export_refused(
    key_export: *const cliquet_key_export,
    refused: *mut cliquet_refused_session,
    capacity: usize,
    count: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let refused = Buffer::at(refused, capacity, count)?;
        let key_export = look(key_export)?;
        let sessions = key_export.refused.iter();
        refused.put(&sessions.map(refused_session).collect::<Vec<_>>())
    })
}

fn refused_session(refused: &RefusedSession) -> cliquet_refused_session {
    let (status, details) = Failure::from(refused.error).told();
    cliquet_refused_session { position: refused.position, status, details }
}

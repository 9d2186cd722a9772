//! Megolm through the C header.

use std::ptr::{null, null_mut};

use super::{CHeader, Handle, VERSION_1, bytes, functions::functions, made, number, written};
use crate::{Result, libraries::Rooms};

impl Rooms for CHeader {
    type Sender = Handle;
    type Reader = Handle;
    type Export = String;

    fn sender() -> Result<Handle> {
        let library = functions()?;
        // SAFETY: there is room for the pointer.
        made(library.outbound_group_session_free, |session| unsafe {
            (library.outbound_group_session_new)(VERSION_1, null(), session)
        })
    }

    fn session_key(sender: &Handle) -> Result<String> {
        let library = functions()?;
        // SAFETY: the session lives.
        let session_key = made(library.megolm_session_key_free, |session_key| unsafe {
            (library.outbound_group_session_session_key)(sender.pointer, session_key)
        })?;
        // SAFETY: the key lives, and the buffer comes with its length.
        written(|text, capacity, length| unsafe {
            (library.megolm_session_key_to_base64)(session_key.pointer, text, capacity, length)
        })
    }

    fn reader(session_key: &str) -> Result<Handle> {
        let library = functions()?;
        // SAFETY: the text comes with its length.
        let session_key = made(library.megolm_session_key_free, |made| unsafe {
            let (start, length) = (session_key.as_ptr().cast(), session_key.len());
            (library.megolm_session_key_from_base64)(start, length, made, null_mut())
        })?;
        // SAFETY: the key lives.
        made(library.inbound_group_session_free, |session| unsafe {
            (library.inbound_group_session_new)(session_key.pointer, VERSION_1, session)
        })
    }

    fn send(sender: &mut Handle, plaintext: &[u8]) -> Result<String> {
        let library = functions()?;
        // SAFETY: the session lives, and the plaintext comes with its length.
        let message = made(library.megolm_message_free, |message| unsafe {
            let (start, length) = (plaintext.as_ptr(), plaintext.len());
            (library.outbound_group_session_encrypt)(sender.pointer, start, length, message)
        })?;
        // SAFETY: the message lives, and the buffer comes with its length.
        written(|text, capacity, length| unsafe {
            (library.megolm_message_to_base64)(message.pointer, text, capacity, length)
        })
    }

    fn read(reader: &mut Handle, message: &str) -> Result<(Vec<u8>, u32)> {
        let library = functions()?;
        // SAFETY: the text comes with its length.
        let message = made(library.megolm_message_free, |made| unsafe {
            let (start, length) = (message.as_ptr().cast(), message.len());
            (library.megolm_message_from_base64)(start, length, made, null_mut())
        })?;
        // SAFETY: the message lives, and there is room for the number.
        let room = number(|length| unsafe {
            (library.megolm_message_max_plaintext_length)(message.pointer, length)
        })?;
        let mut index = 0;
        // SAFETY: both objects live, and the buffer comes with its length.
        let plaintext = bytes(room, |plaintext, capacity, length| unsafe {
            let (session, message, index) = (reader.pointer, message.pointer, &raw mut index);
            let (provenance, details) = (null_mut(), null_mut());
            let decrypt = library.inbound_group_session_decrypt;
            decrypt(session, message, plaintext, capacity, length, index, provenance, details)
        })?;
        Ok((plaintext, index))
    }

    fn export(reader: &mut Handle) -> Result<String> {
        let library = functions()?;
        // SAFETY: the session lives.
        let export = made(library.megolm_session_export_free, |export| unsafe {
            (library.inbound_group_session_export)(reader.pointer, export)
        })?;
        // SAFETY: the export lives, and the buffer comes with its length.
        written(|text, capacity, length| unsafe {
            (library.megolm_session_export_to_base64)(export.pointer, text, capacity, length)
        })
    }

    fn export_text(export: &String) -> &str {
        export
    }

    fn import(export: &str) -> Result<Handle> {
        let library = functions()?;
        // SAFETY: the text comes with its length.
        let export = made(library.megolm_session_export_free, |made| unsafe {
            let (start, length) = (export.as_ptr().cast(), export.len());
            (library.megolm_session_export_from_base64)(start, length, made, null_mut())
        })?;
        // SAFETY: the export lives.
        made(library.inbound_group_session_free, |session| unsafe {
            (library.inbound_group_session_import)(export.pointer, VERSION_1, session)
        })
    }
}

//! Attachments as events speak of them.

use std::ffi::c_char;
use std::str;

use cliquet_core::attachment::EncryptedFile;

use super::info::{self, cliquet_attachment_info};
use crate::failure::{Failure, call};
use crate::handle::{Slot, free, handle, look};
use crate::input;
use crate::output::TextBuffer;
use crate::status::{self, cliquet_status};

/// An attachment as an event speaks of it: where the ciphertext is, and what opens it. It is secret as that is; its key is wiped when it is freed.
pub struct cliquet_encrypted_file {
    _opaque: [u8; 0],
}
handle!(cliquet_encrypted_file: EncryptedFile);

/// Makes what an event says of an attachment that was uploaded to `url`: `mxc://...`, any text here. `info` is copied. The caller frees `*file`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_file_new(
    url: *const c_char,
    url_length: usize,
    info: *const cliquet_attachment_info,
    file: *mut *mut cliquet_encrypted_file,
) -> cliquet_status {
    call(|| unsafe {
        let file = Slot::at(file)?;
        let info = info::copy(&*look(info)?);
        file.put(EncryptedFile::new(input::text(url, url_length)?, info));
        Ok(())
    })
}

/// Reads the JSON object `EncryptedFile` of the Matrix specification, the `file` of an `m.file`, `m.image`, `m.audio` or `m.video` message. The
/// caller frees `*file`, and wipes `json` as soon as it can.
///
/// Errors: `CLIQUET_JSON` if it does not have all that the specification demands (the key type `oct`, the algorithm `A256CTR`, `ext`, both key
/// operations, a `sha256` of 32 bytes), has one of these twice, or is of another version than `v1` and `v2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_file_from_json(
    json: *const c_char,
    json_length: usize,
    file: *mut *mut cliquet_encrypted_file,
) -> cliquet_status {
    call(|| unsafe {
        let file = Slot::at(file)?;
        let json = input::text(json, json_length)?;
        // Not by way of a `JsonObject`, which would keep the key in its strings.
        file.put(serde_json::from_str(json).map_err(|_| Failure::new(status::CLIQUET_JSON))?);
        Ok(())
    })
}

/// Frees a file and wipes its key. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_file_free(file: *mut cliquet_encrypted_file) -> cliquet_status {
    call(|| unsafe { free(file) })
}

/// Writes the JSON object of the event, in canonical form, to `json`, which the caller wipes: it holds the key.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_file_to_json(
    file: *const cliquet_encrypted_file,
    json: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let json = TextBuffer::at(json, capacity, length)?;
        json.put_json(&look(file)?.to_json())
    })
}

/// Writes the address of the ciphertext.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_file_url(
    file: *const cliquet_encrypted_file,
    url: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let url = TextBuffer::at(url, capacity, length)?;
        url.put(&look(file)?.url)
    })
}

/// Writes to `*info` a copy of what opens the attachment. The caller frees it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_file_info(
    file: *const cliquet_encrypted_file,
    info: *mut *mut cliquet_attachment_info,
) -> cliquet_status {
    call(|| unsafe {
        let info = Slot::at(info)?;
        info.put(info::copy(&look(file)?.info));
        Ok(())
    })
}

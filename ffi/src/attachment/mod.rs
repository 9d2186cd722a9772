//! Encrypted attachments (Matrix specification, "Sending encrypted attachments").

mod decryptor;
mod encryptor;
mod file;
mod info;
mod reader;
mod source;

use std::ffi::c_char;

use cliquet_core::attachment::AttachmentVersion;

use crate::constants::unknown;
use crate::failure::{Failure, call};
use crate::input;
use crate::output::{Place, TextBuffer};
use crate::status::{self, cliquet_status};

/// The versions of the attachment format. All encrypt in the same way.
pub type cliquet_attachment_version = u32;
/// `v1`, historic: an IV of 16 random bytes. Read, never written.
pub const CLIQUET_ATTACHMENT_VERSION_1: cliquet_attachment_version = 1;
/// `v2`: an IV of 8 random bytes and 8 zeros.
pub const CLIQUET_ATTACHMENT_VERSION_2: cliquet_attachment_version = 2;

fn attachment_version(version: AttachmentVersion) -> cliquet_attachment_version {
    match version {
        AttachmentVersion::V1 => CLIQUET_ATTACHMENT_VERSION_1,
        AttachmentVersion::V2 => CLIQUET_ATTACHMENT_VERSION_2,
        _ => 0,
    }
}

fn to_attachment_version(version: cliquet_attachment_version) -> Result<AttachmentVersion, Failure> {
    match version {
        CLIQUET_ATTACHMENT_VERSION_1 => Ok(AttachmentVersion::V1),
        CLIQUET_ATTACHMENT_VERSION_2 => Ok(AttachmentVersion::V2),
        _ => Err(unknown(version)),
    }
}

/// Writes the name that a version has in events, their field `v`: 2 characters, so that `capacity` is at least 3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_version_to_name(
    version: cliquet_attachment_version,
    name: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let name = TextBuffer::at(name, capacity, length)?;
        name.put(to_attachment_version(version)?.as_str())
    })
}

/// Reads the name that a version has in events and writes its constant to `version`.
///
/// Errors: `CLIQUET_ABSENT` if no version that is known here has this name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_version_from_name(
    name: *const c_char,
    name_length: usize,
    version: *mut cliquet_attachment_version,
) -> cliquet_status {
    call(|| unsafe {
        let version = Place::at(version)?;
        let known = AttachmentVersion::from_name(input::text(name, name_length)?);
        version.put(attachment_version(known.ok_or(Failure::new(status::CLIQUET_ABSENT))?));
        Ok(())
    })
}

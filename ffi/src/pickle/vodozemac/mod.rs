//! Pickles of vodozemac: JSON, encrypted or bare. This file has the bodies that all functions share.

mod account;
mod group_sessions;
mod session;

use std::ffi::c_char;
use std::str;

use cliquet_core::SecretBytes;
use cliquet_core::pickle::InexpressibleError;

use crate::failure::{Failure, call_with, cliquet_details};
use crate::handle::{Handle, Slot, look};
use crate::input;
use crate::output::TextBuffer;
use crate::status::cliquet_status;

/// The body of `to_vodozemac_pickle`.
unsafe fn to_pickle<H: Handle>(
    object: *const H,
    key: *const u8,
    (pickle, capacity, length): (*mut c_char, usize, *mut usize),
    details: *mut cliquet_details,
    write: fn(&H::Value, &[u8; 32]) -> Result<String, InexpressibleError>,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let pickle = TextBuffer::at(pickle, capacity, length)?;
            pickle.put(&write(&*look(object)?, input::array(key)?)?)
        })
    }
}

/// The body of `from_vodozemac_pickle`.
unsafe fn from_pickle<H: Handle>(
    (pickle, pickle_length): (*const c_char, usize),
    key: *const u8,
    object: *mut *mut H,
    details: *mut cliquet_details,
    read: impl FnOnce(&str, &[u8; 32]) -> Result<H::Value, Failure>,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let object = Slot::at(object)?;
            object.put(read(input::text(pickle, pickle_length)?, input::array(key)?)?);
            Ok(())
        })
    }
}

/// The body of `to_vodozemac_json`.
unsafe fn to_json<H: Handle>(
    object: *const H,
    (json, capacity, length): (*mut c_char, usize, *mut usize),
    details: *mut cliquet_details,
    write: fn(&H::Value) -> Result<SecretBytes, InexpressibleError>,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let json = TextBuffer::at(json, capacity, length)?;
            json.put_json(&write(&*look(object)?)?)
        })
    }
}

/// The body of `from_vodozemac_json`.
unsafe fn from_json<H: Handle>(
    (json, json_length): (*const c_char, usize),
    object: *mut *mut H,
    details: *mut cliquet_details,
    read: impl FnOnce(&[u8]) -> Result<H::Value, Failure>,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let object = Slot::at(object)?;
            object.put(read(input::text(json, json_length)?.as_bytes())?);
            Ok(())
        })
    }
}

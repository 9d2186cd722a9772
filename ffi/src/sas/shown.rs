//! What both users compare.

use std::ffi::c_char;

use cliquet_core::sas::{Emoji, SasBytes};

use super::agreement::cliquet_established_sas;
use super::verification::{cliquet_sas_verification, verification};
use crate::causes::too_many_bytes;
use crate::failure::{call, call_with, cliquet_details, zero_ended};
use crate::handle::look;
use crate::input;
use crate::output::{Buffer, Place};
use crate::status::cliquet_status;

/// One of the 64 emoji of the Matrix specification ("SAS method: emoji").
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_emoji {
    /// Its number, from 0 to 63, by which the specification has its name in other languages.
    pub index: u8,
    /// The emoji itself in UTF-8, with the selector that asks for an emoji where it could be drawn as text, too; ended by a zero.
    pub symbol: [c_char; 16],
    /// Its name in English, for those who do not see it; ended by a zero.
    pub description: [c_char; 32],
}

/// Six bytes of an agreement, which both users compare, as seven emoji or as three numbers.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_sas_bytes {
    /// The bytes.
    pub bytes: [u8; 6],
    /// The three numbers, from 1000 to 9191. Two secrets that differ show the same with a probability of 2^-39.
    pub decimals: [u16; 3],
    /// The seven emoji, in the order in which they are shown. Two secrets that differ show the same with a probability of 2^-42.
    pub emoji: [cliquet_emoji; 7],
}

/// Writes what both users compare to `*shown` (key agreement `curve25519-hkdf-sha256`).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_established_sas_bytes(
    sas: *const cliquet_established_sas,
    verification: *const cliquet_sas_verification,
    shown: *mut cliquet_sas_bytes,
) -> cliquet_status {
    call(|| unsafe {
        let shown = Place::at(shown)?;
        shown.put(to_sas_bytes(&look(sas)?.bytes(&self::verification(verification)?)));
        Ok(())
    })
}

/// Writes to `*shown` what both users compare with devices that know the historic key agreement `curve25519` alone: the keys do not enter it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_established_sas_historic_bytes(
    sas: *const cliquet_established_sas,
    verification: *const cliquet_sas_verification,
    shown: *mut cliquet_sas_bytes,
) -> cliquet_status {
    call(|| unsafe {
        let shown = Place::at(shown)?;
        shown.put(to_sas_bytes(&look(sas)?.historic_bytes(&self::verification(verification)?)));
        Ok(())
    })
}

/// Writes to `*shown` what both users compare, under a label that the caller has put together. For adapters.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_established_sas_bytes_with_info(
    sas: *const cliquet_established_sas,
    info: *const c_char,
    info_length: usize,
    shown: *mut cliquet_sas_bytes,
) -> cliquet_status {
    call(|| unsafe {
        let shown = Place::at(shown)?;
        shown.put(to_sas_bytes(&look(sas)?.bytes_with_info(input::text(info, info_length)?)));
        Ok(())
    })
}

/// Writes `HKDF-SHA-256(no salt, shared secret, info, length)` to `bytes`, which has room for `length` of them; the caller wipes it. For adapters.
///
/// Errors: `CLIQUET_TOO_MANY_BYTES` beyond 8160 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_established_sas_generate_bytes(
    sas: *const cliquet_established_sas,
    info: *const u8,
    info_length: usize,
    bytes: *mut u8,
    length: usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let mut written = 0;
            let bytes = Buffer::at(bytes, length, &raw mut written)?;
            let (sas, info) = (look(sas)?, input::bytes(info, info_length)?);
            let generated =
                sas.generate_bytes(info, length).map_err(|error| too_many_bytes(error, length))?;
            bytes.put(generated.as_bytes())
        })
    }
}

fn to_sas_bytes(bytes: &SasBytes) -> cliquet_sas_bytes {
    cliquet_sas_bytes {
        bytes: *bytes.as_bytes(),
        decimals: bytes.decimals(),
        emoji: bytes.emoji().map(to_emoji),
    }
}

fn to_emoji(Emoji { index, symbol, description, .. }: Emoji) -> cliquet_emoji {
    cliquet_emoji { index, symbol: zero_ended(symbol), description: zero_ended(description) }
}

//! Native pickles: `sealed` for all kinds, then one file for each object.

mod account;
mod inbound_group_session;
mod outbound_group_session;
mod pk_decryption;
mod sealed;
mod session;

use cliquet_core::pickle::{Pickle, PickleKey, UnpickleError};
use cliquet_core::{RandomError, SecretBytes};

use super::key::cliquet_pickle_key;
use crate::failure::{call, call_with, cliquet_details};
use crate::handle::{Handle, Slot, look};
use crate::input;
use crate::output::Buffer;
use crate::random::{Random, cliquet_random};
use crate::status::cliquet_status;

/// The body of `to_pickle`: the length is known before the salt is drawn.
unsafe fn to_pickle<H: Handle>(
    object: *const H,
    key: *const cliquet_pickle_key,
    random: *const cliquet_random,
    (pickle, capacity, length): (*mut u8, usize, *mut usize),
    write: fn(&H::Value) -> SecretBytes,
    seal: fn(&H::Value, &PickleKey, &mut Random) -> Result<Pickle, RandomError>,
) -> cliquet_status {
    call(|| unsafe {
        let pickle = Buffer::at(pickle, capacity, length)?;
        let (object, key, mut random) = (look(object)?, look(key)?, Random::of(random)?);
        let reserved = pickle.reserve(sealed_length(write(&object).as_bytes().len()))?;
        reserved.put(seal(&object, &key, &mut random)?.as_bytes())
    })
}

/// The length of a sealed pickle, from that of the one without encryption: salt and MAC come to the same header, and the body is padded.
fn sealed_length(without_encryption: usize) -> usize {
    const HEADER: usize = 10;
    const SALT: usize = 32;
    const MAC: usize = 32;
    const BLOCK: usize = 16;
    // Padding is one byte at least.
    let body = without_encryption.saturating_sub(HEADER).saturating_add(1);
    body.div_ceil(BLOCK).saturating_mul(BLOCK).saturating_add(HEADER + SALT + MAC)
}

/// The body of `from_pickle`.
unsafe fn from_pickle<H: Handle>(
    (pickle, pickle_length): (*const u8, usize),
    key: *const cliquet_pickle_key,
    object: *mut *mut H,
    details: *mut cliquet_details,
    open: fn(&Pickle, &PickleKey) -> Result<H::Value, UnpickleError>,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let object = Slot::at(object)?;
            let key = look(key)?;
            let pickle = Pickle::from_bytes(input::bytes(pickle, pickle_length)?)?;
            object.put(open(&pickle, &key)?);
            Ok(())
        })
    }
}

/// The body of `to_pickle_without_encryption`.
unsafe fn to_pickle_without_encryption<H: Handle>(
    object: *const H,
    (pickle, capacity, length): (*mut u8, usize, *mut usize),
    write: fn(&H::Value) -> SecretBytes,
) -> cliquet_status {
    call(|| unsafe {
        let pickle = Buffer::at(pickle, capacity, length)?;
        pickle.put(write(&*look(object)?).as_bytes())
    })
}

/// The body of `from_pickle_without_encryption`.
unsafe fn from_pickle_without_encryption<H: Handle>(
    (pickle, pickle_length): (*const u8, usize),
    object: *mut *mut H,
    details: *mut cliquet_details,
    read: fn(&[u8]) -> Result<H::Value, UnpickleError>,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let object = Slot::at(object)?;
            object.put(read(input::bytes(pickle, pickle_length)?)?);
            Ok(())
        })
    }
}

//! Keys of native pickles.

use cliquet_core::pickle::PickleKey;

use crate::failure::call;
use crate::handle::{Slot, free, handle, look};
use crate::input;
use crate::output::{Array, Buffer};
use crate::random::{Random, cliquet_random};
use crate::status::cliquet_status;

/// The key of native pickles: 32 secret bytes, and the context that a pickle belongs to. The bytes are wiped when it is freed.
///
/// The bytes must be as good as random; a passphrase must be stretched first. One key serves any number of pickles, as each has a salt of its own.
pub struct cliquet_pickle_key {
    _opaque: [u8; 0],
}
handle!(cliquet_pickle_key: PickleKey);

/// Makes a pickle key of 32 bytes, without a context. The caller frees `*pickle_key`, and wipes `bytes` as soon as it can.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pickle_key_new(
    bytes: *const u8,
    pickle_key: *mut *mut cliquet_pickle_key,
) -> cliquet_status {
    call(|| unsafe {
        let pickle_key = Slot::at(pickle_key)?;
        pickle_key.put(PickleKey::new(input::array(bytes)?));
        Ok(())
    })
}

/// Makes a pickle key of 32 random bytes, without a context. The caller frees `*pickle_key`.
///
/// Errors: `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pickle_key_random(
    random: *const cliquet_random,
    pickle_key: *mut *mut cliquet_pickle_key,
) -> cliquet_status {
    call(|| unsafe {
        let pickle_key = Slot::at(pickle_key)?;
        pickle_key.put(PickleKey::random(&mut Random::of(random)?)?);
        Ok(())
    })
}

/// Makes a pickle key with the same 32 bytes for pickles of the given context, instead of the one that `pickle_key` has. The caller frees both.
///
/// A context is public, of any bytes and any length. It says where a pickle belongs: user, device, row of the store. A pickle opens under the context
/// that it was made under and under no other, so that nobody who can write to the store can swap two of them: let no two places have the same.
/// That an older pickle takes the place of a newer one in the same row, no pickle can notice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pickle_key_in_context(
    pickle_key: *const cliquet_pickle_key,
    context: *const u8,
    context_length: usize,
    pickle_key_in_context: *mut *mut cliquet_pickle_key,
) -> cliquet_status {
    call(|| unsafe {
        let pickle_key_in_context = Slot::at(pickle_key_in_context)?;
        let pickle_key = look(pickle_key)?;
        pickle_key_in_context.put(pickle_key.in_context(input::bytes(context, context_length)?));
        Ok(())
    })
}

/// Frees a pickle key and wipes its 32 bytes. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pickle_key_free(pickle_key: *mut cliquet_pickle_key) -> cliquet_status {
    call(|| unsafe { free(pickle_key) })
}

/// Writes the 32 bytes of a pickle key to `bytes`, to be kept in a key store. The caller wipes them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pickle_key_export_bytes(
    pickle_key: *const cliquet_pickle_key,
    bytes: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let bytes = Array::at(bytes)?;
        bytes.put(look(pickle_key)?.as_bytes());
        Ok(())
    })
}

/// Writes the context of a pickle key: no bytes where none was given.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pickle_key_context(
    pickle_key: *const cliquet_pickle_key,
    context: *mut u8,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let context = Buffer::at(context, capacity, length)?;
        context.put(look(pickle_key)?.context())
    })
}

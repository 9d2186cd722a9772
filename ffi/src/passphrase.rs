//! From a passphrase to a key: slow on purpose, and therefore in steps.

use cliquet_core::{PassphraseStretching, StretchedPassphrase};

use crate::failure::call;
use crate::handle::{Slot, UsedOnce, change, free, handle, look};
use crate::output::Place;
use crate::status::cliquet_status;

/// A passphrase that is being stretched to a key with PBKDF2-HMAC-SHA-512 (RFC 8018, section 5.2).
///
/// That takes from a tenth of a second to many seconds, on purpose. `cliquet_passphrase_stretching_advance` does a part of it, so that a program can
/// show how far it has come and stay responsive; to cancel, free the object. What it keeps is wiped then.
pub struct cliquet_passphrase_stretching {
    _opaque: [u8; 0],
}
handle!(cliquet_passphrase_stretching: UsedOnce<PassphraseStretching>);

/// A passphrase that was stretched: the key of the one key export or secret storage whose salt and rounds it was stretched with. It is wiped when it
/// is freed.
pub struct cliquet_stretched_passphrase {
    _opaque: [u8; 0],
}
handle!(cliquet_stretched_passphrase: StretchedPassphrase);

/// Frees a passphrase that is being stretched, whether that has ended or not, and wipes what was kept. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_passphrase_stretching_free(
    stretching: *mut cliquet_passphrase_stretching,
) -> cliquet_status {
    call(|| unsafe { free(stretching) })
}

/// Writes to `rounds` how many rounds there are to do in all.
///
/// Errors: `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_passphrase_stretching_rounds(
    stretching: *const cliquet_passphrase_stretching,
    rounds: *mut u32,
) -> cliquet_status {
    call(|| unsafe {
        let rounds = Place::at(rounds)?;
        rounds.put(look(stretching)?.get()?.rounds());
        Ok(())
    })
}

/// Writes to `rounds_done` how many rounds are done.
///
/// Errors: `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_passphrase_stretching_rounds_done(
    stretching: *const cliquet_passphrase_stretching,
    rounds_done: *mut u32,
) -> cliquet_status {
    call(|| unsafe {
        let rounds_done = Place::at(rounds_done)?;
        rounds_done.put(look(stretching)?.get()?.rounds_done());
        Ok(())
    })
}

/// Does up to `rounds` more rounds, and writes to `is_done` whether none are left. 10000 rounds are a good step between two frames.
///
/// Errors: `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_passphrase_stretching_advance(
    stretching: *mut cliquet_passphrase_stretching,
    rounds: u32,
    is_done: *mut bool,
) -> cliquet_status {
    call(|| unsafe {
        let is_done = Place::at(is_done)?;
        is_done.put(change(stretching)?.get_mut()?.advance(rounds));
        Ok(())
    })
}

/// Does whatever is left to do, and uses `stretching` up, which the caller frees as ever. The caller frees `*stretched`, too.
///
/// Errors: `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_passphrase_stretching_finish(
    stretching: *mut cliquet_passphrase_stretching,
    stretched: *mut *mut cliquet_stretched_passphrase,
) -> cliquet_status {
    call(|| unsafe {
        let stretched = Slot::at(stretched)?;
        stretched.put(change(stretching)?.take()?.finish());
        Ok(())
    })
}

/// Frees a stretched passphrase and wipes it. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_stretched_passphrase_free(
    stretched: *mut cliquet_stretched_passphrase,
) -> cliquet_status {
    call(|| unsafe { free(stretched) })
}

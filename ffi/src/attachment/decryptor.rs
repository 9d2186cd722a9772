//! Attachments decrypted in pieces, before their hash is known.

use cliquet_core::attachment::UnverifiedDecryptor;

use super::info::cliquet_attachment_info;
use crate::failure::{call, call_with, cliquet_details};
use crate::handle::{Slot, UsedOnce, change, free, handle, look};
use crate::input;
use crate::status::cliquet_status;

/// Decrypts an attachment piece by piece, BEFORE its hash is known: for callers who keep the plaintext to themselves until
/// `cliquet_unverified_decryptor_verify` has passed.
///
/// Until then the plaintext may be anybody's: whoever changes a bit of the ciphertext changes that bit of it. Write it to a place that is thrown away
/// if that call fails, and neither show nor parse nor act on it before. `cliquet_attachment_info_decrypt` and `cliquet_attachment_reader` do without
/// that promise.
pub struct cliquet_unverified_decryptor {
    _opaque: [u8; 0],
}
handle!(cliquet_unverified_decryptor: UsedOnce<UnverifiedDecryptor>);

/// Begins with the first byte of the attachment that `info` opens. The caller frees `*decryptor`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_unverified_decryptor_new(
    info: *const cliquet_attachment_info,
    decryptor: *mut *mut cliquet_unverified_decryptor,
) -> cliquet_status {
    call(|| unsafe {
        let decryptor = Slot::at(decryptor)?;
        decryptor.put(UsedOnce::new(UnverifiedDecryptor::new(&*look(info)?)));
        Ok(())
    })
}

/// Frees a decryptor and wipes its key. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_unverified_decryptor_free(
    decryptor: *mut cliquet_unverified_decryptor,
) -> cliquet_status {
    call(|| unsafe { free(decryptor) })
}

/// Decrypts the next piece of the ciphertext, of any length, where it lies. What comes out is NOT AUTHENTIC, and must not be used before
/// `cliquet_unverified_decryptor_verify` has passed. The caller wipes it.
///
/// Errors: `CLIQUET_COUNTER_OVERFLOW` if the IV has no room for that much: nothing was decrypted, and the attachment is to be given up;
/// `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_unverified_decryptor_decrypt_unverified(
    decryptor: *mut cliquet_unverified_decryptor,
    piece: *mut u8,
    length: usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let mut decryptor = change(decryptor)?;
            decryptor.get_mut()?.decrypt_unverified(input::bytes_in_place(piece, length)?)?;
            Ok(())
        })
    }
}

/// Ends the attachment: only if this returns `CLIQUET_OK` is all that was decrypted what the sender encrypted. Whatever it says of the hash, the
/// decryptor is used up by it; the caller frees it.
///
/// Errors: `CLIQUET_HASH_MISMATCH` if the ciphertext was another one, or is not complete: throw away all that was decrypted; `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_unverified_decryptor_verify(
    decryptor: *mut cliquet_unverified_decryptor,
) -> cliquet_status {
    call(|| unsafe {
        change(decryptor)?.take()?.verify()?;
        Ok(())
    })
}

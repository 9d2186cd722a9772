//! Attachments read in pieces, after their hash was checked.

use std::io::{Read, Seek, SeekFrom};

use cliquet_core::attachment::AttachmentReader;
use zeroize::Zeroizing;

use super::info::cliquet_attachment_info;
use super::source::{Progress, Source, cliquet_progress, cliquet_source};
use crate::failure::{call, call_with, cliquet_details};
use crate::handle::{Slot, change, free, handle, look};
use crate::output::{Buffer, Place};
use crate::status::cliquet_status;

/// How much one call reads at most: no more memory than that is needed for a file of any size.
const PIECE: usize = 64 * 1024;

/// Reads the plaintext of an attachment whose hash was checked before, in constant memory.
///
/// If the source changes in between, what was read until then cannot be taken back; but the last byte is not handed out, and an error ends the
/// reading in its place. Let nobody else write to the source, or use the plaintext only once it has been read to the end.
pub struct cliquet_attachment_reader {
    _opaque: [u8; 0],
}
handle!(cliquet_attachment_reader: AttachmentReader<Source>);

/// Reads the whole ciphertext once and checks its SHA-256, before a byte of it is decrypted. `source`, whose structure is copied, must be good until
/// the reader is freed, and is not ended by that. `progress` is NULL, or told how many bytes have been read: a large file takes a while. The caller
/// frees `*reader`.
///
/// The source goes to its first byte, is read to its end, and goes to its first byte again.
///
/// Errors: `CLIQUET_HASH_MISMATCH` if the ciphertext has another hash, `CLIQUET_COUNTER_OVERFLOW` if the IV has no room for its length,
/// `CLIQUET_SOURCE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_reader_new(
    source: *const cliquet_source,
    info: *const cliquet_attachment_info,
    progress: *const cliquet_progress,
    reader: *mut *mut cliquet_attachment_reader,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let reader = Slot::at(reader)?;
            let info = look(info)?;
            let (mut source, progress) = (Source::of(source)?, Progress::of(progress)?);
            source.seek(SeekFrom::Start(0))?;
            reader.put(AttachmentReader::with_progress(source, &info, |done| progress.tell(done))?);
            Ok(())
        })
    }
}

/// Frees a reader and wipes its key. NULL is ignored. The source is the caller's to end, afterwards.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_reader_free(
    reader: *mut cliquet_attachment_reader,
) -> cliquet_status {
    call(|| unsafe { free(reader) })
}

/// Writes the length of the whole plaintext, in bytes, to `length`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_reader_length(
    reader: *const cliquet_attachment_reader,
    length: *mut u64,
) -> cliquet_status {
    call(|| unsafe {
        let length = Place::at(length)?;
        length.put(look(reader)?.length());
        Ok(())
    })
}

/// Reads the next bytes of the plaintext, at most `capacity` and at most 65536 of them, to `plaintext`, which the caller wipes. No capacity is
/// too small. Where `capacity` is not 0, a `*length` of 0 says that all was read, and that all was what the sender encrypted.
///
/// Errors: `CLIQUET_SOURCE`: if its `found` is not 0, a function of the source failed, and the call can be repeated; if it is 0, the source
/// is not what it was, and the attachment is to be given up, with all that was read of it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_reader_read(
    reader: *mut cliquet_attachment_reader,
    plaintext: *mut u8,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let plaintext = Buffer::at(plaintext, capacity, length)?.reserve(0)?;
            let mut reader = change(reader)?;
            let mut piece = Zeroizing::new(vec![0_u8; capacity.min(PIECE)]);
            let count = reader.read(&mut piece)?;
            plaintext.put(piece.get(..count).unwrap_or_default())
        })
    }
}

//! Functions that the library calls: a generator, a source of ciphertext, and who is told how far a call is. Each follows from
//! the fuzzer's choices.

use std::ffi::c_void;
use std::slice;

use cliquet_fuzz::random::seeded;
use rand::Rng;

/// A generator that fails after so many bytes.
pub struct Generator {
    pub seed: u64,
    pub room: usize,
}

/// The function of a `cliquet_random`, whose context is a [`Generator`].
pub unsafe extern "C" fn fill(context: *mut c_void, bytes: *mut u8, length: usize) -> i32 {
    // SAFETY: the context is the generator of this call, and the library promises that so many bytes may be written.
    let (generator, bytes) =
        unsafe { (&mut *context.cast::<Generator>(), slice::from_raw_parts_mut(bytes, length)) };
    if length > generator.room {
        return 1;
    }
    generator.room -= length;
    // Another seed for what is drawn next, or one key would be drawn twice.
    seeded(generator.seed).fill_bytes(bytes);
    generator.seed = generator.seed.wrapping_add(1 << 32);
    0
}

/// A file that is read in pieces, and that fails at one of the calls.
pub struct File {
    pub bytes: Vec<u8>,
    pub position: usize,
    pub piece: usize,
    pub calls_before_failure: usize,
}

impl File {
    fn fails(&mut self) -> bool {
        let fails = self.calls_before_failure == 0;
        self.calls_before_failure = self.calls_before_failure.saturating_sub(1);
        fails
    }
}

/// The function of a `cliquet_source` that reads, whose context is a [`File`].
pub unsafe extern "C" fn read(context: *mut c_void, bytes: *mut u8, length: usize, count: *mut usize) -> i32 {
    // SAFETY: the context lives as long as the input, and the library promises that so many bytes and the count may be written.
    unsafe {
        let file = &mut *context.cast::<File>();
        if file.fails() {
            return 7;
        }
        let rest = file.bytes.get(file.position..).unwrap_or_default();
        let piece = &rest[..rest.len().min(length).min(file.piece)];
        slice::from_raw_parts_mut(bytes, length)[..piece.len()].copy_from_slice(piece);
        file.position += piece.len();
        count.write(piece.len());
    }
    0
}

/// The function of a `cliquet_source` that goes elsewhere.
pub unsafe extern "C" fn seek(context: *mut c_void, position: u64) -> i32 {
    // SAFETY: as above.
    let file = unsafe { &mut *context.cast::<File>() };
    if file.fails() {
        return 9;
    }
    file.position = usize::try_from(position).unwrap_or(usize::MAX);
    0
}

/// The function of a `cliquet_progress`, whose context is the figure told last.
pub unsafe extern "C" fn tell(context: *mut c_void, done: u64) {
    // SAFETY: the context lives as long as the input.
    let last = unsafe { &mut *context.cast::<u64>() };
    assert!(done >= *last, "progress goes forward");
    *last = done;
}

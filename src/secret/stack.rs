use core::{hint::black_box, mem::MaybeUninit};

use zeroize::Zeroize;

/// More than the frames of HMAC and HKDF take, in bytes.
pub(crate) const FOR_HASHES: usize = 2 << 10;

/// More than the frames of AES-CBC with HMAC take, but for many blocks at once.
pub(crate) const FOR_MESSAGES: usize = 6 << 10;

/// More than the frames of any cipher take, with many blocks at once.
pub(crate) const FOR_CIPHERS: usize = 12 << 10;

/// More than the frames of a multiplication on the curve take, and of HPKE around a cipher.
pub(crate) const FOR_CURVES: usize = 16 << 10;

/// C libraries write longer pieces with an instruction that begins slowly, and counts once for each byte where instructions are counted.
const PIECE: usize = 1 << 10;

/// Does work that leaves secrets on the stack, as libraries and compilers do, and overwrites `DEPTH` bytes of the stack below,
/// also if the work panics.
///
/// What is returned is no secret. Nothing guarantees that one function's frames lie where another's were; `tests/wiping_operations` shows that they do.
pub(crate) fn with_wiped_stack<const DEPTH: usize, T>(work: impl FnOnce() -> T) -> T {
    let _overwritten_at_the_end = Below::<DEPTH>;
    in_frames_below(work)
}

/// So many bytes of the stack below the frame that owns this, overwritten when it is dropped.
struct Below<const DEPTH: usize>;

impl<const DEPTH: usize> Drop for Below<DEPTH> {
    #[inline(always)]
    fn drop(&mut self) {
        overwrite::<DEPTH>();
        // Something must follow: a jump in place of a last call first gives up the frame, and would reach less deep.
        black_box(());
    }
}

/// Kept apart from its caller's frame, which is not overwritten.
#[inline(never)]
fn in_frames_below<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[inline(never)]
fn overwrite<const DEPTH: usize>() {
    let mut frame = [MaybeUninit::<u8>::uninit(); DEPTH];
    frame.chunks_mut(PIECE).for_each(Zeroize::zeroize);
    black_box(&frame);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_is_overwritten_as_the_documents_say() {
        let depths = [FOR_HASHES, FOR_MESSAGES, FOR_CIPHERS, FOR_CURVES];
        assert_eq!(depths, [2, 6, 12, 16].map(|kibibytes| kibibytes * 1024));
    }
}

//! An allocator that knows every block in use, so that a value that has become public is found wherever it lies.

#![allow(unsafe_code, reason = "an allocator cannot be written without")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::ptr::{self, NonNull};
use std::slice;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::client;

/// In front of each block: its neighbours and its length.
#[repr(C, align(16))]
struct Header {
    next: *mut Header,
    previous: *mut Header,
    length: usize,
}

const HEADER: usize = size_of::<Header>();

/// The system's allocator, with a list of the blocks in use.
pub(crate) struct Blocks;

static BUSY: AtomicBool = AtomicBool::new(false);
static mut FIRST: *mut Header = ptr::null_mut();

/// Holds the list until dropped: bulk decryption allocates on several threads.
struct Lock;

impl Lock {
    fn take() -> Self {
        while BUSY.compare_exchange_weak(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() {
            std::thread::yield_now();
        }
        Self
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        BUSY.store(false, Ordering::Release);
    }
}

/// The layout with the header in front; `None` for the few that want more alignment than that has.
fn with_header(layout: Layout) -> Option<Layout> {
    if layout.align() > align_of::<Header>() {
        return None;
    }
    Layout::from_size_align(layout.size().checked_add(HEADER)?, align_of::<Header>()).ok()
}

// SAFETY: every block comes from and goes back to the system's allocator with one layout, which `with_header` computes alike both times;
// the caller's block begins one header in, which keeps the alignment.
unsafe impl GlobalAlloc for Blocks {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let Some(larger) = with_header(layout) else {
            // SAFETY: the caller's promise.
            return unsafe { System.alloc(layout) };
        };
        // Zero bytes, so that what is undefined is a secret and nothing else.
        // SAFETY: the size is not zero, because of the header.
        let block = unsafe { System.alloc_zeroed(larger) };
        let Some(header) = NonNull::new(block.cast::<Header>()) else {
            return block;
        };
        let _lock = Lock::take();
        // SAFETY: the header lies in the new block; the list holds headers of blocks in use alone, under the lock.
        unsafe {
            header.write(Header { next: FIRST, previous: ptr::null_mut(), length: layout.size() });
            if let Some(first) = FIRST.as_mut() {
                first.previous = header.as_ptr();
            }
            FIRST = header.as_ptr();
            header.as_ptr().add(1).cast()
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let Some(larger) = with_header(layout) else {
            // SAFETY: the caller's promise.
            return unsafe { System.dealloc(block, layout) };
        };
        // SAFETY: `alloc` put a header in front of the block; the list is under the lock.
        unsafe {
            let header = block.cast::<Header>().sub(1);
            {
                let _lock = Lock::take();
                let Header { next, previous, .. } = *header;
                match previous.as_mut() {
                    Some(previous) => previous.next = next,
                    None => FIRST = next,
                }
                if let Some(next) = next.as_mut() {
                    next.previous = previous;
                }
            }
            System.dealloc(header.cast(), larger);
        }
    }
}

/// The number of secret bytes in all blocks in use.
pub(crate) fn secret_bytes() -> usize {
    let mut count = 0_usize;
    for_each_block(|bytes| count = count.saturating_add(client::secret_bytes(bytes)));
    count
}

/// Marks this value public wherever it lies in a block in use. The number of places.
pub(crate) fn publish_everywhere(value: &[u8]) -> usize {
    let Some(start) = value.first().copied() else {
        return 0;
    };
    let mut places = 0_usize;
    for_each_block(|bytes| {
        let mut rest = bytes;
        while let Some(found) = rest.iter().position(|byte| *byte == start) {
            rest = rest.get(found..).unwrap_or_default();
            if let Some(place) = rest.get(..value.len()).filter(|place| *place == value) {
                client::mark_public(place);
                places = places.saturating_add(1);
            }
            rest = rest.get(1..).unwrap_or_default();
        }
    });
    places
}

/// Shows the blocks in use, one after the other. What it calls may allocate nothing that stays.
fn for_each_block(mut look: impl FnMut(&[u8])) {
    let blocks: Vec<(*const u8, usize)> = {
        // Room first: the list must not change while it is walked.
        let mut blocks = Vec::with_capacity(16384);
        let _lock = Lock::take();
        // SAFETY: the list holds headers of blocks in use alone, under the lock.
        unsafe {
            let mut header = FIRST;
            while let Some(current) = header.as_ref()
                && blocks.len() < blocks.capacity()
            {
                blocks.push((header.add(1).cast_const().cast::<u8>(), current.length));
                header = current.next;
            }
        }
        blocks
    };
    // The first is the list itself, which is the newest block.
    for (block, length) in blocks.iter().skip(1) {
        // SAFETY: a block in use is initialised to its end, and nothing frees one meanwhile: the operation is over.
        look(unsafe { slice::from_raw_parts(*block, *length) });
    }
}

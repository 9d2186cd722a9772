//! An allocator that looks into every block that an operation frees, and knows those that operations have left allocated.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    slice,
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
};

use crate::search::{self, FREED};

struct Watching;

#[global_allocator]
static ALLOCATOR: Watching = Watching;

/// Address and size of each block that an operation has allocated; zero where there is none.
static LIVE: [(AtomicUsize, AtomicUsize); 4_096] =
    [const { (AtomicUsize::new(0), AtomicUsize::new(0)) }; 4_096];
static LIVE_COUNT: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to the system's allocator unchanged; blocks are only read before they are freed.
unsafe impl GlobalAlloc for Watching {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are the system allocator's conditions. Zeroed, so that all of it may be read.
        let block = unsafe { System.alloc_zeroed(layout) };
        if search::running() && !block.is_null() {
            remember(block as usize, layout.size());
        }
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if search::running() {
            // SAFETY: the block is still allocated, has this length, and was zeroed when it was handed out.
            FREED.search(unsafe { slice::from_raw_parts(block, layout.size()) });
        }
        forget(block as usize);
        // SAFETY: the caller's promises are the system allocator's conditions.
        unsafe { System.dealloc(block, layout) }
    }

    // `realloc` is left to its default, which allocates, copies and frees: the old block is searched too.
}

fn remember(address: usize, size: usize) {
    let place = LIVE.iter().find(|(place, _)| place.compare_exchange(0, address, SeqCst, SeqCst).is_ok());
    place.expect("no operation leaves thousands of blocks").1.store(size, SeqCst);
    LIVE_COUNT.fetch_add(1, SeqCst);
}

fn forget(address: usize) {
    if LIVE_COUNT.load(SeqCst) > 0
        && LIVE.iter().any(|(place, _)| place.compare_exchange(address, 0, SeqCst, SeqCst).is_ok())
    {
        LIVE_COUNT.fetch_sub(1, SeqCst);
    }
}

/// Hands every block that operations have left allocated to `look`.
pub(crate) fn each_live_block(mut look: impl FnMut(&[u8])) {
    for (address, size) in &LIVE {
        let address = address.load(SeqCst);
        if address != 0 {
            // SAFETY: the block was zeroed when it was handed out, and is taken from the list before it is freed; no other thread runs an operation.
            look(unsafe { slice::from_raw_parts(address as *const u8, size.load(SeqCst)) });
        }
    }
}

/// Blocks of earlier tests are nobody's concern.
pub(crate) fn forget_all() {
    for (address, _) in &LIVE {
        address.store(0, SeqCst);
    }
    LIVE_COUNT.store(0, SeqCst);
}

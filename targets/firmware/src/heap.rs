//! The heap, and how much of it is in use.

use core::{
    alloc::{GlobalAlloc, Layout},
    mem::MaybeUninit,
    sync::atomic::{AtomicUsize, Ordering},
};
use embedded_alloc::LlffHeap;

/// What the heap may take. The conversation needs much less than this.
const LENGTH: usize = 16 << 10;

/// The memory of the heap, apart from `.bss`, so that `.bss` is what the program itself needs.
#[unsafe(link_section = ".uninit.HEAP")]
static mut MEMORY: [MaybeUninit<u8>; LENGTH] = [MaybeUninit::uninit(); LENGTH];

#[global_allocator]
static HEAP: CountedHeap = CountedHeap { heap: LlffHeap::empty(), peak: AtomicUsize::new(0) };

/// A heap that knows the most that it ever held.
struct CountedHeap {
    heap: LlffHeap,
    peak: AtomicUsize,
}

// SAFETY: every call is handed to the heap as it came, and its answer back.
unsafe impl GlobalAlloc for CountedHeap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the contract of `alloc`.
        let memory = unsafe { self.heap.alloc(layout) };
        self.peak.fetch_max(self.heap.used(), Ordering::Relaxed);
        memory
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { self.heap.dealloc(memory, layout) }
    }
}

/// Gives the heap its memory. To be called once, before anything is allocated.
pub fn give_memory() {
    // SAFETY: nothing else names MEMORY, and the heap takes it once: a second call would panic in `init`.
    unsafe { HEAP.heap.init(&raw mut MEMORY as usize, LENGTH) }
}

/// How much is in use now.
pub(crate) fn used() -> usize {
    HEAP.heap.used()
}

/// The most that was ever in use since [`forget_peak`].
pub(crate) fn peak() -> usize {
    HEAP.peak.load(Ordering::Relaxed)
}

/// Starts to look for the peak anew.
pub(crate) fn forget_peak() {
    HEAP.peak.store(used(), Ordering::Relaxed);
}

//! What was found where, noted without an allocation: the allocator itself is one of those who search.

use std::{
    cell::Cell,
    ptr,
    sync::atomic::{AtomicPtr, AtomicUsize, Ordering::SeqCst},
};

use crate::known::Known;

/// The longest run of bytes of each pattern.
pub(crate) struct Found([AtomicUsize; 8_192]);

/// In blocks that were freed.
pub(crate) static FREED: Found = Found::nothing();
/// On the stack.
pub(crate) static STACK: Found = Found::nothing();

/// What is searched for now.
static KNOWN: AtomicPtr<Known> = AtomicPtr::new(ptr::null_mut());

thread_local! {
    /// Other threads prepare their tests meanwhile.
    static RUNNING: Cell<bool> = const { Cell::new(false) };
}

impl Found {
    const fn nothing() -> Self {
        Self([const { AtomicUsize::new(0) }; 8_192])
    }

    pub(crate) fn search(&self, memory: &[u8]) {
        let Some(known) = known() else { return };
        known.search(memory, |number, length| {
            self.0[number].fetch_max(length, SeqCst);
        });
    }

    /// Number and length of what was found, which is forgotten.
    pub(crate) fn take(&self) -> Vec<(usize, usize)> {
        let lengths = self.0.iter().map(|length| length.swap(0, SeqCst));
        lengths.enumerate().filter(|(_, length)| *length > 0).collect()
    }
}

/// Searches for these from now on.
pub(crate) fn set_known(known: Known) {
    assert!(known.patterns().len() <= 8_192);
    // One of each test, never given back: nobody needs to ask whether it is still there.
    KNOWN.store(Box::leak(Box::new(known)), SeqCst);
}

pub(crate) fn known() -> Option<&'static Known> {
    // SAFETY: null, or from a box that is never given back.
    unsafe { KNOWN.load(SeqCst).as_ref() }
}

/// Whether this thread runs an operation.
pub(crate) fn running() -> bool {
    RUNNING.get()
}

pub(crate) fn set_running(running: bool) {
    RUNNING.set(running);
}

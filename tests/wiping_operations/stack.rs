//! A stack of known bounds: all that an operation has left there can be read, without a word about what is below a frame.

use std::{
    any::Any,
    arch::asm,
    ffi::c_void,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};

const PAGE: usize = 4 << 10;
/// More than any operation needs, also without optimisation.
const PAGES: usize = 64;
/// So many at the end must stay untouched: whoever runs off it is noticed afterwards.
const SPARE: usize = 8;
const UNTOUCHED: [u8; PAGE] = [0xa5; PAGE];

/// Memory aligned as a stack must be.
#[repr(align(64))]
struct Page([u8; PAGE]);

/// Memory that serves as stack, painted where nothing was written.
pub(crate) struct Stack(Vec<Page>);

/// What runs there, and what becomes of it.
struct Call<F, T> {
    body: Option<F>,
    result: Option<Result<T, Box<dyn Any + Send>>>,
}

impl Stack {
    pub(crate) fn new() -> Self {
        Self((0..PAGES).map(|_| Page(UNTOUCHED)).collect())
    }

    /// Runs `body` on this stack.
    pub(crate) fn run<T, F: FnOnce() -> T>(&mut self, body: F) -> T {
        self.0.iter_mut().for_each(|page| page.0.fill(UNTOUCHED[0]));
        let mut call = Call { body: Some(body), result: None };
        let top = self.0.as_mut_ptr_range().end;
        // SAFETY: the stack pointer is put back before anything else is done; it points to the aligned end of memory of our own, the
        // function has the C calling convention, takes one pointer to what it expects and does not unwind; r12 is kept by whoever is called.
        unsafe {
            asm!(
                "mov r12, rsp",
                "mov rsp, {top}",
                "call {run}",
                "mov rsp, r12",
                top = in(reg) top,
                run = in(reg) on_this_stack::<F, T> as extern "C" fn(*mut c_void),
                in("rdi") (&raw mut call).cast::<c_void>(),
                out("r12") _,
                clobber_abi("C"),
            );
        }
        assert!(self.untouched() >= SPARE, "the stack is too small");
        call.result.expect("what was called has returned").unwrap_or_else(|panic| resume_unwind(panic))
    }

    /// The part that was used, in whole pages.
    pub(crate) fn used(&self) -> &[u8] {
        let used = &self.0[self.untouched()..];
        // SAFETY: pages have no padding, as their size is a multiple of their alignment, and lie one behind the other.
        unsafe { core::slice::from_raw_parts(used.as_ptr().cast(), used.len() * PAGE) }
    }

    /// How many bytes were used.
    pub(crate) fn depth(&self) -> usize {
        let used = self.used();
        used.len() - used.iter().take_while(|byte| **byte == UNTOUCHED[0]).count()
    }

    fn untouched(&self) -> usize {
        self.0.iter().take_while(|page| page.0 == UNTOUCHED).count()
    }
}

extern "C" fn on_this_stack<F: FnOnce() -> T, T>(call: *mut c_void) {
    // SAFETY: `run` handed this very type over, and waits.
    let call = unsafe { &mut *call.cast::<Call<F, T>>() };
    call.result = call.body.take().map(|body| catch_unwind(AssertUnwindSafe(body)));
}

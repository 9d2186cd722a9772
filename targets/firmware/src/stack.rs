//! How deep the stack went: what lies below it is painted, and looked at afterwards.

use cortex_m::register::msp;

unsafe extern "C" {
    /// The end of static memory, down to which the stack may grow, as the linker lays it out.
    static mut _stack_end: u32;
}

/// A pattern that no frame holds by accident, let alone many times.
const PAINT: u32 = 0xace0_fba5;

/// Left alone just below the stack pointer, for the frame of the painter.
const MARGIN: usize = 64;

/// The stack as it is now, painted below.
pub(crate) struct Painted {
    top: usize,
}

/// Paints all that the stack does not use.
#[inline(never)]
pub(crate) fn paint() -> Painted {
    let top = msp::read() as usize;
    let mut word = &raw mut _stack_end;
    while (word as usize) < top - MARGIN {
        // SAFETY: this memory lies between static memory and the frames in use, less a margin: nobody has it. No interrupt is on.
        unsafe {
            word.write_volatile(PAINT);
            word = word.add(1);
        }
    }
    Painted { top }
}

impl Painted {
    /// How many bytes were used below the frame that painted.
    #[inline(never)]
    pub(crate) fn used(&self) -> usize {
        let mut word = &raw const _stack_end;
        // SAFETY: what was painted may be read; the margin was never painted, so that the loop ends there at the latest.
        while (word as usize) < self.top - MARGIN && unsafe { word.read_volatile() } == PAINT {
            // SAFETY: still below the margin.
            word = unsafe { word.add(1) };
        }
        self.top - word as usize
    }

    /// Whether the stack reached static memory, which it would then have overwritten.
    pub(crate) fn is_full(&self) -> bool {
        // SAFETY: the first word below the stack's room is painted memory.
        unsafe { (&raw const _stack_end).read_volatile() != PAINT }
    }
}

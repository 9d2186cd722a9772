//! How a run ends: the emulator exits with 0 or 1, whatever else happens.

use core::panic::PanicInfo;
use cortex_m_rt::{ExceptionFrame, exception};
use cortex_m_semihosting::{debug, hprintln};

/// Everything was as it must be.
pub fn succeed() -> ! {
    hprintln!("passed");
    debug::exit(debug::EXIT_SUCCESS);
    halt()
}

/// Something was not.
pub fn fail(what: &str) -> ! {
    hprintln!("FAILED: {}", what);
    debug::exit(debug::EXIT_FAILURE);
    halt()
}

#[panic_handler]
fn panicked(_: &PanicInfo) -> ! {
    fail("a panic")
}

#[exception]
unsafe fn HardFault(_: &ExceptionFrame) -> ! {
    fail("a hard fault: memory that is not there, or a stack that is full")
}

/// On a board without a debugger.
fn halt() -> ! {
    loop {
        cortex_m::asm::wfi();
    }
}

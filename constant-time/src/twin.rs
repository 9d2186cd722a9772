//! A copy of this process: what valgrind has reported there is forgotten with it.

#![allow(unsafe_code, reason = "the functions are C's")]

use std::ffi::c_int;

unsafe extern "C" {
    fn fork() -> c_int;
    fn waitpid(process: c_int, status: *mut c_int, options: c_int) -> c_int;
    fn _exit(status: c_int) -> !;
}

/// Which of two like processes this is.
pub(crate) enum Process {
    /// The one that was there, after the end of the copy, of which it has noticed nothing.
    Original,
    /// The copy, which is to [`end`].
    Copy,
}

/// Makes a copy of this process, and waits for its end.
///
/// No other thread may run: the copy has none.
pub(crate) fn copy() -> Process {
    // SAFETY: there is one thread, so no lock is held by one that the copy lacks.
    let process = unsafe { fork() };
    assert!(process >= 0, "there is no copy of this process to be had");
    if process == 0 {
        return Process::Copy;
    }
    let mut status = 0;
    // SAFETY: the status is written to a variable of that type; the process is a child that nobody else waits for.
    let ended = unsafe { waitpid(process, &raw mut status, 0) };
    assert!(
        ended == process && status == 0,
        "an operation did not come to its end in a copy of this process"
    );
    Process::Original
}

/// Ends the copy at once: whatever is to be dropped or flushed is the original's.
pub(crate) fn end() -> ! {
    // SAFETY: nothing is asked of the caller.
    unsafe { _exit(0) }
}

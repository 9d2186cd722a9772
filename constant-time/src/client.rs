//! Valgrind's client requests: a sequence of instructions that does nothing on a processor, and that valgrind takes for a call.
//!
//! The sequence and the numbers are the documented interface of `valgrind.h` and `memcheck.h`.

#![allow(unsafe_code, reason = "a client request is a sequence of instructions")]

use std::arch::asm;
use std::ffi::CString;

const RUNNING_ON_VALGRIND: u64 = 0x1001;
const COUNT_ERRORS: u64 = 0x1201;
const PRINT: u64 = 0x1403;
const CHANGE_ERROR_DISABLEMENT: u64 = 0x1801;
/// `'M' 'C' 0 0`: the tool memcheck.
const MAKE_UNDEFINED: u64 = 0x4d43_0001;
const MAKE_DEFINED: u64 = 0x4d43_0002;
const GET_VALIDITY_BITS: u64 = 0x4d43_0008;

/// Whether valgrind runs this program.
pub(crate) fn is_running() -> bool {
    request(RUNNING_ON_VALGRIND, [0; 4]) != 0
}

/// The number of reports until now, repeated ones counted each time.
pub(crate) fn reports() -> u64 {
    request(COUNT_ERRORS, [0; 4])
}

/// Whatever depends on these bytes is reported from here on.
pub(crate) fn mark_secret(bytes: &mut [u8]) {
    request(MAKE_UNDEFINED, [address(bytes), length(bytes), 0, 0]);
}

/// These bytes are known to everybody.
pub(crate) fn mark_public(bytes: &[u8]) {
    request(MAKE_DEFINED, [address(bytes), length(bytes), 0, 0]);
}

/// The number of bytes with a secret bit.
pub(crate) fn secret_bytes(bytes: &[u8]) -> usize {
    let bits = vec![0_u8; bytes.len()];
    request(GET_VALIDITY_BITS, [address(bytes), address(&bits), length(bytes), 0]);
    bits.iter().filter(|bits| **bits != 0).count()
}

/// Does something that nobody is to report: the harness itself looks at secrets.
pub(crate) fn unreported<T>(work: impl FnOnce() -> T) -> T {
    request(CHANGE_ERROR_DISABLEMENT, [1, 0, 0, 0]);
    let result = work();
    request(CHANGE_ERROR_DISABLEMENT, [u64::MAX, 0, 0, 0]);
    result
}

/// Writes a line between the reports.
pub(crate) fn note(line: &str) {
    // A per cent sign would ask for an argument that is not there.
    let Ok(line) = CString::new(line.replace('%', "")) else {
        return;
    };
    let arguments = [0_u64; 3];
    let line = line.as_bytes_with_nul();
    request(PRINT, [address(line), addr_of_words(&arguments), 0, 0]);
}

fn address(bytes: &[u8]) -> u64 {
    bytes.as_ptr().expose_provenance().try_into().unwrap_or(0)
}

fn addr_of_words(words: &[u64]) -> u64 {
    words.as_ptr().expose_provenance().try_into().unwrap_or(0)
}

fn length(bytes: &[u8]) -> u64 {
    bytes.len().try_into().unwrap_or(0)
}

/// `VALGRIND_DO_CLIENT_REQUEST` on x86-64; 0 without valgrind.
#[inline(never)]
fn request(number: u64, arguments: [u64; 4]) -> u64 {
    let [first, second, third, fourth] = arguments;
    let words = [number, first, second, third, fourth, 0];
    let mut result = 0_u64;
    // SAFETY: four rotations by 128 bits in all and an exchange of a register with itself change nothing but flags. Valgrind reads six words
    // at `rax`, answers in `rdx`, and touches no memory but the definedness of what it is told; the bytes that it writes or reads are borrowed by the callers.
    unsafe {
        asm!(
            "rol rdi, 3",
            "rol rdi, 13",
            "rol rdi, 61",
            "rol rdi, 51",
            "xchg rbx, rbx",
            in("rax") words.as_ptr(),
            inout("rdx") result,
            options(nostack),
        );
    }
    result
}

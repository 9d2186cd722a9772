//! The two buffers through which texts go in and out, and the devices.

use crate::device::{Answer, Device};
use std::cell::RefCell;

thread_local! {
    /// What JavaScript wrote for the next call.
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    /// What the last call answered.
    static OUTPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static DEVICES: RefCell<Vec<Device>> = const { RefCell::new(Vec::new()) };
}

/// Makes room for the input of the next call. The pointer holds until then.
#[unsafe(no_mangle)]
extern "C" fn input(length: usize) -> *mut u8 {
    INPUT.with_borrow_mut(|input| {
        *input = vec![0; length];
        input.as_mut_ptr()
    })
}

/// Where the answer of the last call begins.
#[unsafe(no_mangle)]
extern "C" fn output() -> *const u8 {
    OUTPUT.with_borrow(|output| output.as_ptr())
}

/// How long the answer of the last call is.
#[unsafe(no_mangle)]
extern "C" fn output_length() -> usize {
    OUTPUT.with_borrow(Vec::len)
}

/// Leaves the answer for JavaScript; 0 if it is one, 1 if it is a refusal.
pub(crate) fn answer(answer: Answer) -> u32 {
    let (status, output) = match answer {
        Ok(output) => (0, output),
        Err(refusal) => (1, refusal.into_bytes()),
    };
    OUTPUT.set(output);
    status
}

/// Adds a device; its number is the answer.
pub(crate) fn add(device: Result<Device, String>) -> u32 {
    answer(device.map(|device| {
        DEVICES.with_borrow_mut(|devices| {
            devices.push(device);
            (devices.len() - 1).to_string().into_bytes()
        })
    }))
}

/// Lets a device answer to the input.
pub(crate) fn ask(number: usize, work: impl FnOnce(&mut Device, &[u8]) -> Answer) -> u32 {
    let input = INPUT.take();
    answer(DEVICES.with_borrow_mut(|devices| {
        let device = devices.get_mut(number).ok_or("there is no such device")?;
        work(device, &input)
    }))
}

//! The functions that JavaScript calls. Each takes the number of a device, and answers in the output: 0 with what was asked for,
//! 1 with the text of a refusal.

use crate::{
    device::Device,
    exchange::{add, answer, ask},
};
use conversation::{Failure, NoMeter, run};

#[unsafe(no_mangle)]
extern "C" fn new_device() -> u32 {
    add(Device::new())
}

#[unsafe(no_mangle)]
extern "C" fn identity_keys(device: usize) -> u32 {
    ask(device, |device, _| device.identity_keys())
}

#[unsafe(no_mangle)]
extern "C" fn new_one_time_key(device: usize) -> u32 {
    ask(device, |device, _| device.new_one_time_key())
}

#[unsafe(no_mangle)]
extern "C" fn start_session(device: usize) -> u32 {
    ask(device, Device::start_session)
}

#[unsafe(no_mangle)]
extern "C" fn encrypt(device: usize) -> u32 {
    ask(device, Device::encrypt)
}

#[unsafe(no_mangle)]
extern "C" fn decrypt(device: usize) -> u32 {
    ask(device, Device::decrypt)
}

#[unsafe(no_mangle)]
extern "C" fn session(device: usize) -> u32 {
    ask(device, |device, _| device.session())
}

#[unsafe(no_mangle)]
extern "C" fn start_room(device: usize) -> u32 {
    ask(device, |device, _| device.start_room())
}

#[unsafe(no_mangle)]
extern "C" fn join_room(device: usize) -> u32 {
    ask(device, Device::join_room)
}

#[unsafe(no_mangle)]
extern "C" fn write_to_room(device: usize) -> u32 {
    ask(device, Device::write_to_room)
}

#[unsafe(no_mangle)]
extern "C" fn read_from_room(device: usize) -> u32 {
    ask(device, Device::read_from_room)
}

#[unsafe(no_mangle)]
extern "C" fn rooms(device: usize) -> u32 {
    ask(device, |device, _| device.rooms())
}

#[unsafe(no_mangle)]
extern "C" fn restart(device: usize) -> u32 {
    ask(device, |device, _| device.restart())
}

/// Plays the conversation that is the same on every target; how many digests it compared.
#[unsafe(no_mangle)]
extern "C" fn known_conversation() -> u32 {
    answer(match run(&mut NoMeter) {
        Ok(compared) => Ok(compared.to_string().into_bytes()),
        Err(Failure(what)) => Err(what.to_owned()),
    })
}

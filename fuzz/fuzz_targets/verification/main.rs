//! What stands around the ratchets: QR codes, MACs over keys, entries of a key backup, and both channels of the login by QR code. The
//! first byte of an input chooses what the rest is for.

#![no_main]

mod channels;
mod login_messages;
mod macs;
mod pk;
mod qr_codes;

use arbitrary::{Arbitrary, Unstructured};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((&selector, rest)) = input.split_first() else { return };
    match selector % 8 {
        0 => qr_codes::from_bytes(rest),
        1 => with(rest, qr_codes::of_fields),
        2 => login_messages::from_bytes(rest),
        3 => pk::from_texts(rest),
        4 => with(rest, pk::changed),
        5 => with(rest, macs::changed),
        6 => with(rest, channels::ecies),
        _ => with(rest, channels::hpke),
    }
});

/// Makes a value of the input, if it is one.
fn with<'a, T: Arbitrary<'a>>(input: &'a [u8], claim: impl Fn(T)) {
    if let Ok(value) = T::arbitrary_take_rest(Unstructured::new(input)) {
        claim(value);
    }
}

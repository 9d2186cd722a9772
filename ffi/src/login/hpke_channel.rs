//! The channel of MSC4388 in both directions, and its messages.

use std::ffi::c_char;

use cliquet_core::login::hpke::{EstablishedChannel, Message};
use zeroize::Zeroizing;

use super::check_code::{cliquet_digit_mode, to_digit_mode};
use super::{ciphertext_length, plaintext_length};
use crate::failure::{call, call_with, cliquet_details};
use crate::handle::{change, free, handle, look};
use crate::input;
use crate::output::{Array, Buffer, Place, TextBuffer, base64_length};
use crate::status::cliquet_status;

/// An HPKE channel in both directions. Messages are numbered: they open in the order in which they were sealed, and each once. Its secrets are wiped
/// when it is freed.
///
/// Before anything secret is sent, the user compares the check code: the device that has read the QR code shows it
/// (`cliquet_hpke_established_channel_check_code_to_digits`), the user types it into the one that has shown the QR code
/// (`cliquet_hpke_established_channel_check_code_matches`). One wrong code ends the channel and the QR code.
pub struct cliquet_hpke_established_channel {
    _opaque: [u8; 0],
}
handle!(cliquet_hpke_established_channel: EstablishedChannel);

/// Frees a channel and wipes its secrets. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_established_channel_free(
    channel: *mut cliquet_hpke_established_channel,
) -> cliquet_status {
    call(|| unsafe { free(channel) })
}

/// Encrypts the next message and writes it in unpadded base64, that of `plaintext_length` + 16 bytes. `associated_data` is authenticated and not
/// sent: the other device gives the same. After a failure, the channel is as it was.
///
/// Errors: `CLIQUET_CHANNEL_EXHAUSTED` once all numbers of 64 bits are used up or for a plaintext beyond 256 GiB.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_established_channel_seal(
    channel: *mut cliquet_hpke_established_channel,
    plaintext: *const u8,
    plaintext_length: usize,
    associated_data: *const u8,
    associated_data_length: usize,
    message: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let message = TextBuffer::at(message, capacity, length)?;
        let mut channel = change(channel)?;
        let plaintext = input::bytes(plaintext, plaintext_length)?;
        let associated_data = input::bytes(associated_data, associated_data_length)?;
        let message = message.reserve(base64_length(ciphertext_length(plaintext.len())))?;
        message.put(&channel.seal(plaintext, associated_data)?.to_base64())
    })
}

/// Decrypts the next message, in base64. `associated_data` is what the other device gave, or nothing. The plaintext, which the caller wipes, is 16
/// bytes shorter than the message in bytes. After a failure, the channel is as it was, and still waits for the same message.
///
/// Errors: `CLIQUET_BASE64`, `CLIQUET_AUTHENTICATION_FAILED` also for a message that is not the next one, `CLIQUET_CHANNEL_EXHAUSTED` once all
/// numbers of 64 bits are used up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_established_channel_open(
    channel: *mut cliquet_hpke_established_channel,
    message: *const c_char,
    message_length: usize,
    associated_data: *const u8,
    associated_data_length: usize,
    plaintext: *mut u8,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let plaintext = Buffer::at(plaintext, capacity, length)?;
            let mut channel = change(channel)?;
            let message = Message::from_base64(input::text(message, message_length)?)?;
            let associated_data = input::bytes(associated_data, associated_data_length)?;
            let plaintext = plaintext.reserve(plaintext_length(message.ciphertext.len()))?;
            plaintext.put(&Zeroizing::new(channel.open(&message, associated_data)?))
        })
    }
}

/// Writes the check code of a channel, 2 bytes, to `check_code`: both ends have the same, and what the user compares is made of it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_established_channel_check_code(
    channel: *const cliquet_hpke_established_channel,
    check_code: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let check_code = Array::at(check_code)?;
        check_code.put(look(channel)?.check_code().as_bytes());
        Ok(())
    })
}

/// Writes the check code as two digits, for the device to show that has read the QR code; `capacity` is at least 3. `mode` is one of the constants
/// `CLIQUET_DIGIT_MODE_...`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_established_channel_check_code_to_digits(
    channel: *const cliquet_hpke_established_channel,
    mode: cliquet_digit_mode,
    digits: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let digits = TextBuffer::at(digits, capacity, length)?;
        digits.put(&look(channel)?.check_code().to_digits(to_digit_mode(mode)?))
    })
}

/// Tells whether the user has typed the two digits of the check code into the device that has shown the QR code, compared in constant time. If not,
/// the channel and the QR code end: the user must not be asked again. `mode` is one of the constants `CLIQUET_DIGIT_MODE_...`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_established_channel_check_code_matches(
    channel: *const cliquet_hpke_established_channel,
    typed: *const c_char,
    typed_length: usize,
    mode: cliquet_digit_mode,
    matches: *mut bool,
) -> cliquet_status {
    call(|| unsafe {
        let matches = Place::at(matches)?;
        let check_code = look(channel)?.check_code();
        matches.put(check_code.matches(input::text(typed, typed_length)?, to_digit_mode(mode)?));
        Ok(())
    })
}

/// Writes our public key in this channel, 32 bytes, to `public_key`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_established_channel_our_public_key(
    channel: *const cliquet_hpke_established_channel,
    public_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let public_key = Array::at(public_key)?;
        public_key.put(look(channel)?.our_public_key().as_bytes());
        Ok(())
    })
}

/// Writes the public key of the other device in this channel, 32 bytes, to `public_key`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_established_channel_their_public_key(
    channel: *const cliquet_hpke_established_channel,
    public_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let public_key = Array::at(public_key)?;
        public_key.put(look(channel)?.their_public_key().as_bytes());
        Ok(())
    })
}

/// Writes the bytes of a message that any of the functions of these channels wrote in base64, for a transport that carries bytes.
///
/// Errors: `CLIQUET_BASE64`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_message_to_bytes(
    message: *const c_char,
    message_length: usize,
    bytes: *mut u8,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let bytes = Buffer::at(bytes, capacity, length)?;
            bytes.put(&Message::from_base64(input::text(message, message_length)?)?.ciphertext)
        })
    }
}

/// Writes the bytes of a message of these channels in unpadded base64, for any of their functions to read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_message_from_bytes(
    bytes: *const u8,
    bytes_length: usize,
    message: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let message = TextBuffer::at(message, capacity, length)?;
        message.put(&Message::from_bytes(input::bytes(bytes, bytes_length)?).to_base64())
    })
}

//! The channel of MSC4108.

use std::ffi::c_char;

use cliquet_core::login::ecies::{Ecies, EstablishedEcies, InitialMessage, Message, UnansweredEcies};
use zeroize::Zeroizing;

use super::check_code::{cliquet_digit_mode, to_digit_mode};
use super::{ciphertext_length, plaintext_length};
use crate::failure::{call, call_with, cliquet_details};
use crate::handle::{Slot, UsedOnce, change, free, handle, look};
use crate::input;
use crate::output::{Array, Buffer, Place, TextBuffer, base64_length};
use crate::random::{Random, cliquet_random};
use crate::status::cliquet_status;

/// One end of an ECIES channel to be (MSC4108, login by QR code): an ephemeral key pair, good for one channel, which is wiped when it is freed.
///
/// The device that shows its public key in a QR code waits for the first message: `cliquet_ecies_establish_inbound_channel`. The one that has read it
/// sends that: `cliquet_ecies_establish_outbound_channel`, and then `cliquet_unanswered_ecies_receive_answer`.
pub struct cliquet_ecies {
    _opaque: [u8; 0],
}
handle!(cliquet_ecies: UsedOnce<Ecies>);

/// The end of an ECIES channel that has sent the first message and has no answer yet: it can only wait for that, and until it has come there is no
/// check code to show. Good for one answer; its secrets are wiped when it is freed.
pub struct cliquet_unanswered_ecies {
    _opaque: [u8; 0],
}
handle!(cliquet_unanswered_ecies: UsedOnce<UnansweredEcies>);

/// An ECIES channel in both directions. Messages are numbered: they decrypt in the order in which they were encrypted, and each once. Its secrets are
/// wiped when it is freed.
///
/// Before anything secret is sent, the user compares the check code: the device that has read the QR code shows it
/// (`cliquet_established_ecies_check_code_to_digits`), the user types it into the one that has shown the QR code
/// (`cliquet_established_ecies_check_code_matches`). One wrong code ends the channel and the QR code.
pub struct cliquet_established_ecies {
    _opaque: [u8; 0],
}
handle!(cliquet_established_ecies: EstablishedEcies);

/// Makes a key pair of 32 random bytes for one channel of the login by QR code. The caller frees `*ecies`.
///
/// Errors: `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ecies_new(
    random: *const cliquet_random,
    ecies: *mut *mut cliquet_ecies,
) -> cliquet_status {
    call(|| unsafe {
        let ecies = Slot::at(ecies)?;
        ecies.put(UsedOnce::new(Ecies::new(&mut Random::of(random)?)?));
        Ok(())
    })
}

/// Makes a key pair of 32 random bytes for one channel of another application, both of whose devices give the same `info`. The caller frees `*ecies`.
///
/// Errors: `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ecies_with_info(
    info: *const c_char,
    info_length: usize,
    random: *const cliquet_random,
    ecies: *mut *mut cliquet_ecies,
) -> cliquet_status {
    call(|| unsafe {
        let ecies = Slot::at(ecies)?;
        let info = input::text(info, info_length)?;
        ecies.put(UsedOnce::new(Ecies::with_info(info, &mut Random::of(random)?)?));
        Ok(())
    })
}

/// Frees a key pair and wipes its secret key. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ecies_free(ecies: *mut cliquet_ecies) -> cliquet_status {
    call(|| unsafe { free(ecies) })
}

/// Writes our public key, 32 bytes, to `public_key`.
///
/// Errors: `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ecies_public_key(
    ecies: *const cliquet_ecies,
    public_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let public_key = Array::at(public_key)?;
        public_key.put(look(ecies)?.get()?.public_key().as_bytes());
        Ok(())
    })
}

/// Opens a channel to the device that has shown `their_public_key`, 32 bytes, and encrypts the first message, which uses `ecies` up. The message is
/// written as text: the unpadded base64 of `plaintext_length` + 16 bytes, `|`, and 43 characters of our public key. The caller frees `*channel`.
/// After a failure, `ecies` is as it was.
///
/// Errors: `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_CHANNEL_EXHAUSTED` for a plaintext beyond 256 GiB, `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ecies_establish_outbound_channel(
    ecies: *mut cliquet_ecies,
    their_public_key: *const u8,
    plaintext: *const u8,
    plaintext_length: usize,
    channel: *mut *mut cliquet_unanswered_ecies,
    message: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let (channel, message) = (Slot::at(channel)?, TextBuffer::at(message, capacity, length)?);
        let mut ecies = change(ecies)?;
        ecies.get()?;
        let their_public_key = input::curve25519_public_key(their_public_key)?;
        let plaintext = input::bytes(plaintext, plaintext_length)?;
        let message = message.reserve(initial_message_length(plaintext.len()))?;
        let created = ecies.use_up(|ecies| ecies.establish_outbound_channel(their_public_key, plaintext))?;
        message.put(&created.message.to_text())?;
        channel.put(UsedOnce::new(created.channel));
        Ok(())
    })
}

/// Makes the channel of the first message of a device that has read our public key, and decrypts it, which uses `ecies` up. The plaintext, which the
/// caller wipes, is 16 bytes shorter than the ciphertext. The caller frees `*channel`. After a failure, `ecies` is as it was.
///
/// Errors: `CLIQUET_MISSING_SEPARATOR`, `CLIQUET_BASE64`, `CLIQUET_LENGTH`, `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_AUTHENTICATION_FAILED`,
/// `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_ecies_establish_inbound_channel(
    ecies: *mut cliquet_ecies,
    message: *const c_char,
    message_length: usize,
    channel: *mut *mut cliquet_established_ecies,
    plaintext: *mut u8,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let (channel, plaintext) = (Slot::at(channel)?, Buffer::at(plaintext, capacity, length)?);
            let mut ecies = change(ecies)?;
            ecies.get()?;
            let message = InitialMessage::from_text(input::text(message, message_length)?)?;
            let plaintext = plaintext.reserve(plaintext_length(message.ciphertext.len()))?;
            let created = ecies.use_up(|ecies| ecies.establish_inbound_channel(&message))?;
            plaintext.put(&Zeroizing::new(created.plaintext))?;
            channel.put(created.channel);
            Ok(())
        })
    }
}

/// Frees a channel without an answer and wipes its secrets. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_unanswered_ecies_free(
    channel: *mut cliquet_unanswered_ecies,
) -> cliquet_status {
    call(|| unsafe { free(channel) })
}

/// Decrypts the first answer, in base64, which shows that the channel goes to the device that has shown its key, and uses `channel` up. The
/// plaintext, which the caller wipes, is 16 bytes shorter than the ciphertext. The caller frees `*established`. After a failure, `channel` is as it
/// was, and waits for another answer.
///
/// Errors: `CLIQUET_BASE64`, `CLIQUET_AUTHENTICATION_FAILED`, `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_unanswered_ecies_receive_answer(
    channel: *mut cliquet_unanswered_ecies,
    message: *const c_char,
    message_length: usize,
    established: *mut *mut cliquet_established_ecies,
    plaintext: *mut u8,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let (established, plaintext) = (Slot::at(established)?, Buffer::at(plaintext, capacity, length)?);
            let mut channel = change(channel)?;
            channel.get()?;
            let message = Message::from_base64(input::text(message, message_length)?)?;
            let plaintext = plaintext.reserve(plaintext_length(message.ciphertext.len()))?;
            let answered = channel.use_up(|channel| channel.receive_answer(&message))?;
            plaintext.put(&Zeroizing::new(answered.plaintext))?;
            established.put(answered.channel);
            Ok(())
        })
    }
}

/// Frees a channel and wipes its secrets. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_established_ecies_free(
    channel: *mut cliquet_established_ecies,
) -> cliquet_status {
    call(|| unsafe { free(channel) })
}

/// Encrypts the next message and writes it in unpadded base64, that of `plaintext_length` + 16 bytes. After a failure, the channel is as it was.
///
/// Errors: `CLIQUET_CHANNEL_EXHAUSTED` after 2^64 - 1 messages or for a plaintext beyond 256 GiB.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_established_ecies_encrypt(
    channel: *mut cliquet_established_ecies,
    plaintext: *const u8,
    plaintext_length: usize,
    message: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let message = TextBuffer::at(message, capacity, length)?;
        let mut channel = change(channel)?;
        let plaintext = input::bytes(plaintext, plaintext_length)?;
        let message = message.reserve(base64_length(ciphertext_length(plaintext.len())))?;
        message.put(&channel.encrypt(plaintext)?.to_base64())
    })
}

/// Decrypts the next message, in base64. The plaintext, which the caller wipes, is 16 bytes shorter than the ciphertext. After a failure, the
/// channel is as it was, and still waits for the same message.
///
/// Errors: `CLIQUET_BASE64`, `CLIQUET_AUTHENTICATION_FAILED` also for a message that is not the next one, `CLIQUET_CHANNEL_EXHAUSTED` after 2^64 - 1
/// messages.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_established_ecies_decrypt(
    channel: *mut cliquet_established_ecies,
    message: *const c_char,
    message_length: usize,
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
            let plaintext = plaintext.reserve(plaintext_length(message.ciphertext.len()))?;
            plaintext.put(&Zeroizing::new(channel.decrypt(&message)?))
        })
    }
}

/// Writes the check code of a channel, 2 bytes, to `check_code`: both ends have the same, and what the user compares is made of it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_established_ecies_check_code(
    channel: *const cliquet_established_ecies,
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
pub unsafe extern "C" fn cliquet_established_ecies_check_code_to_digits(
    channel: *const cliquet_established_ecies,
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
pub unsafe extern "C" fn cliquet_established_ecies_check_code_matches(
    channel: *const cliquet_established_ecies,
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
pub unsafe extern "C" fn cliquet_established_ecies_our_public_key(
    channel: *const cliquet_established_ecies,
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
pub unsafe extern "C" fn cliquet_established_ecies_their_public_key(
    channel: *const cliquet_established_ecies,
    public_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let public_key = Array::at(public_key)?;
        public_key.put(look(channel)?.their_public_key().as_bytes());
        Ok(())
    })
}

/// How long the text of a first message is: ciphertext, separator, public key.
const fn initial_message_length(plaintext_length: usize) -> usize {
    base64_length(ciphertext_length(plaintext_length)).saturating_add(44)
}

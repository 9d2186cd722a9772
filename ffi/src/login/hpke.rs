//! The making of a channel of MSC4388.

use std::ffi::c_char;

use cliquet_core::login::hpke::{
    InitialMessage, InitialResponse, Recipient, UnidirectionalRecipientChannel, UnidirectionalSenderChannel,
};
use zeroize::Zeroizing;

use super::hpke_channel::cliquet_hpke_established_channel;
use super::{ciphertext_length, plaintext_length};
use crate::failure::{Failure, call, call_with, cliquet_details};
use crate::handle::{Slot, UsedOnce, change, free, handle, look};
use crate::input;
use crate::output::{Array, Buffer, TextBuffer, base64_length};
use crate::random::{Random, cliquet_random};
use crate::status::cliquet_status;

/// The end of an HPKE channel to be (MSC4388, login by QR code) that shows its public key: a key pair, good for one channel, which is wiped when it
/// is freed. It waits for the first message, `cliquet_hpke_recipient_establish_channel`.
pub struct cliquet_hpke_recipient {
    _opaque: [u8; 0],
}
handle!(cliquet_hpke_recipient: UsedOnce<Recipient>);

/// The end of an HPKE channel that has shown its public key and read the first message: it can only answer. Good for one answer; its secrets are
/// wiped when it is freed.
pub struct cliquet_hpke_unidirectional_recipient_channel {
    _opaque: [u8; 0],
}
handle!(cliquet_hpke_unidirectional_recipient_channel: UsedOnce<UnidirectionalRecipientChannel>);

/// The end of an HPKE channel that has read the public key of the other, sent the first message, and has no answer yet: it can only wait for that.
/// Good for one answer; its secrets are wiped when it is freed.
pub struct cliquet_hpke_unidirectional_sender_channel {
    _opaque: [u8; 0],
}
handle!(cliquet_hpke_unidirectional_sender_channel: UsedOnce<UnidirectionalSenderChannel>);

/// Makes a key pair of 32 random bytes for one channel of the login by QR code. The caller frees `*recipient`.
///
/// Errors: `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_recipient_new(
    random: *const cliquet_random,
    recipient: *mut *mut cliquet_hpke_recipient,
) -> cliquet_status {
    call(|| unsafe {
        let recipient = Slot::at(recipient)?;
        recipient.put(UsedOnce::new(Recipient::new(&mut Random::of(random)?)?));
        Ok(())
    })
}

/// Makes a key pair of 32 random bytes for one channel of another application, both of whose devices give the same `info`. The caller frees
/// `*recipient`.
///
/// Errors: `CLIQUET_INFO_TOO_LONG` beyond 65000 bytes, `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_recipient_with_info(
    info: *const c_char,
    info_length: usize,
    random: *const cliquet_random,
    recipient: *mut *mut cliquet_hpke_recipient,
) -> cliquet_status {
    call(|| unsafe {
        let recipient = Slot::at(recipient)?;
        let info = input::text(info, info_length)?;
        recipient.put(UsedOnce::new(Recipient::with_info(info, &mut Random::of(random)?)?));
        Ok(())
    })
}

/// Frees a key pair and wipes its secret key. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_recipient_free(
    recipient: *mut cliquet_hpke_recipient,
) -> cliquet_status {
    call(|| unsafe { free(recipient) })
}

/// Writes our public key, 32 bytes, to `public_key`, for the other device to read.
///
/// Errors: `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_recipient_public_key(
    recipient: *const cliquet_hpke_recipient,
    public_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let public_key = Array::at(public_key)?;
        public_key.put(look(recipient)?.get()?.public_key().as_bytes());
        Ok(())
    })
}

/// Makes the channel of the first message, in base64, of a device that has read our public key, and decrypts it, which uses `recipient` up.
/// `associated_data` is what the sender gave, or nothing. The plaintext, which the caller wipes, is 48 bytes shorter than the message in bytes. The
/// caller frees `*channel`. After a failure, `recipient` is as it was.
///
/// Errors: `CLIQUET_BASE64`, `CLIQUET_TRUNCATED`, `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_AUTHENTICATION_FAILED`, `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_recipient_establish_channel(
    recipient: *mut cliquet_hpke_recipient,
    message: *const c_char,
    message_length: usize,
    associated_data: *const u8,
    associated_data_length: usize,
    channel: *mut *mut cliquet_hpke_unidirectional_recipient_channel,
    plaintext: *mut u8,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let (channel, plaintext) = (Slot::at(channel)?, Buffer::at(plaintext, capacity, length)?);
            let mut recipient = change(recipient)?;
            recipient.get()?;
            let message = InitialMessage::from_base64(input::text(message, message_length)?)?;
            let associated_data = input::bytes(associated_data, associated_data_length)?;
            let plaintext = plaintext.reserve(plaintext_length(message.ciphertext.len()))?;
            let created =
                recipient.use_up(|recipient| recipient.establish_channel(&message, associated_data))?;
            plaintext.put(&Zeroizing::new(created.plaintext))?;
            channel.put(UsedOnce::new(created.channel));
            Ok(())
        })
    }
}

/// Frees a channel that was not answered and wipes its secrets. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_unidirectional_recipient_channel_free(
    channel: *mut cliquet_hpke_unidirectional_recipient_channel,
) -> cliquet_status {
    call(|| unsafe { free(channel) })
}

/// Encrypts the first answer, from which on the channel goes both ways, which uses `channel` up; 32 random bytes go into it. `associated_data` is
/// authenticated and not sent: the other device gives the same. The answer is written in unpadded base64, that of `plaintext_length` + 48 bytes. The
/// caller frees `*established`. After a failure, `channel` is as it was.
///
/// Errors: `CLIQUET_RANDOM`, `CLIQUET_CHANNEL_EXHAUSTED` for a plaintext beyond 256 GiB, `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_unidirectional_recipient_channel_respond(
    channel: *mut cliquet_hpke_unidirectional_recipient_channel,
    plaintext: *const u8,
    plaintext_length: usize,
    associated_data: *const u8,
    associated_data_length: usize,
    random: *const cliquet_random,
    established: *mut *mut cliquet_hpke_established_channel,
    message: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let (established, message) = (Slot::at(established)?, TextBuffer::at(message, capacity, length)?);
        let mut channel = change(channel)?;
        channel.get()?;
        let plaintext = input::bytes(plaintext, plaintext_length)?;
        let associated_data = input::bytes(associated_data, associated_data_length)?;
        let mut random = Random::of(random)?;
        let message = message.reserve(first_message_length(plaintext.len()))?;
        let response = channel.use_up(|channel| channel.respond(plaintext, associated_data, &mut random))?;
        message.put(&response.message.to_base64())?;
        established.put(response.channel);
        Ok(())
    })
}

/// Opens a channel of the login by QR code to the device that has shown `their_public_key`, 32 bytes, and encrypts the first message; 32 random bytes
/// are the key material of the ephemeral key pair (RFC 9180, section 7.1.3). `associated_data` is authenticated and not sent: the other device gives
/// the same. The message is written in unpadded base64, that of `plaintext_length` + 48 bytes. The caller frees `*channel`.
///
/// Errors: `CLIQUET_RANDOM`, `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_CHANNEL_EXHAUSTED` for a plaintext beyond 256 GiB.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_unidirectional_sender_channel_establish(
    their_public_key: *const u8,
    plaintext: *const u8,
    plaintext_length: usize,
    associated_data: *const u8,
    associated_data_length: usize,
    random: *const cliquet_random,
    channel: *mut *mut cliquet_hpke_unidirectional_sender_channel,
    message: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    let (plaintext, associated_data) =
        ((plaintext, plaintext_length), (associated_data, associated_data_length));
    let message = (message, capacity, length);
    call(|| unsafe {
        establish(None, their_public_key, plaintext, associated_data, random, channel, message)
    })
}

/// `cliquet_hpke_unidirectional_sender_channel_establish` for another application, both of whose devices give the same `info`.
///
/// Errors: `CLIQUET_INFO_TOO_LONG` beyond 65000 bytes, `CLIQUET_RANDOM`, `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_CHANNEL_EXHAUSTED` for a plaintext
/// beyond 256 GiB.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_unidirectional_sender_channel_establish_with_info(
    info: *const c_char,
    info_length: usize,
    their_public_key: *const u8,
    plaintext: *const u8,
    plaintext_length: usize,
    associated_data: *const u8,
    associated_data_length: usize,
    random: *const cliquet_random,
    channel: *mut *mut cliquet_hpke_unidirectional_sender_channel,
    message: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    let (plaintext, associated_data) =
        ((plaintext, plaintext_length), (associated_data, associated_data_length));
    let (info, message) = (Some((info, info_length)), (message, capacity, length));
    call(|| unsafe {
        establish(info, their_public_key, plaintext, associated_data, random, channel, message)
    })
}

/// The body of both ways to open a channel: that of the login without an info string, another application's with one.
unsafe fn establish(
    info: Option<(*const c_char, usize)>,
    their_public_key: *const u8,
    (plaintext, plaintext_length): (*const u8, usize),
    (associated_data, associated_data_length): (*const u8, usize),
    random: *const cliquet_random,
    channel: *mut *mut cliquet_hpke_unidirectional_sender_channel,
    (message, capacity, length): (*mut c_char, usize, *mut usize),
) -> Result<(), Failure> {
    unsafe {
        let (channel, message) = (Slot::at(channel)?, TextBuffer::at(message, capacity, length)?);
        let info = info.map(|(info, length)| input::text(info, length)).transpose()?;
        let key = input::curve25519_public_key(their_public_key)?;
        let plaintext = input::bytes(plaintext, plaintext_length)?;
        let associated_data = input::bytes(associated_data, associated_data_length)?;
        let random = &mut Random::of(random)?;
        let message = message.reserve(first_message_length(plaintext.len()))?;
        let created = match info {
            Some(info) => UnidirectionalSenderChannel::establish_with_info(
                info,
                key,
                plaintext,
                associated_data,
                random,
            ),
            None => UnidirectionalSenderChannel::establish(key, plaintext, associated_data, random),
        }?;
        message.put(&created.message.to_base64())?;
        channel.put(UsedOnce::new(created.channel));
        Ok(())
    }
}

/// Frees a channel without an answer and wipes its secrets. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_unidirectional_sender_channel_free(
    channel: *mut cliquet_hpke_unidirectional_sender_channel,
) -> cliquet_status {
    call(|| unsafe { free(channel) })
}

/// Decrypts the first answer, in base64, from which on the channel goes both ways, which uses `channel` up. `associated_data` is what the other
/// device gave, or nothing. The plaintext, which the caller wipes, is 48 bytes shorter than the answer in bytes. The caller frees `*established`.
/// After a failure, `channel` is as it was, and waits for another answer.
///
/// Errors: `CLIQUET_BASE64`, `CLIQUET_TRUNCATED`, `CLIQUET_AUTHENTICATION_FAILED`, `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_hpke_unidirectional_sender_channel_receive_response(
    channel: *mut cliquet_hpke_unidirectional_sender_channel,
    message: *const c_char,
    message_length: usize,
    associated_data: *const u8,
    associated_data_length: usize,
    established: *mut *mut cliquet_hpke_established_channel,
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
            let response = InitialResponse::from_base64(input::text(message, message_length)?)?;
            let associated_data = input::bytes(associated_data, associated_data_length)?;
            let plaintext = plaintext.reserve(plaintext_length(response.ciphertext.len()))?;
            let answered = channel.use_up(|channel| channel.receive_response(&response, associated_data))?;
            plaintext.put(&Zeroizing::new(answered.plaintext))?;
            established.put(answered.channel);
            Ok(())
        })
    }
}

/// How long the text of the first message in either direction is: a key or nonce of 32 bytes, and a ciphertext.
const fn first_message_length(plaintext_length: usize) -> usize {
    base64_length(ciphertext_length(plaintext_length).saturating_add(32))
}

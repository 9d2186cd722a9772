//! Megolm messages and sessions.

use crate::{
    Result,
    floor::Floor,
    libraries::{Bulk, Rooms},
    measure::{Contestant, contestant, contestant_of},
    rows::{check, plaintext, same},
};

/// Sends one message after the other.
pub(super) fn encrypt<L: Rooms>(length: usize) -> Result<Box<dyn Contestant>> {
    let plaintext = plaintext(length);
    let expected = plaintext.clone();
    let sender = L::sender()?;
    let reader = L::reader(&L::session_key(&sender)?)?;
    Ok(contestant(
        (sender, reader),
        |_| Ok(()),
        move |(sender, _), ()| L::send(sender, &plaintext),
        move |(_, reader), message| same(&L::read(reader, &message)?.0, &expected),
    ))
}

/// Reads one message after the other, as they come.
pub(crate) fn decrypt<L: Rooms>(length: usize) -> Result<Box<dyn Contestant>> {
    let plaintext = plaintext(length);
    let expected = plaintext.clone();
    let sender = L::sender()?;
    let reader = L::reader(&L::session_key(&sender)?)?;
    let mut index = 0_u32;
    Ok(contestant(
        (sender, reader),
        move |(sender, _)| L::send(sender, &plaintext),
        |(_, reader), message| L::read(reader, &message),
        move |_, (found, found_index)| {
            check(found_index == index, "a message has another index")?;
            index = index.saturating_add(1);
            same(&found, &expected)
        },
    ))
}

/// Reads so many messages in one call.
pub(crate) fn bulk<L: Bulk>(count: u32) -> Result<Box<dyn Contestant>> {
    let plaintext = plaintext(32);
    let expected = plaintext.clone();
    let sender = L::sender()?;
    let reader = L::reader(&L::session_key(&sender)?)?;
    Ok(contestant_of(
        count,
        (sender, reader),
        move |(sender, _)| (0..count).map(|_| L::send(sender, &plaintext)).collect::<Result<Vec<_>>>(),
        |(_, reader), messages| L::read_all(reader, &messages),
        move |_, found| {
            check(found.len() == usize::try_from(count)?, "a message is missing")?;
            found.iter().try_for_each(|found| same(found, &expected))
        },
    ))
}

/// Reads a room of so many messages, the newest first, with a session that has read nothing.
pub(crate) fn backwards<L: Rooms>(count: u32) -> Result<Box<dyn Contestant>> {
    let plaintext = plaintext(32);
    let mut sender = L::sender()?;
    let session_key = L::session_key(&sender)?;
    let mut messages = (0..count).map(|_| L::send(&mut sender, &plaintext)).collect::<Result<Vec<_>>>()?;
    messages.reverse();
    Ok(contestant_of(
        count,
        messages,
        move |_| L::reader(&session_key),
        |messages, mut reader| {
            messages.iter().map(|message| L::read(&mut reader, message)).collect::<Result<Vec<_>>>()
        },
        move |_, found| {
            for ((found, found_index), index) in found.into_iter().zip((0..count).rev()) {
                check(found_index == index, "a message has another index")?;
                same(&found, &plaintext)?;
            }
            Ok(())
        },
    ))
}

/// Reads one message far from the beginning, with a session that has read nothing.
pub(crate) fn decrypt_at<L: Rooms>(index: u32) -> Result<Box<dyn Contestant>> {
    let plaintext = plaintext(32);
    // The floor jumps there without a message for each index.
    let mut sender = Floor::sender()?;
    let session_key = Floor::session_key(&sender)?;
    sender.advance_to(index);
    let message = Floor::send(&mut sender, &plaintext)?;
    Ok(contestant(
        message,
        move |_| L::reader(&session_key),
        |message, mut reader| L::read(&mut reader, message),
        move |_, (found, found_index)| {
            check(found_index == index, "a message has another index")?;
            same(&found, &plaintext)
        },
    ))
}

/// Makes a session from its key, whose signature is verified.
pub(super) fn inbound_session<L: Rooms>() -> Result<Box<dyn Contestant>> {
    let mut sender = L::sender()?;
    let session_key = L::session_key(&sender)?;
    let message = L::send(&mut sender, b"first")?;
    Ok(contestant(
        session_key,
        |_| Ok(()),
        |session_key, ()| L::reader(session_key),
        move |_, mut reader| same(&L::read(&mut reader, &message)?.0, b"first"),
    ))
}

/// Exports a session.
pub(super) fn export<L: Rooms>() -> Result<Box<dyn Contestant>> {
    let mut reader = L::reader(&L::session_key(&L::sender()?)?)?;
    let expected = L::export_text(&L::export(&mut reader)?).to_owned();
    Ok(contestant(
        reader,
        |_| Ok(()),
        |reader, ()| L::export(reader),
        move |_, found| {
            let mut imported = L::import(L::export_text(&found))?;
            check(L::export_text(&L::export(&mut imported)?) == expected, "an export differs")
        },
    ))
}

/// Imports a session.
pub(super) fn import<L: Rooms>() -> Result<Box<dyn Contestant>> {
    let mut sender = L::sender()?;
    let export = L::export(&mut L::reader(&L::session_key(&sender)?)?)?;
    let message = L::send(&mut sender, b"first")?;
    Ok(contestant(
        export,
        |_| Ok(()),
        |export, ()| L::import(L::export_text(export)),
        move |_, mut reader| same(&L::read(&mut reader, &message)?.0, b"first"),
    ))
}

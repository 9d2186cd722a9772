//! The end: what every device has on disk, beside what was sent.

use std::io::Read;

use crate::{DEVICES, LATE_JOINER, Result, direct, everybody, expect, files, room, state::State};

pub(crate) fn compare(state: &State) -> Result<()> {
    for name in DEVICES {
        expect(has_read(state, name, 0)?, "a device read other bytes than were sent")?;
    }
    let joined_at = room::joined_at(&state.kept_file()?);
    expect(has_read(state, LATE_JOINER, joined_at)?, "the late joiner read other bytes")?;
    for name in everybody() {
        expect(has_opened(state, name)?, "a device opened another attachment than was sent")?;
    }
    let [first, second, ..] = DEVICES;
    for (name, is_first) in [(first, true), (second, false)] {
        let received = direct_texts(state, name)?;
        expect(received == direct::expected_texts(is_first), "other direct messages arrived than were sent")?;
    }
    Ok(())
}

/// Whether a device has read the file in the room, from the message at a place on.
fn has_read(state: &State, name: &str, place: usize) -> Result<bool> {
    let (store, mut kept) = (state.device(name)?.store, state.kept_file()?);
    let mut sent = kept.read_from(place)?;
    for name in store.text_names("room-")? {
        let text = store.text(&name)?;
        let length = u64::try_from(text.len())?;
        if !files::is_same(&text[..], sent.by_ref().take(length))? {
            return Ok(false);
        }
    }
    Ok(files::is_same(sent, &[][..])?)
}

/// Whether a device has one attachment, the file.
fn has_opened(state: &State, name: &str) -> Result<bool> {
    let (store, mut kept) = (state.device(name)?.store, state.kept_file()?);
    match &store.attachment_names()?[..] {
        [attachment] => Ok(files::is_same(store.attachment(attachment)?, kept.read_from(0)?)?),
        _ => Ok(false),
    }
}

fn direct_texts(state: &State, name: &str) -> Result<Vec<(String, String)>> {
    let store = state.device(name)?.store;
    let mut received = Vec::new();
    for name in store.text_names("direct-")? {
        let text = String::from_utf8(store.text(&name)?)?;
        received.push((name, text));
    }
    Ok(received)
}

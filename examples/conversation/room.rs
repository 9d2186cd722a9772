//! The steps in which a file is sent to the room in messages, and read there.

use cliquet::megolm::{DecryptionError, Provenance};

use crate::{
    Result,
    device::Device,
    event::Event,
    expect,
    kept_file::KeptFile,
    report::{Report, Stopwatch},
    room_event::RoomEvent,
    state::State,
    timeline,
};

/// So many messages are read at a time and stored together, as those of one answer of a homeserver are.
const BATCH: usize = 16;

/// The sender claims a one-time key of every other device, checks the signatures, and sends the session key over Olm.
pub(crate) fn share_room_key(
    state: &State,
    sender: &str,
    receivers: &[&str],
    report: &mut Report,
) -> Result<()> {
    let mut stopwatch = Stopwatch::start("session key shared over Olm");
    for receiver in receivers {
        let mailbox = state.mailbox(receiver)?;
        if !mailbox.knows("room-key") {
            let device = state.device(sender)?;
            let event = Event::RoomKey(device.room()?.session_key());
            mailbox.put(&device.write(receiver, "room-key", &event, &state.directory()?)?)?;
        }
        collect(state, receiver, &mut stopwatch)?;
    }
    report.add(stopwatch);
    Ok(())
}

/// Reads and acknowledges whatever waits for a device.
fn collect(state: &State, name: &str, stopwatch: &mut Stopwatch) -> Result<()> {
    let (mut device, mailbox) = (state.device(name)?, state.mailbox(name)?);
    for letter in mailbox.waiting()? {
        device.receive(&letter, &state.directory()?)?;
        mailbox.acknowledge(&letter)?;
        stopwatch.lap(letter.message.as_bytes().len());
    }
    Ok(())
}

/// Sends what the timeline lacks of the file.
pub(crate) fn send_file(state: &State, sender: &str, report: &mut Report) -> Result<()> {
    let mut stopwatch = Stopwatch::start("room messages encrypted");
    let (device, timeline, mut kept) = (state.device(sender)?, state.timeline()?, state.kept_file()?);
    let mut room = device.room()?;
    for place in timeline.len()?..kept.pieces() {
        let piece = kept.piece(place)?;
        let length = piece.len();
        let message = device.encrypt(&mut room, &RoomEvent::Piece(piece).into_plaintext()?)?;
        expect(message.to_base64().len() <= 64 * 1024, "a message is larger than 64 KiB")?;
        timeline.put(place, &message)?;
        stopwatch.lap(length);
    }
    report.add(stopwatch);
    Ok(())
}

/// Every device reads what it has not read yet.
pub(crate) fn read_forwards(state: &State, readers: &[&str], report: &mut Report) -> Result<()> {
    let mut stopwatch = Stopwatch::start("  read by every device");
    for name in readers {
        read_from(state, &state.device(name)?, 0, &mut stopwatch)?;
    }
    report.add(stopwatch);
    Ok(())
}

fn read_from(state: &State, device: &Device, first: usize, stopwatch: &mut Stopwatch) -> Result<()> {
    let (timeline, mut reader) = (state.timeline()?, device.reader()?);
    let end = timeline.len()?;
    for begin in (first..end).step_by(BATCH) {
        let name = timeline::name(begin);
        if device.store.has_text(&name) {
            continue;
        }
        let mut texts = Vec::new();
        for place in begin..end.min(begin.saturating_add(BATCH)) {
            let plaintext = reader.decrypt(&timeline.message(place)?)?.plaintext;
            match RoomEvent::from_plaintext(&plaintext)? {
                RoomEvent::Piece(piece) => {
                    stopwatch.lap(piece.len());
                    texts.extend(piece);
                }
                // Its event is kept, to be opened later.
                RoomEvent::Attachment(_) => {
                    device.store.put_text(&format!("attachment-{place:09}"), &plaintext)?;
                }
            }
        }
        device.store.put_text(&name, &texts)?;
    }
    Ok(())
}

/// What a client does when somebody scrolls up: newest first. There is nothing to store.
pub(crate) fn read_backwards(state: &State, name: &str, report: &mut Report) -> Result<()> {
    let mut stopwatch = Stopwatch::start("  read backwards by one");
    let (timeline, mut reader) = (state.timeline()?, state.device(name)?.reader()?);
    let mut kept = state.kept_file()?;
    for place in (0..timeline.len()?).rev() {
        let plaintext = reader.decrypt(&timeline.message(place)?)?.plaintext;
        let is_as_sent = match RoomEvent::from_plaintext(&plaintext)? {
            RoomEvent::Piece(piece) => {
                stopwatch.lap(piece.len());
                place < kept.pieces() && piece == kept.piece(place)?
            }
            RoomEvent::Attachment(attachment) => place == kept.pieces() && attachment.size == kept.length(),
        };
        expect(is_as_sent, "reading backwards gave other bytes than were sent")?;
    }
    report.add(stopwatch);
    Ok(())
}

/// The place of the message with which the late joiner begins.
pub(crate) fn joined_at(kept: &KeptFile) -> usize {
    kept.pieces() / 2
}

/// Somebody joins in the middle, and a member hands over an export from there on.
pub(crate) fn join_late(state: &State, newcomer: &str, member: &str, report: &mut Report) -> Result<()> {
    let (timeline, directory) = (state.timeline()?, state.directory()?);
    let joined_at = joined_at(&state.kept_file()?);
    let message_index = timeline.message(joined_at)?.message_index();
    state.device(newcomer)?.publish(&directory)?;

    let mailbox = state.mailbox(newcomer)?;
    if !mailbox.knows("forwarded-room-key") {
        let device = state.device(member)?;
        let export = device.reader()?.export_at(message_index);
        let event = Event::ForwardedRoomKey(export.ok_or("the member cannot export that early")?);
        mailbox.put(&device.write(newcomer, "forwarded-room-key", &event, &directory)?)?;
    }
    let mut stopwatch = Stopwatch::start(&format!("  read by a late joiner, from index {message_index}"));
    collect(state, newcomer, &mut Stopwatch::start(""))?;

    let device = state.device(newcomer)?;
    let mut reader = device.reader()?;
    expect(reader.provenance() == Provenance::Imported, "an import is not marked as such")?;
    for place in 0..joined_at {
        let refused = reader.decrypt(&timeline.message(place)?);
        expect(
            matches!(refused, Err(DecryptionError::UnknownMessageIndex { .. })),
            "the late joiner read what was sent before",
        )?;
    }
    stopwatch.restart();
    read_from(state, &device, joined_at, &mut stopwatch)?;
    report.add(stopwatch);
    Ok(())
}

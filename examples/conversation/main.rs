//! A whole conversation, as Matrix clients have it: cargo run --release --example conversation [-- FILE]
//!
//! Three users with two devices each publish signed keys, agree Olm sessions, share a Megolm session key over them, and
//! send FILE (default: the README) to the room in messages whose text stays below 64 KiB. Every device reads it and
//! compares it byte for byte; one reads it backwards; a late joiner reads from an export on and not before; and direct
//! messages arrive out of order, twice, or not at all.

mod device;
mod directory;
mod report;

use std::{env, error::Error, fs, path::PathBuf, process::ExitCode};

use cliquet::{
    SystemRandom,
    megolm::{self, InboundGroupSession, MegolmMessage, OutboundGroupSession, Provenance, SessionExport},
};
use device::Device;
use directory::Directory;
use report::{Report, Stopwatch};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The most plaintext bytes in one message: with cipher, signature and base64 around them the text stays below 64 KiB.
const MAX_CHUNK: usize = 48_000;
/// A small file is cut into about so many messages, so that there is something to read backwards and to join late.
const FEWEST_MESSAGES: usize = 16;

const USERS: [&str; 3] = ["amelie", "bruno", "chloe"];
const DEVICES: [&str; 2] = ["laptop", "phone"];

fn main() -> ExitCode {
    match run() {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<Report> {
    let (path, file) = read_file()?;
    let mut report = Report::new(&path, file.len());
    let mut directory = Directory::default();

    let mut devices = publish_keys(&mut directory, &mut report)?;
    report.devices(USERS.len(), devices.len());

    let mut room = OutboundGroupSession::new(megolm::SessionConfig::default(), &mut SystemRandom::new())?;
    let mut readers = share_room_key(&room, &mut devices, &mut directory, &mut report)?;

    let messages = send_file(&mut room, &file, &mut report)?;
    read_forwards(&messages, &mut readers, &file, &mut report)?;
    read_backwards(&messages, &mut readers, &file, &mut report)?;
    join_late(&messages, &mut devices, &readers, &mut directory, &file, &mut report)?;
    direct_messages(&mut devices, &mut report)?;
    Ok(report)
}

fn read_file() -> Result<(PathBuf, Vec<u8>)> {
    let mut arguments = env::args_os().skip(1);
    let path = arguments
        .next()
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md"), PathBuf::from);
    if arguments.next().is_some() {
        return Err("one FILE at most: cargo run --release --example conversation [-- FILE]".into());
    }
    let file = fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    Ok((path, file))
}

/// Every device makes its keys, signs them, and publishes them.
fn publish_keys(directory: &mut Directory, report: &mut Report) -> Result<Vec<Device>> {
    let mut stopwatch = Stopwatch::start("device keys made, signed, published");
    let mut devices = Vec::new();
    for user in USERS {
        for device_id in DEVICES {
            let mut device = Device::new(user, device_id)?;
            directory.publish(&mut device)?;
            devices.push(device);
            stopwatch.lap(0);
        }
    }
    report.add(stopwatch);
    Ok(devices)
}

/// The first device claims a one-time key of every other one, checks the signatures, and sends the session key over Olm.
/// It reads its own messages too, with a session made from its own key.
fn share_room_key(
    room: &OutboundGroupSession,
    devices: &mut [Device],
    directory: &mut Directory,
    report: &mut Report,
) -> Result<Vec<InboundGroupSession>> {
    let session_key = room.session_key();
    let mut readers = vec![InboundGroupSession::new(&session_key, megolm::SessionConfig::default())];
    let mut stopwatch = Stopwatch::start("session key shared over Olm");
    let (sender, receivers) = devices.split_first_mut().ok_or("a room needs a sender")?;
    for receiver in receivers {
        let name = receiver.name();
        let one_time_key = directory.claim(&name)?;
        sender.start_session(&name, directory.device_keys(&name)?, one_time_key)?;
        let letter = sender.send(&name, session_key.to_base64().as_str().as_bytes())?;
        let text = receiver.receive(&sender.name(), directory.device_keys(&sender.name())?, &letter)?;
        let received = megolm::SessionKey::from_base64(str::from_utf8(&text)?)?;
        let reader = InboundGroupSession::new(&received, megolm::SessionConfig::default());
        expect(reader.session_id() == room.session_id(), "the session key names another session")?;
        readers.push(reader);
        stopwatch.lap(text.len());
    }
    report.add(stopwatch);
    Ok(readers)
}

fn send_file(room: &mut OutboundGroupSession, file: &[u8], report: &mut Report) -> Result<Vec<String>> {
    let mut messages = Vec::new();
    let mut stopwatch = Stopwatch::start("room messages encrypted");
    let length = file.len().div_ceil(FEWEST_MESSAGES).clamp(1, MAX_CHUNK);
    // An empty file is one empty message.
    let chunks = if file.is_empty() { vec![file] } else { file.chunks(length).collect() };
    for chunk in chunks {
        messages.push(room.encrypt(chunk)?.to_base64());
        stopwatch.lap(chunk.len());
    }
    report.add(stopwatch);
    expect(messages.iter().all(|message| message.len() <= 64 * 1024), "a message is larger than 64 KiB")?;
    Ok(messages)
}

fn read_forwards(
    messages: &[String],
    readers: &mut [InboundGroupSession],
    file: &[u8],
    report: &mut Report,
) -> Result<()> {
    let mut stopwatch = Stopwatch::start("  read by every device");
    for reader in readers {
        let mut read = Vec::with_capacity(file.len());
        for message in messages {
            let decrypted = reader.decrypt(&MegolmMessage::from_base64(message)?)?;
            stopwatch.lap(decrypted.plaintext.len());
            read.extend(decrypted.plaintext);
        }
        expect(read == file, "a device read other bytes than were sent")?;
    }
    report.add(stopwatch);
    Ok(())
}

/// What a client does when somebody scrolls up: newest first.
fn read_backwards(
    messages: &[String],
    readers: &mut [InboundGroupSession],
    file: &[u8],
    report: &mut Report,
) -> Result<()> {
    let reader = readers.last_mut().ok_or("a room needs a reader")?;
    let mut chunks = Vec::new();
    let mut stopwatch = Stopwatch::start("  read backwards by one");
    for message in messages.iter().rev() {
        let decrypted = reader.decrypt(&MegolmMessage::from_base64(message)?)?;
        stopwatch.lap(decrypted.plaintext.len());
        chunks.push(decrypted.plaintext);
    }
    chunks.reverse();
    expect(chunks.concat() == file, "reading backwards gave other bytes than were sent")?;
    report.add(stopwatch);
    Ok(())
}

/// Somebody joins in the middle, and a member hands over an export from there on.
fn join_late(
    messages: &[String],
    devices: &mut Vec<Device>,
    readers: &[InboundGroupSession],
    directory: &mut Directory,
    file: &[u8],
    report: &mut Report,
) -> Result<()> {
    let joined_at = messages.len() / 2;
    let mut newcomer = Device::new("denis", "tablet")?;
    directory.publish(&mut newcomer)?;

    let member = devices.last_mut().ok_or("a room needs a member")?;
    let export = readers
        .last()
        .and_then(|reader| reader.export_at(u32::try_from(joined_at).ok()?))
        .ok_or("the member cannot export that early")?;
    let one_time_key = directory.claim(&newcomer.name())?;
    member.start_session(&newcomer.name(), directory.device_keys(&newcomer.name())?, one_time_key)?;
    let letter = member.send(&newcomer.name(), export.to_base64().as_str().as_bytes())?;
    let text = newcomer.receive(&member.name(), directory.device_keys(&member.name())?, &letter)?;
    let mut reader = InboundGroupSession::import(
        &SessionExport::from_base64(str::from_utf8(&text)?)?,
        megolm::SessionConfig::default(),
    );
    expect(reader.provenance() == Provenance::Imported, "an import is not marked as such")?;

    let (before, after) = messages.split_at(joined_at);
    for message in before {
        let refused = reader.decrypt(&MegolmMessage::from_base64(message)?);
        expect(
            matches!(refused, Err(megolm::DecryptionError::UnknownMessageIndex { .. })),
            "the late joiner read what was sent before",
        )?;
    }
    let mut read = Vec::new();
    let mut stopwatch = Stopwatch::start(&format!("  read by a late joiner, from index {joined_at}"));
    for message in after {
        let decrypted = reader.decrypt(&MegolmMessage::from_base64(message)?)?;
        stopwatch.lap(decrypted.plaintext.len());
        read.extend(decrypted.plaintext);
    }
    expect(file.ends_with(&read), "the late joiner read other bytes")?;
    report.add(stopwatch);
    devices.push(newcomer);
    Ok(())
}

/// Two devices that have a session already write to each other over a bad network: the newest arrives first, one message
/// in five never does, one arrives twice; and every round turns the ratchet.
fn direct_messages(devices: &mut [Device], report: &mut Report) -> Result<()> {
    const ROUNDS: usize = 10;
    let [first, second, ..] = devices else { return Err("two devices are needed".into()) };
    let (first_keys, second_keys) = (first.keys(), second.keys());
    let mut stopwatch = Stopwatch::start("direct messages, reordered and lost");
    for round in 0..ROUNDS {
        let (sender, sender_keys, receiver) = match round % 2 {
            0 => (&mut *second, &second_keys, &mut *first),
            _ => (&mut *first, &first_keys, &mut *second),
        };
        let mut letters = Vec::new();
        for number in 0..10 {
            let text = format!("round {round}, message {number}");
            letters.push((sender.send(&receiver.name(), text.as_bytes())?, text));
        }
        for (_, (letter, text)) in letters.iter().enumerate().rev().filter(|(number, _)| number % 5 != 2) {
            let read = receiver.receive(&sender.name(), sender_keys, letter)?;
            expect(read == text.as_bytes(), "a direct message changed on its way")?;
            stopwatch.lap(read.len());
        }
        let duplicate =
            letters.last().map(|(letter, _)| receiver.receive(&sender.name(), sender_keys, letter));
        expect(matches!(duplicate, Some(Err(_))), "a duplicate was accepted")?;
    }
    report.add(stopwatch);
    Ok(())
}

fn expect(holds: bool, otherwise: &str) -> Result<()> {
    if holds { Ok(()) } else { Err(otherwise.into()) }
}

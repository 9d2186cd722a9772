//! A whole conversation, as Matrix clients have it: cargo run --release --example conversation [-- [--state FOLDER] [FILE]]
//!
//! Three users with two devices each publish signed keys, agree Olm sessions, share a Megolm session key over them, and
//! send FILE (default: the README) to the room in messages whose text stays below 64 KiB. Every device reads it and
//! compares it byte for byte; one reads it backwards; a late joiner reads from an export on and not before; and direct
//! messages arrive out of order, twice, or not at all.
//!
//! Each step begins with what is on disk and nothing else: the devices open their pickles anew, whatever was sent waits in
//! the server's folders. So a run that was killed goes on when it is started again with the same FOLDER. Without `--state`,
//! the folder is a temporary one.
//!
//! To read on: `device.rs` holds what a client does with cliquet and in which order it stores, `room.rs` and `direct.rs` the steps;
//! `store.rs` and `files.rs` what lies on disk for the devices, `directory.rs`, `mailbox.rs` and `timeline.rs` for the server.

mod device;
mod direct;
mod directory;
mod event;
mod files;
mod mailbox;
mod report;
mod room;
mod signed_keys;
mod state;
mod store;
mod timeline;

use std::{env, error::Error, ffi::OsString, fs, path::PathBuf, process::ExitCode};

use report::{Report, Stopwatch};
use state::State;
use tempfile::TempDir;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The devices of three users: the first one sends to the room, the last one hands it on to the late joiner.
const DEVICES: [&str; 6] =
    ["amelie/laptop", "amelie/phone", "bruno/laptop", "bruno/phone", "chloe/laptop", "chloe/phone"];
const USERS: usize = 3;
const LATE_JOINER: &str = "denis/tablet";

const USAGE: &str = "cargo run --release --example conversation [-- [--state FOLDER] [FILE]]";

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
    let (folder, path) = arguments()?;
    let file = fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    // Removed with all that is in it when this function ends.
    let temporary = if folder.is_none() { Some(tempfile::tempdir()?) } else { None };
    let folder = folder.as_deref().or(temporary.as_ref().map(TempDir::path)).ok_or(USAGE)?;
    let state = State::open(folder)?;
    state.keep_file(&file)?;

    let mut report = Report::new(&path, file.len(), USERS, DEVICES.len());
    converse(&state, &file, &mut report)?;
    compare(&state, &file)?;
    let (count, bytes) = state.pickles(&[&DEVICES[..], &[LATE_JOINER]].concat())?;
    report.pickles(count, bytes, &state.counters);
    Ok(report)
}

/// The FOLDER, if there is one, and the FILE.
fn arguments() -> Result<(Option<PathBuf>, PathBuf)> {
    let (mut folder, mut file) = (None, None);
    let mut arguments = env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--state" && folder.is_none() {
            folder = Some(PathBuf::from(arguments.next().ok_or(USAGE)?));
        } else if file.is_none() && !is_option(&argument) {
            file = Some(PathBuf::from(argument));
        } else {
            return Err(USAGE.into());
        }
    }
    let readme = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md");
    Ok((folder, file.unwrap_or_else(readme)))
}

fn is_option(argument: &OsString) -> bool {
    argument.as_encoded_bytes().starts_with(b"--")
}

/// All steps. Each does what is left of it to do, and opens the devices that it needs.
fn converse(state: &State, file: &[u8], report: &mut Report) -> Result<()> {
    let [sender, receivers @ ..] = &DEVICES;
    let [second, .., member] = receivers;
    publish_keys(state, report)?;
    room::share_room_key(state, sender, receivers, report)?;
    room::send_file(state, sender, file, report)?;
    room::read_forwards(state, &DEVICES, report)?;
    room::read_backwards(state, member, file, report)?;
    room::join_late(state, LATE_JOINER, member, report)?;
    direct::direct_messages(state, sender, second, report)
}

/// Every device makes its keys, signs them, and publishes them.
fn publish_keys(state: &State, report: &mut Report) -> Result<()> {
    let mut stopwatch = Stopwatch::start("device keys made, signed, published");
    for name in DEVICES {
        state.device(name)?.publish(&state.directory()?)?;
        stopwatch.lap(0);
    }
    report.add(stopwatch);
    Ok(())
}

/// Compares what every device has on disk with what was sent.
fn compare(state: &State, file: &[u8]) -> Result<()> {
    for name in DEVICES {
        expect(room_texts(state, name)? == file, "a device read other bytes than were sent")?;
    }
    let read_late = room_texts(state, LATE_JOINER)?;
    expect(file.ends_with(&read_late), "the late joiner read other bytes")?;
    let [first, second, ..] = DEVICES;
    for (name, is_first) in [(first, true), (second, false)] {
        let store = state.device(name)?.store;
        let mut received = Vec::new();
        for name in store.text_names("direct-")? {
            let text = String::from_utf8(store.text(&name)?)?;
            received.push((name, text));
        }
        expect(received == direct::expected_texts(is_first), "other direct messages arrived than were sent")?;
    }
    Ok(())
}

/// What a device has read in the room.
fn room_texts(state: &State, name: &str) -> Result<Vec<u8>> {
    let store = state.device(name)?.store;
    let mut texts = Vec::new();
    for name in store.text_names("room-")? {
        texts.extend(store.text(&name)?);
    }
    Ok(texts)
}

fn expect(holds: bool, otherwise: &str) -> Result<()> {
    if holds { Ok(()) } else { Err(otherwise.into()) }
}

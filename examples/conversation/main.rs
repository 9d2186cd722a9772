//! A whole conversation, as Matrix clients have it:
//!
//! ```console
//! cargo run --release --features attachment,signed-json,std --example conversation [-- [--state FOLDER] [FILE]]
//! ```
//!
//! Three users with two devices each publish signed keys, agree Olm sessions, share a Megolm session key over them, and
//! send FILE (default: the README) to the room, twice: in messages whose text stays below 64 KiB, and as an encrypted attachment.
//! Every device reads the messages, opens the attachment, and compares both byte for byte; one reads the room backwards; a late
//! joiner reads from an export on and not before; and direct messages arrive out of order, twice, or not at all.
//!
//! FILE may be of any size: no more than 2 MB of it are in memory at once.
//!
//! Each step begins with what is on disk and nothing else: the devices open their pickles anew, whatever was sent waits in
//! the server's folders. So a run that was killed goes on when it is started again with the same FOLDER. Without `--state`,
//! the folder is a temporary one.
//!
//! To read on: `device.rs` holds what a client does with cliquet and in which order it stores, `room.rs`, `attachment.rs` and
//! `direct.rs` the steps; `store.rs` and `files.rs` what lies on disk for the devices, `directory.rs`, `mailbox.rs`, `timeline.rs`
//! and `media.rs` for the server.

mod attachment;
mod comparison;
mod device;
mod direct;
mod directory;
mod event;
mod files;
mod kept_file;
mod mailbox;
mod media;
mod report;
mod room;
mod room_event;
mod state;
mod store;
mod timeline;

use std::{env, error::Error, ffi::OsString, fs::File, path::PathBuf, process::ExitCode};

use report::{Report, Stopwatch};
use state::State;
use tempfile::TempDir;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The devices of three users: the first one sends to the room, the last one hands it on to the late joiner.
const DEVICES: [&str; 6] =
    ["amelie/laptop", "amelie/phone", "bruno/laptop", "bruno/phone", "chloe/laptop", "chloe/phone"];
const USERS: usize = 3;
const LATE_JOINER: &str = "denis/tablet";
const SERVER_NAME: &str = "example.org";

const USAGE: &str = "cargo run --release --features attachment,signed-json,std \
                     --example conversation [-- [--state FOLDER] [FILE]]";

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
    let file = File::open(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    // Removed with all that is in it when this function ends.
    let temporary = if folder.is_none() { Some(tempfile::tempdir()?) } else { None };
    let folder = folder.as_deref().or(temporary.as_ref().map(TempDir::path)).ok_or(USAGE)?;
    let state = State::open(folder)?;
    state.keep_file(file)?;

    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let mut report = Report::new(&name, state.kept_file()?.length(), USERS, DEVICES.len());
    converse(&state, &name, &mut report)?;
    comparison::compare(&state)?;
    let (count, bytes) = state.pickles(&everybody())?;
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
fn converse(state: &State, file_name: &str, report: &mut Report) -> Result<()> {
    let [sender, receivers @ ..] = &DEVICES;
    let [second, .., member] = receivers;
    publish_keys(state, report)?;
    room::share_room_key(state, sender, receivers, report)?;
    room::send_file(state, sender, report)?;
    attachment::send_attachment(state, sender, file_name, report)?;
    room::read_forwards(state, &DEVICES, report)?;
    room::read_backwards(state, member, report)?;
    room::join_late(state, LATE_JOINER, member, report)?;
    attachment::open_attachments(state, &everybody(), report)?;
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

/// All devices, the late joiner's too.
fn everybody() -> Vec<&'static str> {
    DEVICES.into_iter().chain([LATE_JOINER]).collect()
}

fn expect(holds: bool, otherwise: &str) -> Result<()> {
    if holds { Ok(()) } else { Err(otherwise.into()) }
}

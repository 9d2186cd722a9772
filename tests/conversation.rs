//! The example `conversation` is killed at random moments and started again on the same folder, until it ends: every device
//! has read exactly what was sent.

#![cfg(all(feature = "getrandom", unix))]
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may panic")]

mod built_example;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use built_example::built_example;
use cliquet::{
    megolm::MegolmMessage,
    olm::{OlmMessage, Session},
    pickle::{Pickle, PickleKey},
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use tempfile::TempDir;

const MEMBERS: [&str; 6] =
    ["amelie/laptop", "amelie/phone", "bruno/laptop", "bruno/phone", "chloe/laptop", "chloe/phone"];
const LATE_JOINER: &str = "denis/tablet";

/// A folder for the state of one conversation, and the file that is sent in it.
struct Conversation {
    folder: TempDir,
    file: Vec<u8>,
}

impl Conversation {
    fn new(file: Vec<u8>) -> Self {
        // What a killed process has written stays in memory as well as on a disk, and is there sooner.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.unwrap();
        fs::write(folder.path().join("sent"), &file).unwrap();
        Self { folder, file }
    }

    fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    fn command(&self) -> Command {
        let mut command = Command::new(built_example("conversation"));
        command.arg("--state").arg(self.state()).arg(self.folder.path().join("sent"));
        command
    }

    fn start(&self) -> Child {
        self.command().stdout(Stdio::null()).spawn().unwrap()
    }

    fn run(&self) -> Output {
        self.command().output().unwrap()
    }

    /// What must hold at any moment: what was acknowledged is stored, and no message key was used twice.
    fn check_what_was_acknowledged(&self) {
        for member in MEMBERS.into_iter().chain([LATE_JOINER]) {
            for (name, letter) in files(&self.mailbox(member)) {
                let Some((transaction, "acknowledged")) = name.split_once('.') else { continue };
                match expected_text(transaction) {
                    Some(text) => assert_eq!(self.received(member).get(transaction), Some(&text)),
                    None => assert!(self.device(member).join("pickles/room.inbound").exists()),
                }
                self.check_session_of(member, &letter);
            }
        }
        let mut positions = BTreeSet::new();
        for letter in MEMBERS.into_iter().flat_map(|member| files(&self.mailbox(member)).into_values()) {
            assert!(positions.insert(position(&read_letter(&letter).1)), "a message key was used twice");
        }
        let messages = files(&self.state().join("server/room")).into_values();
        let indexes: Vec<u32> = messages
            .map(|text| MegolmMessage::from_base64(str::from_utf8(&text).unwrap()).unwrap().message_index())
            .collect();
        assert!(
            indexes.is_sorted_by(|earlier, later| earlier < later),
            "an index was used twice: {indexes:?}"
        );
    }

    /// An acknowledged letter is behind the stored session with its sender.
    fn check_session_of(&self, member: &str, letter: &[u8]) {
        let (sender, message) = read_letter(letter);
        let slot = format!("olm.{}.0", sender.replace('/', "."));
        let key: [u8; 32] = fs::read(self.state().join("pickle.key")).unwrap().try_into().unwrap();
        let key = PickleKey::new(&key).in_context(format!("{member}|{slot}"));
        let pickle = fs::read(self.device(member).join("pickles").join(&slot)).unwrap();
        let mut session = Session::from_pickle(&Pickle::from_bytes(&pickle).unwrap(), &key).unwrap();
        assert!(session.decrypt(&message).is_err(), "an acknowledged letter can be read once more");
    }

    /// What must hold at the end: everybody has read all of it.
    fn check_end(&self) {
        self.check_what_was_acknowledged();
        for member in MEMBERS {
            assert_eq!(self.room_text(member), self.file, "{member} has read something else");
            let expected = if member == MEMBERS[0] {
                direct_texts(|round| round % 2 == 0)
            } else if member == MEMBERS[1] {
                direct_texts(|round| round % 2 == 1)
            } else {
                BTreeMap::new()
            };
            let mut received = self.received(member);
            received.retain(|name, _| !name.starts_with("room-"));
            assert_eq!(received, expected, "{member} has received other letters");
        }
        let late = self.room_text(LATE_JOINER);
        assert!(self.file.ends_with(&late));
        assert_eq!(late.is_empty(), self.file.is_empty());
        let waiting =
            |member: &&str| files(&self.mailbox(member)).keys().any(|name| name.ends_with("waiting"));
        assert_eq!(MEMBERS.iter().find(|member| waiting(member)), None);
    }

    fn device(&self, name: &str) -> PathBuf {
        self.state().join("devices").join(name)
    }

    fn mailbox(&self, name: &str) -> PathBuf {
        self.state().join("server/mailboxes").join(name)
    }

    fn received(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
        files(&self.device(name).join("received"))
    }

    fn room_text(&self, name: &str) -> Vec<u8> {
        let texts = self.received(name).into_iter();
        texts.filter(|(name, _)| name.starts_with("room-")).flat_map(|(_, text)| text).collect()
    }
}

/// The finished files in a folder; none if the folder is missing.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeMap::new() };
    let files =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension() != Some("new".as_ref()));
    files
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect()
}

/// The sender of a letter, and the Olm message.
fn read_letter(letter: &[u8]) -> (String, OlmMessage) {
    let words: Vec<&str> = str::from_utf8(letter).unwrap().split(' ').collect();
    (words[0].to_owned(), OlmMessage::from_parts(words[1].parse().unwrap(), words[2]).unwrap())
}

/// What names the key of a message: its ratchet key and chain index.
fn position(message: &OlmMessage) -> (String, u32) {
    match message {
        OlmMessage::PreKey(message) => (message.ratchet_key().to_string(), message.chain_index()),
        OlmMessage::Normal(message) => (message.ratchet_key().to_string(), message.chain_index()),
    }
}

/// The direct messages that arrive: ten rounds of ten, of which the third and the eighth are lost.
fn direct_texts(rounds: impl Fn(&usize) -> bool) -> BTreeMap<String, Vec<u8>> {
    let numbers = [0, 1, 3, 4, 5, 6, 8, 9];
    let of_round = |round| numbers.map(|number| format!("direct-{round:02}-{number:02}"));
    let transactions = (0..10).filter(rounds).flat_map(of_round);
    transactions.map(|name| (name.clone(), expected_text(&name).unwrap())).collect()
}

fn expected_text(transaction: &str) -> Option<Vec<u8>> {
    let (round, number) = transaction.strip_prefix("direct-")?.split_once('-')?;
    let (round, number): (usize, usize) = (round.parse().ok()?, number.parse().ok()?);
    Some(format!("round {round}, message {number}").into_bytes())
}

fn random_file(length: usize, rng: &mut StdRng) -> Vec<u8> {
    let mut file = vec![0; length];
    rng.fill(&mut file[..]);
    file
}

#[test]
fn a_run_that_nobody_disturbs_reads_everything() {
    for length in [0, 1, 100_000] {
        let conversation = Conversation::new(random_file(length, &mut StdRng::seed_from_u64(1)));
        let output = conversation.run();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        conversation.check_end();
    }
}

#[test]
fn a_run_that_is_killed_again_and_again_reads_everything_once() {
    /// Fewer would hit too few of the moments that matter.
    const LEAST_KILLS: u32 = 100;
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos();
    println!("seed {seed}");
    let mut rng = StdRng::seed_from_u64(seed.into());

    // Short enough for some ten kills in each conversation, on this machine and as busy as it is.
    let longest = duration_of_a_run(&mut rng) / 5;

    let (mut conversations, mut kills) = (0, 0);
    while kills < LEAST_KILLS {
        let conversation = Conversation::new(random_file(10_000, &mut rng));
        kills += run_with_kills(&conversation, longest, &mut rng);
        conversation.check_end();
        conversations += 1;
        assert!(conversations < 50, "{kills} kills alone");
    }
    println!("{kills} kills in {conversations} conversations");
}

fn duration_of_a_run(rng: &mut StdRng) -> Duration {
    let conversation = Conversation::new(random_file(10_000, rng));
    built_example("conversation");
    let start = Instant::now();
    assert!(conversation.run().status.success());
    start.elapsed()
}

/// Starts the conversation again after each kill, until it ends by itself. Returns how often it was killed.
fn run_with_kills(conversation: &Conversation, longest: Duration, rng: &mut StdRng) -> u32 {
    let mut kills = 0;
    loop {
        let mut child = conversation.start();
        // Longer and longer, so that it ends even if the machine has become slow.
        let delay = longest.mul_f64(rng.random_range(0.0..1.0)) + longest * kills / 50;
        thread::sleep(delay);
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success(), "the conversation does not go on after {kills} kills");
            return kills;
        }
        child.kill().unwrap();
        // It may have ended by itself in this very moment, but not in an error.
        let status = child.wait().unwrap();
        assert!(status.success() || status.code().is_none(), "error after {kills} kills: {status}");
        conversation.check_what_was_acknowledged();
        kills += 1;
    }
}

/// The state after a whole run, with which a test then does something.
fn finished() -> Conversation {
    let conversation = Conversation::new(b"a short text".to_vec());
    assert!(conversation.run().status.success());
    conversation
}

fn assert_refused(conversation: &Conversation, reason: &str) {
    let output = conversation.run();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "the run did not notice");
    assert!(error.contains(reason), "{error}");
}

#[test]
fn two_runs_at_once_are_refused() {
    let conversation = finished();
    let lock = File::open(conversation.state().join("lock")).unwrap();
    lock.lock().unwrap();
    assert_refused(&conversation, "cannot lock");
    lock.unlock().unwrap();
    assert!(conversation.run().status.success());
}

#[test]
fn pickles_in_each_others_place_are_refused() {
    let conversation = finished();
    let account = |name| conversation.device(name).join("pickles/account");
    fs::copy(account(MEMBERS[0]), account(MEMBERS[1])).unwrap();
    assert_refused(&conversation, "the key or the context is wrong");
}

#[test]
fn another_file_is_refused() {
    let conversation = finished();
    fs::write(conversation.folder.path().join("sent"), "another text").unwrap();
    assert_refused(&conversation, "sends another file");
}

//! A conversation in a folder, and what must hold there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use cliquet::{
    megolm::MegolmMessage,
    olm::{OlmMessage, Session},
    pickle::{Pickle, PickleKey},
};
use tempfile::TempDir;

use crate::built_example::built_example;

pub(crate) const MEMBERS: [&str; 6] =
    ["amelie/laptop", "amelie/phone", "bruno/laptop", "bruno/phone", "chloe/laptop", "chloe/phone"];
pub(crate) const LATE_JOINER: &str = "denis/tablet";

pub(crate) fn everybody() -> impl Iterator<Item = &'static str> {
    MEMBERS.into_iter().chain([LATE_JOINER])
}

/// A folder for the state of one conversation, and the file that is sent in it.
pub(crate) struct Conversation {
    pub(crate) folder: TempDir,
    pub(crate) file: Vec<u8>,
}

impl Conversation {
    pub(crate) fn new(file: Vec<u8>) -> Self {
        // What a killed process has written stays in memory as well as on a disk, and is there sooner.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.unwrap();
        fs::write(folder.path().join("sent"), &file).unwrap();
        Self { folder, file }
    }

    pub(crate) fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(built_example("conversation"));
        command.arg("--state").arg(self.state()).arg(self.folder.path().join("sent"));
        command
    }

    pub(crate) fn start(&self) -> Child {
        self.command().stdout(Stdio::null()).spawn().unwrap()
    }

    pub(crate) fn run(&self) -> Output {
        self.command().output().unwrap()
    }

    /// What must hold at any moment.
    pub(crate) fn check_any_moment(&self) {
        self.check_what_was_acknowledged();
        self.check_attachments();
    }

    /// What has its name is complete, on the server and on every device.
    fn check_attachments(&self) {
        for upload in files(&self.media()).into_values() {
            assert_eq!(upload.len(), self.file.len(), "the server has a part of an attachment");
        }
        for attachment in everybody().flat_map(|name| files(&self.attachments(name)).into_values()) {
            assert_eq!(attachment, self.file, "a device has another attachment");
        }
    }

    /// What was acknowledged is stored, and no message key was used twice.
    fn check_what_was_acknowledged(&self) {
        for member in everybody() {
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

    /// What must hold at the end: everybody has read all of it, and has opened it as an attachment.
    pub(crate) fn check_end(&self) {
        self.check_any_moment();
        for name in everybody() {
            let attachments = fs::read_dir(self.attachments(name)).unwrap();
            assert_eq!(attachments.count(), 1, "{name} has no attachment, or a part of one");
        }
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
            received.retain(|name, _| !name.starts_with("room-") && !name.starts_with("attachment-"));
            assert_eq!(received, expected, "{member} has received other letters");
        }
        let late = self.room_text(LATE_JOINER);
        assert!(self.file.ends_with(&late));
        assert_eq!(late.is_empty(), self.file.is_empty());
        let waiting =
            |member: &&str| files(&self.mailbox(member)).keys().any(|name| name.ends_with("waiting"));
        assert_eq!(MEMBERS.iter().find(|member| waiting(member)), None);
    }

    pub(crate) fn device(&self, name: &str) -> PathBuf {
        self.state().join("devices").join(name)
    }

    pub(crate) fn attachments(&self, name: &str) -> PathBuf {
        self.device(name).join("attachments")
    }

    pub(crate) fn media(&self) -> PathBuf {
        self.state().join("server/media")
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
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeMap::new() };
    let files =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension() != Some("new".as_ref()));
    files
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect()
}

/// Whether a folder is missing, or has nothing in it, finished or not.
pub(crate) fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none())
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

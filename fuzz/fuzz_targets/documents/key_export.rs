//! Key export files. The target seals any content with few rounds; what the library seals, it has to seal with many: so all of
//! that is done under one passphrase, which is stretched once.

use std::sync::OnceLock;

use arbitrary::Arbitrary;
use cliquet::{
    DecodeError, StretchedPassphrase,
    objects::{
        key_export::{EncryptedKeyExport, KeyExport, KeyExportError, NewKeyExport},
        session_data::{ExportedSession, SessionDataError},
    },
};
use cliquet_fuzz::{
    Damage, Edit, Steps,
    json::{self, Json, Unread},
    pick,
    primitives::{counter_mode, hmac_sha256, pbkdf2_hmac_sha512},
    random::{Failing, seeded},
    reference_base64::{decode_with_optional_padding, encode},
};

use crate::{
    attachment::Iv,
    session_data::{self, Session},
};

const FIRST_LINE: &str = "-----BEGIN MEGOLM SESSION DATA-----";
const LAST_LINE: &str = "-----END MEGOLM SESSION DATA-----";
const HEADER_LENGTH: usize = 1 + 16 + 16 + 4;
const MAC_LENGTH: usize = 32;
/// What a file from anywhere may ask for here.
const FEW_ROUNDS: u32 = 20;
const MOST_ENTRIES: usize = 6;
/// So many entries are named that were refused; the others are counted.
const MOST_REFUSED: usize = 1000;
const MOST_EDITS: usize = 4;
const SPACES: [&str; 6] = ["\n", "\r\n", " ", "\t", "\u{c}", "\n\n"];

pub(crate) fn from_text(text: &str) {
    let file = EncryptedKeyExport::from_text(text);
    assert_eq!(file.as_ref().err().copied().map(Refusal::of), Refusal::expected(text));
    let Ok(file) = file else { return };
    let bytes = body(text).and_then(|body| decode_with_optional_padding(&body)).expect("it was read");
    let rounds = u32::from_be_bytes(*bytes[33..].first_chunk().expect("it was read"));
    assert_eq!(file.rounds(), rounds);
    is_written_again(&file, &bytes);
    let refused = file.decrypt("passphrase", FEW_ROUNDS).expect_err("nobody made it");
    match refused {
        KeyExportError::TooManyRounds { rounds: stated, limit, .. } => {
            assert!((stated, limit) == (rounds, FEW_ROUNDS) && rounds > FEW_ROUNDS);
        }
        refused => assert!(refused == KeyExportError::AuthenticationFailed && rounds <= FEW_ROUNDS),
    }
}

fn is_written_again(file: &EncryptedKeyExport, bytes: &[u8]) {
    let text = file.to_text();
    assert_eq!(EncryptedKeyExport::from_text(&text).as_ref(), Ok(file));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!((lines[0], lines[lines.len() - 1]), (FIRST_LINE, LAST_LINE));
    let (last, whole) = lines[1..lines.len() - 1].split_last().expect("there is a body");
    assert!(whole.iter().all(|line| line.len() == 96) && (1..=96).contains(&last.len()));
    assert_eq!(lines[1..lines.len() - 1].concat(), encode(bytes));
}

/// What stands between the lines, without its white space.
fn body(text: &str) -> Option<String> {
    let text = text.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}');
    let lines: Vec<&str> = text.split(['\n', '\r']).collect();
    let is_framed = lines.len() > 1
        && lines[0].trim_end() == FIRST_LINE
        && lines[lines.len() - 1].trim_start() == LAST_LINE;
    let body = || &text[FIRST_LINE.len()..text.len() - LAST_LINE.len()];
    is_framed.then(|| body().chars().filter(|character| !character.is_ascii_whitespace()).collect())
}

/// Why a text is no file.
#[derive(Debug, PartialEq)]
enum Refusal {
    MissingLine,
    Base64,
    Version(u8),
    NoRounds,
    Truncated,
}

impl Refusal {
    fn of(error: KeyExportError) -> Self {
        match error {
            KeyExportError::MissingLine => Self::MissingLine,
            KeyExportError::Decode(DecodeError::Base64) => Self::Base64,
            KeyExportError::Decode(DecodeError::UnsupportedVersion { version, .. }) => Self::Version(version),
            KeyExportError::TooFewRounds { rounds: 0, limit: 1, .. } => Self::NoRounds,
            KeyExportError::Decode(DecodeError::Truncated) => Self::Truncated,
            other => panic!("no reason to refuse a text: {other}"),
        }
    }

    /// By the second reader; `None` if it is a file.
    fn expected(text: &str) -> Option<Self> {
        let Some(body) = body(text) else { return Some(Self::MissingLine) };
        let Some(bytes) = decode_with_optional_padding(&body) else { return Some(Self::Base64) };
        match (bytes.first(), bytes.get(33..HEADER_LENGTH)) {
            (Some(version), _) if *version != 1 => Some(Self::Version(*version)),
            (_, Some([0, 0, 0, 0])) => Some(Self::NoRounds),
            _ if bytes.len() < HEADER_LENGTH + MAC_LENGTH => Some(Self::Truncated),
            _ => None,
        }
    }
}

/// Any content, in a file that the target seals.
#[derive(Arbitrary, Debug)]
pub(crate) struct Sealed<'a> {
    file: File<'a>,
    content: &'a [u8],
}

#[derive(Arbitrary, Debug)]
struct File<'a> {
    salt: [u8; 16],
    iv: Iv,
    rounds: u8,
    passphrase: String,
    damage: Option<Damage>,
    /// How the base64 is wrapped: after so many characters, what.
    wrapping: &'a [u8],
    is_padded: bool,
    around: [Option<u8>; 2],
    steps: &'a [u8],
}

/// Entries that are read, changed; and other values among them.
#[derive(Arbitrary, Debug)]
pub(crate) struct Sessions<'a> {
    file: File<'a>,
    style: u8,
    entries: Steps<Entry>,
}

#[derive(Arbitrary, Debug)]
enum Entry {
    Valid(u8),
    Changed(u8, [Option<Edit>; MOST_EDITS]),
    Other(String),
}

pub(crate) fn sealed(input: Sealed<'_>) {
    file_opens(&input.file, input.content);
}

pub(crate) fn sessions(input: Sessions<'_>) {
    let entry = |entry: &Entry| match entry {
        Entry::Valid(which) => valid(*which).written(input.style),
        Entry::Changed(which, edits) => {
            let mut json = valid(*which);
            edits.iter().flatten().for_each(|edit| edit.apply(&mut json, session_data::palette()));
            json.written(input.style)
        }
        Entry::Other(text) => Json::text(text).written(input.style),
    };
    let entries: Vec<String> = input.entries.0.iter().take(MOST_ENTRIES).map(entry).collect();
    file_opens(&input.file, format!("[{}]", entries.join(",")).as_bytes());
}

fn valid(which: u8) -> Json {
    pick(session_data::valid(), which.into()).expect("there are some").clone()
}

impl File<'_> {
    fn rounds(&self) -> u32 {
        u32::from(self.rounds) % FEW_ROUNDS + 1
    }

    fn keys(&self) -> [u8; 64] {
        pbkdf2_hmac_sha512(self.passphrase.as_bytes(), &self.salt, self.rounds())
    }

    /// The bytes; where the counter has no room, the content as it is.
    fn seal(&self, content: &[u8]) -> Vec<u8> {
        let (keys, iv) = (self.keys(), self.iv.bytes());
        let ciphertext = counter_mode(keys[..32].try_into().expect("half"), &iv, content);
        let header = [&[1], &self.salt[..], &iv, &self.rounds().to_be_bytes()].concat();
        let mut bytes = [header, ciphertext.unwrap_or_else(|| content.to_vec())].concat();
        let mac = hmac_sha256(&keys[32..], &[&bytes]);
        bytes.extend_from_slice(&mac);
        bytes
    }

    fn text(&self, bytes: &[u8]) -> String {
        let mut base64 = encode(bytes);
        while self.is_padded && !base64.len().is_multiple_of(4) {
            base64.push('=');
        }
        let space = |which: u8| *pick(&SPACES, which.into()).expect("there are some");
        let mut lines = String::from("\n");
        let mut rest = &base64[..];
        for [length, which] in self.wrapping.as_chunks().0 {
            let (line, later) = rest.split_at(usize::from(*length).min(rest.len()));
            lines.extend([line, space(*which)]);
            rest = later;
        }
        let [before, after] = self.around.map(|which| which.map_or("", space));
        format!("{before}{FIRST_LINE}{lines}{rest}\r\n{after}{LAST_LINE}{after}")
    }
}

fn file_opens(input: &File<'_>, content: &[u8]) {
    let bytes = input.seal(content);
    damaged_is_refused(input, &bytes);
    let file = EncryptedKeyExport::from_text(&input.text(&bytes)).expect("it is a file");
    assert_eq!(file.rounds(), input.rounds());
    is_written_again(&file, &bytes);
    let limit = input.rounds() - 1;
    let refused = file.stretch(&input.passphrase, limit).map(|_| ()).expect_err("these are too many");
    assert!(matches!(refused, KeyExportError::TooManyRounds { .. }));
    let other = format!("{}x", input.passphrase);
    assert_eq!(file.decrypt(&other, FEW_ROUNDS), Err(KeyExportError::AuthenticationFailed));

    let mut stretching = file.stretch(&input.passphrase, input.rounds()).expect("it is the limit");
    for step in input.steps {
        let done = stretching.rounds_done().saturating_add((*step).into()).min(input.rounds());
        assert_eq!(stretching.advance((*step).into()), done == input.rounds());
        assert_eq!(stretching.rounds_done(), done);
    }
    let opened = file.open(&stretching.finish());
    assert!(opened == file.decrypt(&input.passphrase, FEW_ROUNDS), "in steps or at once");
    if counter_mode(&[0; 32], &input.iv.bytes(), content).is_none() {
        assert_eq!(opened, Err(KeyExportError::CounterOverflow));
    } else {
        is_as_expected(opened, content);
    }
}

fn damaged_is_refused(input: &File<'_>, bytes: &[u8]) {
    let Some(damage) = input.damage else { return };
    let damaged = damage.apply(bytes, &[]);
    let Ok(file) = EncryptedKeyExport::from_text(&input.text(&damaged)) else { return };
    if damaged != bytes {
        let refused = file.decrypt(&input.passphrase, FEW_ROUNDS).expect_err("it was damaged");
        let is_right =
            matches!(refused, KeyExportError::AuthenticationFailed | KeyExportError::TooManyRounds { .. });
        assert!(is_right, "{refused}");
    }
}

/// Exactly the entries that a second reader reads, in their order, and the places of the others.
fn is_as_expected(opened: Result<KeyExport, KeyExportError>, content: &[u8]) {
    let entries = match str::from_utf8(content).ok().and_then(json::read) {
        Some(Json::List(entries)) => entries,
        _ => return assert_eq!(opened, Err(KeyExportError::Content)),
    };
    let opened = opened.expect("it is a list");
    let mut sessions = opened.sessions.iter();
    let (mut refused, mut refused_count) = (opened.refused.iter(), 0);
    for (position, entry) in entries.iter().enumerate() {
        match Session::read_exported(entry) {
            Ok(expected) => {
                assert_eq!(sessions.next().map(Session::of_exported), Some(expected), "entry {position}");
            }
            Err(unread) => {
                refused_count += 1;
                if refused_count <= MOST_REFUSED {
                    let refused = refused.next().expect("an entry is refused");
                    assert_eq!(refused.position, position);
                    assert_eq!(refused.error == SessionDataError::Malformed, unread == Unread::Malformed);
                }
            }
        }
    }
    assert!(sessions.next().is_none() && refused.next().is_none());
    assert_eq!(opened.refused_count, refused_count);
    opened.sessions.iter().for_each(|exported| session_data::is_an_import(&exported.data));
    if !opened.sessions.is_empty() {
        sealed_again(&opened.sessions);
    }
}

/// What the library seals opens again, and holds canonical JSON.
fn sealed_again(sessions: &[ExportedSession]) {
    const PASSPHRASE: &str = "stretched once";
    const ROUNDS: u32 = NewKeyExport::MIN_ROUNDS;
    static STRETCHED: OnceLock<(StretchedPassphrase, [u8; 64])> = OnceLock::new();
    assert_eq!(NewKeyExport::new(ROUNDS, &mut Failing).err(), Some(KeyExportError::Random));
    let new = || NewKeyExport::new(ROUNDS, &mut seeded(1)).expect("it never fails");
    let (stretched, keys) = STRETCHED.get_or_init(|| {
        let salt = &bytes_of(&new().seal(&[], &new().stretch(PASSPHRASE).finish()).expect("its own"))[1..17];
        (new().stretch(PASSPHRASE).finish(), pbkdf2_hmac_sha512(PASSPHRASE.as_bytes(), salt, ROUNDS))
    });
    let other = NewKeyExport::new(ROUNDS, &mut seeded(2)).expect("it never fails");
    let handed_back = other.seal(sessions, stretched).expect_err("it has another salt");
    assert_eq!(handed_back.error, KeyExportError::OtherParameters);

    let file = new().seal(sessions, stretched).expect("its own parameters");
    let bytes = bytes_of(&file);
    let (rest, mac) = bytes.split_at(bytes.len() - MAC_LENGTH);
    assert_eq!(mac, hmac_sha256(&keys[32..], &[rest]));
    let iv = bytes[17..33].try_into().expect("16 bytes");
    let content = counter_mode(keys[..32].try_into().expect("half"), iv, &rest[HEADER_LENGTH..]);
    let content = String::from_utf8(content.expect("there is room")).expect("it is JSON");
    let canonical = json::read(&content).and_then(|json| json.canonical());
    assert_eq!(canonical.as_ref(), Some(&content));
    let opened = file.open(stretched).expect("it is unchanged");
    assert!(opened.sessions == sessions && opened.refused.is_empty());
}

fn bytes_of(file: &EncryptedKeyExport) -> Vec<u8> {
    decode_with_optional_padding(&body(&file.to_text()).expect("it is a file")).expect("it is base64")
}

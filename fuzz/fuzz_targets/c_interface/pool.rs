//! What the library has given out, to be handed in again: texts and bytes by their names, and arrays by their lengths.

use crate::choices::Choices;

/// So many of each are kept.
const MOST: usize = 96;

/// What is handed in for lack of anything better; the names of users and devices among them.
const PHRASES: [&str; 10] = [
    "@alice:example.org",
    "DEVICE",
    "@bob:example.org",
    "TABLET",
    "",
    "!room:example.org",
    "{}",
    r#"{"a":1}"#,
    "signed_curve25519",
    "12",
];

/// Bytes, and what they were called when they came out.
#[derive(Clone, Debug)]
struct Known {
    subject: String,
    name: String,
    bytes: Vec<u8>,
}

#[derive(Default)]
pub struct Pool {
    texts: Vec<Known>,
    arrays: Vec<Known>,
}

impl Pool {
    /// Keeps what came out of a function that is about `subject`.
    pub fn keep(&mut self, subject: &str, name: &str, bytes: &[u8]) {
        keep(
            &mut self.texts,
            Known { subject: subject.to_owned(), name: name.to_owned(), bytes: bytes.to_vec() },
        );
    }

    /// Keeps a key, a signature, or what else has a fixed length.
    pub fn keep_array(&mut self, name: &str, bytes: &[u8]) {
        let name = meaning(name).to_owned();
        keep(&mut self.arrays, Known { subject: String::new(), name, bytes: bytes.to_vec() });
    }

    /// Something for an input of this name, most likely something that fits.
    pub fn text(&self, choices: &mut Choices<'_>, subject: &str, name: &str) -> Vec<u8> {
        let fitting = self.texts.iter().rev();
        let found = match choices.below(16) {
            0..8 => choose(choices, fitting.filter(|known| known.subject == subject && known.name == name)),
            8..11 => choose(choices, fitting.filter(|known| known.name == name)),
            11 => choose(choices, fitting),
            12 => {
                let length = choices.below(48);
                Some(choices.bytes(length))
            }
            _ => None,
        };
        found.unwrap_or_else(|| phrase(choices, name))
    }

    /// What came out last and fits an input of this name.
    pub fn latest_text(&self, subject: &str, name: &str) -> Option<Vec<u8>> {
        let named = || self.texts.iter().rev().filter(|known| known.name == name);
        let found = named().find(|known| known.subject == subject).or(named().next());
        found.map(|known| known.bytes.clone())
    }

    /// What came out last and fits an array of this name and length.
    pub fn latest_array(&self, name: &str, length: usize) -> Option<Vec<u8>> {
        let fits = |known: &&Known| known.name == meaning(name) && known.bytes.len() == length;
        self.arrays.iter().rev().find(fits).map(|known| known.bytes.clone())
    }

    /// Something for an array of this name and length, most likely something that fits.
    pub fn array(&self, choices: &mut Choices<'_>, name: &str, length: usize) -> Vec<u8> {
        let fitting = self.arrays.iter().rev().filter(|known| known.bytes.len() == length);
        let found = match choices.below(16) {
            0..9 => choose(choices, fitting.filter(|known| known.name == meaning(name))),
            9..12 => choose(choices, fitting),
            // No number at all, and one that no field has.
            12 => Some(vec![0; length]),
            13 => Some(vec![0xff; length]),
            _ => None,
        };
        found.unwrap_or_else(|| {
            let byte = choices.byte();
            (0_u8..).map(|place| byte ^ place).take(length).collect()
        })
    }
}

fn keep(all: &mut Vec<Known>, known: Known) {
    if all.len() == MOST {
        all.remove(0);
    }
    all.push(known);
}

/// One of those that fit; the latest come first.
fn choose<'a>(choices: &mut Choices<'_>, fitting: impl Iterator<Item = &'a Known>) -> Option<Vec<u8>> {
    let fitting: Vec<_> = fitting.collect();
    choices.pick(&fitting).map(|known| known.bytes.clone())
}

/// What fits a name, where nothing shall go wrong.
pub fn usual(name: &str) -> Vec<u8> {
    PHRASES[usual_place(name).unwrap_or(1)].as_bytes().to_vec()
}

fn usual_place(name: &str) -> Option<usize> {
    match name {
        "user_id" | "entity" => Some(0),
        "device_id" | "key_name" => Some(1),
        "room_id" => Some(5),
        _ => None,
    }
}

fn phrase(choices: &mut Choices<'_>, name: &str) -> Vec<u8> {
    let any = choices.below(PHRASES.len());
    let place = usual_place(name).filter(|_| !choices.once_in(8)).unwrap_or(any);
    PHRASES[place].as_bytes().to_vec()
}

/// Names that mean the same, where they go in and where they come out.
fn meaning(name: &str) -> &str {
    let name = name.strip_prefix("their_").unwrap_or(name);
    match name {
        "curve25519_key" | "sender_key" => "identity_key",
        "sender_claimed_ed25519_key" | "signing_key" | "first_key" | "second_key" => "ed25519_key",
        "recipient_key" | "accepter_key" | "starter_key" => "public_key",
        "backup_secret_key" => "secret_key",
        _ => name,
    }
}

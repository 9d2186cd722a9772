//! Numbers, lengths, texts and arrays for arguments.

use crate::interface::Function;
use crate::pool;
use crate::world::{Give, World};

/// At the borders of what something may be.
const NUMBERS: [u32; 12] = [0, 1, 2, 3, 5, 40, 41, 100, 200, 2_000, 100_000, u32::MAX];
const SIZES: [usize; 8] = [0, 1, 2, 3, 16, 1_000, 1 << 20, usize::MAX];

/// More rounds of a passphrase would take all the time there is; a key export takes no fewer than 100 000.
const ROUNDS: [u32; 5] = [1_000, 0, 1, 2, 2_000];
const ROUNDS_OF_AN_EXPORT: [u32; 3] = [99_999, 100_000, 0];

/// What a buffer has room for, mostly; more than most outputs need.
const ROOM: usize = 1_200;

impl World<'_> {
    /// How many elements the lists of a call have, or how many keys it is to make.
    pub fn count(&mut self, function: &Function, given: &[(&str, Give<'_>)]) -> usize {
        if let Some((_, Give::Number(count))) = given.iter().find(|(name, _)| *name == "count") {
            return usize::try_from(*count).unwrap_or(usize::MAX);
        }
        // Lists of objects have none where there is no object.
        let counts = if function.name.contains("generate") { 12 } else { 5 };
        self.choices.below(counts)
    }

    /// Where a block of bytes begins: C promises no alignment.
    pub fn offset(&mut self) -> usize {
        self.turn = self.turn.wrapping_add(1);
        self.turn % 8
    }

    pub fn capacity(&mut self) -> usize {
        if self.careful {
            // Whoever asks first calls twice.
            return 0;
        }
        match self.choices.below(8) {
            0 => 0,
            1 => self.choices.below(64),
            _ => ROOM,
        }
    }

    pub fn prefers_defaults(&mut self) -> bool {
        self.careful || !self.choices.once_in(4)
    }

    pub fn size(&mut self, name: &str) -> usize {
        match name {
            "threads" => self.choices.below(3),
            "position" => self.choices.below(4),
            // Of a replay guard; a little more than it may have.
            "capacity" => self.choices.pick(&[0, 1, 2, 10, 1_000, 1_000_001]).unwrap_or(0),
            _ => self.choices.pick(&SIZES).unwrap_or(0),
        }
    }

    /// A number, or one of the constants of its type, and now and then none of them.
    pub fn number(&mut self, function: &str, name: &str, of: &str) -> u32 {
        let constants = self.interface.header.constants_of(of);
        if !constants.is_empty() {
            if self.careful {
                return constants[0];
            }
            return if self.choices.once_in(32) {
                self.choices.number()
            } else {
                self.choices.pick(&constants).unwrap_or(0)
            };
        }
        if function == "cliquet_new_key_export_new" {
            return self.choices.pick(&ROUNDS_OF_AN_EXPORT).unwrap_or(0);
        }
        if name.ends_with("rounds") && !function.ends_with("_new") {
            return self.choices.pick(&ROUNDS).unwrap_or(0);
        }
        match self.choices.below(NUMBERS.len() + 1) {
            place if place < NUMBERS.len() => NUMBERS[place],
            _ => self.choices.number(),
        }
    }

    /// A seed for a generator: most often one that was not there before.
    pub fn seed(&mut self) -> u64 {
        self.seeds += 1;
        if !self.careful && self.choices.once_in(4) { self.choices.below(4) as u64 } else { self.seeds << 8 }
    }

    pub fn array(&mut self, name: &str, length: usize) -> Vec<u8> {
        let latest = self.pool.latest_array(name, length).filter(|_| self.careful);
        latest.unwrap_or_else(|| self.pool.array(&mut self.choices, name, length))
    }

    pub fn text(&mut self, subject: &str, name: &str) -> Vec<u8> {
        if self.careful {
            return self.pool.latest_text(subject, name).unwrap_or_else(|| pool::usual(name));
        }
        self.pool.text(&mut self.choices, subject, name)
    }

    pub fn input(&mut self, function: &Function, name: &str) -> Vec<u8> {
        if name == "plaintext"
            || name == "secret"
            || (name == "bytes" && function.name.contains("attachment_encrypt"))
        {
            return self.plaintext();
        }
        let mut bytes = self.text(subject(function), name);
        if !self.careful && self.choices.once_in(8) {
            self.damage(&mut bytes);
        }
        bytes
    }

    /// What nobody has sealed before, of any length.
    fn plaintext(&mut self) -> Vec<u8> {
        self.seeds += 1;
        let length = match self.choices.below(8) {
            0 => 0,
            1 => self.choices.below(256),
            2 => 16 * self.choices.below(200),
            _ => 12,
        };
        let mut plaintext = format!("{:>8}", self.seeds).into_bytes();
        plaintext.resize(length, b'.');
        plaintext
    }

    fn damage(&mut self, bytes: &mut Vec<u8>) {
        let place = self.choices.below(bytes.len().min(65_536));
        match self.choices.below(5) {
            0 => bytes.truncate(place),
            1 => bytes.push(self.choices.byte()),
            2 => bytes.insert(place, self.choices.byte()),
            _ => {
                if let Some(byte) = bytes.get_mut(place) {
                    *byte ^= 1 << self.choices.below(8);
                }
            }
        }
    }
}

/// What a text belongs to: the object that is made of it, or the first of the call.
pub fn subject(function: &Function) -> &str {
    let reads = function.makes().filter(|_| function.name.contains("_from_"));
    reads.unwrap_or_else(|| function.subject())
}

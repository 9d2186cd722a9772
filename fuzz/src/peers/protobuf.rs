//! The fields of messages read by hand, as leniently as vodozemac's reader, to tell in what way a message departs from the one form
//! that its fields have.

use super::{Case, Subject};

/// In what way bytes depart from the one form of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deviation {
    /// Known fields in another order.
    Order,
    /// A field that the format does not know.
    Unknown,
    /// A field that comes twice.
    Twice,
    /// An integer of more bytes than it needs: a tag, a length or a value.
    LongInteger,
    /// A field left out.
    Missing,
    /// An index of 2^32 or more.
    LargeIndex,
    /// A ciphertext of no blocks, or of no whole ones.
    Ciphertext,
}

/// A wire type that stands at the end of a group and nowhere else.
const END_OF_GROUP: u64 = 4;

/// A field: its number, its wire type, and what it holds.
struct Field<'a> {
    number: u64,
    wire_type: u64,
    integer: u64,
    bytes: &'a [u8],
}

/// What was read.
#[derive(Debug, Default)]
pub struct Reading {
    /// Every deviation, in the frame and in the message within.
    pub deviations: Vec<Deviation>,
    /// The ratchet key of an Olm message.
    pub ratchet_key: Vec<u8>,
    /// The index.
    pub index: u64,
    /// The ciphertext, or the message within a frame.
    pub content: Vec<u8>,
    /// The keys of the frame.
    pub frame_keys: [Vec<u8>; 3],
    /// How many bytes of MAC and signature stand behind the fields.
    pub suffix: Vec<u8>,
}

/// Whether the message of the case departs from its form in this way, and could be read all the same.
pub fn has(case: &Case<'_>, deviation: Deviation) -> bool {
    read(case.subject, case.input).is_some_and(|reading| reading.deviations.contains(&deviation))
}

/// The message; `None` where no lenient reader can make one of it. What is given to a session has its type in front.
pub fn read(subject: Subject, input: &[u8]) -> Option<Reading> {
    match subject {
        Subject::OlmMessage => normal(input),
        Subject::PreKeyMessage | Subject::Answering => pre_key(input),
        Subject::MegolmMessage | Subject::GroupDecryption => megolm(input),
        Subject::Decryption | Subject::SessionState => match input.split_first()? {
            (0, message) => pre_key(message),
            (_, message) => normal(message),
        },
        _ => None,
    }
}

fn mac_length(version: u8) -> Option<usize> {
    match version {
        3 => Some(8),
        4 => Some(32),
        _ => None,
    }
}

fn normal(input: &[u8]) -> Option<Reading> {
    let (body, suffix) = split(input, mac_length(*input.first()?)?)?;
    let mut reading = Reading { suffix: suffix.to_vec(), ..Reading::default() };
    for field in reading.fields(body, &[(1, 2), (2, 0), (4, 2)])? {
        match field.number {
            1 => reading.ratchet_key = field.bytes.to_vec(),
            2 => reading.index = field.integer,
            _ => reading.content = field.bytes.to_vec(),
        }
    }
    if reading.ratchet_key.len() != 32 {
        return None;
    }
    reading.check_values();
    Some(reading)
}

fn pre_key(input: &[u8]) -> Option<Reading> {
    let (version, body) = input.split_first()?;
    if *version != 3 {
        return None;
    }
    let (mut frame, mut keys, mut inside) = (Reading::default(), <[Vec<u8>; 3]>::default(), Vec::new());
    for field in frame.fields(body, &[(1, 2), (2, 2), (3, 2), (4, 2)])? {
        match field.number {
            number @ 1..=3 => keys[usize::try_from(number).ok()? - 1] = field.bytes.to_vec(),
            _ => inside = field.bytes.to_vec(),
        }
    }
    let mut reading = normal(&inside)?;
    reading.deviations.extend(frame.deviations);
    if keys.iter().any(|key| key.len() != 32) {
        return None;
    }
    reading.frame_keys = keys;
    Some(reading)
}

fn megolm(input: &[u8]) -> Option<Reading> {
    let (body, suffix) = split(input, mac_length(*input.first()?)? + 64)?;
    let mut reading = Reading { suffix: suffix.to_vec(), ..Reading::default() };
    for field in reading.fields(body, &[(1, 0), (2, 2)])? {
        match field.number {
            1 => reading.index = field.integer,
            _ => reading.content = field.bytes.to_vec(),
        }
    }
    reading.check_values();
    Some(reading)
}

/// The fields between the version and the suffix, and the suffix; vodozemac wants at least one byte of fields.
fn split(input: &[u8], suffix: usize) -> Option<(&[u8], &[u8])> {
    let end = input.len().checked_sub(suffix)?;
    (end >= 2).then(|| (&input[1..end], &input[end..]))
}

impl Reading {
    /// The known fields, and notes of every deviation.
    fn fields<'a>(&mut self, mut input: &'a [u8], known: &[(u64, u64)]) -> Option<Vec<Field<'a>>> {
        let mut found: Vec<Field<'_>> = Vec::new();
        while !input.is_empty() {
            let field = self.field(&mut input)?;
            if field.wire_type == END_OF_GROUP {
                return None;
            }
            match known.iter().find(|(number, _)| *number == field.number) {
                None => self.deviations.push(Deviation::Unknown),
                Some((_, wire_type)) if *wire_type != field.wire_type => return None,
                Some(_) => found.push(field),
            }
        }
        if found.windows(2).any(|pair| pair[0].number > pair[1].number) {
            self.deviations.push(Deviation::Order);
        }
        for (number, _) in known {
            match found.iter().filter(|field| field.number == *number).count() {
                0 => self.deviations.push(Deviation::Missing),
                1 => {}
                _ => self.deviations.push(Deviation::Twice),
            }
        }
        Some(found)
    }

    fn field<'a>(&mut self, input: &mut &'a [u8]) -> Option<Field<'a>> {
        let tag = self.integer(input)?;
        let (number, wire_type) = (tag >> 3, tag & 7);
        if number == 0 || u32::try_from(tag).is_err() {
            return None;
        }
        let (mut integer, mut bytes) = (0, &input[..0]);
        match wire_type {
            0 => integer = self.integer(input)?,
            1 | 5 => drop(input.split_off(..if wire_type == 1 { 8 } else { 4 })?),
            2 => {
                let length = usize::try_from(self.integer(input)?).ok()?;
                bytes = input.split_off(..length)?;
            }
            // A group ends with its own number.
            3 => loop {
                let end = self.field(input)?;
                if end.wire_type == END_OF_GROUP {
                    if end.number == number {
                        break;
                    }
                    return None;
                }
            },
            END_OF_GROUP => {}
            _ => return None,
        }
        Some(Field { number, wire_type, integer, bytes })
    }

    fn integer(&mut self, input: &mut &[u8]) -> Option<u64> {
        let mut value = 0;
        for place in 0..10_u32 {
            let (byte, rest) = input.split_first()?;
            *input = rest;
            if place == 9 && *byte > 1 {
                return None;
            }
            value |= u64::from(byte & 0x7f) << (7 * place);
            if byte & 0x80 == 0 {
                if *byte == 0 && place > 0 {
                    self.deviations.push(Deviation::LongInteger);
                }
                return Some(value);
            }
        }
        None
    }

    fn check_values(&mut self) {
        if u32::try_from(self.index).is_err() {
            self.deviations.push(Deviation::LargeIndex);
        }
        if self.content.is_empty() || !self.content.len().is_multiple_of(16) {
            self.deviations.push(Deviation::Ciphertext);
        }
    }
}

//! `AttachmentReader` over a source that fails, and that changes between the pass that hashes it and the pass that reads it.

use std::{
    cell::Cell,
    io::{self, Read, Seek, SeekFrom},
};

use arbitrary::Arbitrary;
use cliquet::attachment::{
    AttachmentError, AttachmentInfo, AttachmentReader, AttachmentReaderError, AttachmentVersion,
};
use cliquet_fuzz::{
    Damage,
    primitives::{counter_mode, sha256},
};

use crate::attachment::{File, Iv};

/// What a buffer holds before it is read to.
const UNTOUCHED: u8 = 0x5a;
/// So many reads at most with buffers of the fuzzer's; then with large ones.
const MOST_READS: usize = 64;
const LARGE: usize = 70_000;

#[derive(Arbitrary, Debug)]
pub(crate) struct Input<'a> {
    iv: Iv,
    /// What the first pass meets: another file than the event speaks of.
    damage: Option<Damage>,
    /// What the second pass meets.
    second: Option<Second<'a>>,
    /// So many bytes stand before the attachment in the source.
    begin: u8,
    first_turns: Vec<Turn>,
    second_turns: Vec<Turn>,
    seek_fails: bool,
    buffers: &'a [u8],
    file: File<'a>,
}

#[derive(Arbitrary, Debug)]
enum Second<'a> {
    Damaged(Damage),
    Grown(&'a [u8]),
    Other(&'a [u8]),
}

/// What one read does. Behind the last of them, each reads as much as there is.
#[derive(Arbitrary, Clone, Copy, Debug)]
enum Turn {
    AtMost(u8),
    Interrupted,
    Fails,
    /// More is said to be read than there is room for: in the second pass, because it would change what the first one means.
    Lies,
}

struct Source<'a> {
    content: [&'a [u8]; 2],
    turns: [&'a [Turn]; 2],
    pass: usize,
    begin: u64,
    position: usize,
    seek_fails: bool,
    /// How much was read in the second pass.
    read: &'a Cell<usize>,
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = self.content[self.pass].get(self.position..).unwrap_or_default();
        let mut count = rest.len().min(buffer.len());
        if let Some((turn, later)) = self.turns[self.pass].split_first() {
            self.turns[self.pass] = later;
            match turn {
                // Nothing would be the end.
                Turn::AtMost(most) => count = count.min(usize::from(*most).max(1)),
                Turn::Interrupted => return Err(io::ErrorKind::Interrupted.into()),
                Turn::Fails => return Err(io::ErrorKind::ConnectionReset.into()),
                Turn::Lies if self.pass == 1 => return Ok(buffer.len() + 1),
                Turn::Lies => {}
            }
        }
        buffer[..count].copy_from_slice(&rest[..count]);
        self.position += count;
        self.read.set(self.read.get() + count * self.pass);
        Ok(count)
    }
}

impl Seek for Source<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match to {
            SeekFrom::Current(0) => Ok(self.begin + self.position as u64),
            SeekFrom::Start(_) if self.seek_fails => Err(io::ErrorKind::NotSeekable.into()),
            SeekFrom::Start(start) => {
                assert_eq!(start, self.begin, "that is where the attachment begins");
                (self.pass, self.position) = (1, 0);
                Ok(start)
            }
            other => panic!("there is no reason for {other:?}"),
        }
    }
}

pub(crate) fn changing_source(input: Input<'_>) {
    let (key, iv) = ([7; 32], input.iv.bytes());
    let file = input.file.bytes();
    let has_room = counter_mode(&key, &iv, &file).is_some();
    let ciphertext = counter_mode(&key, &iv, &file).unwrap_or(file);
    let info = AttachmentInfo::new(AttachmentVersion::V2, &key, iv, sha256(&ciphertext));
    let first = input.damage.map_or_else(|| ciphertext.clone(), |damage| damage.apply(&ciphertext, &[]));
    let second = match input.second {
        None => first.clone(),
        Some(Second::Damaged(damage)) => damage.apply(&first, &[]),
        Some(Second::Grown(more)) => [&first[..], more].concat(),
        Some(Second::Other(other)) => other.to_vec(),
    };
    let read = Cell::new(0);
    let source = Source {
        content: [&first, &second],
        turns: [&input.first_turns, &input.second_turns],
        pass: 0,
        begin: input.begin.into(),
        position: 0,
        seek_fails: input.seek_fails,
        read: &read,
    };
    let mut told = 0;
    let reader = AttachmentReader::with_progress(source, &info, |count| {
        assert!(told < count && count <= first.len() as u64);
        told = count;
    });
    let fails = fails_in_time(&input.first_turns, first.len());
    let reader = match reader {
        Err(AttachmentReaderError::Source(error)) => {
            let kind = if fails { io::ErrorKind::ConnectionReset } else { io::ErrorKind::NotSeekable };
            assert!(fails || (first == ciphertext && has_room && input.seek_fails));
            assert_eq!(error.kind(), kind);
            return;
        }
        Err(AttachmentReaderError::Attachment(error)) => {
            let is_other = first != ciphertext;
            let expected =
                if is_other { AttachmentError::HashMismatch } else { AttachmentError::CounterOverflow };
            assert!(!fails && (is_other || !has_room));
            assert_eq!(error, expected);
            return;
        }
        Err(error) => panic!("an error of a kind that this target does not know: {error}"),
        Ok(reader) => reader,
    };
    assert!(!fails && !input.seek_fails && has_room && first == ciphertext);
    assert_eq!(reader.length(), first.len() as u64);
    let read_out = read_to_end(reader, input.buffers);
    assert!(read.get() <= first.len(), "nothing is read behind what was hashed");
    let seen = counter_mode(&key, &iv, &second[..read.get()]).expect("there was room for more");
    assert_eq!(told, first.len() as u64);
    let is_whole = read_out.len() == first.len();
    let lies = input.second_turns.iter().any(|turn| matches!(turn, Turn::Lies));
    if second.starts_with(&first) {
        assert!(is_whole || lies);
    } else {
        assert!(read_out.len() < first.len(), "the last byte is not handed out");
    }
    assert!(seen.starts_with(&read_out));
}

/// Whether the first pass meets a failing read before the read that finds the end.
fn fails_in_time(turns: &[Turn], length: usize) -> bool {
    let mut left = length;
    for turn in turns {
        match turn {
            Turn::Fails => return true,
            Turn::Interrupted => {}
            Turn::AtMost(_) | Turn::Lies if left == 0 => return false,
            Turn::Lies => left -= left.min(64 * 1024),
            Turn::AtMost(most) => left -= left.min(usize::from(*most).max(1)),
        }
    }
    false
}

/// All that is handed out; whoever meets an error asks again.
fn read_to_end(mut reader: AttachmentReader<Source<'_>>, buffers: &[u8]) -> Vec<u8> {
    let mut read_out = Vec::new();
    let mut lengths = buffers.iter().map(|length| usize::from(*length)).take(MOST_READS);
    loop {
        let length = lengths.next().unwrap_or(LARGE);
        let mut buffer = vec![UNTOUCHED; length];
        match reader.read(&mut buffer) {
            Ok(0) if length == 0 => {}
            Ok(0) => {
                assert_eq!(reader.read(&mut buffer).expect("it stays the end"), 0);
                assert_eq!(read_out.len() as u64, reader.length(), "an end before the end");
                return read_out;
            }
            Ok(count) => {
                assert!(buffer[count..].iter().all(|byte| *byte == UNTOUCHED));
                read_out.extend_from_slice(&buffer[..count]);
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                let leaked = buffer.iter().any(|byte| ![0, UNTOUCHED].contains(byte));
                assert!(!leaked, "what is not authentic is not left behind");
                let again = reader.read(&mut [0; 4]).expect_err("it stays refused");
                assert_eq!(again.kind(), io::ErrorKind::InvalidData);
                return read_out;
            }
            Err(error) => {
                let kinds = [io::ErrorKind::Interrupted, io::ErrorKind::ConnectionReset];
                assert!(kinds.contains(&error.kind()), "{error}");
            }
        }
    }
}

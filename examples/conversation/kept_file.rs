//! The file that is sent, as it was when the conversation began, and how it is cut into messages. It is never in memory as a whole.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
};

use crate::Result;

/// The most bytes of the file in one message: with cipher, signature and base64 around them the text stays below 64 KiB.
const MAX_PIECE: u64 = 48_000;
/// A small file is cut into about so many messages, so that there is something to read backwards and to join late.
const FEWEST_PIECES: u64 = 16;

pub(crate) struct KeptFile {
    file: File,
    length: u64,
    piece_length: u64,
    pieces: usize,
}

impl KeptFile {
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        let piece_length = length.div_ceil(FEWEST_PIECES).clamp(1, MAX_PIECE);
        // An empty file is one empty message.
        let pieces = usize::try_from(length.div_ceil(piece_length))?.max(1);
        Ok(Self { file, length, piece_length, pieces })
    }

    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// How many messages it takes.
    pub(crate) fn pieces(&self) -> usize {
        self.pieces
    }

    /// The piece in the message at a place, counted from 0.
    pub(crate) fn piece(&mut self, place: usize) -> Result<Vec<u8>> {
        let (mut piece, length) = (Vec::new(), self.piece_length);
        self.read_from(place)?.take(length).read_to_end(&mut piece)?;
        Ok(piece)
    }

    /// Everything from a piece on.
    pub(crate) fn read_from(&mut self, place: usize) -> Result<impl Read> {
        let begin = u64::try_from(place)?.saturating_mul(self.piece_length);
        self.file.seek(SeekFrom::Start(begin))?;
        Ok(&self.file)
    }
}

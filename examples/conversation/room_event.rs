//! What a message says in the room, inside the encryption.

use cliquet::attachment::EncryptedFile;
use serde::{Deserialize, Serialize};

use crate::Result;

pub(crate) enum RoomEvent {
    Piece(Vec<u8>),
    Attachment(Attachment),
}

/// A file that was uploaded, and what opens it.
pub(crate) struct Attachment {
    /// What the sender calls it; not to be made a path of.
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) file: EncryptedFile,
}

/// There is one room. Its id is in every plaintext, so that the server cannot pass messages off as those of another room.
const ROOM_ID: &str = "!room:example.org";

/// The type of a piece. Type and room id are a line each, the piece follows as it is: JSON would want base64 around it.
const PIECE: &[u8] = b"org.example.piece";

/// The types of an attachment. Its event is JSON as in Matrix, which does not begin like a piece.
const MESSAGE: &str = "m.room.message";
const FILE: &str = "m.file";

#[derive(Serialize, Deserialize)]
struct Message {
    #[serde(rename = "type")]
    event_type: String,
    room_id: String,
    content: Content,
}

#[derive(Serialize, Deserialize)]
struct Content {
    msgtype: String,
    body: String,
    file: EncryptedFile,
    info: Info,
}

#[derive(Serialize, Deserialize)]
struct Info {
    size: u64,
}

impl RoomEvent {
    pub(crate) fn into_plaintext(self) -> Result<Vec<u8>> {
        match self {
            Self::Piece(piece) => Ok([PIECE, b"\n", ROOM_ID.as_bytes(), b"\n", &piece].concat()),
            Self::Attachment(Attachment { name, size, file }) => {
                let content = Content { msgtype: FILE.to_owned(), body: name, file, info: Info { size } };
                let (event_type, room_id) = (MESSAGE.to_owned(), ROOM_ID.to_owned());
                Ok(serde_json::to_vec(&Message { event_type, room_id, content })?)
            }
        }
    }

    /// The event, if it was written for this room.
    pub(crate) fn from_plaintext(plaintext: &[u8]) -> Result<Self> {
        let mut parts = plaintext.splitn(3, |byte| *byte == b'\n');
        match [parts.next(), parts.next(), parts.next()] {
            [Some(PIECE), Some(room_id), Some(piece)] => {
                check_room(room_id)?;
                Ok(Self::Piece(piece.to_vec()))
            }
            _ => Self::from_json(plaintext),
        }
    }

    fn from_json(plaintext: &[u8]) -> Result<Self> {
        let Message { event_type, room_id, content } = serde_json::from_slice(plaintext)?;
        check_room(room_id.as_bytes())?;
        let Content { msgtype, body, file, info } = content;
        if event_type != MESSAGE || msgtype != FILE {
            return Err(format!("a message of the unknown type {event_type}, {msgtype}").into());
        }
        Ok(Self::Attachment(Attachment { name: body, size: info.size, file }))
    }
}

fn check_room(room_id: &[u8]) -> Result<()> {
    if room_id == ROOM_ID.as_bytes() { Ok(()) } else { Err("the message names another room".into()) }
}

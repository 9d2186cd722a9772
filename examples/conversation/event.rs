//! What a letter says, inside the encryption.

use cliquet::megolm::{SessionExport, SessionKey};

use crate::Result;

/// The events that devices send each other, and their names in Matrix.
pub(crate) enum Event {
    /// The session key of the room, from the one who sends there.
    RoomKey(SessionKey),
    /// The session of the room from some message on, from somebody who can read it.
    ForwardedRoomKey(SessionExport),
    Text(String),
}

const ROOM_KEY: &str = "m.room_key";
const FORWARDED_ROOM_KEY: &str = "m.forwarded_room_key";
const TEXT: &str = "m.room.message";

impl Event {
    /// The plaintext names who writes to whom: without it a device could pass another's messages off as its own. Matrix
    /// has the fields `sender`, `recipient`, `recipient_keys` and `keys` for it.
    pub(crate) fn to_plaintext(&self, from: &str, to: &str) -> String {
        match self {
            Self::RoomKey(key) => plaintext(from, to, ROOM_KEY, key.to_base64().as_str()),
            Self::ForwardedRoomKey(export) => {
                plaintext(from, to, FORWARDED_ROOM_KEY, export.to_base64().as_str())
            }
            Self::Text(text) => plaintext(from, to, TEXT, text),
        }
    }

    /// The event, if it was written by the device `from` to the device `to`.
    pub(crate) fn from_plaintext(text: &[u8], from: &str, to: &str) -> Result<Self> {
        let mut lines = str::from_utf8(text)?.splitn(4, '\n');
        let mut line = || lines.next().ok_or("a letter needs a sender, a recipient, a type and a content");
        if line()? != from || line()? != to {
            return Err("the letter names another sender or recipient".into());
        }
        match (line()?, line()?) {
            (ROOM_KEY, content) => Ok(Self::RoomKey(SessionKey::from_base64(content)?)),
            (FORWARDED_ROOM_KEY, content) => Ok(Self::ForwardedRoomKey(SessionExport::from_base64(content)?)),
            (TEXT, content) => Ok(Self::Text(content.to_owned())),
            (other, _) => Err(format!("a letter of the unknown type {other}").into()),
        }
    }
}

fn plaintext(from: &str, to: &str, event_type: &str, content: &str) -> String {
    format!("{from}\n{to}\n{event_type}\n{content}")
}

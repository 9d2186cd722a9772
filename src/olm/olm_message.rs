use alloc::string::String;

use super::{Message, PreKeyMessage};
use crate::encoding::{DecodeError, base64};

/// The two kinds of Olm message, with the numbers that Matrix gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the Matrix specification knows exactly these two")]
pub enum MessageType {
    /// 0: a message that also carries what the other party needs to start the session.
    PreKey = 0,
    /// 1: a message of a session that both parties have.
    Normal = 1,
}

impl MessageType {
    /// The number in the `type` field of a Matrix event: 0 or 1.
    #[must_use]
    pub const fn as_usize(self) -> usize {
        match self {
            Self::PreKey => 0,
            Self::Normal => 1,
        }
    }
}

/// An Olm message of either kind: what [`Session::encrypt`](super::Session::encrypt) returns and
/// [`Session::decrypt`](super::Session::decrypt) takes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the Matrix specification knows exactly these two")]
pub enum OlmMessage {
    /// A pre-key message (type 0).
    PreKey(PreKeyMessage),
    /// A normal message (type 1).
    Normal(Message),
}

impl OlmMessage {
    /// Reads a message from the two fields of a Matrix event: its `type` and its `body`.
    ///
    /// # Errors
    ///
    /// [`DecodeError::MessageType`] if `message_type` is neither 0 nor 1; otherwise as [`Message::from_base64`].
    pub fn from_parts(message_type: usize, body: &str) -> Result<Self, DecodeError> {
        match message_type {
            0 => PreKeyMessage::from_base64(body).map(Self::PreKey),
            1 => Message::from_base64(body).map(Self::Normal),
            found => Err(DecodeError::MessageType { found }),
        }
    }

    /// Which of the two kinds this is.
    #[must_use]
    pub const fn message_type(&self) -> MessageType {
        match self {
            Self::PreKey(_) => MessageType::PreKey,
            Self::Normal(_) => MessageType::Normal,
        }
    }

    /// The most bytes that the plaintext can have: one less than the ciphertext.
    #[must_use]
    pub fn max_plaintext_len(&self) -> usize {
        let ciphertext = match self {
            Self::PreKey(message) => message.ciphertext(),
            Self::Normal(message) => message.ciphertext(),
        };
        ciphertext.len().saturating_sub(1)
    }

    /// The wire bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::PreKey(message) => message.as_bytes(),
            Self::Normal(message) => message.as_bytes(),
        }
    }

    /// The message as unpadded base64, the `body` of a Matrix event.
    #[must_use]
    pub fn to_base64(&self) -> String {
        base64::encode_message(self.as_bytes())
    }
}

impl From<PreKeyMessage> for OlmMessage {
    fn from(message: PreKeyMessage) -> Self {
        Self::PreKey(message)
    }
}

impl From<Message> for OlmMessage {
    fn from(message: Message) -> Self {
        Self::Normal(message)
    }
}

//! The channel of MSC4108: an elliptic-curve integrated encryption scheme.
//!
//! ```text
//! ss = X25519(ours, theirs)
//! key S to G = HKDF-SHA-512(no salt, ss, INFO "_ENCKEY_S|" G's key "|" S's key, 32)      keys in unpadded base64
//! key G to S = HKDF-SHA-512(no salt, ss, INFO "_ENCKEY_G|" G's key "|" S's key, 32)
//! check code = HKDF-SHA-512(no salt, ss, INFO "_CHECKCODE|" G's key "|" S's key, 2)
//! message    = ChaCha20-Poly1305(key, number of the message in 12 bytes, little endian, from 0)
//! ```
//!
//! Where the proposal's text and vodozemac 0.11 differ (it names SHA-256 and, in one place, another first number), this is what vodozemac does, and with it
//! every client there is.
//!
//! # Example
//!
//! ```
//! # #[cfg(feature = "getrandom")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use cliquet::{SystemRandom, login::{DigitMode, ecies::{Ecies, InitialMessage, Message}}};
//!
//! let mut rng = SystemRandom::new();
//! let shows = Ecies::new(&mut rng)?; // its public key goes into the QR code
//! let reads = Ecies::new(&mut rng)?;
//!
//! let sent = reads.establish_outbound_channel(shows.public_key(), b"MATRIX_QR_CODE_LOGIN_INITIATE")?;
//! let message = InitialMessage::from_text(&sent.message.to_text())?;
//! let received = shows.establish_inbound_channel(&message)?;
//! assert_eq!(received.plaintext, b"MATRIX_QR_CODE_LOGIN_INITIATE"); // anything else ends the channel
//!
//! let mut second = received.channel;
//! let answer = Message::from_base64(&second.encrypt(b"MATRIX_QR_CODE_LOGIN_OK")?.to_base64())?;
//! let answered = sent.channel.receive_answer(&answer)?;
//! assert_eq!(answered.plaintext, b"MATRIX_QR_CODE_LOGIN_OK"); // anything else ends the channel
//!
//! // The user reads two digits on the one device and types them into the other, before anything secret is sent.
//! let mut first = answered.channel;
//! let typed = first.check_code().to_digits(DigitMode::AllowLeadingZero);
//! assert!(second.check_code().matches(&typed, DigitMode::AllowLeadingZero));
//! assert_eq!(second.decrypt(&first.encrypt(b"secrets")?)?, b"secrets");
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "getrandom"))]
//! # fn main() {}
//! ```

use alloc::{boxed::Box, format, string::String, vec::Vec};
use core::{error::Error, fmt};

use rand_core::TryCryptoRng;

use super::{
    CheckCode, DEFAULT_INFO,
    direction::{ByteOrder, Direction, Exhausted, OpenError},
};
use crate::{
    encoding::{DecodeError, base64},
    handed_back::HandedBack,
    keys::{Curve25519KeyPair, Curve25519PublicKey},
    primitives::{kdf, x25519::NonContributory},
    random::RandomError,
    secret::{Scratch, Secret},
};

/// One end of a channel to be: an ephemeral key pair, used for one channel.
#[derive(Debug)]
pub struct Ecies {
    key_pair: Curve25519KeyPair,
    info: String,
}

/// A channel in both directions.
///
/// Messages are numbered: they open in the order in which they were encrypted, and each once.
pub struct EstablishedEcies {
    our_public_key: Curve25519PublicKey,
    their_public_key: Curve25519PublicKey,
    sending: Direction,
    receiving: Direction,
    check_code: CheckCode,
}

/// What [`Ecies::establish_outbound_channel`] made.
#[derive(Debug)]
#[non_exhaustive]
pub struct OutboundCreation {
    /// The channel, which nobody has answered yet.
    pub channel: UnansweredEcies,
    /// The first message, for the device that has shown its key.
    pub message: InitialMessage,
}

/// S with the first message sent and no answer yet: it can only wait for that. Until it has come, it has no check code to show.
#[derive(Debug)]
pub struct UnansweredEcies(Box<EstablishedEcies>);

/// What [`UnansweredEcies::receive_answer`] made.
#[non_exhaustive]
pub struct Answered {
    /// The channel in both directions.
    pub channel: EstablishedEcies,
    /// What the first answer said; the caller's to wipe.
    pub plaintext: Vec<u8>,
}

/// What [`Ecies::establish_inbound_channel`] made.
#[non_exhaustive]
pub struct InboundCreation {
    /// The channel to whoever has read our key. Compare the check code before anything secret is sent.
    pub channel: EstablishedEcies,
    /// What the first message said; the caller's to wipe.
    pub plaintext: Vec<u8>,
}

/// The first message of a channel, with the public key of the device that sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InitialMessage {
    /// The public key of S.
    pub public_key: Curve25519PublicKey,
    /// The ciphertext and its tag.
    pub ciphertext: Vec<u8>,
}

/// Every further message of a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// The ciphertext and its tag.
    pub ciphertext: Vec<u8>,
}

/// Why a channel could not be made or used. It is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EciesError {
    /// The public key of the other device has small order, so that no secret could be agreed.
    NonContributoryKey,
    /// The message is forged, damaged, out of order, a repetition, or meant for another channel.
    AuthenticationFailed,
    /// 2^64 - 1 messages went in this direction, or the message is longer than 256 GiB.
    Exhausted,
}

impl Ecies {
    /// A new key pair for one channel of the login by QR code. Draws 32 bytes from `rng`.
    ///
    /// # Errors
    ///
    /// [`RandomError`] if the generator fails.
    pub fn new<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, RandomError> {
        Self::with_info(DEFAULT_INFO, rng)
    }

    /// A new key pair for one channel of another application, both of whose devices give the same `info`. Draws 32 bytes from `rng`.
    ///
    /// # Errors
    ///
    /// [`RandomError`] if the generator fails.
    pub fn with_info<R: TryCryptoRng + ?Sized>(info: &str, rng: &mut R) -> Result<Self, RandomError> {
        Ok(Self { key_pair: Curve25519KeyPair::random(rng)?, info: info.into() })
    }

    /// Our public key.
    #[must_use]
    pub fn public_key(&self) -> Curve25519PublicKey {
        self.key_pair.public()
    }

    /// Opens a channel to the device that has shown `their_public_key`, and encrypts the first message, as S.
    ///
    /// # Errors
    ///
    /// [`EciesError::NonContributoryKey`] if the key has small order; `self` is handed back.
    pub fn establish_outbound_channel(
        self,
        their_public_key: Curve25519PublicKey,
        plaintext: &[u8],
    ) -> Result<OutboundCreation, HandedBack<Self, EciesError>> {
        let created = self.keys(their_public_key, Role::S).and_then(|mut channel| {
            let ciphertext = channel.encrypt(plaintext)?.ciphertext;
            let message = InitialMessage { public_key: self.public_key(), ciphertext };
            Ok(OutboundCreation { channel: UnansweredEcies(Box::new(channel)), message })
        });
        created.map_err(|error| HandedBack::new(self, error))
    }

    /// Makes the channel of the first message of a device that has read our public key, and decrypts it, as G.
    ///
    /// # Errors
    ///
    /// [`EciesError::NonContributoryKey`] if the key of the message has small order, [`EciesError::AuthenticationFailed`] if it does not
    /// decrypt; `self` is handed back.
    pub fn establish_inbound_channel(
        self,
        message: &InitialMessage,
    ) -> Result<InboundCreation, HandedBack<Self, EciesError>> {
        let created = self.keys(message.public_key, Role::G).and_then(|mut channel| {
            let plaintext = channel.receiving.open(&[], &message.ciphertext)?;
            Ok(InboundCreation { channel, plaintext })
        });
        created.map_err(|error| HandedBack::new(self, error))
    }

    fn keys(&self, theirs: Curve25519PublicKey, role: Role) -> Result<EstablishedEcies, EciesError> {
        let mut shared_secret = Scratch::zeroed();
        self.key_pair.diffie_hellman(&theirs, shared_secret.as_mut_bytes())?;
        let ours = self.public_key();
        let (key_of_g, key_of_s) = match role {
            Role::G => (ours, theirs),
            Role::S => (theirs, ours),
        };
        let label = |name: &str| format!("{}_{name}|{key_of_g}|{key_of_s}", self.info);
        let direction = |name: &str| {
            let mut key = Secret::zeroed();
            kdf::hkdf_sha512(shared_secret.as_bytes(), label(name).as_bytes(), key.as_mut_bytes());
            Direction::new(key, [0; 12], ByteOrder::LittleEndian)
        };
        let (from_s, from_g) = (direction("ENCKEY_S"), direction("ENCKEY_G"));
        let (sending, receiving) = match role {
            Role::G => (from_g, from_s),
            Role::S => (from_s, from_g),
        };
        let mut check_code = [0; 2];
        kdf::hkdf_sha512(shared_secret.as_bytes(), label("CHECKCODE").as_bytes(), &mut check_code);
        Ok(EstablishedEcies {
            our_public_key: ours,
            their_public_key: theirs,
            sending,
            receiving,
            check_code: CheckCode::from_bytes(check_code),
        })
    }
}

/// Who one is: the device that has shown its key, or the one that has read it.
#[derive(Clone, Copy)]
enum Role {
    G,
    S,
}

impl UnansweredEcies {
    /// Decrypts the first answer of G, which shows that the channel goes to the device that has shown its key.
    ///
    /// # Errors
    ///
    /// [`EciesError::AuthenticationFailed`] if the message is not that answer; `self` is handed back, and waits for another.
    pub fn receive_answer(mut self, message: &Message) -> Result<Answered, HandedBack<Self, EciesError>> {
        match self.0.decrypt(message) {
            Ok(plaintext) => Ok(Answered { channel: *self.0, plaintext }),
            Err(error) => Err(HandedBack::new(self, error)),
        }
    }
}

impl EstablishedEcies {
    /// Encrypts the next message, of any length.
    ///
    /// # Errors
    ///
    /// [`EciesError::Exhausted`] after 2^64 - 1 messages; the channel is as it was.
    pub fn encrypt(&mut self, plaintext: &[u8]) -> Result<Message, EciesError> {
        Ok(Message { ciphertext: self.sending.seal(&[], plaintext)? })
    }

    /// Decrypts the next message; the result is the caller's to wipe.
    ///
    /// # Errors
    ///
    /// [`EciesError::AuthenticationFailed`] if it is not the next message of the other device, [`EciesError::Exhausted`] after 2^64 - 1
    /// messages. The channel is as it was, and still waits for the same message.
    pub fn decrypt(&mut self, message: &Message) -> Result<Vec<u8>, EciesError> {
        Ok(self.receiving.open(&[], &message.ciphertext)?)
    }

    /// What the user compares: see [the module above](super).
    #[must_use]
    pub fn check_code(&self) -> CheckCode {
        self.check_code.clone()
    }

    /// Our public key in this channel.
    #[must_use]
    pub fn our_public_key(&self) -> Curve25519PublicKey {
        self.our_public_key
    }

    /// The public key of the other device in this channel.
    #[must_use]
    pub fn their_public_key(&self) -> Curve25519PublicKey {
        self.their_public_key
    }
}

#[cfg(test)]
impl EstablishedEcies {
    /// Pretends that so many messages went by in both directions.
    pub(super) fn set_sequence(&mut self, sequence: u64) {
        self.sending.set_sequence(sequence);
        self.receiving.set_sequence(sequence);
    }
}

impl InitialMessage {
    /// The message as text: unpadded base64 of the ciphertext, `|`, unpadded base64 of the public key.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{}|{}", base64::encode(&self.ciphertext), self.public_key)
    }

    /// The message with this text; padding optional.
    ///
    /// # Errors
    ///
    /// [`DecodeError::MissingSeparator`] if there are not two parts, [`DecodeError::Base64`] if one is no base64,
    /// [`DecodeError::Length`] if the key has not 32 bytes.
    pub fn from_text(text: &str) -> Result<Self, DecodeError> {
        let (ciphertext, public_key) = text.split_once('|').ok_or(DecodeError::MissingSeparator)?;
        Ok(Self {
            ciphertext: base64::decode(ciphertext)?,
            public_key: Curve25519PublicKey::from_base64(public_key)?,
        })
    }
}

impl Message {
    /// The message as unpadded base64.
    #[must_use]
    pub fn to_base64(&self) -> String {
        base64::encode(&self.ciphertext)
    }

    /// The message with this text: base64, padding optional.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Base64`] if the text is no base64.
    pub fn from_base64(text: &str) -> Result<Self, DecodeError> {
        base64::decode(text).map(|ciphertext| Self { ciphertext })
    }
}

impl fmt::Debug for EstablishedEcies {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EstablishedEcies")
            .field("our_public_key", &self.our_public_key)
            .field("their_public_key", &self.their_public_key)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Answered {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Answered")
            .field("channel", &self.channel)
            .field("plaintext_length", &self.plaintext.len())
            .finish()
    }
}

impl fmt::Debug for InboundCreation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("InboundCreation")
            .field("channel", &self.channel)
            .field("plaintext_length", &self.plaintext.len())
            .finish()
    }
}

impl fmt::Display for EciesError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NonContributoryKey => "the public key of the other device has small order",
            Self::AuthenticationFailed => "the message does not decrypt",
            Self::Exhausted => {
                "the channel has numbered all messages that it can, or the message is too long"
            }
        })
    }
}

impl Error for EciesError {}

impl From<NonContributory> for EciesError {
    fn from(_: NonContributory) -> Self {
        Self::NonContributoryKey
    }
}

impl From<Exhausted> for EciesError {
    fn from(_: Exhausted) -> Self {
        Self::Exhausted
    }
}

impl From<OpenError> for EciesError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::AuthenticationFailed => Self::AuthenticationFailed,
            OpenError::Exhausted => Self::Exhausted,
        }
    }
}

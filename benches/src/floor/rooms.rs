//! Megolm.

use std::ops::Range;

use ed25519_dalek::{
    SecretKey, VerifyingKey,
    hazmat::{ExpandedSecretKey, raw_sign},
};
use sha2::Sha512;

use super::{
    Floor,
    bytes::{Fields, decode, decode_secret, encode, encode_secret, put_varint, random},
    kdf::{NO_SALT, hkdf},
    message::{self, MAC_LENGTH, padded},
    primitives::ed25519::{self, BulkVerifier, PublicPoint},
    ratchet::Ratchet,
};
use crate::{
    Result,
    libraries::{Bulk, Rooms},
};

const SESSION_KEY_VERSION: u8 = 2;
const EXPORT_VERSION: u8 = 1;
/// Version, index, ratchet and public key.
const EXPORT_LENGTH: usize = 165;
const SIGNATURE_LENGTH: usize = 64;

pub(crate) struct Sender {
    ratchet: Ratchet,
    signing_key: ExpandedSecretKey,
    public_key: VerifyingKey,
}

impl Sender {
    /// Moves on to a later index, without a message for each before it.
    pub(crate) fn advance_to(&mut self, index: u32) {
        self.ratchet.advance_to(index);
    }
}

pub(crate) struct Reader {
    ratchet: Ratchet,
    public_key: PublicPoint,
}

/// A message whose signature was verified, or is about to be.
struct Message {
    bytes: Vec<u8>,
    index: u32,
    ciphertext: Range<usize>,
}

impl Message {
    fn decode(message: &str) -> Result<Self> {
        let bytes = decode(message)?;
        let mut fields = Fields(&bytes);
        fields.expect(&[3, 0x08])?;
        let index = u32::try_from(fields.varint()?)?;
        fields.expect(&[0x12])?;
        let length = fields.varint()?;
        let start = bytes.len().saturating_sub(fields.0.len());
        Ok(Self { bytes, index, ciphertext: start..start.saturating_add(length) })
    }

    /// What is signed, and the signature.
    fn signed(&self) -> Result<(&[u8], &[u8; SIGNATURE_LENGTH])> {
        self.bytes.split_last_chunk().ok_or_else(|| "a message ends early".into())
    }

    fn open(self, ratchet: &mut Ratchet) -> Result<Vec<u8>> {
        ratchet.advance_to(self.index);
        let keys = hkdf(&NO_SALT, &ratchet.parts, b"MEGOLM_KEYS");
        message::open(&keys, self.bytes, self.ciphertext)
    }
}

fn verify(public_key: &PublicPoint, (signed, signature): (&[u8], &[u8; SIGNATURE_LENGTH])) -> Result<()> {
    ed25519::verify(public_key, signed, signature).map_err(|_| "a signature is wrong".into())
}

impl Rooms for Floor {
    type Sender = Sender;
    type Reader = Reader;
    type Export = String;

    fn sender() -> Result<Sender> {
        let seed: SecretKey = random()?;
        let signing_key = ExpandedSecretKey::from(&seed);
        let public_key = VerifyingKey::from(&signing_key);
        Ok(Sender { ratchet: Ratchet { parts: random()?, index: 0 }, signing_key, public_key })
    }

    fn session_key(sender: &Sender) -> Result<String> {
        let mut bytes = shared(SESSION_KEY_VERSION, &sender.ratchet, sender.public_key.as_bytes());
        sign(sender, &mut bytes);
        Ok(encode_secret(&bytes))
    }

    fn reader(session_key: &str) -> Result<Reader> {
        let bytes: [u8; EXPORT_LENGTH + SIGNATURE_LENGTH] = decode_secret(session_key)?;
        let (signed, signature) = bytes.split_first_chunk::<EXPORT_LENGTH>().ok_or("no session key")?;
        let reader = read_shared(SESSION_KEY_VERSION, signed)?;
        verify(&reader.public_key, (signed, signature.try_into()?))?;
        Ok(reader)
    }

    fn send(sender: &mut Sender, plaintext: &[u8]) -> Result<String> {
        let index = sender.ratchet.index;
        let keys = hkdf(&NO_SALT, &sender.ratchet.parts, b"MEGOLM_KEYS");
        let length = padded(plaintext.len());
        let mut bytes = Vec::with_capacity(length.saturating_add(16 + MAC_LENGTH + SIGNATURE_LENGTH));
        bytes.extend_from_slice(&[3, 0x08]);
        put_varint(&mut bytes, usize::try_from(index)?);
        bytes.push(0x12);
        put_varint(&mut bytes, length);
        let start = bytes.len();
        bytes.extend_from_slice(plaintext);
        message::seal(&keys, &mut bytes, start)?;
        sign(sender, &mut bytes);
        sender.ratchet.advance_to(index.saturating_add(1));
        Ok(encode(&bytes))
    }

    fn read(reader: &mut Reader, message: &str) -> Result<(Vec<u8>, u32)> {
        let message = Message::decode(message)?;
        verify(&reader.public_key, message.signed()?)?;
        let index = message.index;
        Ok((message.open(&mut reader.ratchet)?, index))
    }

    fn export(reader: &mut Reader) -> Result<String> {
        Ok(encode_secret(&shared(EXPORT_VERSION, &reader.ratchet, reader.public_key.as_bytes())))
    }

    fn export_text(export: &String) -> &str {
        export
    }

    fn import(export: &str) -> Result<Reader> {
        read_shared(EXPORT_VERSION, &decode_secret(export)?)
    }
}

impl Bulk for Floor {
    fn read_all(reader: &mut Reader, messages: &[String]) -> Result<Vec<Vec<u8>>> {
        let messages = messages.iter().map(|message| Message::decode(message)).collect::<Result<Vec<_>>>()?;
        let signed = messages.iter().map(Message::signed).collect::<Result<Vec<_>>>()?;
        let verdicts = BulkVerifier::new(&reader.public_key).verify(signed);
        if verdicts.iter().any(|verdict| verdict.is_err()) {
            return Err("a signature is wrong".into());
        }
        messages.into_iter().map(|message| message.open(&mut reader.ratchet)).collect()
    }
}

/// Appends the signature over all bytes.
fn sign(sender: &Sender, bytes: &mut Vec<u8>) {
    let signature = raw_sign::<Sha512>(&sender.signing_key, bytes, &sender.public_key);
    bytes.extend_from_slice(&signature.to_bytes());
}

/// What session keys and exports have in common.
fn shared(version: u8, ratchet: &Ratchet, public_key: &[u8; 32]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(EXPORT_LENGTH + SIGNATURE_LENGTH);
    bytes.push(version);
    bytes.extend_from_slice(&ratchet.index.to_be_bytes());
    bytes.extend_from_slice(&ratchet.parts);
    bytes.extend_from_slice(public_key);
    bytes
}

fn read_shared(version: u8, bytes: &[u8; EXPORT_LENGTH]) -> Result<Reader> {
    let mut fields = Fields(bytes);
    fields.expect(&[version])?;
    let index = u32::from_be_bytes(fields.take(4)?.try_into()?);
    let parts = fields.take(128)?.try_into()?;
    let public_key = ed25519::public_point(&fields.key()?).ok_or("a public key is no point")?;
    Ok(Reader { ratchet: Ratchet { parts, index }, public_key })
}

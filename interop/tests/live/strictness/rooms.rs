//! Megolm messages and exports that are not as the specification writes them, and what a session knows of its origin.

use cliquet::megolm::{InboundGroupSession, MegolmMessage, Provenance, SessionConfig, SessionExport};
use cliquet_interop::libolm;
use rand::{Rng, SeedableRng, rngs::StdRng};
use vodozemac::{Ed25519Keypair, base64_encode, hazmat::Cipher};

use super::{ACCEPTS, Row, answer, bytes_field, compare, integer_field, long_integer_field, malleated};
use crate::party::first_seed;

/// Everything that a sender has, at index 0.
struct Room {
    ratchet: [u8; 128],
    signing_key: Ed25519Keypair,
}

impl Room {
    fn new() -> Self {
        let mut ratchet = [0; 128];
        StdRng::seed_from_u64(first_seed()).fill_bytes(&mut ratchet);
        Self { ratchet, signing_key: Ed25519Keypair::new() }
    }

    fn export(&self) -> Vec<u8> {
        [&[1, 0, 0, 0, 0], &self.ratchet[..], self.signing_key.public_key().as_bytes()].concat()
    }

    fn cipher(&self) -> Cipher {
        Cipher::new_megolm(&self.ratchet)
    }

    fn message_index(&self) -> Vec<u8> {
        integer_field(1, 0)
    }

    fn ciphertext(&self) -> Vec<u8> {
        bytes_field(2, &self.cipher().encrypt(b"plaintext"))
    }

    /// A ciphertext that decrypts to this block and no more.
    fn unpadded(&self, block: &[u8; 16]) -> Vec<u8> {
        bytes_field(2, &self.cipher().encrypt(block)[..16])
    }

    /// The sender writes these fields, and authenticates and signs what it writes.
    fn signed(&self, fields: &[Vec<u8>]) -> Vec<u8> {
        let message = [&[3], &fields.concat()[..]].concat();
        let mac = self.cipher().mac(&message).truncate();
        self.with_signature(&[&message[..], &mac].concat())
    }

    fn with_signature(&self, message: &[u8]) -> Vec<u8> {
        [message, &self.signing_key.sign(message).to_bytes()].concat()
    }

    fn message(&self) -> Vec<u8> {
        self.signed(&[self.message_index(), self.ciphertext()])
    }

    /// Somebody on the way, who cannot sign, puts these fields in place of the sender's.
    fn rewritten(&self, fields: &[Vec<u8>]) -> Vec<u8> {
        let message = self.message();
        [&[3], &fields.concat()[..], &message[message.len() - 72..]].concat()
    }
}

const MESSAGES: [Row<Room>; 13] = [
    Row("as it should be", Room::message, [ACCEPTS, ACCEPTS, ACCEPTS]),
    // Rewritten on the way: vodozemac verifies what it would have written instead of what it received.
    Row(
        "fields rewritten in another order",
        |m| m.rewritten(&[m.ciphertext(), m.message_index()]),
        ["UnexpectedField", "BAD_SIGNATURE", ACCEPTS],
    ),
    Row(
        "an unknown field inserted",
        |m| m.rewritten(&[m.message_index(), integer_field(3, 7), m.ciphertext()]),
        ["UnexpectedField", "BAD_SIGNATURE", ACCEPTS],
    ),
    Row(
        "message index 0 rewritten in two bytes",
        |m| m.rewritten(&[long_integer_field(1, 0), m.ciphertext()]),
        ["NonCanonicalVarint", "BAD_SIGNATURE", ACCEPTS],
    ),
    Row(
        "message index 0 rewritten as 2^32",
        |m| m.rewritten(&[integer_field(1, 1 << 32), m.ciphertext()]),
        ["IntegerTooLarge", "BAD_SIGNATURE", ACCEPTS],
    ),
    Row(
        "message index 0 left out",
        |m| m.rewritten(&[m.ciphertext()]),
        ["UnexpectedField", "BAD_MESSAGE_FORMAT", ACCEPTS],
    ),
    // Written so by the sender: libolm takes it, as the signature is right.
    Row(
        "fields in another order",
        |m| m.signed(&[m.ciphertext(), m.message_index()]),
        ["UnexpectedField", ACCEPTS, "Signature("],
    ),
    Row(
        "an unknown field",
        |m| m.signed(&[m.message_index(), integer_field(3, 7), m.ciphertext()]),
        ["UnexpectedField", ACCEPTS, "Signature("],
    ),
    Row(
        "message index 0 in two bytes",
        |m| m.signed(&[long_integer_field(1, 0), m.ciphertext()]),
        ["NonCanonicalVarint", ACCEPTS, "Signature("],
    ),
    Row(
        "message index 2^32 for 0",
        |m| m.signed(&[integer_field(1, 1 << 32), m.ciphertext()]),
        ["IntegerTooLarge", ACCEPTS, "Signature("],
    ),
    Row(
        "a last byte 0 for padding",
        |m| m.signed(&[m.message_index(), m.unpadded(b"fifteen bytes..\0")]),
        ["AuthenticationFailed", ACCEPTS, "InvalidPadding"],
    ),
    Row(
        "the right signature on a wrong MAC",
        |m| {
            let message = m.message();
            let mut unsigned = message[..message.len() - 64].to_vec();
            *unsigned.last_mut().unwrap() ^= 1;
            m.with_signature(&unsigned)
        },
        ["AuthenticationFailed", "BAD_MESSAGE_MAC", "InvalidMAC"],
    ),
    Row(
        "a signature written a second way",
        |m| {
            let message = m.message();
            let (unsigned, signature) = message.split_at(message.len() - 64);
            [unsigned, &malleated(signature.try_into().unwrap())].concat()
        },
        ["InvalidSignature", ACCEPTS, "Signature("],
    ),
];

#[test]
fn table_of_messages() {
    let room = Room::new();
    for Row(what, forge, expected) in MESSAGES {
        compare(what, expected, |implementation| {
            let mut receiver = implementation.import(&base64_encode(room.export())).unwrap();
            let before = receiver.export_at(0);
            let opened = receiver.decrypt(&base64_encode(forge(&room)));
            assert_eq!(receiver.export_at(0), before, "{what}");
            let message = base64_encode(room.message());
            assert_eq!(receiver.decrypt(&message), Ok((b"plaintext".to_vec(), 0)), "{what}");
            answer(opened)
        });
    }
}

const EXPORTS: [Row<Room>; 5] = [
    Row("as it should be", Room::export, [ACCEPTS, ACCEPTS, ACCEPTS]),
    Row(
        "version 2",
        |m| [&[2], &m.export()[1..]].concat(),
        ["UnsupportedVersion { version: 2 }", "BAD_SESSION_KEY", "Version("],
    ),
    Row(
        "no point for a public key",
        |m| [&m.export()[..133], &[2; 1], &[0; 31]].concat(),
        ["PublicKey", ACCEPTS, "PublicKey("],
    ),
    Row(
        "a byte short",
        |m| m.export()[..164].to_vec(),
        ["Length { expected: 165, actual: 164 }", "BAD_SESSION_KEY", "Read("],
    ),
    Row(
        "a byte more",
        |m| [&m.export()[..], &[0]].concat(),
        ["Length { expected: 165, actual: 166 }", "BAD_SESSION_KEY", ACCEPTS],
    ),
];

#[test]
fn table_of_exports() {
    let room = Room::new();
    for Row(what, forge, expected) in EXPORTS {
        compare(what, expected, |implementation| answer(implementation.import(&base64_encode(forge(&room)))));
    }
}

/// libolm calls an imported session verified once it has decrypted anything; for cliquet it stays an imported one.
#[test]
fn decrypting_proves_nothing_of_the_origin() {
    let room = Room::new();
    let (export, message) = (base64_encode(room.export()), base64_encode(room.message()));

    let mut of_libolm = libolm::InboundGroupSession::import(&export).unwrap();
    assert!(!of_libolm.is_verified());
    of_libolm.decrypt(&message).unwrap();
    assert!(of_libolm.is_verified());

    let mut session =
        InboundGroupSession::import(&SessionExport::from_base64(&export).unwrap(), SessionConfig::default());
    session.decrypt(&MegolmMessage::from_base64(&message).unwrap()).unwrap();
    assert_eq!(session.provenance(), Provenance::Imported);
}

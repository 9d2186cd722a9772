//! Normal Olm messages that are not as the specification writes them.

use vodozemac::{Curve25519PublicKey, hazmat::Cipher, olm};

use super::{ACCEPTS, Row, answer, bytes_field, compare, integer_field, long_integer_field};
use crate::party::{Implementation, NORMAL, OlmMessage, PRE_KEY, Random, Session, first_seed};

/// What a message is made of, as only its sender has it. The chain index is 0.
struct Parts {
    ratchet_key: Vec<u8>,
    cipher: Cipher,
}

impl Parts {
    fn ratchet_key(&self) -> Vec<u8> {
        bytes_field(1, &self.ratchet_key)
    }

    fn chain_index(&self) -> Vec<u8> {
        integer_field(2, 0)
    }

    fn ciphertext(&self) -> Vec<u8> {
        bytes_field(4, &self.cipher.encrypt(b"plaintext"))
    }

    /// A ciphertext that decrypts to this block and no more.
    fn unpadded(&self, block: &[u8; 16]) -> Vec<u8> {
        bytes_field(4, &self.cipher.encrypt(block)[..16])
    }

    /// The sender writes these fields, and authenticates what it writes.
    fn authenticated(&self, fields: &[Vec<u8>]) -> Vec<u8> {
        let message = [&[3], &fields.concat()[..]].concat();
        let mac = self.cipher.mac(&message).truncate();
        [&message[..], &mac].concat()
    }

    /// Somebody on the way, who cannot authenticate, puts these fields in place of the sender's.
    fn rewritten(&self, fields: &[Vec<u8>]) -> Vec<u8> {
        let message = self.authenticated(&[self.ratchet_key(), self.chain_index(), self.ciphertext()]);
        [&[3], &fields.concat()[..], &message[message.len() - 8..]].concat()
    }
}

const ROWS: [Row<Parts>; 16] = [
    Row(
        "as it should be",
        |m| m.authenticated(&[m.ratchet_key(), m.chain_index(), m.ciphertext()]),
        [ACCEPTS, ACCEPTS, ACCEPTS],
    ),
    // Rewritten on the way: vodozemac authenticates what it would have written instead of what it received.
    Row(
        "fields rewritten in another order",
        |m| m.rewritten(&[m.ciphertext(), m.chain_index(), m.ratchet_key()]),
        ["UnexpectedField", "BAD_MESSAGE_MAC", ACCEPTS],
    ),
    Row(
        "an unknown field inserted",
        |m| m.rewritten(&[m.ratchet_key(), m.chain_index(), integer_field(3, 7), m.ciphertext()]),
        ["UnexpectedField", "BAD_MESSAGE_MAC", ACCEPTS],
    ),
    Row(
        "an unknown field appended",
        |m| m.rewritten(&[m.ratchet_key(), m.chain_index(), m.ciphertext(), integer_field(5, 7)]),
        ["TrailingBytes", "BAD_MESSAGE_MAC", ACCEPTS],
    ),
    Row(
        "a field doubled",
        |m| m.rewritten(&[m.ratchet_key(), m.ratchet_key(), m.chain_index(), m.ciphertext()]),
        ["UnexpectedField", "BAD_MESSAGE_MAC", ACCEPTS],
    ),
    Row(
        "chain index 0 rewritten in two bytes",
        |m| m.rewritten(&[m.ratchet_key(), long_integer_field(2, 0), m.ciphertext()]),
        ["NonCanonicalVarint", "BAD_MESSAGE_MAC", ACCEPTS],
    ),
    Row(
        "chain index 0 left out",
        |m| m.rewritten(&[m.ratchet_key(), m.ciphertext()]),
        ["UnexpectedField", "BAD_MESSAGE_FORMAT", ACCEPTS],
    ),
    Row(
        "chain index 0 rewritten as 2^32",
        |m| m.rewritten(&[m.ratchet_key(), integer_field(2, 1 << 32), m.ciphertext()]),
        ["IntegerTooLarge", "BAD_MESSAGE_MAC", "TooBigMessageGap"],
    ),
    // Written so by the sender: libolm takes it, as the MAC is right.
    Row(
        "fields in another order",
        |m| m.authenticated(&[m.ciphertext(), m.chain_index(), m.ratchet_key()]),
        ["UnexpectedField", ACCEPTS, "InvalidMAC"],
    ),
    Row(
        "an unknown field",
        |m| m.authenticated(&[m.ratchet_key(), m.chain_index(), integer_field(3, 7), m.ciphertext()]),
        ["UnexpectedField", ACCEPTS, "InvalidMAC"],
    ),
    Row(
        "chain index 0 in two bytes",
        |m| m.authenticated(&[m.ratchet_key(), long_integer_field(2, 0), m.ciphertext()]),
        ["NonCanonicalVarint", ACCEPTS, "InvalidMAC"],
    ),
    Row(
        "chain index 2^32 for 0",
        |m| m.authenticated(&[m.ratchet_key(), integer_field(2, 1 << 32), m.ciphertext()]),
        ["IntegerTooLarge", ACCEPTS, "TooBigMessageGap"],
    ),
    Row(
        "a last byte 0 for padding",
        |m| m.authenticated(&[m.ratchet_key(), m.chain_index(), m.unpadded(b"fifteen bytes..\0")]),
        ["AuthenticationFailed", ACCEPTS, "InvalidPadding"],
    ),
    Row(
        "padding of unequal bytes",
        |m| {
            m.authenticated(&[
                m.ratchet_key(),
                m.chain_index(),
                m.unpadded(b"eleven byte\x01\x02\x03\x04\x05"),
            ])
        },
        ["AuthenticationFailed", ACCEPTS, "InvalidPadding"],
    ),
    Row(
        "padding longer than the ciphertext",
        |m| m.authenticated(&[m.ratchet_key(), m.chain_index(), m.unpadded(&[17; 16])]),
        ["AuthenticationFailed", "BAD_MESSAGE_MAC", "InvalidPadding"],
    ),
    Row(
        "version 4, whose MAC is longer",
        |m| {
            let mut message = m.authenticated(&[m.ratchet_key(), m.chain_index(), m.ciphertext()]);
            message[0] = 4;
            message
        },
        ["Truncated", "BAD_MESSAGE_VERSION", "ProtoBufError"],
    ),
];

#[test]
fn table() {
    for Row(what, forge, expected) in ROWS {
        compare(what, expected, |implementation| {
            let (mut sender, mut receiver) = session_with(implementation);
            let key = sender.next_message_key().unwrap();
            assert_eq!(key.index(), 0);
            let ratchet_key = Curve25519PublicKey::to_vec(key.ratchet_key().as_ref());
            let parts = Parts { ratchet_key, cipher: Cipher::new(key.key()) };
            let opened = receiver.decrypt(&OlmMessage::new(NORMAL, &forge(&parts)));

            // Whatever the answer, the session goes on.
            let next = sender.encrypt("next").unwrap().to_parts().1;
            assert_eq!(
                receiver.decrypt(&OlmMessage::new(NORMAL, &next)).as_deref(),
                Ok(&b"next"[..]),
                "{what}"
            );
            answer(opened)
        });
    }
}

/// A session that vodozemac has started and in which it is due to begin a new chain.
fn session_with(receiver: Implementation) -> (olm::Session, Box<dyn Session>) {
    let sender = olm::Account::new();
    let mut receiver = receiver.account(&Random::new(first_seed()));
    receiver.generate_one_time_keys(1);
    let [identity_key, one_time_key] = [receiver.curve25519_key(), receiver.one_time_keys().remove(0).1]
        .map(|key| Curve25519PublicKey::from_base64(&key).unwrap());
    let config = olm::SessionConfig::version_1();
    let mut session = sender.create_outbound_session(config, identity_key, one_time_key).unwrap();
    let first = session.encrypt("first").unwrap().to_parts().1;
    let identity_key = sender.curve25519_key().to_base64();
    let (mut answered, _) = receiver.answer(&identity_key, &OlmMessage::new(PRE_KEY, &first)).unwrap();
    let reply = answered.encrypt(b"reply");
    session.decrypt(&olm::OlmMessage::from_parts(NORMAL, &reply.bytes()).unwrap()).unwrap();
    (session, answered)
}

/// Base64 of messages: padding is no error for cliquet and vodozemac, libolm takes it for more bytes.
#[test]
fn padded_base64() {
    compare("a padded message", [ACCEPTS, "BAD_MESSAGE_MAC", ACCEPTS], |implementation| {
        let (mut sender, mut receiver) = session_with(implementation);
        let padded = (0..3).find_map(|length| {
            let bytes = sender.encrypt([0].repeat(16 * length)).unwrap().to_parts().1;
            let mut body = vodozemac::base64_encode(bytes);
            let missing = body.len().next_multiple_of(4) - body.len();
            body.push_str(&"=".repeat(missing));
            (missing > 0).then_some(OlmMessage { message_type: NORMAL, body })
        });
        answer(receiver.decrypt(&padded.unwrap()))
    });
}

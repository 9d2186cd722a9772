//! Pre-key messages whose outer fields, which carry no MAC, are not as they were written.

use cliquet_interop::libolm;

use super::{ACCEPTS, Row, answer, bytes_field, compare, integer_field};
use crate::{
    pair::{Pair, StartedWith, accounts, start},
    party::{Implementation, OlmMessage, PRE_KEY, Random, first_seed},
};

use Implementation::Cliquet;

/// The bytes of a pre-key message of cliquet.
struct PreKeyMessage(Vec<u8>);

impl PreKeyMessage {
    /// Each outer key takes 34 bytes, and the message inside the rest.
    fn one_time_key(&self) -> &[u8] {
        &self.0[1..35]
    }

    fn base_key(&self) -> &[u8] {
        &self.0[35..69]
    }

    fn identity_key(&self) -> &[u8] {
        &self.0[69..103]
    }

    fn message(&self) -> &[u8] {
        &self.0[103..]
    }

    fn with_version(&self, version: u8) -> Vec<u8> {
        [&[version], &self.0[1..]].concat()
    }

    fn with_fields(&self, fields: &[&[u8]]) -> Vec<u8> {
        [&self.0[..1], &fields.concat()].concat()
    }
}

/// Where the session is there already; nothing but the message inside is looked at by the peers.
const ON_A_SESSION: [Row<PreKeyMessage>; 8] = [
    Row("as it should be", |m| m.0.clone(), [ACCEPTS, ACCEPTS, ACCEPTS]),
    Row(
        "fields in another order",
        |m| m.with_fields(&[m.message(), m.identity_key(), m.base_key(), m.one_time_key()]),
        ["UnexpectedField", ACCEPTS, ACCEPTS],
    ),
    Row(
        "an unknown field",
        |m| {
            m.with_fields(&[
                m.one_time_key(),
                m.base_key(),
                m.identity_key(),
                &integer_field(5, 7),
                m.message(),
            ])
        },
        ["UnexpectedField", ACCEPTS, ACCEPTS],
    ),
    Row("version 4", |m| m.with_version(4), ["UnsupportedVersion { version: 4 }", ACCEPTS, "InvalidVersion"]),
    Row(
        "a foreign one-time key",
        |m| m.with_fields(&[&bytes_field(1, &[9; 32]), m.base_key(), m.identity_key(), m.message()]),
        ["ForeignPreKeyMessage", ACCEPTS, ACCEPTS],
    ),
    Row(
        "a foreign base key",
        |m| m.with_fields(&[m.one_time_key(), &bytes_field(2, &[9; 32]), m.identity_key(), m.message()]),
        ["ForeignPreKeyMessage", ACCEPTS, ACCEPTS],
    ),
    Row(
        "a foreign identity key",
        |m| m.with_fields(&[m.one_time_key(), m.base_key(), &bytes_field(3, &[9; 32]), m.message()]),
        ["ForeignPreKeyMessage", ACCEPTS, ACCEPTS],
    ),
    Row(
        "a base key of 31 bytes",
        |m| m.with_fields(&[m.one_time_key(), &bytes_field(2, &[9; 31]), m.identity_key(), m.message()]),
        ["Length { expected: 32, actual: 31 }", ACCEPTS, "InvalidKey"],
    ),
];

/// A genuine public key that nobody here has: the base point, RFC 7748 section 4.1.
const BASE_POINT: [u8; 32] = {
    let mut key = [0; 32];
    key[0] = 9;
    key
};

/// Where the session is made from the message.
const ON_AN_ACCOUNT: [Row<PreKeyMessage>; 9] = [
    Row("as it should be", |m| m.0.clone(), [ACCEPTS, ACCEPTS, ACCEPTS]),
    Row(
        "fields in another order",
        |m| m.with_fields(&[m.message(), m.identity_key(), m.base_key(), m.one_time_key()]),
        ["UnexpectedField", ACCEPTS, ACCEPTS],
    ),
    Row(
        "an unknown field",
        |m| {
            m.with_fields(&[
                m.one_time_key(),
                m.base_key(),
                m.identity_key(),
                &integer_field(5, 7),
                m.message(),
            ])
        },
        ["UnexpectedField", ACCEPTS, ACCEPTS],
    ),
    Row("version 4", |m| m.with_version(4), ["UnsupportedVersion { version: 4 }", ACCEPTS, "InvalidVersion"]),
    Row(
        "a foreign one-time key",
        |m| m.with_fields(&[&bytes_field(1, &[9; 32]), m.base_key(), m.identity_key(), m.message()]),
        ["UnknownOneTimeKey", "BAD_MESSAGE_KEY_ID", "MissingOneTimeKey"],
    ),
    Row(
        "a foreign base key",
        |m| m.with_fields(&[m.one_time_key(), &bytes_field(2, &BASE_POINT), m.identity_key(), m.message()]),
        ["Decryption(AuthenticationFailed)", "BAD_MESSAGE_MAC", "Decryption(InvalidMAC"],
    ),
    // X25519 ignores the highest bit (RFC 7748, section 5), the session id does not: with the peers, both sides name the
    // session differently.
    Row(
        "a base key with its highest bit set",
        |m| {
            let mut message = m.0.clone();
            message[68] |= 0x80;
            message
        },
        ["MalformedBaseKey", ACCEPTS, ACCEPTS],
    ),
    Row(
        "a base key of no secret key: a point of the twist",
        |m| m.with_fields(&[m.one_time_key(), &bytes_field(2, &[9; 32]), m.identity_key(), m.message()]),
        ["MalformedBaseKey", "BAD_MESSAGE_MAC", "Decryption(InvalidMAC"],
    ),
    Row(
        "a base key of zeros",
        |m| m.with_fields(&[m.one_time_key(), &bytes_field(2, &[0; 32]), m.identity_key(), m.message()]),
        ["NonContributoryKey", "BAD_MESSAGE_MAC", "NonContributoryKey"],
    ),
];

#[test]
fn table_on_a_session() {
    for Row(what, forge, expected) in ON_A_SESSION {
        compare(what, expected, |implementation| {
            let mut pair = Pair::unanswered((Cliquet, implementation), first_seed());
            let message = PreKeyMessage(pair.starter.encrypt(b"second").bytes());
            let opened = pair.answerer.decrypt(&OlmMessage::new(PRE_KEY, &forge(&message)));
            let next = pair.starter.encrypt(b"third");
            assert_eq!(pair.answerer.decrypt(&next).as_deref(), Ok(&b"third"[..]), "{what}");
            answer(opened)
        });
    }
}

#[test]
fn table_on_an_account() {
    for Row(what, forge, expected) in ON_AN_ACCOUNT {
        compare(what, expected, |implementation| {
            let mut accounts = accounts((Cliquet, implementation), first_seed());
            let identity_key = accounts[0].curve25519_key();
            let first = start(&mut accounts, StartedWith::OneTimeKey).encrypt(b"first");
            let forged = OlmMessage::new(PRE_KEY, &forge(&PreKeyMessage(first.bytes())));
            let made = accounts[1].answer(&identity_key, &forged);
            if made.is_err() {
                // The one-time key is still there for the true message.
                assert!(accounts[1].answer(&identity_key, &first).is_ok(), "{what}");
            }
            answer(made)
        });
    }
}

/// libolm makes a session from a message that it cannot decrypt, and keeps the one-time key after one that it can: both
/// steps are left to its caller. cliquet and vodozemac decrypt first, and use up the key exactly then.
#[test]
fn libolm_leaves_two_steps_to_its_caller() {
    let mut receiver = libolm::Account::create(&mut Random::new(first_seed()).filler()).unwrap();
    receiver.generate_one_time_keys(1, &mut Random::new(first_seed()).filler()).unwrap();
    let (_, one_time_key) = receiver.one_time_keys().unwrap().remove(0);
    let identity_key = receiver.identity_keys().unwrap().curve25519;
    let mut sender = Cliquet.account(&Random::new(first_seed()));
    let first = sender.start(&identity_key, &one_time_key).unwrap().encrypt(b"first");

    let damaged = first.with_flipped_bit(first.bytes().len() - 1, 0);
    let mut session = receiver.create_inbound_session(&damaged.body).unwrap();
    assert!(session.decrypt(PRE_KEY, &damaged.body).is_err());
    for _ in 0..2 {
        let mut session = receiver.create_inbound_session(&first.body).unwrap();
        assert_eq!(session.decrypt(PRE_KEY, &first.body).unwrap(), b"first");
    }
}

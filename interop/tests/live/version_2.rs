//! Version 2 of the messages, with the whole MAC: cliquet and vodozemac read each other, and neither reads the other
//! version. libolm does not know it.

use cliquet::{
    MessageVersion::{self, V1, V2},
    megolm, olm,
};
use rand::{SeedableRng, rngs::StdRng, seq::SliceRandom};

use super::{
    pair::{StartedWith, accounts_of, start},
    party::{
        Implementation::{Cliquet, Libolm, Vodozemac},
        OlmMessage, PRE_KEY, Pairing, Random, Reminder, first_seed, random_plaintext,
    },
    random_conversation::Conversation,
    shared_keys::{decrypt, encrypt, encrypt_ours, read, sender_and_receiver},
};

const BOTH: [Pairing; 2] = [(Cliquet, Vodozemac), (Vodozemac, Cliquet)];
const CROSSED: [(MessageVersion, MessageVersion); 2] = [(V1, V2), (V2, V1)];

/// With turns, late, lost, repeated and damaged messages.
#[test]
fn a_hundred_messages_each_way() {
    for (seed, pairing) in (first_seed()..).zip(BOTH) {
        let tally = Conversation::of(V2, pairing, seed).run(100);
        println!("{pairing:?}: {tally:?}");
        assert!(tally.turns > 10 && tally.late > 10 && tally.lost > 0, "{tally:?}");
        assert!(tally.refused_again > 5 && tally.refused_damaged > 5, "{tally:?}");
        for seed in (seed..).take(20) {
            Conversation::of(V2, pairing, seed).run(15);
        }
    }
}

/// The pre-key message around a message says 3 in both versions, as vodozemac's does.
#[test]
fn only_version_byte_and_mac_differ() {
    let (mut first, _) = sender_and_receiver(V1);
    let (mut second, _) = sender_and_receiver(V2);
    let [short, long] = [&mut first, &mut second].map(|session| match read(&encrypt(session, b"the same")) {
        olm::OlmMessage::PreKey(message) => message,
        olm::OlmMessage::Normal(_) => panic!("a session begins with pre-key messages"),
    });
    assert_eq!((short.version(), long.version()), (V1, V2));
    assert_eq!((short.as_bytes()[0], long.as_bytes()[0]), (3, 3));
    assert_eq!(short.as_bytes().len() + 24, long.as_bytes().len());
    assert_eq!(short.ciphertext(), long.ciphertext());
    assert_eq!(short.session_keys(), long.session_keys());
}

/// The account refuses, and keeps the one-time key for whoever states the right version.
#[test]
fn accounts_refuse_the_other_version() {
    for pairing in BOTH {
        for (stated, other) in CROSSED {
            let _reminder = Reminder((pairing, stated));
            let mut accounts = accounts_of(stated, pairing, first_seed());
            let first = start(&mut accounts, StartedWith::OneTimeKey).encrypt(b"first");
            assert_eq!(first.message_type, PRE_KEY);
            let identity_key = accounts[0].curve25519_key();
            accounts[1].state_version(other);
            let refused = accounts[1].answer(&identity_key, &first).err().unwrap();
            let expected = match pairing.1 {
                Cliquet => {
                    format!("Decryption(MismatchedVersion {{ expected: {other:?}, found: {stated:?} }})")
                }
                Vodozemac | Libolm => format!("{:?}", mismatch(other, stated)),
            };
            assert_eq!(refused, expected);
            accounts[1].state_version(stated);
            assert_eq!(accounts[1].answer(&identity_key, &first).unwrap().1, b"first");
        }
    }
}

fn mismatch(expected: MessageVersion, got: MessageVersion) -> vodozemac::olm::SessionCreationError {
    let config = |version| match version {
        V2 => vodozemac::olm::SessionConfig::version_2(),
        _ => vodozemac::olm::SessionConfig::version_1(),
    };
    let (expected, got) = (config(expected), Some(config(got)));
    vodozemac::olm::SessionCreationError::MismatchedSessionConfig { expected, got }
}

/// Two sessions that differ in nothing but their version: the same keys, the same ciphertexts.
#[test]
fn sessions_refuse_the_other_version() {
    for (version, other) in CROSSED {
        let (mut sender, mut receiver) = sender_and_receiver(version);
        let (mut foreign_sender, mut foreign_receiver) = sender_and_receiver(other);
        let (first, foreign) = (encrypt(&mut sender, b"first"), encrypt(&mut foreign_sender, b"first"));
        let mismatch = format!("MismatchedVersion {{ expected: {version:?}, found: {other:?} }}");
        let before = receiver.summary();
        let refused = receiver.decrypt(&read(&foreign)).unwrap_err();
        assert_eq!(format!("{refused:?}"), mismatch);
        assert_eq!(receiver.summary(), before);
        assert_eq!(receiver.decrypt(&read(&first)).unwrap(), b"first");
        foreign_receiver.decrypt(&read(&foreign)).unwrap();

        // The replies, drawn alike.
        let reply = encrypt_ours(&mut receiver, b"reply", &mut Random::new(first_seed()));
        let foreign = encrypt_ours(&mut foreign_receiver, b"reply", &mut Random::new(first_seed()));
        let refused = format!("{:?}", decrypt(&mut sender, &foreign).unwrap_err());
        assert!(refused.starts_with("InvalidMACLength("), "{refused}");
        // In the clothes of the right version: the MAC covers the version byte.
        let disguised = disguised(&foreign, version);
        let refused = format!("{:?}", decrypt(&mut sender, &disguised).unwrap_err());
        assert!(refused.starts_with("InvalidMAC("), "{refused}");
        assert_eq!(decrypt(&mut sender, &reply).unwrap(), b"reply");

        // The same with the parts exchanged.
        decrypt(&mut foreign_sender, &foreign).unwrap();
        let (next, foreign) = (encrypt(&mut sender, b"next"), encrypt(&mut foreign_sender, b"next"));
        let refused = receiver.decrypt(&read(&foreign)).unwrap_err();
        assert_eq!(format!("{refused:?}"), mismatch);
        let refused = receiver.decrypt(&read(&self::disguised(&foreign, version))).unwrap_err();
        assert_eq!(format!("{refused:?}"), "AuthenticationFailed");
        assert_eq!(receiver.decrypt(&read(&next)).unwrap(), b"next");
    }
}

/// A normal message of the other version with this version's byte, and its MAC cut or filled up.
fn disguised(message: &OlmMessage, version: MessageVersion) -> OlmMessage {
    let mut bytes = message.bytes();
    let mac_was = if version == V1 { V2 } else { V1 }.mac_length();
    bytes[0] = if version == V1 { 3 } else { 4 };
    let mac_begins = bytes.len() - mac_was;
    bytes.resize(mac_begins + version.mac_length(), 0);
    OlmMessage::new(message.message_type, &bytes)
}

/// Forwards and at random, with the session key and from an export.
#[test]
fn rooms_both_ways() {
    for (sender, receiver) in BOTH {
        let _reminder = Reminder((sender, receiver));
        let mut schedule = StdRng::seed_from_u64(first_seed());
        let mut room = sender.outbound_group_session_of(V2, &Random::new(first_seed()));
        let session_key = room.session_key();
        let mut member = receiver.inbound_group_session_of(V2, &session_key).unwrap();
        let mut own = sender.inbound_group_session_of(V2, &session_key).unwrap();
        let mut sent: Vec<_> = (0..300_u32)
            .map(|index| (index, random_plaintext(&mut schedule, 500)))
            .map(|(index, plaintext)| (room.encrypt(&plaintext), (plaintext, index)))
            .collect();
        for (message, expected) in &sent {
            assert_eq!(megolm::MegolmMessage::from_base64(message).unwrap().version(), V2);
            assert_eq!(member.decrypt(message).as_ref(), Ok(expected));
        }
        let export = member.export_at(200).unwrap();
        assert_eq!(own.export_at(200).as_ref(), Some(&export));
        let mut newcomers = [sender, receiver].map(|who| who.import_of(V2, &export).unwrap());
        sent.shuffle(&mut schedule);
        for (message, expected) in &sent {
            assert_eq!(member.decrypt(message).as_ref(), Ok(expected));
            for newcomer in &mut newcomers {
                assert_eq!(newcomer.decrypt(message).ok(), (expected.1 >= 200).then(|| expected.clone()));
            }
        }
    }
}

/// Session keys and exports do not say the version: whoever opens one states it.
#[test]
fn rooms_refuse_the_other_version() {
    for (sender, receiver) in BOTH {
        for (version, other) in CROSSED {
            let _reminder = Reminder((sender, receiver, version));
            let mut room = sender.outbound_group_session_of(version, &Random::new(first_seed()));
            let mut right = receiver.inbound_group_session_of(version, &room.session_key()).unwrap();
            let mut wrong = receiver.inbound_group_session_of(other, &room.session_key()).unwrap();
            let message = room.encrypt(b"hello");
            let refused = wrong.decrypt(&message).unwrap_err();
            let expected = match receiver {
                Cliquet => format!("MismatchedVersion {{ expected: {other:?}, found: {version:?} }}"),
                Vodozemac | Libolm => {
                    format!("InvalidMACLength({}, {})", other.mac_length(), version.mac_length())
                }
            };
            assert_eq!(refused, expected);
            assert_eq!(right.decrypt(&message), Ok((b"hello".to_vec(), 0)));
            assert_eq!(wrong.export_at(0), right.export_at(0));
        }
    }
}

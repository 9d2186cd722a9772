//! F2, F8, F12: the bytes of messages.

use cliquet::{
    Curve25519PublicKey, DecodeError, Ed25519PublicKey, MessageVersion,
    megolm::{self, InboundGroupSession, MegolmMessage, OutboundGroupSession, SessionExport, SessionKey},
    olm::{
        DecryptionError, InboundCreationError, Message, OlmMessage, PreKeyMessage, Session, SessionConfig,
        SessionKeys, SharedKeys,
    },
    pickle::Pickle,
};
use proptest::prelude::*;

use crate::support::{
    KEY, account_state, accounts, hmac, outbound, room, seal, seeded, sessions, state, turned,
};

fn of_version(version: MessageVersion) -> SessionConfig {
    SessionConfig::default().with_version(version)
}

/// A session told to read 32 bytes of MAC was content with 8 when a message said so.
#[test]
fn f02_a_session_reads_messages_of_its_stated_version_alone() {
    for (ours, theirs) in [(MessageVersion::V1, MessageVersion::V2), (MessageVersion::V2, MessageVersion::V1)]
    {
        let (alice, mut bob) = accounts();
        let (_, message) = outbound(&alice, &bob, of_version(theirs));
        let before = account_state(&bob);
        let refused =
            bob.create_inbound_session(alice.curve25519_key(), &message, of_version(ours)).unwrap_err();
        let InboundCreationError::Decryption(DecryptionError::MismatchedVersion { expected, found, .. }) =
            refused
        else {
            panic!("{refused}")
        };
        assert_eq!((expected, found), (ours, theirs));
        bob.inbound_session_unopened(alice.curve25519_key(), &message, of_version(ours)).unwrap_err();
        assert_eq!(account_state(&bob), before);

        let mut foreign = sessions(of_version(theirs)).1;
        let mut session = sessions(of_version(ours)).0;
        let message = foreign.encrypt("text", &mut seeded(1)).unwrap();
        let before = state(&session);
        let refused = session.decrypt(&message);
        assert!(matches!(refused, Err(DecryptionError::MismatchedVersion { .. })));
        assert_eq!(state(&session), before);

        let config = megolm::SessionConfig::default();
        let mut sender = OutboundGroupSession::new(config.with_version(theirs), &mut seeded(1)).unwrap();
        let mut receiver = InboundGroupSession::new(&sender.session_key(), config.with_version(ours));
        let refused = receiver.decrypt(&sender.encrypt("text").unwrap());
        assert!(matches!(refused, Err(megolm::DecryptionError::MismatchedVersion { .. })));
    }
}

/// Nor does a long MAC become a short one on the way.
#[test]
fn f02_a_message_with_its_mac_cut_and_its_version_lowered_is_refused() {
    let (mut alice, mut bob) = sessions(of_version(MessageVersion::V2));
    let answer = bob.encrypt("text", &mut seeded(1)).unwrap();
    let bytes = answer.as_bytes();
    let mut lowered = bytes[..bytes.len() - 24].to_vec();
    lowered[0] = 3;
    let lowered = Message::from_bytes(lowered).unwrap();
    assert!(matches!(alice.decrypt(&lowered.into()), Err(DecryptionError::MismatchedVersion { .. })));
    for byte in 0..32 {
        let damaged = Message::from_bytes(turned(bytes, bytes.len() - 1 - byte, 0)).unwrap();
        assert_eq!(alice.decrypt(&damaged.into()), Err(DecryptionError::AuthenticationFailed));
    }
    alice.decrypt(&answer).unwrap();
}

/// libolm copied keys of any length into a place for 32 bytes.
#[test]
fn f08_every_length_is_checked_before_it_is_used() {
    for length in (0..200).filter(|length| *length != 32) {
        let bytes = vec![9; length];
        assert!(matches!(Curve25519PublicKey::from_slice(&bytes), Err(DecodeError::Length { .. })));
        assert!(matches!(Ed25519PublicKey::from_slice(&bytes), Err(DecodeError::Length { .. })));
    }
    let (mut sender, ..) = room();
    let group = sender.encrypt("text").unwrap();
    let message = sessions(SessionConfig::default()).1.encrypt("text", &mut seeded(1)).unwrap();
    for length in 0..group.as_bytes().len() {
        MegolmMessage::from_bytes(&group.as_bytes()[..length]).unwrap_err();
    }
    for length in 0..message.as_bytes().len() {
        Message::from_bytes(&message.as_bytes()[..length]).unwrap_err();
    }
    // A stated length of 2^32 - 1, and one of 2^64 - 1.
    for stated in
        [&[0xff, 0xff, 0xff, 0xff, 0x0f][..], &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]]
    {
        Message::from_bytes([&[3, 0x0a], stated, &[7; 60]].concat()).unwrap_err();
        PreKeyMessage::from_bytes([&[3, 0x0a], stated, &[7; 60]].concat()).unwrap_err();
        MegolmMessage::from_bytes([&[3, 8, 0, 0x12], stated, &[7; 100]].concat()).unwrap_err();
    }
}

proptest! {
    /// And no bytes at all make a decoder panic, that of backups included.
    #[test]
    fn f08_no_input_panics_a_decoder(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        text in "[A-Za-z0-9+/=]{0,200}",
        start in 0_usize..5,
    ) {
        let start: &[u8] = [&[][..], &[3, 0x0a, 0x20], &[3, 8, 0, 0x12, 16], &[1], b"cliquets\x01\x01"][start];
        let bytes = [start, &bytes].concat();
        let _ = (Message::from_bytes(bytes.clone()), PreKeyMessage::from_bytes(bytes.clone()));
        let _ = (MegolmMessage::from_bytes(bytes.clone()), Pickle::from_bytes(&bytes));
        let _ = (SessionKey::from_bytes(&bytes), SessionExport::from_bytes(&bytes));
        let _ = (OlmMessage::from_parts(0, &text), OlmMessage::from_parts(1, &text));
        let _ = (Session::from_pickle_without_encryption(&bytes), SessionKey::from_base64(&text));
        let _ = Session::from_libolm_pickle(&text, KEY, SessionConfig::default().limits);
        #[cfg(feature = "insecure-pk-encryption")]
        let _ = cliquet::pk::PkMessage::from_base64(&text, &text, &text);
    }
}

/// A session, and a maker of messages for it with whatever fields and a right MAC.
fn forgeable() -> (Session, impl Fn(&[u8]) -> Vec<u8>) {
    let ratchet_key = Curve25519PublicKey::from_bytes([9; 32]);
    let (alice, _) = accounts();
    let keys: SessionKeys = outbound(&alice, &accounts().1, SessionConfig::default()).1.session_keys();
    let shared_keys = SharedKeys::from_bytes(&[1; 32], &[2; 32]);
    let session =
        Session::receiver_from_shared_keys(shared_keys, keys, ratchet_key, SessionConfig::default());
    let message_key = hmac(&[2; 32], &[1]);
    let forge = move |fields: &[u8]| {
        let header = [&[3, 0x0a, 32], &ratchet_key.as_bytes()[..], fields].concat();
        seal(&message_key, b"OLM_KEYS", &header, b"text", 8)
    };
    (session, forge)
}

/// A peer checks the MAC over what it has parsed and written again, and so takes many forms of one message.
#[test]
fn f12_of_all_encodings_of_a_message_one_is_read() {
    let (mut session, forge) = forgeable();
    let other_forms: [&[u8]; 7] = [
        // The index in more bytes than it needs, and beyond 32 bits.
        &[0x10, 0x80, 0, 0x22, 16],
        &[0x10, 0x80, 0x80, 0x80, 0x80, 0x10, 0x22, 16],
        // The length in more bytes than it needs.
        &[0x10, 0, 0x22, 0x90, 0],
        // A field that is unknown, given twice, left out, or in another place.
        &[0x10, 0, 0x18, 0, 0x22, 16],
        &[0x10, 0, 0x10, 0, 0x22, 16],
        &[0x22, 16],
        &[0x18, 0, 0x10, 0, 0x22, 16],
    ];
    for form in other_forms {
        Message::from_bytes(forge(form)).unwrap_err();
    }
    let right = forge(&[0x10, 0, 0x22, 16]);
    Message::from_bytes([&right[..], &[0x28, 0]].concat()).unwrap_err();
    assert_eq!(session.decrypt(&Message::from_bytes(right).unwrap().into()).unwrap(), b"text");
}

/// The MAC covers each byte that came, those that mean nothing included.
#[test]
fn f12_no_bit_of_a_message_may_be_another_one() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let answer = bob.encrypt("text", &mut seeded(1)).unwrap();
    let (mut sender, mut receiver, _) = room();
    let group = sender.encrypt("text").unwrap();
    for bit in 0..8 {
        for position in 0..answer.as_bytes().len() {
            if let Ok(message) = Message::from_bytes(turned(answer.as_bytes(), position, bit)) {
                alice.decrypt(&message.into()).unwrap_err();
            }
        }
        for position in 0..group.as_bytes().len() {
            if let Ok(message) = MegolmMessage::from_bytes(turned(group.as_bytes(), position, bit)) {
                receiver.decrypt(&message).unwrap_err();
            }
        }
    }
    alice.decrypt(&answer).unwrap();
    receiver.decrypt(&group).unwrap();
}

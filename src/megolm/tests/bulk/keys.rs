//! Sessions whose signing key is none, or verifies nothing.

use super::*;
use crate::{
    megolm::{SessionExport, SessionSigningKey},
    testing::counting,
};

/// `0`, `1`, and `-1` as `y`: points of order 4, 1 and 2.
fn small_orders() -> [[u8; 32]; 3] {
    let (mut one, mut minus_one) = ([0; 32], [0xff; 32]);
    one[0] = 1;
    (minus_one[0], minus_one[31]) = (0xec, 0x7f);
    [[0; 32], one, minus_one]
}

/// The session with another signing key, as a store gives it back.
fn with_key(session: &InboundGroupSession, bytes: [u8; 32]) -> InboundGroupSession {
    let mut snapshot = session.snapshot();
    snapshot.signing_key = SessionSigningKey::decode_later(bytes);
    InboundGroupSession::from_snapshot(snapshot)
}

/// Messages that say `R` is the identity and `S` is zero, which holds for the identity as a key.
fn with_empty_signatures() -> Vec<MegolmMessage> {
    let (mut sender, _) = sessions();
    let forge = |message: MegolmMessage| {
        let mut bytes = message.as_bytes().to_vec();
        let start = bytes.len() - 64;
        bytes[start..].fill(0);
        bytes[start] = 1;
        MegolmMessage::from_bytes(bytes).unwrap()
    };
    encrypt_many(&mut sender, 50).into_iter().map(forge).collect()
}

fn refuses_all(mut session: InboundGroupSession, messages: &[MegolmMessage]) {
    let before = session.clone();
    for threads in THREADS {
        for messages in [messages, &messages[..3], &[]] {
            let one_by_one: Vec<_> = messages.iter().map(|message| session.decrypt(message)).collect();
            let mut handle = with_threads(session.bulk(), threads);
            for _ in 0..2 {
                let results = handle.decrypt(messages);
                assert_eq!(results, one_by_one);
                assert!(results.iter().all(|result| *result == Err(DecryptionError::InvalidSignature)));
            }
            assert!(session == before);
        }
    }
}

#[test]
fn keys_that_are_no_point() {
    let (mut sender, receiver) = sessions();
    let mut messages = encrypt_many(&mut sender, 50);
    messages.extend(with_empty_signatures());
    let mut second_zero = [0; 32];
    (second_zero[0], second_zero[31]) = (1, 0x80);
    let mut refused = 0;
    for bytes in [[0xff; 32], second_zero, counting(0, 32).try_into().unwrap(), [2; 32], [7; 32]] {
        let session = with_key(&receiver, bytes);
        refused += usize::from(session.clone().decode_signing_key().is_err());
        refuses_all(session, &messages);
    }
    assert!(refused > 1);
}

#[test]
fn keys_of_small_order() {
    let (_, receiver) = sessions();
    let messages = with_empty_signatures();
    for bytes in small_orders() {
        let mut session = with_key(&receiver, bytes);
        session.decode_signing_key().unwrap();
        let export = SessionExport::from_bytes(session.export().as_bytes()).unwrap();
        refuses_all(InboundGroupSession::import(&export, SessionConfig::default()), &messages);
        refuses_all(session, &messages);
    }
}

/// The version comes first, even where there is no key to verify with.
#[test]
fn another_version_is_said_before_the_key_is_looked_at() {
    let (mut sender, receiver) = room();
    let plans: Vec<_> = (0..40).map(|index| (Kind::OtherVersion, index, 1)).collect();
    let messages = sender.messages(&plans);
    for bytes in [[0xff; 32], [0; 32]] {
        let mut session = with_key(&receiver, bytes);
        let results = session.bulk().decrypt(&messages);
        assert!(results.iter().all(|one| matches!(one, Err(DecryptionError::MismatchedVersion { .. }))));
        let right = sender.messages(&[(Kind::Right, 30, 1)]);
        assert_eq!(session.bulk().decrypt(&right), [Err(DecryptionError::InvalidSignature)]);
    }
}

//! Megolm: the walk of the ratchet, and signatures before it.

use alloc::{format, rc::Rc, vec, vec::Vec};

use super::{
    Row, base64,
    case::{Case, HMAC_KEY, hkdf, hmac, signature},
    growth::Growth,
};
use crate::{
    encoding::{protobuf, varint},
    keys::{Ed25519KeyPair, Ed25519PublicKey},
    megolm::{
        DecryptionError, InboundGroupSession, MegolmMessage, OutboundGroupSession, ReplayGuard,
        SessionConfig, SessionExport, SessionKey, SessionKeyError, SessionOrdering,
    },
    primitives::work::Work,
    testing::seeded,
};

const LAST: u32 = u32::MAX;
/// From index 0 to the last one, each of the four parts turns 255 times; the last turn of a part also sets the parts below it.
const WHOLE_WALK: u64 = 4 * 255 * (HMAC_KEY + 2) + (3 + 2 + 1) * 2;

/// The keys of a message, and its MAC.
fn opening(message: &[u8]) -> u64 {
    hkdf(128, 80) + hmac(message.len() - 64 - 8)
}

fn signing_key() -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed(&[5; 32])
}

fn public_key() -> Ed25519PublicKey {
    signing_key().public()
}

/// A message with a wrong MAC, signed by the sender or by nobody.
fn forged(index: u32, ciphertext: usize, signed: bool) -> Vec<u8> {
    let mut bytes = vec![3];
    protobuf::put_u32(&mut bytes, 0x08, index);
    protobuf::put_bytes(&mut bytes, 0x12, &vec![0; ciphertext]);
    bytes.extend([0; 8]);
    let signature = signing_key().sign(&bytes);
    bytes.extend(if signed { *signature.as_bytes() } else { [1; 64] });
    bytes
}

/// The bytes that a session key and an export have in common.
fn session_bytes(version: u8, index: u32) -> Vec<u8> {
    [&[version][..], &index.to_be_bytes(), &[6; 128], public_key().as_bytes()].concat()
}

fn session_at(index: u32) -> InboundGroupSession {
    let export = SessionExport::from_bytes(&session_bytes(1, index)).unwrap();
    let mut session = InboundGroupSession::import(&export, SessionConfig::default());
    // Decoding the key again is no work of the message.
    session.decrypt(&MegolmMessage::from_bytes(forged(index, 16, false)).unwrap()).unwrap_err();
    session
}

/// A verification of so many bytes.
fn verification(length: usize) -> Work {
    Work { ed25519: 1, sha512: signature(length), ..Work::default() }
}

fn message_row(name: &'static str, first: u32, bytes: &[u8], sha256: u64, verdict: DecryptionError) -> Row {
    let (text, session) = (base64(bytes), Rc::new(session_at(first)));
    let expected = Work { sha256, ..verification(bytes.len() - 64) };
    let case = Case::new(
        name,
        text.len(),
        move || (*session).clone(),
        move |session| {
            let message = MegolmMessage::from_base64(&text).unwrap();
            assert_eq!(session.decrypt(&message).unwrap_err(), verdict);
        },
    );
    Row::new(expected, case)
}

pub(super) fn rows() -> Vec<Row> {
    let last = forged(LAST, 16, true);
    let whole = WHOLE_WALK + opening(&last);
    let early = DecryptionError::UnknownMessageIndex { first_known_index: LAST, message_index: 0 };
    let mut rows = vec![
        message_row(
            "message at 2^32 - 1 from 0, not signed",
            0,
            &forged(LAST, 16, false),
            0,
            DecryptionError::InvalidSignature,
        ),
        message_row(
            "message at 2^32 - 1 from 0, signed, MAC wrong",
            0,
            &last,
            whole,
            DecryptionError::AuthenticationFailed,
        ),
        message_row("message before the first known index, signed", LAST, &forged(0, 16, true), 0, early),
        backwards(),
        replayed(),
    ];
    rows.extend(keys());
    rows
}

/// Behind the first known index and before the furthest one: every stop on the way is new.
fn backwards() -> Row {
    let mut session = session_at(0);
    let furthest = sender_at(&session, LAST - 1).encrypt("text").unwrap();
    session.decrypt(&furthest).unwrap();
    let bytes = forged(LAST - 2, 16, true);
    let text = base64(&bytes);
    // Two turns of the last part less.
    let sha256 = WHOLE_WALK - 2 * (HMAC_KEY + 2) + opening(&bytes);
    let expected = Work { sha256, ..verification(bytes.len() - 64) };
    let name = "message at 2^32 - 3 after 2^32 - 2, signed, MAC wrong";
    let case = Case::new(
        name,
        text.len(),
        move || session.clone(),
        move |session| {
            let message = MegolmMessage::from_base64(&text).unwrap();
            assert_eq!(session.decrypt(&message).unwrap_err(), DecryptionError::AuthenticationFailed);
        },
    );
    Row::new(expected, case)
}

/// The sender, as it would come from a store.
fn sender_at(session: &InboundGroupSession, index: u32) -> OutboundGroupSession {
    let some = OutboundGroupSession::new(SessionConfig::default(), &mut seeded(7)).unwrap();
    let mut pickle = some.to_pickle_without_encryption().as_bytes()[..11].to_vec();
    pickle.extend(&session.export_at(index).unwrap().as_bytes()[5..133]);
    varint::put(&mut pickle, index.into());
    pickle.push(0);
    pickle.extend([5; 32]);
    pickle.extend(public_key().as_bytes());
    OutboundGroupSession::from_pickle_without_encryption(&pickle).unwrap()
}

/// A message that the guard refuses, which has seen as many as it may.
fn replayed() -> Row {
    let mut session = session_at(0);
    let events = (0..10_000).map(|index| (index, [0; 32]));
    session.set_replay_guard(ReplayGuard::from_entries(ReplayGuard::DEFAULT_CAPACITY, events));
    let bytes = forged(LAST, 16, true);
    let text = base64(&bytes);
    let case = Case::new(
        "message to a replay guard that is full",
        text.len(),
        move || session.clone(),
        move |session| {
            let message = MegolmMessage::from_base64(&text).unwrap();
            assert_eq!(
                session.decrypt_event(&message, &[1; 32]).unwrap_err(),
                DecryptionError::ReplayGuardFull { capacity: 10_000 }
            );
        },
    );
    Row::new(verification(bytes.len() - 64), case)
}

/// Session keys and exports, read, and compared with what is known.
fn keys() -> Vec<Row> {
    let unsigned = session_bytes(2, LAST);
    let length = unsigned.len();
    let text = base64(&[&unsigned[..], &[1; 64]].concat());
    let expected = Work { decodings: 1, ..verification(length) };
    let key = Case::new(
        "session key at 2^32 - 1, not signed",
        text.len(),
        || (),
        move |()| {
            assert_eq!(SessionKey::from_base64(&text).unwrap_err(), SessionKeyError::InvalidSignature);
        },
    );
    let text = base64(&session_bytes(1, LAST));
    let export = Case::new(
        "session export at 2^32 - 1",
        text.len(),
        || (),
        move |()| {
            InboundGroupSession::import(&SessionExport::from_base64(&text).unwrap(), SessionConfig::default())
        },
    );
    let text = base64(&session_bytes(1, LAST));
    let merge = Case::new(
        "session export at 2^32 - 1, merged into the session from 0",
        text.len(),
        || session_at(0),
        move |session| {
            let export = SessionExport::from_base64(&text).unwrap();
            let other = InboundGroupSession::import(&export, SessionConfig::default());
            // The first parts are those of the session at 0, so that it is another one.
            assert_eq!(session.compare(&other), SessionOrdering::Unconnected);
            assert!(!session.merge(&other));
        },
    );
    vec![
        Row::new(expected, key),
        Row::new(Work { decodings: 1, ..Work::default() }, export),
        Row::new(Work { decodings: 1, sha256: 2 * WHOLE_WALK, ..Work::default() }, merge),
    ]
}

/// So many messages in one call, of which nobody signed one, or which are signed and wrong.
fn bulk(count: usize, signed: bool) -> Case {
    let texts: Vec<_> = (0..count).map(|_| base64(&forged(0xffff, 16, signed))).collect();
    let length = texts.iter().map(|text| text.len()).sum();
    let session = Rc::new(session_at(0));
    Case::new(
        format!("bulk of {count}"),
        length,
        move || (*session).clone(),
        move |session| {
            let read: Vec<_> = texts.iter().map(|text| MegolmMessage::from_base64(text).unwrap()).collect();
            let results = session.bulk().decrypt(&read);
            assert!(results.iter().all(Result::is_err));
        },
    )
}

pub(super) fn growths() -> Vec<Growth> {
    vec![
        Growth::new("message of any length, not signed", 16 << 10, |length| long(length, false)),
        Growth::new("message of any length, signed, MAC wrong", 16 << 10, |length| long(length, true)),
        Growth::new("bulk of any number of messages, not signed", 32, |count| bulk(count, false)),
        Growth::new("bulk of any number of messages, signed, MAC wrong, at 2^16 - 1", 16, |count| {
            bulk(count, true)
        }),
    ]
}

fn long(length: usize, signed: bool) -> Case {
    let (text, session) = (base64(&forged(0, length, signed)), Rc::new(session_at(0)));
    Case::new(
        "",
        text.len(),
        move || (*session).clone(),
        move |session| session.decrypt(&MegolmMessage::from_base64(&text).unwrap()).unwrap_err(),
    )
}

//! Olm: the gap, and what a session and an account keep.

use alloc::{rc::Rc, string::String, vec, vec::Vec};

use super::{
    Row, base64,
    case::{Case, HMAC_KEY, hkdf, hmac},
    growth::Growth,
};
use crate::{
    encoding::protobuf,
    keys::{Curve25519KeyPair, Curve25519PublicKey},
    olm::{
        Account, DecryptionError, InboundCreationError, Limits, OlmMessage, PreKeyMessage, SendingSnapshot,
        Session, SessionConfig,
    },
    primitives::{kdf::HmacKey, work::Work},
    testing::seeded,
};

/// `H(chain key, 01)` and `H(chain key, 02)`: for a key that is kept, and for that of the message.
const STEP: u64 = HMAC_KEY + 2 + 2;
/// `H(chain key, 02)` alone: for a key that is not kept.
const STEP_OVER: u64 = HMAC_KEY + 2;
/// `HKDF(root key, shared secret, "OLM_RATCHET", 64)`
const ROOT_STEP: u64 = HMAC_KEY + 2 + HMAC_KEY + 2 * 2;
/// The one-time keys that an account stores unless told otherwise.
const ONE_TIME_KEYS: usize = 5_000;

/// The limits with the most work for one message: there are none beyond.
pub(super) fn greatest_limits() -> Limits {
    let limits = Limits::default()
        .with_message_gap(100_000)
        .and_then(|limits| limits.with_receiver_chains(50))
        .and_then(|limits| limits.with_skipped_keys(10_000))
        .and_then(|limits| limits.with_skipped_keys_per_chain(2_000))
        .unwrap();
    assert!(limits.with_message_gap(limits.message_gap() + 1).is_err());
    assert!(limits.with_receiver_chains(limits.receiver_chains() + 1).is_err());
    assert!(limits.with_skipped_keys(limits.skipped_keys() + 1).is_err());
    assert!(limits.with_skipped_keys_per_chain(limits.skipped_keys_per_chain() + 1).is_err());
    limits
}

/// What a message costs behind so many missing ones, up to the verdict on its MAC.
fn behind(gap: u32, limits: Limits, authenticated: usize) -> u64 {
    let kept = limits.skipped_keys_per_chain().min(limits.skipped_keys()).min(gap);
    u64::from(gap - kept) * STEP_OVER + u64::from(kept + 1) * STEP + opening(authenticated)
}

/// The keys of a message, and its MAC.
fn opening(authenticated: usize) -> u64 {
    hkdf(32, 80) + hmac(authenticated)
}

/// A normal message that any stranger could write, with a MAC that is wrong.
fn forged(ratchet_key: Curve25519PublicKey, chain_index: u32, ciphertext: usize) -> Vec<u8> {
    let mut bytes = vec![3];
    protobuf::put_bytes(&mut bytes, 0x0a, ratchet_key.as_bytes());
    protobuf::put_u32(&mut bytes, 0x10, chain_index);
    protobuf::put_bytes(&mut bytes, 0x22, &vec![0; ciphertext]);
    bytes.extend([0; 8]);
    bytes
}

/// How much of [`forged`] its MAC covers.
fn authenticated(message: &[u8]) -> usize {
    message.len() - 8
}

/// Accounts, of which the second one has come from a store with all the one-time keys that it may have.
struct Accounts {
    alice: Account,
    bob: Account,
}

impl Accounts {
    fn new() -> Self {
        let rng = &mut seeded(1);
        let (alice, mut bob) = (Account::new(rng).unwrap(), Account::new(rng).unwrap());
        bob.generate_one_time_keys(ONE_TIME_KEYS, rng).unwrap();
        Self { alice, bob: bob.as_stored() }
    }

    /// A pre-key message around a forged one, for the newest one-time key: the last that is found.
    fn forged(&self, chain_index: u32) -> Vec<u8> {
        let one_time_key = self.bob.one_time_keys().last().unwrap().public_key;
        let [base_key, ratchet_key] =
            [[1; 32], [2; 32]].map(|secret| Curve25519KeyPair::from_secret_key(&secret).public());
        let mut bytes = vec![3];
        protobuf::put_bytes(&mut bytes, 0x0a, one_time_key.as_bytes());
        protobuf::put_bytes(&mut bytes, 0x12, base_key.as_bytes());
        protobuf::put_bytes(&mut bytes, 0x1a, self.alice.curve25519_key().as_bytes());
        protobuf::put_bytes(&mut bytes, 0x22, &forged(ratchet_key, chain_index, 16));
        bytes
    }
}

/// Both ends of a session that have taken so many turns each; the first one may send next on the chain that the second one knows.
pub(super) fn sessions(limits: Limits, turns: usize) -> (Session, Session) {
    let (rng, config) = (&mut seeded(2), SessionConfig::default().with_limits(limits));
    let (alice, mut bob) = (Account::new(rng).unwrap(), Account::new(rng).unwrap());
    let one_time_key = bob.generate_one_time_keys(1, rng).unwrap().created[0].public_key;
    let mut first = alice.create_outbound_session(bob.curve25519_key(), one_time_key, config, rng).unwrap();
    let OlmMessage::PreKey(message) = first.encrypt("text", rng).unwrap() else { panic!("a first message") };
    let mut second = bob.create_inbound_session(alice.curve25519_key(), &message, config).unwrap().session;
    for _ in 0..turns {
        let answer = second.encrypt("text", rng).unwrap();
        first.decrypt(&answer).unwrap();
        let message = first.encrypt("text", rng).unwrap();
        second.decrypt(&message).unwrap();
    }
    (first, second)
}

fn pre_key_row(name: &'static str, limits: Limits, accounts: &Rc<Accounts>, gap: u32) -> Row {
    let config = SessionConfig::default().with_limits(limits);
    let (bytes, accounts) = (accounts.forged(gap), accounts.clone());
    let identity_key = accounts.alice.curve25519_key();
    let (text, refused) = (base64(&bytes), gap > limits.message_gap());
    let inner = authenticated(&forged(identity_key, gap, 16));
    // The one-time key is proven, three agreements, and the base key is none of another form.
    let expected = Work {
        x25519: 1 + 3 + 1,
        sha256: hkdf(96, 64) + if refused { 0 } else { behind(gap, limits, inner) },
        ..Work::default()
    };
    let case = Case::new(
        name,
        text.len(),
        move || accounts.bob.clone(),
        move |bob| {
            let message = PreKeyMessage::from_base64(&text).unwrap();
            let error = bob.create_inbound_session(identity_key, &message, config).unwrap_err();
            let expected = if refused {
                DecryptionError::GapTooLarge { gap, limit: limits.message_gap() }
            } else {
                DecryptionError::AuthenticationFailed
            };
            assert_eq!(error, InboundCreationError::Decryption(expected));
        },
    );
    Row::new(expected, case)
}

/// A normal message with a wrong MAC, to a session in some state.
fn normal_row(
    name: &'static str,
    session: &Rc<Session>,
    bytes: &[u8],
    expected: Work,
    verdict: DecryptionError,
) -> Row {
    let (text, session) = (base64(bytes), session.clone());
    let case = Case::new(
        name,
        text.len(),
        move || (*session).clone(),
        move |session| {
            let message = OlmMessage::from_parts(1, &text).unwrap();
            assert_eq!(session.decrypt(&message).unwrap_err(), verdict);
        },
    );
    Row::new(expected, case)
}

pub(super) fn rows() -> Vec<Row> {
    let (default, greatest) = (Limits::default(), greatest_limits());
    let accounts = Rc::new(Accounts::new());
    let mut rows = vec![
        pre_key_row("pre-key message, gap 0, forged", default, &accounts, 0),
        pre_key_row("pre-key message, gap 2 000, forged", default, &accounts, default.message_gap()),
        pre_key_row("pre-key message, gap 2 001", default, &accounts, default.message_gap() + 1),
        pre_key_row(
            "pre-key message, gap 100 000 (hard cap), forged",
            greatest,
            &accounts,
            greatest.message_gap(),
        ),
    ];
    rows.extend(normal_rows(
        default,
        [
            "message on a known chain, gap 2 000, forged",
            "message on a new ratchet key, gap 2 000, forged",
            "message on a known chain, gap 2 001",
            "message on a new ratchet key, gap 2 001",
        ],
    ));
    let [capped, ..] =
        normal_rows(greatest, ["message on a known chain, gap 100 000 (hard cap), forged", "", "", ""]);
    rows.push(capped);
    rows.extend(old_chains());
    rows.push(full_session());
    rows
}

/// Behind the largest gap on a known chain and on a new one, and behind a larger one on both.
fn normal_rows(limits: Limits, [known, new, known_too_far, new_too_far]: [&'static str; 4]) -> [Row; 4] {
    let gap = limits.message_gap();
    // Waits for a message on the chain that it knows, or on a new one.
    let (first, mut second) = sessions(limits, 1);
    second.encrypt("text", &mut seeded(3)).unwrap();
    let their_key = first.summary().sending_chain.unwrap().ratchet_key;
    let new_key = Curve25519KeyPair::from_secret_key(&[3; 32]).public();
    let next = second.summary().receiver_chains[0].next_chain_index;
    let second = Rc::new(second);

    let row = |name, ratchet_key, chain_index, verdict| {
        let message = forged(ratchet_key, chain_index, 16);
        let (is_refused, is_new) = (verdict != DecryptionError::AuthenticationFailed, ratchet_key == new_key);
        let expected = match (is_refused, is_new) {
            (true, _) => Work::default(),
            (false, true) => {
                let sha256 = ROOT_STEP + behind(gap, limits, authenticated(&message));
                Work { x25519: 1, sha256, ..Work::default() }
            }
            (false, false) => {
                Work { sha256: behind(gap, limits, authenticated(&message)), ..Work::default() }
            }
        };
        normal_row(name, &second, &message, expected, verdict)
    };
    let failed = DecryptionError::AuthenticationFailed;
    let beyond = DecryptionError::GapTooLarge { gap: gap + 1, limit: gap };
    [
        row(known, their_key, next + gap, failed),
        row(new, new_key, gap, failed),
        row(known_too_far, their_key, next + gap + 1, beyond),
        row(new_too_far, new_key, gap + 1, beyond),
    ]
}

/// A key that no chain has while no answer is due, a key that was used, and one that was skipped.
fn old_chains() -> Vec<Row> {
    let (mut first, mut second) = sessions(Limits::default(), 5);
    let skipped = first.encrypt("skipped", &mut seeded(4)).unwrap();
    let next = first.encrypt("text", &mut seeded(4)).unwrap();
    second.decrypt(&next).unwrap();
    let OlmMessage::Normal(skipped) = skipped else { panic!("a normal message") };
    let (key, index) = (skipped.ratchet_key(), skipped.chain_index());
    let second = Rc::new(second);
    let stranger = Curve25519KeyPair::from_secret_key(&[4; 32]).public();
    let late = forged(key, index, 16);
    let opened = Work { sha256: opening(authenticated(&late)), ..Work::default() };
    let (failed, unknown) = (DecryptionError::AuthenticationFailed, DecryptionError::UnknownRatchetKey);
    let used = DecryptionError::AlreadyUsed { chain_index: index - 1 };
    vec![
        normal_row(
            "message on an unknown ratchet key, no answer due",
            &second,
            &forged(stranger, 0, 16),
            Work::default(),
            unknown,
        ),
        normal_row("late message, its key used", &second, &forged(key, index - 1, 16), Work::default(), used),
        normal_row("late message, its key kept, forged", &second, &late, opened, failed),
    ]
}

/// Both ends of a session, of which the second one keeps as much as it may.
pub(super) fn full_sessions() -> (Session, Session) {
    let (mut first, mut second) = sessions(greatest_limits(), 44);
    let rng = &mut seeded(5);
    for _ in 0..5 {
        let answer = second.encrypt("text", rng).unwrap();
        first.decrypt(&answer).unwrap();
        first.encrypt("text", rng).unwrap();
        first = skipping(&first, 2_000);
        second.decrypt(&first.encrypt("text", rng).unwrap()).unwrap();
    }
    (first, second)
}

/// A session whose sending chain has moved on by so many messages that nobody saw.
fn skipping(session: &Session, count: u32) -> Session {
    let mut snapshot = session.snapshot();
    let SendingSnapshot::Active { ratchet_key, chain_key, chain_index } = snapshot.ratchet.sending else {
        panic!("there is no sending chain");
    };
    let mut next = *chain_key;
    for _ in 0..count {
        HmacKey::new(&next.clone()).into_mac([&[2][..]], &mut next);
    }
    let chain_index = chain_index + count;
    snapshot.ratchet.sending = SendingSnapshot::Active { ratchet_key, chain_key: &next, chain_index };
    Session::from_snapshot(&snapshot).unwrap()
}

/// A right message of the other party itself, to a session that keeps as much as can be: everything old is given up at once.
fn full_session() -> Row {
    let (limits, rng) = (greatest_limits(), &mut seeded(6));
    let (mut first, mut second) = full_sessions();
    let summary = second.summary();
    assert_eq!((summary.receiver_chains.len(), summary.skipped_message_keys), (50, 10_000));
    let answer = second.encrypt("text", rng).unwrap();
    first.decrypt(&answer).unwrap();
    first.encrypt("text", rng).unwrap();
    let gap = limits.message_gap();
    let message = skipping(&first, gap - 1).encrypt("text", rng).unwrap();
    let text = message.to_base64();
    let work = Work {
        x25519: 1,
        sha256: ROOT_STEP + behind(gap, limits, authenticated(message.as_bytes())),
        blocks: 1,
        ..Work::default()
    };
    let name = "message, right, gap 100 000, session with 50 chains and 10 000 keys";
    let case = Case::new(
        name,
        text.len(),
        move || second.clone(),
        move |session| {
            let message = OlmMessage::from_parts(1, &text).unwrap();
            assert_eq!(session.decrypt(&message).unwrap(), b"text");
        },
    );
    Row::new(work, case)
}

pub(super) fn growths() -> Vec<Growth> {
    let (first, second) = sessions(Limits::default(), 1);
    let key = first.summary().sending_chain.unwrap().ratchet_key;
    let next = second.summary().receiver_chains[0].next_chain_index;
    let second = Rc::new(second);
    let long = second.clone();
    vec![
        Growth::new("message of any length, forged", 16 << 10, move |length| {
            let (text, session) = (base64(&forged(key, next, length)), second.clone());
            Case::new(
                "",
                text.len(),
                move || (*session).clone(),
                move |session| {
                    let message = OlmMessage::from_parts(1, &text).unwrap();
                    session.decrypt(&message).unwrap_err()
                },
            )
        }),
        Growth::new("message of any length, right", 16 << 10, move |length| {
            let mut sender = first.clone();
            let text = sender.encrypt(vec![0; length], &mut seeded(6)).unwrap().to_base64();
            let session = long.clone();
            Case::new(
                "",
                text.len(),
                move || (*session).clone(),
                move |session| {
                    let message = OlmMessage::from_parts(1, &text).unwrap();
                    session.decrypt(&message).unwrap()
                },
            )
        }),
        Growth::new("text that is no message: a field again and again", 16 << 10, |length| {
            refused(&[&[3, 0x0a, 32][..], &[7; 32], &[0x10, 0].repeat(length)].concat())
        }),
        Growth::new("text that is no message: a varint without end", 16 << 10, |length| {
            refused(&[&[3, 0x0a, 32][..], &[7; 32], &[0x10], &vec![0x80; length]].concat())
        }),
        Growth::new("text that is no base64", 16 << 10, |length| {
            let text: String = "A".repeat(length) + "!";
            Case::new("", text.len(), || (), move |()| OlmMessage::from_parts(1, &text).unwrap_err())
        }),
    ]
}

fn refused(bytes: &[u8]) -> Case {
    let text = base64(bytes);
    Case::new(
        "",
        text.len(),
        || (),
        move |()| OlmMessage::from_parts(0, &text).and(OlmMessage::from_parts(1, &text)).unwrap_err(),
    )
}

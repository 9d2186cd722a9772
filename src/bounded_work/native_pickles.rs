//! Native pickles: lists in them are no longer than the bytes, and no longer than the limits.

use alloc::{rc::Rc, vec, vec::Vec};

use super::{
    Row, base64,
    case::{Case, HMAC_KEY, hmac_again},
    growth::Growth,
    olm::{full_sessions, sessions},
};
use crate::{
    encoding::varint,
    megolm::{InboundGroupSession, OutboundGroupSession, ReplayGuard, SessionConfig},
    olm::{Account, Limits, Session, StateError, StoredItems},
    pickle::{Pickle, PickleKey, UnpickleError},
    primitives::work::Work,
    testing::seeded,
};

fn key() -> PickleKey {
    PickleKey::new(&[7; 32])
}

fn account(one_time_keys: usize) -> Account {
    let rng = &mut seeded(8);
    let mut account = Account::new(rng).unwrap();
    account.generate_one_time_keys(one_time_keys, rng).unwrap();
    account
}

fn reader(seen: u32) -> InboundGroupSession {
    let sender = OutboundGroupSession::new(SessionConfig::default(), &mut seeded(9)).unwrap();
    let mut reader = InboundGroupSession::new(&sender.session_key(), SessionConfig::default());
    let events = (0..seen).map(|index| (index, [0; 32]));
    reader.set_replay_guard(ReplayGuard::from_entries(usize::try_from(seen).unwrap(), events));
    reader
}

/// What a sealed pickle costs before its body is read: the keys with a salt, the MAC, and the cipher.
fn opening(pickle: &Pickle) -> Work {
    let length = pickle.as_bytes().len() - 32;
    let expand = HMAC_KEY + hmac_again(32) + HMAC_KEY + 2 + 2 * 2;
    Work {
        sha256: expand + HMAC_KEY + hmac_again(length + 8),
        blocks: u64::try_from((length - 42) / 16).unwrap(),
        ..Work::default()
    }
}

fn sealed_row<T: 'static>(
    name: &'static str,
    pickle: &Pickle,
    own: Work,
    open: fn(&Pickle, &PickleKey) -> T,
) -> Row {
    let text = pickle.to_base64();
    let mut expected = opening(pickle);
    expected += own;
    let case =
        Case::new(name, text.len(), || (), move |()| open(&Pickle::from_base64(&text).unwrap(), &key()));
    Row::new(expected, case)
}

pub(super) fn rows() -> Vec<Row> {
    let rng = &mut seeded(11);
    // The seed of the signing key is hashed; both long-term public keys are computed.
    let of_account = Work { x25519: 1, ed25519: 1, sha512: 1, ..Work::default() };
    let pickle = |account: Account, rng: &mut _| account.to_pickle(&key(), rng).unwrap();
    let session = full_sessions().1.to_pickle(&key(), rng).unwrap();
    let seen = reader(10_000).to_pickle(&key(), rng).unwrap();
    vec![
        sealed_row(
            "account with 5 000 one-time keys",
            &pickle(account(5_000), rng),
            of_account,
            |pickle, key| Account::from_pickle(pickle, key).unwrap(),
        ),
        sealed_row(
            "session with 50 chains and 10 000 skipped keys (hard caps)",
            &session,
            Work::default(),
            |pickle, key| Session::from_pickle(pickle, key).unwrap(),
        ),
        sealed_row(
            "inbound group session whose replay guard has seen 10 000",
            &seen,
            Work::default(),
            |pickle, key| InboundGroupSession::from_pickle(pickle, key).unwrap(),
        ),
        limits_row(),
    ]
}

/// Keys of as many chains as keys, all of which are gone: for each, all of them could be looked through.
fn limits_row() -> Row {
    let bytes = session_with_kept(&sessions(Limits::default(), 0).1, 10_000);
    let name = "session with 10 000 skipped keys of as many chains, in the clear, then default limits";
    let case = Case::new(
        name,
        bytes.len(),
        || (),
        move |()| {
            let mut session = Session::from_pickle_without_encryption(&bytes).unwrap();
            session.set_limits(Limits::default());
            assert_eq!(session.summary().skipped_message_keys, 200);
        },
    );
    // The summary names the session by the hash of three keys.
    Row::new(Work { sha256: 2, ..Work::default() }, case)
}

/// A session without encryption that has so many receiver chains, more than its limits, and so many keys of chains that are gone.
fn session_with(chains: usize, skipped: usize) -> Vec<u8> {
    let (_, second) = sessions(Limits::default(), 0);
    let whole = second.to_pickle_without_encryption();
    // Header, version, limits, flag, three session keys, root key, and that there is no sending chain.
    let mut bytes = whole.as_bytes()[..10 + 1 + 6 + 1 + 96 + 32 + 1].to_vec();
    varint::put(&mut bytes, chains.try_into().unwrap());
    for chain in 0..chains {
        bytes.extend(number(1, chain));
        bytes.extend([0; 34]);
    }
    varint::put(&mut bytes, skipped.try_into().unwrap());
    for key in 0..skipped {
        bytes.push(0);
        bytes.extend(number(2, key));
        bytes.extend([0; 33]);
    }
    bytes
}

/// A key of which there is no other.
fn number(kind: u8, number: usize) -> [u8; 32] {
    let mut key = [kind; 32];
    key[..8].copy_from_slice(&number.to_le_bytes());
    key
}

fn refused_session(chains: usize, skipped: usize) -> Case {
    let bytes = session_with(chains, skipped);
    let items = StoredItems::ReceiverChains;
    let expected = UnpickleError::State(StateError::TooMany { items, count: chains, limit: 5 });
    Case::new(
        "",
        bytes.len(),
        || (),
        move |()| {
            assert_eq!(Session::from_pickle_without_encryption(&bytes).unwrap_err(), expected);
        },
    )
}

#[test]
fn skipped_keys_are_not_compared_with_more_chains_than_there_may_be() {
    // Had the skipped keys been read, each compared with every chain, there would be a list of them.
    let [without, with] = [0, 1_000].map(|skipped| refused_session(1_000, skipped).cost());
    assert_eq!(with, without);
}

/// A session with the greatest limits, one chain, and so many keys of different chains that are gone.
fn session_with_kept(second: &Session, skipped: usize) -> Vec<u8> {
    let whole = second.to_pickle_without_encryption();
    let whole = whole.as_bytes();
    let mut bytes = whole[..11].to_vec();
    for limit in [2_000, 10_000, 50, 100_000] {
        varint::put(&mut bytes, limit);
    }
    // Everything behind the limits but the count of skipped keys, which is none.
    bytes.extend(&whole[17..whole.len() - 1]);
    varint::put(&mut bytes, skipped.try_into().unwrap());
    for key in 0..skipped {
        bytes.push(0);
        bytes.extend(number(2, key));
        bytes.extend([0; 33]);
    }
    bytes
}

pub(super) fn growths() -> Vec<Growth> {
    vec![
        Growth::new("pickle of any length, not authentic", 16 << 10, |length| {
            let mut bytes = account(1).to_pickle(&key(), &mut seeded(12)).unwrap().as_bytes().to_vec();
            bytes.resize(42 + length + 32, 0);
            let text = base64(&bytes);
            Case::new(
                "",
                text.len(),
                || (),
                move |()| Account::from_pickle(&Pickle::from_base64(&text).unwrap(), &key()).unwrap_err(),
            )
        }),
        Growth::new("account with any number of one-time keys", 250, |count| {
            let pickle = account(count).to_pickle(&key(), &mut seeded(13)).unwrap();
            let text = pickle.to_base64();
            Case::new(
                "",
                text.len(),
                || (),
                move |()| Account::from_pickle(&Pickle::from_base64(&text).unwrap(), &key()).unwrap(),
            )
        }),
        Growth::new("session with any number of chains and of skipped keys, in the clear", 500, |count| {
            refused_session(count, count)
        }),
        Growth::new("inbound group session with a guard of any size, in the clear", 500, |count| {
            let bytes = Rc::new(reader(count.try_into().unwrap()).to_pickle_without_encryption());
            Case::new(
                "",
                bytes.as_bytes().len(),
                || (),
                move |()| InboundGroupSession::from_pickle_without_encryption(bytes.as_bytes()).unwrap(),
            )
        }),
    ]
}

use std::{format, vec::Vec};

use super::{
    super::native_layout::{self, Body, header, number_bytes, seal},
    CONTEXT, KEY, SALT, Vectors, sealed, unencrypted, with,
};
use crate::{
    encoding::base64,
    known_answers::hex,
    olm::{Account, Session, SessionConfig},
    pickle::tests::states,
    testing::seeded,
};

/// A state, the byte that says what it is, and the name of that in the vectors.
#[derive(Clone, Copy)]
struct Kind(u8, &'static str);

const ACCOUNT: Kind = Kind(1, "account");
const SESSION: Kind = Kind(2, "session");
const OUTBOUND: Kind = Kind(3, "outbound-group-session");
const INBOUND: Kind = Kind(4, "inbound-group-session");

/// 32 bytes that are the public key of no secret key here, and encode no point.
const NO_POINT: [u8; 32] = {
    let mut bytes = [0; 32];
    bytes[0] = 2;
    bytes
};

/// The number 3 in two bytes instead of one.
const LONG_3: [u8; 2] = [0x83, 0x00];

impl Vectors {
    fn reject_sealed(&mut self, Kind(kind, state): Kind, name: &str, body: &[u8]) {
        let pickle = seal(&header(b's', kind), body, &KEY, CONTEXT, &SALT);
        self.reject(&format!("{state}: {name}"), sealed(state, &pickle));
    }

    fn reject_plain(&mut self, Kind(kind, state): Kind, name: &str, body: &[u8]) {
        let bytes = [header(b'u', kind), body.to_vec()].concat();
        self.reject(&format!("{state}, unencrypted: {name}"), unencrypted(state, &bytes));
    }

    /// What no reader of a body may take, sealed or not.
    fn reject_body(&mut self, kind: Kind, name: &str, body: &Body) {
        self.reject_sealed(kind, name, &body.bytes());
    }

    /// What can be wrong with a body of any kind.
    fn reject_lengths(&mut self, kind: Kind, body: &Body) {
        let bytes = body.bytes();
        for (name, body) in [
            ("a body of no bytes", Vec::new()),
            ("a body without its last byte", bytes[..bytes.len() - 1].to_vec()),
            ("a body with a byte more", [&bytes[..], &[0]].concat()),
        ] {
            self.reject_sealed(kind, name, &body);
            self.reject_plain(kind, name, &body);
        }
    }
}

pub(super) fn reject(vectors: &mut Vectors) {
    let (account, session) = (account(), session());
    let outbound = native_layout::outbound_group_session(&states::outbound_group_sessions()[0]);
    let inbound = native_layout::inbound_group_session(&states::inbound_group_sessions()[2]);
    reject_envelopes(vectors, &account);
    for (kind, body) in [(ACCOUNT, &account), (SESSION, &session), (OUTBOUND, &outbound), (INBOUND, &inbound)]
    {
        reject_other_kinds(vectors, kind, body);
        vectors.reject_lengths(kind, body);
    }
    reject_accounts(vectors, &account);
    reject_sessions(vectors, &session);
    reject_outbound_group_sessions(vectors, &outbound);
    reject_inbound_group_sessions(vectors, &inbound);
}

/// A one-time key and a fallback key.
fn account() -> Body {
    let rng = &mut seeded(110);
    let mut account = Account::new(rng).unwrap();
    account.generate_one_time_keys(1, rng).unwrap();
    account.generate_fallback_key(rng).unwrap();
    native_layout::account(&account)
}

/// Two receiver chains, a skipped message key of each, a sending chain.
fn session() -> Body {
    let rng = &mut seeded(111);
    let (mut ours, mut theirs): (Session, Session) = states::pair(SessionConfig::default());
    for _ in 0..2 {
        theirs.encrypt("never arrives", rng).unwrap();
        ours.decrypt(&theirs.encrypt("arrives", rng).unwrap()).unwrap();
        theirs.decrypt(&ours.encrypt("answer", rng).unwrap()).unwrap();
    }
    native_layout::session(&ours)
}

fn reject_envelopes(vectors: &mut Vectors, body: &Body) {
    let pickle = seal(&header(b's', ACCOUNT.0), &body.bytes(), &KEY, CONTEXT, &SALT);
    let length = pickle.len();
    for (name, position) in [
        ("the magic", 0),
        ("the form", 7),
        ("the format version", 8),
        ("the kind", 9),
        ("the first byte of the salt", 10),
        ("the last byte of the salt", 41),
        ("the first byte of the ciphertext", 42),
        ("the last byte of the ciphertext", length - 33),
        ("the first byte of the MAC", length - 32),
        ("the last byte of the MAC", length - 1),
    ] {
        let mut flipped = pickle.clone();
        flipped[position] ^= 0x20;
        vectors.reject(&format!("a flipped bit in {name}"), sealed("account", &flipped));
    }
    for (name, bytes) in [
        ("empty", Vec::new()),
        ("the header alone", pickle[..10].to_vec()),
        ("without the last byte", pickle[..length - 1].to_vec()),
        (
            "without the last block of the ciphertext",
            [&pickle[..length - 48], &pickle[length - 32..]].concat(),
        ),
        ("a byte more", [&pickle[..], &[0]].concat()),
        ("a block more", [&pickle[..], &[0; 16]].concat()),
    ] {
        vectors.reject(name, sealed("account", &bytes));
    }
    let input = sealed("account", &pickle);
    vectors.reject(
        "no base64",
        with(input.clone(), "pickle_base64", format!("!{}", &base64::encode(&pickle)[1..])),
    );
    vectors.reject("the wrong key", with(input.clone(), "key", hex([0; 32])));
    for context in
        ["", "@amelie:example.org|LAPTO", "@amelie:example.org|LAPTOP1", "@amelie:example.org|PHONE"]
    {
        vectors.reject(&format!("the context {context:?}"), with(input.clone(), "context", context));
    }
    let plain = [header(b'u', ACCOUNT.0), body.bytes()].concat();
    vectors.reject("an unencrypted pickle as a sealed one", sealed("account", &plain));
    vectors.reject("a sealed pickle as an unencrypted one", unencrypted("account", &pickle));
}

/// A header under which the MAC is right, and yet not that of what is asked for.
fn reject_other_kinds(vectors: &mut Vectors, kind: Kind, body: &Body) {
    for other in [ACCOUNT, SESSION, OUTBOUND, INBOUND, Kind(0, "0"), Kind(5, "5")] {
        if other.0 != kind.0 {
            let name = format!("{}: the kind {}", kind.1, other.1);
            let pickle = seal(&header(b's', other.0), &body.bytes(), &KEY, CONTEXT, &SALT);
            vectors.reject(&name, sealed(kind.1, &pickle));
        }
    }
    let versioned = [&header(b's', kind.0)[..8], &[2, kind.0]].concat();
    let pickle = seal(&versioned, &body.bytes(), &KEY, CONTEXT, &SALT);
    vectors
        .reject(&format!("{}: format version 2 with the body of version 1", kind.1), sealed(kind.1, &pickle));
}

fn reject_accounts(vectors: &mut Vectors, body: &Body) {
    let mut reject = |name: &str, body: &Body| vectors.reject_body(ACCOUNT, name, body);
    reject("an unknown form of signing key", &body.with("form of the signing key", [2]));
    reject(
        "an Ed25519 public key of another secret key",
        &body.with("signing key, public", body.part("identity key, public")),
    );
    reject("an Ed25519 public key that is no point", &body.with("signing key, public", NO_POINT));
    reject(
        "a Curve25519 identity key of another secret key",
        &body.with("identity key, public", body.part("one-time key 0, public")),
    );
    reject("a key id beyond the last", &body.with_number("one-time key 0, id", 3));
    reject("a fallback key id beyond the last", &body.with_number("fallback key 0, id", 3));
    reject("a flag of 2", &body.with("one-time key 0, published", [2]));
    reject("a limit of 99 one-time keys", &body.with_number("limit of one-time keys", 99));
    reject("a limit of 50 001 one-time keys", &body.with_number("limit of one-time keys", 50_001));
    reject("a limit of 2^32 one-time keys", &body.with_number("limit of one-time keys", 1 << 32));
    reject("a last key id in two bytes instead of one", &body.with("last key id", LONG_3));
    reject("a last key id of 2^64", &body.with("last key id", [[0x80; 9].as_slice(), &[0x02]].concat()));
    reject("more one-time keys than there are bytes", &body.with_number("count of one-time key", 1_000));
    reject("2^64 - 1 one-time keys", &body.with_number("count of one-time key", u64::MAX));
    let keys = |count: u64, key: &str| {
        [number_bytes(count), body.part(key).repeat(usize::try_from(count).unwrap() - 1)].concat()
    };
    let limited = body.with_number("limit of one-time keys", 100);
    reject(
        "101 one-time keys where 100 are allowed",
        &limited.with("count of one-time key", keys(101, "one-time key 0")),
    );
    reject("three fallback keys", &body.with("count of fallback key", keys(3, "fallback key 0")));
}

fn reject_sessions(vectors: &mut Vectors, body: &Body) {
    let mut reject = |name: &str, body: &Body| vectors.reject_body(SESSION, name, body);
    for (limit, least, most) in [
        ("limit of skipped keys of a chain", 40, 2_000),
        ("limit of skipped keys", 40, 10_000),
        ("limit of receiver chains", 5, 50),
        ("limit of the message gap", 2_000, 100_000),
    ] {
        for number in [least - 1, most + 1, 1 << 32] {
            reject(&format!("{limit}: {number}"), &body.with_number(limit, number));
        }
    }
    reject("messages of version 5", &body.with("version", [5]));
    reject("a flag of 2", &body.with("has received a message", [2]));
    reject("an unknown form of sending", &body.with("form of sending", [2]));
    reject("a sending chain index of 2^32", &body.with_number("sending chain index", 1 << 32));
    reject("a chain index in two bytes instead of one", &body.with("receiver chain 0, index", [0x82, 0x00]));
    reject("a watermark beyond its chain", &body.with_number("receiver chain 0, evicted below", 3));
    reject("a skipped message key ahead of its chain", &body.with_number("skipped message key 1, index", 2));
    reject("a skipped message key of a third chain", &body.with_number("skipped message key 1, place", 3));
    reject("more receiver chains than there are bytes", &body.with_number("count of receiver chain", 1_000));
    reject("2^64 - 1 skipped message keys", &body.with_number("count of skipped message key", u64::MAX));
    let second = |field: &str| body.part(&format!("receiver chain 1, {field}"));
    reject(
        "two receiver chains with one ratchet key",
        &body.with("receiver chain 0, ratchet key", second("ratchet key")),
    );
    reject(
        "two keys for one message",
        &body.with("skipped message key 0, place", body.part("skipped message key 1, place")),
    );
    let named = [&[0], &second("ratchet key")[..]].concat();
    reject(
        "a skipped message key of a chain that is kept, named as if it were gone",
        &body.with("skipped message key 0, place", named),
    );
    reject("no chain, neither to send on nor to be answered", &without_chains(body));
    let chains = [number_bytes(6), body.part("receiver chain 1").repeat(4)].concat();
    reject("six receiver chains where five are allowed", &body.with("count of receiver chain", chains));
    reject("41 skipped message keys of one chain where 40 are allowed", &with_skipped(body, &[(1, 41)]));
    let limited = body.with_number("limit of skipped keys", 40);
    reject("41 skipped message keys where 40 are allowed", &with_skipped(&limited, &[(1, 20), (2, 21)]));

    let mismatched = body.with("ratchet key, public", body.part("receiver chain 0, ratchet key"));
    vectors.reject_plain(SESSION, "a ratchet key of another secret key", &mismatched.bytes());
}

fn without_chains(body: &Body) -> Body {
    let mut body = body.with("form of sending", [0]);
    for field in ["ratchet key, secret", "ratchet key, public", "sending chain key", "sending chain index"] {
        body = body.with(field, []);
    }
    let [receiver_chains, skipped] =
        [&["ratchet key", "key", "index", "evicted below"], &["place", "ratchet key", "index", "key"]];
    for position in 0..2 {
        receiver_chains
            .iter()
            .for_each(|field| body = body.with(&format!("receiver chain {position}, {field}"), []));
        skipped
            .iter()
            .for_each(|field| body = body.with(&format!("skipped message key {position}, {field}"), []));
    }
    body.with_number("count of receiver chain", 0).with_number("count of skipped message key", 0)
}

/// So many skipped message keys of the chain at each of these places, and chains that have come far enough.
fn with_skipped(body: &Body, counts: &[(u64, u64)]) -> Body {
    let mut count = 0;
    let mut keys = Vec::new();
    for (place, of_chain) in counts {
        count += of_chain;
        for index in 0..*of_chain {
            keys.extend([number_bytes(*place), number_bytes(index), [7; 32].to_vec()].concat());
        }
    }
    let mut body = body.with_number("receiver chain 0, index", 60).with_number("receiver chain 1, index", 60);
    for position in 0..2 {
        for field in ["place", "ratchet key", "index", "key"] {
            body = body.with(&format!("skipped message key {position}, {field}"), []);
        }
    }
    body.with("count of skipped message key", [number_bytes(count), keys].concat())
}

fn reject_outbound_group_sessions(vectors: &mut Vectors, body: &Body) {
    let mut reject = |name: &str, body: &Body| vectors.reject_body(OUTBOUND, name, body);
    reject("messages of version 5", &body.with("version", [5]));
    reject("a message index of 2^32", &body.with_number("message index", 1 << 32));
    reject("a message index in two bytes instead of one", &body.with("message index", [0x80, 0x00]));
    reject("an unknown form of signing key", &body.with("form of the signing key", [2]));
    reject("an Ed25519 public key of another secret key", &body.with("signing key, public", [1; 32]));
    reject("an Ed25519 public key that is no point", &body.with("signing key, public", NO_POINT));
}

fn reject_inbound_group_sessions(vectors: &mut Vectors, body: &Body) {
    let mut reject = |name: &str, body: &Body| vectors.reject_body(INBOUND, name, body);
    reject("messages of version 5", &body.with("version", [5]));
    reject("a message index of 2^32", &body.with_number("message index", 1 << 32));
    reject("an unknown provenance", &body.with("provenance", [4]));
    reject("shared from 2^32 on", &body.with_number("shared from", 1 << 32));
    reject("a number in two bytes instead of one", &body.with("shared from", [0x80, 0x00]));
    reject("more seen messages than there are bytes", &body.with_number("count of seen", 1_000));
    reject("a seen message beyond index 2^32 - 1", &body.with_number("seen 1, step", u32::MAX.into()));
    reject(
        "a seen message behind index 2^32 - 1",
        &body.with_number("seen 1, step", u64::from(u32::MAX) - 1),
    );
    let no_point = body.with("signing key", NO_POINT);
    vectors.reject_plain(INBOUND, "a signing key that is no point", &no_point.bytes());
}

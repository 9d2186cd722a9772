//! The whole of a state as JSON, in the terms of `test-vectors/README.md`.

use std::vec::Vec;

use serde_json::{Value, json};

use crate::{
    encoding::MessageVersion,
    keys::{Curve25519KeyPair, KeyPairSnapshot, SigningKeySnapshot, SigningSecretKey},
    known_answers::hex,
    megolm::{InboundGroupSession, OutboundGroupSession, Provenance},
    olm::{Account, OneTimeKeySnapshot, RatchetSnapshot, SendingSnapshot, Session},
};

pub(super) fn account(account: &Account) -> Value {
    let snapshot = account.snapshot();
    check(&snapshot.identity_key);
    let mut state = json!({
        "ed25519": hex(account.ed25519_key().as_bytes()),
        "curve25519": hex(account.curve25519_key().as_bytes()),
        "curve25519_secret": hex(snapshot.identity_key.secret_key),
        "one_time_keys": one_time_keys(&snapshot.one_time_keys),
        "one_time_key_limit": snapshot.one_time_key_limit,
        "fallback_keys": one_time_keys(&snapshot.fallback_keys),
        "last_key_id": snapshot.last_key_id.as_u64(),
    });
    put_signing_key(&mut state, &snapshot.signing_key);
    state
}

fn one_time_keys(keys: &[OneTimeKeySnapshot<'_>]) -> Vec<Value> {
    let of = |key: &OneTimeKeySnapshot<'_>| {
        check(&key.key_pair);
        json!([key.key_id.as_u64(), hex(key.key_pair.public_key.unwrap().as_bytes()), key.published])
    };
    keys.iter().map(of).collect()
}

/// A state shows the public keys of its key pairs; that the secret keys are theirs is shown here.
fn check(key_pair: &KeyPairSnapshot<'_>) {
    let computed = Curve25519KeyPair::from_secret_key(key_pair.secret_key).public();
    assert_eq!(Some(computed), key_pair.public_key, "a secret key of another public key");
}

/// `seed` or `expanded`.
fn put_signing_key(state: &mut Value, signing_key: &SigningKeySnapshot<'_>) {
    match signing_key.secret_key {
        SigningSecretKey::Seed(seed) => state["seed"] = hex(seed).into(),
        SigningSecretKey::Expanded(expanded) => state["expanded"] = hex(expanded).into(),
    }
}

pub(super) fn session(session: &Session) -> Value {
    let snapshot = session.snapshot();
    let ratchet = snapshot.ratchet;
    let receiver_chains = ratchet.receiver_chains.iter();
    let skipped = ratchet.skipped_message_keys.iter();
    let limits = snapshot.limits;
    json!({
        "session_id_base64": session.session_id().to_base64(),
        "version": version(snapshot.version),
        "has_received_message": snapshot.has_received_message,
        "root_key": hex(ratchet.root_key),
        "sending": sending(&ratchet),
        "receiver_chains": receiver_chains.clone()
            .map(|chain| json!([hex(chain.ratchet_key.as_bytes()), chain.chain_index, hex(chain.chain_key)]))
            .collect::<Vec<_>>(),
        "skipped_message_keys": skipped
            .map(|key| json!([hex(key.ratchet_key.as_bytes()), key.chain_index, hex(key.message_key)]))
            .collect::<Vec<_>>(),
        "evicted_below": receiver_chains.map(|chain| chain.evicted_below).collect::<Vec<_>>(),
        "limits": {
            "skipped_keys_per_chain": limits.skipped_keys_per_chain(),
            "skipped_keys": limits.skipped_keys(),
            "receiver_chains": limits.receiver_chains(),
            "message_gap": limits.message_gap(),
        },
    })
}

fn sending(ratchet: &RatchetSnapshot<'_>) -> Value {
    match &ratchet.sending {
        SendingSnapshot::Active { ratchet_key, chain_key, chain_index } => {
            check(ratchet_key);
            json!({
                "ratchet_key": hex(ratchet_key.public_key.unwrap().as_bytes()),
                "ratchet_secret_key": hex(ratchet_key.secret_key),
                "chain_key": hex(chain_key),
                "chain_index": chain_index,
            })
        }
        SendingSnapshot::Inactive => {
            json!({ "their_ratchet_key": hex(ratchet.receiver_chains[0].ratchet_key.as_bytes()) })
        }
    }
}

pub(super) fn outbound_group_session(session: &OutboundGroupSession) -> Value {
    let snapshot = session.snapshot();
    let mut state = json!({
        "session_id_base64": session.session_id().to_base64(),
        "version": version(snapshot.version),
        "message_index": snapshot.ratchet.index,
        "ratchet": hex(snapshot.ratchet.parts),
    });
    put_signing_key(&mut state, &snapshot.signing_key);
    state
}

pub(super) fn inbound_group_session(session: &InboundGroupSession) -> Value {
    let snapshot = session.snapshot();
    let guard = &snapshot.replay_guard;
    let mut state = json!({
        "session_id_base64": session.session_id().to_base64(),
        "version": version(snapshot.version),
        "first_known_index": snapshot.ratchet.index,
        "ratchet": hex(snapshot.ratchet.parts),
        "replay_guard_capacity": guard.capacity(),
        "replay_guard": guard.entries().map(|(index, event)| json!([index, hex(event)])).collect::<Vec<_>>(),
    });
    match snapshot.provenance {
        Provenance::Shared { from } => state["shared_from"] = from.into(),
        Provenance::Imported => state["shared_from"] = Value::Null,
        Provenance::Legacy { flag } => state["verified"] = flag.into(),
    }
    state
}

/// The version byte of the messages.
fn version(version: MessageVersion) -> u8 {
    match version {
        MessageVersion::V1 => 3,
        MessageVersion::V2 => 4,
    }
}

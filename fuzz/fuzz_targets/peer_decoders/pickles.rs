//! Stored states: vodozemac's JSON, bare and in its envelope, libolm's bodies, and dehydrated devices.

#[path = "../vodozemac_pickles/shape.rs"]
mod shape;

use arbitrary::Unstructured;
use cliquet::{
    MessageVersion,
    olm::Account,
    pickle::{DehydratedDevice, PickleKind},
    pk::PkDecryption,
};
use cliquet_fuzz::{
    KINDS, Saved, edited, envelope, for_kind,
    peers::{Answer, Case, Peer::Vodozemac, Subject, ask_peer, judge, olm_state},
    states,
};
use serde_json::Value;

const KEY: [u8; 32] = [0x44; 32];
const VERSIONS: [MessageVersion; 2] = [MessageVersion::V1, MessageVersion::V2];

/// JSON as it stands or in the right shape; or that of a valid state, changed.
pub(crate) fn json(how: u8, input: &[u8], changed: bool) {
    let kind = KINDS[usize::from(how % 4)];
    let json = if changed {
        edited(states::json_of_kind(kind), input)
    } else if (how / 4).is_multiple_of(2) {
        Some(input.to_vec())
    } else {
        let value = shape::of_kind(kind, &mut Unstructured::new(input));
        value.ok().map(|value| value.to_string().into_bytes())
    };
    let Some(json) = json else { return };
    let subjects = [Subject::AccountJson, Subject::SessionJson, Subject::OutboundJson, Subject::InboundJson];
    let subject = subjects[usize::from(how % 4)];
    let ours = for_kind!(kind, our_json(&json));
    let theirs = olm_state::ask(|| olm_state::of_peer(kind, &json));

    // In its envelope it is the same, for both.
    let text = envelope::legacy_seal(&KEY, &json);
    assert_eq!(for_kind!(kind, our_sealed(&text)), ours);
    let opens = theirs.as_ref().is_ok_and(Option::is_some);
    assert_eq!(peers_sealed(kind, &text), opens);
    olm_state::judge_states(&Case { subject, input: &json, state: None }, ours, theirs);
}

/// With the version that it says, or the first one if it says none.
fn our_json<T: Saved>(json: &[u8]) -> Option<Option<Value>> {
    let opened = VERSIONS.into_iter().find_map(|version| T::open_json(json, version).ok())?;
    Some(olm_state::of_ours(&opened))
}

fn our_sealed<T: Saved>(text: &str) -> Option<Option<Value>> {
    let opened = VERSIONS.into_iter().find_map(|version| T::open_vodozemac(text, &KEY, version).ok())?;
    Some(olm_state::of_ours(&opened))
}

fn peers_sealed(kind: PickleKind, text: &str) -> bool {
    use vodozemac::{megolm, olm};
    match kind {
        PickleKind::Account => olm::AccountPickle::from_encrypted(text, &KEY).is_ok(),
        PickleKind::Session => olm::SessionPickle::from_encrypted(text, &KEY).is_ok(),
        PickleKind::OutboundGroupSession => megolm::GroupSessionPickle::from_encrypted(text, &KEY).is_ok(),
        _ => megolm::InboundGroupSessionPickle::from_encrypted(text, &KEY).is_ok(),
    }
}

/// A body of libolm as it stands, or a valid one, changed.
pub(crate) fn libolm(how: u8, input: &[u8], changed: bool) {
    if how % 5 == 4 {
        key_pair(input);
        return;
    }
    let kind = KINDS[usize::from(how % 5)];
    let body =
        if changed { edited(states::libolm_bodies_of_kind(kind), input) } else { Some(input.to_vec()) };
    let Some(body) = body else { return };
    let subjects =
        [Subject::LibolmAccount, Subject::LibolmSession, Subject::LibolmOutbound, Subject::LibolmInbound];
    let subject = subjects[usize::from(how % 5)];
    let text = envelope::legacy_seal(&KEY, &body);
    let ours = for_kind!(kind, our_libolm(&text));
    let theirs = olm_state::ask(|| olm_state::of_peer_from_libolm(kind, &text, &KEY));
    olm_state::judge_states(&Case { subject, input: &body, state: None }, ours, theirs);
}

fn our_libolm<T: Saved>(text: &str) -> Option<Option<Value>> {
    T::open_libolm(text, &KEY).ok().map(|state| olm_state::of_ours(&state))
}

/// The key pair of a backup.
fn key_pair(body: &[u8]) {
    let text = envelope::legacy_seal(&KEY, body);
    let ours = PkDecryption::from_libolm_pickle(&text, &KEY)
        .map(|pair| (*pair.export_secret_key(), *pair.public_key().as_bytes()));
    let theirs = ask_peer(|| {
        let pair = vodozemac::pk_encryption::PkDecryption::from_libolm_pickle(&text, &KEY);
        Answer::of(pair.map(|pair| [*pair.secret_key().to_bytes(), pair.public_key().to_bytes()].concat()))
    });
    let ours = Answer::of(ours.map(|(secret, public)| [secret, public].concat()));
    judge(Vodozemac, &Case { subject: Subject::LibolmKeyPair, input: body, state: None }, &ours, &theirs);
}

/// The plaintext of a dehydrated device.
pub(crate) fn dehydrated(plaintext: &[u8]) {
    let [ciphertext, nonce] = envelope::dehydrated_seal(&KEY, &[0x55; 12], plaintext);
    let device = DehydratedDevice::new(ciphertext.clone(), nonce.clone());
    let ours = Account::from_dehydrated_device(&device, &KEY)
        .ok()
        .map(|account| olm_state::of_ours(&account).map(without_ids));
    let theirs = olm_state::ask(|| {
        let account = vodozemac::olm::Account::from_dehydrated_device(&ciphertext, &nonce, &KEY).ok()?;
        Some(without_ids(olm_state::normalised(
            serde_json::to_value(account.pickle()).expect("it can be written"),
        )))
    });
    olm_state::judge_states(
        &Case { subject: Subject::Dehydrated, input: plaintext, state: None },
        ours,
        theirs,
    );
}

/// An account without the ids of its keys, which a dehydrated device has none of: both number them anew, each from its own first number.
fn without_ids(mut account: Value) -> Value {
    if let Some(keys) = account.pointer_mut("/one_time_keys/private_keys") {
        let mut found: Vec<(u64, Value)> = keys
            .as_object()
            .into_iter()
            .flatten()
            .map(|(id, key)| (id.parse().expect("an id is a number"), key.clone()))
            .collect();
        found.sort_by_key(|(id, _)| *id);
        *keys = found.into_iter().map(|(_, key)| key).collect();
    }
    if let Some(key) = account.pointer_mut("/fallback_keys/fallback_key").and_then(Value::as_object_mut) {
        key.remove("key_id");
    }
    account
}

//! Pickles of vodozemac, and dehydrated devices. Any JSON text; JSON of the right shape with any content; JSON of valid states
//! with a few characters changed; each bare, in the envelope of a second implementation, and as a typed value of serde. Any
//! bytes as the plaintext of a dehydrated device.
//!
//! Bare, encrypted and typed open alike. What opens is written again to JSON that opens to the same state, byte for byte in
//! native form, and it works. A pickle without a version opens only for who states V1. The plaintext of a dehydrated device that opens is
//! the one that is written again.

#![no_main]

mod shape;

use arbitrary::Unstructured;
use cliquet::{
    MessageVersion,
    olm::Account,
    pickle::{self, DehydratedDevice, InexpressibleError, PickleFormat, PickleKind, UnpickleError},
};
use cliquet_fuzz::{KINDS, Saved, edited, envelope, for_kind, random::seeded, states};
use libfuzzer_sys::fuzz_target;

const KEY: [u8; 32] = [0x44; 32];
const NONCE: [u8; 12] = [0x55; 12];

fuzz_target!(|input: &[u8]| {
    let Some((&selector, rest)) = input.split_first() else { return };
    let kind = KINDS[usize::from(selector % 4)];
    match selector / 4 % 4 {
        0 => for_kind!(kind, json(rest)),
        1 => {
            let Some(changed) = edited(states::json_of_kind(kind), rest) else { return };
            for_kind!(kind, json(&changed));
        }
        2 => {
            let value = shape::of_kind(kind, &mut Unstructured::new(rest));
            let Ok(value) = value else { return };
            for_kind!(kind, json(value.to_string().as_bytes()));
        }
        _ => dehydrated_device(rest),
    }
});

fn json<T: Saved>(json: &[u8]) {
    let text = envelope::legacy_seal(&KEY, json);
    let stated = [MessageVersion::V1, MessageVersion::V2].map(|version| {
        let (bare, opened) = (T::open_json(json, version), T::open_vodozemac(&text, &KEY, version));
        assert_eq!(bare.as_ref().err(), opened.as_ref().err());
        let plain = bare.as_ref().ok().map(T::save_plain);
        assert_eq!(opened.ok().as_ref().map(T::save_plain), plain);
        (plain, bare)
    });
    let [(plain_v1, v1), (plain_v2, v2)] = stated;
    typed::<T>(json, [plain_v1, plain_v2], &v1);
    for state in [v1, v2].into_iter().flatten() {
        is_recognised::<T>(json, &text);
        opened(state);
    }
}

/// What serde makes of it is what opens without a statement, and, with the statement that versions are V1, what opens for V1.
fn typed<T: Saved>(json: &[u8], [v1, v2]: [Option<Vec<u8>>; 2], stated_v1: &Result<T, UnpickleError>) {
    let plain = |typed: T::Typed| T::from_typed(typed).save_plain();
    let typed = serde_json::from_slice(json).ok().map(plain);
    assert_eq!(T::from_json_assuming_v1(json).as_ref().map(T::save_plain), v1);
    if T::KIND == PickleKind::Account {
        assert_eq!((&typed, &typed), (&v1, &v2));
    } else if stated_v1.is_ok() && typed.is_none() {
        assert!(v2.is_none(), "without a version nothing opens as V2");
        let error = T::open_json(json, MessageVersion::V2).err();
        assert_eq!(error, Some(UnpickleError::MissingVersion));
    } else {
        assert!(v1.is_none() || v2.is_none(), "a pickle has one version");
        assert_eq!(typed, v1.or(v2));
    }
}

fn is_recognised<T: Saved>(json: &[u8], text: &str) {
    let bare = pickle::recognise(json, &KEY);
    // What begins with white space is no JSON of vodozemac's, but it may open.
    if json.first() == Some(&b'{') {
        let bare = bare.expect("it opens");
        assert_eq!((bare.kind, bare.format), (T::KIND, PickleFormat::VodozemacJson));
        let encrypted = pickle::recognise(text.as_bytes(), &KEY).expect("it opens");
        assert_eq!((encrypted.kind, encrypted.format), (T::KIND, PickleFormat::Vodozemac));
    }
}

fn opened<T: Saved>(mut state: T) {
    let plain = state.save_plain();
    assert_eq!(T::open_plain(&plain).expect("what is written can be read").save_plain(), plain);
    match state.save_json() {
        Ok(written) => written_again(&state, &plain, &written),
        // An id that is the last there is has no next one.
        Err(InexpressibleError::KeyId { key_id, .. }) => assert_eq!(key_id.as_u64(), u64::MAX),
        Err(error) => panic!("it came from there: {error}"),
    }
    state.work();
}

fn written_again<T: Saved>(state: &T, plain: &[u8], written: &[u8]) {
    let typed = state.typed().expect("it came from there");
    assert_eq!(serde_json::to_vec(&typed).expect("it can be written"), written);
    assert_eq!(T::from_typed(typed).save_plain(), plain);
    let value: serde_json::Value = serde_json::from_slice(written).expect("it is JSON");
    let typed = serde_json::from_value(value).expect("what is written can be read");
    let again = T::from_typed(typed);
    assert!(again.save_plain() == plain, "it is the same state");
    assert!(again.save_json().as_deref() == Ok(written), "equal states give equal texts");
    let text = state.save_vodozemac(&KEY).expect("it came from there");
    assert_eq!(envelope::legacy_open(&KEY, &text), written);
}

fn dehydrated_device(plaintext: &[u8]) {
    let [ciphertext, nonce] = envelope::dehydrated_seal(&KEY, &NONCE, plaintext);
    let device = DehydratedDevice::new(ciphertext, nonce);
    let wrong = Account::from_dehydrated_device(&device, &[0x45; 32]).err();
    assert_eq!(wrong, Some(UnpickleError::AuthenticationFailed));
    let Ok(mut account) = Account::from_dehydrated_device(&device, &KEY) else { return };
    assert_eq!(account.unpublished_one_time_keys().count(), 0);
    assert!(account.unpublished_fallback_key().is_none());
    assert!(
        account.one_time_keys().map(|key| key.key_id.as_u64()).eq(1..=account.one_time_keys().count() as u64)
    );
    let again = account.to_dehydrated_device(&KEY, &mut seeded(1)).expect("it came from there");
    assert_eq!(envelope::dehydrated_open(&KEY, &again.nonce, &again.ciphertext), plaintext);
    account.work();
}

//! Dehydrated devices (MSC3814) of cliquet and of vodozemac: each brings back what the other put to sleep, and answers who
//! wrote to it in the meantime.

use std::collections::BTreeMap;

use cliquet::{MessageVersion::V1, olm, pickle::DehydratedDevice};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::Value;
use vodozemac::{base64_decode, base64_encode};

use super::{
    super::party::{
        IMPLEMENTATIONS,
        Implementation::{self, Cliquet, Libolm, Vodozemac},
        OlmMessage, Random, Reminder, first_seed,
    },
    hands::{Account, Session},
    state::{KEY, State},
};

const DIRECTIONS: [[Implementation; 2]; 4] =
    [[Cliquet, Vodozemac], [Vodozemac, Cliquet], [Cliquet, Cliquet], [Vodozemac, Vodozemac]];

fn dehydrated(account: &Account) -> DehydratedDevice {
    match account {
        State::Cliquet(account) => {
            account.to_dehydrated_device(&KEY, &mut Random::new(first_seed())).unwrap()
        }
        State::Vodozemac(account) => {
            let device = account.to_dehydrated_device(&KEY).unwrap();
            DehydratedDevice::new(device.ciphertext, device.nonce)
        }
        State::Libolm(_) => panic!("libolm has none"),
    }
}

fn rehydrated(place: Implementation, device: &DehydratedDevice, key: &[u8; 32]) -> Option<Account> {
    let DehydratedDevice { ciphertext, nonce, .. } = device;
    match place {
        Cliquet => olm::Account::from_dehydrated_device(device, key).ok().map(State::Cliquet),
        Vodozemac => {
            let account = vodozemac::olm::Account::from_dehydrated_device(ciphertext, nonce, key);
            account.ok().map(State::Vodozemac)
        }
        Libolm => panic!("libolm has none"),
    }
}

/// Another device that wrote to the sleeping one.
struct Correspondent {
    identity_key: String,
    session: Session,
    first: OlmMessage,
    to_fallback_key: bool,
}

/// One for each key, of each implementation in turn.
fn correspondents(device: &Account, random: &Random) -> Vec<Correspondent> {
    let one_time_keys = device.unpublished_one_time_keys().into_iter().map(|key| (key, false));
    let fallback_key = device.unpublished_fallback_key().into_iter().map(|key| (key, true));
    let keys = one_time_keys.chain(fallback_key).zip(IMPLEMENTATIONS.into_iter().cycle());
    keys.map(|(((_, key), to_fallback_key), place)| {
        let account = Account::new(place, random);
        let mut session = account.start(V1, &device.curve25519_key(), &key, random);
        let first = session.encrypt(key.as_bytes(), random);
        Correspondent { identity_key: account.curve25519_key(), session, first, to_fallback_key }
    })
    .collect()
}

#[test]
fn pickle_of_a_dehydrated_device() {
    for [from, to] in DIRECTIONS {
        for one_time_keys in [0, 1, 50] {
            for fallback_keys in [0, 1] {
                let _reminder = Reminder((from, to, one_time_keys, fallback_keys));
                let random = Random::new(first_seed());
                let mut account = Account::new(from, &random);
                account.generate_one_time_keys(one_time_keys, &random);
                (0..fallback_keys).for_each(|_| account.generate_fallback_key(&random));
                let correspondents = correspondents(&account, &random);
                assert_eq!(correspondents.len(), one_time_keys + fallback_keys);
                account.mark_keys_as_published();

                let mut device = rehydrated(to, &dehydrated(&account), &KEY).unwrap();
                assert_eq!(device.ed25519_key(), account.ed25519_key());
                assert_eq!(device.curve25519_key(), account.curve25519_key());
                assert_eq!(device.sign(b"message"), account.sign(b"message"));
                assert_eq!(one_time_keys_by_id(&device), one_time_keys_by_id(&account));
                assert_eq!(device.unpublished_one_time_keys(), []);
                assert_eq!(device.unpublished_fallback_key(), None);
                for correspondent in correspondents {
                    answers(&mut device, correspondent, &random);
                }
                goes_on(&mut device, one_time_keys, fallback_keys, &random);
            }
        }
    }
}

/// The secret one-time keys, by ascending id: the ids are new after the sleep, their order is not.
fn one_time_keys_by_id(account: &Account) -> Vec<Value> {
    let json: Value = match account {
        State::Cliquet(ours) => serde_json::from_slice(ours.to_vodozemac_json().unwrap().as_bytes()).unwrap(),
        State::Vodozemac(theirs) => serde_json::to_value(theirs.pickle()).unwrap(),
        State::Libolm(_) => panic!("libolm has none"),
    };
    let keys = json["one_time_keys"]["private_keys"].as_object().unwrap();
    let by_id: BTreeMap<u64, Value> =
        keys.iter().map(|(id, key)| (id.parse().unwrap(), key.clone())).collect();
    by_id.into_values().collect()
}

fn answers(device: &mut Account, mut correspondent: Correspondent, random: &Random) {
    let Correspondent { identity_key, session, first, to_fallback_key } = &mut correspondent;
    let (mut answer, _) = device.answer(V1, identity_key, first).unwrap();
    let reply = answer.encrypt(b"awake", random);
    assert_eq!(session.decrypt(&reply).unwrap(), b"awake");
    let next = session.encrypt(b"good morning", random);
    assert_eq!(answer.decrypt(&next).unwrap(), b"good morning");
    assert_eq!(device.answer(V1, identity_key, first).is_ok(), *to_fallback_key);
}

/// The keys of the device have ids of their own, which new keys of cliquet do not get.
fn goes_on(device: &mut Account, one_time_keys: usize, fallback_keys: usize, random: &Random) {
    if device.place() == Cliquet {
        device.generate_one_time_keys(1, random);
        let (id, _) = device.unpublished_one_time_keys().remove(0);
        assert!(id > u64::try_from(one_time_keys + fallback_keys).unwrap());
    }
    // What has no previous fallback key can be put to sleep again.
    let again = rehydrated(Cliquet, &dehydrated(device), &KEY).unwrap();
    assert_eq!(again.ed25519_key(), device.ed25519_key());
}

/// Each reads no device that was changed, nor under another key.
#[test]
fn pickle_of_a_dehydrated_device_that_was_changed() {
    let mut schedule = StdRng::seed_from_u64(first_seed());
    for [from, to] in DIRECTIONS {
        let random = Random::new(first_seed());
        let mut account = Account::new(from, &random);
        account.generate_one_time_keys(2, &random);
        account.generate_fallback_key(&random);
        let device = dehydrated(&account);
        assert!(rehydrated(to, &device, &KEY).is_some());
        assert!(rehydrated(to, &device, &[0; 32]).is_none(), "another key");

        let DehydratedDevice { ciphertext, nonce, .. } = &device;
        for position in 0..base64_decode(ciphertext).unwrap().len() {
            let changed = with_flipped_bit(ciphertext, position, schedule.random_range(0..8));
            let changed = DehydratedDevice::new(changed, nonce.clone());
            assert!(rehydrated(to, &changed, &KEY).is_none(), "{to:?} reads byte {position} changed");
        }
        for position in 0..12 {
            let changed = with_flipped_bit(nonce, position, schedule.random_range(0..8));
            let changed = DehydratedDevice::new(ciphertext.clone(), changed);
            assert!(rehydrated(to, &changed, &KEY).is_none(), "{to:?} reads nonce {position} changed");
        }
    }
}

fn with_flipped_bit(text: &str, position: usize, bit: u32) -> String {
    let mut bytes = base64_decode(text).unwrap();
    bytes[position] ^= 1 << bit;
    base64_encode(bytes)
}

//! Accounts on the move: keys, ids, what is published, signatures, and the sessions that others start with the keys.

use std::collections::BTreeSet;

use cliquet::MessageVersion::V1;

use super::{
    super::party::{
        IMPLEMENTATIONS,
        Implementation::{self, Cliquet, Libolm, Vodozemac},
        Random, Reminder, first_seed,
    },
    hands::{Account, NumberedKey},
    state::{State, Way},
};

/// Where an account begins, and where it goes.
const PATHS: [[Implementation; 3]; 6] = [
    [Cliquet, Libolm, Cliquet],
    [Libolm, Cliquet, Libolm],
    [Cliquet, Vodozemac, Cliquet],
    [Vodozemac, Cliquet, Vodozemac],
    [Libolm, Vodozemac, Libolm],
    [Vodozemac, Libolm, Vodozemac],
];

#[derive(Clone, Copy, Debug)]
enum Published {
    Nothing,
    /// Half of the one-time keys, and the older of two fallback keys.
    Half,
    Everything,
}

#[test]
fn pickle_of_accounts_with_keys() {
    let mut ways = Way::all().cycle();
    for path in PATHS {
        for one_time_keys in [0, 1, 50, 100] {
            for fallback_keys in 0..=2 {
                for published in [Published::Nothing, Published::Half, Published::Everything] {
                    let (stock, way) = ((one_time_keys, fallback_keys, published), ways.next().unwrap());
                    let _reminder = Reminder((path, stock, way));
                    let mut traveller = Traveller::new(path[0]);
                    traveller.stock(one_time_keys, fallback_keys, published);
                    for (thirds_left, place) in [3, 2, 1].into_iter().zip(path) {
                        traveller.change_hands(place, way);
                        traveller.others_use_one_of(thirds_left);
                    }
                    traveller.is_given_new_ids();
                }
            }
        }
    }
}

/// vodozemac counts one-time keys and fallback keys apart, so that a key of each kind can have one id: both keep it, both
/// serve, and it is not given again.
#[test]
fn pickle_of_an_account_in_which_two_keys_share_an_id() {
    for [_, first, second] in PATHS {
        for way in Way::all() {
            let _reminder = Reminder((first, second, way));
            let mut traveller = Traveller::new(Vodozemac);
            traveller.generate_one_time_keys(2);
            traveller.generate_fallback_key();
            traveller.generate_fallback_key();
            let ids_of = |keys: &[NumberedKey]| keys.iter().map(|(id, _)| *id).collect::<Vec<_>>();
            assert_eq!(ids_of(&traveller.one_time_keys), [0, 1]);
            assert_eq!(ids_of(&traveller.fallback_keys), [1, 0]);
            for place in [first, second] {
                traveller.change_hands(place, way);
            }
            traveller.others_use_one_of(1);
            traveller.is_given_new_ids();
        }
    }
}

/// Where there is no room for another one-time key, the oldest goes, wherever it was made.
#[test]
fn pickle_of_a_full_account_gives_up_the_oldest_key() {
    for from in IMPLEMENTATIONS {
        for to in [Cliquet, Libolm] {
            for way in Way::all() {
                let _reminder = Reminder((from, to, way));
                let mut traveller = Traveller::new(from);
                traveller.generate_one_time_keys(100);
                let [oldest, next] = [0, 1].map(|age: usize| traveller.one_time_keys[age].1.clone());
                traveller.change_hands(to, way);
                if let State::Cliquet(account) = traveller.account() {
                    assert_eq!(account.set_one_time_key_limit(100).unwrap(), []);
                }
                traveller.generate_one_time_keys(1);
                assert_eq!([oldest, next].map(|key| traveller.answers(&key)), [false, true]);
            }
        }
    }
}

const SIGNED: &[u8] = b"what is signed";

/// An account, and what must be true of it wherever it is.
struct Traveller {
    account: Option<Account>,
    random: Random,
    /// By ascending id; the first of them are published.
    one_time_keys: Vec<NumberedKey>,
    published: usize,
    /// The current one first.
    fallback_keys: Vec<NumberedKey>,
    fallback_key_is_published: bool,
    identity: [String; 2],
    /// Of [`SIGNED`].
    signature: String,
    /// Every id that was ever given.
    ids: BTreeSet<u64>,
}

impl Traveller {
    fn new(place: Implementation) -> Self {
        let random = Random::new(first_seed());
        let account = Account::new(place, &random);
        Self {
            identity: [account.curve25519_key(), account.ed25519_key()],
            signature: account.sign(SIGNED),
            account: Some(account),
            random,
            one_time_keys: Vec::new(),
            published: 0,
            fallback_keys: Vec::new(),
            fallback_key_is_published: false,
            ids: BTreeSet::new(),
        }
    }

    /// Also keys that are gone by now, whose ids only the counters know.
    fn stock(&mut self, one_time_keys: usize, fallback_keys: usize, published: Published) {
        self.generate_one_time_keys(4);
        self.mark_keys_as_published();
        self.others_use_one_of(1);

        self.generate_one_time_keys(one_time_keys / 2);
        (1..fallback_keys).for_each(|_| self.generate_fallback_key());
        if matches!(published, Published::Half) {
            self.mark_keys_as_published();
        }
        self.generate_one_time_keys(one_time_keys.div_ceil(2));
        (0..fallback_keys.min(1)).for_each(|_| self.generate_fallback_key());
        if matches!(published, Published::Everything) {
            self.mark_keys_as_published();
        }
        assert_eq!((self.one_time_keys.len(), self.fallback_keys.len()), (one_time_keys, fallback_keys));
    }

    fn account(&mut self) -> &mut Account {
        self.account.as_mut().unwrap()
    }

    fn generate_one_time_keys(&mut self, count: usize) {
        let random = self.random.clone();
        self.account().generate_one_time_keys(count, &random);
        let unpublished = self.account().unpublished_one_time_keys();
        self.one_time_keys.truncate(self.published);
        self.one_time_keys.extend(unpublished);
        self.ids.extend(self.one_time_keys.iter().map(|(id, _)| *id));
    }

    fn generate_fallback_key(&mut self) {
        let random = self.random.clone();
        self.account().generate_fallback_key(&random);
        let key = self.account().unpublished_fallback_key().unwrap();
        self.ids.insert(key.0);
        self.fallback_keys.insert(0, key);
        self.fallback_keys.truncate(2);
        self.fallback_key_is_published = false;
    }

    fn mark_keys_as_published(&mut self) {
        self.account().mark_keys_as_published();
        self.published = self.one_time_keys.len();
        self.fallback_key_is_published = true;
    }

    fn change_hands(&mut self, place: Implementation, way: Way) {
        let account = self.account.take().unwrap().moved(place, way);
        assert_eq!([account.curve25519_key(), account.ed25519_key()], self.identity);
        assert_eq!(account.sign(SIGNED), self.signature);
        for verifier in IMPLEMENTATIONS {
            verifier.verify(&self.identity[1], SIGNED, &self.signature).unwrap();
        }
        assert_eq!(account.unpublished_one_time_keys(), self.one_time_keys[self.published..]);
        let unpublished = self.fallback_keys.first().filter(|_| !self.fallback_key_is_published);
        assert_eq!(account.unpublished_fallback_key().as_ref(), unpublished);
        self.account = Some(account);
    }

    /// Others start sessions with every `nth` one-time key, which uses it up, and with each fallback key, which does not.
    fn others_use_one_of(&mut self, nth: usize) {
        let (mut kept, mut published) = (Vec::new(), 0);
        for (number, key) in std::mem::take(&mut self.one_time_keys).into_iter().enumerate() {
            if number % nth == 0 {
                self.another_starts_a_session(&key.1, false);
            } else {
                published += usize::from(number < self.published);
                kept.push(key);
            }
        }
        (self.one_time_keys, self.published) = (kept, published);
        for (_, key) in self.fallback_keys.clone() {
            self.another_starts_a_session(&key, true);
        }
    }

    fn another_starts_a_session(&mut self, key: &str, again: bool) {
        let (random, identity_key) = (self.random.clone(), self.identity[0].clone());
        let other = Account::new(Cliquet, &random);
        let mut session = other.start(V1, &identity_key, key, &random);
        let first = session.encrypt(b"first", &random);
        let their_key = other.curve25519_key();
        let (mut answer, plaintext) = self.account().answer(V1, &their_key, &first).unwrap();
        assert_eq!(plaintext, b"first");
        let reply = answer.encrypt(b"reply", &random);
        assert_eq!(session.decrypt(&reply).unwrap(), b"reply");
        assert_eq!(self.account().answer(V1, &their_key, &first).is_ok(), again);
    }

    /// Whether the account still has the key with which another starts a session.
    fn answers(&mut self, key: &str) -> bool {
        let (random, identity_key) = (self.random.clone(), self.identity[0].clone());
        let other = Account::new(Cliquet, &random);
        let first = other.start(V1, &identity_key, key, &random).encrypt(b"first", &random);
        self.account().answer(V1, &other.curve25519_key(), &first).is_ok()
    }

    /// New keys have ids that no key had before; vodozemac gives one key of each kind the same.
    fn is_given_new_ids(&mut self) {
        let (before, place) = (self.ids.clone(), self.account().place());
        let published: BTreeSet<NumberedKey> = self.one_time_keys.iter().cloned().collect();
        let random = self.random.clone();
        self.account().generate_one_time_keys(3, &random);
        self.account().generate_fallback_key(&random);
        let mut new = self.account().unpublished_one_time_keys();
        new.retain(|key| !published.contains(key));
        if place != Vodozemac {
            new.extend(self.account().unpublished_fallback_key());
        }
        let ids: BTreeSet<u64> = new.iter().map(|(id, _)| *id).collect();
        assert_eq!(ids.len(), if place == Vodozemac { 3 } else { 4 }, "{new:?}");
        assert!(before.is_disjoint(&ids), "{ids:?} of {before:?}");
        assert!(!before.contains(&self.account().unpublished_fallback_key().unwrap().0));
    }
}

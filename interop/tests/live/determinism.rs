//! cliquet is libolm to the byte: the same random bytes give the same keys, ids, signatures, messages and exports.

use std::fmt;

use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};

use super::party::{
    Account, Implementation, InboundGroupSession, NamedKey, OlmMessage, OutboundGroupSession, Random,
    Reminder, Session, first_seed, random_plaintext,
};

use Implementation::{Cliquet, Libolm};

const SEEDS: usize = 50;
const MESSAGES: usize = 300;

#[test]
fn accounts_are_equal() {
    for seed in (first_seed()..).take(SEEDS) {
        let _reminder = Reminder(seed);
        let mut schedule = StdRng::seed_from_u64(seed);
        let mut account = Device::new(seed);
        account.both(|account| (account.ed25519_key(), account.curve25519_key()));
        for _ in 0..schedule.random_range(1..8) {
            match schedule.random_range(0..4) {
                0 => account.both(Account::generate_fallback_key),
                1 => account.both(Account::mark_keys_as_published),
                _ => {
                    let count = schedule.random_range(0..12);
                    account.both(|account| account.generate_one_time_keys(count));
                }
            }
            account.both(|account| account.one_time_keys().into_iter().map(numbered).collect::<Vec<_>>());
            account.both(|account| account.fallback_key().map(numbered));
            let message = random_plaintext(&mut schedule, 300);
            account.both(|account| account.sign(&message));
        }
        account.has_drawn_the_same();
    }
}

#[test]
fn conversations_are_equal() {
    for seed in (first_seed()..).take(SEEDS) {
        let _reminder = Reminder(seed);
        let mut schedule = StdRng::seed_from_u64(seed);
        let mut alice = Device::new(seed.wrapping_mul(2));
        let mut bob = Device::new(seed.wrapping_mul(2).wrapping_add(1));
        let (_, key) = if schedule.random() {
            bob.both(|bob| bob.generate_one_time_keys(3));
            bob.both(|bob| bob.one_time_keys().into_iter().map(numbered).nth(1)).unwrap()
        } else {
            bob.both(Account::generate_fallback_key);
            bob.both(|bob| bob.fallback_key().map(numbered)).unwrap()
        };
        let identity_key = bob.both(|bob| bob.curve25519_key());
        let mut sending = alice.twins.map(|alice| alice.start(&identity_key, &key).unwrap());

        let first: Vec<OlmMessage> =
            (0_u8..3).map(|n| sending.both(|session| session.encrypt(&[n]))).collect();
        let identity_key = alice.both(|alice| alice.curve25519_key());
        let mut receiving = bob.twins.map(|bob| {
            let (session, plaintext) = bob.answer(&identity_key, &first[2]).unwrap();
            assert_eq!(plaintext, [2]);
            session
        });
        assert_eq!(
            sending.both(|session| session.session_id()),
            receiving.both(|session| session.session_id())
        );
        assert_eq!(receiving.both(|session| session.decrypt(&first[0])), Ok(vec![0]));

        talk(&mut schedule, [&mut sending, &mut receiving]);
        alice.has_drawn_the_same();
        bob.has_drawn_the_same();
    }
}

/// A few messages of one side, of which some come late and a few never, then some of the other side, and so on.
fn talk(schedule: &mut StdRng, sides: [&mut Twins<dyn Session>; 2]) {
    let [sender, receiver] = sides;
    let mut sides = [(sender, Vec::new()), (receiver, Vec::new())];
    let mut turns = 0;
    for _ in 0..MESSAGES {
        let [(sender, _), (receiver, under_way)] = &mut sides;
        let plaintext = random_plaintext(schedule, 400);
        under_way.push((sender.both(|session| session.encrypt(&plaintext)), plaintext, turns));
        loop {
            // libolm forgets the chain of a message that is late by more turns.
            let first_is_old = under_way.first().is_some_and(|(_, _, sent_in)| turns - sent_in > 6);
            let next = match under_way.len() {
                0 => break,
                _ if first_is_old => 0,
                count if count > 5 || schedule.random() => schedule.random_range(0..count),
                _ => break,
            };
            let (message, plaintext, _) = under_way.remove(next);
            // libolm keeps 40 skipped message keys in all, so that many are not lost.
            if schedule.random_ratio(31, 32) {
                assert_eq!(receiver.both(|session| session.decrypt(&message)), Ok(plaintext));
            }
        }
        if schedule.random_ratio(1, 4) {
            turns += 1;
            sides.reverse();
        }
    }
}

#[test]
fn rooms_are_equal() {
    for seed in (first_seed()..).take(SEEDS) {
        let _reminder = Reminder(seed);
        let mut schedule = StdRng::seed_from_u64(seed);
        let random = [Random::new(seed), Random::new(seed)];
        let mut room = Twins::<dyn OutboundGroupSession> {
            cliquet: Cliquet.outbound_group_session(&random[0]),
            libolm: Libolm.outbound_group_session(&random[1]),
        };
        let session_key = room.both(|room| (room.session_id(), room.session_key())).1;
        let mut member = Twins::<dyn InboundGroupSession> {
            cliquet: Cliquet.inbound_group_session(&session_key).unwrap(),
            libolm: Libolm.inbound_group_session(&session_key).unwrap(),
        };
        for _ in 0..MESSAGES {
            let plaintext = random_plaintext(&mut schedule, 400);
            let message = room.both(|room| room.encrypt(&plaintext));
            if schedule.random() {
                assert_eq!(member.both(|member| member.decrypt(&message)).unwrap().0, plaintext);
            }
            if schedule.random_ratio(1, 16) {
                room.both(|room| (room.message_index(), room.session_key()));
                let index = schedule.next_u32() >> schedule.random_range(1..32);
                member.both(|member| member.export_at(index));
            }
        }
        assert_eq!(random[0].position(), random[1].position());
    }
}

/// An object of cliquet and the same one of libolm.
struct Twins<T: ?Sized> {
    cliquet: Box<T>,
    libolm: Box<T>,
}

impl<T: ?Sized> Twins<T> {
    /// Does the same with both, and gives what came of it, which must be equal.
    fn both<R: PartialEq + fmt::Debug>(&mut self, act: impl Fn(&mut T) -> R) -> R {
        let result = act(&mut self.cliquet);
        assert_eq!(result, act(&mut self.libolm), "cliquet on the left, libolm on the right");
        result
    }

    fn map<U: ?Sized>(&mut self, act: impl Fn(&mut T) -> Box<U>) -> Twins<U> {
        Twins { cliquet: act(&mut self.cliquet), libolm: act(&mut self.libolm) }
    }
}

/// A device on either implementation, with the same random bytes.
struct Device {
    twins: Twins<dyn Account>,
    random: [Random; 2],
}

impl Device {
    fn new(seed: u64) -> Self {
        let random = [Random::new(seed), Random::new(seed)];
        let twins = Twins { cliquet: Cliquet.account(&random[0]), libolm: Libolm.account(&random[1]) };
        Self { twins, random }
    }

    fn both<R: PartialEq + fmt::Debug>(&mut self, act: impl Fn(&mut (dyn Account + 'static)) -> R) -> R {
        self.twins.both(act)
    }

    fn has_drawn_the_same(&self) {
        assert_eq!(self.random[0].position(), self.random[1].position());
    }
}

/// The number of a key id, which the two write in 64 bits and in 32, and the key.
fn numbered((key_id, key): NamedKey) -> (u64, String) {
    let number = vodozemac::base64_decode(key_id).unwrap();
    (number.into_iter().fold(0, |number, byte| number << 8 | u64::from(byte)), key)
}

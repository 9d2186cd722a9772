//! The limits that the peers have, tried at their border in both directions.

use super::{
    pair::{Direction, OneWay, Pair, StartedWith, accounts, start},
    party::{
        Implementation::{self, Cliquet, Libolm, Vodozemac},
        OlmMessage, PAIRINGS, Reminder, first_seed,
    },
};

/// So many messages may be missing before one that is accepted.
const MESSAGE_GAP: usize = 2_000;
/// So many skipped message keys are kept.
const SKIPPED_MESSAGE_KEYS: usize = 40;
/// The chains of so many turns are kept.
const RECEIVER_CHAINS: usize = 5;

/// How a gap that is too large is refused.
fn too_large(receiver: Implementation) -> &'static str {
    match receiver {
        Cliquet => "GapTooLarge { gap: 2001, limit: 2000 }",
        Libolm => "BAD_MESSAGE_MAC",
        Vodozemac => "TooBigMessageGap(2001, 2000)",
    }
}

/// How a message is refused whose key was skipped and given up for newer ones.
fn no_longer_kept(receiver: Implementation) -> &'static str {
    match receiver {
        Cliquet => "NoLongerKept { chain_index: ",
        Libolm => "BAD_MESSAGE_MAC",
        Vodozemac => "MissingMessageKey(",
    }
}

impl OneWay<'_> {
    /// `count` messages, each of which says its own number.
    fn encrypt_many(&mut self, count: usize) -> Vec<OlmMessage> {
        (0..count).map(|number| self.sender.encrypt(number.to_string().as_bytes())).collect()
    }

    /// Decrypts the message of `messages` with this number.
    fn opens(&mut self, messages: &[OlmMessage], number: usize) {
        let opened = self.receiver.decrypt(&messages[number]);
        assert_eq!(opened, Ok(number.to_string().into_bytes()), "message {number}");
    }

    fn refuses(&mut self, messages: &[OlmMessage], number: usize, expected: &str) {
        let answer = self.receiver.decrypt(&messages[number]).expect_err("to be refused");
        assert!(answer.starts_with(expected), "message {number}: {answer}, expected {expected}");
    }

    /// The last of the messages with the greatest gap is refused, the one before it opens, and so do the last
    /// messages that were skipped; afterwards both go on.
    fn try_gap(&mut self, receiver: Implementation) {
        let messages = self.encrypt_many(MESSAGE_GAP + 2);
        self.refuses(&messages, MESSAGE_GAP + 1, too_large(receiver));
        self.opens(&messages, MESSAGE_GAP);
        self.opens(&messages, MESSAGE_GAP + 1);

        let first_kept = MESSAGE_GAP - SKIPPED_MESSAGE_KEYS;
        self.refuses(&messages, first_kept - 1, no_longer_kept(receiver));
        (first_kept..MESSAGE_GAP).rev().for_each(|number| self.opens(&messages, number));
        self.hand_over(b"and on it goes");
    }
}

#[test]
fn gap_on_a_chain_that_is_known() {
    for pairing in PAIRINGS {
        for direction in Direction::BOTH {
            let _reminder = Reminder((pairing, direction));
            let mut pair = Pair::established(pairing, first_seed());
            let mut one_way = pair.sides(direction);
            one_way.hand_over(b"the chain begins");
            one_way.try_gap(direction.receiver(pairing));
            pair.sides(direction.reversed()).hand_over(b"and back");
        }
    }
}

#[test]
fn gap_at_the_beginning_of_a_chain() {
    for pairing in PAIRINGS {
        for direction in Direction::BOTH {
            let _reminder = Reminder((pairing, direction));
            let mut pair = Pair::established(pairing, first_seed());
            pair.sides(Direction::FromStarter).hand_over(b"a turn");
            if direction == Direction::FromStarter {
                pair.sides(Direction::FromAnswerer).hand_over(b"and the next one");
            }
            pair.sides(direction).try_gap(direction.receiver(pairing));
            pair.sides(direction.reversed()).hand_over(b"and back");
        }
    }
}

#[test]
fn gap_before_the_message_that_starts_the_session() {
    for pairing in PAIRINGS {
        let _reminder = Reminder(pairing);
        let mut accounts = accounts(pairing, first_seed());
        let identity_key = accounts[0].curve25519_key();
        let mut starter = start(&mut accounts, StartedWith::OneTimeKey);
        let messages: Vec<OlmMessage> =
            (0..MESSAGE_GAP + 2).map(|number| starter.encrypt(number.to_string().as_bytes())).collect();
        let refused = accounts[1].answer(&identity_key, &messages[MESSAGE_GAP + 1]);
        let answer = refused.map(drop).expect_err("to be refused");
        assert!(answer.contains(too_large(pairing.1)), "{answer}");

        let (mut answerer, plaintext) = accounts[1].answer(&identity_key, &messages[MESSAGE_GAP]).unwrap();
        assert_eq!(plaintext, MESSAGE_GAP.to_string().into_bytes());
        let mut one_way = OneWay { sender: &mut *starter, receiver: &mut *answerer };
        one_way.opens(&messages, MESSAGE_GAP + 1);
        one_way.opens(&messages, MESSAGE_GAP - SKIPPED_MESSAGE_KEYS);
        one_way.refuses(&messages, MESSAGE_GAP - SKIPPED_MESSAGE_KEYS - 1, no_longer_kept(pairing.1));
    }
}

/// Two messages in each of six turns; the second arrives, the first is late.
#[test]
fn late_messages_of_the_last_five_chains() {
    for pairing in PAIRINGS {
        for direction in Direction::BOTH {
            let _reminder = Reminder((pairing, direction));
            let mut pair = Pair::established(pairing, first_seed());
            let late: Vec<OlmMessage> = (0..=RECEIVER_CHAINS)
                .map(|turn| {
                    let mut one_way = pair.sides(direction);
                    let late = one_way.sender.encrypt(&[turn.to_le_bytes()[0]]);
                    one_way.hand_over(b"in time");
                    pair.sides(direction.reversed()).hand_over(b"your turn");
                    late
                })
                .collect();

            let mut one_way = pair.sides(direction);
            for (turn, message) in late.iter().enumerate().skip(1) {
                assert_eq!(one_way.receiver.decrypt(message), Ok(vec![turn.to_le_bytes()[0]]));
            }
            // The chain is gone. Only cliquet still uses its skipped keys: vodozemac drops them with the chain, libolm
            // keeps them but no longer looks at them.
            let opened = one_way.receiver.decrypt(&late[0]);
            match direction.receiver(pairing) {
                Cliquet => assert_eq!(opened, Ok(vec![0])),
                Libolm => assert_eq!(opened, Err("BAD_MESSAGE_MAC".to_owned())),
                Vodozemac => assert_eq!(opened, Err("InvalidMAC(MacError)".to_owned())),
            }
            one_way.hand_over(b"and on it goes");
            pair.sides(direction.reversed()).hand_over(b"and back");
        }
    }
}

/// Thirty messages are missing in each of two chains: more than libolm keeps keys for in a session.
#[test]
fn skipped_message_keys_over_two_chains() {
    for pairing in PAIRINGS {
        for direction in Direction::BOTH {
            let _reminder = Reminder((pairing, direction));
            let mut pair = Pair::established(pairing, first_seed());
            let missing = [0, 1].map(|_| {
                let mut one_way = pair.sides(direction);
                let missing = one_way.encrypt_many(30);
                one_way.hand_over(b"in time");
                pair.sides(direction.reversed()).hand_over(b"your turn");
                missing
            });
            let one_way = pair.sides(direction);
            let opened = missing.map(|chain| {
                chain.iter().filter(|message| one_way.receiver.decrypt(message).is_ok()).count()
            });
            let expected = match direction.receiver(pairing) {
                Libolm => [SKIPPED_MESSAGE_KEYS - 30, 30],
                Cliquet | Vodozemac => [30, 30],
            };
            assert_eq!(opened, expected);
        }
    }
}

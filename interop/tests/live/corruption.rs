//! Damaged messages of the peers: cliquet refuses every one that differs from the true message in a bit or in its
//! length, and is afterwards as it was: the true message opens, and so does everything before and after it.

use super::{
    group::{common_export, receivers},
    pair::{Direction, Pair, StartedWith, accounts, start},
    party::{Implementation, InboundGroupSession, OlmMessage, Random, Reminder, Session, first_seed},
};

use Implementation::{Cliquet, Libolm, Vodozemac};

const PEERS: [Implementation; 2] = [Libolm, Vodozemac];

/// Every copy with one bit flipped, every beginning, and a few that are longer.
fn damaged(message: &[u8]) -> Vec<(String, Vec<u8>)> {
    let flipped = (0..message.len()).flat_map(|position| (0..8).map(move |bit| (position, bit)));
    let flipped = flipped.map(|(position, bit)| {
        let mut copy = message.to_vec();
        copy[position] ^= 1 << bit;
        (format!("bit {bit} of byte {position} flipped"), copy)
    });
    let shorter =
        (0..message.len()).map(|length| (format!("the first {length} bytes"), message[..length].to_vec()));
    let longer = [0, 0x10, 0x22].map(|byte| (format!("{byte} at the end"), [message, &[byte]].concat()));
    flipped.chain(shorter).chain(longer).collect()
}

/// Where a damaged Olm message meets the receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The receiver is due to begin a chain of its own, and has none.
    ItsTurn,
    /// The receiver has a sending chain, and the message is on a chain that it knows.
    KnownChain,
    /// The receiver has a sending chain, and the message begins a new one.
    NewChain,
    /// The receiver has skipped the message.
    Late,
}

#[test]
fn normal_messages() {
    for peer in PEERS {
        for pairing in [(peer, Cliquet), (Cliquet, peer)] {
            for state in [State::ItsTurn, State::KnownChain, State::NewChain, State::Late] {
                let _reminder = Reminder((pairing, state));
                let mut pair = Pair::established(pairing, first_seed());
                let from_peer =
                    if pairing.0 == peer { Direction::FromStarter } else { Direction::FromAnswerer };
                pair.sides(from_peer).hand_over(b"the chain begins");
                if state != State::ItsTurn {
                    pair.sides(from_peer.reversed()).hand_over(b"the turn of cliquet");
                }
                let mut one_way = pair.sides(from_peer);
                if state == State::KnownChain {
                    // The answer to this message's chain is under way, or lost.
                    one_way.hand_over(b"a new chain");
                    one_way.receiver.encrypt(b"never arrives");
                }
                let skipped = one_way.sender.encrypt(b"skipped");
                let message = one_way.sender.encrypt(b"message");
                if state == State::Late {
                    one_way.hand_over(b"in front");
                }
                let next = one_way.sender.encrypt(b"next");

                refuses_all(one_way.receiver, &message);
                for (message, plaintext) in
                    [(message, &b"message"[..]), (next, b"next"), (skipped, b"skipped")]
                {
                    assert_eq!(one_way.receiver.decrypt(&message).as_deref(), Ok(plaintext));
                }
                one_way.hand_over(b"and on it goes");
                pair.sides(from_peer.reversed()).hand_over(b"and back");
                pair.sides(from_peer).hand_over(b"and forth");
            }
        }
    }
}

#[test]
fn pre_key_messages_on_a_session() {
    for peer in PEERS {
        let _reminder = Reminder(peer);
        let mut pair = Pair::unanswered((peer, Cliquet), first_seed());
        let message = pair.starter.encrypt(b"message");
        refuses_all(&mut *pair.answerer, &message);
        refuses_all(&mut *pair.answerer, &pair.first);
        assert_eq!(pair.answerer.decrypt(&message).as_deref(), Ok(&b"message"[..]));
        pair.sides(Direction::FromStarter).hand_over(b"and on it goes");
        pair.sides(Direction::FromAnswerer).hand_over(b"and back");
    }
}

#[test]
fn pre_key_messages_on_an_account() {
    for peer in PEERS {
        for with in [StartedWith::OneTimeKey, StartedWith::FallbackKey] {
            let _reminder = Reminder((peer, with));
            let mut accounts = accounts((peer, Cliquet), first_seed());
            let identity_key = accounts[0].curve25519_key();
            let mut starter = start(&mut accounts, with);
            let first = starter.encrypt(b"first");
            for (what, copy) in damaged(&first.bytes()) {
                let copy = OlmMessage::new(first.message_type, &copy);
                assert!(accounts[1].answer(&identity_key, &copy).is_err(), "{what}");
            }
            let (mut answerer, plaintext) = accounts[1].answer(&identity_key, &first).unwrap();
            assert_eq!(plaintext, b"first");
            assert_eq!(answerer.session_id(), starter.session_id());
            assert_eq!(starter.decrypt(&answerer.encrypt(b"reply")).as_deref(), Ok(&b"reply"[..]));
        }
    }
}

#[test]
fn megolm_messages() {
    for peer in PEERS {
        let _reminder = Reminder(peer);
        let mut room = peer.outbound_group_session(&Random::new(first_seed()));
        let mut receivers = receivers(&room.session_key());
        let messages: Vec<String> = (0..300_u16).map(|index| room.encrypt(&index.to_le_bytes())).collect();
        for index in [0, 299, 256, 255] {
            let receiver = &mut receivers[0];
            let bytes = vodozemac::base64_decode(&messages[usize::from(index)]).unwrap();
            for (what, copy) in damaged(&bytes) {
                assert!(receiver.decrypt(&vodozemac::base64_encode(copy)).is_err(), "{what}");
            }
            for read in [index, 0, 299, index] {
                opens(&mut **receiver, &messages, read);
            }
            common_export(&mut receivers, index.into()).unwrap();
            common_export(&mut receivers, 0).unwrap();
        }
    }
}

fn opens(receiver: &mut dyn InboundGroupSession, messages: &[String], index: u16) {
    let opened = receiver.decrypt(&messages[usize::from(index)]);
    assert_eq!(opened, Ok((index.to_le_bytes().to_vec(), index.into())));
}

fn refuses_all(receiver: &mut dyn Session, message: &OlmMessage) {
    for (what, copy) in damaged(&message.bytes()) {
        let answer = receiver.decrypt(&OlmMessage::new(message.message_type, &copy));
        assert!(answer.is_err(), "{what}: {answer:?}");
    }
}

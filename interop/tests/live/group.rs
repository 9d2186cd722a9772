//! Megolm both ways: each implementation reads what the others send, in every order, and writes the same session keys
//! and exports as they do.

use cliquet::megolm;
use rand::{RngExt, SeedableRng, rngs::StdRng, seq::SliceRandom};

use super::party::{
    IMPLEMENTATIONS, Implementation, InboundGroupSession, Random, Reminder, first_seed, random_plaintext,
};

use Implementation::{Cliquet, Libolm, Vodozemac};

/// Everyone who reads a session.
pub(crate) fn receivers(session_key: &str) -> [Box<dyn InboundGroupSession>; 3] {
    IMPLEMENTATIONS.map(|implementation| implementation.inbound_group_session(session_key).unwrap())
}

/// What all of them export at an index, after a check that it is the same.
pub(crate) fn common_export(receivers: &mut [Box<dyn InboundGroupSession>], index: u32) -> Option<String> {
    let mut exports = receivers.iter_mut().map(|receiver| receiver.export_at(index));
    let first = exports.next().unwrap();
    assert!(exports.all(|export| export == first), "the exports at {index} differ");
    first
}

#[test]
fn messages_are_read_in_every_order() {
    for sender in IMPLEMENTATIONS {
        let seed = first_seed();
        let _reminder = Reminder(sender);
        let mut schedule = StdRng::seed_from_u64(seed);
        let mut room = sender.outbound_group_session(&Random::new(seed));
        let mut receivers = receivers(&room.session_key());

        // Over the first border of the ratchet's parts, at 256.
        let mut messages: Vec<(u32, Vec<u8>, String)> = (0..600)
            .map(|index| {
                assert_eq!(room.message_index(), index);
                let plaintext = random_plaintext(&mut schedule, 2_000);
                let message = room.encrypt(&plaintext);
                let read = megolm::MegolmMessage::from_base64(&message).unwrap();
                assert_eq!((read.message_index(), read.to_base64()), (index, message.clone()));
                (index, plaintext, message)
            })
            .collect();
        for order in ["forwards", "backwards", "at random"] {
            match order {
                "backwards" => messages.reverse(),
                "at random" => messages.shuffle(&mut schedule),
                _ => {}
            }
            for receiver in &mut receivers {
                assert_eq!(receiver.session_id(), room.session_id());
                for (index, plaintext, message) in &messages {
                    let opened = receiver.decrypt(message);
                    assert_eq!(opened.as_ref(), Ok(&(plaintext.clone(), *index)), "{order}");
                }
            }
        }
    }
}

#[test]
fn session_keys_and_exports_are_the_same_text_everywhere() {
    for sender in IMPLEMENTATIONS {
        for later in [0, 1, 255, 256, 300] {
            let _reminder = Reminder((sender, later));
            let mut room = sender.outbound_group_session(&Random::new(first_seed()));
            let from_the_start = room.session_key();
            for _ in 0..later {
                room.encrypt(b"");
            }
            let session_key = room.session_key();
            let read = megolm::SessionKey::from_base64(&session_key).unwrap();
            assert_eq!(read.to_base64().as_str(), session_key);
            assert_eq!((read.session_id().to_base64(), read.message_index()), (room.session_id(), later));
            let peer = vodozemac::megolm::SessionKey::from_base64(&session_key).unwrap();
            assert_eq!(peer.to_base64(), session_key);

            // Whoever joined later has what the others have from there on, and nothing before.
            let mut early = receivers(&from_the_start);
            let mut late = receivers(&session_key);
            for index in [later, later + 1, 1_000] {
                assert_eq!(common_export(&mut early, index), common_export(&mut late, index));
            }
            if later > 0 {
                assert_eq!(common_export(&mut late, later - 1), None);
            }
        }
    }
}

/// An export of each, imported into each, exported again.
#[test]
fn exports_go_round() {
    for sender in IMPLEMENTATIONS {
        let _reminder = Reminder(sender);
        let mut room = sender.outbound_group_session(&Random::new(first_seed()));
        let mut receivers = receivers(&room.session_key());
        let messages: Vec<String> = (0..40_u8).map(|number| room.encrypt(&[number])).collect();

        let export = common_export(&mut receivers, 17).unwrap();
        let read = megolm::SessionExport::from_base64(&export).unwrap();
        assert_eq!(read.to_base64().as_str(), export);
        assert_eq!((read.session_id().to_base64(), read.message_index()), (room.session_id(), 17));

        let mut imported = IMPLEMENTATIONS.map(|implementation| implementation.import(&export).unwrap());
        assert_eq!(common_export(&mut imported, 17), Some(export));
        assert_eq!(common_export(&mut imported, 16), None);
        for (receiver, too_early) in
            imported.iter_mut().zip(["UnknownMessageIndex", "UNKNOWN_", "UnknownMessageIndex"])
        {
            assert_eq!((receiver.session_id(), receiver.first_known_index()), (room.session_id(), 17));
            let refused = receiver.decrypt(&messages[16]).expect_err("index 16 is too early");
            assert!(refused.starts_with(too_early), "{refused}");
            assert_eq!(receiver.decrypt(&messages[39]), Ok((vec![39], 39)));
            assert_eq!(receiver.decrypt(&messages[17]), Ok((vec![17], 17)));
        }
        // On from there, into the next.
        let export = common_export(&mut imported, 30).unwrap();
        let mut again = IMPLEMENTATIONS.map(|implementation| implementation.import(&export).unwrap());
        assert_eq!(common_export(&mut again, 70_000), common_export(&mut receivers, 70_000));
    }
}

/// A session key that was changed is refused everywhere, an export of another kind too.
#[test]
fn session_keys_are_checked() {
    let mut schedule = StdRng::seed_from_u64(first_seed());
    for sender in IMPLEMENTATIONS {
        let room = sender.outbound_group_session(&Random::new(first_seed()));
        let session_key = vodozemac::base64_decode(room.session_key()).unwrap();
        let mut changed: Vec<Vec<u8>> = (0..100)
            .map(|_| {
                let mut changed = session_key.clone();
                changed[schedule.random_range(0..session_key.len())] ^= 1 << schedule.random_range(0..8);
                changed
            })
            .collect();
        changed.push(session_key[..228].to_vec());
        changed.push([&session_key[..], &[0]].concat());
        let export = receivers(&room.session_key())[0].export_at(0).unwrap();
        changed.push(vodozemac::base64_decode(&export).unwrap());
        for receiver in IMPLEMENTATIONS {
            for changed in &changed {
                // libolm does not look at the length beyond what it needs.
                if receiver == Libolm && changed.len() > session_key.len() {
                    continue;
                }
                let text = vodozemac::base64_encode(changed);
                assert!(receiver.inbound_group_session(&text).is_err(), "{receiver:?} accepts {text}");
            }
            assert!(receiver.import(&room.session_key()).is_err(), "a session key is no export");
        }
    }
}

/// Each message of one session is refused by another, and leaves it as it was.
#[test]
fn sessions_do_not_mix() {
    for (sender, other) in [(Libolm, Cliquet), (Vodozemac, Cliquet), (Cliquet, Libolm), (Cliquet, Vodozemac)]
    {
        let mut room = sender.outbound_group_session(&Random::new(first_seed()));
        let mut elsewhere = other.outbound_group_session(&Random::new(first_seed() + 1));
        let mut receivers = receivers(&room.session_key());
        let before = common_export(&mut receivers, 0);
        let foreign = elsewhere.encrypt(b"elsewhere");
        for (receiver, expected) in
            receivers.iter_mut().zip(["InvalidSignature", "BAD_SIGNATURE", "Signature("])
        {
            let refused = receiver.decrypt(&foreign).expect_err("another session's message");
            assert!(refused.starts_with(expected), "{refused}");
            assert_eq!(
                receiver.decrypt(&room.encrypt(b"here")).map(|(plaintext, _)| plaintext),
                Ok(b"here".to_vec())
            );
        }
        assert_eq!(common_export(&mut receivers, 0), before);
    }
}

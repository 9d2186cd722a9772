//! Megolm at large message indexes. A sender comes there one message at a time, so the ratchets of receivers are
//! compared by their exports; messages come from senders of the peers whose stored state was moved on, and from all
//! three implementations up to 65 536.

use std::ops::RangeInclusive;

use cliquet_interop::libolm;
use rand::{RngExt, SeedableRng, rngs::StdRng, seq::SliceRandom};
use vodozemac::{base64_decode, base64_encode, hazmat::Cipher, megolm};

use super::{
    group::{common_export, receivers},
    party::{IMPLEMENTATIONS, Implementation, InboundGroupSession, Random, Reminder, first_seed},
};

/// On both sides of every border of the ratchet's parts, and at the end.
const INDEXES: [u32; 16] = [
    0,
    1,
    254,
    255,
    256,
    257,
    65_535,
    65_536,
    65_537,
    (1 << 24) - 1,
    1 << 24,
    (1 << 24) + 1,
    0x0102_0304,
    1 << 31,
    u32::MAX - 1,
    u32::MAX,
];

#[test]
fn exports_are_equal_wherever_one_looks() {
    let mut schedule = StdRng::seed_from_u64(first_seed());
    for sender in IMPLEMENTATIONS {
        let _reminder = Reminder(sender);
        let room = sender.outbound_group_session(&Random::new(first_seed()));
        let mut lower_half = receivers(&room.session_key());
        compare(&mut lower_half, 0..=u32::MAX / 2, &mut schedule);
        // A new session of libolm sees no further than that; from an export it does.
        let [cliquet, libolm, vodozemac] =
            receivers(&room.session_key()).map(|mut new| new.export_at(1 << 31));
        let export = cliquet.unwrap();
        assert_eq!((libolm, vodozemac.as_ref()), (None, Some(&export)));
        let mut upper_half = IMPLEMENTATIONS.map(|implementation| implementation.import(&export).unwrap());
        compare(&mut upper_half, 1 << 31..=u32::MAX, &mut schedule);
    }
}

/// Forwards and backwards, at the borders and elsewhere.
fn compare(
    receivers: &mut [Box<dyn InboundGroupSession>; 3],
    range: RangeInclusive<u32>,
    schedule: &mut StdRng,
) {
    let mut indexes: Vec<u32> = INDEXES.into_iter().filter(|index| range.contains(index)).collect();
    indexes.extend((0..100).map(|_| schedule.random_range(range.clone())));
    indexes.extend(indexes.clone());
    indexes.shuffle(schedule);
    for index in indexes {
        let export = common_export(receivers, index).unwrap();
        assert_eq!(base64_decode(&export).unwrap()[1..5], index.to_be_bytes());
        // From an imported session it goes on as from the first one.
        let further = schedule.random_range(index..=*range.end());
        let mut imported = IMPLEMENTATIONS.map(|implementation| implementation.import(&export).unwrap());
        assert_eq!(common_export(&mut imported, further), common_export(receivers, further));
    }
}

#[test]
fn messages_of_the_peers_at_large_indexes() {
    let room = Implementation::Libolm.outbound_group_session(&Random::new(first_seed()));
    let mut receivers = receivers(&room.session_key());
    for index in INDEXES {
        let _reminder = Reminder(index);
        let export = base64_decode(common_export(&mut receivers, index).unwrap()).unwrap();
        let mut receiver = Implementation::Cliquet.inbound_group_session(&room.session_key()).unwrap();
        let message = libolm_sender_at(&export).encrypt(b"from libolm").unwrap();
        assert_eq!(receiver.decrypt(&message), Ok((b"from libolm".to_vec(), index)));

        // vodozemac has a signing key of its own, so the export gets that one.
        let mut sender = vodozemac_sender_at(&export);
        let signing_key = base64_decode(sender.session_id()).unwrap();
        let its_export = [&export[..133], &signing_key[..]].concat();
        let mut receiver = Implementation::Cliquet.import(&base64_encode(its_export)).unwrap();
        if index < u32::MAX {
            let message = sender.encrypt("from vodozemac").to_base64();
            assert_eq!(receiver.decrypt(&message), Ok((b"from vodozemac".to_vec(), index)));
        }
    }
}

/// libolm's sender of seed `first_seed()`, with ratchet and index out of an export of the session.
fn libolm_sender_at(export: &[u8]) -> libolm::OutboundGroupSession {
    let key = b"key";
    let cipher = Cipher::new_pickle(key);
    let sender = libolm::OutboundGroupSession::create(&mut Random::new(first_seed()).filler()).unwrap();
    let mut pickle = cipher.decrypt_pickle(&base64_decode(sender.pickle(key).unwrap()).unwrap()).unwrap();
    // Version (4 bytes), ratchet (128), index (4), Ed25519 key pair.
    pickle[4..132].copy_from_slice(&export[5..133]);
    pickle[132..136].copy_from_slice(&export[1..5]);
    let pickle = base64_encode(cipher.encrypt_pickle(&pickle));
    let moved = libolm::OutboundGroupSession::unpickle(&pickle, key).unwrap();
    assert_eq!(moved.message_index().to_be_bytes(), export[1..5]);
    moved
}

/// A sender of vodozemac with the ratchet and the index of an export, and a signing key of its own.
fn vodozemac_sender_at(export: &[u8]) -> megolm::GroupSession {
    let sender = megolm::GroupSession::new(megolm::SessionConfig::version_1());
    let mut pickle = serde_json::to_value(sender.pickle()).unwrap();
    pickle["ratchet"]["inner"] = export[5..133].into();
    pickle["ratchet"]["counter"] = u32::from_be_bytes(export[1..5].try_into().unwrap()).into();
    let moved = megolm::GroupSession::from_pickle(serde_json::from_value(pickle).unwrap());
    assert_eq!(moved.message_index().to_be_bytes(), export[1..5]);
    moved
}

/// The long way, as a sender goes it.
#[test]
fn every_sender_crosses_65_536() {
    for sender in IMPLEMENTATIONS {
        let _reminder = Reminder(sender);
        let mut room = sender.outbound_group_session(&Random::new(first_seed()));
        let mut receivers = receivers(&room.session_key());
        let mut kept = Vec::new();
        for index in 0..65_540_u32 {
            let message = room.encrypt(&index.to_be_bytes());
            if index >= 65_530 || index.is_multiple_of(4_099) {
                kept.push((index, message));
            }
        }
        for receiver in &mut receivers {
            for (index, message) in kept.iter().rev().chain(&kept) {
                assert_eq!(receiver.decrypt(message), Ok((index.to_be_bytes().to_vec(), *index)));
            }
        }
        // Whoever joins now starts where the others are.
        let session_key = room.session_key();
        let mut late = super::group::receivers(&session_key);
        assert_eq!(common_export(&mut late, 65_540), common_export(&mut receivers, 65_540));
    }
}

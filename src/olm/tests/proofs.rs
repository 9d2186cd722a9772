//! The readers of Olm messages beside their format (`docs/proofs.md`, "Messages"), and the counter of key ids ("Key ids").

use super::*;
use crate::{
    KeyId,
    encoding::protobuf,
    olm::{Message, OneTimeKeyError},
    testing::{
        every_sequence,
        wire::{self, whole_blocks},
    },
};

const VERSIONS: [&[u8]; 4] = [&[3], &[4], &[2], &[0x83, 0x00]];

/// The parts of a normal message: version, ratchet key, chain index, ciphertext.
type Normal<'a> = (u8, &'a [u8], u32, &'a [u8]);

/// `version | 0a 20 ratchet_key | 10 chain_index | 22 length ciphertext | mac`
fn normal(bytes: &[u8]) -> Option<Normal<'_>> {
    let (version, [ratchet_key, chain_index, ciphertext], mac) = wire::fields(bytes, [0x0a, 0x10, 0x22])?;
    let mac_fits = matches!((version, mac.len()), (3, 8) | (4, 32));
    mac_fits.then_some(())?;
    Some((
        version,
        ratchet_key.bytes(|length| length == 32)?,
        chain_index.number()?,
        ciphertext.bytes(whole_blocks)?,
    ))
}

/// `03 | 0a 20 one_time_key | 12 20 base_key | 1a 20 identity_key | 22 length message`
fn pre_key(bytes: &[u8]) -> Option<([&[u8]; 3], Normal<'_>)> {
    let (version, [one_time_key, base_key, identity_key, message], rest) =
        wire::fields(bytes, [0x0a, 0x12, 0x1a, 0x22])?;
    let keys = [one_time_key, base_key, identity_key].map(|key| key.bytes(|length| length == 32));
    let [Some(one_time_key), Some(base_key), Some(identity_key)] = keys else { return None };
    let message = normal(message.bytes(|_| true)?)?;
    (version == 3 && rest.is_empty()).then_some(([one_time_key, base_key, identity_key], message))
}

fn check_normal(bytes: &[u8]) {
    let message = Message::from_bytes(bytes).ok();
    let ratchet_key = message.as_ref().map(Message::ratchet_key);
    let read = message.as_ref().zip(ratchet_key.as_ref()).map(|(message, ratchet_key)| {
        (message.version().byte(), &ratchet_key.as_bytes()[..], message.chain_index(), message.ciphertext())
    });
    assert_eq!(read, normal(bytes), "{bytes:02x?}");
}

fn check_pre_key(bytes: &[u8]) {
    let message = PreKeyMessage::from_bytes(bytes).ok();
    let keys = message.as_ref().map(|message| {
        [message.one_time_key(), message.base_key(), message.identity_key(), message.ratchet_key()]
    });
    let read = message.as_ref().zip(keys.as_ref()).map(|(message, keys)| {
        let [one_time_key, base_key, identity_key, ratchet_key] =
            keys.each_ref().map(|key| &key.as_bytes()[..]);
        let inner = (message.version().byte(), ratchet_key, message.chain_index(), message.ciphertext());
        ([one_time_key, base_key, identity_key], inner)
    });
    assert_eq!(read, pre_key(bytes), "{bytes:02x?}");
}

/// A field of bytes.
fn field(key: u8, length: u8) -> Vec<u8> {
    let mut field = Vec::new();
    protobuf::put_bytes(&mut field, key, &crate::testing::counting(key, length.into()));
    field
}

/// The fields of a normal message and its MAC.
fn normal_message(version: u8, mac_length: u8) -> Vec<u8> {
    let mac = crate::testing::counting(7, mac_length.into());
    [&[version][..], &field(0x0a, 32), &[0x10, 0xac, 0x02], &field(0x22, 16), &mac].concat()
}

#[test]
fn every_arrangement_of_the_pieces_of_a_normal_message() {
    let pieces = [
        field(0x0a, 32),
        field(0x0a, 31),
        alloc::vec![0x10, 0x00],
        alloc::vec![0x10, 0xff, 0xff, 0xff, 0xff, 0x0f],
        alloc::vec![0x10, 0xff, 0xff, 0xff, 0xff, 0x1f],
        alloc::vec![0x10, 0x80, 0x00],
        field(0x22, 16),
        field(0x22, 0),
        field(0x22, 15),
        alloc::vec![0x5a; 8],
        alloc::vec![0x5a; 32],
    ];
    let pieces = pieces.each_ref().map(Vec::as_slice);
    wire::arranged(&VERSIONS, &pieces, 4, check_normal);
}

#[test]
fn every_string_that_is_one_byte_away_from_a_message() {
    for (version, mac_length) in [(3, 8), (4, 32)] {
        let normal = normal_message(version, mac_length);
        assert!(Message::from_bytes(normal.as_slice()).is_ok());
        wire::nearly(&normal, check_normal);
        let inner = [&[0x22, u8::try_from(normal.len()).unwrap()], &normal[..]].concat();
        let pre_key = [&[3][..], &field(0x0a, 32), &field(0x12, 32), &field(0x1a, 32), &inner].concat();
        assert!(PreKeyMessage::from_bytes(pre_key.as_slice()).is_ok());
        wire::nearly(&pre_key, check_pre_key);
    }
}

#[test]
fn every_arrangement_of_the_pieces_of_a_pre_key_message() {
    let inner = |message: &[u8]| [&[0x22, u8::try_from(message.len()).unwrap()], message].concat();
    let (first, second) = (normal_message(3, 8), normal_message(4, 32));
    let pieces = [
        field(0x0a, 32),
        field(0x12, 32),
        field(0x12, 33),
        field(0x1a, 32),
        inner(&first),
        inner(&second),
        inner(&normal_message(3, 32)),
        alloc::vec![0],
    ];
    let pieces = pieces.each_ref().map(Vec::as_slice);
    wire::arranged(&VERSIONS, &pieces, 5, check_pre_key);
}

/// What an account does to its keys, and so many ids does it take.
type KeyEvent = (u64, fn(&mut Account) -> Result<(), OneTimeKeyError>);

const KEY_EVENTS: [KeyEvent; 5] = [
    (1, |account| account.generate_one_time_keys(1, &mut seeded(1)).map(drop)),
    (2, |account| account.generate_one_time_keys(2, &mut seeded(2)).map(drop)),
    (1, |account| account.generate_fallback_key(&mut seeded(3)).map(drop)),
    (0, |account| {
        account.mark_keys_as_published();
        account.forget_previous_fallback_key();
        Ok(())
    }),
    (0, |account| {
        let oldest = account.one_time_keys().next().map(|key| key.public_key);
        oldest.map(|key| account.remove_one_time_key(&key));
        Ok(())
    }),
];

/// Ids are given in order, each once, up to the last one that there is; what finds none left changes nothing.
#[test]
fn every_sequence_of_making_and_dropping_keys_gives_each_id_once() {
    for last in [0, u64::from(u32::MAX), u64::MAX - 3] {
        let count = every_sequence(&KEY_EVENTS, 4, |events| {
            let mut account = accounts().0;
            account.set_last_key_id(KeyId::from_u64(last));
            let mut given = last;
            for (ids, event) in events {
                let before = account.clone();
                let outcome = event(&mut account);
                if let Some(next) = given.checked_add(*ids) {
                    assert_eq!(outcome, Ok(()));
                    let ids: Vec<u64> = account
                        .one_time_keys()
                        .chain(account.fallback_key())
                        .map(|key| key.key_id.as_u64())
                        .filter(|id| *id > given)
                        .collect();
                    assert_eq!(ids, (given..next).map(|id| id + 1).collect::<Vec<_>>());
                    given = next;
                } else {
                    assert_eq!(outcome, Err(OneTimeKeyError::KeyIdsExhausted));
                    assert!(account == before);
                }
                assert_eq!(account.last_key_id().as_u64(), given);
            }
        });
        assert_eq!(count, 625);
    }
}

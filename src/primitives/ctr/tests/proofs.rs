//! The key stream up to the end of its counter (`docs/proofs.md`, "Padding, MAC, key stream").

use alloc::{vec, vec::Vec};

use aes::cipher::{BlockCipherEncrypt, KeyInit};

use super::super::*;

const KEY: [u8; 32] = [7; 32];

/// The counter blocks, encrypted one after the other (NIST SP 800-38A section 6.5), as long as the last half of a block counts.
fn specified(counter_block: [u8; 16]) -> impl Iterator<Item = u8> {
    let (nonce, counter) = counter_block.split_at(8);
    let (nonce, counter): ([u8; 8], [u8; 8]) = (nonce.try_into().unwrap(), counter.try_into().unwrap());
    let cipher = Aes256::new(&KEY.into());
    (u64::from_be_bytes(counter)..=u64::MAX).flat_map(move |counter| {
        let mut block = [nonce, counter.to_be_bytes()].concat();
        let block: &mut [u8; 16] = block.as_mut_slice().try_into().unwrap();
        cipher.encrypt_block(block.into());
        *block
    })
}

/// Pieces of every two lengths and one more byte, at a counter so many blocks from its end: all of a piece or nothing of it.
fn check(counter_block: [u8; 16], longest: usize) {
    let stream: Vec<u8> = specified(counter_block).take(2 * longest + 1).collect();
    for first in 0..=longest {
        for second in 0..=longest {
            let mut key_stream = KeyStream::new(&KEY, &counter_block);
            let mut done = 0;
            for length in [first, second, 1] {
                let mut bytes = vec![0; length];
                let fits = done + length <= stream.len();
                assert_eq!(key_stream.check_room(u128::try_from(length).unwrap()).is_ok(), fits);
                assert_eq!(key_stream.apply(&mut bytes), if fits { Ok(()) } else { Err(CounterOverflow) });
                if fits {
                    assert_eq!(bytes, stream[done..done + length]);
                    done += length;
                } else {
                    assert_eq!(bytes, vec![0; length], "what does not fit is not touched");
                }
            }
        }
    }
}

#[test]
fn every_two_pieces_at_every_border_of_the_counter() {
    for counter in
        [0, 1, u64::from(u32::MAX), u64::MAX / 2, u64::MAX - 3, u64::MAX - 2, u64::MAX - 1, u64::MAX]
    {
        for nonce in [[0; 8], [0xff; 8]] {
            check([nonce, counter.to_be_bytes()].concat().try_into().unwrap(), 34);
        }
    }
}

#[test]
fn there_is_room_for_as_many_bytes_as_there_are_blocks_left() {
    for bit in 0..64 {
        for counter in [1_u64 << bit, (1 << bit) - 1, u64::MAX - (1 << bit), u64::MAX - (1 << bit) + 1] {
            let key_stream =
                KeyStream::new(&KEY, &[[0; 8], counter.to_be_bytes()].concat().try_into().unwrap());
            let room = (u128::from(u64::MAX) - u128::from(counter) + 1) * 16;
            assert!(key_stream.check_room(room).is_ok());
            assert!(key_stream.check_room(room + 1).is_err());
        }
    }
}

//! Padding and MAC lengths, each of them (`docs/proofs.md`, "Padding, MAC, key stream").

use super::super::{testing::seal_unpadded, *};

const SECRET: &[u8] = &[9; 32];

/// Opens a message whose MAC is right, as plaintext that is padded or not.
fn open_blocks(blocks: &[u8]) -> Option<Vec<u8>> {
    let secret = MessageSecret::new(SECRET, b"PROOF");
    let mut message = blocks.to_vec();
    seal_unpadded(&secret, &mut message, 0, 0, 8);
    let (ciphertext, mac) = message.split_at(blocks.len());
    open(&secret, ciphertext, ciphertext, mac).ok()
}

/// PKCS#7: the last byte is a number from 1 to 16, and so many bytes have that value.
fn specified(blocks: &[u8]) -> Option<&[u8]> {
    let last = *blocks.last()?;
    let length = usize::from(last);
    let (plaintext, padding) = blocks.split_at_checked(blocks.len().checked_sub(length)?)?;
    ((1..=16).contains(&length) && padding.iter().all(|byte| *byte == last)).then_some(plaintext)
}

fn check(blocks: &[u8]) {
    assert_eq!(open_blocks(blocks).as_deref(), specified(blocks), "{blocks:02x?}");
    #[cfg(feature = "insecure-pk-encryption")]
    check_without_a_branch(blocks);
}

#[cfg(feature = "insecure-pk-encryption")]
fn check_without_a_branch(blocks: &[u8]) {
    let (right, padding) = check_padding(blocks);
    let plaintext = bool::from(right).then(|| &blocks[..blocks.len() - usize::from(padding)]);
    assert_eq!(plaintext, specified(blocks), "{blocks:02x?}");
}

#[test]
fn every_last_byte_behind_every_run_of_itself() {
    for blocks in [1, 2] {
        for last in 0..=u8::MAX {
            for run in 1..=blocks * BLOCK {
                let mut bytes = alloc::vec![last ^ 0x80; blocks * BLOCK];
                let start = bytes.len() - run;
                bytes[start..].fill(last);
                check(&bytes);
            }
        }
    }
}

#[test]
fn every_wrong_byte_in_every_padding() {
    for length in 1..=16_u8 {
        for place in 1..16_u8 {
            // Three kinds for the cipher; each of the 256 where no cipher is in the way.
            for byte in [0, length - 1, length ^ 0x80] {
                let mut block = [length; BLOCK];
                block[BLOCK - 1 - usize::from(place)] = byte;
                check(&block);
            }
            #[cfg(feature = "insecure-pk-encryption")]
            for byte in 0..=u8::MAX {
                let mut block = [length; BLOCK];
                block[BLOCK - 1 - usize::from(place)] = byte;
                check_without_a_branch(&block);
            }
        }
    }
}

#[test]
#[ignore = "many cases: `cargo xtask proofs`"]
fn every_value_of_every_byte_of_every_padding() {
    for length in 1..=16_u8 {
        for place in 1..16_u8 {
            for byte in 0..=u8::MAX {
                let mut block = [length; BLOCK];
                block[BLOCK - 1 - usize::from(place)] = byte;
                check(&block);
            }
        }
    }
}

#[test]
fn every_length_of_a_plaintext_and_of_a_mac() {
    let secret = MessageSecret::new(SECRET, b"PROOF");
    for length in 0..=64 {
        for mac_length in 0..=33 {
            let plaintext = alloc::vec![0x5a; length];
            let mut message = plaintext.clone();
            seal(&secret, &mut message, 0, 0, mac_length);
            let ciphertext_length = (length / 16 + 1) * 16;
            assert_eq!(ciphertext_length, super::super::ciphertext_length(length));
            assert_eq!(message.len(), ciphertext_length + mac_length.min(32));
            let (ciphertext, mac) = message.split_at(ciphertext_length);
            // No MAC is no message; a longer one than there is cannot be written, and is not read.
            assert_eq!(
                open(&secret, ciphertext, ciphertext, mac).ok(),
                (mac_length > 0).then_some(plaintext.clone())
            );
            let mut whole = plaintext;
            seal(&secret, &mut whole, 0, 0, 32);
            let wrong = whole.get(message.len()).map_or(0, |right| right ^ 1);
            assert!(open(&secret, ciphertext, ciphertext, &[mac, &[wrong]].concat()).is_err());
        }
    }
    for length in 0..=4_096 {
        let whole_blocks = (1..=256).any(|blocks| blocks * 16 == length);
        assert_eq!(check_ciphertext_length(length).is_ok(), whole_blocks);
    }
}

#[test]
fn every_bit_of_a_mac_of_each_length() {
    let secret = MessageSecret::new(SECRET, b"PROOF");
    for mac_length in 1..=32 {
        let mut message = alloc::vec![1; 5];
        seal(&secret, &mut message, 0, 0, mac_length);
        for bit in 0..mac_length * 8 {
            let mut message = message.clone();
            message[16 + bit / 8] ^= 1 << (bit % 8);
            let (ciphertext, mac) = message.split_at(16);
            assert!(open(&secret, ciphertext, ciphertext, mac).is_err());
        }
    }
}

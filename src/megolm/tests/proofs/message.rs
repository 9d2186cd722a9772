//! The reader of Megolm messages beside their format, for every string that is nearly a message (`docs/proofs.md`, "Messages").

use alloc::vec::Vec;

use crate::{
    encoding::protobuf,
    megolm::MegolmMessage,
    testing::{
        counting,
        wire::{self, whole_blocks},
    },
};

/// `version | 08 message_index | 12 length ciphertext | mac | signature[64]`: version, index, ciphertext, signature.
fn specified(bytes: &[u8]) -> Option<(u8, u32, &[u8], &[u8])> {
    let (version, [message_index, ciphertext], rest) = wire::fields(bytes, [0x08, 0x12])?;
    let mac_length = match version {
        3 => 8,
        4 => 32,
        _ => return None,
    };
    let (_, signature) = rest.split_at_checked(mac_length)?;
    let signature_fits = signature.len() == 64;
    signature_fits.then_some((version, message_index.number()?, ciphertext.bytes(whole_blocks)?, signature))
}

fn check(bytes: &[u8]) {
    let message = MegolmMessage::from_bytes(bytes).ok();
    let signature = message.as_ref().map(MegolmMessage::signature);
    let read = message.as_ref().zip(signature.as_ref()).map(|(message, signature)| {
        (message.version().byte(), message.message_index(), message.ciphertext(), &signature.as_bytes()[..])
    });
    assert_eq!(read, specified(bytes), "{bytes:02x?}");
}

fn ciphertext(length: u8) -> Vec<u8> {
    let mut field = Vec::new();
    protobuf::put_bytes(&mut field, 0x12, &counting(1, length.into()));
    field
}

#[test]
fn every_arrangement_of_the_pieces_of_a_message() {
    let pieces = [
        alloc::vec![0x08, 0x00],
        alloc::vec![0x08, 0xff, 0xff, 0xff, 0xff, 0x0f],
        alloc::vec![0x08, 0xff, 0xff, 0xff, 0xff, 0x1f],
        alloc::vec![0x08, 0x80, 0x00],
        ciphertext(16),
        ciphertext(32),
        ciphertext(0),
        ciphertext(15),
        alloc::vec![0x5a; 8],
        alloc::vec![0x5a; 32],
        alloc::vec![0x5a; 64],
    ];
    let pieces = pieces.each_ref().map(Vec::as_slice);
    wire::arranged(&[&[3], &[4], &[2], &[0x83, 0x00]], &pieces, 4, check);
}

#[test]
fn every_string_that_is_one_byte_away_from_a_message() {
    for (version, mac_length) in [(3, 8), (4, 32)] {
        let tail = counting(2, mac_length + 64);
        let message = [&[version, 0x08, 0xac, 0x02][..], &ciphertext(16), &tail].concat();
        assert!(MegolmMessage::from_bytes(message.as_slice()).is_ok());
        wire::nearly(&message, check);
    }
}

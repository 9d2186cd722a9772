//! The encryption that libolm and vodozemac share.

use vodozemac::{base64_decode, base64_encode, hazmat::Cipher};

/// How many bytes of MAC there are.
const MAC: usize = 8;

pub(crate) fn seal(plaintext: &[u8], key: &[u8]) -> String {
    base64_encode(Cipher::new_pickle(key).encrypt_pickle(plaintext))
}

pub(crate) fn open(text: &str, key: &[u8]) -> Vec<u8> {
    Cipher::new_pickle(key).decrypt_pickle(&base64_decode(text).unwrap()).unwrap()
}

/// Copies of a pickle that are damaged outside of their plaintext, and in what way.
pub(crate) fn damaged(text: &str) -> Vec<(&'static str, String)> {
    let bytes = base64_decode(text).unwrap();
    let mac = bytes.len() - MAC;
    let flipped = |position: usize, bit: u8| {
        let mut bytes = bytes.clone();
        bytes[position] ^= bit;
        base64_encode(bytes)
    };
    let without =
        |range: std::ops::Range<usize>| base64_encode([&bytes[..range.start], &bytes[range.end..]].concat());
    vec![
        ("a flipped bit in the first byte of the ciphertext", flipped(0, 0x01)),
        ("a flipped bit in the middle of the ciphertext", flipped(mac / 2, 0x10)),
        ("a flipped bit in the last byte of the ciphertext", flipped(mac - 1, 0x80)),
        ("a flipped bit in the first byte of the MAC", flipped(mac, 0x80)),
        ("a flipped bit in the last byte of the MAC", flipped(mac + MAC - 1, 0x01)),
        ("without the last byte of the MAC", without(mac + MAC - 1..mac + MAC)),
        ("without the MAC", without(mac..mac + MAC)),
        ("without the first block", without(0..16)),
        ("without the last block", without(mac - 16..mac)),
        ("a byte more", base64_encode([&bytes[..], &[0]].concat())),
        ("a block more behind the MAC", base64_encode([&bytes[..], &[0; 16]].concat())),
        ("the MAC alone", base64_encode(&bytes[mac..])),
        ("empty", String::new()),
        ("a character that is not base64", text.replacen(text.chars().nth(5).unwrap(), "!", 1)),
    ]
}

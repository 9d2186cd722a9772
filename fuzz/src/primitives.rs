//! What seals containers, by the standards and not by the library's own code.

use aes::{
    Aes256, Block,
    cipher::{BlockCipherEncrypt, KeyInit},
};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256, Sha512};

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// HMAC-SHA-256 (RFC 2104).
pub fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("a key of any length");
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

/// HKDF-SHA-256 (RFC 5869).
pub fn hkdf_sha256<const N: usize>(salt: &[u8], key_material: &[u8], info: &[u8]) -> [u8; N] {
    let pseudorandom_key = hmac_sha256(salt, &[key_material]);
    let (mut output, mut block, mut number) = (Vec::new(), Vec::new(), 0);
    while output.len() < N {
        number += 1;
        block = hmac_sha256(&pseudorandom_key, &[&block, info, &[number]]).to_vec();
        output.extend_from_slice(&block);
    }
    *output.first_chunk().expect("it is long enough")
}

/// The first block of PBKDF2-HMAC-SHA-512 (RFC 8018 section 5.2).
pub fn pbkdf2_hmac_sha512(passphrase: &[u8], salt: &[u8], rounds: u32) -> [u8; 64] {
    let keyed = <Hmac<Sha512> as KeyInit>::new_from_slice(passphrase).expect("a key of any length");
    let hmac = |parts: [&[u8]; 2]| -> [u8; 64] {
        let mut mac = keyed.clone();
        parts.iter().for_each(|part| mac.update(part));
        mac.finalize().into_bytes().into()
    };
    let mut previous = hmac([salt, &[0, 0, 0, 1]]);
    let mut sum = previous;
    for _ in 1..rounds {
        previous = hmac([&previous, &[]]);
        sum.iter_mut().zip(previous).for_each(|(sum, byte)| *sum ^= byte);
    }
    sum
}

/// AES-256 in counter mode (NIST SP 800-38A section 6.5), block by block; `None` where the last 8 bytes of the counter block
/// would overflow.
pub fn counter_mode(key: &[u8; 32], counter_block: &[u8; 16], bytes: &[u8]) -> Option<Vec<u8>> {
    let (nonce, counter) = counter_block.split_at(8);
    let (cipher, mut counter) = (Aes256::new(key.into()), counter.iter().fold(0, next_digit));
    let mut output = Vec::with_capacity(bytes.len());
    for piece in bytes.chunks(16) {
        let low = u64::try_from(counter).ok()?.to_be_bytes();
        let mut block = Block::default();
        block.copy_from_slice(&[nonce, &low].concat());
        cipher.encrypt_block(&mut block);
        output.extend(piece.iter().zip(block).map(|(byte, key)| byte ^ key));
        counter += 1;
    }
    Some(output)
}

fn next_digit(number: u128, byte: &u8) -> u128 {
    number << 8 | u128::from(*byte)
}

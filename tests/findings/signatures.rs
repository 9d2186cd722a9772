//! F6: one signature of a message under a key, and no key that signs everything.

use cliquet::{Ed25519KeyPair, Ed25519PublicKey, Ed25519Signature};
use curve25519_dalek::constants::EIGHT_TORSION;

/// The order of the group, little endian.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// libolm took `S + L` for `S`, so that anybody could make a second signature of a first one.
#[test]
fn f06_a_signature_with_the_order_added_is_another_and_refused() {
    let key = Ed25519KeyPair::from_seed(&[1; 32]);
    for message in 0..20_u8 {
        let signature = key.sign(&[message]);
        key.public().verify(&[message], &signature).unwrap();
        let mut bytes = *signature.as_bytes();
        let mut carry = 0;
        for (byte, order) in bytes[32..].iter_mut().zip(ORDER) {
            let sum = u16::from(*byte) + u16::from(order) + carry;
            [*byte, _] = sum.to_le_bytes();
            carry = sum >> 8;
        }
        key.public().verify(&[message], &Ed25519Signature::from_bytes(bytes)).unwrap_err();
    }
}

/// libolm took keys of small order, under which one signature is right for every message.
#[test]
fn f06_no_point_of_small_order_verifies_as_a_key_or_in_a_signature() {
    for key in &EIGHT_TORSION {
        for commitment in &EIGHT_TORSION {
            let mut signature = [0; 64];
            signature[..32].copy_from_slice(commitment.compress().as_bytes());
            let Ok(key) = Ed25519PublicKey::from_bytes(key.compress().as_bytes()) else { continue };
            for message in 0..16_u8 {
                key.verify(&[message], &Ed25519Signature::from_bytes(signature)).unwrap_err();
            }
        }
    }
}

/// Points in a second encoding were keys too.
#[test]
fn f06_a_key_has_one_encoding() {
    let identity: [u8; 32] = core::array::from_fn(|position| u8::from(position == 0));
    let mut negative = identity;
    negative[31] = 0x80;
    // p + 1, which is 1 once reduced.
    let beyond = core::array::from_fn(|position| match position {
        0 => 0xee,
        31 => 0x7f,
        _ => 0xff,
    });
    for bytes in [negative, beyond] {
        Ed25519PublicKey::from_bytes(&bytes).unwrap_err();
    }
}

//! The forms in which code holds a secret of which each tells the secret or serves in its place.

use sha2::block_api::{compress256, compress512};

use crate::derived;

/// The secret as it is, and as the words that SHA-256 and SHA-512 make of it or it of them.
pub(crate) fn of_bytes(secret: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("bytes", secret.to_vec()),
        ("words of SHA-256", swapped::<4>(secret)),
        ("words of SHA-512", swapped::<8>(secret)),
    ]
}

/// A key of HMAC: both its pads, and both states that are left of them after the first block.
pub(crate) fn of_hmac_key(key: &[u8; 32]) -> Vec<(&'static str, Vec<u8>)> {
    let mut forms = of_bytes(key);
    for pad in [0x36, 0x5c] {
        let padded = key.map(|byte| byte ^ pad);
        forms.push(("HMAC pad", padded.to_vec()));
        forms.push(("HMAC pad in words", swapped::<4>(&padded)));
        forms.push(("HMAC state", state_256(key, pad)));
        forms.push(("HMAC state", swapped::<4>(&state_256(key, pad))));
    }
    forms
}

/// A key of HMAC-SHA-512.
pub(crate) fn of_hmac_sha512_key(key: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut forms = of_bytes(key);
    for pad in [0x36, 0x5c] {
        let padded: Vec<u8> = key.iter().map(|byte| byte ^ pad).collect();
        let mut block = [pad; 128];
        block[..padded.len()].copy_from_slice(&padded);
        let mut state = [
            0x6a09e667f3bcc908,
            0xbb67ae8584caa73b,
            0x3c6ef372fe94f82b,
            0xa54ff53a5f1d36f1,
            0x510e527fade682d1,
            0x9b05688c2b3e6c1f,
            0x1f83d9abfb41bd6b,
            0x5be0cd19137e2179,
        ];
        compress512(&mut state, &[block]);
        forms.push(("HMAC state", state.iter().flat_map(|word| word.to_le_bytes()).collect()));
        forms.push(("HMAC pad in words", swapped::<8>(&padded)));
        forms.push(("HMAC pad", padded));
    }
    forms
}

/// A secret key of Curve25519: clamped, and in the digits by which a point is multiplied.
pub(crate) fn of_scalar(secret_key: &[u8; 32]) -> Vec<(&'static str, Vec<u8>)> {
    let clamped = derived::clamped(*secret_key);
    let mut forms = of_bytes(secret_key);
    forms.extend([("clamped", clamped.to_vec()), ("digits", digits(&clamped))]);
    forms
}

/// The u-coordinate of a point: also as five limbs of 51 bits.
pub(crate) fn of_coordinate(coordinate: &[u8; 32]) -> Vec<(&'static str, Vec<u8>)> {
    let bits = |number: usize| u64::from(coordinate[number / 8] >> (number % 8) & 1);
    let limb = |limb: usize| (0..51).map(|bit| bits(limb * 51 + bit) << bit).sum::<u64>();
    let mut forms = of_hmac_key(coordinate);
    forms.push(("limbs", (0..5).flat_map(|number| limb(number).to_le_bytes()).collect()));
    forms
}

/// Signed digits to the base of 16, as curve25519-dalek has them.
fn digits(scalar: &[u8; 32]) -> Vec<u8> {
    let mut digits: Vec<i8> =
        scalar.iter().flat_map(|byte| [byte & 15, byte >> 4]).map(|digit| digit as i8).collect();
    for place in 0..63 {
        let carry = (digits[place] + 8) >> 4;
        digits[place] -= carry << 4;
        digits[place + 1] += carry;
    }
    digits.into_iter().map(|digit| digit as u8).collect()
}

fn swapped<const N: usize>(bytes: &[u8]) -> Vec<u8> {
    bytes.as_chunks::<N>().0.iter().flat_map(|word| word.iter().rev().copied()).collect()
}

fn state_256(key: &[u8; 32], pad: u8) -> Vec<u8> {
    let mut block = [pad; 64];
    block[..32].copy_from_slice(&key.map(|byte| byte ^ pad));
    let mut state =
        [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
    compress256(&mut state, &[block]);
    state.iter().flat_map(|word: &u32| word.to_le_bytes()).collect()
}

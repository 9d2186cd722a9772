//! ChaCha20-Poly1305 (RFC 8439) without associated data, to encrypt plaintexts that vodozemac would not write. vodozemac opens the good ones, so
//! that a mistake here would not go unnoticed.

pub(crate) fn seal(key: &[u8; 32], nonce: &[u8; 12], plaintext: &[u8]) -> Vec<u8> {
    let mut ciphertext = plaintext.to_vec();
    for (counter, chunk) in (1..).zip(ciphertext.chunks_mut(64)) {
        chunk.iter_mut().zip(block(key, counter, nonce)).for_each(|(byte, pad)| *byte ^= pad);
    }
    let mut authenticated = ciphertext.clone();
    authenticated.resize(ciphertext.len().next_multiple_of(16), 0);
    authenticated.extend(0_u64.to_le_bytes());
    authenticated.extend(u64::try_from(ciphertext.len()).unwrap().to_le_bytes());
    let tag = poly1305(block(key, 0, nonce).first_chunk().unwrap(), &authenticated);
    [&ciphertext[..], &tag].concat()
}

fn block(key: &[u8; 32], counter: u32, nonce: &[u8; 12]) -> [u8; 64] {
    let start = [b"expand 32-byte k", &key[..], &counter.to_le_bytes(), nonce].concat();
    let start: Vec<u32> = start.chunks(4).map(|word| u32::from_le_bytes(word.try_into().unwrap())).collect();
    let mut state = start.clone();
    for _ in 0..10 {
        for [a, b, c, d] in [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15]] {
            quarter_round(&mut state, a, b, c, d);
        }
        for [a, b, c, d] in [[0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14]] {
            quarter_round(&mut state, a, b, c, d);
        }
    }
    let words = state.iter().zip(start).map(|(word, start)| word.wrapping_add(start).to_le_bytes());
    words.flatten().collect::<Vec<u8>>().try_into().unwrap()
}

fn quarter_round(state: &mut [u32], a: usize, b: usize, c: usize, d: usize) {
    for (x, y, z, turn) in [(a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)] {
        state[x] = state[x].wrapping_add(state[y]);
        state[z] = (state[z] ^ state[x]).rotate_left(turn);
    }
}

/// Numbers modulo 2^130 - 5 in five limbs of 26 bits.
fn poly1305(key: &[u8; 32], message: &[u8]) -> [u8; 16] {
    let (r, s) = key.split_at(16);
    let r = limbs(u128::from_le_bytes(r.try_into().unwrap()) & 0x0fff_fffc_0fff_fffc_0fff_fffc_0fff_ffff, 0);
    let mut sum = [0; 5];
    for chunk in message.chunks(16) {
        let added = limbs(u128::from_le_bytes(chunk.try_into().unwrap()), 1);
        sum.iter_mut().zip(added).for_each(|(limb, added)| *limb += added);
        sum = product(&sum, &r);
    }
    // Twice, because the first carry may leave one behind; then the greatest multiple of 2^130 - 5 that fits goes.
    sum = carried(carried(sum));
    let mut least = sum;
    least[0] += 5;
    least = carried_without_wrap(least);
    let reduced = if least[4] >> 26 == 0 { sum } else { least };
    let value = (0..5)
        .fold(0_u128, |value, limb| value.wrapping_add(u128::from(reduced[limb] & MASK) << (26 * limb)));
    value.wrapping_add(u128::from_le_bytes(s.try_into().unwrap())).to_le_bytes()
}

const MASK: u64 = (1 << 26) - 1;

/// A number of 128 bits, and what is above them.
fn limbs(value: u128, above: u64) -> [u64; 5] {
    let limb = |limb: u32| u64::try_from(value >> (26 * limb) & u128::from(MASK)).unwrap();
    let mut limbs = [0, 1, 2, 3, 4].map(limb);
    limbs[4] |= above << 24;
    limbs
}

fn product(left: &[u64; 5], right: &[u64; 5]) -> [u64; 5] {
    let mut product = [0; 5];
    for (i, left) in left.iter().enumerate() {
        for (j, right) in right.iter().enumerate() {
            // 2^130 is 5.
            product[(i + j) % 5] += left * right * if i + j < 5 { 1 } else { 5 };
        }
    }
    carried(product)
}

fn carried(limbs: [u64; 5]) -> [u64; 5] {
    let mut limbs = carried_without_wrap(limbs);
    limbs[0] += 5 * (limbs[4] >> 26);
    limbs[4] &= MASK;
    limbs
}

fn carried_without_wrap(mut limbs: [u64; 5]) -> [u64; 5] {
    for limb in 0..4 {
        limbs[limb + 1] += limbs[limb] >> 26;
        limbs[limb] &= MASK;
    }
    limbs
}

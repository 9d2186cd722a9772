//! Jumps beside single steps on scaled-down ratchets, over hashes that are terms (`docs/proofs.md`, "The Megolm ratchet").

use std::collections::HashMap;

use super::*;
use crate::testing::every_sequence;

/// `H_j` of something.
trait Hash {
    fn hash(&mut self, label: u8, input: u64) -> u64;
}

/// Terms by number: two are the same number only if they are the same term. The parts at the beginning are variables, 0 to 3.
#[derive(Default)]
struct Terms(HashMap<(u8, u64), u64>);

impl Hash for Terms {
    fn hash(&mut self, label: u8, input: u64) -> u64 {
        let next = u64::try_from(self.0.len() + PARTS).unwrap();
        *self.0.entry((label, input)).or_insert(next)
    }
}

/// For many hashes: a bijection for each label, so that turns that differ in number or order give other values, but for
/// accidents of 1 in 2^64.
struct Mixed;

impl Hash for Mixed {
    fn hash(&mut self, label: u8, input: u64) -> u64 {
        let mixed = (input ^ (u64::from(label) + 1)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9).rotate_left(31)
    }
}

type Parts = [u64; PARTS];

/// The specification's single step onto `index`: the first part whose digit turned, and those below it, come from that part.
fn single_step(parts: &mut Parts, index: u64, radix: u64, hash: &mut impl Hash) {
    let turns_at = |part: &usize| index.is_multiple_of(radix.pow(u32::try_from(PARTS - 1 - part).unwrap()));
    let turning = (0..PARTS).find(turns_at).unwrap();
    let old = parts[turning];
    for (label, part) in (0..).zip(parts).skip(turning) {
        *part = hash.hash(label, old);
    }
}

/// The jump as it is shipped, but for the hash; how many hashes it took.
fn jump(parts: &mut Parts, from: u64, to: u64, radix: u64, hash: &mut impl Hash) -> u32 {
    let mut hashes = 0;
    turn_parts(digits(from, radix), digits(to, radix), |part, set_below| {
        let old = parts[part];
        let end = if set_below { PARTS } else { part + 1 };
        for (label, part) in (0..).zip(&mut parts[..end]).skip(part) {
            *part = hash.hash(label, old);
            hashes += 1;
        }
    });
    hashes
}

fn digits(index: u64, radix: u64) -> [u8; PARTS] {
    core::array::from_fn(|part| {
        let place = radix.pow(u32::try_from(PARTS - 1 - part).unwrap());
        u8::try_from(index / place % radix).unwrap()
    })
}

fn index_of(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |index, digit| index * 256 + u64::from(*digit))
}

/// Every jump between two indexes below `radix^4` is the single steps between them; how many jumps there are.
fn every_jump(radix: u64) -> u64 {
    let end = radix.pow(u32::try_from(PARTS).unwrap());
    let mut count = 0;
    let (mut terms, mut most_hashes) = (Terms::default(), 0);
    for from in 0..end {
        let mut stepped: Parts = [0, 1, 2, 3];
        for to in from..end {
            if to > from {
                single_step(&mut stepped, to, radix, &mut terms);
            }
            let mut jumped: Parts = [0, 1, 2, 3];
            most_hashes = jump(&mut jumped, from, to, radix, &mut terms).max(most_hashes);
            assert_eq!(jumped, stepped, "from {from} to {to} in radix {radix}");
            count += 1;
        }
    }
    // Each part turns at most `radix - 1` times, and the last turn of each sets those below it.
    assert_eq!(u64::from(most_hashes), 4 * (radix - 1) + 6);
    count
}

/// One index further is one step further: with that, and with jumps that lead nowhere, every jump is its single steps. Whether
/// there is such a jump.
fn check_induction(from: &[u8], to: &[u8]) -> bool {
    let (from, to) = (index_of(from), index_of(to));
    if from > to || to >= u32::MAX.into() {
        return false;
    }
    let (mut jumped, mut stepped): (Parts, Parts) = ([1, 2, 3, 4], [1, 2, 3, 4]);
    jump(&mut stepped, from, to, 256, &mut Mixed);
    single_step(&mut stepped, to + 1, 256, &mut Mixed);
    jump(&mut jumped, from, to + 1, 256, &mut Mixed);
    assert_eq!(jumped, stepped, "from {from} to {to}");
    true
}

/// All indexes of these digits; how many jumps there are between them.
fn check_induction_for_digits(values: &[u8]) -> u64 {
    let mut jumps = 0;
    every_sequence(values, 2 * PARTS, |both| {
        let (from, to) = both.split_at(PARTS);
        jumps += u64::from(check_induction(from, to));
    });
    jumps
}

#[test]
fn every_jump_of_small_ratchets_is_its_single_steps() {
    assert_eq!((every_jump(2), every_jump(3), every_jump(4)), (136, 3_321, 32_896));
}

#[test]
fn one_index_further_is_one_step_further_at_the_borders() {
    assert_eq!(check_induction_for_digits(&[0, 254, 255]), 3_240);
}

#[test]
fn a_jump_that_leads_nowhere_hashes_nothing() {
    every_sequence(&[0, 1, 127, 128, 254, 255], PARTS, |digits| {
        let digits = digits.try_into().unwrap();
        turn_parts(digits, digits, |_, _| panic!("hashed on the way from {digits:?} to itself"));
    });
}

#[test]
fn a_turn_hashes_its_part_and_sets_those_below_it_if_told_to() {
    for part in 0..PARTS {
        for set_below in [false, true] {
            let mut turned = *ratchet(0).as_bytes();
            hash_part(&mut turned, part, set_below);
            let before = *ratchet(0).as_bytes();
            let old = &before.as_chunks::<32>().0[part];
            for (label, (turned, before)) in
                (0..).zip(turned.as_chunks::<32>().0.iter().zip(before.as_chunks::<32>().0))
            {
                let mut expected = *before;
                let place = usize::from(label);
                if place == part || (set_below && place > part) {
                    HmacKey::new(old).mac(&[&[label]], &mut expected);
                }
                assert_eq!(*turned, expected);
            }
        }
    }
}

#[test]
#[ignore = "many cases: `cargo xtask proofs`"]
fn every_jump_of_a_larger_ratchet_is_its_single_steps() {
    assert_eq!(every_jump(5), 195_625);
}

#[test]
#[ignore = "many cases, for an optimised build: docs/proofs.md"]
fn at_length_every_jump_of_a_still_larger_ratchet_is_its_single_steps() {
    assert_eq!(every_jump(6), 840_456);
}

#[test]
#[ignore = "many cases: `cargo xtask proofs`"]
fn one_index_further_is_one_step_further_for_every_value_of_each_digit() {
    assert_eq!(check_induction_for_digits(&[0, 1, 2, 254, 255]), 195_000);
    // All of one digit, of both indexes, while the others stand at their borders.
    for part in 0..PARTS {
        for from_digit in 0..=u8::MAX {
            for to_digit in 0..=u8::MAX {
                every_sequence(&[0, 255], 2, |others| {
                    let (mut from, mut to) = ([others[0]; PARTS], [others[1]; PARTS]);
                    (from[part], to[part]) = (from_digit, to_digit);
                    check_induction(&from, &to);
                });
            }
        }
    }
    // All of the two lowest digits.
    for from in [0, 1, 127, 255, 256, 511, 0xfeff, 0xff00] {
        for to in from..=u16::MAX {
            check_induction(&from.to_be_bytes(), &to.to_be_bytes());
        }
    }
}

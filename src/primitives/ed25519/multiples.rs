//! Multiples of a public point, kept to multiply it often. All of this is public, and takes a time that depends on it.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "points of a group add without overflow, positions and digits are small"
)]

use alloc::vec::Vec;
use core::iter;
#[cfg(feature = "std")]
use std::sync::LazyLock;

use curve25519_dalek::{EdwardsPoint, Scalar, constants::ED25519_BASEPOINT_POINT, traits::Identity};

/// One row of multiples for so many bits of a scalar; a multiplication doubles as often.
const STRIDE: usize = 9;
/// Rows for the 256 bits of a scalar.
const ROWS: usize = 256_usize.div_ceil(STRIDE);

/// `(2 j + 1) 2^(9 i) P` at place `j` of row `i`, for the digits of a window of so many bits.
pub(super) struct Multiples<const WINDOW: usize>(Vec<EdwardsPoint>);

/// Those of a key, which are made for it: 73 KiB.
pub(super) type KeyMultiples = Multiples<KEY_WINDOW>;
const KEY_WINDOW: usize = 6;

/// Those of the base point: 145 KiB, made once where they can be kept, and else for each verifier.
#[cfg(feature = "std")]
pub(super) type BaseMultiples = &'static Multiples<BASE_WINDOW>;
#[cfg(not(feature = "std"))]
pub(super) type BaseMultiples = Multiples<BASE_WINDOW>;
const BASE_WINDOW: usize = 7;

#[cfg(feature = "std")]
pub(super) fn of_base_point() -> BaseMultiples {
    static KEPT: LazyLock<Multiples<BASE_WINDOW>> = LazyLock::new(|| Multiples::of(&ED25519_BASEPOINT_POINT));
    &KEPT
}

#[cfg(not(feature = "std"))]
pub(super) fn of_base_point() -> BaseMultiples {
    Multiples::of(&ED25519_BASEPOINT_POINT)
}

impl<const WINDOW: usize> Multiples<WINDOW> {
    /// How many magnitudes a digit can have: it is odd, and below `2^(WINDOW - 1)`.
    const MAGNITUDES: usize = 1 << (WINDOW - 2);

    pub(super) fn of(point: &EdwardsPoint) -> Self {
        let mut multiples = Vec::with_capacity(ROWS * Self::MAGNITUDES);
        let mut first = *point;
        for _ in 0..ROWS {
            let twice = first + first;
            let mut next = first;
            for _ in 0..Self::MAGNITUDES {
                multiples.push(next);
                next += &twice;
            }
            // The cheapest doublings that can be had come three at a time.
            first = (0..STRIDE / 3).fold(first, |point, _| point.mul_by_cofactor());
        }
        Self(multiples)
    }

    /// Adds `P sum(digit 2^(9 row))` for one line of digits.
    fn add(&self, line: &Line, sum: &mut EdwardsPoint) {
        for (row, digit) in line.digits() {
            match self.0.get(row * Self::MAGNITUDES + usize::from(digit.unsigned_abs() / 2)) {
                Some(multiple) if digit > 0 => *sum += multiple,
                Some(multiple) => *sum -= multiple,
                None => {}
            }
        }
    }
}

/// `s B - k A`. Both scalars count as the integers below the group order that they are, so that the result is right for an `A` outside
/// the prime-order subgroup, too.
pub(super) fn difference(base: &BaseMultiples, s: &Scalar, key: &KeyMultiples, k: &Scalar) -> EdwardsPoint {
    let (s, minus_k) = (digits::<BASE_WINDOW>(s, 1), digits::<KEY_WINDOW>(k, -1));
    let mut sum = EdwardsPoint::identity();
    for (s, minus_k) in s.iter().zip(&minus_k).rev() {
        sum = sum + sum;
        base.add(s, &mut sum);
        key.add(minus_k, &mut sum);
    }
    sum
}

/// A scalar as `sum(digit 2^position)`; the digit at each position is in row `position / 9` of the line `position % 9`.
type Digits = [Line; STRIDE];

/// The digits of one line.
#[derive(Clone, Copy, Default)]
struct Line {
    /// One bit for each row whose digit is not zero: few are, and looking for them would take as long as an addition.
    filled: u32,
    rows: [i8; ROWS],
}

impl Line {
    fn put(&mut self, row: usize, digit: i8) {
        if let Some(place) = self.rows.get_mut(row) {
            *place = digit;
            self.filled |= 1 << row;
        }
    }

    /// The digits that are not zero, each with its row.
    fn digits(&self) -> impl Iterator<Item = (usize, i8)> {
        let mut left = self.filled;
        iter::from_fn(move || {
            let row = usize::try_from(left.trailing_zeros()).ok()?;
            let digit = *self.rows.get(row)?;
            left &= left - 1;
            Some((row, digit))
        })
    }
}

/// The digits of the integer times `sign`. They are zero or odd, and of as many neighbours as a window has bits at most one is not zero.
fn digits<const WINDOW: usize>(scalar: &Scalar, sign: i8) -> Digits {
    let mut digits = Digits::default();
    let mut position = 0;
    let mut carry = 0;
    while position < 256 {
        let window = window::<WINDOW>(scalar.as_bytes(), position) + carry;
        if window.is_multiple_of(2) {
            position += 1;
            continue;
        }
        // A window in its upper half counts as a negative digit, and the next one as one more.
        carry = u8::from(window >= 1 << (WINDOW - 1));
        let digit = window.wrapping_sub(carry << WINDOW).cast_signed();
        if let Some(line) = digits.get_mut(position % STRIDE) {
            line.put(position / STRIDE, sign * digit);
        }
        position += WINDOW;
    }
    digits
}

/// The bits of a scalar that a window shows, from a position on.
fn window<const WINDOW: usize>(bytes: &[u8; 32], position: usize) -> u8 {
    let byte = |index: usize| bytes.get(index).copied().unwrap_or(0);
    let pair = u16::from_le_bytes([byte(position / 8), byte(position / 8 + 1)]);
    let [window, _] = (pair >> (position % 8)).to_le_bytes();
    window & ((1 << WINDOW) - 1)
}

#[cfg(test)]
mod tests {
    use curve25519_dalek::constants::EIGHT_TORSION;
    use proptest::prelude::*;

    use super::*;

    /// Scalars of any bytes, and those at the edges of the range.
    fn scalar() -> impl Strategy<Value = Scalar> {
        prop_oneof![
            any::<[u8; 32]>().prop_map(Scalar::from_bytes_mod_order),
            any::<u64>().prop_map(Scalar::from),
            any::<u64>().prop_map(|small| -Scalar::from(small)),
            (0_usize..253).prop_map(|bit| {
                let mut bytes = [0; 32];
                bytes[bit / 8] = 1 << (bit % 8);
                Scalar::from_bytes_mod_order(bytes)
            }),
        ]
    }

    fn signed(digit: i8) -> Scalar {
        let magnitude = Scalar::from(digit.unsigned_abs());
        if digit < 0 { -magnitude } else { magnitude }
    }

    fn check_digits<const WINDOW: usize>(scalar: Scalar, sign: i8) {
        let digits = digits::<WINDOW>(&scalar, sign);
        let filled: usize = digits.iter().map(|line| line.digits().count()).sum();
        assert_eq!(filled, digits.iter().flat_map(|line| line.rows).filter(|digit| *digit != 0).count());
        let mut sum = Scalar::ZERO;
        let mut distance = WINDOW;
        for position in (0..ROWS * STRIDE).rev() {
            let digit = digits[position % STRIDE].rows[position / STRIDE];
            sum = sum + sum + signed(digit);
            assert!(
                digit == 0
                    || (digit % 2 != 0 && digit.unsigned_abs() < 1 << (WINDOW - 1) && distance >= WINDOW)
            );
            distance = if digit == 0 { distance + 1 } else { 1 };
        }
        assert_eq!(sum, if sign < 0 { -scalar } else { scalar });
    }

    proptest! {
        #[test]
        fn digits_are_sparse_odd_and_add_up(scalar in scalar(), negative: bool) {
            let sign = if negative { -1 } else { 1 };
            check_digits::<KEY_WINDOW>(scalar, sign);
            check_digits::<BASE_WINDOW>(scalar, sign);
        }

        #[test]
        fn the_difference_is_that_of_the_library_outside_the_subgroup_too(
            (s, k, a) in (scalar(), scalar(), scalar()),
            torsion in 0_usize..8,
        ) {
            let key = ED25519_BASEPOINT_POINT * a + EIGHT_TORSION[torsion];
            let expected = EdwardsPoint::vartime_double_scalar_mul_basepoint(&k, &-key, &s);
            prop_assert_eq!(difference(&of_base_point(), &s, &KeyMultiples::of(&key), &k), expected);
        }
    }
}

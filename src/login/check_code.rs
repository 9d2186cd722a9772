use core::fmt;

use subtle::ConstantTimeEq;

/// Two bytes that both ends of a channel derive from it, to be compared by the user.
#[derive(Clone, Copy)]
pub struct CheckCode([u8; 2]);

/// How a check code becomes two digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DigitMode {
    /// `00` to `99`.
    AllowLeadingZero,
    /// `10` to `99`.
    NoLeadingZero,
}

impl CheckCode {
    pub(super) const fn from_bytes(bytes: [u8; 2]) -> Self {
        Self(bytes)
    }

    /// The two bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 2] {
        &self.0
    }

    /// The two digits as a number, from 0 or 10 to 99; show it with two digits.
    #[must_use]
    pub const fn to_digits(&self, mode: DigitMode) -> u8 {
        let [first, second] = self.0;
        let tens = match mode {
            DigitMode::AllowLeadingZero => first % 10,
            DigitMode::NoLeadingZero => (first % 9).saturating_add(1),
        };
        tens.saturating_mul(10).saturating_add(second % 10)
    }

    /// Whether these are the two digits, compared in constant time.
    #[must_use]
    pub fn matches(&self, digits: u8, mode: DigitMode) -> bool {
        self.to_digits(mode).ct_eq(&digits).into()
    }
}

impl PartialEq for CheckCode {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for CheckCode {}

// It is what the attacker would have to guess.
impl fmt::Debug for CheckCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("CheckCode(..)")
    }
}

use alloc::string::String;
use core::fmt;

use subtle::ConstantTimeEq;

/// Two bytes that both ends of a channel derive from it, to be compared by the user.
#[derive(Clone)]
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

    /// The two digits, for S to show.
    #[must_use]
    pub fn to_digits(&self, mode: DigitMode) -> String {
        let [first, second] = self.0;
        let tens = match mode {
            DigitMode::AllowLeadingZero => first % 10,
            DigitMode::NoLeadingZero => (first % 9).saturating_add(1),
        };
        [tens, second % 10].map(|digit| char::from(b'0'.saturating_add(digit))).iter().collect()
    }

    /// Whether the user has typed the two digits into G, compared in constant time. If not, the channel and the QR code end: the user must not be
    /// asked again.
    #[must_use]
    pub fn matches(&self, typed: &str, mode: DigitMode) -> bool {
        self.to_digits(mode).as_bytes().ct_eq(typed.as_bytes()).into()
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

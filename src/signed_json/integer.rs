use core::{error::Error, fmt};

/// The greatest integer, 2^53 - 1; the least is its negative.
const MAX: i64 = (1 << 53) - 1;

/// A number that canonical JSON can hold: an integer from -(2^53) + 1 to 2^53 - 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JsonInteger(i64);

/// A number is no integer from -(2^53) + 1 to 2^53 - 1, so that it has no canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NoJsonInteger;

impl JsonInteger {
    /// The integer.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl From<i32> for JsonInteger {
    fn from(integer: i32) -> Self {
        Self(integer.into())
    }
}

impl From<u32> for JsonInteger {
    fn from(integer: u32) -> Self {
        Self(integer.into())
    }
}

impl TryFrom<i64> for JsonInteger {
    type Error = NoJsonInteger;

    fn try_from(integer: i64) -> Result<Self, NoJsonInteger> {
        if (-MAX..=MAX).contains(&integer) { Ok(Self(integer)) } else { Err(NoJsonInteger) }
    }
}

impl TryFrom<u64> for JsonInteger {
    type Error = NoJsonInteger;

    fn try_from(integer: u64) -> Result<Self, NoJsonInteger> {
        i64::try_from(integer).map_err(|_| NoJsonInteger).and_then(Self::try_from)
    }
}

impl fmt::Display for JsonInteger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Display for NoJsonInteger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number is no integer from -(2^53) + 1 to 2^53 - 1")
    }
}

impl Error for NoJsonInteger {}

//! The two digits that the user compares.

use cliquet_core::login::DigitMode;

use crate::constants::unknown;
use crate::failure::Failure;

/// How the check code of a channel becomes two digits. Both devices use the same; that of MSC4108 is `CLIQUET_DIGIT_MODE_ALLOW_LEADING_ZERO`.
pub type cliquet_digit_mode = u32;
/// `00` to `99`.
pub const CLIQUET_DIGIT_MODE_ALLOW_LEADING_ZERO: cliquet_digit_mode = 1;
/// `10` to `99`.
pub const CLIQUET_DIGIT_MODE_NO_LEADING_ZERO: cliquet_digit_mode = 2;

pub(super) fn to_digit_mode(mode: cliquet_digit_mode) -> Result<DigitMode, Failure> {
    match mode {
        CLIQUET_DIGIT_MODE_ALLOW_LEADING_ZERO => Ok(DigitMode::AllowLeadingZero),
        CLIQUET_DIGIT_MODE_NO_LEADING_ZERO => Ok(DigitMode::NoLeadingZero),
        _ => Err(unknown(mode)),
    }
}

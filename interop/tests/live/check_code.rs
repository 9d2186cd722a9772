//! What both login channels have in common: the code that the user compares.

use cliquet::login::{CheckCode, DigitMode};

/// Our code is the peer's: its bytes, and its digits with and without a leading zero.
pub(crate) fn is_the_peers(ours: &CheckCode, bytes: [u8; 2], digits: [u8; 2]) {
    assert_eq!(ours.as_bytes(), &bytes);
    for (mode, digits) in [DigitMode::AllowLeadingZero, DigitMode::NoLeadingZero].into_iter().zip(digits) {
        let [digits, others] = [digits, digits ^ 1].map(|digits| format!("{digits:02}"));
        assert_eq!(ours.to_digits(mode), digits);
        assert!(ours.matches(&digits, mode) && !ours.matches(&others, mode));
    }
}

#[cfg(feature = "ecies")]
mod ecies;
#[cfg(feature = "hpke")]
mod hpke;
pub(crate) mod known_answers;

use super::{CheckCode, DigitMode};

#[test]
fn check_codes_are_compared_and_not_printed() {
    let code = CheckCode::from_bytes([0x4a, 0x5e]);
    assert_eq!(code, CheckCode::from_bytes([0x4a, 0x5e]));
    assert_ne!(code, CheckCode::from_bytes([0x4a, 0x5f]));
    assert_ne!(code, CheckCode::from_bytes([0x4b, 0x5e]));
    assert_eq!(alloc::format!("{code:?}"), "CheckCode(..)");
}

#[test]
fn check_codes_become_two_digits() {
    let code = CheckCode::from_bytes([0x4a, 0x5e]);
    assert_eq!(code.to_digits(DigitMode::AllowLeadingZero), "44");
    assert_eq!(code.to_digits(DigitMode::NoLeadingZero), "34");
    assert!(code.matches("44", DigitMode::AllowLeadingZero) && !code.matches("44", DigitMode::NoLeadingZero));
    assert_eq!(CheckCode::from_bytes([0, 7]).to_digits(DigitMode::AllowLeadingZero), "07");
    assert!(!CheckCode::from_bytes([0, 7]).matches("7", DigitMode::AllowLeadingZero));
    for first in 0..=255 {
        for second in 0..=255 {
            let code = CheckCode::from_bytes([first, second]);
            let number = |mode| code.to_digits(mode).parse::<u8>().unwrap();
            assert_eq!(code.to_digits(DigitMode::AllowLeadingZero).len(), 2);
            assert!(number(DigitMode::AllowLeadingZero) < 100);
            assert!((10..100).contains(&number(DigitMode::NoLeadingZero)));
        }
    }
}

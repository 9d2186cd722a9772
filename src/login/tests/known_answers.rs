//! Runs the vectors of `test-vectors/login/`.

#[cfg(feature = "ecies")]
mod ecies;
#[cfg(feature = "hpke")]
mod hpke;

use serde_json::json;

use super::{CheckCode, DigitMode};
use crate::known_answers::{Input, Outcome};

/// Runs a vector of this room; `None` if it is of no kind that belongs here, or of one that needs a feature.
pub(crate) fn run(kind: &str, input: &Input<'_>) -> Option<Outcome> {
    Some(match kind {
        "check-code" => {
            let code = CheckCode::from_bytes(input.array("bytes"));
            Ok(json!({
                "digits": code.to_digits(DigitMode::AllowLeadingZero),
                "digits_without_leading_zero": code.to_digits(DigitMode::NoLeadingZero),
            }))
        }
        #[cfg(feature = "ecies")]
        "ecies" => ecies::conversation(input),
        #[cfg(feature = "ecies")]
        "ecies-open" => ecies::open(input),
        #[cfg(feature = "hpke")]
        "hpke-base" => hpke::base(input),
        #[cfg(feature = "hpke")]
        "hpke-channel" => hpke::conversation(input),
        #[cfg(feature = "hpke")]
        "hpke-open" => hpke::open(input),
        _ => return None,
    })
}

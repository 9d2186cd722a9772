//! What went wrong, in words that cost little memory.

/// The first thing that was not as it must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure(pub &'static str);

/// Turns any error into a [`Failure`]. The error's own text is left out: it would be in every firmware.
pub(crate) trait OrFail<T> {
    fn or_fail(self, what: &'static str) -> Result<T, Failure>;
}

impl<T, E> OrFail<T> for Result<T, E> {
    fn or_fail(self, what: &'static str) -> Result<T, Failure> {
        self.map_err(|_| Failure(what))
    }
}

/// Fails unless `holds`.
pub(crate) fn check(holds: bool, what: &'static str) -> Result<(), Failure> {
    if holds { Ok(()) } else { Err(Failure(what)) }
}

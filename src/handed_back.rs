//! What a consuming method that fails returns (layer 0).

use core::{error::Error, fmt};

/// A method that takes its receiver by value has failed: the receiver, as it was, and why.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct HandedBack<T, E> {
    /// What the method was called on.
    pub receiver: T,
    /// Why it failed.
    pub error: E,
}

impl<T, E> HandedBack<T, E> {
    pub(crate) fn new(receiver: T, error: impl Into<E>) -> Self {
        Self { receiver, error: error.into() }
    }
}

// The receiver may be secret.
impl<T, E: fmt::Debug> fmt::Debug for HandedBack<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("HandedBack").field("error", &self.error).finish_non_exhaustive()
    }
}

impl<T, E: fmt::Display> fmt::Display for HandedBack<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(formatter)
    }
}

impl<T, E: Error + 'static> Error for HandedBack<T, E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error.source()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_receiver_is_not_printed() {
        let handed_back = HandedBack::<_, fmt::Error>::new("secret", fmt::Error);
        assert_eq!(alloc::format!("{handed_back:?}"), "HandedBack { error: Error, .. }");
    }
}

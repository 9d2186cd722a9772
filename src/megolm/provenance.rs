/// Where an inbound session comes from, and from which message index on that is known.
///
/// Decrypting, comparing and merging never raise it: a session is never trusted more than the best of what it was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Provenance {
    /// From a session key that the session's own signing key signed, from an index on. A session that was merged with an
    /// import may read earlier messages too; for these it is as good as [`Imported`](Self::Imported).
    ///
    /// That the signing key belongs to the sender one thinks of, the Olm session shows over which the key came.
    #[non_exhaustive]
    Shared {
        /// The message index of the session key.
        from: u32,
    },
    /// From a session export, which anybody can make who knows the session's public key: its messages still carry the
    /// right signature, but who shared it is known from elsewhere or not at all.
    Imported,
    /// From another library's stored state, which keeps one flag without an index: whether that library took the session
    /// for shared. libolm also sets it when it has decrypted a message, which proves nothing.
    #[non_exhaustive]
    Legacy {
        /// The flag as it was stored.
        flag: bool,
    },
}

impl Provenance {
    /// What is known of one message.
    pub(super) fn at(self, message_index: u32) -> Self {
        match self {
            Self::Shared { from } if message_index < from => Self::Imported,
            whole => whole,
        }
    }

    /// What is known of a session that gave up all before its new first known index.
    pub(super) fn advanced_to(self, first_known_index: u32) -> Self {
        match self {
            Self::Shared { from } => Self::Shared { from: from.max(first_known_index) },
            whole => whole,
        }
    }

    /// What is known of a session made of two, of which `self` begins first.
    pub(super) fn merged_with(self, later: Self) -> Self {
        match (self, later) {
            (Self::Shared { from: first }, Self::Shared { from: second }) => {
                Self::Shared { from: first.min(second) }
            }
            (shared @ Self::Shared { .. }, _) | (_, shared @ Self::Shared { .. }) => shared,
            // Neither tells from which index on it holds, so the one that covers more stands alone.
            (earlier, _) => earlier,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merging_keeps_what_is_proven_and_raises_nothing() {
        let (imported, unflagged, flagged) =
            (Provenance::Imported, Provenance::Legacy { flag: false }, Provenance::Legacy { flag: true });
        let shared = |from| Provenance::Shared { from };
        for other in [imported, unflagged, flagged] {
            assert_eq!(other.merged_with(shared(7)), shared(7));
            assert_eq!(shared(7).merged_with(other), shared(7));
        }
        assert_eq!(shared(9).merged_with(shared(7)), shared(7));
        assert_eq!(shared(7).merged_with(shared(9)), shared(7));
        assert_eq!(imported.merged_with(flagged), imported);
        assert_eq!(unflagged.merged_with(flagged), unflagged);
        assert_eq!(flagged.merged_with(imported), flagged);
    }
}

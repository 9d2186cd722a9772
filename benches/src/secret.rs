//! What cliquet's primitives take from its lowest layer. The floor wipes nothing: what wiping costs is to be seen beside it.

pub(crate) const FOR_HASHES: usize = 0;
pub(crate) const FOR_CURVES: usize = 0;

/// The work alone.
pub(crate) fn with_wiped_stack<const DEPTH: usize, T>(work: impl FnOnce() -> T) -> T {
    work()
}

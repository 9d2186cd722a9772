/// What libolm keeps with an inbound session, and nothing here follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LibolmInboundState {
    /// libolm's flag "verified": set by a signed session key, and by any message that was decrypted since.
    pub verified: bool,
    /// The greatest message index that was read: libolm keeps the ratchet at it beside the first one.
    pub latest_index: u32,
}

impl LibolmInboundState {
    /// The state of an adapter that keeps both itself.
    #[must_use]
    pub const fn new(verified: bool, latest_index: u32) -> Self {
        Self { verified, latest_index }
    }
}

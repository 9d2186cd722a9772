use core::{error::Error, fmt};

use crate::encoding::MessageVersion;

/// How a session is made; kept with it for as long as it lives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionConfig {
    /// The version of the messages: the one that the session writes, and the only one that it reads.
    pub version: MessageVersion,
    /// What the session keeps and how far it jumps.
    pub limits: Limits,
}

impl SessionConfig {
    /// This configuration with another version.
    #[must_use]
    pub const fn with_version(mut self, version: MessageVersion) -> Self {
        self.version = version;
        self
    }

    /// This configuration with other limits.
    #[must_use]
    pub const fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }
}

/// What a session keeps for messages that arrive late, and how much work one message may cause.
///
/// | limit | protocol's figure, the least | default | hard cap |
/// |---|---|---|---|
/// | skipped message keys per chain | 40 | 40 | 2 000 |
/// | skipped message keys per session | 40 | 200 | 10 000 |
/// | receiver chains | 5 | 5 | 50 |
/// | forward gap, in messages | 2 000 | 2 000 | 100 000 |
///
/// libolm keeps 40 skipped message keys per session, vodozemac 40 per chain; the default covers both.
///
/// # Example
///
/// ```
/// use cliquet::olm::{Limits, SessionConfig};
///
/// let limits = Limits::default().with_skipped_keys_per_chain(400)?.with_skipped_keys(1_000)?;
/// let config = SessionConfig::default().with_limits(limits);
/// assert_eq!(config.limits.message_gap(), 2_000);
/// assert!(limits.with_message_gap(1_000_000).is_err());
/// # Ok::<(), cliquet::olm::LimitError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    skipped_keys_per_chain: u32,
    skipped_keys: u32,
    receiver_chains: u32,
    message_gap: u32,
}

impl Limits {
    /// These limits with room for `limit` skipped message keys per receiver chain.
    ///
    /// # Errors
    ///
    /// [`LimitError`] unless `limit` is from 40 to 2 000.
    pub fn with_skipped_keys_per_chain(mut self, limit: u32) -> Result<Self, LimitError> {
        self.skipped_keys_per_chain = LimitError::check(limit, 40, 2_000)?;
        Ok(self)
    }

    /// These limits with room for `limit` skipped message keys in the whole session.
    ///
    /// # Errors
    ///
    /// [`LimitError`] unless `limit` is from 40 to 10 000.
    pub fn with_skipped_keys(mut self, limit: u32) -> Result<Self, LimitError> {
        self.skipped_keys = LimitError::check(limit, 40, 10_000)?;
        Ok(self)
    }

    /// These limits with room for `limit` receiver chains.
    ///
    /// # Errors
    ///
    /// [`LimitError`] unless `limit` is from 5 to 50.
    pub fn with_receiver_chains(mut self, limit: u32) -> Result<Self, LimitError> {
        self.receiver_chains = LimitError::check(limit, 5, 50)?;
        Ok(self)
    }

    /// These limits with a forward gap of up to `limit` messages, counted from the next expected chain index.
    ///
    /// # Errors
    ///
    /// [`LimitError`] unless `limit` is from 2 000 to 100 000.
    pub fn with_message_gap(mut self, limit: u32) -> Result<Self, LimitError> {
        self.message_gap = LimitError::check(limit, 2_000, 100_000)?;
        Ok(self)
    }

    /// How many skipped message keys one receiver chain keeps.
    #[must_use]
    pub const fn skipped_keys_per_chain(&self) -> u32 {
        self.skipped_keys_per_chain
    }

    /// How many skipped message keys the session keeps, over all chains.
    #[must_use]
    pub const fn skipped_keys(&self) -> u32 {
        self.skipped_keys
    }

    /// How many receiver chains the session keeps.
    #[must_use]
    pub const fn receiver_chains(&self) -> u32 {
        self.receiver_chains
    }

    /// How many messages of a chain may be missing in front of one that is accepted.
    #[must_use]
    pub const fn message_gap(&self) -> u32 {
        self.message_gap
    }
}

#[cfg(test)]
impl Limits {
    /// Limits below those of the protocol, so small that a proof reaches all of them.
    pub(super) const fn tiny(
        skipped_keys_per_chain: u32,
        skipped_keys: u32,
        receiver_chains: u32,
        message_gap: u32,
    ) -> Self {
        Self { skipped_keys_per_chain, skipped_keys, receiver_chains, message_gap }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { skipped_keys_per_chain: 40, skipped_keys: 200, receiver_chains: 5, message_gap: 2_000 }
    }
}

/// A limit lies outside its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LimitError {
    /// The limit that was asked for.
    pub requested: u32,
    /// The least that is accepted: the protocol's figure.
    pub least: u32,
    /// The most that is accepted: the hard cap.
    pub most: u32,
}

impl LimitError {
    pub(super) fn check(requested: u32, least: u32, most: u32) -> Result<u32, Self> {
        if (least..=most).contains(&requested) { Ok(requested) } else { Err(Self { requested, least, most }) }
    }
}

impl fmt::Display for LimitError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { requested, least, most } = self;
        write!(formatter, "a limit of {requested} is not from {least} to {most}")
    }
}

impl Error for LimitError {}

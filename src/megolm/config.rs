use crate::encoding::MessageVersion;

/// How a session is made; kept with it for as long as it lives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionConfig {
    /// The version of the messages: the one that the session writes or, for an inbound session, the only one it reads.
    pub version: MessageVersion,
}

impl SessionConfig {
    /// This configuration with another version.
    #[must_use]
    pub const fn with_version(mut self, version: MessageVersion) -> Self {
        self.version = version;
        self
    }
}

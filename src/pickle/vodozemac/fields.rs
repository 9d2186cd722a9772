//! What the formats of several objects have in common.

use serde::{Deserialize, Serialize};

use super::bytes::Bytes;
use crate::{
    encoding::MessageVersion,
    keys::{SigningKeySnapshot, SigningSecretKey},
    megolm::RatchetSnapshot,
    olm::Limits,
    pickle::UnpickleError,
};

/// What the caller says of a session whose pickle may not.
#[derive(Clone, Copy)]
pub(super) struct Stated {
    pub(super) version: Option<MessageVersion>,
    pub(super) limits: Limits,
}

impl Stated {
    /// The caller says nothing. The default limits have room for all that vodozemac keeps.
    pub(super) fn nothing() -> Self {
        Self { version: None, limits: Limits::default() }
    }

    /// The version of a pickle: no other than the stated one, and V1 if there is none and the caller states it.
    pub(super) fn version_of(&self, config: Option<&ConfigFields>) -> Result<MessageVersion, UnpickleError> {
        let found = config.map(|config| match config.version {
            VersionField::V1 => MessageVersion::V1,
            VersionField::V2 => MessageVersion::V2,
        });
        match (found, self.version) {
            (Some(found), Some(expected)) if found != expected => {
                Err(UnpickleError::MismatchedVersion { expected, found })
            }
            (Some(version), _) | (None, Some(version @ MessageVersion::V1)) => Ok(version),
            (None, _) => Err(UnpickleError::MissingVersion),
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct ConfigFields {
    version: VersionField,
}

#[derive(Serialize, Deserialize)]
enum VersionField {
    V1,
    V2,
}

impl From<MessageVersion> for ConfigFields {
    fn from(version: MessageVersion) -> Self {
        let version = match version {
            MessageVersion::V1 => VersionField::V1,
            MessageVersion::V2 => VersionField::V2,
        };
        Self { version }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) enum SigningKeyFields<'a> {
    #[serde(rename = "Normal")]
    Seed(Bytes<'a, 32>),
    Expanded(Bytes<'a, 64>),
}

impl<'a> From<&SigningKeySnapshot<'a>> for SigningKeyFields<'a> {
    fn from(snapshot: &SigningKeySnapshot<'a>) -> Self {
        match snapshot.secret_key {
            SigningSecretKey::Seed(seed) => Self::Seed(seed.into()),
            SigningSecretKey::Expanded(expanded) => Self::Expanded(expanded.into()),
        }
    }
}

impl SigningKeyFields<'_> {
    pub(super) fn snapshot(&self) -> SigningKeySnapshot<'_> {
        let secret_key = match self {
            Self::Seed(seed) => SigningSecretKey::Seed(seed.as_bytes()),
            Self::Expanded(expanded) => SigningSecretKey::Expanded(expanded.as_bytes()),
        };
        SigningKeySnapshot { secret_key, public_key: None }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct RatchetFields<'a> {
    inner: Bytes<'a, 128>,
    counter: u32,
}

impl<'a> From<&RatchetSnapshot<'a>> for RatchetFields<'a> {
    fn from(snapshot: &RatchetSnapshot<'a>) -> Self {
        Self { inner: snapshot.parts.into(), counter: snapshot.index }
    }
}

impl RatchetFields<'_> {
    pub(super) fn snapshot(&self) -> RatchetSnapshot<'_> {
        RatchetSnapshot { parts: self.inner.as_bytes(), index: self.counter }
    }
}

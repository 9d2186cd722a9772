//! vodozemac's pickles (feature `vodozemac`): JSON, in the legacy envelope or bare, and typed values for other formats of serde.
//!
//! The methods `to_vodozemac_pickle`, `from_vodozemac_pickle`, `to_vodozemac_json` and `from_vodozemac_json` of
//! [`Account`], [`Session`], [`OutboundGroupSession`] and
//! [`InboundGroupSession`] go from state to text and back. The types here are for stores
//! that keep vodozemac's values in a format of their own, one that describes itself and writes the names of fields, such as CBOR:
//!
//! ```
//! # #[cfg(feature = "getrandom")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use cliquet::{SystemRandom, olm::Account, pickle::vodozemac::AccountPickle};
//!
//! let account = Account::new(&mut SystemRandom::new())?;
//! let stored = serde_json::to_value(AccountPickle::try_from(&account)?)?;
//!
//! let pickle: AccountPickle = serde_json::from_value(stored)?; // validated here
//! let again = Account::from(pickle);
//! assert_eq!(again.identity_keys(), account.identity_keys());
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "getrandom"))]
//! # fn main() {}
//! ```
//!
//! # What is not kept
//!
//! Nothing that a conversation needs. To vodozemac: limits, the order of skipped message keys of different chains (each chain's own is kept), which keys of late messages were given up instead of used, and whether a session that
//! has a receiver chain has decrypted anything; of the provenance of an inbound session, whether it is shared as a whole. From vodozemac: how often a ratchet has turned, which it prints and never
//! uses. Everything else that has no place is an [`InexpressibleError`].

// Files: `bytes` and `fields` (what several objects share), then one for each body.
mod account;
mod bytes;
mod fields;
mod group_sessions;
mod session;

use alloc::string::String;
use std::io;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, DeserializeOwned, IgnoredAny},
    ser,
};

use self::fields::Stated;
use super::{InexpressibleError, PickleKind, UnpickleError, legacy_envelope};
use crate::{
    encoding::MessageVersion,
    megolm::{self, InboundGroupSession, OutboundGroupSession},
    olm::{self, Account, Session},
    secret::SecretBytes,
};

/// What vodozemac can pickle.
trait Vodozemac: Sized {
    type Fields<'a>: Serialize + DeserializeOwned;

    /// Hands the fields to `write`.
    fn with_fields<T>(&self, write: impl FnOnce(&Self::Fields<'_>) -> T) -> Result<T, InexpressibleError>;

    fn from_fields(fields: &Self::Fields<'_>, stated: Stated) -> Result<Self, UnpickleError>;
}

fn to_json(state: &impl Vodozemac) -> Result<SecretBytes, InexpressibleError> {
    let mut json = Growing(SecretBytes::with_capacity(1024));
    let written = state.with_fields(|fields| serde_json::to_writer(&mut json, fields))?;
    // Neither the fields nor the buffer have an error to report.
    written.map_err(|_| InexpressibleError::Inconsistent)?;
    Ok(json.0)
}

/// A buffer that wipes what it has grown out of.
struct Growing(SecretBytes);

impl io::Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn from_json<T: Vodozemac>(json: &[u8], stated: Stated) -> Result<T, UnpickleError> {
    // The error could quote a secret.
    let fields: T::Fields<'static> = serde_json::from_slice(json).map_err(|_| UnpickleError::Json)?;
    T::from_fields(&fields, stated)
}

fn to_pickle(state: &impl Vodozemac, key: &[u8; 32]) -> Result<String, InexpressibleError> {
    to_json(state).map(|json| legacy_envelope::seal(key, json))
}

fn from_pickle<T: Vodozemac>(pickle: &str, key: &[u8; 32], stated: Stated) -> Result<T, UnpickleError> {
    from_json(legacy_envelope::open(key, pickle)?.as_bytes(), stated)
}

/// The names by which the four kinds differ.
#[derive(Deserialize)]
struct Names {
    diffie_hellman_key: Option<IgnoredAny>,
    session_keys: Option<IgnoredAny>,
    ratchet: Option<IgnoredAny>,
    initial_ratchet: Option<IgnoredAny>,
}

/// What the JSON of a pickle holds.
pub(super) fn kind(json: &[u8]) -> Result<PickleKind, UnpickleError> {
    let names: Names = serde_json::from_slice(json).map_err(|_| UnpickleError::Json)?;
    match names {
        Names { diffie_hellman_key: Some(_), .. } => Ok(PickleKind::Account),
        Names { session_keys: Some(_), .. } => Ok(PickleKind::Session),
        Names { ratchet: Some(_), .. } => Ok(PickleKind::OutboundGroupSession),
        Names { initial_ratchet: Some(_), .. } => Ok(PickleKind::InboundGroupSession),
        _ => Err(UnpickleError::Json),
    }
}

impl From<olm::SessionConfig> for Stated {
    fn from(config: olm::SessionConfig) -> Self {
        Self { version: Some(config.version), limits: config.limits }
    }
}

impl From<megolm::SessionConfig> for Stated {
    fn from(config: megolm::SessionConfig) -> Self {
        Self { version: Some(config.version), ..Self::nothing() }
    }
}

impl Account {
    /// Opens an account that vodozemac has pickled and encrypted under a key of 32 bytes. It stores as many one-time keys as a new
    /// account does.
    ///
    /// # Errors
    ///
    /// [`UnpickleError::NotAPickle`] if the text is no base64, [`UnpickleError::AuthenticationFailed`] if the key is wrong or the
    /// pickle was changed; otherwise as [`from_vodozemac_json`](Self::from_vodozemac_json).
    pub fn from_vodozemac_pickle(pickle: &str, key: &[u8; 32]) -> Result<Self, UnpickleError> {
        from_pickle(pickle, key, Stated::nothing())
    }

    /// Reads the JSON of an account of vodozemac, which nothing protects.
    ///
    /// # Errors
    ///
    /// [`UnpickleError::Json`] if it is not what vodozemac writes, [`UnpickleError::State`] if it holds no such account. Unknown fields are
    /// skipped, as vodozemac does.
    pub fn from_vodozemac_json(json: &[u8]) -> Result<Self, UnpickleError> {
        from_json(json, Stated::nothing())
    }
}

/// Reading a session: the caller states its version.
macro_rules! session_from_vodozemac {
    ($type:ty, $config:ty) => {
        impl $type {
            /// Opens a session that vodozemac has pickled and encrypted under a key of 32 bytes. `config` states the version of its
            /// messages (the default configuration states V1), and what it keeps from now on: at least what is in the pickle, or it is
            /// refused.
            ///
            /// # Errors
            ///
            /// [`UnpickleError::NotAPickle`] if the text is no base64, [`UnpickleError::AuthenticationFailed`] if the key is wrong or
            /// the pickle was changed; otherwise as [`from_vodozemac_json`](Self::from_vodozemac_json).
            pub fn from_vodozemac_pickle(
                pickle: &str,
                key: &[u8; 32],
                config: $config,
            ) -> Result<Self, UnpickleError> {
                from_pickle(pickle, key, config.into())
            }

            /// Reads the JSON of a session of vodozemac, which nothing protects.
            ///
            /// # Errors
            ///
            /// [`UnpickleError::Json`] if it is not what vodozemac writes; [`UnpickleError::MismatchedVersion`] if its messages have
            /// another version than stated, [`UnpickleError::MissingVersion`] if it says none and V1 is not stated;
            /// [`UnpickleError::State`] and [`UnpickleError::Decode`] if it holds no such session.
            pub fn from_vodozemac_json(json: &[u8], config: $config) -> Result<Self, UnpickleError> {
                from_json(json, config.into())
            }
        }
    };
}

session_from_vodozemac!(Session, olm::SessionConfig);
session_from_vodozemac!(OutboundGroupSession, megolm::SessionConfig);
session_from_vodozemac!(InboundGroupSession, megolm::SessionConfig);

/// Writing, and the typed value.
macro_rules! vodozemac_pickle {
    ($type:ident, $pickle:ident) => {
        impl $type {
            /// The state as vodozemac pickles and encrypts it, under a key of 32 bytes: base64. Equal states under one key give
            /// equal texts. What is left out, the module [`vodozemac`](crate::pickle::vodozemac) lists.
            ///
            /// # Errors
            ///
            /// An [`InexpressibleError`] if something of the state has no place in the format.
            pub fn to_vodozemac_pickle(&self, key: &[u8; 32]) -> Result<String, InexpressibleError> {
                to_pickle(self, key)
            }

            /// The state as JSON of vodozemac **in the clear**, secret keys and all; wiped when dropped.
            ///
            /// # Errors
            ///
            /// As [`to_vodozemac_pickle`](Self::to_vodozemac_pickle).
            pub fn to_vodozemac_json(&self) -> Result<SecretBytes, InexpressibleError> {
                to_json(self)
            }
        }

        #[doc = concat!("vodozemac's stored form of [`", stringify!($type), "`].")]
        ///
        /// It holds a valid state: reading checks it. What `Serialize` writes is a copy of secrets, and the caller's to wipe.
        #[derive(Debug)]
        pub struct $pickle($type);

        impl TryFrom<&$type> for $pickle {
            type Error = InexpressibleError;

            fn try_from(state: &$type) -> Result<Self, InexpressibleError> {
                let copied = state.with_fields(|fields| Vodozemac::from_fields(fields, Stated::nothing()))?;
                copied.map(Self).map_err(|_| InexpressibleError::Inconsistent)
            }
        }

        impl From<$pickle> for $type {
            fn from(pickle: $pickle) -> Self {
                pickle.0
            }
        }

        impl Serialize for $pickle {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.with_fields(|fields| fields.serialize(serializer)).map_err(ser::Error::custom)?
            }
        }

        impl<'de> Deserialize<'de> for $pickle {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserialize(deserializer, Stated::nothing()).map(Self)
            }
        }

        impl<'de> Deserialize<'de> for AssumedV1<$pickle> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let stated = Stated { version: Some(MessageVersion::V1), ..Stated::nothing() };
                deserialize(deserializer, stated).map($pickle).map(Self)
            }
        }
    };
}

vodozemac_pickle!(Account, AccountPickle);
vodozemac_pickle!(Session, SessionPickle);
vodozemac_pickle!(OutboundGroupSession, GroupSessionPickle);
vodozemac_pickle!(InboundGroupSession, InboundGroupSessionPickle);

/// A pickle that its reader takes for one of version 1 messages if it states no version, as pickles from before there were two; one that
/// states another is refused. Without this wrapper, a session that states none is refused.
#[derive(Debug)]
pub struct AssumedV1<T>(
    /// The pickle.
    pub T,
);

fn deserialize<'de, T: Vodozemac, D: Deserializer<'de>>(
    deserializer: D,
    stated: Stated,
) -> Result<T, D::Error> {
    // The error could quote a secret.
    let fields = T::Fields::deserialize(deserializer).map_err(|_| de::Error::custom(UnpickleError::Json))?;
    T::from_fields(&fields, stated).map_err(de::Error::custom)
}

//! What the four kinds of saved state have in common, so that a target says once what holds for each of them.

use cliquet::{
    MessageVersion,
    megolm::{self, InboundGroupSession, OutboundGroupSession},
    olm::{self, Account, Limits, Session},
    pickle::{
        InexpressibleError, Pickle, PickleKey, PickleKind, UnpickleError,
        vodozemac::{AccountPickle, AssumedV1, GroupSessionPickle, InboundGroupSessionPickle, SessionPickle},
    },
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{random::seeded, work};

/// What is saved in every format: all but the key pair of a backup, which vodozemac does not save.
pub const KINDS: [PickleKind; 4] = [
    PickleKind::Account,
    PickleKind::Session,
    PickleKind::OutboundGroupSession,
    PickleKind::InboundGroupSession,
];

/// What is saved and opened again in every format.
pub trait Saved: Sized {
    /// vodozemac's form as a value for serde.
    type Typed: Serialize + DeserializeOwned;
    /// Its kind.
    const KIND: PickleKind;

    /// Opens a sealed native pickle.
    fn open(pickle: &Pickle, key: &PickleKey) -> Result<Self, UnpickleError>;
    /// A sealed native pickle.
    fn save(&self, key: &PickleKey) -> Pickle;
    /// Opens a native pickle without encryption.
    fn open_plain(bytes: &[u8]) -> Result<Self, UnpickleError>;
    /// A native pickle without encryption.
    fn save_plain(&self) -> Vec<u8>;
    /// Opens a pickle of libolm.
    fn open_libolm(text: &str, key: &[u8]) -> Result<Self, UnpickleError>;
    /// A pickle of libolm.
    fn save_libolm(&self, key: &[u8]) -> Result<String, InexpressibleError>;
    /// Opens a pickle of vodozemac; an account has no version and does not look at it.
    fn open_vodozemac(text: &str, key: &[u8; 32], version: MessageVersion) -> Result<Self, UnpickleError>;
    /// A pickle of vodozemac.
    fn save_vodozemac(&self, key: &[u8; 32]) -> Result<String, InexpressibleError>;
    /// Opens the JSON of vodozemac.
    fn open_json(json: &[u8], version: MessageVersion) -> Result<Self, UnpickleError>;
    /// The JSON of vodozemac.
    fn save_json(&self) -> Result<Vec<u8>, InexpressibleError>;
    /// Opens a typed value.
    fn from_typed(typed: Self::Typed) -> Self;
    /// A typed value.
    fn typed(&self) -> Result<Self::Typed, InexpressibleError>;
    /// Reads a typed value that may state no version.
    fn from_json_assuming_v1(json: &[u8]) -> Option<Self>;
    /// Does what it is there for, whatever state it is in; panics if something is wrong that no state excuses.
    fn work(&mut self);
}

macro_rules! saved {
    ($type:ident, $typed:ident, $work:path, ($($limits:expr)?), ($($config:expr)?)) => {
        impl Saved for $type {
            type Typed = $typed;
            const KIND: PickleKind = PickleKind::$type;

            fn open(pickle: &Pickle, key: &PickleKey) -> Result<Self, UnpickleError> {
                Self::from_pickle(pickle, key)
            }
            fn save(&self, key: &PickleKey) -> Pickle {
                self.to_pickle(key, &mut seeded(7)).expect("it never fails")
            }
            fn open_plain(bytes: &[u8]) -> Result<Self, UnpickleError> {
                Self::from_pickle_without_encryption(bytes)
            }
            fn save_plain(&self) -> Vec<u8> {
                self.to_pickle_without_encryption().as_bytes().to_vec()
            }
            fn open_libolm(text: &str, key: &[u8]) -> Result<Self, UnpickleError> {
                Self::from_libolm_pickle(text, key $(, $limits)?)
            }
            fn save_libolm(&self, key: &[u8]) -> Result<String, InexpressibleError> {
                self.to_libolm_pickle(key)
            }
            fn open_vodozemac(
                text: &str,
                key: &[u8; 32],
                _version: MessageVersion,
            ) -> Result<Self, UnpickleError> {
                Self::from_vodozemac_pickle(text, key $(, $config.with_version(_version))?)
            }
            fn save_vodozemac(&self, key: &[u8; 32]) -> Result<String, InexpressibleError> {
                self.to_vodozemac_pickle(key)
            }
            fn open_json(json: &[u8], _version: MessageVersion) -> Result<Self, UnpickleError> {
                Self::from_vodozemac_json(json $(, $config.with_version(_version))?)
            }
            fn save_json(&self) -> Result<Vec<u8>, InexpressibleError> {
                Ok(self.to_vodozemac_json()?.as_bytes().to_vec())
            }
            fn from_typed(typed: $typed) -> Self {
                typed.into()
            }
            fn typed(&self) -> Result<$typed, InexpressibleError> {
                self.try_into()
            }
            fn from_json_assuming_v1(json: &[u8]) -> Option<Self> {
                let AssumedV1::<$typed>(typed) = serde_json::from_slice(json).ok()?;
                Some(typed.into())
            }
            fn work(&mut self) {
                $work(self);
            }
        }
    };
}

saved!(Account, AccountPickle, work::account, (), ());
saved!(Session, SessionPickle, work::session, (Limits::default()), (olm::SessionConfig::default()));
saved!(
    OutboundGroupSession,
    GroupSessionPickle,
    work::outbound_group_session,
    (),
    (megolm::SessionConfig::default())
);
saved!(
    InboundGroupSession,
    InboundGroupSessionPickle,
    work::inbound_group_session,
    (),
    (megolm::SessionConfig::default())
);

/// Calls a function for the type of a kind.
#[macro_export]
macro_rules! for_kind {
    ($kind:expr, $function:ident ( $($argument:expr),* )) => {
        match $kind {
            cliquet::pickle::PickleKind::Account => $function::<cliquet::olm::Account>($($argument),*),
            cliquet::pickle::PickleKind::Session => $function::<cliquet::olm::Session>($($argument),*),
            cliquet::pickle::PickleKind::OutboundGroupSession => {
                $function::<cliquet::megolm::OutboundGroupSession>($($argument),*)
            }
            cliquet::pickle::PickleKind::InboundGroupSession => {
                $function::<cliquet::megolm::InboundGroupSession>($($argument),*)
            }
            other => panic!("a kind that these targets do not know: {other:?}"),
        }
    };
}

/// How a state is saved.
#[derive(arbitrary::Arbitrary, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Native, sealed.
    Sealed,
    /// Native, without encryption.
    Plain,
    /// As libolm does, where the state has a place there.
    Libolm,
    /// As vodozemac does, where the state has a place there.
    Vodozemac,
}

/// A saved state, in some form.
#[derive(Clone, Debug)]
pub enum Stored {
    /// Native, sealed.
    Sealed(String),
    /// Native, without encryption.
    Plain(Vec<u8>),
    /// Of libolm.
    Libolm(String),
    /// Of vodozemac, with the version of its messages.
    Vodozemac(String, MessageVersion),
}

const KEY: [u8; 32] = [0x5a; 32];

impl Stored {
    /// The state in this form; sealed where that form has no place for it.
    pub fn save<T: Saved>(state: &T, form: Form, version: MessageVersion) -> Self {
        let sealed = || Self::Sealed(state.save(&PickleKey::new(&KEY)).to_base64());
        match form {
            Form::Sealed => sealed(),
            Form::Plain => Self::Plain(state.save_plain()),
            Form::Libolm => state.save_libolm(&KEY).map_or_else(|_| sealed(), Self::Libolm),
            Form::Vodozemac => {
                state.save_vodozemac(&KEY).map_or_else(|_| sealed(), |text| Self::Vodozemac(text, version))
            }
        }
    }

    /// The state that was saved.
    pub fn open<T: Saved>(&self) -> T {
        let opened = match self {
            Self::Sealed(text) => {
                Pickle::from_base64(text).and_then(|pickle| T::open(&pickle, &PickleKey::new(&KEY)))
            }
            Self::Plain(bytes) => T::open_plain(bytes),
            Self::Libolm(text) => T::open_libolm(text, &KEY),
            Self::Vodozemac(text, version) => T::open_vodozemac(text, &KEY, *version),
        };
        opened.expect("what was saved can be opened")
    }

    /// Whether it is of another library, which does not keep everything.
    pub fn is_foreign(&self) -> bool {
        matches!(self, Self::Libolm(_) | Self::Vodozemac(..))
    }
}

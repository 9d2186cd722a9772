//! What is there: recognised, then opened.

use cliquet::{
    MessageVersion,
    megolm::{self, InboundGroupSession, OutboundGroupSession},
    olm::{self, Account, Limits, Session},
    pickle::{Pickle, PickleFormat, PickleKey, PickleKind, Recognised, UnpickleError, recognise},
};

use crate::{Result, arguments::Request, key::Key, target::Format};

type Opened<T> = std::result::Result<T, UnpickleError>;

/// The version of libolm's sessions with one more integer at the end, which nothing reads.
const LOGGING_VERSION: u32 = 0x8000_0001;

/// A state that was opened.
pub(crate) enum State {
    Account(Account),
    Session(Session),
    OutboundGroupSession(OutboundGroupSession),
    InboundGroupSession(InboundGroupSession),
}

/// A saved state that was recognised, and what opens it.
pub(crate) struct Source<'a> {
    pub(crate) recognised: Recognised,
    sealed: Sealed<'a>,
    key: &'a Key,
    assume_version_1: bool,
}

enum Sealed<'a> {
    Native { pickle: Pickle, key: PickleKey },
    NativeWithoutEncryption { bytes: &'a [u8] },
    Libolm { text: &'a str, key: &'a [u8] },
    Vodozemac { text: &'a str, key: &'a [u8; 32] },
    VodozemacJson { json: &'a [u8] },
}

impl<'a> Source<'a> {
    pub(crate) fn recognise(input: &'a [u8], key: &'a Key, request: &Request) -> Result<Self> {
        let recognised = recognise(input, key.as_bytes()).map_err(|error| explained(error, key))?;
        let sealed = match recognised.format {
            PickleFormat::Native { .. } => {
                let key = PickleKey::new(key.as_32_bytes(Format::Native)?).in_context(&request.context);
                Sealed::Native { pickle: native_pickle(input)?, key }
            }
            PickleFormat::NativeWithoutEncryption { .. } => Sealed::NativeWithoutEncryption { bytes: input },
            PickleFormat::Libolm { .. } => Sealed::Libolm { text: text(input)?, key: key.as_bytes() },
            PickleFormat::Vodozemac => {
                Sealed::Vodozemac { text: text(input)?, key: key.as_32_bytes(Format::Vodozemac)? }
            }
            PickleFormat::VodozemacJson => Sealed::VodozemacJson { json: input },
            format => return Err(format!("{format}: this program does not know it").into()),
        };
        Ok(Self { recognised, sealed, key, assume_version_1: request.assume_version_1 })
    }

    /// What opening does not take along, and nothing needs.
    pub(crate) fn left_out(&self) -> Option<&'static str> {
        match (self.recognised.kind, self.recognised.format) {
            (PickleKind::InboundGroupSession, PickleFormat::Libolm { .. }) => {
                Some("the latest ratchet (it follows from the first)")
            }
            (PickleKind::Session, PickleFormat::Libolm { version: LOGGING_VERSION, .. }) => {
                Some("the chain index that was logged last")
            }
            (PickleKind::Session, PickleFormat::Vodozemac | PickleFormat::VodozemacJson) => {
                Some("how often the ratchets have turned")
            }
            _ => None,
        }
    }

    pub(crate) fn open(&self) -> Result<State> {
        self.open_kind(self.recognised.kind).map_err(|error| explained(error, self.key).into())
    }

    fn open_kind(&self, kind: PickleKind) -> Opened<State> {
        match kind {
            PickleKind::Account => self.account().map(State::Account),
            PickleKind::Session => self.session().map(State::Session),
            PickleKind::OutboundGroupSession => {
                self.outbound_group_session().map(State::OutboundGroupSession)
            }
            PickleKind::InboundGroupSession => self.inbound_group_session().map(State::InboundGroupSession),
            _ => Err(UnpickleError::NotAPickle),
        }
    }

    fn account(&self) -> Opened<Account> {
        match &self.sealed {
            Sealed::Native { pickle, key } => Account::from_pickle(pickle, key),
            Sealed::NativeWithoutEncryption { bytes } => Account::from_pickle_without_encryption(bytes),
            Sealed::Libolm { text, key } => Account::from_libolm_pickle(text, key),
            Sealed::Vodozemac { text, key } => Account::from_vodozemac_pickle(text, key),
            Sealed::VodozemacJson { json } => Account::from_vodozemac_json(json),
        }
    }

    fn session(&self) -> Opened<Session> {
        let config = |version| olm::SessionConfig::default().with_version(version);
        match &self.sealed {
            Sealed::Native { pickle, key } => Session::from_pickle(pickle, key),
            Sealed::NativeWithoutEncryption { bytes } => Session::from_pickle_without_encryption(bytes),
            Sealed::Libolm { text, key } => Session::from_libolm_pickle(text, key, Limits::default()),
            Sealed::Vodozemac { text, key } => {
                self.of_any_version(|version| Session::from_vodozemac_pickle(text, key, config(version)))
            }
            Sealed::VodozemacJson { json } => {
                self.of_any_version(|version| Session::from_vodozemac_json(json, config(version)))
            }
        }
    }

    fn outbound_group_session(&self) -> Opened<OutboundGroupSession> {
        type Outbound = OutboundGroupSession;
        let config = |version| megolm::SessionConfig::default().with_version(version);
        match &self.sealed {
            Sealed::Native { pickle, key } => Outbound::from_pickle(pickle, key),
            Sealed::NativeWithoutEncryption { bytes } => Outbound::from_pickle_without_encryption(bytes),
            Sealed::Libolm { text, key } => Outbound::from_libolm_pickle(text, key),
            Sealed::Vodozemac { text, key } => {
                self.of_any_version(|version| Outbound::from_vodozemac_pickle(text, key, config(version)))
            }
            Sealed::VodozemacJson { json } => {
                self.of_any_version(|version| Outbound::from_vodozemac_json(json, config(version)))
            }
        }
    }

    fn inbound_group_session(&self) -> Opened<InboundGroupSession> {
        type Inbound = InboundGroupSession;
        let config = |version| megolm::SessionConfig::default().with_version(version);
        match &self.sealed {
            Sealed::Native { pickle, key } => Inbound::from_pickle(pickle, key),
            Sealed::NativeWithoutEncryption { bytes } => Inbound::from_pickle_without_encryption(bytes),
            Sealed::Libolm { text, key } => Inbound::from_libolm_pickle(text, key),
            Sealed::Vodozemac { text, key } => {
                self.of_any_version(|version| Inbound::from_vodozemac_pickle(text, key, config(version)))
            }
            Sealed::VodozemacJson { json } => {
                self.of_any_version(|version| Inbound::from_vodozemac_json(json, config(version)))
            }
        }
    }

    /// A client knows which version it agreed on; this program takes what the pickle states. One that states none opens only as
    /// version 1, and only if that is assumed.
    fn of_any_version<T>(&self, open: impl Fn(MessageVersion) -> Opened<T>) -> Opened<T> {
        let stated = if self.assume_version_1 { MessageVersion::V1 } else { MessageVersion::V2 };
        match open(stated) {
            Err(UnpickleError::MismatchedVersion { found, .. }) => open(found),
            opened => opened,
        }
    }
}

/// In bytes or in base64.
fn native_pickle(input: &[u8]) -> Result<Pickle> {
    match Pickle::from_bytes(input) {
        Err(UnpickleError::NotAPickle) => Ok(Pickle::from_base64(text(input)?)?),
        pickle => Ok(pickle?),
    }
}

fn text(input: &[u8]) -> Result<&str> {
    Ok(str::from_utf8(input)?.trim())
}

/// The error with what can be done about it.
fn explained(error: UnpickleError, key: &Key) -> String {
    match error {
        UnpickleError::AuthenticationFailed => format!("{error}{}", key.hint()),
        UnpickleError::MissingVersion => {
            format!("{error}; if it was written before there were two versions, add --assume-version-1")
        }
        UnpickleError::NotAPickle => "this is no pickle of cliquet, libolm or vodozemac".to_owned(),
        error => error.to_string(),
    }
}

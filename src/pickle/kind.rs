use core::fmt;

/// What a pickle holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PickleKind {
    /// An [`Account`](crate::olm::Account).
    Account,
    /// A [`Session`](crate::olm::Session) of Olm.
    Session,
    /// An [`OutboundGroupSession`](crate::megolm::OutboundGroupSession).
    OutboundGroupSession,
    /// An [`InboundGroupSession`](crate::megolm::InboundGroupSession).
    InboundGroupSession,
    /// The key pair of a key backup, `PkDecryption` (feature `insecure-pk-encryption`).
    PkDecryption,
}

impl PickleKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Account,
        Self::Session,
        Self::OutboundGroupSession,
        Self::InboundGroupSession,
        Self::PkDecryption,
    ];

    /// The kind in a native pickle.
    pub(in crate::pickle) const fn byte(self) -> u8 {
        match self {
            Self::Account => 1,
            Self::Session => 2,
            Self::OutboundGroupSession => 3,
            Self::InboundGroupSession => 4,
            Self::PkDecryption => 5,
        }
    }

    /// The kind with this byte.
    pub(super) fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.byte() == byte)
    }
}

impl fmt::Display for PickleKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Account => "an account",
            Self::Session => "an Olm session",
            Self::OutboundGroupSession => "an outbound group session",
            Self::InboundGroupSession => "an inbound group session",
            Self::PkDecryption => "a key pair of a key backup",
        })
    }
}

/// What a saved state is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Recognised {
    /// What it holds.
    pub kind: PickleKind,
    /// How it is written.
    pub format: PickleFormat,
}

/// The formats that cliquet reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PickleFormat {
    /// A sealed native pickle, in bytes or base64.
    #[non_exhaustive]
    Native {
        /// The version of the format.
        version: u8,
    },
    /// A native pickle without encryption.
    #[non_exhaustive]
    NativeWithoutEncryption {
        /// The version of the format.
        version: u8,
    },
    /// A pickle of libolm.
    #[non_exhaustive]
    Libolm {
        /// The version of the layout.
        version: u32,
    },
    /// A pickle of vodozemac in its envelope.
    Vodozemac,
    /// The JSON of a pickle of vodozemac.
    VodozemacJson,
}

impl fmt::Display for PickleFormat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Native { version } => write!(formatter, "cliquet, version {version}"),
            Self::NativeWithoutEncryption { version } => {
                write!(formatter, "cliquet, version {version}, without encryption")
            }
            Self::Libolm { version: version @ ..=9 } => write!(formatter, "libolm, version {version}"),
            Self::Libolm { version } => write!(formatter, "libolm, version {version:#x}"),
            Self::Vodozemac => formatter.write_str("vodozemac"),
            Self::VodozemacJson => formatter.write_str("vodozemac, JSON without encryption"),
        }
    }
}

use super::{DecodeError, Reader};

/// The version of the messages of a session, Olm or Megolm. Both parties must state the same: it is never negotiated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MessageVersion {
    /// Version byte 3 and an 8-byte MAC: what every Matrix client speaks.
    #[default]
    V1,
    /// Version byte 4 and the whole 32-byte MAC. Experimental: vodozemac has it behind a feature, libolm not at all.
    V2,
}

impl MessageVersion {
    /// How many bytes of the MAC a message carries: 8 or 32.
    #[must_use]
    pub const fn mac_length(self) -> usize {
        match self {
            Self::V1 => 8,
            Self::V2 => 32,
        }
    }

    /// The first byte of a message.
    pub(crate) const fn byte(self) -> u8 {
        match self {
            Self::V1 => 3,
            Self::V2 => 4,
        }
    }

    /// Reads the first byte of a message.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match reader.u8()? {
            3 => Ok(Self::V1),
            4 => Ok(Self::V2),
            version => Err(DecodeError::UnsupportedVersion { version }),
        }
    }
}

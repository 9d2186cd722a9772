use core::{error::Error, fmt};

/// Why bytes or text could not be decoded. Every detail is public: lengths, versions, positions of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeError {
    /// The text is no base64 of the standard alphabet, is padded wrongly, or is padded where padding is refused.
    Base64,
    /// The input has another length than the format demands.
    #[non_exhaustive]
    Length {
        /// The length that the format demands, in bytes.
        expected: usize,
        /// The length that was found, in bytes.
        actual: usize,
    },
    /// The input ends inside a field.
    Truncated,
    /// Bytes follow where the format has ended.
    TrailingBytes,
    /// A varint is longer than it needs to be, or does not end.
    NonCanonicalVarint,
    /// An integer is larger than the field can hold (2^32 - 1 for an index).
    IntegerTooLarge,
    /// Another field stands where the format has its next one: unknown, repeated, out of order or of another type.
    #[non_exhaustive]
    UnexpectedField {
        /// The protobuf key (field number and wire type) that the format demands.
        expected: u8,
        /// The protobuf key that was found.
        found: u8,
    },
    /// The version byte names no version that this reader knows.
    #[non_exhaustive]
    UnsupportedVersion {
        /// The version byte that was found.
        version: u8,
    },
    /// A value is not in the one form in which it is written.
    NonCanonical,
    /// A byte that selects one of several forms selects none that the format has.
    #[non_exhaustive]
    UnknownForm {
        /// The byte that was found.
        found: u8,
    },
    /// The ciphertext is empty or no multiple of 16 bytes.
    #[non_exhaustive]
    CiphertextLength {
        /// The length that was found, in bytes.
        length: usize,
    },
    /// The bytes encode no point of Ed25519.
    PublicKey,
    /// The input does not begin as the format demands.
    Magic,
    /// A text is no UTF-8.
    Utf8,
    /// The text has no `|` between its two parts.
    MissingSeparator,
    /// The message type is neither 0 (pre-key message) nor 1 (normal message).
    #[non_exhaustive]
    MessageType {
        /// The type that was found.
        found: usize,
    },
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Base64 => formatter.write_str("the text is not valid base64"),
            Self::Length { expected, actual } => {
                write!(formatter, "the input has {actual} bytes where the format demands {expected}")
            }
            Self::Truncated => formatter.write_str("the input ends inside a field"),
            Self::TrailingBytes => formatter.write_str("bytes follow the end of the format"),
            Self::NonCanonicalVarint => formatter.write_str("a varint is not in its shortest form"),
            Self::IntegerTooLarge => formatter.write_str("an integer is too large for its field"),
            Self::UnexpectedField { expected, found } => {
                write!(formatter, "field key {found:#04x} stands where {expected:#04x} is demanded")
            }
            Self::UnsupportedVersion { version } => write!(formatter, "version {version} is not supported"),
            Self::NonCanonical => formatter.write_str("a value is not in the form in which it is written"),
            Self::Magic => formatter.write_str("the input does not begin as the format demands"),
            Self::Utf8 => formatter.write_str("a text is not UTF-8"),
            Self::MissingSeparator => formatter.write_str("the text has no separator"),
            Self::UnknownForm { found } => write!(formatter, "no form is selected by the byte {found:#04x}"),
            Self::CiphertextLength { length } => {
                write!(formatter, "a ciphertext of {length} bytes is no non-empty multiple of 16")
            }
            Self::PublicKey => formatter.write_str("the bytes are no Ed25519 public key"),
            Self::MessageType { found } => write!(formatter, "message type {found} is neither 0 nor 1"),
        }
    }
}

impl Error for DecodeError {}

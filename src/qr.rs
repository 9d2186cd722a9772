//! The QR codes of verification (layer 4, feature `qr-code`; Matrix specification, "QR code verification").
//!
//! ```text
//! "MATRIX" | 02 | mode | length[2, big endian] | transaction id or event id | first key[32] | second key[32] | shared secret
//! ```

use alloc::{string::String, vec::Vec};
use core::{error::Error, fmt};

use rand_core::TryCryptoRng;
use subtle::ConstantTimeEq;

use crate::{
    encoding::{DecodeError, Reader, base64},
    keys::Ed25519PublicKey,
    random::{self, RandomError},
    secret::{SecretBytes, SecretText},
};

const MAGIC: &[u8; 6] = b"MATRIX";
const VERSION: u8 = 2;

/// How many bytes of shared secret a new code has.
const SHARED_SECRET_LENGTH: usize = 16;
/// The shortest shared secret that is read, in bytes.
const SHORTEST_SHARED_SECRET: usize = 8;

/// What a QR code says: the keys that the device which shows it has and believes in, and a secret that only a camera sees.
///
/// Whoever scans it compares the keys with those that it knows, and sends the secret back in a start event (`m.reciprocate.v1`), which shows
/// that it has seen the code.
///
/// # Example
///
/// ```
/// # #[cfg(feature = "getrandom")]
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use cliquet::{SystemRandom, olm::Account, qr::{QrCode, QrKeys}};
///
/// let mut rng = SystemRandom::new();
/// # let (ours, theirs) = (Account::new(&mut rng)?, Account::new(&mut rng)?);
/// # let (showing_master_key, scanning_master_key) = (ours.ed25519_key(), theirs.ed25519_key());
/// let keys = QrKeys::OtherUser { showing_master_key, scanning_master_key };
/// let shown = QrCode::new(keys, "$request", &mut rng)?;
///
/// let scanned = QrCode::from_bytes(shown.to_bytes().as_bytes())?;
/// scanned.check_keys(&QrKeys::OtherUser { showing_master_key, scanning_master_key })?;
/// let reciprocated = scanned.shared_secret().as_str().to_owned(); // goes into the start event
/// assert!(shown.is_reciprocated_by(&reciprocated));
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "getrandom"))]
/// # fn main() {}
/// ```
#[derive(PartialEq, Eq)]
pub struct QrCode {
    keys: QrKeys,
    transaction_id: String,
    shared_secret: SecretBytes,
}

/// The two keys of a QR code: one that the showing device has, and one that it takes for the scanning device's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum QrKeys {
    /// Mode 0: one user verifies another.
    OtherUser {
        /// The master signing key of the user who shows the code.
        showing_master_key: Ed25519PublicKey,
        /// What the showing device takes for the master signing key of the user who scans it.
        scanning_master_key: Ed25519PublicKey,
    },
    /// Mode 1: a device that trusts the master signing key shows the code to a new one of the same user.
    TrustingDevice {
        /// The user's master signing key.
        master_key: Ed25519PublicKey,
        /// What the showing device takes for the fingerprint key of the scanning device.
        scanning_device_key: Ed25519PublicKey,
    },
    /// Mode 2: a new device, which does not trust the master signing key yet, shows the code to one that does.
    NewDevice {
        /// The fingerprint key of the showing device.
        showing_device_key: Ed25519PublicKey,
        /// What the showing device takes for the user's master signing key.
        master_key: Ed25519PublicKey,
    },
}

/// A QR code has another mode than expected, or another key: the verification ends (`m.key_mismatch`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct QrKeyMismatch;

/// Why a QR code could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum QrCodeError {
    /// The random generator failed; try again.
    Random,
    /// The transaction id is longer than 65 535 bytes.
    TransactionIdTooLong,
}

impl QrCode {
    /// A new code for the request with this transaction id, or, in a room, this event id. Draws 16 bytes from `rng`: the shared secret.
    ///
    /// # Errors
    ///
    /// [`QrCodeError::TransactionIdTooLong`] if the id is longer than 65 535 bytes, [`QrCodeError::Random`] if the generator fails.
    pub fn new<R: TryCryptoRng + ?Sized>(
        keys: QrKeys,
        transaction_id: &str,
        rng: &mut R,
    ) -> Result<Self, QrCodeError> {
        if u16::try_from(transaction_id.len()).is_err() {
            return Err(QrCodeError::TransactionIdTooLong);
        }
        let mut shared_secret = SecretBytes::new(Vec::from([0; SHARED_SECRET_LENGTH]));
        random::fill(rng, shared_secret.as_mut_vec())?;
        Ok(Self { keys, transaction_id: transaction_id.into(), shared_secret })
    }

    /// The code with these bytes, as a scanner gives them.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Magic`] if they do not begin with `MATRIX`, [`DecodeError::UnsupportedVersion`] unless the version is 2,
    /// [`DecodeError::UnknownForm`] for a mode above 2, [`DecodeError::Truncated`] if they end too early or hold fewer than 8 bytes of shared
    /// secret, [`DecodeError::Utf8`] if the transaction id is no text, [`DecodeError::PublicKey`] if a key is none.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(bytes);
        if reader.array()? != MAGIC {
            return Err(DecodeError::Magic);
        }
        match reader.u8()? {
            VERSION => {}
            version => return Err(DecodeError::UnsupportedVersion { version }),
        }
        let mode = reader.u8()?;
        let length = u16::from_be_bytes(*reader.array()?);
        let transaction_id = reader.bytes(length.into())?;
        let transaction_id = str::from_utf8(transaction_id).map_err(|_| DecodeError::Utf8)?.into();
        let first = Ed25519PublicKey::from_bytes(reader.array()?)?;
        let second = Ed25519PublicKey::from_bytes(reader.array()?)?;
        let keys = QrKeys::from_mode(mode, first, second)?;
        let shared_secret = reader.bytes(reader.remaining())?;
        if shared_secret.len() < SHORTEST_SHARED_SECRET {
            return Err(DecodeError::Truncated);
        }
        Ok(Self { keys, transaction_id, shared_secret: SecretBytes::new(shared_secret.to_vec()) })
    }

    /// The bytes to be shown in byte mode; wiped when dropped.
    #[must_use]
    pub fn to_bytes(&self) -> SecretBytes {
        let (mode, first, second) = self.keys.to_mode();
        let mut bytes = SecretBytes::with_capacity(128);
        bytes.extend(MAGIC);
        bytes.extend(&[VERSION, mode]);
        bytes.extend(&u16::try_from(self.transaction_id.len()).unwrap_or(u16::MAX).to_be_bytes());
        bytes.extend(self.transaction_id.as_bytes());
        bytes.extend(first.as_bytes());
        bytes.extend(second.as_bytes());
        bytes.extend(self.shared_secret.as_bytes());
        bytes
    }

    /// The keys, for the device that has scanned the code to see the mode. Whether they are right, [`check_keys`](Self::check_keys) tells.
    #[must_use]
    pub fn keys(&self) -> QrKeys {
        self.keys
    }

    /// Compares mode and both keys with those that the device which has scanned the code knows.
    ///
    /// # Errors
    ///
    /// [`QrKeyMismatch`] if anything differs.
    pub fn check_keys(&self, expected: &QrKeys) -> Result<(), QrKeyMismatch> {
        if self.keys == *expected { Ok(()) } else { Err(QrKeyMismatch) }
    }

    /// The transaction id, or, in a room, the event id of the request.
    #[must_use]
    pub fn transaction_id(&self) -> &str {
        &self.transaction_id
    }

    /// The shared secret as unpadded base64, the `secret` of the start event that a device sends which has scanned the code.
    #[must_use]
    pub fn shared_secret(&self) -> SecretText {
        base64::encode_secret(self.shared_secret.as_bytes())
    }

    /// Whether a start event's `secret` is the one of this code, compared in constant time: whoever sent it has seen the code.
    #[must_use]
    pub fn is_reciprocated_by(&self, secret: &str) -> bool {
        self.shared_secret().as_str().as_bytes().ct_eq(secret.trim_end_matches('=').as_bytes()).into()
    }
}

impl QrKeys {
    fn from_mode(mode: u8, first: Ed25519PublicKey, second: Ed25519PublicKey) -> Result<Self, DecodeError> {
        match mode {
            0 => Ok(Self::OtherUser { showing_master_key: first, scanning_master_key: second }),
            1 => Ok(Self::TrustingDevice { master_key: first, scanning_device_key: second }),
            2 => Ok(Self::NewDevice { showing_device_key: first, master_key: second }),
            found => Err(DecodeError::UnknownForm { found }),
        }
    }

    fn to_mode(self) -> (u8, Ed25519PublicKey, Ed25519PublicKey) {
        match self {
            Self::OtherUser { showing_master_key, scanning_master_key } => {
                (0, showing_master_key, scanning_master_key)
            }
            Self::TrustingDevice { master_key, scanning_device_key } => (1, master_key, scanning_device_key),
            Self::NewDevice { showing_device_key, master_key } => (2, showing_device_key, master_key),
        }
    }
}

impl fmt::Debug for QrCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("QrCode")
            .field("keys", &self.keys)
            .field("transaction_id", &self.transaction_id)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for QrKeyMismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the QR code has another mode or other keys than expected")
    }
}

impl Error for QrKeyMismatch {}

impl fmt::Display for QrCodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Random => "the random generator failed",
            Self::TransactionIdTooLong => "the transaction id is longer than 65 535 bytes",
        })
    }
}

impl Error for QrCodeError {}

impl From<RandomError> for QrCodeError {
    fn from(_: RandomError) -> Self {
        Self::Random
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        keys::Ed25519KeyPair,
        testing::{FixedRandom, seeded},
    };

    fn keys() -> [QrKeys; 3] {
        let [first, second] = [1, 2].map(|byte| Ed25519KeyPair::from_seed(&[byte; 32]).public());
        [
            QrKeys::OtherUser { showing_master_key: first, scanning_master_key: second },
            QrKeys::TrustingDevice { master_key: first, scanning_device_key: second },
            QrKeys::NewDevice { showing_device_key: first, master_key: second },
        ]
    }

    #[test]
    fn every_mode_comes_back() {
        for (mode, keys) in (0..).zip(keys()) {
            for transaction_id in ["", "$event", &"x".repeat(65_535)] {
                let code = QrCode::new(keys, transaction_id, &mut seeded(1)).unwrap();
                let bytes = code.to_bytes();
                let again = QrCode::from_bytes(bytes.as_bytes()).unwrap();
                assert_eq!(again, code);
                assert_eq!((again.keys(), again.transaction_id()), (keys, transaction_id));
                for expected in self::keys() {
                    assert_eq!(again.check_keys(&expected).is_ok(), expected == keys);
                }
                assert_eq!(bytes.as_bytes()[..8], [b'M', b'A', b'T', b'R', b'I', b'X', 2, mode]);
                assert!(again.is_reciprocated_by(code.shared_secret().as_str()));
                assert!(!again.is_reciprocated_by("AAAAAAAAAAA"));
                assert!(!again.is_reciprocated_by(""));
            }
        }
    }

    #[test]
    fn the_layout_is_that_of_the_specification() {
        let [keys, ..] = keys();
        let code = QrCode::new(keys, "$ab", &mut FixedRandom::new([9; 16].into())).unwrap();
        let (_, first, second) = keys.to_mode();
        let expected =
            [b"MATRIX\x02\x00\x00\x03$ab".as_slice(), first.as_bytes(), second.as_bytes(), &[9; 16]].concat();
        assert_eq!(code.to_bytes().as_bytes(), expected);
    }

    #[test]
    fn everything_else_is_refused() {
        let [keys, ..] = keys();
        let code = QrCode::new(keys, "$ab", &mut seeded(1)).unwrap();
        let bytes = code.to_bytes();
        let bytes = bytes.as_bytes();
        let with = |position: usize, byte: u8| {
            let mut changed = bytes.to_vec();
            changed[position] = byte;
            QrCode::from_bytes(&changed).unwrap_err()
        };
        assert_eq!(with(0, b'm'), DecodeError::Magic);
        assert_eq!(with(6, 1), DecodeError::UnsupportedVersion { version: 1 });
        assert_eq!(with(7, 3), DecodeError::UnknownForm { found: 3 });
        assert_eq!(with(8, 1), DecodeError::Truncated);
        assert_eq!(with(10, 0xff), DecodeError::Utf8);
        // All but 8 bytes of the secret may be missing, and more may follow.
        for length in 0..bytes.len() {
            assert_eq!(QrCode::from_bytes(&bytes[..length]).is_ok(), length >= bytes.len() - 8, "{length}");
        }
        QrCode::from_bytes(&[bytes, &[7; 300]].concat()).unwrap();
        assert_eq!(
            QrCode::new(keys, &"x".repeat(65_536), &mut seeded(1)).unwrap_err(),
            QrCodeError::TransactionIdTooLong
        );
        let refused = QrCode::new(keys, "", &mut FixedRandom::new([1; 15].into())).unwrap_err();
        assert_eq!(refused, QrCodeError::Random);
    }

    #[test]
    fn the_shared_secret_is_not_printed() {
        let [keys, ..] = keys();
        let code = QrCode::new(keys, "$ab", &mut seeded(1)).unwrap();
        let expected = alloc::format!("QrCode {{ keys: {keys:?}, transaction_id: \"$ab\", .. }}");
        assert_eq!(alloc::format!("{code:?}"), expected);
    }
}

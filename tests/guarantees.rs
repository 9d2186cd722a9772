//! What the types promise, checked when compiling.

use cliquet::{
    Curve25519PublicKey, DecodeError, Ed25519PublicKey, Ed25519Signature, KeyId, RandomError, SecretBytes,
    SecretText, SessionId, SignatureError, megolm, olm, pickle,
};
use static_assertions::{assert_impl_all, assert_not_impl_any};

// State may be sent to and shared with other threads: it holds no lock, no cell, no thread-local.
assert_impl_all!(olm::Account: Send, Sync);
assert_impl_all!(olm::Session: Send, Sync);
assert_impl_all!(olm::OlmMessage: Send, Sync);
assert_impl_all!(olm::InboundCreation: Send, Sync);
assert_impl_all!(megolm::OutboundGroupSession: Send, Sync);
assert_impl_all!(megolm::InboundGroupSession: Send, Sync);
assert_impl_all!(megolm::BulkDecryption<'static>: Send, Sync);
assert_impl_all!(megolm::MegolmMessage: Send, Sync);
assert_impl_all!(megolm::SessionKey: Send, Sync);
assert_impl_all!(megolm::SessionExport: Send, Sync);
assert_impl_all!(SecretText: Send, Sync);
assert_impl_all!(olm::SharedKeys: Send, Sync);
assert_impl_all!(cliquet::Curve25519KeyPair: Send, Sync);
assert_impl_all!(cliquet::Ed25519KeyPair: Send, Sync);
assert_impl_all!(megolm::ReplayGuard: Send, Sync);

// State that can encrypt or hand out keys cannot be copied.
assert_not_impl_any!(olm::Account: Clone, Copy);
assert_not_impl_any!(olm::Session: Clone, Copy);
assert_not_impl_any!(megolm::OutboundGroupSession: Clone, Copy);

assert_not_impl_any!(olm::SharedKeys: Clone, Copy, core::fmt::Display);
assert_not_impl_any!(cliquet::Curve25519KeyPair: Clone, Copy, core::fmt::Display);
assert_not_impl_any!(cliquet::Ed25519KeyPair: Clone, Copy, core::fmt::Display);

// Secrets are neither copied in passing nor shown.
assert_not_impl_any!(megolm::InboundGroupSession: Clone, Copy);
assert_not_impl_any!(megolm::SessionKey: Clone, Copy, core::fmt::Display);
assert_not_impl_any!(megolm::SessionExport: Clone, Copy, core::fmt::Display);
assert_not_impl_any!(SecretText: Clone, Copy, core::fmt::Display);

// Public values are plain.
assert_impl_all!(Curve25519PublicKey: Copy, Ord, core::hash::Hash, core::fmt::Display);
assert_impl_all!(Ed25519PublicKey: Copy, Ord, core::hash::Hash, core::fmt::Display);
assert_impl_all!(Ed25519Signature: Copy, Eq, core::hash::Hash, core::fmt::Display);
assert_impl_all!(KeyId: Copy, Ord, core::hash::Hash, core::fmt::Display);
assert_impl_all!(SessionId: Copy, Ord, core::hash::Hash, core::fmt::Display);

// Every error can travel in a `Box<dyn Error + Send + Sync>`.
assert_impl_all!(DecodeError: core::error::Error, Send, Sync);
assert_impl_all!(RandomError: core::error::Error, Send, Sync);
assert_impl_all!(SignatureError: core::error::Error, Send, Sync);
assert_impl_all!(olm::DecryptionError: core::error::Error, Send, Sync);
assert_impl_all!(olm::EncryptionError: core::error::Error, Send, Sync);
assert_impl_all!(olm::InboundCreationError: core::error::Error, Send, Sync);
assert_impl_all!(olm::OutboundCreationError: core::error::Error, Send, Sync);
assert_impl_all!(olm::OneTimeKeyError: core::error::Error, Send, Sync);
assert_impl_all!(olm::LimitError: core::error::Error, Send, Sync);
assert_impl_all!(megolm::DecryptionError: core::error::Error, Send, Sync);
assert_impl_all!(megolm::EncryptionError: core::error::Error, Send, Sync);
assert_impl_all!(megolm::SessionKeyError: core::error::Error, Send, Sync);

// Saved state.
assert_impl_all!(pickle::PickleKey: Send, Sync);
assert_not_impl_any!(pickle::PickleKey: Clone, Copy, core::fmt::Display);
assert_not_impl_any!(SecretBytes: Clone, Copy, core::fmt::Display);
assert_impl_all!(pickle::Pickle: Clone, Eq, Send, Sync);
assert_impl_all!(pickle::UnpickleError: core::error::Error, Send, Sync);
assert_impl_all!(pickle::InexpressibleError: core::error::Error, Send, Sync);

// Verification, login channels, key backup: what agrees or encrypts is used once, or by one.
#[cfg(feature = "sas")]
mod sas {
    use super::{assert_impl_all, assert_not_impl_any};
    use cliquet::{HandedBack, sas};

    assert_not_impl_any!(sas::Sas: Clone, Copy);
    assert_not_impl_any!(sas::EstablishedSas: Clone, Copy);
    assert_impl_all!(sas::EstablishedSas: Send, Sync);
    assert_impl_all!(HandedBack<sas::Sas, sas::SasError>: core::error::Error, Send, Sync);
    assert_impl_all!(sas::MacError: core::error::Error, Send, Sync);
}

#[cfg(feature = "qr-code")]
assert_not_impl_any!(cliquet::qr::QrCode: Clone, Copy, core::fmt::Display);

#[cfg(feature = "insecure-pk-encryption")]
assert_not_impl_any!(cliquet::pk::PkDecryption: Clone, Copy, core::fmt::Display);

#[cfg(feature = "ecies")]
mod ecies {
    use super::{assert_impl_all, assert_not_impl_any};
    use cliquet::{HandedBack, login::ecies};

    assert_not_impl_any!(ecies::Ecies: Clone, Copy);
    assert_not_impl_any!(ecies::UnansweredEcies: Clone, Copy);
    assert_not_impl_any!(ecies::EstablishedEcies: Clone, Copy);
    assert_impl_all!(ecies::EstablishedEcies: Send, Sync);
    assert_impl_all!(HandedBack<ecies::Ecies, ecies::EciesError>: core::error::Error, Send, Sync);
}

#[cfg(feature = "hpke")]
mod hpke {
    use super::{assert_impl_all, assert_not_impl_any};
    use cliquet::{HandedBack, login::hpke};

    assert_not_impl_any!(hpke::Recipient: Clone, Copy);
    assert_not_impl_any!(hpke::UnidirectionalSenderChannel: Clone, Copy);
    assert_not_impl_any!(hpke::UnidirectionalRecipientChannel: Clone, Copy);
    assert_not_impl_any!(hpke::EstablishedChannel: Clone, Copy);
    assert_impl_all!(hpke::EstablishedChannel: Send, Sync);
    assert_impl_all!(HandedBack<hpke::Recipient, hpke::HpkeError>: core::error::Error, Send, Sync);
}

// Documents and keys at rest: what encrypts is used once, secrets are not copied in passing.
#[cfg(feature = "attachment")]
mod attachment {
    use super::{assert_impl_all, assert_not_impl_any};
    use cliquet::attachment;

    assert_not_impl_any!(attachment::AttachmentEncryptor: Clone, Copy);
    assert_not_impl_any!(attachment::AttachmentInfo: Clone, Copy, core::fmt::Display);
    assert_impl_all!(attachment::AttachmentEncryptor: Send, Sync);
    assert_impl_all!(attachment::UnverifiedDecryptor: Send, Sync);
    assert_impl_all!(attachment::AttachmentError: core::error::Error, Send, Sync);
    #[cfg(feature = "std")]
    assert_impl_all!(attachment::AttachmentReaderError: core::error::Error, Send, Sync);
}

#[cfg(feature = "key-export")]
mod key_export {
    use super::{assert_impl_all, assert_not_impl_any};
    use cliquet::{
        HandedBack, PassphraseStretching, StretchedPassphrase,
        objects::{key_export, session_data},
    };

    assert_not_impl_any!(key_export::NewKeyExport: Clone, Copy);
    assert_not_impl_any!(session_data::SessionData: Clone, Copy, core::fmt::Display);
    assert_not_impl_any!(PassphraseStretching: Clone, Copy);
    assert_not_impl_any!(StretchedPassphrase: Clone, Copy);
    assert_impl_all!(PassphraseStretching: Send, Sync);
    assert_impl_all!(HandedBack<key_export::NewKeyExport, key_export::KeyExportError>: core::error::Error, Send, Sync);
    assert_impl_all!(session_data::SessionDataError: core::error::Error, Send, Sync);
}

#[cfg(feature = "key-backup")]
mod key_backup {
    use super::{assert_impl_all, assert_not_impl_any};
    use cliquet::objects::key_backup;

    assert_not_impl_any!(key_backup::BackupMacKey: Clone, Copy, core::fmt::Display);
    assert_impl_all!(key_backup::KeyBackupError: core::error::Error, Send, Sync);
    assert_impl_all!(key_backup::AuthDataError: core::error::Error, Send, Sync);
    assert_impl_all!(key_backup::BackupMacError: core::error::Error, Send, Sync);
}

#[cfg(feature = "secret-storage")]
mod secret_storage {
    use super::{assert_impl_all, assert_not_impl_any};
    use cliquet::secret_storage;

    assert_not_impl_any!(secret_storage::SecretStorageKey: Clone, Copy, core::fmt::Display);
    assert_impl_all!(secret_storage::SecretStorageError: core::error::Error, Send, Sync);
    assert_impl_all!(secret_storage::RecoveryKeyError: core::error::Error, Send, Sync);
    assert_impl_all!(secret_storage::PassphraseError: core::error::Error, Send, Sync);
}

#[cfg(feature = "signed-json")]
mod signed_json {
    use super::assert_impl_all;
    use cliquet::{objects::device_keys, signed_json};

    assert_impl_all!(signed_json::JsonObject: Clone, Eq, Send, Sync);
    assert_impl_all!(signed_json::JsonError: core::error::Error, Send, Sync);
    assert_impl_all!(signed_json::JsonSignatureError: core::error::Error, Send, Sync);
    assert_impl_all!(signed_json::MalformedSignatures: core::error::Error, Send, Sync);
    assert_impl_all!(device_keys::DeviceKeysError: core::error::Error, Send, Sync);
}

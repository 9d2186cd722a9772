//! What every error says to a person: something, something else than its neighbours, with the figures that it carries.

#![allow(clippy::as_conversions, reason = "a test's own small figures, and boxes of errors")]

use alloc::{
    boxed::Box,
    format,
    string::{String, ToString},
    vec,
    vec::Vec,
};
use core::error::Error;

use crate::{
    Curve25519PublicKey, DecodeError, KeyId, MessageVersion, RandomError, SignatureError, megolm,
    olm::{self, LimitError, StateError, StoredItems},
    pickle::{InexpressibleError, PickleKind, UnpickleError},
};

/// Errors of one type, and whether each has a source that tells more.
type Errors = Vec<(Box<dyn Error>, bool)>;

fn without_source<E: Error + 'static>(errors: Vec<E>) -> Errors {
    errors.into_iter().map(|error| (Box::new(error) as Box<dyn Error>, false)).collect()
}

fn with_source<E: Error + 'static>(errors: Vec<E>) -> Errors {
    errors.into_iter().map(|error| (Box::new(error) as Box<dyn Error>, true)).collect()
}

/// Figures that occur in no text by themselves.
const ONE: u32 = 1_234_567;
const OTHER: u32 = 7_654_321;

/// What the error says, and below it what its source says.
fn whole_text(error: &dyn Error) -> String {
    let source = error.source().map(|source| format!("\n{source}")).unwrap_or_default();
    format!("{error}{source}")
}

fn check(of_one_type: Errors) {
    let texts: Vec<_> = of_one_type.iter().map(|(error, _)| whole_text(error.as_ref())).collect();
    for (position, (text, (error, has_source))) in texts.iter().zip(&of_one_type).enumerate() {
        assert!(error.to_string().len() > 10, "{error:?} says {text:?}");
        assert!(!text.ends_with('.') && text.starts_with(|first: char| !first.is_uppercase()), "{text}");
        assert!(!texts[..position].contains(text), "two errors say {text:?}");
        assert_eq!(error.source().is_some(), *has_source, "{error:?}");
        let debug = format!("{error:?}");
        for figure in [ONE.to_string(), OTHER.to_string()] {
            assert_eq!(text.contains(&figure), debug.contains(&figure), "{text:?} of {debug}");
        }
    }
}

fn decode_errors() -> Vec<DecodeError> {
    use DecodeError as E;
    let (expected, actual) = (ONE as usize, OTHER as usize);
    vec![
        E::Base64,
        E::Length { expected, actual },
        E::Truncated,
        E::TrailingBytes,
        E::NonCanonicalVarint,
        E::IntegerTooLarge,
        E::UnexpectedField { expected: 8, found: 10 },
        E::UnsupportedVersion { version: 9 },
        E::NonCanonical,
        E::Magic,
        E::Utf8,
        E::MissingSeparator,
        E::UnknownForm { found: 3 },
        E::CiphertextLength { length: actual },
        E::PublicKey,
        E::MessageType { found: actual },
    ]
}

fn limit_error() -> LimitError {
    LimitError { requested: ONE, least: OTHER, most: OTHER }
}

#[test]
fn of_decoders_and_keys() {
    check(without_source(decode_errors()));
    check(without_source(vec![RandomError]));
    check(without_source(vec![SignatureError]));
    check(without_source(vec![limit_error()]));
}

#[test]
fn of_olm() {
    use olm::{
        DecryptionError, EncryptionError, InboundCreationError, OneTimeKeyError, OutboundCreationError,
    };
    let key = Curve25519PublicKey::from_bytes([9; 32]);
    let decryption = vec![
        DecryptionError::AuthenticationFailed,
        DecryptionError::AlreadyUsed { chain_index: ONE },
        DecryptionError::NoLongerKept { chain_index: ONE },
        DecryptionError::GapTooLarge { gap: ONE, limit: OTHER },
        DecryptionError::UnknownRatchetKey,
        DecryptionError::NonContributoryKey,
        DecryptionError::ChainExhausted,
        DecryptionError::MismatchedVersion { expected: MessageVersion::V1, found: MessageVersion::V2 },
        DecryptionError::ForeignPreKeyMessage,
    ];
    let creation = vec![
        InboundCreationError::MismatchedIdentityKey { found: key },
        InboundCreationError::UnknownOneTimeKey { one_time_key: key },
        InboundCreationError::MismatchedOneTimeKey { key_id: KeyId::from_u64(9) },
        InboundCreationError::NonContributoryKey,
        InboundCreationError::MalformedBaseKey,
    ];
    check(without_source(vec![
        EncryptionError::Random,
        EncryptionError::NonContributoryKey,
        EncryptionError::ChainExhausted,
    ]));
    check(without_source(vec![OutboundCreationError::Random, OutboundCreationError::NonContributoryKey]));
    check(without_source(vec![
        OneTimeKeyError::Random,
        OneTimeKeyError::TooMany { requested: ONE as usize, limit: OTHER as usize },
        OneTimeKeyError::KeyIdsExhausted,
    ]));
    let of_decryption = decryption.iter().cloned().map(InboundCreationError::Decryption).collect();
    check([without_source(creation), with_source(of_decryption)].into_iter().flatten().collect());
    check(without_source(decryption));
}

#[test]
fn of_megolm() {
    use megolm::{DecryptionError, EncryptionError, SessionKeyError};
    check(without_source(vec![EncryptionError::SessionExhausted]));
    check(without_source(vec![
        DecryptionError::MismatchedVersion { expected: MessageVersion::V1, found: MessageVersion::V2 },
        DecryptionError::InvalidSignature,
        DecryptionError::UnknownMessageIndex { first_known_index: ONE, message_index: OTHER },
        DecryptionError::Replay { message_index: ONE },
        DecryptionError::ReplayGuardFull { capacity: ONE as usize },
        DecryptionError::AuthenticationFailed,
    ]));
    let decode = with_source(decode_errors().into_iter().map(SessionKeyError::Decode).collect());
    check(decode.into_iter().chain(without_source(vec![SessionKeyError::InvalidSignature])).collect());
}

fn all_items() -> [StoredItems; 6] {
    use StoredItems as S;
    [
        S::OneTimeKeys,
        S::FallbackKeys,
        S::SendingChains,
        S::ReceiverChains,
        S::SkippedMessageKeysOfChain,
        S::SkippedMessageKeys,
    ]
}

fn state_errors() -> Vec<StateError> {
    let (count, limit) = (ONE as usize, OTHER);
    let too_many = all_items().map(|items| StateError::TooMany { items, count, limit });
    let duplicate = all_items().map(|items| StateError::Duplicate { items });
    let others = [
        StateError::MismatchedPublicKey,
        StateError::Limit(limit_error()),
        StateError::KeyIdBeyondLast,
        StateError::AheadOfChain,
        StateError::NoChain,
    ];
    too_many.into_iter().chain(duplicate).chain(others).collect()
}

#[test]
fn of_pickles() {
    use InexpressibleError as I;
    use UnpickleError as U;
    check(without_source(state_errors()));
    let (expected, found) = (PickleKind::Account, PickleKind::Session);
    let plain = vec![
        U::NotAPickle,
        U::NotEncrypted,
        U::UnknownVersion { version: ONE },
        U::LegacyAccount,
        U::UnknownKind { kind: 9 },
        U::WrongKind { expected, found },
        U::WrongKind { expected: PickleKind::OutboundGroupSession, found: PickleKind::InboundGroupSession },
        U::WrongKind { expected: PickleKind::PkDecryption, found: expected },
        U::AuthenticationFailed,
        U::Json,
        U::MissingVersion,
        U::MismatchedVersion { expected: MessageVersion::V1, found: MessageVersion::V2 },
    ];
    let decode = decode_errors().into_iter().map(U::Decode);
    let nested = with_source(decode.chain(state_errors().into_iter().map(U::State)).collect());
    check(without_source(plain).into_iter().chain(nested).collect());
    check(without_source(vec![
        I::Version { version: MessageVersion::V2 },
        I::TooMany { items: StoredItems::OneTimeKeys, count: ONE as usize, limit: OTHER },
        I::KeyId { key_id: KeyId::from_u64(ONE.into()) },
        I::DuplicateKeyId { key_id: KeyId::from_u64(ONE.into()) },
        I::MessageKeysOfDroppedChains { count: ONE as usize },
        I::ReplayGuard,
        I::Inconsistent,
        I::MissingSeed,
        I::PreviousFallbackKey,
    ]));
}

#[cfg(feature = "sas")]
#[test]
fn what_hands_its_receiver_back_says_why() {
    use crate::HandedBack;

    let decode = megolm::SessionKeyError::Decode(DecodeError::Base64);
    let handed_back = HandedBack::<_, megolm::SessionKeyError>::new("a receiver", decode);
    assert_eq!(handed_back.to_string(), handed_back.error.to_string());
    check(with_source(vec![handed_back]));
}

#[cfg(all(feature = "sas", feature = "qr-code", feature = "ecies", feature = "hpke"))]
#[test]
fn of_verification_and_login() {
    use crate::{
        login::{ecies::EciesError, hpke::HpkeError},
        qr::{QrCodeError, QrKeyMismatch},
        sas::{MacError, SasError, TooManyBytes},
    };
    check(without_source(vec![SasError::NonContributoryKey, SasError::MismatchedCommitment]));
    check(without_source(vec![TooManyBytes]));
    check(without_source(vec![
        MacError::KeyIds,
        MacError::Key { key_id: ONE.to_string() },
        MacError::NoKnownKey,
    ]));
    check(without_source(vec![QrKeyMismatch]));
    check(without_source(vec![QrCodeError::Random, QrCodeError::TransactionIdTooLong]));
    check(without_source(vec![
        EciesError::NonContributoryKey,
        EciesError::AuthenticationFailed,
        EciesError::Exhausted,
    ]));
    check(without_source(vec![
        HpkeError::Random,
        HpkeError::InfoTooLong,
        HpkeError::NonContributoryKey,
        HpkeError::AuthenticationFailed,
        HpkeError::Exhausted,
    ]));
}

#[cfg(all(feature = "attachment", feature = "secret-storage", feature = "std"))]
#[test]
fn of_secrets_at_rest() {
    use std::io;

    use crate::{
        attachment::{AttachmentError, AttachmentReaderError},
        secret_storage::{PassphraseError, RecoveryKeyError, SecretStorageError},
    };
    let attachment = || vec![AttachmentError::HashMismatch, AttachmentError::CounterOverflow];
    let of_reader = attachment().into_iter().map(AttachmentReaderError::Attachment);
    let of_source = AttachmentReaderError::Source(io::Error::other("the disk is gone"));
    check(with_source(of_reader.chain([of_source]).collect()));
    check(without_source(attachment()));
    check(without_source(vec![SecretStorageError]));
    check(without_source(vec![
        RecoveryKeyError::Length { actual: ONE as usize },
        RecoveryKeyError::Character,
        RecoveryKeyError::Prefix,
        RecoveryKeyError::Parity,
    ]));
    check(without_source(vec![
        PassphraseError::TooManyRounds { rounds: ONE, limit: OTHER },
        PassphraseError::NoRounds,
        PassphraseError::OtherParameters,
    ]));
}

#[cfg(all(feature = "key-backup", feature = "dehydrated-device"))]
#[test]
fn of_signed_objects_and_backups() {
    use crate::{
        objects::{
            device_keys::DeviceKeysError,
            key_backup::{AuthDataError, BackupMacError, KeyBackupError},
            key_export::KeyExportError,
            session_data::SessionDataError,
        },
        pickle::DehydrationError,
        pk::{PkDecryptionError, PkEncryptionError},
        signed_json::{JsonObject, JsonSignatureError, MalformedSignatures},
    };
    use JsonSignatureError::{Invalid, Malformed, Missing};

    let session_data = || {
        let plain = vec![
            SessionDataError::Malformed,
            SessionDataError::Missing { field: "room_id" },
            SessionDataError::UnsupportedAlgorithm,
            SessionDataError::MismatchedSessionId,
        ];
        let decode = |error| SessionDataError::Decode { field: "session_key", error };
        (plain, decode_errors().into_iter().map(decode).collect::<Vec<_>>())
    };
    let (plain, decode) = session_data();
    check(without_source(plain).into_iter().chain(with_source(decode)).collect());
    let (plain, decode) = session_data();
    let of_data = plain.into_iter().chain(decode).map(KeyBackupError::SessionData);
    let decryption = || vec![PkDecryptionError::NonContributoryKey, PkDecryptionError::Failed];
    check(with_source(of_data.chain(decryption().into_iter().map(KeyBackupError::Decryption)).collect()));
    check(without_source(decryption()));
    check(without_source(vec![PkEncryptionError::Random, PkEncryptionError::NonContributoryKey]));
    check(without_source(vec![BackupMacError::Missing, BackupMacError::Invalid, BackupMacError::NoEntry]));

    check(without_source(vec![Missing, Malformed, Invalid]));
    check(without_source(vec![MalformedSignatures]));
    let json = ["[]", "{\"a\":1.5}"].map(|text| JsonObject::from_json(text).unwrap_err());
    check(without_source(json.to_vec()));
    let of_auth_data = with_source([Missing, Malformed, Invalid].map(AuthDataError::Signature).to_vec());
    let others = without_source(vec![AuthDataError::PublicKey, AuthDataError::MismatchedSecretKey]);
    check(of_auth_data.into_iter().chain(others).collect());

    let keys = decode_errors().into_iter().map(DeviceKeysError::Key);
    let signed = [Missing, Malformed, Invalid].map(DeviceKeysError::Signature);
    let others = without_source(vec![
        DeviceKeysError::Field { field: "device_id" },
        DeviceKeysError::MismatchedUserId,
        DeviceKeysError::MismatchedDeviceId,
    ]);
    check(with_source(keys.chain(signed).collect()).into_iter().chain(others).collect());

    let export = without_source(vec![
        KeyExportError::Random,
        KeyExportError::MissingLine,
        KeyExportError::TooManyRounds { rounds: ONE, limit: OTHER },
        KeyExportError::TooFewRounds { rounds: ONE, limit: OTHER },
        KeyExportError::OtherParameters,
        KeyExportError::AuthenticationFailed,
        KeyExportError::CounterOverflow,
        KeyExportError::Content,
    ]);
    let decode = with_source(decode_errors().into_iter().map(KeyExportError::Decode).collect());
    check(export.into_iter().chain(decode).collect());

    let inexpressible = DehydrationError::Inexpressible(InexpressibleError::MissingSeed);
    check(
        with_source(vec![inexpressible])
            .into_iter()
            .chain(without_source(vec![DehydrationError::Random]))
            .collect(),
    );
}

//! Any bytes and any text into every public decoder: no panic, and one encoding of each value.

#![no_main]

use std::{fmt::Debug, sync::OnceLock};

use cliquet::{
    Curve25519PublicKey, Ed25519PublicKey, Ed25519Signature, MessageVersion, SessionId,
    megolm::{
        DecryptionError, InboundGroupSession, MegolmMessage, OutboundGroupSession, Provenance, SessionConfig,
        SessionExport, SessionKey,
    },
    olm::{Account, Message, MessageType, OlmMessage, PreKeyMessage},
};
use cliquet_fuzz::{
    random::seeded,
    reference_base64::{decode, decode_with_optional_padding, resembling_text},
    wire,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    from_bytes(input);
    if let Ok(text) = str::from_utf8(input) {
        from_text(text);
    }
    from_text(&resembling_text(input));
    signed(input);
});

/// A value that has bytes and text.
trait Encoded: Sized + PartialEq + Debug {
    fn read_bytes(bytes: &[u8]) -> Option<Self>;
    fn read_text(text: &str) -> Option<Self>;
    fn bytes(&self) -> Vec<u8>;
    fn text(&self) -> String;
    /// Whether the text may be padded: that of secrets may not.
    const PADDING: bool = true;
}

macro_rules! encoded {
    ($type:ty, $read:expr, $text:expr, $($padding:item)?) => {
        impl Encoded for $type {
            fn read_bytes(bytes: &[u8]) -> Option<Self> {
                let read: fn(&[u8]) -> Option<Self> = $read;
                read(bytes)
            }
            fn read_text(text: &str) -> Option<Self> {
                <$type>::from_base64(text).ok()
            }
            fn bytes(&self) -> Vec<u8> {
                self.as_bytes().to_vec()
            }
            fn text(&self) -> String {
                let text: fn(&$type) -> String = $text;
                text(self)
            }
            $($padding)?
        }
    };
}

encoded!(Message, |bytes| Self::from_bytes(bytes).ok(), Self::to_base64,);
encoded!(PreKeyMessage, |bytes| Self::from_bytes(bytes).ok(), Self::to_base64,);
encoded!(MegolmMessage, |bytes| Self::from_bytes(bytes).ok(), Self::to_base64,);
encoded!(Curve25519PublicKey, |bytes| Self::from_slice(bytes).ok(), Self::to_base64,);
encoded!(Ed25519PublicKey, |bytes| Self::from_slice(bytes).ok(), Self::to_base64,);
encoded!(Ed25519Signature, |bytes| Self::from_slice(bytes).ok(), Self::to_base64,);
encoded!(SessionId, |bytes| bytes.try_into().ok().map(Self::from_bytes), Self::to_base64,);
encoded!(
    SessionKey,
    |bytes| Self::from_bytes(bytes).ok(),
    |value| value.to_base64().as_str().to_owned(),
    const PADDING: bool = false;
);
encoded!(
    SessionExport,
    |bytes| Self::from_bytes(bytes).ok(),
    |value| value.to_base64().as_str().to_owned(),
    const PADDING: bool = false;
);

fn bytes_as<T: Encoded>(bytes: &[u8]) -> Option<T> {
    let value = T::read_bytes(bytes)?;
    assert_eq!(value.bytes(), bytes, "what is accepted is kept as it was");
    reads_back(&value);
    Some(value)
}

fn text_as<T: Encoded>(text: &str) -> Option<T> {
    let value = T::read_text(text);
    let decoded = if T::PADDING { decode_with_optional_padding(text) } else { decode(text) };
    assert_eq!(value, decoded.and_then(|bytes| T::read_bytes(&bytes)), "text and bytes are read alike");
    let value = value?;
    assert_eq!(value.text(), text.trim_end_matches('='), "one text for each value");
    reads_back(&value);
    Some(value)
}

fn reads_back<T: Encoded>(value: &T) {
    assert_eq!(T::read_bytes(&value.bytes()).as_ref(), Some(value));
    assert_eq!(T::read_text(&value.text()).as_ref(), Some(value));
}

fn from_bytes(bytes: &[u8]) {
    if let Some(message) = bytes_as::<Message>(bytes) {
        olm_message(&message);
    }
    if let Some(message) = bytes_as::<PreKeyMessage>(bytes) {
        pre_key_message(&message);
    }
    if let Some(message) = bytes_as::<MegolmMessage>(bytes) {
        megolm_message(&message);
    }
    bytes_as::<Curve25519PublicKey>(bytes);
    bytes_as::<Ed25519PublicKey>(bytes);
    bytes_as::<Ed25519Signature>(bytes);
    bytes_as::<SessionId>(bytes);
    bytes_as::<SessionKey>(bytes);
    if let Some(export) = bytes_as::<SessionExport>(bytes) {
        session_export(&export);
    }
}

fn from_text(text: &str) {
    let normal = text_as::<Message>(text).map(OlmMessage::Normal);
    let pre_key = text_as::<PreKeyMessage>(text).map(OlmMessage::PreKey);
    assert_eq!(OlmMessage::from_parts(MessageType::PreKey.as_usize(), text).ok(), pre_key);
    assert_eq!(OlmMessage::from_parts(MessageType::Normal.as_usize(), text).ok(), normal);
    assert!(OlmMessage::from_parts(2, text).is_err());
    text_as::<MegolmMessage>(text);
    text_as::<Curve25519PublicKey>(text);
    text_as::<Ed25519PublicKey>(text);
    text_as::<Ed25519Signature>(text);
    text_as::<SessionId>(text);
    text_as::<SessionKey>(text);
    text_as::<SessionExport>(text);
}

/// A message is what its fields make, written anew, and its MAC.
fn olm_message(message: &Message) {
    let (bytes, version) = (message.as_bytes(), message.version());
    let fields = wire::olm_message(
        wire::version_byte(version),
        message.ratchet_key().as_bytes(),
        message.chain_index(),
        message.ciphertext(),
    );
    assert_eq!(bytes.split_at(bytes.len() - version.mac_length()).0, fields);
    whole_blocks(message.ciphertext());
}

fn pre_key_message(message: &PreKeyMessage) {
    let inside = wire::inside_pre_key_message(message.as_bytes());
    let normal = Message::from_bytes(inside).expect("what a pre-key message carries is a message");
    olm_message(&normal);
    assert_eq!(normal.ratchet_key(), message.ratchet_key());
    assert_eq!(normal.chain_index(), message.chain_index());
    assert_eq!(normal.ciphertext(), message.ciphertext());
    let keys = [message.one_time_key(), message.base_key(), message.identity_key()];
    let fields = wire::olm_pre_key_message(keys.each_ref().map(Curve25519PublicKey::as_bytes), inside);
    assert_eq!(message.as_bytes(), fields);
}

fn megolm_message(message: &MegolmMessage) {
    let (bytes, version) = (message.as_bytes(), message.version());
    let fields =
        wire::megolm_message(wire::version_byte(version), message.message_index(), message.ciphertext());
    assert_eq!(bytes.split_at(bytes.len() - version.mac_length() - 64).0, fields);
    whole_blocks(message.ciphertext());
}

fn whole_blocks(ciphertext: &[u8]) {
    assert!(!ciphertext.is_empty() && ciphertext.len().is_multiple_of(16));
}

/// A session can be made of every export, reads what the export says, and gives the same export again.
fn session_export(export: &SessionExport) {
    let session = InboundGroupSession::import(export, SessionConfig::default());
    assert_eq!(session.first_known_index(), export.message_index());
    assert_eq!(session.session_id(), export.session_id());
    assert_eq!(session.provenance(), Provenance::Imported);
    assert_eq!(&session.export(), export);
    let last = session.export_at(u32::MAX).expect("every session reads the last index");
    assert_eq!(last.message_index(), u32::MAX);
}

/// Signatures are in the fuzzer's way; where the signer's key is ours, they are made, and the rest is the fuzzer's.
fn signed(input: &[u8]) {
    static SIGNER: OnceLock<Account> = OnceLock::new();
    let signer = SIGNER.get_or_init(|| Account::new(&mut seeded(1)).expect("it never fails"));
    let key = signer.ed25519_key();

    if let Some(fields) = input.first_chunk::<133>() {
        let mut bytes = [&fields[..], key.as_bytes()].concat();
        let signature = signer.sign(&bytes);
        bytes.extend_from_slice(signature.as_bytes());
        let session_key = bytes_as::<SessionKey>(&bytes);
        assert_eq!(session_key.is_some(), bytes[0] == 2, "a signed session key of version 2 is good");
        if let Some(session_key) = session_key {
            let session = InboundGroupSession::new(&session_key, SessionConfig::default());
            assert_eq!(session.first_known_index(), session_key.message_index());
            session_export(&session.export());
        }
        bytes.truncate(SessionExport::LENGTH);
        bytes[0] = 1;
        session_export(&bytes_as::<SessionExport>(&bytes).expect("the key is one"));
    }

    // A message that is well-formed and well-signed, though its MAC is the fuzzer's.
    let signature = signer.sign(input);
    assert_eq!(key.verify(input, &signature), Ok(()));
    let Some(message) = bytes_as::<MegolmMessage>(&[input, signature.as_bytes()].concat()) else { return };
    megolm_message(&message);
    let export = [&[1; 133][..], key.as_bytes()].concat();
    let export = bytes_as::<SessionExport>(&export).expect("the key is one");
    for version in [MessageVersion::V1, MessageVersion::V2] {
        let config = SessionConfig::default().with_version(version);
        let outcome = InboundGroupSession::import(&export, config).decrypt(&message).expect_err("a forgery");
        let expected = match outcome {
            DecryptionError::MismatchedVersion { .. } => message.version() != version,
            DecryptionError::UnknownMessageIndex { .. } => message.message_index() < export.message_index(),
            DecryptionError::AuthenticationFailed => message.message_index() >= export.message_index(),
            _ => false,
        };
        assert!(expected, "{outcome:?}");
        let stranger = OutboundGroupSession::new(config, &mut seeded(2)).expect("it never fails");
        let outcome = InboundGroupSession::new(&stranger.session_key(), config).decrypt(&message);
        assert!(outcome.is_err(), "another session's message");
    }
}

//! How keys, ids, signatures and messages stand in Matrix's JSON (layer 5, feature `serde`).
//!
//! Each is a string of unpadded base64, but for [`OlmMessage`], which is `{"type": 0 or 1, "body": "..."}`, and for the objects of the modules below. Reading
//! validates as `from_base64` does. What is written of a session key, an export or an
//! attachment is a copy of a secret: in the buffer of the serializer, and in those that it has grown out of. Where a type has `to_json` or `to_base64`, that leaves none.

#[cfg(any(feature = "insecure-pk-encryption", feature = "secret-storage"))]
mod any_bytes;
#[cfg(feature = "attachment")]
mod attachment;
#[cfg(any(feature = "attachment", feature = "insecure-pk-encryption", feature = "secret-storage"))]
mod bytes;
#[cfg(feature = "insecure-pk-encryption")]
mod pk;
#[cfg(feature = "secret-storage")]
mod secret_storage;

use alloc::string::String;
use core::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, Visitor},
};

use crate::{
    encoding::{DecodeError, json_object::only_object},
    keys::{Curve25519PublicKey, Ed25519PublicKey, Ed25519Signature, KeyId, SessionId},
    megolm::{MegolmMessage, SessionExport, SessionKey, SessionKeyError},
    olm::{Message, OlmMessage, PreKeyMessage},
};

/// What has a form as text.
trait Base64: Sized {
    const NAME: &'static str;
    type Error: fmt::Display;

    fn read(text: &str) -> Result<Self, Self::Error>;
}

/// Reads the text where it lies, so that no copy of a secret is made here.
struct Base64Visitor<T>(PhantomData<T>);

impl<T> Base64Visitor<T> {
    fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: Base64> Visitor<'_> for Base64Visitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} in unpadded base64", T::NAME)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        T::read(text).map_err(E::custom)
    }
}

macro_rules! base64_string {
    ($($type:ty, $name:literal, $error:ty;)*) => {$(
        impl Base64 for $type {
            const NAME: &'static str = $name;
            type Error = $error;

            fn read(text: &str) -> Result<Self, Self::Error> {
                Self::from_base64(text)
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.to_base64().as_str())
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Base64Visitor::new())
            }
        }
    )*};
}

base64_string! {
    Curve25519PublicKey, "a Curve25519 public key", DecodeError;
    Ed25519PublicKey, "an Ed25519 public key", DecodeError;
    Ed25519Signature, "an Ed25519 signature", DecodeError;
    KeyId, "a key id", DecodeError;
    SessionId, "a session id", DecodeError;
    Message, "a normal Olm message", DecodeError;
    PreKeyMessage, "an Olm pre-key message", DecodeError;
    MegolmMessage, "a Megolm message", DecodeError;
    SessionKey, "a Megolm session key", SessionKeyError;
    SessionExport, "a Megolm session export", DecodeError;
}

/// The two fields of an Olm message in a Matrix event.
#[derive(Serialize, Deserialize)]
#[serde(rename = "OlmMessage")]
struct OlmMessageFields {
    r#type: usize,
    body: String,
}

impl Serialize for OlmMessage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        OlmMessageFields { r#type: self.message_type().as_usize(), body: self.to_base64() }
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for OlmMessage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields: OlmMessageFields = only_object(deserializer)?;
        Self::from_parts(fields.r#type, &fields.body).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use serde::de::DeserializeOwned;
    use serde_json::{from_value, json, to_value};

    use super::*;
    use crate::{
        megolm::{self, InboundGroupSession, OutboundGroupSession},
        olm::{Account, SessionConfig},
        testing::seeded,
    };

    fn is_text<T: Serialize + DeserializeOwned + PartialEq + fmt::Debug>(value: &T, text: &str) {
        assert_eq!(to_value(value).unwrap(), json!(text));
        assert_eq!(&from_value::<T>(json!(text)).unwrap(), value);
        for bad in
            [json!(""), json!("?"), json!(7), json!(null), json!([1, 2]), json!(text.to_string() + "A")]
        {
            from_value::<T>(bad).unwrap_err();
        }
    }

    #[cfg(feature = "attachment")]
    #[test]
    fn a_secret_in_the_place_of_an_object_is_not_quoted() {
        use crate::attachment::EncryptedFile;

        let key =
            json!({ "kty": "oct", "k": "secret", "alg": "A256CTR", "ext": true, "key_ops": ["encrypt"] });
        for key in [json!("secret"), json!(key.to_string())] {
            let file = json!({ "v": "v2", "url": "mxc://a/b", "key": key, "iv": "AAAAAAAAAAAAAAAAAAAAAA" });
            for json in [file.to_string(), json!(file.to_string()).to_string()] {
                let error = serde_json::from_str::<EncryptedFile>(&json).unwrap_err().to_string();
                assert!(error.contains("place of an object") && !error.contains("secret"), "{error}");
            }
        }
    }

    #[cfg(feature = "insecure-pk-encryption")]
    #[test]
    fn an_entry_of_a_backup_is_three_texts() {
        use crate::pk::{PkDecryption, PkEncryption, PkMessage};

        let backup = PkDecryption::from_secret_key(&[7; 32]);
        let encryption = PkEncryption::new(backup.public_key());
        assert_eq!(encryption.recipient_key(), backup.public_key());
        let entry = encryption.encrypt(b"session data", &mut seeded(3)).unwrap();
        let (ephemeral, ciphertext, mac) =
            (entry.ephemeral_key.to_base64(), entry.ciphertext_base64(), entry.mac_base64());
        let json = to_value(&entry).unwrap();
        assert_eq!(json, json!({ "ephemeral": ephemeral, "ciphertext": ciphertext, "mac": mac }));
        assert_eq!(from_value::<PkMessage>(json.clone()).unwrap(), entry);
        for (name, bad) in [("mac", json!("AAAA")), ("ciphertext", json!("AAAA")), ("ephemeral", json!("?"))]
        {
            let mut json = json.clone();
            json[name] = bad;
            from_value::<PkMessage>(json).unwrap_err();
        }
    }

    #[test]
    fn every_type_is_its_base64() {
        let rng = &mut seeded(1);
        let mut account = Account::new(rng).unwrap();
        let signature = account.sign("message");
        let key = account.generate_one_time_keys(1, rng).unwrap().created[0];
        is_text(&account.ed25519_key(), &account.ed25519_key().to_base64());
        is_text(&key.public_key, &key.public_key.to_base64());
        is_text(&key.key_id, "AAAAAAAAAAE");
        is_text(&signature, &signature.to_base64());

        let mut room = OutboundGroupSession::new(megolm::SessionConfig::default(), rng).unwrap();
        let receiver = InboundGroupSession::new(&room.session_key(), megolm::SessionConfig::default());
        is_text(&room.session_id(), &room.session_id().to_base64());
        is_text(&room.session_key(), room.session_key().to_base64().as_str());
        is_text(&receiver.export(), receiver.export().to_base64().as_str());
        let message = room.encrypt("text").unwrap();
        is_text(&message, &message.to_base64());
    }

    #[test]
    fn what_was_expected_is_said() {
        let said = from_value::<KeyId>(json!(7)).unwrap_err().to_string();
        assert_eq!(said, "invalid type: integer `7`, expected a key id in unpadded base64");
        let said = from_value::<OlmMessage>(json!([7])).unwrap_err().to_string();
        assert_eq!(said, "invalid type: sequence, expected an object");
    }

    #[cfg(feature = "attachment")]
    #[test]
    fn the_key_of_an_attachment_says_what_it_is_for() {
        use crate::attachment::EncryptedFile;

        let read = |field: &str, value: serde_json::Value| {
            let mut file = json!({
                "v": "v2", "url": "u", "iv": "A".repeat(22), "hashes": { "sha256": "A".repeat(43) },
                "key": {
                    "kty": "oct", "alg": "A256CTR", "ext": true, "key_ops": ["encrypt", "decrypt"],
                    "k": "A".repeat(43),
                },
            });
            file["key"][field] = value;
            from_value::<EncryptedFile>(file).map(drop).map_err(|error| error.to_string())
        };
        for operations in [json!(["encrypt", "decrypt"]), json!(["decrypt", "sign", "encrypt"])] {
            assert_eq!(read("key_ops", operations), Ok(()));
        }
        for (field, value, said) in [
            ("kty", json!("RSA"), "the key type of an attachment is `oct`"),
            ("alg", json!("A128CTR"), "the algorithm of an attachment is `A256CTR`"),
            ("ext", json!(false), "the key of an attachment is extractable"),
            ("key_ops", json!([]), "the key of an attachment encrypts and decrypts"),
            ("key_ops", json!(["encrypt", "sign"]), "the key of an attachment encrypts and decrypts"),
            ("key_ops", json!(["decrypt", "sign"]), "the key of an attachment encrypts and decrypts"),
        ] {
            assert_eq!(read(field, value), Err(said.to_string()));
        }
    }

    #[test]
    fn an_olm_message_is_its_type_and_body() {
        let rng = &mut seeded(2);
        let mut account = Account::new(rng).unwrap();
        let key = account.generate_one_time_keys(1, rng).unwrap().created[0].public_key;
        let config = SessionConfig::default();
        let identity_key = account.curve25519_key();
        let mut session = account.create_outbound_session(identity_key, key, config, rng).unwrap();
        let first = session.encrypt("text", rng).unwrap();
        let OlmMessage::PreKey(pre_key) = &first else { panic!("a pre-key message was expected") };
        is_text(pre_key, &pre_key.to_base64());
        let mut answering = account.create_inbound_session(identity_key, pre_key, config).unwrap().session;
        let answer = answering.encrypt("text", rng).unwrap();
        let OlmMessage::Normal(normal) = &answer else { panic!("a normal message was expected") };
        is_text(normal, &normal.to_base64());

        for (message, kind) in [(&first, 0), (&answer, 1)] {
            let form = json!({ "type": kind, "body": message.to_base64() });
            assert_eq!(to_value(message).unwrap(), form);
            assert_eq!(&from_value::<OlmMessage>(form).unwrap(), message);
        }
        let body = first.to_base64();
        for bad in [
            json!({ "type": 1, "body": body }),
            json!({ "type": 2, "body": body }),
            json!({ "type": "0", "body": body }),
            json!({ "type": 0 }),
            json!({ "body": body }),
            json!({ "type": 0, "body": "" }),
        ] {
            from_value::<OlmMessage>(bad).unwrap_err();
        }
    }
}

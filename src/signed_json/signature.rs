use alloc::{format, string::String};

use super::{JsonObject, JsonSignatureError, JsonValue, MalformedSignatures};
use crate::keys::{Ed25519KeyPair, Ed25519PublicKey, Ed25519Signature};

/// What a signature does not cover.
const SIGNATURES: &str = "signatures";
const UNSIGNED: &str = "unsigned";

impl JsonObject {
    /// What a signature covers: the canonical form without `signatures` and `unsigned`.
    #[must_use]
    pub fn signed_text(&self) -> String {
        self.to_canonical_json_without(&[SIGNATURES, UNSIGNED])
    }

    /// Signs the object and adds the signature to its `signatures`, in the place of an earlier one with the same key; returns it.
    ///
    /// `entity` is who signs: a user id, or the name of a server. `key_name` is what follows `ed25519:` in the id of the key: the device id for the
    /// fingerprint key of a device, the public key in base64 for a cross-signing key.
    ///
    /// # Errors
    ///
    /// [`MalformedSignatures`] if `signatures`, or the entity's part of it, is there and no object. The object is as it was.
    pub fn sign(
        &mut self,
        entity: &str,
        key_name: &str,
        key_pair: &Ed25519KeyPair,
    ) -> Result<Ed25519Signature, MalformedSignatures> {
        let signature = key_pair.sign(self.signed_text().as_bytes());
        self.add_signature(entity, &key_id(key_name), signature.to_base64())?;
        Ok(signature)
    }

    /// In the place of an earlier one.
    fn add_signature(
        &mut self,
        entity: &str,
        key_id: &str,
        signature: String,
    ) -> Result<(), MalformedSignatures> {
        let mut all = object_or_empty(self.get(SIGNATURES))?;
        let mut of_entity = object_or_empty(all.get(entity))?;
        of_entity.insert(key_id, signature.into());
        all.insert(entity, of_entity.into());
        self.insert(SIGNATURES, all.into());
        Ok(())
    }

    /// What stands in the place of a signature.
    pub(crate) fn signature(&self, entity: &str, key_id: &str) -> Option<&JsonValue> {
        self.get(SIGNATURES)?.as_object()?.get(entity)?.as_object()?.get(key_id)
    }

    /// Checks that the object was signed by an entity with a key. Other signatures do not matter, nor does `unsigned`.
    ///
    /// `public_key` is the key that the caller knows to belong to the entity; the object cannot tell. `entity` and `key_name` are as in [`sign`](Self::sign).
    ///
    /// # Errors
    ///
    /// A [`JsonSignatureError`] if the signature is missing, malformed or not valid.
    pub fn verify(
        &self,
        entity: &str,
        key_name: &str,
        public_key: &Ed25519PublicKey,
    ) -> Result<(), JsonSignatureError> {
        let signature = self.signature(entity, &key_id(key_name)).ok_or(JsonSignatureError::Missing)?;
        let text = signature.as_str().ok_or(JsonSignatureError::Malformed)?;
        let signature = Ed25519Signature::from_base64(text)?;
        Ok(public_key.verify(self.signed_text().as_bytes(), &signature)?)
    }
}

fn key_id(key_name: &str) -> String {
    format!("ed25519:{key_name}")
}

fn object_or_empty(value: Option<&JsonValue>) -> Result<JsonObject, MalformedSignatures> {
    match value {
        None => Ok(JsonObject::default()),
        Some(JsonValue::Object(object)) => Ok(object.clone()),
        Some(_) => Err(MalformedSignatures),
    }
}

//! JSON objects in their canonical form, signed and verified.

use std::collections::BTreeMap;
use std::ffi::c_char;

use cliquet_core::signed_json::{JsonObject, JsonValue};

use crate::failure::{Failure, call};
use crate::handle::{Slot, change, free, handle, look};
use crate::input;
use crate::keys::ed25519::cliquet_ed25519_key_pair;
use crate::output::{Array, Place, TextBuffer};
use crate::status::{self, cliquet_status};

/// A JSON object that has a canonical form (Matrix specification, appendices "Canonical JSON" and "Signing JSON"): what is signed and what is
/// verified.
///
/// It is not meant for secrets: its memory is not wiped.
pub struct cliquet_json_object {
    _opaque: [u8; 0],
}
handle!(cliquet_json_object: JsonObject);

/// Reads a JSON text strictly, so that no two readers see different things in it: one object, white space around it or not, in which arrays
/// and objects lie at most 127 deep. The caller frees `*object`.
///
/// Errors: `CLIQUET_JSON` if the text is no JSON object, if an object in it has a key twice, or if a number in it is written with a point or an
/// exponent, is -0, or is not from -(2^53) + 1 to 2^53 - 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_json_object_from_json(
    json: *const c_char,
    json_length: usize,
    object: *mut *mut cliquet_json_object,
) -> cliquet_status {
    call(|| unsafe {
        let object = Slot::at(object)?;
        object.put(JsonObject::from_json(input::text(json, json_length)?)?);
        Ok(())
    })
}

/// Frees a JSON object. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_json_object_free(object: *mut cliquet_json_object) -> cliquet_status {
    call(|| unsafe { free(object) })
}

/// Writes the canonical form: keys sorted by code point, no white space, each text in its shortest form.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_json_object_to_canonical_json(
    object: *const cliquet_json_object,
    json: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let json = TextBuffer::at(json, capacity, length)?;
        json.put(&look(object)?.to_canonical_json())
    })
}

/// Writes what a signature covers: the canonical form without `signatures` and `unsigned`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_json_object_signed_text(
    object: *const cliquet_json_object,
    text: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let text = TextBuffer::at(text, capacity, length)?;
        text.put(&look(object)?.signed_text())
    })
}

/// Writes how many keys the object itself has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_json_object_count(
    object: *const cliquet_json_object,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let length = Place::at(length)?;
        length.put(look(object)?.len());
        Ok(())
    })
}

/// Writes the value under a key of the object itself, as canonical JSON of any kind: a text has its quotes and escapes.
///
/// Errors: `CLIQUET_ABSENT` if there is no such key.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_json_object_get(
    object: *const cliquet_json_object,
    key: *const c_char,
    key_length: usize,
    json: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let json = TextBuffer::at(json, capacity, length)?;
        let object = look(object)?;
        let value = object.get(input::text(key, key_length)?);
        json.put(&canonical_json(value.ok_or(Failure::new(status::CLIQUET_ABSENT))?)?)
    })
}

/// A value other than an object is written as the only one of an object, because only objects are written.
fn canonical_json(value: &JsonValue) -> Result<String, Failure> {
    if let Some(object) = value.as_object() {
        return Ok(object.to_canonical_json());
    }
    let around = JsonObject::from_serialize(&BTreeMap::from([("", value)]))?.to_canonical_json();
    let inner = around.strip_prefix(r#"{"":"#).and_then(|rest| rest.strip_suffix('}'));
    inner.map(str::to_owned).ok_or(Failure::new(status::CLIQUET_OTHER))
}

/// Removes a key of the object itself, with its value.
///
/// Errors: `CLIQUET_ABSENT` if there is no such key.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_json_object_remove(
    object: *mut cliquet_json_object,
    key: *const c_char,
    key_length: usize,
) -> cliquet_status {
    call(|| unsafe {
        let removed = change(object)?.remove(input::text(key, key_length)?);
        removed.map(drop).ok_or(Failure::new(status::CLIQUET_ABSENT))
    })
}

/// Copies the keys and values of another object into this one, in the place of those that are there: `signatures` of the other replace all that
/// this one has. A signature that was made before does not cover what comes in.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_json_object_extend(
    object: *mut cliquet_json_object,
    other: *const cliquet_json_object,
) -> cliquet_status {
    call(|| unsafe {
        let mut object = change(object)?;
        object.extend(look(other)?.clone());
        Ok(())
    })
}

/// Signs the object, adds the signature to its `signatures` in the place of an earlier one with the same key, and writes its 64 bytes to `signature`.
///
/// `entity` is who signs: a user id, or the name of a server. `key_name` is what follows `ed25519:` in the id of the key: the device id for the
/// fingerprint key of a device, the public key in base64 for a cross-signing key. `cliquet_account_signed_device_keys` signs with the key of an
/// account.
///
/// Errors: `CLIQUET_SIGNATURE_MALFORMED` if `signatures`, or the part of the entity in it, is there and no object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_json_object_sign(
    object: *mut cliquet_json_object,
    entity: *const c_char,
    entity_length: usize,
    key_name: *const c_char,
    key_name_length: usize,
    key_pair: *const cliquet_ed25519_key_pair,
    signature: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let signature = Array::at(signature)?;
        let mut object = change(object)?;
        let (entity, key_name) =
            (input::text(entity, entity_length)?, input::text(key_name, key_name_length)?);
        signature.put(object.sign(entity, key_name, &*look(key_pair)?)?.as_bytes());
        Ok(())
    })
}

/// Checks that the object was signed by an entity with a key. Other signatures do not matter, nor does `unsigned`.
///
/// `public_key`, 32 bytes, is the key that the caller knows to belong to the entity: the object cannot tell. `entity` and `key_name` are those of
/// `cliquet_json_object_sign`.
///
/// Errors: `CLIQUET_PUBLIC_KEY` if `public_key` is none, `CLIQUET_SIGNATURE_MISSING`, `CLIQUET_SIGNATURE_MALFORMED`, `CLIQUET_INVALID_SIGNATURE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_json_object_verify(
    object: *const cliquet_json_object,
    entity: *const c_char,
    entity_length: usize,
    key_name: *const c_char,
    key_name_length: usize,
    public_key: *const u8,
) -> cliquet_status {
    call(|| unsafe {
        let (entity, key_name) =
            (input::text(entity, entity_length)?, input::text(key_name, key_name_length)?);
        let public_key = input::ed25519_public_key(public_key)?;
        Ok(look(object)?.verify(entity, key_name, &public_key)?)
    })
}

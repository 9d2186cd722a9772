//! What the server keeps of a key beside the secrets.

use std::ffi::c_char;

use cliquet_core::secret_storage::KeyDescription;
use cliquet_core::signed_json::JsonObject;

use super::check::cliquet_key_check;
use super::key::cliquet_secret_storage_key;
use super::parameters::cliquet_passphrase_parameters;
use crate::failure::{Failure, call};
use crate::handle::{Handle, Slot, change, free, handle, look};
use crate::input;
use crate::output::{Place, TextBuffer};
use crate::random::{Random, cliquet_random};
use crate::status::{self, cliquet_status};

const ABSENT: Failure = Failure::new(status::CLIQUET_ABSENT);

/// What the server keeps of a key beside the secrets: the content of `m.secret_storage.key.<id>` in the account data. It may have a name, the
/// parameters of a passphrase, and a check, each of them or none. Nothing in it is secret.
pub struct cliquet_key_description {
    _opaque: [u8; 0],
}
handle!(cliquet_key_description: KeyDescription);

/// Makes the description of a key: with a check, by which others are told from it, and nothing else. The caller frees `*description`.
///
/// Draws 16 bytes: the IV of the check.
///
/// Errors: `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_description_new(
    key: *const cliquet_secret_storage_key,
    random: *const cliquet_random,
    description: *mut *mut cliquet_key_description,
) -> cliquet_status {
    call(|| unsafe {
        let description = Slot::at(description)?;
        description.put(KeyDescription::new(&*look(key)?, &mut Random::of(random)?)?);
        Ok(())
    })
}

/// Makes a description with neither name nor passphrase nor check. The caller frees `*description`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_description_default(
    description: *mut *mut cliquet_key_description,
) -> cliquet_status {
    call(|| unsafe {
        Slot::at(description)?.put(KeyDescription::default());
        Ok(())
    })
}

/// Reads the JSON object of a description. A passphrase of another algorithm than `m.pbkdf2`, or of another number of bits than 256, is left aside: a
/// recovery key still opens the storage. So is half a check. The caller frees `*description`.
///
/// Errors: `CLIQUET_JSON`, also if the algorithm of the key is not `m.secret_storage.v1.aes-hmac-sha2`, or the object has no canonical form.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_description_from_json(
    json: *const c_char,
    json_length: usize,
    description: *mut *mut cliquet_key_description,
) -> cliquet_status {
    call(|| unsafe {
        let description = Slot::at(description)?;
        description.put(JsonObject::from_json(input::text(json, json_length)?)?.parse()?);
        Ok(())
    })
}

/// Frees a description. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_description_free(
    description: *mut cliquet_key_description,
) -> cliquet_status {
    call(|| unsafe { free(description) })
}

/// Writes the JSON object of a description, in canonical form; the texts of a check in it are unpadded base64.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_description_to_json(
    description: *const cliquet_key_description,
    json: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let json = TextBuffer::at(json, capacity, length)?;
        json.put(&JsonObject::from_serialize(&*look(description)?)?.to_canonical_json())
    })
}

/// Writes the name that the user has given the key.
///
/// Errors: `CLIQUET_ABSENT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_description_name(
    description: *const cliquet_key_description,
    name: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let name = TextBuffer::at(name, capacity, length)?;
        name.put(look(description)?.name.as_deref().ok_or(ABSENT)?)
    })
}

/// Sets the name of the key. A `name` that is NULL, with a length of 0, takes it away: an empty name is another pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_description_set_name(
    description: *mut cliquet_key_description,
    name: *const c_char,
    name_length: usize,
) -> cliquet_status {
    call(|| unsafe {
        let mut description = change(description)?;
        description.name = match (name.is_null(), name_length) {
            (true, 0) => None,
            _ => Some(input::text(name, name_length)?.to_owned()),
        };
        Ok(())
    })
}

/// Writes to `*parameters` a copy of how the key comes from a passphrase. The caller frees it.
///
/// Errors: `CLIQUET_ABSENT` if it does not, or in a way that is not known here.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_description_passphrase(
    description: *const cliquet_key_description,
    parameters: *mut *mut cliquet_passphrase_parameters,
) -> cliquet_status {
    call(|| unsafe {
        let parameters = Slot::at(parameters)?;
        parameters.put(look(description)?.passphrase.clone().ok_or(ABSENT)?);
        Ok(())
    })
}

/// Sets how the key comes from a passphrase: a copy of `parameters`, or, if that is NULL, not at all.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_description_set_passphrase(
    description: *mut cliquet_key_description,
    parameters: *const cliquet_passphrase_parameters,
) -> cliquet_status {
    call(|| unsafe {
        let mut description = change(description)?;
        description.passphrase = copy_of(parameters)?;
        Ok(())
    })
}

/// Writes to `*check` a copy of what tells the right key from a wrong one. The caller frees it.
///
/// Errors: `CLIQUET_ABSENT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_description_check(
    description: *const cliquet_key_description,
    check: *mut *mut cliquet_key_check,
) -> cliquet_status {
    call(|| unsafe {
        let check = Slot::at(check)?;
        check.put(look(description)?.check.ok_or(ABSENT)?);
        Ok(())
    })
}

/// Sets what tells the right key from a wrong one: a copy of `check`, or, if that is NULL, nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_description_set_check(
    description: *mut cliquet_key_description,
    check: *const cliquet_key_check,
) -> cliquet_status {
    call(|| unsafe {
        let mut description = change(description)?;
        description.check = copy_of(check)?;
        Ok(())
    })
}

/// Writes to `may_describe` whether `key` may be the key that is described. Where there is no check, any may be: the secrets will tell. Encrypt
/// nothing to a key that neither a check nor a secret has confirmed: the description comes from the server, which could have chosen it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_description_may_describe(
    description: *const cliquet_key_description,
    key: *const cliquet_secret_storage_key,
    may_describe: *mut bool,
) -> cliquet_status {
    call(|| unsafe {
        let may_describe = Place::at(may_describe)?;
        may_describe.put(look(description)?.may_describe(&*look(key)?));
        Ok(())
    })
}

/// What is in an object of the caller, none if the pointer is NULL.
///
/// # Safety
///
/// As [`look`].
unsafe fn copy_of<H: Handle<Value: Clone>>(handle: *const H) -> Result<Option<H::Value>, Failure> {
    // SAFETY: the caller's promise.
    if handle.is_null() { Ok(None) } else { Ok(Some(unsafe { look(handle)? }.clone())) }
}

//! How the key of a storage comes from a passphrase.

use std::ffi::c_char;

use cliquet_core::secret_storage::PassphraseParameters;
use cliquet_core::signed_json::JsonObject;

use crate::failure::{call, call_with, cliquet_details};
use crate::handle::{Slot, UsedOnce, free, handle, look};
use crate::input;
use crate::output::{Place, TextBuffer};
use crate::passphrase::cliquet_passphrase_stretching;
use crate::random::{Random, cliquet_random};
use crate::status::cliquet_status;

/// So many rounds are written for the key of a new secret storage.
pub const CLIQUET_PASSPHRASE_PARAMETERS_DEFAULT_ROUNDS: u32 = 500_000;
/// A limit for the rounds that the description of a key asks for: twenty times those of a new key.
pub const CLIQUET_PASSPHRASE_PARAMETERS_DEFAULT_MAX_ROUNDS: u32 = 10_000_000;

const _: () = assert!(
    CLIQUET_PASSPHRASE_PARAMETERS_DEFAULT_ROUNDS == PassphraseParameters::DEFAULT_ROUNDS
        && CLIQUET_PASSPHRASE_PARAMETERS_DEFAULT_MAX_ROUNDS == PassphraseParameters::DEFAULT_MAX_ROUNDS,
    "the header names the numbers of the library"
);

/// How the key of a secret storage comes from a passphrase: the `passphrase` of the key's description, with the algorithm `m.pbkdf2`. Nothing in it
/// is secret.
pub struct cliquet_passphrase_parameters {
    _opaque: [u8; 0],
}
handle!(cliquet_passphrase_parameters: PassphraseParameters);

/// Makes the parameters of a storage that exists: what its description says, the `salt` and the `iterations`. For a new storage,
/// `cliquet_passphrase_parameters_random` has rounds enough. The caller frees `*parameters`.
///
/// Errors: `CLIQUET_NO_ROUNDS` if `rounds` is 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_passphrase_parameters_new(
    salt: *const c_char,
    salt_length: usize,
    rounds: u32,
    parameters: *mut *mut cliquet_passphrase_parameters,
) -> cliquet_status {
    call(|| unsafe {
        let parameters = Slot::at(parameters)?;
        parameters.put(PassphraseParameters::new(input::text(salt, salt_length)?, rounds)?);
        Ok(())
    })
}

/// Makes the parameters of a new storage: a salt of its own, 32 characters, and `CLIQUET_PASSPHRASE_PARAMETERS_DEFAULT_ROUNDS`. The caller frees
/// `*parameters`.
///
/// Draws 24 bytes: the salt.
///
/// Errors: `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_passphrase_parameters_random(
    random: *const cliquet_random,
    parameters: *mut *mut cliquet_passphrase_parameters,
) -> cliquet_status {
    call(|| unsafe {
        let parameters = Slot::at(parameters)?;
        parameters.put(PassphraseParameters::random(&mut Random::of(random)?)?);
        Ok(())
    })
}

/// Reads the JSON object that stands in the description of a key under `passphrase`. The caller frees `*parameters`.
///
/// Errors: `CLIQUET_JSON`, also if the algorithm is not `m.pbkdf2`, the `bits`, where there are any, are not 256, the `iterations` are 0 or more
/// than 32 bits hold, or the object has no canonical form.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_passphrase_parameters_from_json(
    json: *const c_char,
    json_length: usize,
    parameters: *mut *mut cliquet_passphrase_parameters,
) -> cliquet_status {
    call(|| unsafe {
        let parameters = Slot::at(parameters)?;
        parameters.put(JsonObject::from_json(input::text(json, json_length)?)?.parse()?);
        Ok(())
    })
}

/// Frees parameters. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_passphrase_parameters_free(
    parameters: *mut cliquet_passphrase_parameters,
) -> cliquet_status {
    call(|| unsafe { free(parameters) })
}

/// Writes the JSON object that stands in the description of a key under `passphrase`, in canonical form.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_passphrase_parameters_to_json(
    parameters: *const cliquet_passphrase_parameters,
    json: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let json = TextBuffer::at(json, capacity, length)?;
        json.put(&JsonObject::from_serialize(&*look(parameters)?)?.to_canonical_json())
    })
}

/// Writes the salt, any text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_passphrase_parameters_salt(
    parameters: *const cliquet_passphrase_parameters,
    salt: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let salt = TextBuffer::at(salt, capacity, length)?;
        salt.put(look(parameters)?.salt())
    })
}

/// Writes the number of rounds, `iterations` in the description, to `rounds`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_passphrase_parameters_rounds(
    parameters: *const cliquet_passphrase_parameters,
    rounds: *mut u32,
) -> cliquet_status {
    call(|| unsafe {
        let rounds = Place::at(rounds)?;
        rounds.put(look(parameters)?.rounds());
        Ok(())
    })
}

/// Begins to stretch a passphrase, the text that the user types, and does the first round. At most `max_rounds`, such as
/// `CLIQUET_PASSPHRASE_PARAMETERS_DEFAULT_MAX_ROUNDS`: the description comes from the server, and could ask for hours. The caller frees
/// `*stretching`, and wipes `passphrase` as soon as it can.
///
/// Errors: `CLIQUET_TOO_MANY_ROUNDS`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_passphrase_parameters_stretch(
    parameters: *const cliquet_passphrase_parameters,
    passphrase: *const c_char,
    passphrase_length: usize,
    max_rounds: u32,
    stretching: *mut *mut cliquet_passphrase_stretching,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let stretching = Slot::at(stretching)?;
            let parameters = look(parameters)?;
            let passphrase = input::text(passphrase, passphrase_length)?;
            stretching.put(UsedOnce::new(parameters.stretch(passphrase, max_rounds)?));
            Ok(())
        })
    }
}

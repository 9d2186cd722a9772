//! Keys that two devices authenticate to each other.

use std::ffi::c_char;

use cliquet_core::sas::SasKey;

use crate::constants::unknown;
use crate::failure::{Failure, call};
use crate::input;
use crate::output::TextBuffer;
use crate::status::cliquet_status;

/// What a key is that two devices authenticate to each other.
pub type cliquet_sas_key_kind = u32;
/// The fingerprint key of a device: its id is `ed25519:` and the device id.
pub const CLIQUET_SAS_KEY_KIND_DEVICE: cliquet_sas_key_kind = 1;
/// The master signing key of a user: its id is `ed25519:` and the key itself in unpadded base64.
pub const CLIQUET_SAS_KEY_KIND_MASTER_KEY: cliquet_sas_key_kind = 2;

/// A key that two devices authenticate to each other.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_sas_key {
    /// One of the constants `CLIQUET_SAS_KEY_KIND_...`.
    pub kind: cliquet_sas_key_kind,
    /// The id of the device whose key it is; of a master signing key it is not looked at.
    pub device_id: *const c_char,
    /// Its length in bytes; of a master signing key it is not looked at.
    pub device_id_length: usize,
    /// The Ed25519 public key, 32 bytes.
    pub public_key: *const u8,
}

/// Writes the id that a key has in `m.key.verification.mac` events: of a device 8 bytes more than its id, of a master signing key 51 characters.
/// `capacity` is one more.
///
/// Errors: `CLIQUET_PUBLIC_KEY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_sas_key_key_id(
    key: *const cliquet_sas_key,
    key_id: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let key_id = TextBuffer::at(key_id, capacity, length)?;
        key_id.put(&sas_key(input::structure(key)?)?.key_id())
    })
}

/// # Safety
///
/// `keys` is NULL, or points to `count` keys whose parts may be read and that nobody changes until the call ends.
pub(super) unsafe fn sas_keys<'a>(
    keys: *const cliquet_sas_key,
    count: usize,
) -> Result<Vec<SasKey<'a>>, Failure> {
    // SAFETY: the caller's promise.
    unsafe { input::elements(keys, count)?.iter().map(|key| sas_key(key)).collect() }
}

unsafe fn sas_key<'a>(key: &cliquet_sas_key) -> Result<SasKey<'a>, Failure> {
    // SAFETY: the caller's promise.
    unsafe {
        match key.kind {
            CLIQUET_SAS_KEY_KIND_DEVICE => {
                let device_id = input::text(key.device_id, key.device_id_length)?;
                Ok(SasKey::Device(device_id, input::ed25519_public_key(key.public_key)?))
            }
            CLIQUET_SAS_KEY_KIND_MASTER_KEY => {
                Ok(SasKey::MasterKey(input::ed25519_public_key(key.public_key)?))
            }
            other => Err(unknown(other)),
        }
    }
}

//! Who verifies whom.

use std::ffi::c_char;

use cliquet_core::sas::{Device, Role, Verification};

use crate::constants::unknown;
use crate::failure::Failure;
use crate::input;

/// Which of two devices that verify each other by short authentication strings sent the `m.key.verification.start` event that counts.
pub type cliquet_sas_role = u32;
/// We sent it.
pub const CLIQUET_SAS_ROLE_STARTER: cliquet_sas_role = 1;
/// We answered it with an `m.key.verification.accept` event.
pub const CLIQUET_SAS_ROLE_ACCEPTER: cliquet_sas_role = 2;

/// One of two devices that verify each other.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_sas_device {
    /// The user id (`@user:server`).
    pub user_id: *const c_char,
    /// Its length in bytes.
    pub user_id_length: usize,
    /// The device id.
    pub device_id: *const c_char,
    /// Its length in bytes.
    pub device_id_length: usize,
}

/// Who verifies whom by short authentication strings, in which transaction: what both devices know in the same way, seen from ours.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_sas_verification {
    /// Our device.
    pub ours: cliquet_sas_device,
    /// The other device.
    pub theirs: cliquet_sas_device,
    /// Our role, one of the constants `CLIQUET_SAS_ROLE_...`.
    pub role: cliquet_sas_role,
    /// The transaction id of the to-device events, or, in a room, the event id of the request.
    pub transaction_id: *const c_char,
    /// Its length in bytes.
    pub transaction_id_length: usize,
}

/// # Safety
///
/// `verification` is NULL, or points to a structure whose texts may be read and that nobody changes until the call ends.
pub(super) unsafe fn verification<'a>(
    verification: *const cliquet_sas_verification,
) -> Result<Verification<'a>, Failure> {
    // SAFETY: the caller's promise.
    unsafe {
        let given = input::structure(verification)?;
        let (ours, theirs) = (device(&given.ours)?, device(&given.theirs)?);
        let role = match given.role {
            CLIQUET_SAS_ROLE_STARTER => Role::Starter,
            CLIQUET_SAS_ROLE_ACCEPTER => Role::Accepter,
            other => return Err(unknown(other)),
        };
        let transaction_id = input::text(given.transaction_id, given.transaction_id_length)?;
        Ok(Verification::new(ours, theirs, role, transaction_id))
    }
}

unsafe fn device<'a>(given: &cliquet_sas_device) -> Result<Device<'a>, Failure> {
    // SAFETY: the caller's promise.
    unsafe {
        let user_id = input::text(given.user_id, given.user_id_length)?;
        Ok(Device::new(user_id, input::text(given.device_id, given.device_id_length)?))
    }
}

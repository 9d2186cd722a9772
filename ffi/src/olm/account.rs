//! Accounts.

use cliquet_core::olm::Account;

use crate::failure::call;
use crate::handle::{free, handle};
use crate::status::cliquet_status;

/// An Olm account: the identity keys of a device and its one-time keys. Its secrets are wiped when it is freed.
pub struct cliquet_account {
    _opaque: [u8; 0],
}
handle!(cliquet_account = 1: Account);

/// Frees an account and wipes its secrets. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_free(account: *mut cliquet_account) -> cliquet_status {
    call(|| unsafe { free(account) })
}

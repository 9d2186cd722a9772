//! Matrix's objects around accounts and Megolm sessions.

pub(crate) mod device_keys;
pub(crate) mod key_backup;
pub(crate) mod key_export;
pub(crate) mod session_data;

use crate::failure::Failure;
use crate::status;

/// The element of a list at the position that a caller asks for.
fn element<T>(list: &[T], position: usize) -> Result<&T, Failure> {
    list.get(position).ok_or_else(|| Failure::with(status::CLIQUET_OUT_OF_RANGE, position, list.len()))
}

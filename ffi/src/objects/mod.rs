//! Matrix's objects around accounts and Megolm sessions.

pub(crate) mod device_keys;
pub(crate) mod key_backup;
pub(crate) mod key_export;
pub(crate) mod session_data;

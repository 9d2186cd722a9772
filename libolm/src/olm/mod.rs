//! The functions of `olm/olm.h`.

pub(crate) mod account;
pub(crate) mod fallback_keys;
mod matching;
pub(crate) mod messages;
pub(crate) mod one_time_keys;
pub(crate) mod session;
mod utility;

pub use account::OlmAccount;
pub use session::OlmSession;

/// One chain keeps no more than the session does: libolm has one list of forty.
const SKIPPED_KEYS: u32 = 40;

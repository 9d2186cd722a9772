//! The functions of `olm/pk.h`.

mod decryption;
pub(crate) mod encryption;
mod signing;

use crate::base64::encoded_length;
use crate::lengths::MESSAGE_MAC;

/// The MAC of an entry, in base64.
const MAC: usize = encoded_length(MESSAGE_MAC);

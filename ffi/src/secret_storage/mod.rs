//! Secret storage (Matrix specification, "Secret storage", algorithm `m.secret_storage.v1.aes-hmac-sha2`).

mod check;
mod description;
mod key;
mod parameters;
mod secret;

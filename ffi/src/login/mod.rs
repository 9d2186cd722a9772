//! Secure channels for the login of a new device by QR code: ECIES (MSC4108) and HPKE (MSC4388).

mod check_code;
mod ecies;
mod hpke;
mod hpke_channel;

/// The length of the tag that every ciphertext ends with.
const TAG_LENGTH: usize = 16;

/// How many bytes a plaintext of `length` bytes is encrypted to.
const fn ciphertext_length(length: usize) -> usize {
    length.saturating_add(TAG_LENGTH)
}

/// How many bytes a ciphertext of `length` bytes decrypts to, if it does.
const fn plaintext_length(length: usize) -> usize {
    length.saturating_sub(TAG_LENGTH)
}

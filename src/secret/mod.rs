//! Memory for secrets (layer 0).
//!
//! [`Secret`] keeps a key for as long as its owner lives: on the heap, so that moving the owner leaves no copy
//! behind. [`Scratch`] holds key material for the length of one function: on the stack, filled and read in place.
//! [`SecretList`] keeps many of one length. [`SecretText`] and [`SecretBytes`] are secrets of any length that a caller asked for. All are wiped when
//! dropped, print nothing of their content and compare in constant time.

mod list;
mod stack;
mod wiping;

use alloc::{boxed::Box, string::String, vec::Vec};
use core::{fmt, mem};

pub(crate) use list::SecretList;
pub(crate) use stack::{FOR_CIPHERS, FOR_CURVES, FOR_HASHES, FOR_MESSAGES, with_wiped_stack};
use subtle::ConstantTimeEq;
pub(crate) use wiping::wipe;
use wiping::wipe_vec;

/// `N` secret bytes that live as long as their owner.
pub(crate) struct Secret<const N: usize>(Box<[u8; N]>);

impl<const N: usize> Secret<N> {
    /// `N` zero bytes, to be filled in place.
    pub(crate) fn zeroed() -> Self {
        Self(Box::new([0; N]))
    }

    /// A copy of secret bytes that live elsewhere.
    pub(crate) fn copy_of(bytes: &[u8; N]) -> Self {
        let mut secret = Self::zeroed();
        secret.0.copy_from_slice(bytes);
        secret
    }

    /// The bytes.
    pub(crate) fn as_bytes(&self) -> &[u8; N] {
        &self.0
    }

    /// The bytes, to be overwritten in place.
    pub(crate) fn as_mut_bytes(&mut self) -> &mut [u8; N] {
        &mut self.0
    }

    /// Other bytes in the same memory.
    pub(crate) fn replace(&mut self, bytes: &[u8; N]) {
        self.0.copy_from_slice(bytes);
    }

    /// The memory, wiped.
    pub(crate) fn wiped(mut self) -> Self {
        wipe(self.as_mut_bytes());
        self
    }
}

impl<const N: usize> Drop for Secret<N> {
    fn drop(&mut self) {
        wipe(self.as_mut_bytes());
    }
}

impl<const N: usize> PartialEq for Secret<N> {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&*other.0).into()
    }
}

impl<const N: usize> Eq for Secret<N> {}

impl<const N: usize> fmt::Debug for Secret<N> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Secret<{N}>(..)")
    }
}

// Only tests compare a whole state before and after; the library never copies a secret by accident.
#[cfg(test)]
impl<const N: usize> Clone for Secret<N> {
    fn clone(&self) -> Self {
        Self::copy_of(&self.0)
    }
}

/// `N` secret bytes that live for one function; never moved once filled.
pub(crate) struct Scratch<const N: usize>([u8; N]);

impl<const N: usize> Scratch<N> {
    /// `N` zero bytes, to be filled in place.
    pub(crate) fn zeroed() -> Self {
        Self([0; N])
    }

    /// The bytes.
    pub(crate) fn as_bytes(&self) -> &[u8; N] {
        &self.0
    }

    /// The bytes, to be overwritten in place.
    pub(crate) fn as_mut_bytes(&mut self) -> &mut [u8; N] {
        &mut self.0
    }
}

impl<const N: usize> Drop for Scratch<N> {
    fn drop(&mut self) {
        wipe(self.as_mut_bytes());
    }
}

impl<const N: usize> fmt::Debug for Scratch<N> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Scratch<{N}>(..)")
    }
}

/// The text form of a secret, such as a session key in base64.
///
/// Wiped when dropped, redacted when debug-printed; there is no `Display`, so that a secret reaches a log only
/// where a caller writes [`as_str`](Self::as_str).
pub struct SecretText(String);

impl SecretText {
    /// Takes over a text that is secret from here on.
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }

    /// The text. Copies of it are the caller's to wipe.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Overwrites the text with zeros now instead of on drop; it is empty afterwards.
    pub fn wipe(&mut self) {
        wipe_vec(&mut mem::take(&mut self.0).into_bytes());
    }
}

impl Drop for SecretText {
    fn drop(&mut self) {
        self.wipe();
    }
}

impl PartialEq for SecretText {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for SecretText {}

impl fmt::Debug for SecretText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretText(..)")
    }
}

/// Secret bytes of any length, such as a pickle without encryption.
///
/// Wiped when dropped, redacted when debug-printed, compared in constant time.
pub struct SecretBytes(Vec<u8>);

impl SecretBytes {
    /// No bytes yet, with room for `capacity`.
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self(Vec::with_capacity(capacity))
    }

    /// Takes over bytes that are secret from here on.
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Makes room for `additional` bytes; what is moved for that is wiped where it was.
    pub(crate) fn reserve(&mut self, additional: usize) {
        let needed = self.0.len().saturating_add(additional);
        if needed > self.0.capacity() {
            let mut moved = Vec::with_capacity(needed.max(self.0.capacity().saturating_mul(2)));
            moved.extend_from_slice(&self.0);
            self.wipe();
            self.0 = moved;
        }
    }

    /// Appends bytes.
    pub(crate) fn extend(&mut self, bytes: &[u8]) {
        self.reserve(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    /// The bytes, to be encrypted in place; [`reserve`](Self::reserve) first what will be appended.
    pub(crate) fn as_mut_vec(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }

    /// The bytes, no longer wiped: encrypted by now, or the caller's to wipe.
    pub(crate) fn into_vec(mut self) -> Vec<u8> {
        mem::take(&mut self.0)
    }

    /// The bytes. Copies of them are the caller's to wipe.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Overwrites the bytes with zeros now instead of on drop; there are none afterwards.
    pub fn wipe(&mut self) {
        wipe_vec(&mut self.0);
    }
}

impl Drop for SecretBytes {
    fn drop(&mut self) {
        self.wipe();
    }
}

impl PartialEq for SecretBytes {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for SecretBytes {}

impl fmt::Debug for SecretBytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretBytes(..)")
    }
}

/// Splits `N` bytes into the first `A` and the last `B`; that `A + B = N` is checked when compiling.
pub(crate) fn split<const N: usize, const A: usize, const B: usize>(bytes: &[u8; N]) -> (&[u8; A], &[u8; B]) {
    const {
        assert!(A <= N && B == N.wrapping_sub(A), "the two parts must make up the whole");
    }
    #[expect(clippy::expect_used, reason = "the assertion above proves both lengths when compiling")]
    let parts = bytes.first_chunk().zip(bytes.last_chunk()).expect("lengths are proven when compiling");
    parts
}

/// [`split`], to be overwritten in place.
pub(crate) fn split_mut<const N: usize, const A: usize, const B: usize>(
    bytes: &mut [u8; N],
) -> (&mut [u8; A], &mut [u8; B]) {
    const {
        assert!(A <= N && B == N.wrapping_sub(A), "the two parts must make up the whole");
    }
    #[expect(clippy::expect_used, reason = "the assertion above proves both lengths when compiling")]
    let parts = bytes
        .split_first_chunk_mut()
        .and_then(|(first, rest)| Some((first, rest.first_chunk_mut()?)))
        .expect("lengths are proven when compiling");
    parts
}

#[cfg(test)]
mod tests {
    use alloc::{format, string::ToString};

    use super::*;

    #[test]
    fn nothing_secret_is_printed() {
        let secret = Secret::copy_of(&[0xab; 32]);
        let text = SecretText::new("c2VjcmV0".to_string());
        let mut scratch = Scratch::<32>::zeroed();
        scratch.as_mut_bytes().fill(0xab);
        let bytes = SecretBytes::new([0xab; 32].to_vec());
        let printed = format!("{secret:?} {text:?} {scratch:?} {bytes:?}");
        assert_eq!(printed, "Secret<32>(..) SecretText(..) Scratch<32>(..) SecretBytes(..)");
    }

    #[test]
    fn equality_sees_every_byte() {
        let secret = Secret::copy_of(&[7; 32]);
        for position in 0..32 {
            let mut other = [7; 32];
            other[position] ^= 1;
            assert_ne!(secret, Secret::copy_of(&other));
        }
        assert_eq!(secret, Secret::copy_of(&[7; 32]));
        let (bytes, text) =
            (|bytes: &[u8]| SecretBytes::new(bytes.to_vec()), |text: &str| SecretText::new(text.to_string()));
        for other in ["secreu", "tecret", "secre", "secrets", ""] {
            assert_ne!(text("secret"), text(other));
            assert_ne!(bytes(b"secret"), bytes(other.as_bytes()));
        }
        assert_eq!(text("secret"), text("secret"));
        assert_eq!(bytes(b"secret"), bytes(b"secret"));
    }

    #[test]
    fn what_is_wiped_is_empty() {
        let (mut text, mut bytes) =
            (SecretText::new("secret".to_string()), SecretBytes::new(b"secret".to_vec()));
        text.wipe();
        bytes.wipe();
        assert_eq!((text.as_str(), bytes.as_bytes()), ("", &b""[..]));
        let mut secret = Secret::copy_of(&[7; 32]);
        assert_eq!(secret.as_mut_bytes().len(), 32);
        assert_eq!(secret.wiped(), Secret::zeroed());
    }

    #[test]
    fn bytes_are_moved_when_they_must_be() {
        let mut bytes = SecretBytes::with_capacity(4);
        let (capacity, place) = (bytes.0.capacity(), bytes.0.as_ptr());
        (0..capacity).for_each(|_| bytes.extend(&[7]));
        bytes.reserve(0);
        assert_eq!((bytes.0.capacity(), bytes.0.as_ptr()), (capacity, place));
        bytes.reserve(100);
        assert!(bytes.0.capacity() >= capacity + 100);
    }

    #[test]
    fn growing_keeps_the_bytes() {
        let mut bytes = SecretBytes::with_capacity(1);
        for byte in 0..200 {
            bytes.extend(&[byte]);
        }
        assert!(bytes.as_bytes().iter().copied().eq(0..200));
    }

    #[test]
    fn split_cuts_where_it_says() {
        let (first, last): (&[u8; 1], &[u8; 3]) = split(&[1, 2, 3, 4]);
        assert_eq!((first, last), (&[1], &[2, 3, 4]));
    }
}

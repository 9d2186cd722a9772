//! HPKE (RFC 9180), base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305.

use alloc::{boxed::Box, vec::Vec};
use core::convert::Infallible;

use hpke::{
    Deserializable, HpkeError, OpModeR, OpModeS, Serializable,
    aead::{AeadCtxR, AeadCtxS, AeadTag, ChaCha20Poly1305},
    kdf::HkdfSha256,
    kem::{Kem, X25519HkdfSha256},
    setup_receiver, setup_sender_with_rng,
};
use rand_core::{TryCryptoRng, TryRng};

#[cfg(test)]
use super::work::Work;
use super::{aead::TAG_LENGTH, x25519::NonContributory};
use crate::secret::{FOR_CURVES, FOR_HASHES, Scratch, SecretBytes, with_wiped_stack};

/// The longest `info` that is set up with, in bytes. The RFC allows more; the library panics from about 2^16 on.
pub(crate) const MAX_INFO_LENGTH: usize = 65_000;

/// The context of the party that sends; on the heap, so that moving it later leaves no copy of its keys behind.
pub(crate) struct SenderContext(Box<AeadCtxS<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>>);

/// The context of the party that receives; on the heap too.
pub(crate) struct RecipientContext(Box<AeadCtxR<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>>);

/// The context has numbered all messages that it can, or one is longer than 256 GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CannotSeal;

/// Why a message was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CannotOpen {
    AuthenticationFailed,
    /// The context has numbered all messages that it can.
    Exhausted,
}

impl SenderContext {
    /// `SetupBaseS(their_key, info)` with the ephemeral key pair `DeriveKeyPair(key_material)`; also returns the encapsulated key.
    pub(crate) fn set_up(
        their_key: &[u8; 32],
        info: &[u8],
        key_material: &Scratch<32>,
    ) -> Result<(Self, [u8; 32]), NonContributory> {
        #[cfg(test)]
        Work::x25519(2);
        let their_key = public_key(their_key)?;
        let mut drawn = Drawn(Some(key_material));
        let set_up = || {
            setup_sender_with_rng(&OpModeS::Base, &their_key, info, &mut drawn).map(
                |(encapsulated_key, context)| (Self(Box::new(context)), encapsulated_key.to_bytes().into()),
            )
        };
        with_wiped_stack::<FOR_CURVES, _>(set_up).map_err(|_| NonContributory)
    }

    /// `ciphertext || tag` of `plaintext`, encrypted in place; moves on by one message.
    pub(crate) fn seal(
        &mut self,
        associated_data: &[u8],
        mut plaintext: SecretBytes,
    ) -> Result<Vec<u8>, CannotSeal> {
        plaintext.reserve(TAG_LENGTH);
        let buffer = plaintext.as_mut_vec();
        let seal = || self.0.seal_inout_detached(buffer.as_mut_slice().into(), associated_data);
        let tag = with_wiped_stack::<FOR_CURVES, _>(seal).map_err(|_| CannotSeal)?;
        buffer.extend_from_slice(&tag.to_bytes());
        Ok(plaintext.into_vec())
    }
}

impl RecipientContext {
    /// `SetupBaseR(encapsulated_key, secret_key, info)`
    pub(crate) fn set_up(
        secret_key: &[u8; 32],
        encapsulated_key: &[u8; 32],
        info: &[u8],
    ) -> Result<Self, NonContributory> {
        // The agreement, and our public key once more.
        #[cfg(test)]
        Work::x25519(2);
        let set_up = || {
            let secret_key = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(secret_key)?;
            let encapsulated_key = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated_key)?;
            setup_receiver(&OpModeR::Base, &secret_key, &encapsulated_key, info)
                .map(|context| Self(Box::new(context)))
        };
        with_wiped_stack::<FOR_CURVES, _>(set_up).map_err(|_| NonContributory)
    }

    /// Checks the tag and decrypts `ciphertext || tag`; moves on by one message if that succeeds.
    pub(crate) fn open(
        &mut self,
        associated_data: &[u8],
        ciphertext: &[u8],
    ) -> Result<SecretBytes, CannotOpen> {
        let failed = CannotOpen::AuthenticationFailed;
        let (ciphertext, tag) = ciphertext.split_last_chunk::<TAG_LENGTH>().ok_or(failed)?;
        let tag = AeadTag::from_bytes(tag).map_err(|_| failed)?;
        #[cfg(test)]
        Work::cipher(ciphertext.len(), 64);
        let mut plaintext = SecretBytes::new(ciphertext.to_vec());
        let buffer = plaintext.as_mut_vec();
        let open = || self.0.open_inout_detached(buffer.as_mut_slice().into(), associated_data, &tag);
        with_wiped_stack::<FOR_CURVES, _>(open).map_err(|error| match error {
            HpkeError::MessageLimitReached => CannotOpen::Exhausted,
            _ => failed,
        })?;
        Ok(plaintext)
    }
}

/// What either context derives for both parties: `Export(exporter_context, N)`
pub(crate) trait Export {
    fn export<const N: usize>(&self, exporter_context: &[u8], output: &mut [u8; N]);
}

impl Export for SenderContext {
    fn export<const N: usize>(&self, exporter_context: &[u8], output: &mut [u8; N]) {
        #[expect(clippy::expect_used, reason = "exports of up to 255 blocks succeed")]
        with_wiped_stack::<FOR_HASHES, _>(|| self.0.export(exporter_context, output))
            .expect("the output is short");
    }
}

impl Export for RecipientContext {
    fn export<const N: usize>(&self, exporter_context: &[u8], output: &mut [u8; N]) {
        #[expect(clippy::expect_used, reason = "exports of up to 255 blocks succeed")]
        with_wiped_stack::<FOR_HASHES, _>(|| self.0.export(exporter_context, output))
            .expect("the output is short");
    }
}

fn public_key(bytes: &[u8; 32]) -> Result<<X25519HkdfSha256 as Kem>::PublicKey, NonContributory> {
    // 32 bytes are always a key; whether it has small order, the agreement tells.
    <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(bytes).map_err(|_| NonContributory)
}

/// Key material that was drawn already, from a generator that may fail; handed on, once, to one that may not.
struct Drawn<'a>(Option<&'a Scratch<32>>);

impl TryRng for Drawn<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        // The key material of one ephemeral key is drawn, 32 bytes at once, and nothing else: a library that began to draw more must not get
        // zeros or the same bytes again.
        #[expect(clippy::expect_used, reason = "the RFC's vectors show that nothing else is drawn")]
        let drawn = self.0.take().filter(|_| bytes.len() == 32).expect("HPKE draws 32 bytes, once");
        bytes.copy_from_slice(drawn.as_bytes());
        Ok(())
    }
}

impl TryCryptoRng for Drawn<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(draw: impl FnOnce(&mut Drawn<'_>)) {
        draw(&mut Drawn(Some(&Scratch::zeroed())));
    }

    #[test]
    #[should_panic(expected = "HPKE draws 32 bytes, once")]
    fn no_small_number_is_drawn() {
        drawn(|rng| _ = rng.try_next_u32());
    }

    #[test]
    #[should_panic(expected = "HPKE draws 32 bytes, once")]
    fn no_large_number_is_drawn() {
        drawn(|rng| _ = rng.try_next_u64());
    }

    #[test]
    #[should_panic(expected = "HPKE draws 32 bytes, once")]
    fn nothing_is_drawn_twice() {
        drawn(|rng| (0..2).for_each(|_| _ = rng.try_fill_bytes(&mut [0; 32])));
    }
}

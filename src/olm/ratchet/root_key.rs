use crate::{
    keys::{Curve25519KeyPair, Curve25519PublicKey},
    primitives::{kdf, x25519::NonContributory},
    secret::{Scratch, Secret},
};

/// The root key: every advance mixes a new shared secret into it.
#[derive(Debug)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub(super) struct RootKey(Secret<32>);

impl RootKey {
    pub(super) fn new(key: Secret<32>) -> Self {
        Self(key)
    }

    pub(super) fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// `root_key'[32] || chain_key[32] = HKDF-SHA-256(root_key, X25519(ours, theirs), "OLM_RATCHET")`, both not in use yet.
    pub(super) fn next(
        &self,
        ours: &Curve25519KeyPair,
        theirs: &Curve25519PublicKey,
        next: &mut Scratch<64>,
    ) -> Result<(), NonContributory> {
        let mut shared_secret = Scratch::zeroed();
        ours.diffie_hellman(theirs, shared_secret.as_mut_bytes())?;
        derive(self.0.as_bytes(), shared_secret.as_bytes(), next.as_mut_bytes());
        Ok(())
    }

    /// Moves on to a key that was derived from this one.
    pub(super) fn replace(&mut self, key: &[u8; 32]) {
        self.0.replace(key);
    }
}

/// The key derivation of [`RootKey::next`].
pub(in crate::olm) fn derive(root_key: &[u8; 32], shared_secret: &[u8; 32], output: &mut [u8; 64]) {
    kdf::hkdf(root_key, shared_secret, b"OLM_RATCHET", output);
}

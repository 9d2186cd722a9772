//! Triple Diffie-Hellman, the key agreement in front of the ratchet (Olm specification, "Initial setup").
//!
//! ```text
//! S = X25519(IA, EB) || X25519(EA, IB) || X25519(EA, EB)
//! root_key[32] || chain_key[32] = HKDF-SHA-256(no salt, S, "OLM_ROOT")
//! ```
//!
//! `IA`, `IB` identity keys, `EA` base key, `EB` one-time key; each party uses its secret halves.

use crate::{
    keys::{Curve25519KeyPair, Curve25519PublicKey, SingleUseKeyPair},
    primitives::{kdf, x25519::NonContributory},
    secret::{Scratch, Secret, split},
};

/// What both parties share after a handshake: the first root key and the first chain key. Wiped when dropped, used once.
#[derive(Debug)]
pub struct SharedKeys {
    pub(super) root_key: Secret<32>,
    pub(super) chain_key: Secret<32>,
}

impl SharedKeys {
    /// The keys that another handshake than triple Diffie-Hellman agreed, 32 bytes each. They must be as good as random, known to
    /// both parties alone, and used for one session. The caller's copies are the caller's to wipe.
    #[must_use]
    pub fn from_bytes(root_key: &[u8; 32], chain_key: &[u8; 32]) -> Self {
        Self { root_key: Secret::copy_of(root_key), chain_key: Secret::copy_of(chain_key) }
    }
}

/// The agreement of the party that starts the session; ends the base key.
pub(super) fn start(
    identity_key: &Curve25519KeyPair,
    base_key: SingleUseKeyPair,
    their_identity_key: &Curve25519PublicKey,
    their_one_time_key: &Curve25519PublicKey,
) -> Result<SharedKeys, NonContributory> {
    let mut shared_secret = Scratch::<96>::zeroed();
    let [first, second, third] = parts(&mut shared_secret);
    identity_key.diffie_hellman(their_one_time_key, first)?;
    base_key.diffie_hellman_both((their_identity_key, second), (their_one_time_key, third))?;
    Ok(derive(shared_secret.as_bytes()))
}

/// The agreement of the party whose one-time key was used.
pub(super) fn answer(
    identity_key: &Curve25519KeyPair,
    one_time_key: &Curve25519KeyPair,
    their_identity_key: &Curve25519PublicKey,
    their_base_key: &Curve25519PublicKey,
) -> Result<SharedKeys, NonContributory> {
    let mut shared_secret = Scratch::<96>::zeroed();
    let [first, second, third] = parts(&mut shared_secret);
    one_time_key.diffie_hellman(their_identity_key, first)?;
    identity_key.diffie_hellman(their_base_key, second)?;
    one_time_key.diffie_hellman(their_base_key, third)?;
    Ok(derive(shared_secret.as_bytes()))
}

fn parts(shared_secret: &mut Scratch<96>) -> &mut [[u8; 32]; 3] {
    #[expect(clippy::expect_used, reason = "96 bytes are three times 32")]
    let parts = shared_secret.as_mut_bytes().as_chunks_mut().0.first_chunk_mut().expect("96 = 3 * 32");
    parts
}

pub(super) fn derive(shared_secret: &[u8; 96]) -> SharedKeys {
    let mut output = Scratch::<64>::zeroed();
    kdf::hkdf(&[], shared_secret, b"OLM_ROOT", output.as_mut_bytes());
    let (root_key, chain_key) = split(output.as_bytes());
    SharedKeys::from_bytes(root_key, chain_key)
}

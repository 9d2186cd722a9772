//! What the library makes of two drawn secret keys, computed a second time, by the words of the specifications.

use chacha20poly1305::{AeadInOut, ChaCha20Poly1305, KeyInit, aead::inout::InOutBuf};
use hmac::{Hmac, Mac};
use sha2::{Sha256, Sha512};
use x25519_dalek::{PublicKey, StaticSecret};

pub(crate) type Key = [u8; 32];

pub(crate) fn public_key(secret_key: &Key) -> Key {
    PublicKey::from(&StaticSecret::from(*secret_key)).to_bytes()
}

pub(crate) fn x25519(secret_key: &Key, public_key: &Key) -> Key {
    StaticSecret::from(*secret_key).diffie_hellman(&PublicKey::from(*public_key)).to_bytes()
}

/// As the arithmetic uses it (RFC 7748, section 5).
pub(crate) fn clamped(mut secret_key: Key) -> Key {
    secret_key[0] &= 248;
    secret_key[31] = secret_key[31] & 127 | 64;
    secret_key
}

pub(crate) fn hmac(key: &[u8], text: &[u8]) -> Key {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text);
    mac.finalize().into_bytes().into()
}

/// The second step of HKDF-SHA-256, for whole blocks.
fn expand<const BLOCKS: usize>(pseudorandom_key: &Key, info: &[u8]) -> [Key; BLOCKS] {
    let mut before = Vec::new();
    let mut number = 0;
    [(); BLOCKS].map(|()| {
        number += 1;
        let block = hmac(pseudorandom_key, &[&before[..], info, &[number]].concat());
        before = block.to_vec();
        block
    })
}

/// HKDF-SHA-256, for whole blocks.
pub(crate) fn hkdf<const BLOCKS: usize>(salt: &[u8], key_material: &[u8], info: &[u8]) -> [Key; BLOCKS] {
    expand(&hmac(salt, key_material), info)
}

pub(crate) fn hmac_sha512(key: &[u8], text: &[u8]) -> [u8; 64] {
    let mut mac = Hmac::<Sha512>::new_from_slice(key).unwrap();
    mac.update(text);
    mac.finalize().into_bytes().into()
}

/// The first half of a block of HKDF-SHA-512 without salt.
pub(crate) fn hkdf_sha512(key_material: &[u8], info: &str) -> Key {
    let pseudorandom_key = hmac_sha512(&[], key_material);
    *hmac_sha512(&pseudorandom_key, &[info.as_bytes(), &[1]].concat()).first_chunk().unwrap()
}

/// The first block of PBKDF2-HMAC-SHA-512.
pub(crate) fn pbkdf2(passphrase: &str, salt: &[u8], rounds: u32) -> [u8; 64] {
    let keyed = Hmac::<Sha512>::new_from_slice(passphrase.as_bytes()).unwrap();
    let round = |text: &[u8]| -> [u8; 64] { keyed.clone().chain_update(text).finalize().into_bytes().into() };
    let mut previous = round(&[salt, &[0, 0, 0, 1]].concat());
    let mut sum = previous;
    for _ in 1..rounds {
        previous = round(&previous);
        sum.iter_mut().zip(previous).for_each(|(sum, next)| *sum ^= next);
    }
    sum
}

/// HPKE in base mode with X25519, HKDF-SHA-256 and ChaCha20-Poly1305 (RFC 9180): every secret of a channel.
pub(crate) struct Hpke {
    /// The secret key of the sender.
    pub(crate) ephemeral: Key,
    pub(crate) encapsulated_key: Key,
    pub(crate) agreed: Key,
    pub(crate) shared_secret: Key,
    pub(crate) secret: Key,
    pub(crate) key: Key,
    base_nonce: [u8; 12],
    pub(crate) exporter_secret: Key,
}

const KEM: &[u8] = b"KEM\x00\x20";
const SUITE: &[u8] = b"HPKE\x00\x20\x00\x01\x00\x03";

/// LabeledExtract
fn labeled_extract(suite: &[u8], salt: &[u8], label: &str, key_material: &[u8]) -> Key {
    hmac(salt, &[b"HPKE-v1", suite, label.as_bytes(), key_material].concat())
}

/// LabeledExpand, no longer than one block
fn labeled_expand(suite: &[u8], key: &Key, label: &str, info: &[u8], length: u8) -> Key {
    let [block] = expand(key, &[&[0, length], &b"HPKE-v1"[..], suite, label.as_bytes(), info].concat());
    block
}

impl Hpke {
    /// Of the recipient's secret key, and the key material that the sender draws.
    pub(crate) fn new(secret_key: &Key, key_material: &Key, info: &str) -> Self {
        let dkp_prk = labeled_extract(KEM, &[], "dkp_prk", key_material);
        let ephemeral = labeled_expand(KEM, &dkp_prk, "sk", &[], 32);
        let (encapsulated_key, their_key) = (public_key(&ephemeral), public_key(secret_key));
        let agreed = x25519(&ephemeral, &their_key);
        let eae_prk = labeled_extract(KEM, &[], "eae_prk", &agreed);
        let keys = [encapsulated_key, their_key];
        let shared_secret = labeled_expand(KEM, &eae_prk, "shared_secret", keys.as_flattened(), 32);

        let psk_id_hash = labeled_extract(SUITE, &[], "psk_id_hash", &[]);
        let info_hash = labeled_extract(SUITE, &[], "info_hash", info.as_bytes());
        let context = [&[0][..], &psk_id_hash, &info_hash].concat();
        let secret = labeled_extract(SUITE, &shared_secret, "secret", &[]);
        let expand = |label: &str, length: u8| labeled_expand(SUITE, &secret, label, &context, length);
        let base_nonce = *expand("base_nonce", 12).first_chunk().unwrap();
        let (key, exporter_secret) = (expand("key", 32), expand("exp", 32));
        Self { ephemeral, encapsulated_key, agreed, shared_secret, secret, key, base_nonce, exporter_secret }
    }

    pub(crate) fn export(&self, context: &str) -> Key {
        labeled_expand(SUITE, &self.exporter_secret, "sec", context.as_bytes(), 32)
    }

    /// What the first message says.
    pub(crate) fn open(&self, associated_data: &[u8], ciphertext: &[u8]) -> Vec<u8> {
        open(&self.key, &self.base_nonce, associated_data, ciphertext)
    }
}

/// What a message of a login channel says.
pub(crate) fn open(key: &Key, nonce: &[u8; 12], associated_data: &[u8], ciphertext: &[u8]) -> Vec<u8> {
    let (text, tag) = ciphertext.split_last_chunk::<16>().unwrap();
    let mut text = text.to_vec();
    let (cipher, buffer) = (ChaCha20Poly1305::new(key.into()), InOutBuf::from(text.as_mut_slice()));
    cipher.decrypt_inout_detached(nonce.into(), associated_data, buffer, tag.into()).unwrap();
    text
}

//! The envelopes of saved state, by their descriptions and not by the library's own writers: what is sealed here must open
//! there, and what is sealed there must open here.

use aes::Aes256;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit, block_padding::Pkcs7};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, aead::Aead};
use cliquet::pickle::PickleKind;

use crate::{
    primitives::{hkdf_sha256, hmac_sha256},
    reference_base64,
};

/// The header of a native pickle without encryption, of format version 1.
pub fn native_header(form: u8, kind: PickleKind) -> [u8; 10] {
    let kind = match kind {
        PickleKind::Account => 1,
        PickleKind::Session => 2,
        PickleKind::OutboundGroupSession => 3,
        PickleKind::InboundGroupSession => 4,
        other => panic!("a kind that these targets do not know: {other:?}"),
    };
    [b'c', b'l', b'i', b'q', b'u', b'e', b't', form, 1, kind]
}

/// A native pickle without encryption.
pub fn native_plain(kind: PickleKind, body: &[u8]) -> Vec<u8> {
    [&native_header(b'u', kind), body].concat()
}

/// A sealed native pickle.
pub fn native_seal(
    kind: PickleKind,
    key: &[u8; 32],
    context: &[u8],
    salt: &[u8; 32],
    body: &[u8],
) -> Vec<u8> {
    let header = native_header(b's', kind);
    let keys = hkdf_sha256(salt, key, &header);
    let mut pickle = [&header[..], salt, &encrypt(&keys, body)].concat();
    let length = u64::try_from(context.len()).expect("a fuzzer's input is short").to_be_bytes();
    let mac = hmac_sha256(&keys[32..64], &[&pickle, context, &length]);
    pickle.extend_from_slice(&mac);
    pickle
}

/// The text in which libolm and vodozemac keep a pickle.
pub fn legacy_seal(key: &[u8], body: &[u8]) -> String {
    let keys = hkdf_sha256(&[], key, b"Pickle");
    let mut bytes = encrypt(&keys, body);
    let mac = hmac_sha256(&keys[32..64], &[&bytes]);
    bytes.extend_from_slice(&mac[..8]);
    reference_base64::encode(&bytes)
}

/// What such a text holds; it must be authentic.
pub fn legacy_open(key: &[u8], text: &str) -> Vec<u8> {
    legacy_try_open(key, text).expect("it is authentic")
}

/// What such a text holds, if it is one and authentic under this key.
pub fn legacy_try_open(key: &[u8], text: &str) -> Option<Vec<u8>> {
    let keys = hkdf_sha256(&[], key, b"Pickle");
    let bytes = reference_base64::decode(text)?;
    let (ciphertext, mac) = bytes.split_at(bytes.len().checked_sub(8)?);
    if mac != &hmac_sha256(&keys[32..64], &[ciphertext])[..8] {
        return None;
    }
    let (aes_key, iv) = aes_key_and_iv(&keys);
    cbc::Decryptor::<Aes256>::new(&aes_key.into(), &iv.into()).decrypt_padded_vec::<Pkcs7>(ciphertext).ok()
}

/// The two texts of a dehydrated device: ciphertext and nonce.
pub fn dehydrated_seal(key: &[u8; 32], nonce: &[u8; 12], plaintext: &[u8]) -> [String; 2] {
    let ciphertext = ChaCha20Poly1305::new(key.into()).encrypt(nonce.into(), plaintext);
    [&ciphertext.expect("a fuzzer's input is short")[..], nonce].map(reference_base64::encode)
}

/// The plaintext of a dehydrated device, which must be authentic.
pub fn dehydrated_open(key: &[u8; 32], nonce: &str, ciphertext: &str) -> Vec<u8> {
    let [nonce, ciphertext] = [nonce, ciphertext].map(|text| reference_base64::decode(text).expect("base64"));
    let nonce: [u8; 12] = nonce.try_into().expect("a nonce has 12 bytes");
    ChaCha20Poly1305::new(key.into()).decrypt((&nonce).into(), &ciphertext[..]).expect("it is authentic")
}

/// The plaintext of a dehydrated device, if it is authentic.
pub fn dehydrated_try_open(key: &[u8; 32], nonce: &[u8; 12], ciphertext: &[u8]) -> Option<Vec<u8>> {
    ChaCha20Poly1305::new(key.into()).decrypt(nonce.into(), ciphertext).ok()
}

fn encrypt(keys: &[u8; 80], plaintext: &[u8]) -> Vec<u8> {
    let (aes_key, iv) = aes_key_and_iv(keys);
    cbc::Encryptor::<Aes256>::new(&aes_key.into(), &iv.into()).encrypt_padded_vec::<Pkcs7>(plaintext)
}

fn aes_key_and_iv(keys: &[u8; 80]) -> ([u8; 32], [u8; 16]) {
    (*keys.first_chunk().expect("of 80"), *keys.last_chunk().expect("of 80"))
}

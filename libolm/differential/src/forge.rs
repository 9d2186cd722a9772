//! The cipher of libolm's messages and pickles, to read what the libraries wrote and to write what neither would.

use aes::Aes256;
use base64ct::{Base64Unpadded, Encoding};
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit, block_padding::NoPadding};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// `aes[32] || mac[32] || iv[16] = HKDF-SHA-256(no salt, secret, info)`
pub(crate) struct Keys {
    aes: [u8; 32],
    mac: [u8; 32],
    iv: [u8; 16],
}

impl Keys {
    pub(crate) fn of_pickle(key: &[u8]) -> Self {
        Self::expand(key, b"Pickle")
    }

    pub(crate) fn of_olm(message_key: &[u8]) -> Self {
        Self::expand(message_key, b"OLM_KEYS")
    }

    pub(crate) fn of_megolm(ratchet: &[u8]) -> Self {
        Self::expand(ratchet, b"MEGOLM_KEYS")
    }

    /// Of a backup entry, from the agreed secret.
    pub(crate) fn of_backup(secret: &[u8]) -> Self {
        Self::expand(secret, b"")
    }

    fn expand(secret: &[u8], info: &[u8]) -> Self {
        let expanded = hkdf(&[0; 32], secret, info);
        Self {
            aes: expanded[..32].try_into().unwrap(),
            mac: expanded[32..64].try_into().unwrap(),
            iv: expanded[64..80].try_into().unwrap(),
        }
    }

    /// AES-256-CBC of the whole blocks; what follows them stays as it is.
    pub(crate) fn encrypt(&self, blocks: &[u8]) -> Vec<u8> {
        let cipher = cbc::Encryptor::<Aes256>::new(&self.aes.into(), &self.iv.into());
        let mut buffer = blocks.to_vec();
        let whole = buffer.len() / 16 * 16;
        cipher.encrypt_padded::<NoPadding>(&mut buffer[..whole], whole).expect("whole blocks");
        buffer
    }

    fn decrypt(&self, ciphertext: &[u8]) -> Option<Vec<u8>> {
        let cipher = cbc::Decryptor::<Aes256>::new(&self.aes.into(), &self.iv.into());
        let mut buffer = ciphertext.to_vec();
        cipher.decrypt_padded::<NoPadding>(&mut buffer).ok()?;
        let padding = usize::from(*buffer.last()?);
        buffer.truncate(buffer.len().checked_sub(padding)?);
        Some(buffer)
    }

    /// The eight bytes of a MAC that travel.
    pub(crate) fn mac(&self, authenticated: &[u8]) -> [u8; 8] {
        hmac(&self.mac, &[authenticated])[..8].try_into().unwrap()
    }
}

pub(crate) fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut hmac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("any length");
    for part in parts {
        hmac.update(part);
    }
    hmac.finalize().into_bytes().into()
}

/// The first 96 bytes of HKDF-SHA-256.
pub(crate) fn hkdf(salt: &[u8], secret: &[u8], info: &[u8]) -> Vec<u8> {
    let extracted = hmac(salt, &[secret]);
    let (mut expanded, mut last) = (Vec::new(), Vec::new());
    for counter in 1..=3 {
        last = hmac(&extracted, &[&last, info, &[counter]]).to_vec();
        expanded.extend_from_slice(&last);
    }
    expanded
}

/// Fills up to whole blocks, as PKCS#7 says.
pub(crate) fn padded(plaintext: &[u8]) -> Vec<u8> {
    let padding = 16 - plaintext.len() % 16;
    let mut blocks = plaintext.to_vec();
    blocks.resize(plaintext.len() + padding, padding.try_into().unwrap());
    blocks
}

/// A pickle with this content under this key.
pub(crate) fn seal_pickle(key: &[u8], content: &[u8]) -> Vec<u8> {
    seal_pickle_blocks(key, &padded(content))
}

/// A pickle whose padding is the caller's.
pub(crate) fn seal_pickle_blocks(key: &[u8], blocks: &[u8]) -> Vec<u8> {
    let keys = Keys::of_pickle(key);
    let mut sealed = keys.encrypt(blocks);
    sealed.extend(keys.mac(&sealed));
    to_base64(&sealed)
}

/// The content of a pickle that a library wrote under this key.
pub(crate) fn open_pickle(key: &[u8], pickle: &[u8]) -> Vec<u8> {
    try_open_pickle(key, pickle).expect("a library wrote it")
}

/// The content of a pickle, if this is its key.
pub(crate) fn try_open_pickle(key: &[u8], pickle: &[u8]) -> Option<Vec<u8>> {
    let sealed = from_base64(pickle)?;
    let (ciphertext, mac) = sealed.split_at(sealed.len().checked_sub(8)?);
    let keys = Keys::of_pickle(key);
    if keys.mac(ciphertext) == mac { keys.decrypt(ciphertext) } else { None }
}

pub(crate) fn to_base64(bytes: &[u8]) -> Vec<u8> {
    Base64Unpadded::encode_string(bytes).into_bytes()
}

/// The bytes, if the text is as a library writes it.
pub(crate) fn from_base64(text: &[u8]) -> Option<Vec<u8>> {
    Base64Unpadded::decode_vec(std::str::from_utf8(text).ok()?).ok()
}

//! AES-256-CBC with HMAC-SHA-256, encrypt-then-MAC: the cipher of Olm and Megolm messages and of pickles.
//!
//! Both directions expand their keys themselves, so that a key and an IV are never used twice:
//! `aes_key[32] || mac_key[32] || iv[16] = HKDF-SHA-256(salt, key_material, info)`.

mod blocks;

use alloc::vec::Vec;

use aes::Aes256;
use cbc::cipher::{
    BlockModeEncrypt, KeyIvInit,
    block_padding::{Padding, Pkcs7},
};
use subtle::ConstantTimeEq;
#[cfg(feature = "insecure-pk-encryption")]
use subtle::{Choice, ConstantTimeGreater};
use zeroize::Zeroize;

use super::kdf::{self, HmacKey};
#[cfg(test)]
use super::work::Work;
#[cfg(feature = "insecure-pk-encryption")]
use crate::secret::SecretBytes;
use crate::{
    encoding::DecodeError,
    secret::{FOR_CIPHERS, FOR_MESSAGES, Scratch, split, with_wiped_stack},
};

/// The block length of AES, in bytes.
const BLOCK: usize = 16;

/// The MAC or the padding is wrong; which of the two is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AuthenticationFailed;

/// What the keys of one message are expanded from, and what its MAC covers beside its bytes.
pub(crate) struct MessageSecret<'a> {
    key_material: &'a [u8],
    info: &'a [u8],
    salt: &'a [u8],
    context: &'a [&'a [u8]],
}

impl<'a> MessageSecret<'a> {
    /// No salt and no context, as in every format that is older than cliquet.
    pub(crate) fn new(key_material: &'a [u8], info: &'a [u8]) -> Self {
        Self { key_material, info, salt: &[], context: &[] }
    }

    /// With a salt, and a context that the MAC covers behind the bytes of the message.
    pub(crate) fn with_salt_and_context(self, salt: &'a [u8], context: &'a [&'a [u8]]) -> Self {
        Self { salt, context, ..self }
    }

    // Out of line, so that its frame and that of `mac` take the same place: less is to be wiped.
    #[inline(never)]
    fn expand(&self, keys: &mut Scratch<80>) {
        kdf::extract_and_expand(self.salt, self.key_material, self.info, keys.as_mut_bytes());
    }

    /// `HMAC-SHA-256(mac_key, authenticated || context)`
    #[inline(never)]
    fn mac(&self, mac_key: &[u8; 32], authenticated: &[u8], mac: &mut [u8; 32]) {
        let hmac = HmacKey::new(mac_key);
        hmac.into_mac([authenticated].into_iter().chain(self.context.iter().copied()), mac);
    }
}

/// The length of the ciphertext of a plaintext, in bytes: PKCS#7 always adds 1 to 16.
pub(crate) fn ciphertext_length(plaintext_length: usize) -> usize {
    plaintext_length.saturating_add(BLOCK).saturating_sub(plaintext_length % BLOCK)
}

/// Refuses a length that no ciphertext has.
pub(crate) fn check_ciphertext_length(length: usize) -> Result<(), DecodeError> {
    if length > 0 && length.is_multiple_of(BLOCK) {
        Ok(())
    } else {
        Err(DecodeError::CiphertextLength { length })
    }
}

/// Encrypts the end of a message in place and appends its MAC.
///
/// `message[plaintext_start..]` is the plaintext; the MAC covers `message[authenticated_start..]` once encrypted.
/// The caller reserves room for padding and MAC, so that no plaintext is left behind in a moved buffer.
pub(crate) fn seal(
    secret: &MessageSecret<'_>,
    message: &mut Vec<u8>,
    authenticated_start: usize,
    plaintext_start: usize,
    mac_length: usize,
) {
    let plaintext_length = message.len().saturating_sub(plaintext_start);
    let padded_length = ciphertext_length(plaintext_length);
    message.resize(plaintext_start.saturating_add(padded_length), 0);
    #[cfg(test)]
    Work::cipher(padded_length, BLOCK);
    let mut mac = [0; 32];
    with_wiped_stack::<FOR_MESSAGES, _>(|| {
        let mut keys = Scratch::<80>::zeroed();
        secret.expand(&mut keys);
        let (aes_key, mac_key, iv) = parts(&keys);

        encrypt(aes_key, iv, message.get_mut(plaintext_start..).unwrap_or_default(), plaintext_length);
        secret.mac(mac_key, message.get(authenticated_start..).unwrap_or_default(), &mut mac);
    });
    message.extend_from_slice(mac.get(..mac_length).unwrap_or(&mac));
}

/// AES-256-CBC with PKCS#7 of the first bytes of a buffer, in place.
#[inline]
fn encrypt(aes_key: &[u8; 32], iv: &[u8; BLOCK], buffer: &mut [u8], plaintext_length: usize) {
    #[expect(clippy::expect_used, reason = "callers make the buffer long enough")]
    cbc::Encryptor::<Aes256>::new(aes_key.into(), iv.into())
        .encrypt_padded::<Pkcs7>(buffer, plaintext_length)
        .expect("the buffer has room for the padding");
}

/// Checks the MAC over `authenticated`, then decrypts `ciphertext` and removes its padding.
///
/// `mac` holds as many of the first bytes of the MAC as the format keeps; the caller has checked its length.
pub(crate) fn open(
    secret: &MessageSecret<'_>,
    authenticated: &[u8],
    ciphertext: &[u8],
    mac: &[u8],
) -> Result<Vec<u8>, AuthenticationFailed> {
    with_stack_wiped_for(ciphertext, || {
        let mut keys = Scratch::<80>::zeroed();
        secret.expand(&mut keys);
        check_and_decrypt(&keys, secret, authenticated, ciphertext, mac)
    })
}

#[inline]
fn check_and_decrypt(
    keys: &Scratch<80>,
    secret: &MessageSecret<'_>,
    authenticated: &[u8],
    ciphertext: &[u8],
    mac: &[u8],
) -> Result<Vec<u8>, AuthenticationFailed> {
    let (aes_key, mac_key, iv) = parts(keys);

    // The right MAC of a forged message is a secret until the comparison is over.
    let mut expected = Scratch::<32>::zeroed();
    secret.mac(mac_key, authenticated, expected.as_mut_bytes());
    let expected = expected.as_bytes().get(..mac.len()).unwrap_or_default();
    if mac.is_empty() || !bool::from(expected.ct_eq(mac)) {
        return Err(AuthenticationFailed);
    }

    #[cfg(test)]
    Work::cipher(ciphertext.len(), BLOCK);
    let mut plaintext = ciphertext.to_vec();
    let blocks = blocks::decrypt(aes_key, iv, &mut plaintext)?;
    let unpadded = Pkcs7::unpad_blocks(blocks).map(<[u8]>::len);
    match unpadded {
        Ok(length) => {
            plaintext.truncate(length);
            Ok(plaintext)
        }
        Err(_) => {
            plaintext.zeroize();
            Err(AuthenticationFailed)
        }
    }
}

/// Decrypts a ciphertext that nothing authenticates: `mac` is the beginning of a MAC over no bytes at all.
///
/// MAC and padding are checked without a branch between them, and fail together. That the whole fails or does not, the caller sees, and
/// with it whoever sees what the caller does.
#[cfg(feature = "insecure-pk-encryption")]
pub(crate) fn open_unauthenticated(
    secret: &MessageSecret<'_>,
    ciphertext: &[u8],
    mac: &[u8; 8],
) -> Result<Vec<u8>, AuthenticationFailed> {
    with_stack_wiped_for(ciphertext, || {
        let mut keys = Scratch::<80>::zeroed();
        secret.expand(&mut keys);
        decrypt_and_check(&keys, secret, ciphertext, mac)
    })
}

#[cfg(feature = "insecure-pk-encryption")]
#[inline]
fn decrypt_and_check(
    keys: &Scratch<80>,
    secret: &MessageSecret<'_>,
    ciphertext: &[u8],
    mac: &[u8; 8],
) -> Result<Vec<u8>, AuthenticationFailed> {
    let (aes_key, mac_key, iv) = parts(keys);

    let mut expected = Scratch::<32>::zeroed();
    secret.mac(mac_key, &[], expected.as_mut_bytes());
    let mac_is_right = expected.as_bytes().get(..mac.len()).unwrap_or_default().ct_eq(mac);

    #[cfg(test)]
    Work::cipher(ciphertext.len(), BLOCK);
    let mut plaintext = SecretBytes::new(ciphertext.to_vec());
    blocks::decrypt(aes_key, iv, plaintext.as_mut_vec())?;
    let (padding_is_right, padding) = check_padding(plaintext.as_bytes());

    if bool::from(mac_is_right & padding_is_right) {
        let length = plaintext.as_bytes().len().saturating_sub(padding.into());
        plaintext.as_mut_vec().truncate(length);
        Ok(plaintext.into_vec())
    } else {
        Err(AuthenticationFailed)
    }
}

/// Whether the last block ends as PKCS#7 demands, and the number in its last byte; looks at all of the block, whatever is in it.
#[cfg(feature = "insecure-pk-encryption")]
fn check_padding(plaintext: &[u8]) -> (Choice, u8) {
    let Some(block) = plaintext.last_chunk::<BLOCK>() else {
        return (Choice::from(0), 0);
    };
    let [.., padding] = *block;
    let mut right = padding.ct_gt(&0) & !padding.ct_gt(&16);
    for (distance, byte) in (1_u8..).zip(block.iter().rev()) {
        let is_padding = !distance.ct_gt(&padding);
        right &= !is_padding | byte.ct_eq(&padding);
    }
    (right, padding)
}

/// Many blocks take more of the stack than few.
fn with_stack_wiped_for<T>(ciphertext: &[u8], decrypt: impl FnOnce() -> T) -> T {
    if blocks::are_few(ciphertext.len()) {
        with_wiped_stack::<FOR_MESSAGES, _>(decrypt)
    } else {
        with_wiped_stack::<FOR_CIPHERS, _>(decrypt)
    }
}

fn parts(keys: &Scratch<80>) -> (&[u8; 32], &[u8; 32], &[u8; 16]) {
    let (aes_key, rest) = split::<80, 32, 48>(keys.as_bytes());
    let (mac_key, iv) = split::<48, 32, 16>(rest);
    (aes_key, mac_key, iv)
}

#[cfg(test)]
mod tests {
    mod proofs;
}

#[cfg(test)]
pub(crate) mod testing {
    use cbc::cipher::block_padding::NoPadding;

    use super::*;

    /// The cipher alone, under a key and an IV of the caller.
    pub(crate) fn encrypt(aes_key: &[u8; 32], iv: &[u8; BLOCK], plaintext: &[u8]) -> Vec<u8> {
        let mut buffer = plaintext.to_vec();
        buffer.resize(ciphertext_length(plaintext.len()), 0);
        super::encrypt(aes_key, iv, &mut buffer, plaintext.len());
        buffer
    }

    /// What both readers say of a ciphertext whose MAC is right; the one that looks at the padding without a branch must say the same, and
    /// none may say anything of one whose MAC is wrong.
    pub(crate) fn decrypt(
        aes_key: &[u8; 32],
        iv: &[u8; BLOCK],
        ciphertext: &[u8],
    ) -> Result<Vec<u8>, AuthenticationFailed> {
        let mac_key = [7; 32];
        let mut keys = Scratch::<80>::zeroed();
        keys.as_mut_bytes().copy_from_slice(&[aes_key.as_slice(), &mac_key, iv].concat());
        let secret = MessageSecret::new(&[], &[]);
        let mut mac = [0; 32];
        secret.mac(&mac_key, ciphertext, &mut mac);
        let decrypted = check_and_decrypt(&keys, &secret, ciphertext, ciphertext, &mac);
        mac[31] ^= 1;
        check_and_decrypt(&keys, &secret, ciphertext, ciphertext, &mac).unwrap_err();
        #[cfg(feature = "insecure-pk-encryption")]
        {
            secret.mac(&mac_key, &[], &mut mac);
            let mut mac = *mac.first_chunk().unwrap();
            assert_eq!(decrypt_and_check(&keys, &secret, ciphertext, &mac), decrypted);
            mac[7] ^= 1;
            decrypt_and_check(&keys, &secret, ciphertext, &mac).unwrap_err();
        }
        decrypted
    }

    /// A MAC and nothing else right: whole blocks are encrypted as they are, without padding.
    pub(crate) fn seal_unpadded(
        secret: &MessageSecret<'_>,
        message: &mut Vec<u8>,
        authenticated_start: usize,
        plaintext_start: usize,
        mac_length: usize,
    ) {
        let mut keys = Scratch::<80>::zeroed();
        secret.expand(&mut keys);
        let (aes_key, mac_key, iv) = parts(&keys);
        let length = message.len() - plaintext_start;
        cbc::Encryptor::<Aes256>::new(aes_key.into(), iv.into())
            .encrypt_padded::<NoPadding>(&mut message[plaintext_start..], length)
            .unwrap();
        let mut mac = [0; 32];
        secret.mac(mac_key, &message[authenticated_start..], &mut mac);
        message.extend_from_slice(&mac[..mac_length]);
    }
}

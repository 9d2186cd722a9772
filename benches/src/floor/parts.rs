//! The parts of the floor, each alone: where the time of an operation goes.

use aes::Aes256;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit, block_padding::NoPadding};
use ed25519_dalek::{
    VerifyingKey,
    hazmat::{ExpandedSecretKey, raw_sign},
};
use sha2::{Digest, Sha512};

use super::{
    bytes::{decode, encode, random},
    kdf::{NO_SALT, hkdf, keyed, mac},
    primitives::{ed25519, x25519},
};
use crate::{
    Result,
    measure::{Contestant, contestant},
    rows::check,
};

type Part = Result<Box<dyn Contestant>>;

/// A part that reads its state, and has to give the same as the first time.
fn repeated<S: 'static, O: PartialEq + 'static>(state: S, run: impl Fn(&S) -> Result<O> + 'static) -> Part {
    let expected = run(&state)?;
    let check = move |_: &mut S, found| check(found == expected, "the same gives something else");
    Ok(contestant(state, |_| Ok(()), move |state, ()| run(state), check))
}

/// AES-256-CBC in place.
pub(crate) fn encrypt(length: usize) -> Part {
    let run = |buffer: &mut Vec<u8>, ()| {
        let cipher = cbc::Encryptor::<Aes256>::new(&[1; 32].into(), &[2; 16].into());
        let length = buffer.len();
        cipher.encrypt_padded::<NoPadding>(buffer, length).map_err(|error| error.to_string())?;
        Ok(())
    };
    let check =
        |buffer: &mut Vec<u8>, ()| check(buffer.iter().any(|byte| *byte != 7), "nothing was encrypted");
    Ok(contestant(vec![7; length], |_| Ok(()), run, check))
}

pub(crate) fn decrypt(length: usize) -> Part {
    let run = |buffer: &mut Vec<u8>, ()| {
        let cipher = cbc::Decryptor::<Aes256>::new(&[1; 32].into(), &[2; 16].into());
        cipher.decrypt_padded::<NoPadding>(buffer).map_err(|error| error.to_string())?;
        Ok(())
    };
    let check =
        |buffer: &mut Vec<u8>, ()| check(buffer.iter().any(|byte| *byte != 7), "nothing was decrypted");
    Ok(contestant(vec![7; length], |_| Ok(()), run, check))
}

pub(crate) fn hmac(length: usize) -> Part {
    repeated(vec![7; length], |message: &Vec<u8>| Ok(mac(keyed(&[1; 32]), &[message])))
}

pub(crate) fn sha512(length: usize) -> Part {
    repeated(vec![7; length], |message: &Vec<u8>| Ok(Sha512::digest(message).to_vec()))
}

pub(crate) fn base64_encode(length: usize) -> Part {
    repeated(vec![7; length], |bytes: &Vec<u8>| Ok(encode(bytes)))
}

pub(crate) fn base64_decode(length: usize) -> Part {
    repeated(encode(&vec![7; length]), |text: &String| decode(text))
}

/// The keys of a message.
pub(crate) fn message_keys() -> Part {
    repeated([7; 32], |key_material: &[u8; 32]| Ok(hkdf::<80>(&NO_SALT, key_material, b"OLM_KEYS")))
}

pub(crate) fn sign(length: usize) -> Part {
    let secret_key = ExpandedSecretKey::from(&random::<32>()?);
    let public_key = VerifyingKey::from(&secret_key);
    repeated((secret_key, public_key, vec![7; length]), |(secret_key, public_key, message)| {
        Ok(raw_sign::<Sha512>(secret_key, message, public_key).to_bytes())
    })
}

pub(crate) fn verify(length: usize) -> Part {
    let secret_key = ExpandedSecretKey::from(&random::<32>()?);
    let (public_key, message) = (VerifyingKey::from(&secret_key), vec![7; length]);
    let signature = raw_sign::<Sha512>(&secret_key, &message, &public_key).to_bytes();
    repeated((public_key, message, signature), |(public_key, message, signature)| {
        ed25519::verify(public_key, message, signature).map_err(|_| "a signature is wrong".into())
    })
}

pub(crate) fn public_key() -> Part {
    repeated(random()?, |secret_key| Ok(x25519::public_key(secret_key)))
}

pub(crate) fn shared_secret() -> Part {
    let state: ([u8; 32], [u8; 32]) = (random()?, x25519::public_key(&random()?));
    repeated(state, |(secret_key, public_key)| {
        let mut shared = [0; 32];
        x25519::diffie_hellman(secret_key, public_key, &mut shared).map_err(|_| "a public key is weak")?;
        Ok(shared)
    })
}

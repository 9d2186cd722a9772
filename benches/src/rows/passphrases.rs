//! Stretching a passphrase, in steps as a program does that shows them, beside a library that does it in one go.

use cliquet::secret_storage::{PassphraseParameters, SecretStorageKey};
use sha2::Sha512;

use crate::{
    Result,
    measure::{Contestant, contestant},
    rows::check,
};

const ROUNDS: u32 = 10_000;
const STEP: u32 = 1_000;
const SALT: &str = "a salt of 24 characters.";
const PASSPHRASE: &str = "correct horse battery staple";

pub(super) fn in_steps() -> Result<Box<dyn Contestant>> {
    let expected = stretch();
    Ok(contestant(
        PassphraseParameters::new(SALT, ROUNDS)?,
        |_| Ok(()),
        |parameters, ()| {
            let mut stretching = parameters.stretch(PASSPHRASE, ROUNDS)?;
            while !stretching.advance(STEP) {}
            Ok(SecretStorageKey::from_passphrase(parameters, &stretching.finish())?)
        },
        move |_, key| check(key.as_bytes() == &expected, "a passphrase leads to another key"),
    ))
}

pub(super) fn in_one_go() -> Result<Box<dyn Contestant>> {
    Ok(contestant((), |()| Ok(()), |(), ()| Ok(stretch()), |(), _| Ok(())))
}

fn stretch() -> [u8; 32] {
    let mut key = [0; 32];
    pbkdf2::pbkdf2_hmac::<Sha512>(PASSPHRASE.as_bytes(), SALT.as_bytes(), ROUNDS, &mut key);
    key
}

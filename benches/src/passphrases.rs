//! Stretching a passphrase, in steps as a program does that shows them, beside a library that does it in one go.

use cliquet::secret_storage::{PassphraseParameters, SecretStorageKey};
use sha2::Sha512;

use crate::{Result, measure::Bench};

const ROUNDS: u32 = 10_000;
const STEP: u32 = 1_000;
const SALT: &str = "a salt of 24 characters.";
const PASSPHRASE: &str = "correct horse battery staple";

pub(crate) fn measure(bench: &mut Bench) -> Result<()> {
    let parameters = PassphraseParameters::new(SALT, ROUNDS)?;
    if in_steps(&parameters)?.as_bytes() != &in_one_go() {
        return Err("a passphrase leads to another key".into());
    }
    bench.compare("passphrase, 10 000 rounds", || in_steps(&parameters), || Ok(in_one_go()))
}

fn in_steps(parameters: &PassphraseParameters) -> Result<SecretStorageKey> {
    let mut stretching = parameters.stretch(PASSPHRASE, ROUNDS)?;
    while !stretching.advance(STEP) {}
    Ok(SecretStorageKey::from_passphrase(parameters, &stretching.finish())?)
}

fn in_one_go() -> [u8; 32] {
    let mut key = [0; 32];
    pbkdf2::pbkdf2_hmac::<Sha512>(PASSPHRASE.as_bytes(), SALT.as_bytes(), ROUNDS, &mut key);
    key
}

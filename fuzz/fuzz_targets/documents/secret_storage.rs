//! Stored secrets, checks of keys, and keys from passphrases, beside a second implementation.

use arbitrary::Arbitrary;
use cliquet::{
    rand_core::TryRng,
    secret_storage::{
        EncryptedSecret, KeyCheck, KeyDescription, PassphraseError, PassphraseParameters, SecretStorageKey,
    },
};
use cliquet_fuzz::{
    Damage,
    primitives::{counter_mode, hkdf_sha256, hmac_sha256, pbkdf2_hmac_sha512},
    random::{Failing, seeded},
};

use crate::attachment::Iv;

const MOST_ROUNDS: u32 = 20;

/// A secret under a name, and what the server makes of it.
#[derive(Arbitrary, Debug)]
pub(crate) struct Secrets<'a> {
    seed: u8,
    key: [u8; 32],
    name: String,
    change: Option<Change>,
    secret: &'a [u8],
}

#[derive(Arbitrary, Debug)]
enum Change {
    Ciphertext(Damage),
    Mac {
        at: u8,
        bit: u8,
    },
    Name(Damage),
    Key {
        at: u8,
        bit: u8,
    },
    /// The one thing that the MAC does not cover.
    Iv(Iv),
    IvAnd(Iv, Damage),
}

/// `aes_key[32] || mac_key[32]`
struct Keys([u8; 64]);

impl Keys {
    fn new(key: &[u8; 32], name: &str) -> Self {
        Self(hkdf_sha256(&[], key, name.as_bytes()))
    }

    fn counter_mode(&self, iv: &[u8; 16], bytes: &[u8]) -> Option<Vec<u8>> {
        counter_mode(self.0[..32].try_into().expect("half"), iv, bytes)
    }

    fn mac(&self, ciphertext: &[u8]) -> [u8; 32] {
        hmac_sha256(&self.0[32..], &[ciphertext])
    }

    fn open(&self, secret: &EncryptedSecret) -> Option<Vec<u8>> {
        let is_authentic = self.mac(&secret.ciphertext) == secret.mac;
        self.counter_mode(&secret.iv, &secret.ciphertext).filter(|_| is_authentic)
    }
}

/// What is drawn is the IV, with bit 63 cleared.
fn drawn_iv(seed: u8) -> [u8; 16] {
    let mut iv = [0; 16];
    seeded(seed.into()).try_fill_bytes(&mut iv).expect("it never fails");
    iv[8] &= 0x7f;
    iv
}

pub(crate) fn secrets(input: Secrets<'_>) {
    let Secrets { seed, key: bytes, name, change, secret } = input;
    let (key, keys) = (SecretStorageKey::from_bytes(&bytes), Keys::new(&bytes, &name));
    key.encrypt(&name, secret, &mut Failing).expect_err("there is no randomness");
    let stored = key.encrypt(&name, secret, &mut seeded(seed.into())).expect("it never fails");
    assert_eq!(stored.iv, drawn_iv(seed));
    assert_eq!(Some(&stored.ciphertext), keys.counter_mode(&stored.iv, secret).as_ref());
    assert_eq!(stored.mac, keys.mac(&stored.ciphertext));
    assert_eq!(opened(&key, &name, &stored), Some(secret.to_vec()));
    checks(seed, &bytes, &key);

    let (mut changed, mut other_name, mut other_key) = (stored.clone(), name.clone(), bytes);
    let Some(change) = change else { return };
    match &change {
        Change::Ciphertext(damage) => changed.ciphertext = damage.apply(&stored.ciphertext, &[]),
        Change::Mac { at, bit } => changed.mac[usize::from(at % 32)] ^= 1 << (bit % 8),
        Change::Name(damage) => {
            other_name = String::from_utf8_lossy(&damage.apply(name.as_bytes(), &[])).into_owned();
        }
        Change::Key { at, bit } => other_key[usize::from(at % 32)] ^= 1 << (bit % 8),
        Change::Iv(iv) => changed.iv = iv.bytes(),
        Change::IvAnd(iv, damage) => {
            (changed.iv, changed.ciphertext) = (iv.bytes(), damage.apply(&stored.ciphertext, &[]));
        }
    }
    let found = opened(&SecretStorageKey::from_bytes(&other_key), &other_name, &changed);
    // Another IV alone gives another secret, without an error.
    let is_covered = (changed.mac, &changed.ciphertext) == (stored.mac, &stored.ciphertext);
    let is_right = is_covered && (other_name, other_key) == (name, bytes);
    assert_eq!(found, keys.open(&changed).filter(|_| is_right));
}

fn opened(key: &SecretStorageKey, name: &str, secret: &EncryptedSecret) -> Option<Vec<u8>> {
    key.decrypt(name, secret).ok().map(|secret| secret.as_bytes().to_vec())
}

/// A check knows its key, and no other; with another IV, whatever follows from it.
fn checks(seed: u8, bytes: &[u8; 32], key: &SecretStorageKey) {
    KeyDescription::new(key, &mut Failing).expect_err("there is no randomness");
    let mut description = KeyDescription::new(key, &mut seeded(seed.into())).expect("it never fails");
    let check = description.check.expect("a new one has a check");
    assert_eq!(
        (check.iv, check),
        (drawn_iv(seed), key.check(&mut seeded(seed.into())).expect("it never fails"))
    );
    assert!(is_passed(bytes, &check) && key.passes(&check) && description.may_describe(key));
    let mut other = *bytes;
    other[usize::from(seed % 32)] ^= 1;
    assert!(!description.may_describe(&SecretStorageKey::from_bytes(&other)));
    let mut changed = check;
    changed.iv[usize::from(seed % 16)] ^= 0xff;
    assert_eq!(key.passes(&changed), is_passed(bytes, &changed));
    changed = check;
    changed.mac[usize::from(seed % 32)] ^= 1;
    assert!(!key.passes(&changed));
    description.check = None;
    assert!(description.may_describe(&SecretStorageKey::from_bytes(&other)));
}

fn is_passed(key: &[u8; 32], check: &KeyCheck) -> bool {
    let keys = Keys::new(key, "");
    keys.counter_mode(&check.iv, &[0; 32]).is_some_and(|ciphertext| keys.mac(&ciphertext) == check.mac)
}

/// A passphrase, stretched in steps.
#[derive(Arbitrary, Debug)]
pub(crate) struct Passphrases<'a> {
    rounds: u8,
    limit: u32,
    steps: &'a [u8],
    other: Option<Other>,
    passphrase: String,
    salt: String,
}

#[derive(Arbitrary, Debug)]
enum Other {
    Rounds(u8),
    Salt(Damage),
}

pub(crate) fn passphrases(input: Passphrases<'_>) {
    let Passphrases { rounds, limit, steps, other, passphrase, salt } = input;
    assert_eq!(PassphraseParameters::new(&*salt, 0), Err(PassphraseError::NoRounds));
    let rounds = u32::from(rounds) % MOST_ROUNDS + 1;
    let parameters = |salt: &str, rounds| PassphraseParameters::new(salt, rounds).expect("there are rounds");
    let hostile = parameters(&salt, u32::MAX - limit % 1000);
    let refused = hostile.stretch(&passphrase, limit.min(u32::MAX - 1000)).map(|_| ());
    assert!(matches!(refused, Err(PassphraseError::TooManyRounds { .. })));

    let wanted = parameters(&salt, rounds);
    let mut stretching = match wanted.stretch(&passphrase, limit) {
        Ok(stretching) => stretching,
        Err(error) => {
            assert!(rounds > limit && matches!(error, PassphraseError::TooManyRounds { .. }));
            wanted.stretch(&passphrase, rounds).expect("it is the limit")
        }
    };
    for step in steps {
        stretching.advance((*step).into());
    }
    let stretched = stretching.finish();
    let key = SecretStorageKey::from_passphrase(&wanted, &stretched).expect("its own parameters");
    assert_eq!(SecretStorageKey::derive(&wanted, &passphrase, rounds).as_ref(), Ok(&key));
    assert_eq!(key.as_bytes()[..], pbkdf2_hmac_sha512(passphrase.as_bytes(), salt.as_bytes(), rounds)[..32]);
    let other = match other {
        None => return,
        Some(Other::Rounds(other)) => parameters(&salt, u32::from(other) % MOST_ROUNDS + 1),
        Some(Other::Salt(damage)) => {
            parameters(&String::from_utf8_lossy(&damage.apply(salt.as_bytes(), &[])), rounds)
        }
    };
    let expected = if other == wanted { Ok(key) } else { Err(PassphraseError::OtherParameters) };
    assert_eq!(SecretStorageKey::from_passphrase(&other, &stretched), expected);
}

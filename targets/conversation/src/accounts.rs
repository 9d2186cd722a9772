//! Accounts: their keys, signatures, and saved state.

use crate::{
    failure::{Failure, OrFail, check},
    known::Known,
    meter::Meter,
    random::{BrokenGenerator, FixedSeed},
};
use cliquet::{
    olm::Account,
    pickle::{Pickle, PickleKey},
};

/// Makes the accounts of Alice, who starts, and Bob, who has one-time keys.
pub(crate) fn create(
    meter: &mut impl Meter,
    rng: &mut FixedSeed,
    known: &mut Known,
) -> Result<(Account, Account), Failure> {
    check(Account::new(&mut BrokenGenerator).is_err(), "an account was made without random bytes")?;
    let alice = meter.measure("account: new", || Account::new(rng)).or_fail("new account")?;
    let mut bob = Account::new(rng).or_fail("new account")?;
    known.compare("identity key", alice.curve25519_key().as_bytes())?;
    known.compare("fingerprint key", alice.ed25519_key().as_bytes())?;

    let signature = meter.measure("account: sign", || alice.sign("device keys"));
    known.compare("signature", signature.as_bytes())?;
    let verified =
        meter.measure("account: verify", || alice.ed25519_key().verify(b"device keys", &signature));
    verified.or_fail("a good signature")?;
    check(alice.ed25519_key().verify(b"other keys", &signature).is_err(), "a signature of something else")?;

    let keys = meter.measure("account: ten one-time keys", || bob.generate_one_time_keys(10, rng));
    for key in keys.or_fail("one-time keys")?.created {
        known.compare("one-time key", key.public_key.as_bytes())?;
    }
    bob.generate_fallback_key(rng).or_fail("fallback key")?;
    bob.mark_keys_as_published();
    check(
        bob.generate_one_time_keys(1, &mut BrokenGenerator).is_err(),
        "a key was made without random bytes",
    )?;
    check(bob.stored_one_time_key_count() == 10, "a failure changed the account")?;
    Ok((alice, bob))
}

/// Saves an account, and opens it again with the right key alone.
pub(crate) fn save(
    meter: &mut impl Meter,
    rng: &mut FixedSeed,
    known: &mut Known,
    account: &Account,
) -> Result<(), Failure> {
    let key = PickleKey::new(&[7; 32]).in_context("account");
    let pickle =
        meter.measure("account: to pickle", || account.to_pickle(&key, rng)).or_fail("account pickle")?;
    known.compare("account pickle", pickle.as_bytes())?;
    let read = Pickle::from_bytes(pickle.as_bytes()).or_fail("account pickle")?;
    let opened = meter.measure("account: from pickle", || Account::from_pickle(&read, &key));
    let opened = opened.or_fail("account from pickle")?;
    check(opened.identity_keys() == account.identity_keys(), "another account came from the pickle")?;
    let elsewhere = PickleKey::new(&[7; 32]).in_context("session");
    check(Account::from_pickle(&read, &elsewhere).is_err(), "a pickle opened in another place")
}

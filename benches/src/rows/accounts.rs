//! Accounts and their one-time keys.

use std::collections::BTreeSet;

use cliquet::{Ed25519PublicKey, Ed25519Signature};

use crate::{
    Result,
    libraries::{Accounts, one},
    measure::{Contestant, contestant},
    rows::{check, same},
};

/// Makes an account and reads its identity keys.
pub(super) fn creation<L: Accounts>() -> Result<Box<dyn Contestant>> {
    Ok(contestant(
        (),
        |()| Ok(()),
        |(), ()| {
            let account = L::account()?;
            let keys = L::identity_keys(&account)?;
            Ok((account, keys))
        },
        |(), (mut account, (signing_key, identity_key))| {
            let signature = Ed25519Signature::from_base64(&L::sign(&account, b"a text")?)?;
            Ed25519PublicKey::from_base64(&signing_key)?.verify(b"a text", &signature)?;
            let one_time_key = one(L::one_time_keys(&mut account, 1)?)?;
            reaches::<L>(&mut account, &identity_key, &one_time_key)
        },
    ))
}

/// Makes so many one-time keys, and reads them.
pub(super) fn one_time_keys<L: Accounts>(count: usize) -> Result<Box<dyn Contestant>> {
    Ok(contestant(
        (),
        |()| L::account(),
        move |(), mut account| {
            let keys = L::one_time_keys(&mut account, count)?;
            Ok((account, keys))
        },
        move |(), (mut account, keys)| {
            check(keys.iter().collect::<BTreeSet<_>>().len() == count, "one-time keys are missing")?;
            let identity_key = L::identity_keys(&account)?.1;
            reaches::<L>(&mut account, &identity_key, &one(keys)?)
        },
    ))
}

/// Whether a first message to these two keys opens.
fn reaches<L: Accounts>(account: &mut L::Account, identity_key: &str, one_time_key: &str) -> Result<()> {
    let sender = L::account()?;
    let mut session = L::outbound(&sender, identity_key, one_time_key)?;
    let message = L::encrypt(&mut session, b"first")?;
    let (_, found) = L::inbound(account, &L::identity_keys(&sender)?.1, &message)?;
    same(&found, b"first")
}

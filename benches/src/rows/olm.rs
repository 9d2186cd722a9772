//! Olm messages and sessions.

use std::mem;

use crate::{
    Result,
    libraries::{Accounts, OlmSessions, OlmText, one},
    measure::{Contestant, contestant},
    rows::{plaintext, same},
};

/// Encrypts again and again on one chain.
pub(super) fn encrypt<L: OlmSessions>(length: usize) -> Result<Box<dyn Contestant>> {
    let plaintext = plaintext(length);
    let expected = plaintext.clone();
    Ok(contestant(
        L::pair()?,
        |_| Ok(()),
        move |(first, _), ()| L::encrypt(first, &plaintext),
        move |(_, second), message| same(&L::decrypt(second, &message)?, &expected),
    ))
}

/// Decrypts again and again on one chain.
pub(super) fn decrypt<L: OlmSessions>(length: usize) -> Result<Box<dyn Contestant>> {
    let plaintext = plaintext(length);
    let expected = plaintext.clone();
    Ok(contestant(
        L::pair()?,
        move |(first, _)| L::encrypt(first, &plaintext),
        |(_, second), message| L::decrypt(second, &message),
        move |_, found| same(&found, &expected),
    ))
}

/// One message there and the next one back: encrypted on a new chain, and decrypted.
pub(super) fn ping_pong<L: OlmSessions>(length: usize) -> Result<Box<dyn Contestant>> {
    let plaintext = plaintext(length);
    let expected = plaintext.clone();
    Ok(contestant(
        L::pair()?,
        |_| Ok(()),
        move |(first, second), ()| {
            mem::swap(first, second);
            let message = L::encrypt(first, &plaintext)?;
            L::decrypt(second, &message)
        },
        move |_, found| same(&found, &expected),
    ))
}

/// Two parties, of which the first writes to the second.
struct Parties<L: Accounts> {
    alice: L::Account,
    alice_key: String,
    bob: L::Account,
    bob_key: String,
}

impl<L: Accounts> Parties<L> {
    fn new() -> Result<Self> {
        let (alice, bob) = (L::account()?, L::account()?);
        let (alice_key, bob_key) = (L::identity_keys(&alice)?.1, L::identity_keys(&bob)?.1);
        Ok(Self { alice, alice_key, bob, bob_key })
    }

    fn one_time_key(&mut self) -> Result<String> {
        one(L::one_time_keys(&mut self.bob, 1)?)
    }

    fn outbound(&mut self, one_time_key: &str) -> Result<L::Session> {
        L::outbound(&self.alice, &self.bob_key, one_time_key)
    }

    fn inbound(&mut self, message: &OlmText) -> Result<(L::Session, Vec<u8>)> {
        L::inbound(&mut self.bob, &self.alice_key, message)
    }
}

/// Starts a session with a claimed key.
pub(super) fn outbound_session<L: Accounts>() -> Result<Box<dyn Contestant>> {
    Ok(contestant(
        Parties::<L>::new()?,
        Parties::one_time_key,
        |parties, one_time_key| parties.outbound(&one_time_key),
        |parties, mut session| {
            let message = L::encrypt(&mut session, b"first")?;
            same(&parties.inbound(&message)?.1, b"first")
        },
    ))
}

/// Makes a session from its first message, and decrypts that.
pub(super) fn inbound_session<L: Accounts>() -> Result<Box<dyn Contestant>> {
    Ok(contestant(
        Parties::<L>::new()?,
        |parties| {
            let one_time_key = parties.one_time_key()?;
            L::encrypt(&mut parties.outbound(&one_time_key)?, b"first")
        },
        |parties, message| parties.inbound(&message),
        |_, (_, found)| same(&found, b"first"),
    ))
}

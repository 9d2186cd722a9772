//! Saved state: each library's own pickles, in base64, under a key of 32 bytes.

use crate::{
    Result,
    libraries::{Accounts, OlmSessions, Rooms, Saved, one},
    measure::{Contestant, contestant},
    rows::{check, same},
};

/// How many one-time keys a saved account has.
const ONE_TIME_KEYS: usize = 100;
/// Turns of the ratchet before an Olm session is saved: its five receiver chains are there by then.
const TURNS: usize = 6;

/// Tells whether a state is the right one, and may change it.
type Proof<T> = Box<dyn FnMut(&mut T) -> Result<()>>;

/// A state, and what tells whether another one is the same.
pub(crate) struct Proven<T> {
    pub(crate) state: T,
    proof: Proof<T>,
}

/// An account with one-time keys.
pub(crate) fn account<L: Accounts>() -> Result<Proven<L::Account>> {
    let (mut state, sender) = (L::account()?, L::account()?);
    let keys = L::identity_keys(&state)?;
    let one_time_key = one(L::one_time_keys(&mut state, ONE_TIME_KEYS)?)?;
    let message = L::encrypt(&mut L::outbound(&sender, &keys.1, &one_time_key)?, b"first")?;
    let sender = L::identity_keys(&sender)?.1;
    let proof = move |opened: &mut L::Account| {
        check(L::identity_keys(opened)? == keys, "an account has other keys")?;
        same(&L::inbound(opened, &sender, &message)?.1, b"first")
    };
    Ok(Proven { state, proof: Box::new(proof) })
}

/// An Olm session in the middle of a conversation.
pub(crate) fn olm_session<L: OlmSessions>() -> Result<Proven<L::Session>> {
    let (mut state, mut other) = L::pair()?;
    for _ in 0..TURNS {
        let answer = L::encrypt(&mut other, b"turn")?;
        L::decrypt(&mut state, &answer)?;
        let message = L::encrypt(&mut state, b"turn")?;
        L::decrypt(&mut other, &message)?;
    }
    let message = L::encrypt(&mut other, b"the next")?;
    let proof = move |opened: &mut L::Session| same(&L::decrypt(opened, &message)?, b"the next");
    Ok(Proven { state, proof: Box::new(proof) })
}

/// A sender's Megolm session.
pub(crate) fn sender<L: Rooms>() -> Result<Proven<L::Sender>> {
    let state = L::sender()?;
    let mut reader = L::reader(&L::session_key(&state)?)?;
    let proof = move |opened: &mut L::Sender| {
        let message = L::send(opened, b"the next")?;
        same(&L::read(&mut reader, &message)?.0, b"the next")
    };
    Ok(Proven { state, proof: Box::new(proof) })
}

/// A reader's Megolm session.
pub(crate) fn reader<L: Rooms>() -> Result<Proven<L::Reader>> {
    let mut sender = L::sender()?;
    let state = L::reader(&L::session_key(&sender)?)?;
    let message = L::send(&mut sender, b"first")?;
    let proof = move |opened: &mut L::Reader| same(&L::read(opened, &message)?.0, b"first");
    Ok(Proven { state, proof: Box::new(proof) })
}

/// Saves a state.
pub(super) fn save<T: Saved>(Proven { state, mut proof }: Proven<T>) -> Result<Box<dyn Contestant>> {
    Ok(contestant(state, |_| Ok(()), |state, ()| state.save(), move |_, text| proof(&mut T::open(&text)?)))
}

/// Opens a saved state.
pub(super) fn open<T: Saved>(Proven { state, mut proof }: Proven<T>) -> Result<Box<dyn Contestant>> {
    let text = state.save()?;
    Ok(contestant(text, |_| Ok(()), |text, ()| T::open(text), move |_, mut opened| proof(&mut opened)))
}

/// How long a pickle is, in characters.
#[derive(Clone, Debug)]
pub(crate) struct Size {
    pub(crate) state: &'static str,
    pub(crate) cliquet: usize,
    pub(crate) vodozemac: usize,
    pub(crate) libolm: usize,
}

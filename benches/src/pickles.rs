//! Saved state: native pickles in base64, beside vodozemac's.

use std::hint::black_box;

use cliquet::{
    SystemRandom,
    megolm::{self, InboundGroupSession, OutboundGroupSession},
    olm::{Account, OlmMessage, Session, SessionConfig},
    pickle::{Pickle, PickleKey},
};
use vodozemac::{megolm as vodozemac_megolm, olm as vodozemac_olm};

use crate::{Result, measure::Bench};

const KEY: [u8; 32] = [7; 32];
const ONE_TIME_KEYS: usize = 100;
/// Turns of the ratchet before an Olm session is saved: its five receiver chains are there by then.
const TURNS: usize = 6;

/// How long a pickle is, in characters.
#[derive(Clone, Debug)]
pub(crate) struct Size {
    pub(crate) state: &'static str,
    pub(crate) cliquet: usize,
    pub(crate) vodozemac: usize,
}

pub(crate) fn measure(bench: &mut Bench) -> Result<Vec<Size>> {
    Ok(vec![accounts(bench)?, olm_sessions(bench)?, outbound_sessions(bench)?, inbound_sessions(bench)?])
}

fn accounts(bench: &mut Bench) -> Result<Size> {
    let (key, rng) = (PickleKey::new(&KEY), &mut SystemRandom::new());
    let mut ours = Account::new(rng)?;
    ours.generate_one_time_keys(ONE_TIME_KEYS, rng)?;
    let mut theirs = vodozemac_olm::Account::new();
    theirs.generate_one_time_keys(ONE_TIME_KEYS);

    let our_text = ours.to_pickle(&key, rng)?.to_base64();
    let their_text = theirs.pickle().encrypt(&KEY);
    let open = || Ok(Account::from_pickle(&Pickle::from_base64(&our_text)?, &key)?);
    let open_theirs = || {
        let pickle = vodozemac_olm::AccountPickle::from_encrypted(black_box(&their_text), &KEY)?;
        Ok(vodozemac_olm::Account::from_pickle(pickle))
    };
    check(
        open()?.identity_keys() == ours.identity_keys() && open()?.one_time_keys().eq(ours.one_time_keys()),
    )?;
    check(open_theirs()?.identity_keys() == theirs.identity_keys())?;

    bench.compare(
        "account pickle",
        || Ok(ours.to_pickle(&key, &mut SystemRandom::new())?.to_base64()),
        || Ok(theirs.pickle().encrypt(&KEY)),
    )?;
    bench.compare("account unpickle", open, open_theirs)?;
    Ok(Size { state: "account, 100 one-time keys", cliquet: our_text.len(), vodozemac: their_text.len() })
}

fn olm_sessions(bench: &mut Bench) -> Result<Size> {
    let (key, rng) = (PickleKey::new(&KEY), &mut SystemRandom::new());
    let ours = our_session()?;
    let theirs = their_session()?;
    let our_text = ours.to_pickle(&key, rng)?.to_base64();
    let their_text = theirs.pickle().encrypt(&KEY);
    let open = || Ok(Session::from_pickle(&Pickle::from_base64(&our_text)?, &key)?);
    let open_theirs = || {
        let pickle = vodozemac_olm::SessionPickle::from_encrypted(black_box(&their_text), &KEY)?;
        Ok(vodozemac_olm::Session::from_pickle(pickle))
    };
    check(open()?.summary() == ours.summary() && ours.summary().receiver_chains.len() == 5)?;
    check(open_theirs()?.session_id() == theirs.session_id())?;

    bench.compare(
        "olm session pickle",
        || Ok(ours.to_pickle(&key, &mut SystemRandom::new())?.to_base64()),
        || Ok(theirs.pickle().encrypt(&KEY)),
    )?;
    bench.compare("olm session unpickle", open, open_theirs)?;
    Ok(Size { state: "Olm session, 5 chains", cliquet: our_text.len(), vodozemac: their_text.len() })
}

fn our_session() -> Result<Session> {
    let (config, rng) = (SessionConfig::default(), &mut SystemRandom::new());
    let (alice, mut bob) = (Account::new(rng)?, Account::new(rng)?);
    let created = bob.generate_one_time_keys(1, rng)?.created;
    let one_time_key = created.first().ok_or("no one-time key")?.public_key;
    let mut session = alice.create_outbound_session(bob.curve25519_key(), one_time_key, config, rng)?;
    let OlmMessage::PreKey(first) = session.encrypt("first", rng)? else {
        return Err("the first message is no pre-key message".into());
    };
    let mut answering = bob.create_inbound_session(alice.curve25519_key(), &first, config)?.session;
    for _ in 0..TURNS {
        session.decrypt(&answering.encrypt("turn", rng)?)?;
        answering.decrypt(&session.encrypt("turn", rng)?)?;
    }
    Ok(session)
}

fn their_session() -> Result<vodozemac_olm::Session> {
    let config = vodozemac_olm::SessionConfig::version_1();
    let (alice, mut bob) = (vodozemac_olm::Account::new(), vodozemac_olm::Account::new());
    bob.generate_one_time_keys(1);
    let one_time_key = *bob.one_time_keys().values().next().ok_or("no one-time key")?;
    let mut session = alice.create_outbound_session(config, bob.curve25519_key(), one_time_key)?;
    let vodozemac_olm::OlmMessage::PreKey(first) = session.encrypt("first")? else {
        return Err("the first message is no pre-key message".into());
    };
    let mut answering = bob.create_inbound_session(config, alice.curve25519_key(), &first)?.session;
    for _ in 0..TURNS {
        session.decrypt(&answering.encrypt("turn")?)?;
        answering.decrypt(&session.encrypt("turn")?)?;
    }
    Ok(session)
}

fn outbound_sessions(bench: &mut Bench) -> Result<Size> {
    let (key, rng) = (PickleKey::new(&KEY), &mut SystemRandom::new());
    let ours = OutboundGroupSession::new(megolm::SessionConfig::default(), rng)?;
    let theirs = vodozemac_megolm::GroupSession::new(vodozemac_megolm::SessionConfig::version_1());
    let our_text = ours.to_pickle(&key, rng)?.to_base64();
    let their_text = theirs.pickle().encrypt(&KEY);
    let open = || Ok(OutboundGroupSession::from_pickle(&Pickle::from_base64(&our_text)?, &key)?);
    let open_theirs = || {
        let pickle = vodozemac_megolm::GroupSessionPickle::from_encrypted(black_box(&their_text), &KEY)?;
        Ok(vodozemac_megolm::GroupSession::from_pickle(pickle))
    };
    check(open()?.session_key() == ours.session_key())?;
    check(open_theirs()?.session_id() == theirs.session_id())?;

    bench.compare(
        "outbound group session pickle",
        || Ok(ours.to_pickle(&key, &mut SystemRandom::new())?.to_base64()),
        || Ok(theirs.pickle().encrypt(&KEY)),
    )?;
    bench.compare("outbound group session unpickle", open, open_theirs)?;
    Ok(Size { state: "outbound group session", cliquet: our_text.len(), vodozemac: their_text.len() })
}

fn inbound_sessions(bench: &mut Bench) -> Result<Size> {
    let (key, rng) = (PickleKey::new(&KEY), &mut SystemRandom::new());
    let config = megolm::SessionConfig::default();
    let ours = InboundGroupSession::new(&OutboundGroupSession::new(config, rng)?.session_key(), config);
    let config = vodozemac_megolm::SessionConfig::version_1();
    let session_key = vodozemac_megolm::GroupSession::new(config).session_key();
    let theirs = vodozemac_megolm::InboundGroupSession::new(&session_key, config);
    let our_text = ours.to_pickle(&key, rng)?.to_base64();
    let their_text = theirs.pickle().encrypt(&KEY);
    let open = || Ok(InboundGroupSession::from_pickle(&Pickle::from_base64(&our_text)?, &key)?);
    let open_theirs = || {
        let pickle =
            vodozemac_megolm::InboundGroupSessionPickle::from_encrypted(black_box(&their_text), &KEY)?;
        Ok(vodozemac_megolm::InboundGroupSession::from_pickle(pickle))
    };
    check(open()?.export() == ours.export())?;
    check(open_theirs()?.session_id() == theirs.session_id())?;

    bench.compare(
        "inbound group session pickle",
        || Ok(ours.to_pickle(&key, &mut SystemRandom::new())?.to_base64()),
        || Ok(theirs.pickle().encrypt(&KEY)),
    )?;
    bench.compare("inbound group session unpickle", open, open_theirs)?;
    Ok(Size { state: "inbound group session", cliquet: our_text.len(), vodozemac: their_text.len() })
}

fn check(holds: bool) -> Result<()> {
    if holds { Ok(()) } else { Err("what was opened is not what was saved".into()) }
}

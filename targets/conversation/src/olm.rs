//! Olm: a session, messages both ways, late ones, and those that must be refused.

use crate::{
    altered::altered,
    failure::{Failure, OrFail, check},
    known::Known,
    meter::Meter,
    random::{BrokenGenerator, FixedSeed},
};
use alloc::vec::Vec;
use cliquet::{
    olm::{Account, DecryptionError, OlmMessage, Session, SessionConfig},
    pickle::{Pickle, PickleKey},
};

/// Both ends of one session.
pub(crate) struct Pair {
    pub(crate) alice: Session,
    pub(crate) bob: Session,
}

/// Alice starts a session with one of Bob's one-time keys.
pub(crate) fn start(
    meter: &mut impl Meter,
    rng: &mut FixedSeed,
    known: &mut Known,
    alice: &Account,
    bob: &mut Account,
) -> Result<Pair, Failure> {
    let config = SessionConfig::default();
    let one_time_key = bob.one_time_keys().next().ok_or(Failure("no one-time key"))?.public_key;
    let identity_key = bob.curve25519_key();
    let session = meter.measure("olm: new outbound session", || {
        alice.create_outbound_session(identity_key, one_time_key, config, rng)
    });
    let mut session = session.or_fail("outbound session")?;
    let first = meter
        .measure("olm: encrypt, first chain", || session.encrypt("Bonjour", rng))
        .or_fail("first message")?;
    known.compare("first message", first.as_bytes())?;

    let OlmMessage::PreKey(first) = over_the_wire(&first)? else {
        return Err(Failure("the first message is no pre-key message"));
    };
    let created = meter.measure("olm: new inbound session", || {
        bob.create_inbound_session(alice.curve25519_key(), &first, config)
    });
    let created = created.or_fail("inbound session")?;
    check(created.plaintext == b"Bonjour", "the first message says something else")?;
    check(created.session.session_id() == session.session_id(), "two ids for one session")?;
    check(bob.stored_one_time_key_count() == 9, "a used one-time key is still there")?;
    Ok(Pair { alice: session, bob: created.session })
}

/// Messages both ways, over several turns of the ratchet, one of them late.
pub(crate) fn talk(
    meter: &mut impl Meter,
    rng: &mut FixedSeed,
    known: &mut Known,
    pair: &mut Pair,
) -> Result<(), Failure> {
    let answer =
        meter.measure("olm: encrypt, new chain", || pair.bob.encrypt("Salut", rng)).or_fail("answer")?;
    known.compare("answer", answer.as_bytes())?;
    let answer = over_the_wire(&answer)?;
    let read = meter.measure("olm: decrypt, new chain", || pair.alice.decrypt(&answer));
    check(read.or_fail("answer")? == b"Salut", "the answer says something else")?;

    // Around the length of a block, and longer.
    let mut sent = Vec::new();
    for length in [0, 15, 16, 17, 1_000] {
        let text = alloc::vec![b'x'; length];
        let message = pair.alice.encrypt(&text, rng).or_fail("message")?;
        known.compare("message", message.as_bytes())?;
        sent.push((text, over_the_wire(&message)?));
    }
    let (last, others) = sent.split_last().ok_or(Failure("nothing was sent"))?;
    let read = meter.measure("olm: decrypt 1 000 bytes, 4 skipped", || pair.bob.decrypt(&last.1));
    check(read.or_fail("last message")? == last.0, "the last message says something else")?;
    for (text, message) in others.iter().rev() {
        check(
            pair.bob.decrypt(message).or_fail("late message")? == *text,
            "a late message says something else",
        )?;
    }
    let again = pair.bob.decrypt(&last.1);
    check(matches!(again, Err(DecryptionError::AlreadyUsed { .. })), "a message was read twice")
}

/// What was altered on the way, or cannot be encrypted, changes nothing.
pub(crate) fn refuse(rng: &mut FixedSeed, pair: &mut Pair) -> Result<(), Failure> {
    let message = pair.bob.encrypt("Ne change rien", rng).or_fail("message")?;
    let before = pair.alice.to_pickle_without_encryption();
    for position in 0..message.as_bytes().len() {
        let bytes = altered(message.as_bytes(), position);
        let opened =
            cliquet::olm::Message::from_bytes(bytes).map(|altered| pair.alice.decrypt(&altered.into()));
        check(!matches!(opened, Ok(Ok(_))), "an altered message was read")?;
    }
    check(pair.alice.to_pickle_without_encryption() == before, "an altered message changed the session")?;
    check(pair.alice.decrypt(&over_the_wire(&message)?).is_ok(), "an altered message spoilt the right one")?;

    let before = pair.alice.to_pickle_without_encryption();
    check(
        pair.alice.encrypt("Sans hasard", &mut BrokenGenerator).is_err(),
        "a new chain without random bytes",
    )?;
    check(pair.alice.to_pickle_without_encryption() == before, "a broken generator changed the session")
}

/// Saves both ends and goes on with what was read.
pub(crate) fn save(
    meter: &mut impl Meter,
    rng: &mut FixedSeed,
    known: &mut Known,
    pair: &Pair,
) -> Result<Pair, Failure> {
    let key = PickleKey::new(&[9; 32]);
    let pickle =
        meter.measure("olm: to pickle", || pair.alice.to_pickle(&key, rng)).or_fail("session pickle")?;
    known.compare("session pickle", pickle.as_bytes())?;
    let pickle = Pickle::from_bytes(pickle.as_bytes()).or_fail("session pickle")?;
    let alice = meter
        .measure("olm: from pickle", || Session::from_pickle(&pickle, &key))
        .or_fail("session from pickle")?;

    let legacy = pair.bob.to_libolm_pickle(&[9; 32]).or_fail("libolm's pickle")?;
    known.compare("libolm's pickle of the session", legacy.as_bytes())?;
    let limits = SessionConfig::default().limits;
    let bob =
        Session::from_libolm_pickle(&legacy, &[9; 32], limits).or_fail("session from libolm's pickle")?;
    Ok(Pair { alice, bob })
}

/// The message as the other device gets it.
pub(crate) fn over_the_wire(message: &OlmMessage) -> Result<OlmMessage, Failure> {
    OlmMessage::from_parts(message.message_type() as usize, &message.to_base64())
        .or_fail("a message on the wire")
}

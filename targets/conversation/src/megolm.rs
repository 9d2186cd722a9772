//! Megolm: a room of two, its keys shared over Olm, messages both ways and in any order, exports and saved state.

use crate::{
    altered::altered,
    failure::{Failure, OrFail, check},
    known::Known,
    meter::Meter,
    olm::{Pair, over_the_wire},
    random::FixedSeed,
};
use alloc::vec::Vec;
use cliquet::{
    megolm::{
        InboundGroupSession, MegolmMessage, OutboundGroupSession, SessionConfig, SessionExport, SessionKey,
    },
    pickle::{Pickle, PickleKey},
};

/// Both write to the room, and read each other.
pub(crate) fn talk(
    meter: &mut impl Meter,
    rng: &mut FixedSeed,
    known: &mut Known,
    pair: &mut Pair,
) -> Result<(), Failure> {
    let config = SessionConfig::default();
    let room = meter.measure("megolm: new outbound session", || OutboundGroupSession::new(config, rng));
    let mut room = room.or_fail("outbound group session")?;
    let key = room.session_key();
    known.compare("session key", key.as_bytes())?;
    let message = pair.alice.encrypt(key.as_bytes(), rng).or_fail("session key by Olm")?;
    let key = pair.bob.decrypt(&over_the_wire(&message)?).or_fail("session key by Olm")?;
    let key = meter
        .measure("megolm: session key, signed", || SessionKey::from_bytes(&key))
        .or_fail("session key")?;
    let mut member = meter.measure("megolm: new inbound session", || InboundGroupSession::new(&key, config));
    read_in_any_order(meter, known, &mut room, &mut member)?;
    save(meter, rng, known, &room, &member)?;

    // The other way.
    let mut room = OutboundGroupSession::new(config, rng).or_fail("outbound group session")?;
    let message = pair.bob.encrypt(room.session_key().as_bytes(), rng).or_fail("session key by Olm")?;
    let key = pair.alice.decrypt(&over_the_wire(&message)?).or_fail("session key by Olm")?;
    let mut member = InboundGroupSession::new(&SessionKey::from_bytes(&key).or_fail("session key")?, config);
    let message = room.encrypt("Bonsoir").or_fail("message to the room")?;
    known.compare("message of the other room", message.as_bytes())?;
    let read = member.decrypt(&message).or_fail("message of the other room")?;
    check(read.plaintext == b"Bonsoir", "a message of the other room says something else")
}

fn read_in_any_order(
    meter: &mut impl Meter,
    known: &mut Known,
    room: &mut OutboundGroupSession,
    member: &mut InboundGroupSession,
) -> Result<(), Failure> {
    let mut sent = Vec::new();
    for _ in 0..5 {
        let message = meter.measure("megolm: encrypt", || room.encrypt("Bonjour à tous"));
        let message = message.or_fail("message to the room")?;
        known.compare("message to the room", message.as_bytes())?;
        sent.push(MegolmMessage::from_base64(&message.to_base64()).or_fail("a message on the wire")?);
    }
    for message in sent.iter().rev().chain(&sent) {
        let decrypted = meter.measure("megolm: decrypt", || member.decrypt(message));
        let decrypted = decrypted.or_fail("message of the room")?;
        check(
            decrypted.plaintext == "Bonjour à tous".as_bytes(),
            "a message of the room says something else",
        )?;
        check(decrypted.message_index == message.message_index(), "another message index")?;
    }
    let message = sent.first().ok_or(Failure("nothing was sent"))?;
    for position in 0..message.as_bytes().len() {
        let bytes = altered(message.as_bytes(), position);
        let opened = MegolmMessage::from_bytes(bytes).map(|altered| member.decrypt(&altered));
        check(!matches!(opened, Ok(Ok(_))), "an altered message was read")?;
    }

    let export = member.export_at(3).ok_or(Failure("no export"))?;
    known.compare("export", export.as_bytes())?;
    let export = SessionExport::from_base64(export.to_base64().as_str()).or_fail("export")?;
    let mut late = InboundGroupSession::import(&export, SessionConfig::default());
    check(late.decrypt(message).is_err(), "an export reads what was before it")?;
    let fourth = sent.get(3).ok_or(Failure("too little was sent"))?;
    check(late.decrypt(fourth).is_ok(), "an export does not read its own index")
}

fn save(
    meter: &mut impl Meter,
    rng: &mut FixedSeed,
    known: &mut Known,
    room: &OutboundGroupSession,
    member: &InboundGroupSession,
) -> Result<(), Failure> {
    let key = PickleKey::new(&[11; 32]);
    let pickle = meter.measure("megolm: to pickle", || room.to_pickle(&key, rng)).or_fail("room pickle")?;
    known.compare("room pickle", pickle.as_bytes())?;
    let pickle = Pickle::from_bytes(pickle.as_bytes()).or_fail("room pickle")?;
    let room = meter.measure("megolm: from pickle", || OutboundGroupSession::from_pickle(&pickle, &key));
    let mut room = room.or_fail("room from pickle")?;

    let pickle = member.to_pickle(&key, rng).or_fail("member pickle")?;
    known.compare("member pickle", pickle.as_bytes())?;
    let mut member = InboundGroupSession::from_pickle(&pickle, &key).or_fail("member from pickle")?;
    let legacy = member.to_libolm_pickle(&[11; 32]).or_fail("libolm's pickle")?;
    known.compare("libolm's pickle of the member", legacy.as_bytes())?;

    let message = room.encrypt("Encore").or_fail("message to the room")?;
    check(message.message_index() == 5, "a pickle does not go on where it was")?;
    check(member.decrypt(&message).or_fail("message of the room")?.plaintext == b"Encore", "other plaintext")
}

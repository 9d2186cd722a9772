//! Megolm sessions.

use std::hint::black_box;
use std::num::NonZeroUsize;

use cliquet::MessageVersion;
use cliquet::megolm::{
    DecryptedMessage, InboundGroupSession, MegolmMessage, OutboundGroupSession, ReplayGuard, SessionConfig,
    SessionExport, SessionKey,
};

use super::Failure;
use super::olm::{PLAINTEXT, expect};
use crate::client;
use crate::harness::operation;
use crate::secrets::{SecretRandom, publish, publish_again, publish_value, secret};

pub(super) fn first_version() -> Result<(), Failure> {
    room(SessionConfig::default().with_version(MessageVersion::V1))
}

pub(super) fn second_version() -> Result<(), Failure> {
    room(SessionConfig::default().with_version(MessageVersion::V2))
}

pub(super) fn outbound(config: SessionConfig) -> Result<Box<OutboundGroupSession>, Failure> {
    let mut rng = SecretRandom::new(20);
    let sender = operation("group session: draw one", &["megolm::OutboundGroupSession::new"], || {
        OutboundGroupSession::new(config, &mut rng).map(Box::new)
    })?;
    publish(sender.session_id().as_bytes())?;
    Ok(sender)
}

/// A session key whose signature has left with it, and is public.
pub(super) fn session_key(sender: &OutboundGroupSession) -> Result<Box<SessionKey>, Failure> {
    let functions = ["megolm::OutboundGroupSession::session_key"];
    let key = operation("group session: make its session key", &functions, || Box::new(sender.session_key()));
    publish_around_ratchet(key.as_bytes())?;
    Ok(key)
}

/// All but the 128 bytes of the ratchet, which follow version and index.
fn publish_around_ratchet(bytes: &[u8]) -> Result<(), Failure> {
    let (head, rest) = bytes.split_at_checked(5).ok_or("too short")?;
    let (_, tail) = rest.split_at_checked(128).ok_or("too short")?;
    client::mark_public(head);
    publish_again(tail);
    Ok(())
}

/// All characters but those that hold bits of the ratchet; those at its two ends hold bits of the index and of the public key too.
pub(super) fn publish_text_around_ratchet(bytes: &[u8]) -> Result<(), Failure> {
    let (head, rest) = bytes.split_at_checked(6).ok_or("too short")?;
    let (_, tail) = rest.split_at_checked(172).ok_or("too short")?;
    client::mark_public(head);
    client::mark_public(tail);
    Ok(())
}

fn room(config: SessionConfig) -> Result<(), Failure> {
    let mut sender = outbound(config)?;
    let key = session_key(&sender)?;
    let key = session_key_texts(*key)?;
    let functions = ["megolm::InboundGroupSession::new"];
    let mut receiver =
        operation("group session: inbound", &functions, || Box::new(InboundGroupSession::new(&key, config)));
    let messages: Vec<MegolmMessage> =
        (0..300).map(|number| encrypt(&mut sender, number)).collect::<Result<_, _>>()?;
    let decrypt = |name: &str, receiver: &mut InboundGroupSession, place: usize| {
        let message = messages.get(place).ok_or("no such message")?;
        let functions = ["megolm::InboundGroupSession::decrypt"];
        opened(operation(name, &functions, || receiver.decrypt(message))?)
    };
    decrypt("group session: decrypt", &mut receiver, 0)?;
    decrypt("group session: decrypt, far ahead", &mut receiver, 290)?;
    decrypt("group session: decrypt, backwards", &mut receiver, 257)?;
    decrypt("group session: decrypt, next", &mut receiver, 258)?;
    refused(&mut receiver, messages.get(3).ok_or("no such message")?)?;
    guarded(&mut receiver, &messages)?;
    bulk(&mut receiver, &messages)?;
    exports(&mut receiver, config)?;
    decrypt("group session: decrypt, after what was before is forgotten", &mut receiver, 200)?;
    operation("group session: drop both", &[], || drop((sender, receiver)));
    Ok(())
}

fn session_key_texts(key: SessionKey) -> Result<Box<SessionKey>, Failure> {
    let key = Box::new(key);
    let functions = ["megolm::SessionKey::to_base64"];
    let text = operation("session key: to base64", &functions, || key.to_base64());
    publish_text_around_ratchet(text.as_str().as_bytes())?;
    let functions = ["megolm::SessionKey::from_base64"];
    let again = operation("session key: from base64", &functions, || {
        SessionKey::from_base64(text.as_str()).map(Box::new)
    })?;
    let functions = ["megolm::SessionKey::as_bytes", "megolm::SessionKey::from_bytes"];
    publish_around_ratchet(again.as_bytes())?;
    let again = operation("session key: from bytes", &functions, || {
        SessionKey::from_bytes(again.as_bytes()).map(Box::new)
    })?;
    // serde_json finds the end of a text by a look at each character.
    let json = [b"\"".as_slice(), text.as_str().as_bytes(), b"\""].concat();
    let functions = ["megolm::SessionKey::deserialize"];
    let read = operation("session key: from JSON", &functions, || {
        serde_json::from_slice::<SessionKey>(&json).map(Box::new)
    })?;
    drop(read);
    let functions = ["megolm::SessionKey::message_index", "megolm::SessionKey::session_id"];
    operation("session key: look at it", &functions, || black_box((key.message_index(), key.session_id())));
    let same = operation("session key: compare", &[], || key == again);
    let same = publish_value(same);
    operation("session key: print it", &["megolm::SessionKey::fmt"], || format!("{key:?}"));
    operation("session key: drop it", &[], || drop(key));
    if same { Ok(again) } else { Err("a session key is another after it has been text".into()) }
}

fn encrypt(sender: &mut OutboundGroupSession, number: usize) -> Result<MegolmMessage, Failure> {
    let plaintext = secret(PLAINTEXT);
    let functions = [
        "megolm::OutboundGroupSession::encrypt",
        "megolm::OutboundGroupSession::message_index",
        "megolm::OutboundGroupSession::message_len",
        "megolm::OutboundGroupSession::session_id",
        "megolm::OutboundGroupSession::version",
    ];
    let mut work = || {
        black_box((sender.message_index(), sender.message_len(5), sender.session_id(), sender.version()));
        sender.encrypt(&plaintext)
    };
    // A line for the steps that turn one, two and more parts of the ratchet.
    let message = if [0, 1, 256].contains(&number) {
        operation(&format!("group session: encrypt number {number}"), &functions, work)?
    } else {
        work()?
    };
    let bytes = publish(message.as_bytes())?;
    Ok(MegolmMessage::from_bytes(bytes)?)
}

fn opened(message: DecryptedMessage) -> Result<(), Failure> {
    expect(message.plaintext)
}

fn refused(receiver: &mut InboundGroupSession, message: &MegolmMessage) -> Result<(), Failure> {
    let mut bytes = message.as_bytes().to_vec();
    // The first byte of the ciphertext, behind version, index and lengths.
    let start = bytes.len().checked_sub(64).and_then(|end| end.checked_sub(40)).ok_or("too short")?;
    bytes.get_mut(start).into_iter().for_each(|byte| *byte ^= 1);
    let damaged = MegolmMessage::from_bytes(bytes)?;
    let refused = operation("group session: refuse, wrong MAC", &[], || receiver.decrypt(&damaged).err());
    refused.ok_or("a wrong MAC passed")?;
    Ok(())
}

fn guarded(receiver: &mut InboundGroupSession, messages: &[MegolmMessage]) -> Result<(), Failure> {
    let [first, second, ..] = messages else { return Err("no messages".into()) };
    let functions = [
        "megolm::InboundGroupSession::set_replay_guard",
        "megolm::InboundGroupSession::replay_guard",
        "megolm::InboundGroupSession::decrypt_event",
    ];
    let results = operation("group session: decrypt, with a guard", &functions, || {
        receiver.set_replay_guard(ReplayGuard::with_capacity(100));
        let results = (
            receiver.decrypt_event(first, &[1; 32]),
            receiver.decrypt_event(second, &[2; 32]),
            receiver.decrypt_event(second, &[3; 32]),
        );
        black_box(receiver.replay_guard().len());
        results
    });
    opened(results.0?)?;
    opened(results.1?)?;
    if results.2.is_err() { Ok(()) } else { Err("a replay passed".into()) }
}

fn bulk(receiver: &mut InboundGroupSession, messages: &[MegolmMessage]) -> Result<(), Failure> {
    for threads in [1, 2] {
        let threads = NonZeroUsize::new(threads).ok_or("no threads")?;
        let functions = [
            "megolm::InboundGroupSession::bulk",
            "megolm::BulkDecryption<'_>::with_threads",
            "megolm::BulkDecryption<'_>::decrypt",
            "megolm::BulkDecryption<'_>::decrypt_events",
        ];
        let some = || messages.iter().step_by(30);
        let name = format!("group session: decrypt in bulk, threads: {threads}");
        let (plain, guarded) = operation(&name, &functions, || {
            let plain = receiver.bulk().with_threads(threads).decrypt(some());
            let events = some().map(|message| (message, &[1; 32]));
            (plain, receiver.bulk().with_threads(threads).decrypt_events(events))
        });
        for message in plain.into_iter().chain(guarded) {
            opened(message?)?;
        }
    }
    Ok(())
}

/// The other form of a session key.
pub(super) fn export(receiver: &InboundGroupSession) -> Result<Box<SessionExport>, Failure> {
    let functions = ["megolm::InboundGroupSession::export"];
    let export = operation("group session: export", &functions, || Box::new(receiver.export()));
    publish_around_ratchet(export.as_bytes())?;
    Ok(export)
}

fn exports(receiver: &mut InboundGroupSession, config: SessionConfig) -> Result<(), Failure> {
    let whole = export(receiver)?;
    let functions = ["megolm::InboundGroupSession::export_at"];
    let later =
        operation("group session: export at an index", &functions, || receiver.export_at(70).map(Box::new));
    let later = later.ok_or("the index is known")?;
    publish_around_ratchet(later.as_bytes())?;
    let functions = ["megolm::SessionExport::to_base64"];
    let text = operation("session export: to base64", &functions, || later.to_base64());
    publish_text_around_ratchet(text.as_str().as_bytes())?;
    let functions = ["megolm::SessionExport::from_base64"];
    let again = operation("session export: from base64", &functions, || {
        SessionExport::from_base64(text.as_str()).map(Box::new)
    })?;
    publish_around_ratchet(again.as_bytes())?;
    let functions = ["megolm::SessionExport::as_bytes", "megolm::SessionExport::from_bytes"];
    let again = operation("session export: from bytes", &functions, || {
        SessionExport::from_bytes(again.as_bytes()).map(Box::new)
    })?;
    let json = [b"\"".as_slice(), text.as_str().as_bytes(), b"\""].concat();
    let functions = ["megolm::SessionExport::deserialize"];
    let read = operation("session export: from JSON", &functions, || {
        serde_json::from_slice::<SessionExport>(&json).map(Box::new)
    })?;
    drop(read);
    let functions = ["megolm::SessionExport::message_index", "megolm::SessionExport::session_id"];
    operation("session export: look at it", &functions, || {
        black_box((again.message_index(), again.session_id()))
    });
    let same = operation("session export: compare", &[], || black_box((whole == later, later == again)));
    let same = publish_value(same);
    if same != (false, true) {
        return Err("an export is another after it has been text".into());
    }
    operation("session export: print it", &["megolm::SessionExport::fmt"], || format!("{again:?}"));
    let functions = ["megolm::InboundGroupSession::import"];
    let mut imported = operation("group session: import", &functions, || {
        Box::new(InboundGroupSession::import(&later, config))
    });
    compare(receiver, &mut imported)?;
    operation("session export: drop it", &[], || drop((whole, later, again)));
    Ok(())
}

fn compare(receiver: &mut InboundGroupSession, imported: &mut InboundGroupSession) -> Result<(), Failure> {
    let functions = ["megolm::InboundGroupSession::compare", "megolm::InboundGroupSession::connected"];
    let connected = operation("group session: compare", &functions, || {
        black_box((receiver.compare(imported), imported.compare(receiver)));
        receiver.connected(imported)
    });
    let functions = ["megolm::InboundGroupSession::merge"];
    let merged = operation("group session: merge", &functions, || {
        (imported.merge(receiver), receiver.merge(imported))
    });
    let (connected, _) = publish_value((connected, merged));
    let functions = [
        "megolm::InboundGroupSession::advance_to",
        "megolm::InboundGroupSession::first_known_index",
        "megolm::InboundGroupSession::provenance",
        "megolm::InboundGroupSession::provenance_at",
        "megolm::InboundGroupSession::session_id",
        "megolm::InboundGroupSession::version",
    ];
    operation("group session: forget what was before", &functions, || {
        black_box((imported.first_known_index(), imported.provenance(), imported.provenance_at(80)));
        black_box((imported.session_id(), imported.version()));
        black_box((receiver.advance_to(150), imported.advance_to(90)));
    });
    operation("group session: print it", &["megolm::InboundGroupSession::fmt"], || format!("{receiver:?}"));
    if connected { Ok(()) } else { Err("a session is not connected with its export".into()) }
}

//! Two parties of Olm and the network between them.

use arbitrary::{Arbitrary, Unstructured};
use cliquet::{
    MessageVersion,
    olm::{Account, SessionConfig},
};
use cliquet_fuzz::{Damage, Script, pick_index, random::seeded};
use rand::rngs::StdRng;

use super::{
    answering, forgery,
    twin::{Sent, Twin},
};

/// As many as one party is sent at most, so that no session keeps more skipped message keys than vodozemac has room for.
const MOST_MESSAGES: usize = 150;
const MOST_STEPS: usize = 60;

/// A conversation: bit 0 of `how` is the version, bit 1 who starts it, bit 2 whether with a fallback key.
pub(crate) fn converse(how: u8, script: &mut Script<'_>) {
    let version = if how & 1 == 0 { MessageVersion::V1 } else { MessageVersion::V2 };
    let mut rng = seeded(u64::from(how >> 3));
    let rng = &mut rng;
    let alice = Account::new(rng).expect("it never fails");
    let mut bob = Account::new(rng).expect("it never fails");
    let key = bob.generate_one_time_keys(1, rng).expect("one is not too many").created[0].public_key;
    bob.generate_fallback_key(rng).expect("it never fails");
    let key = bob.fallback_key().filter(|_| how & 4 != 0).map_or(key, |key| key.public_key);
    let starter = if how & 2 == 0 {
        let config = SessionConfig::default().with_version(version);
        Twin::of_ours(
            alice.create_outbound_session(bob.curve25519_key(), key, config, rng).expect("good keys"),
        )
    } else {
        let [identity, key] =
            [bob.curve25519_key(), key].map(|key| vodozemac::Curve25519PublicKey::from(*key.as_bytes()));
        let config = answering::configuration(version);
        let session = answering::copied(&alice).create_outbound_session(config, identity, key);
        Twin::of_theirs(session.expect("good keys"), version)
    };
    let mut starter = starter;
    let mut inbox: Vec<Sent> = (0..4).map(|number| starter.send(&[number; 5], false, rng)).collect();

    // Before the first message arrives as it was sent, some arrive that were not.
    let mut answerer = None;
    for _ in 0..script.byte() % 8 {
        let Some(sent) = pick_index(inbox.len(), script.short()).map(|which| &inbox[which]) else { return };
        let message = changed(sent, &inbox, version, script);
        if message.first() == Some(&0) {
            answerer = answering::answer(&bob, alice.curve25519_key(), &message[1..], version);
        }
    }
    let first = usize::from(script.byte() % 4);
    let answered = answering::answer(&bob, alice.curve25519_key(), &inbox[first].bytes[1..], version);
    let mut answerer = answerer.or(answered).expect("it is as it was sent");
    std::mem::swap(&mut answerer.inbox, &mut inbox);
    let mut parties = [starter, answerer];
    for _ in 0..MOST_STEPS {
        if script.rest().is_empty() {
            break;
        }
        step(&mut parties, version, script, rng);
    }
}

fn step(parties: &mut [Twin; 2], version: MessageVersion, script: &mut Script<'_>, rng: &mut StdRng) {
    let (what, count) = (script.byte(), script.byte());
    let party = usize::from(what >> 7);
    match what % 8 {
        0 => send(parties, party, usize::from(count % 64), what & 0x40 != 0, rng),
        1 => deliver(&mut parties[party], script.short()),
        2 => deliver(&mut parties[party], u16::MAX),
        // Messages of which the newest arrives and is answered: both ratchets turn.
        3 => {
            send(parties, party, usize::from(count % 64), what & 0x40 != 0, rng);
            deliver(&mut parties[1 - party], u16::MAX);
            send(parties, 1 - party, 1, what & 0x20 != 0, rng);
            deliver(&mut parties[party], u16::MAX);
        }
        4..=6 => {
            let twin = &mut parties[party];
            let Some(which) = pick_index(twin.inbox.len(), script.short()) else { return };
            let message = changed(&twin.inbox[which], &twin.inbox, version, script);
            twin.deliver(&message);
        }
        _ => parties[party].through_libolm(),
    }
}

fn send(parties: &mut [Twin; 2], party: usize, count: usize, they_draw: bool, rng: &mut StdRng) {
    for number in 0..=count {
        if parties[1 - party].inbox.len() < MOST_MESSAGES {
            let sent = parties[party].send(&vec![b'm'; number], they_draw, rng);
            parties[1 - party].inbox.push(sent);
        }
    }
}

/// One of the messages that were sent to it, or the newest.
fn deliver(twin: &mut Twin, which: u16) {
    let newest = twin.inbox.len().checked_sub(1);
    let which = if which == u16::MAX { newest } else { pick_index(twin.inbox.len(), which) };
    let Some(which) = which else { return };
    let bytes = twin.inbox[which].bytes.clone();
    twin.deliver(&bytes);
}

/// The message as the network has it: damaged, made again by somebody who has its key, in another frame, or invented.
fn changed(sent: &Sent, inbox: &[Sent], version: MessageVersion, script: &mut Script<'_>) -> Vec<u8> {
    match (script.byte() % 4, &sent.key) {
        (1, Some(key)) => forgery::remade(&sent.bytes, key, version, script),
        (2, _) => forgery::reframed(&sent.bytes, script),
        (3, _) => forgery::invented(&sent.bytes, version, script),
        _ => {
            let mut changes = Unstructured::new(script.bytes(8));
            let other =
                pick_index(inbox.len(), script.short()).map_or(&sent.bytes[..], |which| &inbox[which].bytes);
            let Ok(damage) = Damage::arbitrary(&mut changes) else { return sent.bytes.clone() };
            [&sent.bytes[..1], &damage.apply(&sent.bytes[1..], &other[1..])].concat()
        }
    }
}

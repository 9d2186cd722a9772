use arbitrary::Arbitrary;
use cliquet::{
    Curve25519PublicKey, MessageVersion,
    olm::{Account, InboundCreation, InboundCreationError, KeyUse, OlmMessage, PreKeyMessage, SessionConfig},
};
use cliquet_fuzz::{Damage, pick, pick_index, random::seeded};

use super::{End, Network, Sent, Verdict, model};

/// How the second party comes by its session.
#[derive(Arbitrary, Debug)]
pub(crate) struct Start {
    seed: u64,
    whole_mac: bool,
    fallback_key: bool,
    /// How many messages the first party has sent by then, and which of them arrives first.
    count: u8,
    first: u16,
    /// What arrives before.
    damaged: Vec<Damaged>,
}

#[derive(Arbitrary, Debug)]
struct Damaged {
    which: u16,
    other: u16,
    damage: Damage,
}

/// Alice, who is party 0, sends pre-key messages; Bob gets damaged ones, and then one as it was sent.
pub(crate) fn start(start: &Start) -> Network {
    let mut rng = seeded(start.seed);
    let version = if start.whole_mac { MessageVersion::V2 } else { MessageVersion::V1 };
    let config = SessionConfig::default().with_version(version);
    let alice = Account::new(&mut rng).expect("it never fails");
    let mut bob = Account::new(&mut rng).expect("it never fails");
    let one_time_keys = bob.generate_one_time_keys(2, &mut rng).expect("two are not too many").created;
    bob.generate_fallback_key(&mut rng).expect("it never fails");
    let key = match bob.fallback_key() {
        Some(fallback_key) if start.fallback_key => fallback_key.public_key,
        _ => one_time_keys[0].public_key,
    };
    let mut outbound = |key| {
        let session = alice.create_outbound_session(bob.curve25519_key(), key, config, &mut rng);
        session.expect("good keys")
    };
    let (mut session, other_session) = (outbound(key), outbound(one_time_keys[1].public_key));

    let mut alice_model = model::Party::starting();
    let mut inbox: Vec<Sent> = Vec::new();
    for number in 0..=usize::from(start.count % 12) {
        let plaintext = vec![b'!'; number];
        let message = session.encrypt(&plaintext, &mut rng).expect("sessions can send");
        inbox.push(Sent { message, plaintext, position: alice_model.send(), opened: false });
    }
    for damaged in start.damaged.iter().take(20) {
        refuse_damaged(&mut bob, alice.curve25519_key(), &inbox, damaged, config);
    }
    let first = pick_index(inbox.len(), start.first).expect("at least one was sent");
    let created = create(&mut bob, alice.curve25519_key(), &inbox[first], config, start.fallback_key);

    inbox[first].opened = true;
    let mut bob_model = model::Party::answering(inbox[first].position.chain);
    assert_eq!(bob_model.deliver(inbox[first].position), Verdict::Opens);
    assert_eq!(created.session.session_id(), session.session_id());
    let alice = End { session, model: alice_model, inbox: Vec::new() };
    let bob = End { session: created.session, model: bob_model, inbox };
    Network { ends: [alice, bob], version, other_session, rng }
}

fn pre_key(sent: &Sent) -> &PreKeyMessage {
    match &sent.message {
        OlmMessage::PreKey(message) => message,
        OlmMessage::Normal(_) => panic!("a session that has received nothing sends pre-key messages"),
    }
}

fn refuse_damaged(
    bob: &mut Account,
    alice: Curve25519PublicKey,
    inbox: &[Sent],
    damaged: &Damaged,
    config: SessionConfig,
) {
    let (Some(sent), Some(other)) = (pick(inbox, damaged.which), pick(inbox, damaged.other)) else { return };
    let bytes = damaged.damage.apply(sent.message.as_bytes(), other.message.as_bytes());
    if inbox.iter().any(|sent| sent.message.as_bytes() == bytes) {
        return;
    }
    let Ok(message) = PreKeyMessage::from_bytes(bytes) else { return };
    bob.create_inbound_session(alice, &message, config).expect_err("nobody sent this message");
    // Also when the caller believes the identity key that the message names, unless that is Alice's in another encoding:
    // X25519 does not look at the topmost bit, so it is for the caller to say which bytes are her key.
    let mut named = *message.identity_key().as_bytes();
    named[31] &= 0x7f;
    if named != *alice.as_bytes() {
        bob.create_inbound_session(message.identity_key(), &message, config)
            .expect_err("nobody sent this message");
    }
    assert_eq!(bob.stored_one_time_key_count(), 2);
}

/// Makes the session, and tries the same message again: a one-time key serves once, a fallback key remains.
fn create(
    bob: &mut Account,
    alice: Curve25519PublicKey,
    first: &Sent,
    config: SessionConfig,
    fallback_key: bool,
) -> InboundCreation {
    let message = pre_key(first);
    let wrong = bob.create_inbound_session(bob.curve25519_key(), message, config);
    assert!(matches!(wrong, Err(InboundCreationError::MismatchedIdentityKey { .. })));
    let created = bob.create_inbound_session(alice, message, config).expect("it is as it was sent");
    assert_eq!(created.plaintext, first.plaintext);
    let again = bob.create_inbound_session(alice, message, config);
    match created.key_use {
        KeyUse::OneTimeKey { .. } if !fallback_key => {
            assert_eq!(bob.stored_one_time_key_count(), 1);
            assert!(matches!(again, Err(InboundCreationError::UnknownOneTimeKey { .. })));
        }
        KeyUse::FallbackKey { .. } if fallback_key => {
            assert_eq!(bob.stored_one_time_key_count(), 2);
            assert_eq!(again.expect("a fallback key remains").plaintext, first.plaintext);
        }
        other => panic!("{other:?}"),
    }
    created
}

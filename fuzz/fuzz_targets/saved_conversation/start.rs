use arbitrary::Arbitrary;
use cliquet::{
    Curve25519PublicKey, MessageVersion,
    olm::{Account, InboundCreationError, OlmMessage, PreKeyMessage, SessionConfig},
};
use cliquet_fuzz::{Form, Stored, random::seeded};

use super::{Conversation, End, Sent, Verdict, group::Group, kept::Kept, model};

/// How the two parties begin, and how they save.
#[derive(Arbitrary, Debug)]
pub(crate) struct Start {
    seed: u64,
    whole_mac: bool,
    guarded: bool,
    fallback_key: bool,
    account: Form,
    sessions: [Form; 2],
    group: [Form; 2],
    /// The receiver ends before it has saved what its first message made.
    crash: bool,
}

/// The first party sends, the second makes its session; both save before anybody sees anything of it.
pub(crate) fn start(start: &Start) -> Conversation {
    let mut rng = seeded(start.seed);
    let version = if start.whole_mac { MessageVersion::V2 } else { MessageVersion::V1 };
    let config = SessionConfig::default().with_version(version);
    let alice = Account::new(&mut rng).expect("it never fails");
    let mut bob = Account::new(&mut rng).expect("it never fails");
    bob.generate_one_time_keys(2, &mut rng).expect("two are not too many");
    bob.generate_fallback_key(&mut rng).expect("it never fails");
    let bob: Account = Stored::save(&bob, start.account, version).open();
    let key = match bob.fallback_key() {
        Some(fallback_key) if start.fallback_key => fallback_key.public_key,
        _ => bob.one_time_keys().next().expect("there are two").public_key,
    };
    let session = alice.create_outbound_session(bob.curve25519_key(), key, config, &mut rng);
    let mut alice_end =
        Kept::new(session.expect("good keys"), model::Party::starting(), start.sessions[0], version);
    let message = alice_end.live.encrypt(b"first", &mut rng).expect("sessions can send");
    let position = alice_end.model.send();
    alice_end.save();

    let OlmMessage::PreKey(first) = &message else { panic!("a pre-key message") };
    let created = receive(start, bob, alice.curve25519_key(), first, config);
    let mut bob_model = model::Party::answering(position.chain);
    assert_eq!(bob_model.deliver(position), Verdict::Opens);
    let bob_end = Kept::new(created, bob_model, start.sessions[1], version);

    let group = Group::new(start.group, version, start.guarded, &mut rng);
    let mut conversation =
        Conversation { ends: [End::new(alice_end), End::new(bob_end)], rng, used: Default::default(), group };
    conversation.note_use(&message);
    let first = Sent { message, plaintext: b"first".to_vec(), position, acknowledged: true };
    conversation.ends[1].inbox.push(first);
    conversation
}

/// Account and session are saved together; until then, the message can be answered again from the account that was saved.
fn receive(
    start: &Start,
    mut bob: Account,
    alice: Curve25519PublicKey,
    first: &PreKeyMessage,
    config: SessionConfig,
) -> cliquet::olm::Session {
    let stored = Stored::save(&bob, start.account, config.version);
    if start.crash {
        bob.create_inbound_session(alice, first, config).expect("it is as it was sent");
        bob = stored.open();
    }
    let created = bob.create_inbound_session(alice, first, config).expect("nothing was acknowledged");
    assert_eq!(created.plaintext, b"first");
    let mut bob: Account = Stored::save(&bob, start.account, config.version).open();
    match bob.create_inbound_session(alice, first, config) {
        Ok(again) => {
            assert!(start.fallback_key, "a one-time key serves once");
            assert_eq!(again.plaintext, b"first");
        }
        Err(error) => {
            assert!(!start.fallback_key, "a fallback key remains: {error}");
            assert!(matches!(error, InboundCreationError::UnknownOneTimeKey { .. }));
        }
    }
    created.session
}

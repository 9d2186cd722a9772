//! What an account and a session are there for, done in whatever state a store has put them: an error is right where the state
//! is to blame, a panic never is, and neither is a refusal that leaves a trace.

use cliquet::{
    Curve25519PublicKey, MessageVersion,
    megolm::{self, InboundGroupSession, MegolmMessage, OutboundGroupSession},
    olm::{
        Account, EncryptionError, InboundCreationError, Message, OlmMessage, OneTimeKeyError, Session,
        SessionConfig,
    },
    pickle::PickleKey,
};

use crate::{Saved, random::seeded, wire};

/// Signs, generates keys, is asked for them, and answers messages to them.
pub(crate) fn account(account: &mut Account) {
    let signature = account.sign(b"message");
    assert_eq!(account.ed25519_key().verify(b"message", &signature), Ok(()));
    let stored: Vec<_> = account.one_time_keys().collect();
    assert_eq!(stored.len(), account.stored_one_time_key_count());
    let given_up = account.set_one_time_key_limit(account.one_time_key_limit());
    assert_eq!(given_up, Ok(Vec::new()), "a state keeps its own limits");
    let ends = stored.first().into_iter().chain(stored.last()).map(|key| key.public_key);
    for key in ends.chain(account.fallback_key().map(|key| key.public_key)) {
        answer(account, key);
    }
    let rng = &mut seeded(11);
    match account.generate_one_time_keys(1, rng) {
        Ok(generated) => {
            let created = &generated.created[0];
            assert!(stored.iter().all(|key| key.key_id < created.key_id), "no id is given twice");
            answer(account, created.public_key);
        }
        Err(error) => assert_eq!(error, OneTimeKeyError::KeyIdsExhausted),
    }
    if let Err(error) = account.generate_fallback_key(rng) {
        assert_eq!(error, OneTimeKeyError::KeyIdsExhausted);
    }
    account.mark_keys_as_published();
    assert_eq!(account.unpublished_one_time_keys().count(), 0);
    assert!(account.unpublished_fallback_key().is_none());
    saves_itself(account);
}

/// A stranger starts a session with this key of the account, if it has not been used up.
fn answer(account: &mut Account, key: Curve25519PublicKey) {
    let fallback_key = account.fallback_key();
    if account.one_time_keys().chain(fallback_key).all(|stored| stored.public_key != key) {
        return;
    }
    let rng = &mut seeded(12);
    let stranger = Account::new(rng).expect("it never fails");
    let config = SessionConfig::default();
    // A stored key may be any 32 bytes, and nobody starts a session with one of small order.
    let Ok(mut session) = stranger.create_outbound_session(account.curve25519_key(), key, config, rng) else {
        return;
    };
    let Ok(OlmMessage::PreKey(first)) = session.encrypt(b"first", rng) else { panic!("a pre-key message") };
    let before = account.save_plain();
    match account.create_inbound_session(stranger.curve25519_key(), &first, config) {
        Ok(created) => {
            assert_eq!(created.plaintext, b"first");
            assert_eq!(created.session.session_id(), session.session_id());
        }
        Err(InboundCreationError::MismatchedOneTimeKey { .. }) => {
            assert_eq!(account.save_plain(), before, "a refusal leaves no trace");
        }
        Err(error) => panic!("a message to a stored key: {error}"),
    }
}

/// Refuses garbage and encrypts.
pub(crate) fn session(session: &mut Session) {
    let before = session.save_plain();
    let summary = session.summary();
    let known = summary.receiver_chains.iter().chain(&summary.sending_chain);
    let known = known.map(|chain| (*chain.ratchet_key.as_bytes(), chain.next_chain_index));
    let places: Vec<_> = known.chain([([9; 32], 0), ([9; 32], u32::MAX), ([0; 32], 1)]).collect();
    for (ratchet_key, next) in places {
        for index in [next, next.saturating_sub(1), next.saturating_add(2)] {
            session.decrypt(&garbage(session.version(), &ratchet_key, index)).expect_err("garbage");
        }
    }
    assert_eq!(session.save_plain(), before, "a refusal leaves no trace");
    session.set_limits(session.limits());
    assert_eq!(session.save_plain(), before, "a state keeps its own limits");
    match session.encrypt(b"message", &mut seeded(13)) {
        Ok(message) => {
            let index = match &message {
                OlmMessage::PreKey(message) => message.chain_index(),
                OlmMessage::Normal(message) => message.chain_index(),
            };
            let sends = session.summary().sending_chain.expect("it has just sent");
            assert_eq!(sends.next_chain_index, index + 1);
            assert_ne!(session.save_plain(), before, "a message key is used once");
        }
        Err(EncryptionError::ChainExhausted | EncryptionError::NonContributoryKey) => {
            assert_eq!(session.save_plain(), before, "a failure leaves no trace");
        }
        Err(error) => panic!("it never fails: {error}"),
    }
    saves_itself(session);
}

fn garbage(version: MessageVersion, ratchet_key: &[u8; 32], index: u32) -> OlmMessage {
    let mut bytes = wire::olm_message(wire::version_byte(version), ratchet_key, index, &[0; 16]);
    bytes.resize(bytes.len() + version.mac_length(), 0);
    OlmMessage::Normal(Message::from_bytes(bytes).expect("it is well-formed"))
}

/// Shares itself and encrypts: what was shared opens what is sent next.
pub(crate) fn outbound_group_session(session: &mut OutboundGroupSession) {
    let config = megolm::SessionConfig::default().with_version(session.version());
    let index = session.message_index();
    let mut inbound = InboundGroupSession::new(&session.session_key(), config);
    match session.encrypt(b"message") {
        Ok(message) => {
            let decrypted = inbound.decrypt(&message).expect("it was shared before");
            assert_eq!((&decrypted.plaintext[..], decrypted.message_index), (&b"message"[..], index));
            assert_eq!(session.message_index(), index + 1);
        }
        Err(megolm::EncryptionError::SessionExhausted) => assert_eq!(index, u32::MAX),
        Err(error) => panic!("it never fails: {error}"),
    }
    saves_itself(session);
}

/// Refuses garbage, exports and moves forward.
pub(crate) fn inbound_group_session(session: &mut InboundGroupSession) {
    let before = session.save_plain();
    let index = session.first_known_index();
    let version = session.version();
    let mut bytes = wire::megolm_message(wire::version_byte(version), index, &[0; 16]);
    bytes.resize(bytes.len() + version.mac_length() + 64, 0);
    let message = MegolmMessage::from_bytes(bytes).expect("it is well-formed");
    session.decrypt(&message).expect_err("garbage");
    session.decrypt_event(&message, &[1; 32]).expect_err("garbage");
    assert_eq!(session.save_plain(), before, "a refusal leaves no trace");
    assert_eq!(session.export().message_index(), index);
    assert_eq!(session.export_at(u32::MAX).map(|export| export.message_index()), Some(u32::MAX));
    assert_eq!(session.save_plain(), before, "reading leaves no trace");
    assert!(session.replay_guard().len() <= session.replay_guard().capacity());
    session.advance_to(index.saturating_add(1));
    assert_eq!(session.first_known_index(), index.saturating_add(1));
    saves_itself(session);
}

/// What it has become can be saved as well.
fn saves_itself<T: Saved>(state: &T) {
    let key = PickleKey::new(&[14; 32]);
    let again = T::open(&state.save(&key), &key).expect("what is written can be read");
    assert_eq!(again.save_plain(), state.save_plain());
}

//! Olm accounts and sessions.

use std::hint::black_box;

use cliquet::objects::device_keys::DeviceKeys;
use cliquet::olm::{
    Account, InboundCreation, Limits, OlmMessage, PreKeyMessage, Session, SessionConfig, SharedKeys,
};
use cliquet::{Curve25519KeyPair, Curve25519PublicKey, Ed25519KeyPair, MessageVersion};

use super::Failure;
use crate::client;
use crate::harness::operation;
use crate::secrets::{
    SecretRandom, publish, publish_again, publish_key, publish_signing_key, publish_value, secret,
};

/// Longer than two blocks, and no multiple of one.
pub(super) const PLAINTEXT: &[u8] = b"nobody but the recipient is to see this text";
const USER: &str = "@amelie:example.org";
const DEVICE: &str = "PHONE";

pub(super) fn first_version() -> Result<(), Failure> {
    conversation(SessionConfig::default().with_version(MessageVersion::V1)).map(drop)
}

pub(super) fn second_version() -> Result<(), Failure> {
    conversation(SessionConfig::default().with_version(MessageVersion::V2)).map(drop)
}

/// An account with keys of every kind, all of whose public keys are published.
pub(super) fn account(seed: u64) -> Result<Box<Account>, Failure> {
    let mut rng = SecretRandom::new(seed);
    let mut account =
        operation("account: draw one", &["olm::Account::new"], || Account::new(&mut rng).map(Box::new))?;
    publish_key(account.curve25519_key())?;
    publish_signing_key(&account.ed25519_key())?;
    let functions = ["olm::Account::generate_one_time_keys"];
    operation("account: draw one-time keys", &functions, || account.generate_one_time_keys(4, &mut rng))?;
    for key in account.one_time_keys().collect::<Vec<_>>() {
        publish_key(key.public_key)?;
    }
    let functions = ["olm::Account::generate_fallback_key"];
    for _ in 0..2 {
        operation("account: draw a fallback key", &functions, || account.generate_fallback_key(&mut rng))?;
        let key = account.fallback_key().ok_or("no fallback key")?;
        publish_key(key.public_key)?;
    }
    Ok(account)
}

pub(super) fn accounts() -> Result<(), Failure> {
    let mut account = account(10)?;
    let text = secret(PLAINTEXT);
    let signature = operation("account: sign", &["olm::Account::sign"], || account.sign(&text));
    publish(signature.as_bytes())?;
    let functions = [
        "olm::Account::signed_device_keys",
        "olm::Account::signed_one_time_keys",
        "olm::Account::signed_fallback_keys",
    ];
    operation("account: sign its keys as JSON", &functions, || {
        black_box((
            account.signed_device_keys(USER, DEVICE),
            account.signed_one_time_keys(USER, DEVICE),
            account.signed_fallback_keys(USER, DEVICE),
        ))
    });
    let functions = [
        "olm::Account::curve25519_key",
        "olm::Account::ed25519_key",
        "olm::Account::identity_keys",
        "olm::Account::fallback_key",
        "olm::Account::previous_fallback_key",
        "olm::Account::unpublished_fallback_key",
        "olm::Account::last_key_id",
        "olm::Account::one_time_key_limit",
        "olm::Account::one_time_keys",
        "olm::Account::unpublished_one_time_keys",
        "olm::Account::stored_one_time_key_count",
        "olm::Account::identity_key_pair",
        "olm::Account::signing_key_pair",
    ];
    operation("account: look at it", &functions, || {
        let keys = (account.one_time_keys().count(), account.unpublished_one_time_keys().count());
        let fallback =
            (account.fallback_key(), account.previous_fallback_key(), account.unpublished_fallback_key());
        let pairs = (account.identity_key_pair().public(), account.signing_key_pair().public());
        let counts =
            (account.last_key_id(), account.one_time_key_limit(), account.stored_one_time_key_count());
        black_box((keys, fallback.0.is_some(), fallback.1.is_some(), fallback.2.is_some(), pairs, counts));
        black_box((account.identity_keys(), account.curve25519_key(), account.ed25519_key()));
    });
    operation("account: print it", &["olm::Account::fmt"], || format!("{account:?}"));
    let keys: Vec<_> = account.one_time_keys().collect();
    let [first, ..] = keys.as_slice() else { return Err("no one-time keys".into()) };
    let functions = [
        "olm::Account::mark_keys_as_published",
        "olm::Account::remove_one_time_key",
        "olm::Account::set_one_time_key_limit",
        "olm::Account::forget_previous_fallback_key",
    ];
    operation("account: publish and remove keys", &functions, || {
        account.mark_keys_as_published();
        black_box(account.remove_one_time_key(&first.public_key));
        black_box(account.forget_previous_fallback_key());
        account.set_one_time_key_limit(100).map(|removed| removed.len())
    })?;
    operation("account: drop it", &[], || drop(account));

    let rng = SecretRandom::new(11);
    let signing = Ed25519KeyPair::from_seed(&rng.bytes());
    let identity = Curve25519KeyPair::from_secret_key(&rng.bytes());
    let account = operation("account: from key pairs", &["olm::Account::from_key_pairs"], || {
        Box::new(Account::from_key_pairs(signing, identity))
    });
    publish_key(account.curve25519_key())?;
    publish_signing_key(&account.ed25519_key())?;
    Ok(())
}

/// Both ends of a session that has gone to and fro.
pub(super) struct Conversation {
    pub(super) alice: Box<Account>,
    /// Has to turn its ratchet before it sends: the last message that it received was of a new chain.
    pub(super) sender: Box<Session>,
    /// Has a chain to send on, and skipped message keys.
    pub(super) receiver: Box<Session>,
    /// Has been made of a message, and has sent none.
    pub(super) unanswered: Box<Session>,
}

pub(super) fn conversation(config: SessionConfig) -> Result<Conversation, Failure> {
    let mut rng = SecretRandom::new(12);
    let (alice, mut bob) = (account(13)?, account(14)?);
    let keys: Vec<_> = bob.one_time_keys().map(|key| key.public_key).collect();
    let [one_time_key, second_key, ..] = *keys.as_slice() else { return Err("no one-time keys".into()) };

    let functions = ["olm::Account::create_outbound_session"];
    let mut sender = operation("session: create, outbound", &functions, || {
        alice.create_outbound_session(bob.curve25519_key(), one_time_key, config, &mut rng).map(Box::new)
    })?;
    let claimed = claimed(&bob, second_key)?;
    let functions = ["olm::Account::create_outbound_session_with"];
    let mut unused = operation("session: create, outbound, with a claimed key", &functions, || {
        alice.create_outbound_session_with(&claimed, config, &mut rng).map(Box::new)
    })?;
    encrypt(&mut unused, &mut rng)?;

    let OlmMessage::PreKey(first) = encrypt(&mut sender, &mut rng)? else {
        return Err("the first message is a pre-key message".into());
    };
    refused(&mut bob, &alice, &first, config)?;
    let unanswered =
        operation("session: create, inbound, unopened", &["olm::Account::inbound_session_unopened"], || {
            bob.inbound_session_unopened(alice.curve25519_key(), &first, config).map(Box::new)
        })?;
    let created = operation("session: create, inbound", &["olm::Account::create_inbound_session"], || {
        bob.create_inbound_session(alice.curve25519_key(), &first, config)
    })?;
    let InboundCreation { session, plaintext, .. } = created;
    let mut receiver = Box::new(session);
    expect(plaintext)?;

    // To and fro, so that both ends turn the ratchet.
    let answer = encrypt(&mut receiver, &mut rng)?;
    decrypt("session: decrypt, new chain", &mut sender, &answer)?;
    let messages: Vec<OlmMessage> =
        (0..6).map(|_| encrypt(&mut sender, &mut rng)).collect::<Result<_, _>>()?;
    let [first, second, third, .., last] = messages.as_slice() else { return Err("six messages".into()) };
    decrypt("session: decrypt, new chain and three steps ahead", &mut receiver, third)?;
    decrypt("session: decrypt, late", &mut receiver, first)?;
    decrypt("session: decrypt, steps ahead", &mut receiver, last)?;
    damaged("session: refuse, wrong MAC", &mut receiver, second)?;
    let answer = encrypt(&mut receiver, &mut rng)?;
    damaged("session: refuse, wrong MAC, new chain", &mut sender, &answer)?;
    decrypt("session: decrypt, after a refused one", &mut sender, &answer)?;
    operation("session: refuse, already used", &[], || receiver.decrypt(third).err())
        .ok_or("decrypted twice")?;
    look_at(&mut receiver, &messages)?;
    if !sender.needs_random() || receiver.needs_random() || !unanswered.needs_random() {
        return Err("the sessions are not in the states that are to be pickled".into());
    }
    Ok(Conversation { alice, sender, receiver, unanswered })
}

/// The signed keys of an account, verified.
fn claimed(
    account: &Account,
    key: Curve25519PublicKey,
) -> Result<cliquet::objects::device_keys::ClaimedKey, Failure> {
    let device = account.signed_device_keys(USER, DEVICE);
    let keys = account.signed_one_time_keys(USER, DEVICE);
    let texts = client::unreported(|| {
        let keys = keys.iter().filter_map(|(_, key)| Some(key.as_object()?.to_canonical_json()));
        [device.to_canonical_json()].into_iter().chain(keys).collect::<Vec<_>>()
    });
    // A signature is public.
    let texts: Vec<String> = texts
        .iter()
        .map(|text| String::from_utf8(publish(text.as_bytes())?).map_err(Failure::from))
        .collect::<Result<_, _>>()?;
    let [device, keys @ ..] = texts.as_slice() else { return Err("no keys".into()) };
    let device = DeviceKeys::verify(&cliquet::signed_json::JsonObject::from_json(device)?, USER, DEVICE)?;
    let text = keys.iter().find(|text| text.contains(&key.to_base64())).ok_or("not among the signed keys")?;
    Ok(device.verify_one_time_key(&cliquet::signed_json::JsonObject::from_json(text)?)?)
}

/// Encrypts, and publishes what leaves.
pub(super) fn encrypt(session: &mut Session, rng: &mut SecretRandom) -> Result<OlmMessage, Failure> {
    let plaintext = secret(PLAINTEXT);
    let functions = ["olm::Session::encrypt"];
    let message = operation("session: encrypt", &functions, || session.encrypt(&plaintext, rng))?;
    let bytes = publish(message.as_bytes())?;
    let message = OlmMessage::from_parts(message.message_type().as_usize(), &message.to_base64())?;
    if bytes != message.as_bytes() {
        return Err("a message is another after it has been text".into());
    }
    match &message {
        OlmMessage::Normal(message) => publish_again(message.ratchet_key().as_bytes()),
        OlmMessage::PreKey(message) => {
            publish_again(message.base_key().as_bytes());
            publish_again(message.ratchet_key().as_bytes())
        }
    };
    Ok(message)
}

fn decrypt(name: &str, session: &mut Session, message: &OlmMessage) -> Result<(), Failure> {
    let plaintext = operation(name, &["olm::Session::decrypt"], || session.decrypt(message))?;
    expect(plaintext)
}

/// The plaintext is right, and still secret. That it is this long is known by now.
pub(super) fn expect(plaintext: Vec<u8>) -> Result<(), Failure> {
    let plaintext = publish_value(plaintext);
    if client::secret_bytes(&plaintext) != plaintext.len() {
        return Err("a plaintext came out that was no secret".into());
    }
    client::mark_public(&plaintext);
    if plaintext == PLAINTEXT { Ok(()) } else { Err("another plaintext came out".into()) }
}

fn damage(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes.last_mut().iter_mut().for_each(|last| **last ^= 1);
    bytes
}

fn damaged(name: &str, session: &mut Session, message: &OlmMessage) -> Result<(), Failure> {
    let OlmMessage::Normal(message) = message else { return Err("not a normal message".into()) };
    let damaged = OlmMessage::Normal(cliquet::olm::Message::from_bytes(damage(message.as_bytes()))?);
    operation(name, &["olm::Session::decrypt"], || session.decrypt(&damaged).err())
        .ok_or("a wrong MAC passed")?;
    Ok(())
}

fn refused(
    bob: &mut Account,
    alice: &Account,
    message: &PreKeyMessage,
    config: SessionConfig,
) -> Result<(), Failure> {
    let damaged = PreKeyMessage::from_bytes(damage(message.as_bytes()))?;
    let refused = operation("session: refuse to create, wrong MAC", &[], || {
        bob.create_inbound_session(alice.curve25519_key(), &damaged, config).err()
    });
    refused.ok_or("a wrong MAC passed")?;
    Ok(())
}

fn look_at(session: &mut Session, messages: &[OlmMessage]) -> Result<(), Failure> {
    let functions = [
        "olm::Session::forget_message_keys_of_dropped_chains",
        "olm::Session::has_received_message",
        "olm::Session::limits",
        "olm::Session::message_len",
        "olm::Session::needs_random",
        "olm::Session::next_message_type",
        "olm::Session::session_id",
        "olm::Session::session_keys",
        "olm::Session::set_limits",
        "olm::Session::skipped_messages",
        "olm::Session::summary",
        "olm::Session::version",
    ];
    operation("session: look at it", &functions, || {
        black_box((session.has_received_message(), session.limits(), session.message_len(messages.len())));
        black_box((session.needs_random(), session.next_message_type(), session.session_id()));
        black_box((session.session_keys(), session.skipped_messages().count(), session.version()));
        black_box(session.summary());
        black_box(session.forget_message_keys_of_dropped_chains());
    });
    operation("session: print it", &["olm::Session::fmt"], || format!("{session:?}"));
    operation("session: keep fewer skipped keys", &["olm::Session::set_limits"], || {
        Limits::default().with_skipped_keys_per_chain(40).map(|limits| session.set_limits(limits))
    })?;
    Ok(())
}

pub(super) fn shared_keys() -> Result<(), Failure> {
    let mut rng = SecretRandom::new(15);
    let (root, chain) = (rng.bytes(), rng.bytes());
    let public = |seed: u8| Curve25519KeyPair::from_secret_key(&[seed; 32]).public();
    let keys = cliquet::olm::SessionKeys::new(public(1), public(2), public(3));
    let functions = ["olm::SharedKeys::from_bytes", "olm::Session::sender_from_shared_keys"];
    let mut sender = operation("session: from shared keys, sender", &functions, || {
        let shared = SharedKeys::from_bytes(&root, &chain);
        Session::sender_from_shared_keys(shared, keys, SessionConfig::default(), &mut rng).map(Box::new)
    })?;
    let OlmMessage::PreKey(message) = encrypt(&mut sender, &mut rng)? else {
        return Err("the first message is a pre-key message".into());
    };
    let functions = ["olm::Session::receiver_from_shared_keys", "olm::Session::matches_pre_key_message"];
    let mut receiver = operation("session: from shared keys, receiver", &functions, || {
        let shared = SharedKeys::from_bytes(&root, &chain);
        let session =
            Session::receiver_from_shared_keys(shared, keys, message.ratchet_key(), SessionConfig::default());
        black_box(session.matches_pre_key_message(&message));
        Box::new(session)
    });
    decrypt("session: decrypt, pre-key message", &mut receiver, &OlmMessage::PreKey(message))?;
    operation("session: drop both ends", &[], || drop((sender, receiver)));
    Ok(())
}

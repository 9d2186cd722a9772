use alloc::vec;

use serde_json::{Value, json};

use crate::{
    known_answers::{Input, Outcome, hex, refused},
    olm::{
        Account, Message, PreKeyMessage, SessionConfig, SessionKeys, handshake,
        ratchet::{derive_root_key, step_chain_key},
    },
    testing::FixedRandom,
};

/// Runs a vector of this room; `None` if it is of no kind that belongs here.
pub(crate) fn run(kind: &str, input: &Input<'_>) -> Option<Outcome> {
    Some(match kind {
        "session-id" => {
            let keys =
                SessionKeys::new(input.key("identity_key"), input.key("base_key"), input.key("one_time_key"));
            Ok(json!({ "session_id_base64": keys.session_id().to_base64() }))
        }
        "olm-root" => {
            let shared = handshake::derive(&input.array("shared_secret"));
            Ok(root_and_chain(shared.root_key.as_bytes(), shared.chain_key.as_bytes()))
        }
        "olm-root-step" => {
            let mut output = [0; 64];
            derive_root_key(&input.array("root_key"), &input.array("shared_secret"), &mut output);
            Ok(root_and_chain(&output[..32], &output[32..]))
        }
        "olm-chain-step" => {
            let (mut message_key, mut next) = ([0; 32], [0; 32]);
            step_chain_key(&input.array("chain_key"), &mut message_key, &mut next);
            Ok(json!({ "message_key": hex(message_key), "chain_key": hex(next) }))
        }
        "olm-seal" => Ok(seal(input)),
        "olm-open" => open(input),
        "olm-message" => fields(input),
        "olm-pre-key-message" => pre_key_fields(input),
        "olm-scenario" => Ok(scenario(input)),
        "account-one-time-keys" => Ok(one_time_keys(input)),
        _ => return None,
    })
}

fn root_and_chain(root_key: &[u8], chain_key: &[u8]) -> Value {
    json!({ "root_key": hex(root_key), "chain_key": hex(chain_key) })
}

fn seal(input: &Input<'_>) -> Value {
    let message = Message::seal(
        input.version(),
        input.key("ratchet_key"),
        input.index("chain_index"),
        &input.array("message_key"),
        &input.bytes("plaintext"),
    );
    assert_eq!(Message::from_bytes(message.as_bytes()).unwrap(), message, "what is written reads the same");
    json!({ "message": hex(message.as_bytes()) })
}

fn open(input: &Input<'_>) -> Outcome {
    let message = Message::from_bytes(input.bytes("message")).map_err(refused)?;
    input.check_version(message.version())?;
    let plaintext =
        message.layout().open(message.as_bytes(), &input.array("message_key")).map_err(refused)?;
    Ok(json!({ "plaintext": hex(plaintext) }))
}

fn fields(input: &Input<'_>) -> Outcome {
    let message = Message::from_bytes(input.bytes("message")).map_err(refused)?;
    input.check_version(message.version())?;
    Ok(json!({
        "ratchet_key": hex(message.ratchet_key().as_bytes()),
        "chain_index": message.chain_index(),
        "ciphertext": hex(message.ciphertext()),
    }))
}

fn pre_key_fields(input: &Input<'_>) -> Outcome {
    let message = PreKeyMessage::from_bytes(input.bytes("message")).map_err(refused)?;
    input.check_version(message.version())?;
    Ok(json!({
        "one_time_key": hex(message.one_time_key().as_bytes()),
        "base_key": hex(message.base_key().as_bytes()),
        "identity_key": hex(message.identity_key().as_bytes()),
        "session_id_base64": message.session_id().to_base64(),
        "ratchet_key": hex(message.ratchet_key().as_bytes()),
        "chain_index": message.chain_index(),
        "ciphertext": hex(message.ciphertext()),
    }))
}

/// A conversation of libolm, replayed from its random bytes.
fn scenario(input: &Input<'_>) -> Value {
    let random = |name: &str| FixedRandom::new(input.bytes(name));
    let alice = Account::new(&mut random("alice_random")).unwrap();
    let mut bob = Account::new(&mut random("bob_random")).unwrap();
    bob.generate_one_time_keys(1, &mut random("bob_one_time_key_random")).unwrap();
    let one_time_key = bob.one_time_keys().next().unwrap().public_key;

    let mut session_random = random("session_random");
    let mut alice_session = alice
        .create_outbound_session(
            bob.curve25519_key(),
            one_time_key,
            SessionConfig::default(),
            &mut session_random,
        )
        .unwrap();
    assert!(session_random.is_empty(), "the session draws as much as libolm does");
    let first = alice_session.encrypt(input.text("first_plaintext"), &mut session_random).unwrap();

    let created = bob
        .create_inbound_session(
            alice.curve25519_key(),
            &super::pre_key(first.clone()),
            SessionConfig::default(),
        )
        .unwrap();
    assert_eq!(created.plaintext, input.text("first_plaintext").as_bytes());
    let mut bob_session = created.session;
    let reply = bob_session.encrypt(input.text("reply_plaintext"), &mut random("reply_random")).unwrap();
    assert_eq!(alice_session.decrypt(&reply).unwrap(), input.text("reply_plaintext").as_bytes());

    json!({
        "alice_ed25519": hex(alice.ed25519_key().as_bytes()),
        "alice_curve25519": hex(alice.curve25519_key().as_bytes()),
        "bob_ed25519": hex(bob.ed25519_key().as_bytes()),
        "bob_curve25519": hex(bob.curve25519_key().as_bytes()),
        "bob_one_time_key": hex(one_time_key.as_bytes()),
        "pre_key_message_base64": first.to_base64(),
        "session_id_base64": alice_session.session_id().to_base64(),
        "reply_base64": reply.to_base64(),
    })
}

fn one_time_keys(input: &Input<'_>) -> Value {
    let mut account = Account::new(&mut FixedRandom::new(input.bytes("account_random"))).unwrap();
    let random = input.bytes("one_time_key_random");
    account.generate_one_time_keys(random.len() / 32, &mut FixedRandom::new(random)).unwrap();
    let mut keys = vec![];
    for key in account.one_time_keys() {
        keys.push(json!([key.key_id.as_u64(), hex(key.public_key.as_bytes())]));
    }
    json!({
        "ed25519": hex(account.ed25519_key().as_bytes()),
        "curve25519": hex(account.curve25519_key().as_bytes()),
        "one_time_keys": keys,
    })
}

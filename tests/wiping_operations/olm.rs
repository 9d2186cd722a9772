//! Accounts and Olm sessions.

use cliquet::olm::{Account, Message, OlmMessage, PreKeyMessage, Session, SessionConfig};
use curve25519_dalek::Scalar;
use sha2::{Digest, Sha512};
use zeroize::Zeroize;

use crate::{
    derived::{self, Key},
    draws::Draws,
    known::Known,
    watch::Watch,
};

/// A plaintext that is secret, and nowhere else.
pub(crate) fn plaintext() -> Vec<u8> {
    (0..4).flat_map(|number| *Draws::new("plaintext").block(number)).collect()
}

/// All that one message is encrypted with; returns the MAC key.
fn message_keys(known: &mut Known, message_key: &Key) -> Key {
    known.hmac_key("message key", message_key);
    cipher_keys(known, &[], message_key, b"OLM_KEYS")
}

/// The same many times.
pub(crate) fn long_plaintext() -> Vec<u8> {
    plaintext().repeat(32)
}

/// The keys of the cipher that are expanded from key material; returns the MAC key.
pub(crate) fn cipher_keys(known: &mut Known, salt: &[u8], key_material: &[u8], info: &[u8]) -> Key {
    let [aes_key, mac_key, iv] = derived::hkdf(salt, key_material, info);
    known.hmac_key("pseudorandom key", &derived::hmac(salt, key_material));
    known.bytes("AES key", &aes_key);
    known.hmac_key("MAC key", &mac_key);
    known.bytes("IV", &iv[..16]);
    mac_key
}

/// An Ed25519 key in both forms, and what it signs a message with.
pub(crate) fn signing_key(known: &mut Known, seed: &Key, messages: &[&[u8]]) {
    let mut expanded: [u8; 64] = Sha512::digest(seed).into();
    known.bytes("Ed25519 seed", seed);
    let clamped = derived::clamped(*expanded.first_chunk().unwrap());
    expanded[..32].copy_from_slice(&clamped);
    known.scalar("Ed25519 expanded key", &clamped);
    known.bytes("Ed25519 expanded key", Scalar::from_bytes_mod_order(clamped).as_bytes());
    known.bytes("Ed25519 expanded key", &expanded);
    for message in messages {
        let nonce: [u8; 64] =
            Sha512::new().chain_update(&expanded[32..]).chain_update(message).finalize().into();
        known.bytes("Ed25519 nonce", &nonce);
        known.scalar("Ed25519 nonce", Scalar::from_bytes_mod_order_wide(&nonce).as_bytes());
    }
}

/// A chain of so many messages; returns the MAC key of each.
fn chain(known: &mut Known, mut chain_key: Key, messages: usize) -> Vec<Key> {
    let step = |_| {
        known.hmac_key("chain key", &chain_key);
        let mac_key = message_keys(known, &derived::hmac(&chain_key, &[1]));
        chain_key = derived::hmac(&chain_key, &[2]);
        mac_key
    };
    (0..messages).map(step).collect()
}

/// A turn of the ratchet; returns the root key, and the MAC key of each message.
fn turn(known: &mut Known, root_key: &Key, ours: &Key, theirs: &Key) -> (Key, Vec<Key>) {
    let shared_secret = derived::x25519(ours, &derived::public_key(theirs));
    known.agreed("DH output", &shared_secret);
    known.hmac_key("pseudorandom key", &derived::hmac(root_key, &shared_secret));
    let [root_key, chain_key] = derived::hkdf(root_key, &shared_secret, b"OLM_RATCHET");
    known.hmac_key("root key", &root_key);
    (root_key, chain(known, chain_key, 8))
}

/// The numbers of the draws, in the order of the scenario.
const ALICE: usize = 0;
const BOB: usize = 2;
const ONE_TIME_KEY: usize = 4;
const FALLBACK_KEY: usize = 6;
const BASE_KEY: usize = 7;
const RATCHET_KEYS: usize = 8;

/// Every secret of the scenario below, and the MAC keys of its last chain.
pub(crate) fn known(draws: &Draws) -> (Known, Vec<Key>) {
    let mut known = Known::default();
    let key = |number| draws.block(number);
    signing_key(&mut known, key(ALICE), &[b"text"]);
    signing_key(&mut known, key(BOB), &[b"text"]);
    known.scalar("identity key", key(ALICE + 1));
    known.scalar("identity key", key(BOB + 1));
    for number in ONE_TIME_KEY..=FALLBACK_KEY {
        known.scalar("one-time key", key(number));
    }
    known.scalar("base key", key(BASE_KEY));
    for number in RATCHET_KEYS..RATCHET_KEYS + 4 {
        known.scalar("ratchet key", key(number));
    }
    let agree = |ours: usize, theirs: usize| derived::x25519(key(ours), &derived::public_key(key(theirs)));
    let shared = [agree(ALICE + 1, ONE_TIME_KEY), agree(BASE_KEY, BOB + 1), agree(BASE_KEY, ONE_TIME_KEY)];
    shared.iter().for_each(|shared| known.agreed("DH output", shared));
    known.hmac_key("pseudorandom key", &derived::hmac(&[], shared.as_flattened()));
    let [mut root_key, chain_key] = derived::hkdf(&[], shared.as_flattened(), b"OLM_ROOT");
    known.hmac_key("root key", &root_key);
    let mut mac_keys = chain(&mut known, chain_key, 3);
    for number in RATCHET_KEYS..RATCHET_KEYS + 3 {
        (root_key, mac_keys) = turn(&mut known, &root_key, key(number + 1), key(number));
    }
    known.bytes("plaintext", &plaintext());
    (known, mac_keys)
}

fn bytes(message: &OlmMessage) -> &[u8] {
    match message {
        OlmMessage::Normal(message) => message.as_bytes(),
        OlmMessage::PreKey(message) => message.as_bytes(),
    }
}

/// The message with its last byte changed: a part of its MAC.
fn damaged(message: &OlmMessage) -> OlmMessage {
    let (last, rest) = bytes(message).split_last().unwrap();
    let changed = [rest, &[last ^ 1]].concat();
    match message {
        OlmMessage::Normal(_) => Message::from_bytes(changed).unwrap().into(),
        OlmMessage::PreKey(_) => PreKeyMessage::from_bytes(changed).unwrap().into(),
    }
}

/// A message with what is to become of it damaged, too.
struct Sent {
    message: OlmMessage,
    damaged: OlmMessage,
}

/// Five messages on a new chain.
fn send(watch: &mut Watch, rng: &mut Draws, from: &mut Session) -> Vec<Sent> {
    let text = plaintext();
    let mut send = |operation| {
        let message = watch.run(operation, || from.encrypt(&text, rng)).unwrap();
        Sent { damaged: damaged(&message), message }
    };
    ["encrypt with a turn", "encrypt", "encrypt", "encrypt", "encrypt"].map(&mut send).into()
}

/// The messages in another order, each after a failure.
fn receive(watch: &mut Watch, to: &mut Session, sent: &[Sent]) {
    let operations = [
        (0, "decrypt with a turn", "fail to decrypt with a turn"),
        (1, "decrypt", "fail to decrypt"),
        (4, "decrypt ahead", "fail to decrypt ahead"),
        (3, "decrypt a late message", "fail to decrypt a late message"),
    ];
    for (number, operation, failing) in operations {
        watch.fails(failing, || to.decrypt(&sent[number].damaged));
        let mut opened = watch.run(operation, || to.decrypt(&sent[number].message)).unwrap();
        assert_eq!(opened, plaintext());
        opened.zeroize();
    }
}

#[test]
fn olm() {
    let (mut rng, text, config) = (Draws::new("olm"), plaintext(), SessionConfig::default());
    let (known, mac_keys) = known(&rng);
    let mut watch = Watch::new(known);
    let watch = &mut watch;
    let alice = watch.run("create account", || Account::new(&mut rng)).unwrap();
    let mut bob = watch.run("create account", || Account::new(&mut rng)).unwrap();
    let (alice_key, bob_key) = (alice.curve25519_key(), bob.curve25519_key());
    watch.succeeds("generate one-time keys", || bob.generate_one_time_keys(2, &mut rng));
    watch.succeeds("generate fallback key", || bob.generate_fallback_key(&mut rng).map(|_| ()));
    let signature = watch.run("sign", || alice.sign("text"));
    alice.ed25519_key().verify(b"text", &signature).unwrap();

    let one_time_key = bob.one_time_keys().next().unwrap().public_key;
    let create = || alice.create_outbound_session(bob_key, one_time_key, config, &mut rng);
    let mut ours = watch.run("create outbound session", create).unwrap();
    let first = watch.run("encrypt a pre-key message", || ours.encrypt(&text, &mut rng)).unwrap();
    let (OlmMessage::PreKey(first), OlmMessage::PreKey(bad)) = (&first, damaged(&first)) else {
        panic!("no pre-key message")
    };
    watch.fails("fail to create inbound session", || bob.create_inbound_session(alice_key, &bad, config));
    let created =
        watch.run("create inbound session", || bob.create_inbound_session(alice_key, first, config)).unwrap();
    let (mut theirs, mut opened) = (created.session, created.plaintext);
    opened.zeroize();
    watch.gone(rng.block(ONE_TIME_KEY));
    watch.gone(rng.block(BASE_KEY));

    let sent = send(watch, &mut rng, &mut theirs);
    receive(watch, &mut ours, &sent);
    watch.gone(rng.block(RATCHET_KEYS));
    let sent = send(watch, &mut rng, &mut ours);
    receive(watch, &mut theirs, &sent);
    let sent = send(watch, &mut rng, &mut theirs);
    receive(watch, &mut ours, &sent);
    // Many blocks are decrypted at once, in other code.
    let long = long_plaintext();
    let long = watch.run("encrypt a long message", || theirs.encrypt(&long, &mut rng)).unwrap();
    watch.run("decrypt a long message", || ours.decrypt(&long)).unwrap().zeroize();
    // The last message of the last chain has the MAC that was computed for it: so all that leads there is right.
    let (authenticated, mac) = bytes(&sent[4].message).split_last_chunk::<8>().unwrap();
    assert!(derived::hmac(&mac_keys[4], authenticated).starts_with(mac));

    watch.run("drop session", || drop(ours));
    watch.run("drop session", || drop(theirs));
    watch.run("drop account", || drop(alice));
    watch.run("drop account", || drop(bob));
    watch.finish();
}

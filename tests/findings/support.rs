//! Parties, their state as bytes, and the means of an attacker who knows keys: sealing by hand.

use aes::Aes256;
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit, block_padding::Pkcs7};
use cliquet::{
    Ed25519KeyPair,
    megolm::{self, InboundGroupSession, OutboundGroupSession},
    olm::{Account, OlmMessage, PreKeyMessage, Session, SessionConfig},
    rand_core::Rng,
};
use hmac::{Hmac, KeyInit, Mac};
use rand::{SeedableRng, rngs::StdRng};
use sha2::Sha256;

/// A pickle key that every format takes.
pub(crate) const KEY: &[u8; 32] = b"a key of exactly thirty-two byte";

pub(crate) fn seeded(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}

/// Alice, and Bob with a one-time key and a fallback key.
pub(crate) fn accounts() -> (Account, Account) {
    let rng = &mut seeded(1);
    let alice = Account::new(rng).unwrap();
    let mut bob = Account::new(rng).unwrap();
    bob.generate_one_time_keys(1, rng).unwrap();
    bob.generate_fallback_key(rng).unwrap();
    (alice, bob)
}

/// Alice's session with Bob's one-time key, and her first message.
pub(crate) fn outbound(alice: &Account, bob: &Account, config: SessionConfig) -> (Session, PreKeyMessage) {
    let rng = &mut seeded(2);
    let one_time_key = bob.one_time_keys().next().unwrap().public_key;
    let mut session = alice.create_outbound_session(bob.curve25519_key(), one_time_key, config, rng).unwrap();
    let message = pre_key(session.encrypt("first", rng).unwrap());
    (session, message)
}

/// Both ends of a session; Bob has read one message and sent none.
pub(crate) fn sessions(config: SessionConfig) -> (Session, Session) {
    let (alice, mut bob) = accounts();
    let (session, message) = outbound(&alice, &bob, config);
    (session, bob.create_inbound_session(alice.curve25519_key(), &message, config).unwrap().session)
}

/// Both ends after a turn of the ratchet each; messages are normal ones.
pub(crate) fn established() -> (Session, Session) {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    exchange(&mut bob, &mut alice, 11);
    exchange(&mut alice, &mut bob, 12);
    exchange(&mut bob, &mut alice, 13);
    (alice, bob)
}

/// Sends one message and reads it; each turn of the ratchet wants a seed of its own.
pub(crate) fn exchange(from: &mut Session, to: &mut Session, seed: u64) {
    let message = from.encrypt("exchange", &mut seeded(seed)).unwrap();
    assert_eq!(to.decrypt(&message).unwrap(), b"exchange");
}

pub(crate) fn encrypt_many(session: &mut Session, count: usize) -> Vec<OlmMessage> {
    (0..count).map(|_| session.encrypt("text", &mut seeded(4)).unwrap()).collect()
}

pub(crate) fn pre_key(message: OlmMessage) -> PreKeyMessage {
    let OlmMessage::PreKey(message) = message else { panic!("a pre-key message was expected") };
    message
}

/// All that a session is, for comparison.
pub(crate) fn state(session: &Session) -> Vec<u8> {
    session.to_pickle_without_encryption().as_bytes().to_vec()
}

pub(crate) fn account_state(account: &Account) -> Vec<u8> {
    account.to_pickle_without_encryption().as_bytes().to_vec()
}

pub(crate) fn group_state(session: &InboundGroupSession) -> Vec<u8> {
    session.to_pickle_without_encryption().as_bytes().to_vec()
}

/// Both ends of a room, and the key that the sender signs with.
pub(crate) fn room() -> (OutboundGroupSession, InboundGroupSession, Ed25519KeyPair) {
    let config = megolm::SessionConfig::default();
    let sender = OutboundGroupSession::new(config, &mut seeded(5)).unwrap();
    let receiver = InboundGroupSession::new(&sender.session_key(), config);
    // A session draws 128 bytes of ratchet, then the seed of its key.
    let mut drawn = [0; 160];
    seeded(5).fill_bytes(&mut drawn);
    let signing_key = Ed25519KeyPair::from_seed(drawn[128..].try_into().unwrap());
    assert_eq!(signing_key.public().as_bytes(), sender.session_id().as_bytes());
    (sender, receiver, signing_key)
}

/// The bytes with one bit of one byte turned.
pub(crate) fn turned(bytes: &[u8], position: usize, bit: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[position] ^= 1 << bit;
    bytes
}

/// The bytes with some of them overwritten.
pub(crate) fn patched(bytes: &[u8], position: usize, with: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[position..][..with.len()].copy_from_slice(with);
    bytes
}

/// The one place where `part` stands in `bytes`.
pub(crate) fn place(bytes: &[u8], part: &[u8]) -> usize {
    let places: Vec<_> = (0..=bytes.len() - part.len()).filter(|at| bytes[*at..].starts_with(part)).collect();
    assert_eq!(places.len(), 1);
    places[0]
}

pub(crate) fn hmac(key: &[u8], data: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(data);
    mac.finalize().into_bytes().into()
}

/// HKDF-SHA-256 without salt, 96 bytes of it.
pub(crate) fn hkdf(key_material: &[u8], info: &[u8]) -> [u8; 96] {
    let key = hmac(&[0; 32], key_material);
    let mut output = [0; 96];
    let mut block = Vec::new();
    for number in 1..=3_u8 {
        block = hmac(&key, &[&block[..], info, &[number]].concat()).to_vec();
        output[usize::from(number - 1) * 32..][..32].copy_from_slice(&block);
    }
    output
}

/// `header | AES-256-CBC ciphertext | first bytes of the MAC over both`, as Olm and the legacy pickles have it.
pub(crate) fn seal(
    key_material: &[u8],
    info: &[u8],
    header: &[u8],
    plaintext: &[u8],
    mac_length: usize,
) -> Vec<u8> {
    let keys = hkdf(key_material, info);
    let mut ciphertext = plaintext.to_vec();
    ciphertext.resize(plaintext.len() / 16 * 16 + 16, 0);
    cbc::Encryptor::<Aes256>::new_from_slices(&keys[..32], &keys[64..80])
        .unwrap()
        .encrypt_padded::<Pkcs7>(&mut ciphertext, plaintext.len())
        .unwrap();
    let sealed = [header, &ciphertext].concat();
    let mac = hmac(&keys[32..64], &sealed);
    [&sealed, &mac[..mac_length]].concat()
}

/// A pickle as libolm writes it, with this body.
pub(crate) fn libolm_pickle(body: &[u8]) -> String {
    STANDARD_NO_PAD.encode(seal(KEY, b"Pickle", &[], body, 8))
}

/// The body of a pickle as libolm writes it.
pub(crate) fn libolm_body(pickle: &str) -> Vec<u8> {
    let bytes = STANDARD_NO_PAD.decode(pickle).unwrap();
    let keys = hkdf(KEY, b"Pickle");
    let mut body = bytes[..bytes.len() - 8].to_vec();
    let cipher = cbc::Decryptor::<Aes256>::new_from_slices(&keys[..32], &keys[64..80]).unwrap();
    cipher.decrypt_padded::<Pkcs7>(&mut body).unwrap().to_vec()
}

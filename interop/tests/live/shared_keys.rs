//! Sessions after another handshake than triple Diffie-Hellman: cliquet's from shared keys, vodozemac's from root key
//! material. vodozemac makes only senders that way; where it is to receive, the shared keys are those of its own handshake.

use std::convert::Infallible;

use cliquet::{
    Curve25519KeyPair, Curve25519PublicKey, MessageVersion,
    olm::{Session, SessionConfig, SessionKeys, SharedKeys},
    rand_core::{TryCryptoRng, TryRng},
};
use vodozemac::olm as peer;

use super::party::{NORMAL, OlmMessage, PRE_KEY, Random, first_seed};

const VERSIONS: [MessageVersion; 2] = [MessageVersion::V1, MessageVersion::V2];

fn peers_config(version: MessageVersion) -> peer::SessionConfig {
    match version {
        MessageVersion::V2 => peer::SessionConfig::version_2(),
        _ => peer::SessionConfig::version_1(),
    }
}

fn ours(key: vodozemac::Curve25519PublicKey) -> Curve25519PublicKey {
    Curve25519PublicKey::from_bytes(key.to_bytes())
}

/// vodozemac's sender and cliquet's receiver, of secrets that are the same for both versions.
pub(crate) fn sender_and_receiver(version: MessageVersion) -> (peer::Session, Session) {
    let (root_key, chain_key, ratchet_key) = ([1; 32], [2; 32], Curve25519KeyPair::from_secret_key(&[3; 32]));
    let public =
        |secret| vodozemac::Curve25519PublicKey::from(&vodozemac::Curve25519SecretKey::from_slice(secret));
    let (identity_key, base_key, one_time_key) = (public(&[4; 32]), public(&[5; 32]), public(&[6; 32]));
    let sender = peer::Session::from_root_key_material(
        peers_config(version),
        peer::SessionKeys { identity_key, base_key, one_time_key },
        root_key,
        chain_key,
        *ratchet_key.export_secret_key(),
    );
    let receiver = Session::receiver_from_shared_keys(
        SharedKeys::from_bytes(&root_key, &chain_key),
        SessionKeys::new(ours(identity_key), ours(base_key), ours(one_time_key)),
        ratchet_key.public(),
        SessionConfig::default().with_version(version),
    );
    (sender, receiver)
}

/// What vodozemac writes, as text.
pub(crate) fn encrypt(session: &mut peer::Session, plaintext: &[u8]) -> OlmMessage {
    let (message_type, bytes) = session.encrypt(plaintext).unwrap().to_parts();
    OlmMessage::new(message_type, &bytes)
}

/// What vodozemac reads in a text.
pub(crate) fn decrypt(
    session: &mut peer::Session,
    message: &OlmMessage,
) -> Result<Vec<u8>, peer::DecryptionError> {
    session.decrypt(&peer::OlmMessage::from_parts(message.message_type, &message.bytes()).unwrap())
}

/// What cliquet writes, as text.
pub(crate) fn encrypt_ours(session: &mut Session, plaintext: &[u8], random: &mut Random) -> OlmMessage {
    let message = session.encrypt(plaintext, random).unwrap();
    OlmMessage::new(message.message_type().as_usize(), message.as_bytes())
}

/// What cliquet reads in a text.
pub(crate) fn read(message: &OlmMessage) -> cliquet::olm::OlmMessage {
    cliquet::olm::OlmMessage::from_parts(message.message_type, &message.body).unwrap()
}

#[test]
fn cliquet_receives_what_vodozemac_starts() {
    for version in VERSIONS {
        let (mut sender, mut receiver) = sender_and_receiver(version);
        let mut random = Random::new(first_seed());
        assert_eq!(receiver.session_id().to_base64(), sender.session_id());
        assert!(!receiver.has_received_message());

        let sent: Vec<_> = (0..5_u8).map(|number| (encrypt(&mut sender, &[number]), [number])).collect();
        for (message, plaintext) in sent.iter().rev() {
            assert_eq!(message.message_type, PRE_KEY);
            assert_eq!(receiver.decrypt(&read(message)).unwrap(), plaintext);
        }
        for turn in 0..20_u8 {
            for number in 0..3 {
                let reply = encrypt_ours(&mut receiver, &[turn, number], &mut random);
                assert_eq!(reply.message_type, NORMAL);
                assert_eq!(decrypt(&mut sender, &reply).unwrap(), [turn, number]);
            }
            let message = encrypt(&mut sender, &[turn]);
            assert_eq!(receiver.decrypt(&read(&message)).unwrap(), [turn]);
        }
    }
}

/// cliquet's sender, of the secrets of a session that vodozemac has started, says the same byte for byte, and vodozemac's
/// receiver answers it.
#[test]
fn cliquet_starts_what_vodozemac_receives() {
    for version in VERSIONS {
        let (account, mut other) = (peer::Account::new(), peer::Account::new());
        other.generate_one_time_keys(1);
        let one_time_key = *other.one_time_keys().values().next().unwrap();
        let config = peers_config(version);
        let mut twin = account.create_outbound_session(config, other.curve25519_key(), one_time_key).unwrap();
        let (keys, secrets) = (twin.session_keys(), twin.active_sending_state().unwrap());
        let mut sender = Session::sender_from_shared_keys(
            SharedKeys::from_bytes(&secrets.root_key, &secrets.chain_key),
            SessionKeys::new(ours(keys.identity_key), ours(keys.base_key), ours(keys.one_time_key)),
            SessionConfig::default().with_version(version),
            &mut Only(*secrets.ratchet_key),
        )
        .unwrap();
        assert_eq!(sender.session_id().to_base64(), twin.session_id());

        let mut random = Random::new(first_seed());
        let sent: Vec<_> =
            (0..20_u8).map(|number| encrypt_ours(&mut sender, &[number; 40], &mut random)).collect();
        for (number, message) in (0..).zip(&sent) {
            assert_eq!(message, &encrypt(&mut twin, &[number; 40]));
        }
        let first = peer::PreKeyMessage::from_base64(&sent[3].body).unwrap();
        let created = other.create_inbound_session(config, account.curve25519_key(), &first).unwrap();
        let mut receiver = created.session;
        assert_eq!(created.plaintext, [3; 40]);
        assert_eq!(decrypt(&mut receiver, &sent[0]).unwrap(), [0; 40]);
        for turn in 0..20_u8 {
            let reply = encrypt(&mut receiver, &[turn]);
            assert_eq!(sender.decrypt(&read(&reply)).unwrap(), [turn]);
            let message = encrypt_ours(&mut sender, &[turn; 2], &mut random);
            assert_eq!(decrypt(&mut receiver, &message).unwrap(), [turn; 2]);
        }
    }
}

/// "Random" bytes that are known: these 32.
struct Only([u8; 32]);

impl TryRng for Only {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        panic!("keys are drawn as bytes")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        panic!("keys are drawn as bytes")
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.copy_from_slice(&self.0);
        Ok(())
    }
}

impl TryCryptoRng for Only {}

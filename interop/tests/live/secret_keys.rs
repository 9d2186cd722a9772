//! Secret keys go over from one implementation to another: the same public keys, the same signatures, the same sessions.

use cliquet::{Curve25519KeyPair, Ed25519KeyPair, olm};
use cliquet_interop::libolm;
use rand::{SeedableRng, rngs::StdRng};
use vodozemac::{
    Curve25519PublicKey, Curve25519SecretKey, Ed25519SecretKey, base64_decode, base64_encode, hazmat::Cipher,
};

use super::party::{Account, Implementation, Random, first_seed, random_plaintext};

/// The key of a stored account.
const KEY: &[u8] = b"key";

/// What libolm stores: version (4 bytes), then of both key pairs the public key (32) and the secret one (64, then 32).
fn stored(account: &libolm::Account) -> Vec<u8> {
    Cipher::new_pickle(KEY).decrypt_pickle(&base64_decode(account.pickle(KEY).unwrap()).unwrap()).unwrap()
}

fn array<const LENGTH: usize>(bytes: &[u8]) -> [u8; LENGTH] {
    bytes.try_into().unwrap()
}

/// Key pairs of cliquet, by way of vodozemac's types and its own.
#[test]
fn vodozemac_makes_the_same_of_our_keys() {
    let mut schedule = StdRng::seed_from_u64(first_seed());
    let mut random = Random::new(first_seed());
    for _ in 0..50 {
        let (ours, peers) = (Ed25519KeyPair::random(&mut random).unwrap(), Ed25519SecretKey::new());
        let there = Ed25519SecretKey::from_slice(ours.export_seed().unwrap());
        let here = Ed25519KeyPair::from_seed(&peers.to_bytes());
        let expanded = Ed25519KeyPair::from_expanded_secret_key(here.export_expanded_secret_key());
        assert_eq!((here.export_seed(), expanded.export_seed()), (Some(&*peers.to_bytes()), None));
        let message = random_plaintext(&mut schedule, 300);
        for (ours, peers) in [(&ours, &there), (&here, &peers), (&expanded, &peers)] {
            assert_eq!(ours.public().to_base64(), peers.public_key().to_base64());
            assert_eq!(ours.sign(&message).to_base64(), peers.sign(&message).to_base64());
        }

        let (ours, peers) = (Curve25519KeyPair::random(&mut random).unwrap(), Curve25519SecretKey::new());
        let there = Curve25519SecretKey::from_slice(ours.export_secret_key());
        let here = Curve25519KeyPair::from_secret_key(&peers.to_bytes());
        for (ours, peers) in [(&ours, &there), (&here, &peers)] {
            assert_eq!(ours.public().to_base64(), Curve25519PublicKey::from(peers).to_base64());
        }
    }
}

/// libolm stores its signing key in the expanded form.
#[test]
fn an_account_of_libolms_keys() {
    for seed in (first_seed()..).take(20) {
        let random = [Random::new(seed), Random::new(seed)];
        let theirs = libolm::Account::create(&mut random[0].filler()).unwrap();
        let stored = stored(&theirs);
        let signing_key = Ed25519KeyPair::from_expanded_secret_key(&array(&stored[36..100]));
        let identity_key = Curve25519KeyPair::from_secret_key(&array(&stored[132..164]));
        let ours = olm::Account::from_key_pairs(signing_key, identity_key);
        assert_eq!(ours.signing_key_pair().export_seed(), None);

        // The account of the same random bytes, which knows the seed.
        let own = olm::Account::new(&mut random[1].clone()).unwrap();
        assert_eq!(ours.identity_keys(), own.identity_keys());
        assert_eq!(
            own.signing_key_pair().export_expanded_secret_key(),
            ours.signing_key_pair().export_expanded_secret_key()
        );
        let keys = theirs.identity_keys().unwrap();
        assert_eq!(ours.ed25519_key().to_base64(), keys.ed25519);
        assert_eq!(ours.curve25519_key().to_base64(), keys.curve25519);
        assert_eq!(ours.sign("message").to_base64(), theirs.sign(b"message").unwrap());
        starts_a_session_as(&ours, &keys.curve25519);
    }
}

/// The keys of cliquet's account in place of libolm's.
#[test]
fn an_account_of_libolm_with_our_keys() {
    let ours = olm::Account::new(&mut Random::new(first_seed())).unwrap();
    let mut stored = stored(&libolm::Account::create(&mut Random::new(first_seed() + 1).filler()).unwrap());
    stored[4..36].copy_from_slice(ours.ed25519_key().as_bytes());
    stored[36..100].copy_from_slice(ours.signing_key_pair().export_expanded_secret_key());
    stored[100..132].copy_from_slice(ours.curve25519_key().as_bytes());
    stored[132..164].copy_from_slice(ours.identity_key_pair().export_secret_key());
    let pickle = base64_encode(Cipher::new_pickle(KEY).encrypt_pickle(&stored));
    let theirs = libolm::Account::unpickle(&pickle, KEY).unwrap();
    assert_eq!(theirs.identity_keys().unwrap().curve25519, ours.curve25519_key().to_base64());
    assert_eq!(theirs.sign(b"message").unwrap(), ours.sign("message").to_base64());
}

/// vodozemac stores the seed of its own accounts, and the expanded key of those that it took over from libolm.
#[test]
fn an_account_of_vodozemacs_keys() {
    let libolms = libolm::Account::create(&mut Random::new(first_seed()).filler()).unwrap();
    let taken_over = vodozemac::olm::Account::from_libolm_pickle(&libolms.pickle(KEY).unwrap(), KEY).unwrap();
    for (theirs, form) in [(vodozemac::olm::Account::new(), "Normal"), (taken_over, "Expanded")] {
        let stored = serde_json::to_value(theirs.pickle()).unwrap();
        let bytes = |value: &serde_json::Value| -> Vec<u8> { serde_json::from_value(value.clone()).unwrap() };
        let secret = bytes(&stored["signing_key"][form]);
        let signing_key = match form {
            "Normal" => Ed25519KeyPair::from_seed(&array(&secret)),
            _ => Ed25519KeyPair::from_expanded_secret_key(&array(&secret)),
        };
        let identity_key = Curve25519KeyPair::from_secret_key(&array(&bytes(&stored["diffie_hellman_key"])));
        let ours = olm::Account::from_key_pairs(signing_key, identity_key);
        assert_eq!(ours.ed25519_key().to_base64(), theirs.ed25519_key().to_base64());
        assert_eq!(ours.curve25519_key().to_base64(), theirs.curve25519_key().to_base64());
        assert_eq!(ours.sign("message").to_base64(), theirs.sign("message").to_base64());
        starts_a_session_as(&ours, &theirs.curve25519_key().to_base64());
    }
}

/// A peer takes the account for the one with this identity key.
fn starts_a_session_as(account: &olm::Account, identity_key: &str) {
    for peer in [Implementation::Libolm, Implementation::Vodozemac] {
        let mut other: Box<dyn Account> = peer.account(&Random::new(first_seed() + 100));
        other.generate_one_time_keys(1);
        let (_, one_time_key) = other.one_time_keys().pop().unwrap();
        let key = |text: &str| cliquet::Curve25519PublicKey::from_base64(text).unwrap();
        let (theirs, config) = (key(&other.curve25519_key()), olm::SessionConfig::default());
        let mut random = Random::new(first_seed());
        let mut session =
            account.create_outbound_session(theirs, key(&one_time_key), config, &mut random).unwrap();
        let first = super::shared_keys::encrypt_ours(&mut session, b"first", &mut random);
        let (mut answerer, plaintext) = other.answer(identity_key, &first).unwrap();
        assert_eq!(plaintext, b"first");
        let reply = super::shared_keys::read(&answerer.encrypt(b"reply"));
        assert_eq!(session.decrypt(&reply).unwrap(), b"reply");
    }
}

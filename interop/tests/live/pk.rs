//! The encryption of key backup version 1 with both peers, its stored key pair, and signatures with a key from a seed.

use cliquet::{
    Curve25519PublicKey, Ed25519KeyPair,
    pk::{PkDecryption, PkDecryptionError, PkEncryption, PkEncryptionError, PkMessage},
};
use cliquet_interop::libolm;
use rand::{Rng, SeedableRng, rngs::StdRng};
use vodozemac::{Curve25519SecretKey, pk_encryption as peer};

use super::party::{Random, first_seed, random_plaintext};

const KEY: &[u8] = b"pickle key";

fn secret_key(seed: u64) -> [u8; 32] {
    let mut secret_key = [0; 32];
    StdRng::seed_from_u64(seed).fill_bytes(&mut secret_key);
    secret_key
}

/// The key pair of one backup, in all three.
struct Backup {
    ours: PkDecryption,
    libolms: libolm::PkDecryption,
    vodozemacs: peer::PkDecryption,
}

impl Backup {
    fn new(seed: u64) -> Self {
        let secret_key = secret_key(seed);
        Self {
            ours: PkDecryption::from_secret_key(&secret_key),
            libolms: libolm::PkDecryption::from_secret_key(&secret_key).unwrap(),
            vodozemacs: peer::PkDecryption::from_key(Curve25519SecretKey::from_slice(&secret_key)),
        }
    }

    /// Everybody opens the message, or everybody says that it does not decrypt.
    fn open(&self, message: &libolm::PkMessage) -> Option<Vec<u8>> {
        let ours = self.ours.decrypt(&ours(message));
        let libolms = self.libolms.decrypt(message);
        let vodozemacs = self.vodozemacs.decrypt(&vodozemacs(message)).ok();
        assert_eq!(libolms.ok(), vodozemacs);
        assert_eq!(ours.clone().ok(), vodozemacs);
        assert!(matches!(ours, Ok(_) | Err(PkDecryptionError::Failed)));
        vodozemacs
    }
}

fn ours(message: &libolm::PkMessage) -> PkMessage {
    PkMessage::from_base64(&message.ciphertext, &message.mac, &message.ephemeral_key).unwrap()
}

fn vodozemacs(message: &libolm::PkMessage) -> peer::Message {
    peer::Message::from_base64(&message.ciphertext, &message.mac, &message.ephemeral_key).unwrap()
}

/// The three texts of a backup's entry.
fn texts(message: &PkMessage) -> libolm::PkMessage {
    libolm::PkMessage {
        ciphertext: message.ciphertext_base64(),
        mac: message.mac_base64(),
        ephemeral_key: message.ephemeral_key.to_base64(),
    }
}

#[test]
fn pk_public_keys_are_the_same() {
    for seed in (first_seed()..).take(50) {
        let Backup { ours, libolms, vodozemacs } = Backup::new(seed);
        assert_eq!(ours.public_key().to_base64(), libolms.public_key());
        assert_eq!(ours.public_key().to_base64(), vodozemacs.public_key().to_base64());
        assert_eq!(ours.export_secret_key()[..], libolms.secret_key().unwrap());
        // A new one of ours, and of vodozemac's.
        let new = PkDecryption::new(&mut Random::new(seed)).unwrap();
        let there = libolm::PkDecryption::from_secret_key(new.export_secret_key()).unwrap();
        assert_eq!(new.public_key().to_base64(), there.public_key());
        let new = peer::PkDecryption::new();
        let here = PkDecryption::from_secret_key(&new.secret_key().to_bytes());
        assert_eq!(here.public_key().to_base64(), new.public_key().to_base64());
    }
}

#[test]
fn pk_everybody_opens_what_anybody_encrypts() {
    let mut schedule = StdRng::seed_from_u64(first_seed());
    let lengths = (0..100).chain([127, 128, 129, 255, 256, 1000, 4096, 100_001]);
    for (seed, length) in (first_seed()..).zip(lengths) {
        let backup = Backup::new(seed);
        let mut plaintext = vec![0; length];
        schedule.fill_bytes(&mut plaintext);
        let key = backup.ours.public_key();
        let from_us = PkEncryption::new(key).encrypt(&plaintext, &mut Random::new(seed)).unwrap();
        assert_eq!(backup.open(&texts(&from_us)).unwrap(), plaintext, "{length}");

        // libolm writes the same of the same random bytes.
        let encryption = libolm::PkEncryption::new(&key.to_base64()).unwrap();
        let from_libolm = encryption.encrypt(&plaintext, &mut Random::new(seed).filler()).unwrap();
        assert_eq!(from_libolm, texts(&from_us), "{length}");

        let from_vodozemac = peer::PkEncryption::from(&backup.vodozemacs).encrypt(&plaintext).unwrap();
        let from_vodozemac = libolm::PkMessage {
            ciphertext: vodozemac::base64_encode(&from_vodozemac.ciphertext),
            mac: vodozemac::base64_encode(&from_vodozemac.mac),
            ephemeral_key: from_vodozemac.ephemeral_key.to_base64(),
        };
        assert_eq!(backup.open(&from_vodozemac).unwrap(), plaintext, "{length}");
    }
}

#[test]
fn pk_changed_entries_get_one_answer() {
    let backup = Backup::new(first_seed());
    let encryption = PkEncryption::new(backup.ours.public_key());
    let good = encryption.encrypt(&[3; 40], &mut Random::new(first_seed())).unwrap();
    for bit in 0..64 {
        let mut changed = good.clone();
        changed.mac[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(backup.open(&texts(&changed)), None, "bit {bit} of the MAC");
    }
    let other = encryption.encrypt(&[3; 40], &mut Random::new(first_seed() + 1)).unwrap();
    let mut changed = good.clone();
    changed.ephemeral_key = other.ephemeral_key;
    assert_eq!(backup.open(&texts(&changed)), None, "another ephemeral key");
    // The MAC covers nothing: ciphertexts of one block less or of other bits decrypt to something, for everybody or for nobody.
    let mut opened = 0;
    for bit in 0..good.ciphertext.len() * 8 {
        let mut changed = good.clone();
        changed.ciphertext[bit / 8] ^= 1 << (bit % 8);
        let ours = backup.ours.decrypt(&changed);
        let peers = backup.vodozemacs.decrypt(&vodozemacs(&texts(&changed)));
        assert_eq!(ours.clone().ok(), peers.ok(), "bit {bit}");
        assert!(ours != Ok(vec![3; 40]), "bit {bit}");
        opened += usize::from(ours.is_ok());
    }
    assert!(opened >= 128, "a change before the last two blocks leaves the padding as it is");
}

/// vodozemac compares as many bytes of the MAC as it is given; libolm and cliquet want all eight.
#[test]
fn pk_short_and_long_macs_are_refused() {
    let backup = Backup::new(first_seed());
    let message = PkEncryption::new(backup.ours.public_key())
        .encrypt(b"plaintext", &mut Random::new(first_seed()))
        .unwrap();
    let message = texts(&message);
    for length in 0..8 {
        let mac = vodozemac::base64_encode(&ours(&message).mac[..length]);
        PkMessage::from_base64(&message.ciphertext, &mac, &message.ephemeral_key).unwrap_err();
        let short = libolm::PkMessage { mac, ..message.clone() };
        backup.libolms.decrypt(&short).unwrap_err();
        assert_eq!(backup.vodozemacs.decrypt(&vodozemacs(&short)).is_ok(), length > 0, "{length}");
    }
    let long = vodozemac::base64_encode([&ours(&message).mac[..], &[0]].concat());
    PkMessage::from_base64(&message.ciphertext, &long, &message.ephemeral_key).unwrap_err();
    backup.libolms.decrypt(&libolm::PkMessage { mac: long, ..message.clone() }).unwrap_err();
    assert_eq!(backup.open(&message).unwrap(), b"plaintext");
}

/// vodozemac refuses them as well; libolm encrypts under a secret that everybody knows.
#[test]
fn pk_keys_of_small_order_are_refused() {
    let zero = Curve25519PublicKey::from_bytes([0; 32]);
    let refused = PkEncryption::new(zero).encrypt(b"plaintext", &mut Random::new(1)).unwrap_err();
    assert_eq!(refused, PkEncryptionError::NonContributoryKey);
    let peers_zero = vodozemac::Curve25519PublicKey::from_bytes([0; 32]);
    assert!(peer::PkEncryption::from_key(peers_zero).encrypt(b"plaintext").is_err());

    let encryption = libolm::PkEncryption::new(&zero.to_base64()).unwrap();
    let mut to_everybody = encryption.encrypt(b"plaintext", &mut Random::new(1).filler()).unwrap();
    to_everybody.ephemeral_key = zero.to_base64();
    let backup = Backup::new(first_seed());
    assert_eq!(backup.libolms.decrypt(&to_everybody).unwrap(), b"plaintext");
    assert_eq!(backup.ours.decrypt(&ours(&to_everybody)), Err(PkDecryptionError::NonContributoryKey));
    assert!(backup.vodozemacs.decrypt(&vodozemacs(&to_everybody)).is_err());
}

#[test]
fn pk_malformed_texts_are_refused() {
    let backup = Backup::new(first_seed());
    let message = PkEncryption::new(backup.ours.public_key()).encrypt(b"text", &mut Random::new(1)).unwrap();
    let libolm::PkMessage { ciphertext, mac, ephemeral_key } = texts(&message);
    let one_block_less_one = vodozemac::base64_encode(&message.ciphertext[..15]);
    let one_more = vodozemac::base64_encode([&message.ciphertext[..], &[0]].concat());
    for ciphertext in ["", "!", "A", &one_block_less_one, &one_more] {
        PkMessage::from_base64(ciphertext, &mac, &ephemeral_key).unwrap_err();
    }
    for key in ["", &ephemeral_key[1..], &format!("{ephemeral_key}A"), &ephemeral_key.replace('=', "!")[..42]]
    {
        PkMessage::from_base64(&ciphertext, &mac, key).unwrap_err();
    }
    assert!(PkMessage::from_base64(&ciphertext, &mac, &ephemeral_key).is_ok());
}

#[test]
fn pk_pickles_go_round_through_all_three() {
    for seed in (first_seed()..).take(20) {
        let backup = Backup::new(seed);
        let key = random_plaintext(&mut StdRng::seed_from_u64(seed), 100);
        let pickle = backup.ours.to_libolm_pickle(&key).unwrap();
        assert_eq!(pickle, backup.libolms.pickle(&key).unwrap());
        assert_eq!(pickle, backup.vodozemacs.to_libolm_pickle(&key).unwrap());

        let ours = PkDecryption::from_libolm_pickle(&pickle, &key).unwrap();
        assert_eq!(ours.export_secret_key(), backup.ours.export_secret_key());
        let libolms = libolm::PkDecryption::unpickle(&pickle, &key).unwrap();
        assert_eq!(libolms.public_key(), ours.public_key().to_base64());
        let vodozemacs = peer::PkDecryption::from_libolm_pickle(&pickle, &key).unwrap();
        let read = Backup { ours, libolms, vodozemacs };
        let message = PkEncryption::new(backup.ours.public_key()).encrypt(b"text", &mut Random::new(seed));
        assert_eq!(read.open(&texts(&message.unwrap())).unwrap(), b"text");
    }
}

#[test]
fn pk_pickles_that_do_not_fit_are_refused() {
    let pickle = Backup::new(first_seed()).libolms.pickle(KEY).unwrap();
    PkDecryption::from_libolm_pickle(&pickle, b"another key").unwrap_err();
    assert_eq!(
        libolm::PkDecryption::unpickle(&pickle, b"another key").unwrap_err().text(),
        "BAD_ACCOUNT_KEY"
    );
    for position in 0..pickle.len() {
        let other = if pickle[position..].starts_with('A') { "B" } else { "A" };
        let changed = format!("{}{other}{}", &pickle[..position], &pickle[position + 1..]);
        PkDecryption::from_libolm_pickle(&changed, KEY).unwrap_err();
        PkDecryption::from_libolm_pickle(&pickle[..position], KEY).unwrap_err();
    }
    PkDecryption::from_libolm_pickle(&format!("{pickle}AAAA"), KEY).unwrap_err();
    // Something else that libolm has stored.
    let account = libolm::Account::create(&mut Random::new(first_seed()).filler()).unwrap();
    PkDecryption::from_libolm_pickle(&account.pickle(KEY).unwrap(), KEY).unwrap_err();
}

#[test]
fn pk_signatures_of_one_seed_are_the_same() {
    let mut schedule = StdRng::seed_from_u64(first_seed());
    for seed in (first_seed()..).take(50) {
        let seed = secret_key(seed);
        let (ours, libolms) =
            (Ed25519KeyPair::from_seed(&seed), libolm::PkSigning::from_seed(&seed).unwrap());
        assert_eq!(ours.public().to_base64(), libolms.public_key());
        let message = random_plaintext(&mut schedule, 300);
        let signature = ours.sign(&message);
        assert_eq!(signature.to_base64(), libolms.sign(&message).unwrap());
        ours.public().verify(&message, &signature).unwrap();
        libolm::ed25519_verify(libolms.public_key(), &message, &signature.to_base64()).unwrap();
    }
}

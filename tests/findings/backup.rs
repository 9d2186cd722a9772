//! F1, F10, F19: the encryption of key backups.

use cliquet::pk::{PkDecryption, PkDecryptionError, PkEncryption, PkEncryptionError, PkMessage};

use crate::{key_agreement::small_order, support::seeded};

fn entry(plaintext: &[u8]) -> (PkDecryption, PkMessage) {
    let backup = PkDecryption::from_secret_key(&[7; 32]);
    let message = PkEncryption::new(backup.public_key()).encrypt(plaintext, &mut seeded(1)).unwrap();
    (backup, message)
}

/// A backup with a key of small order would be open to everybody.
#[test]
fn f01_a_shared_secret_of_zeros_is_refused_in_key_backup() {
    let (backup, mut message) = entry(b"text");
    for small in small_order() {
        let refused = PkEncryption::new(small).encrypt(b"text", &mut seeded(1)).unwrap_err();
        assert_eq!(refused, PkEncryptionError::NonContributoryKey);
        message.ephemeral_key = small;
        assert_eq!(backup.decrypt(&message), Err(PkDecryptionError::NonContributoryKey));
    }
}

/// The MAC of an entry covers nothing; two errors would tell an attacker which change met the padding.
#[test]
fn f10_a_bad_mac_and_bad_padding_are_one_error() {
    let (backup, message) = entry(&[5; 28]);
    let failed = Err(PkDecryptionError::Failed);
    for bit in 0..64 {
        let mut changed = message.clone();
        changed.mac[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(backup.decrypt(&changed), failed);
        // And both at once.
        changed.ciphertext[15] ^= 0xff;
        assert_eq!(backup.decrypt(&changed), failed);
    }
    // Padding is 4 bytes of 4; the last byte becomes 4 ^ change, and 1 is right padding: the ciphertext is malleable.
    for change in 1..=255_u8 {
        let mut changed = message.clone();
        changed.ciphertext[15] ^= change;
        match backup.decrypt(&changed) {
            Ok(_) => assert_eq!(change, 4 ^ 1),
            error => assert_eq!(error, failed),
        }
    }
}

/// A peer compares as many bytes of the MAC as there are, down to one.
#[test]
fn f19_the_mac_of_an_entry_has_its_exact_length() {
    let (backup, message) = entry(b"text");
    let (ciphertext, mac) = (message.ciphertext_base64(), message.mac_base64());
    let key = message.ephemeral_key.to_base64();
    assert_eq!(mac.len(), 11);
    for length in (0..11).chain([12, 22, 43]) {
        let other: String = mac.chars().cycle().take(length).collect();
        PkMessage::from_base64(&ciphertext, &other, &key).unwrap_err();
    }
    // One byte, and seven, in right base64.
    for short in ["AA", "AAAAAAAAAA"] {
        PkMessage::from_base64(&ciphertext, short, &key).unwrap_err();
    }
    let read = PkMessage::from_base64(&ciphertext, &mac, &key).unwrap();
    assert_eq!(backup.decrypt(&read).unwrap(), b"text");
}

//! Verification, key backup and login channels: neither the secret keys that were drawn nor what is agreed with them stays.
//!
//! Of two keys that are drawn one after the other, the first is the first half of the secret, and the second the second.

use cliquet::{
    Curve25519PublicKey, Ed25519KeyPair, Ed25519PublicKey,
    login::{
        ecies::{self, Ecies},
        hpke::{self, Recipient, UnidirectionalSenderChannel},
    },
    pickle::PickleKey,
    pk::{PkDecryption, PkEncryption},
    qr::{QrCode, QrKeys},
    sas::{self, Device, MacMethod, Role, Sas, SasError, SasKey, Verification},
};
use rand::{SeedableRng, rngs::StdRng};
use zeroize::Zeroize;

use super::{
    SecretRandom,
    derived::{self, Hpke, Key},
    leaks, secret,
};

const LABEL: &str = "MATRIX_QR_CODE_LOGIN";

fn drawn() -> [Key; 2] {
    let secret = secret();
    [*secret.first_chunk().unwrap(), *secret.last_chunk().unwrap()]
}

fn agreed() -> Key {
    let [first, second] = drawn();
    derived::x25519(&first, &derived::public_key(&second))
}

fn zero() -> Curve25519PublicKey {
    Curve25519PublicKey::from_bytes([0; 32])
}

/// Randomness that is sent, and no secret.
fn public_random() -> StdRng {
    StdRng::seed_from_u64(1)
}

fn hpke() -> Hpke {
    let [first, second] = drawn();
    Hpke::new(&first, &second, LABEL)
}

/// The keys of both directions of ECIES: G's key pair was drawn first.
fn ecies_keys() -> [Key; 2] {
    let [g, s] = drawn().map(|key| Curve25519PublicKey::from_bytes(derived::public_key(&key)));
    ["S", "G"].map(|name| derived::hkdf_sha512(&agreed(), &format!("{LABEL}_ENCKEY_{name}|{g}|{s}")))
}

/// What the keys of the response are made of: the salt, and the secret.
fn response_source() -> ([Key; 2], Key) {
    let hpke = hpke();
    let mut response_nonce = [0; 32];
    rand::Rng::fill_bytes(&mut public_random(), &mut response_nonce);
    ([hpke.encapsulated_key, response_nonce], hpke.export(&format!("{LABEL}_RESPONSE")))
}

fn response_key_and_nonce() -> (Key, [u8; 12]) {
    let (salt, secret) = response_source();
    let [key] = derived::hkdf(salt.as_flattened(), &secret, b"key");
    let [nonce] = derived::hkdf(salt.as_flattened(), &secret, b"nonce");
    (key, *nonce.first_chunk().unwrap())
}

/// Whatever is searched for beside the drawn secret itself, in parts of 16 bytes.
pub(super) fn parts() -> Vec<[u8; 16]> {
    let (hpke, (_, response_secret), (response_key, _)) =
        (hpke(), response_source(), response_key_and_nonce());
    let [from_s, from_g] = ecies_keys();
    let [aes_key, mac_key, _] = derived::hkdf(&[], &agreed(), &[]);
    let [generated] = derived::hkdf(&[], &agreed(), b"info");
    let [first, second] = drawn().map(derived::clamped);
    let agreements = [first, second, agreed(), generated, aes_key, mac_key, from_s, from_g];
    let channels = [hpke.ephemeral, hpke.agreed, hpke.shared_secret, hpke.secret, hpke.key];
    let exports = [hpke.exporter_secret, response_secret, response_key];
    let keys = [&agreements[..], &channels, &exports].concat();
    let code = code().shared_secret();
    let text = *code.as_str().as_bytes().first_chunk().unwrap();
    [keys.as_flattened().as_chunks().0, &[text]].concat()
}

/// A key that is public from the start.
fn long_term_key() -> Ed25519PublicKey {
    Ed25519KeyPair::from_seed(&[1; 32]).public()
}

fn code() -> QrCode {
    let keys = QrKeys::TrustingDevice { master_key: long_term_key(), scanning_device_key: long_term_key() };
    QrCode::new(keys, "transaction", &mut SecretRandom(0)).unwrap()
}

/// What is drawn twice by two devices that then agree.
fn pair<T>(new: impl Fn(&mut SecretRandom) -> T) -> [T; 2] {
    let mut rng = SecretRandom(0);
    [new(&mut rng), new(&mut rng)]
}

#[test]
fn what_is_searched_for_is_what_the_library_makes() {
    let mut keys = Vec::new();
    // What is computed a second time is not wiped, and other tests look for it.
    let left_behind = leaks(|| {
        keys = vec![agreed(), hpke().key, response_key_and_nonce().0, ecies_keys()[0]];
        let [first, second] = pair(|rng| Sas::new(rng).unwrap());
        let established = first.diffie_hellman(second.public_key()).unwrap();
        let [generated] = derived::hkdf(&[], &agreed(), b"info");
        assert_eq!(established.generate_bytes(b"info", 32).unwrap().as_bytes(), generated);

        let shows = Recipient::new(&mut SecretRandom(0)).unwrap();
        let (key, mut rng) = (shows.public_key(), SecretRandom(32));
        let sent = UnidirectionalSenderChannel::establish(key, b"text", b"data", &mut rng).unwrap();
        assert_eq!(sent.message.encapsulated_key, hpke().encapsulated_key);
        assert_eq!(hpke().open(b"data", &sent.message.ciphertext), b"text");
        let received = shows.establish_channel(&sent.message, b"data").unwrap();
        let response = received.channel.respond(b"text", b"", &mut public_random()).unwrap();
        let (key, nonce) = response_key_and_nonce();
        assert_eq!(derived::open(&key, &nonce, b"", &response.message.ciphertext), b"text");

        let [shows, reads] = pair(|rng| Ecies::new(rng).unwrap());
        let sent = reads.establish_outbound_channel(shows.public_key(), b"text").unwrap();
        let [from_s, from_g] = ecies_keys();
        assert_eq!(derived::open(&from_s, &[0; 12], b"", &sent.message.ciphertext), b"text");
        let mut received = shows.establish_inbound_channel(&sent.message).unwrap();
        let answer = received.channel.encrypt(b"text").unwrap();
        assert_eq!(derived::open(&from_g, &[0; 12], b"", &answer.ciphertext), b"text");
    });
    assert_ne!(left_behind, 0);
    for key in &keys {
        assert_eq!(leaks(|| drop(key[..16].to_vec())), 1);
        assert_eq!(leaks(|| drop(key[16..].to_vec())), 1);
    }
    leaks(|| drop(keys));
}

#[test]
fn verifications_by_sas_leave_nothing_behind() {
    assert_eq!(
        leaks(|| {
            let [first, second] = pair(|rng| Sas::new(rng).unwrap());
            let second_key = second.public_key();
            let (start, commitment) = ("{}", sas::commitment(&second_key, "{}"));
            let refused = first.diffie_hellman_as_starter(zero(), start, &commitment).unwrap_err();
            assert_eq!(refused.error, SasError::MismatchedCommitment);
            let first = refused.receiver.diffie_hellman(zero()).unwrap_err().receiver;
            let established = first.diffie_hellman_as_starter(second_key, start, &commitment).unwrap();
            let second = second.diffie_hellman_as_accepter(zero()).unwrap_err().receiver;
            let accepter = second.diffie_hellman_as_accepter(established.our_public_key()).unwrap();
            let devices = (Device::new("@amelie:example.org", "A"), Device::new("@bruno:example.org", "B"));
            let verification = Verification::new(devices.0, devices.1, Role::Starter, "transaction");
            let theirs = Verification::new(devices.1, devices.0, Role::Accepter, "transaction");
            assert_ne!(established.bytes(&verification), established.historic_bytes(&verification));
            drop(established.generate_bytes(b"info", 8_160).unwrap());
            for method in [
                MacMethod::HkdfHmacSha256V2,
                MacMethod::HistoricHkdfHmacSha256,
                MacMethod::HistoricHmacSha256,
            ] {
                let keys = [SasKey::Device("A", long_term_key()), SasKey::MasterKey(long_term_key())];
                let macs = established.macs(&verification, method, keys).unwrap();
                established.verify_macs(&verification, method, &macs, keys).unwrap_err();
                assert_eq!(accepter.verify_macs(&theirs, method, &macs, keys).unwrap(), keys);
                let unclear = SasKey::Device("A,B", long_term_key());
                assert_eq!(established.macs(&verification, method, [unclear]), None);
            }
            drop((established, accepter));
        }),
        0
    );
}

#[test]
fn key_backup_leaves_nothing_behind() {
    assert_eq!(
        leaks(|| {
            let mut rng = SecretRandom(0);
            let backup = PkDecryption::new(&mut rng).unwrap();
            let encryption = PkEncryption::new(backup.public_key());
            // The ephemeral key is the second one that is drawn. The plaintext is written once, where it is encrypted.
            let mut message = encryption.encrypt([secret(); 4].as_flattened(), &mut rng).unwrap();
            backup.decrypt(&message).unwrap().zeroize();
            // The beginning still decrypts, and what it ends with is no padding.
            message.ciphertext.truncate(64);
            backup.decrypt(&message).unwrap_err();
            message.mac = [0; 8];
            backup.decrypt(&message).unwrap_err();
            message.ephemeral_key = zero();
            backup.decrypt(&message).unwrap_err();
            PkEncryption::new(zero()).encrypt(b"", &mut SecretRandom(0)).unwrap_err();

            drop(PkDecryption::from_secret_key(backup.export_secret_key()));
            let (key, libolm_key) = (PickleKey::new(&[0; 32]), b"a key of any length");
            let pickle = backup.to_pickle(&key, &mut public_random()).unwrap();
            drop(PkDecryption::from_pickle(&pickle, &key).unwrap());
            drop(backup.to_pickle_without_encryption());
            let pickle = backup.to_libolm_pickle(libolm_key).unwrap();
            drop(PkDecryption::from_libolm_pickle(&pickle, libolm_key).unwrap());
        }),
        0
    );
}

#[test]
fn channels_of_ecies_leave_nothing_behind() {
    assert_eq!(
        leaks(|| {
            let [shows, reads] = pair(|rng| Ecies::new(rng).unwrap());
            let key = shows.public_key();
            let reads = reads.establish_outbound_channel(zero(), b"").unwrap_err().receiver;
            let sent = reads.establish_outbound_channel(key, [secret(); 4].as_flattened()).unwrap();
            let mut damaged = sent.message.clone();
            damaged.ciphertext[0] ^= 1;
            let shows = shows.establish_inbound_channel(&damaged).unwrap_err().receiver;
            let mut received = shows.establish_inbound_channel(&sent.message).unwrap();
            received.plaintext.zeroize();

            let mut second = received.channel;
            let answer = second.encrypt([secret(); 4].as_flattened()).unwrap();
            let mut damaged = answer.clone();
            damaged.ciphertext[0] ^= 1;
            let unanswered = sent.channel.receive_answer(&damaged).unwrap_err().receiver;
            let mut answered = unanswered.receive_answer(&answer).unwrap();
            answered.plaintext.zeroize();

            let mut first = answered.channel;
            first.decrypt(&answer).unwrap_err();
            let message = second.encrypt([secret(); 4].as_flattened()).unwrap();
            first.decrypt(&message).unwrap().zeroize();
            first.decrypt(&message).unwrap_err();
            let short = ecies::Message::from_base64("AAAA").unwrap();
            second.decrypt(&short).unwrap_err();
        }),
        0
    );
}

#[test]
fn channels_of_hpke_leave_nothing_behind() {
    let plaintext = || [secret(); 4];
    assert_eq!(
        leaks(|| {
            let mut rng = SecretRandom(0);
            let shows = Recipient::new(&mut rng).unwrap();
            let key = shows.public_key();
            let sent = UnidirectionalSenderChannel::establish(key, plaintext().as_flattened(), b"", &mut rng)
                .unwrap();
            let shows = shows.establish_channel(&sent.message, b"other data").unwrap_err().receiver;
            let mut received = shows.establish_channel(&sent.message, b"").unwrap();
            received.plaintext.zeroize();

            let mut rng = public_random();
            let response = received.channel.respond(plaintext().as_flattened(), b"", &mut rng).unwrap();
            let channel =
                sent.channel.receive_response(&response.message, b"other data").unwrap_err().receiver;
            let mut answered = channel.receive_response(&response.message, b"").unwrap();
            answered.plaintext.zeroize();

            let (mut first, mut second) = (answered.channel, response.channel);
            let message = first.seal(plaintext().as_flattened(), b"").unwrap();
            second.open(&message, b"").unwrap().zeroize();
            second.open(&message, b"").unwrap_err();
            let message = second.seal(plaintext().as_flattened(), b"").unwrap();
            first.open(&hpke::Message::from_bytes(b"short"), b"").unwrap_err();
            first.open(&message, b"").unwrap().zeroize();

            // Channels that come to nothing.
            let mut rng = SecretRandom(0);
            drop(Recipient::with_info(LABEL, &mut rng).unwrap());
            UnidirectionalSenderChannel::establish(zero(), b"", b"", &mut rng).unwrap_err();
            drop(UnidirectionalSenderChannel::establish(key, b"", b"", &mut SecretRandom(32)).unwrap());
        }),
        0
    );
}

#[test]
fn qr_codes_leave_nothing_behind() {
    assert_eq!(
        leaks(|| {
            let code = code();
            let bytes = code.to_bytes();
            let scanned = QrCode::from_bytes(bytes.as_bytes()).unwrap();
            QrCode::from_bytes(&bytes.as_bytes()[..80]).unwrap_err();
            scanned.check_keys(&code.keys()).unwrap();
            assert!(code.is_reciprocated_by(scanned.shared_secret().as_str()));
            assert!(!code.is_reciprocated_by("another"));
        }),
        0
    );
}

//! Verification by short strings and QR codes, key backup's encryption, login channels.

use base64ct::{Base64Unpadded, Encoding};
use cliquet::{
    Curve25519PublicKey, Ed25519KeyPair,
    login::{
        ecies::Ecies,
        hpke::{Recipient, UnidirectionalSenderChannel},
    },
    pk::{PkDecryption, PkEncryption},
    qr::{QrCode, QrKeys},
    sas::{MacMethod, Sas},
};
use zeroize::Zeroize;

use crate::{
    derived::{self, Hpke, Key},
    draws::Draws,
    known::Known,
    olm::{cipher_keys, plaintext},
    watch::Watch,
};

const LABEL: &str = "MATRIX_QR_CODE_LOGIN";

/// Two secret keys, and what they agree.
fn agreed(known: &mut Known, draws: &Draws) -> Key {
    let [first, second] = [draws.block(0), draws.block(1)];
    known.scalar("Curve25519 secret key", first);
    known.scalar("Curve25519 secret key", second);
    let agreed = derived::x25519(first, &derived::public_key(second));
    known.agreed("DH output", &agreed);
    agreed
}

/// Base64 of what base64 has already overwritten, as the historic methods have it.
fn written_over_itself(mac: &Key) -> [u8; 43] {
    let (mut memory, mut text) = ([0; 43], [0; 43]);
    memory[..32].copy_from_slice(mac);
    for (group, characters) in text.chunks_mut(4).enumerate() {
        let bytes = &memory[3 * group..32.min(3 * group + 3)];
        Base64Unpadded::encode(bytes, characters).unwrap();
        memory[4 * group..][..characters.len()].copy_from_slice(characters);
    }
    text
}

fn zero() -> Curve25519PublicKey {
    Curve25519PublicKey::from_bytes([0; 32])
}

#[test]
fn sas() {
    let (mut rng, mut known) = (Draws::new("sas"), Known::default());
    let agreed = agreed(&mut known, &rng);
    known.hmac_key("pseudorandom key", &derived::hmac(&[], &agreed));
    let [generated] = derived::hkdf(&[], &agreed, b"bytes");
    known.bytes("SAS bytes", &generated);
    let mac_keys: [Key; 8] = derived::hkdf(&[], &agreed, b"info");
    known.hmac_key("MAC key", &mac_keys[0]);
    known.bytes("MAC key", mac_keys.as_flattened());
    // What is compared with a forged MAC would be a right one, for whoever finds it.
    for key in [&mac_keys[0], mac_keys.as_flattened()] {
        let mac = derived::hmac(key, b"other");
        known.bytes("right MAC", &mac);
        known.bytes("right MAC", Base64Unpadded::encode_string(&mac).as_bytes());
        known.bytes("right MAC", &written_over_itself(&mac));
    }
    let mut watch = Watch::new(known);
    let watch = &mut watch;
    let first = watch.run("new", || Sas::new(&mut rng)).unwrap();
    let second = watch.run("new", || Sas::new(&mut rng)).unwrap();
    let refused = watch.run("fail to agree", || first.diffie_hellman(zero()).map(|_| ()).unwrap_err());
    let (first, second_key) = (refused.receiver, second.public_key());
    let established = watch.run("agree", || first.diffie_hellman(second_key)).unwrap();
    watch.run("short string", || established.bytes_with_info("bytes").emoji());
    let bytes = watch.run("generate bytes", || established.generate_bytes(b"bytes", 32)).unwrap();
    assert_eq!(bytes.as_bytes(), generated);
    for method in
        [MacMethod::HkdfHmacSha256V2, MacMethod::HistoricHkdfHmacSha256, MacMethod::HistoricHmacSha256]
    {
        let mac = watch.run("MAC", || established.calculate_mac_with_info(method, "text", "info"));
        assert!(watch.run("verify MAC", || established.verify_mac_with_info(method, "text", "info", &mac)));
        assert!(
            watch.run("fail to verify MAC", || !established
                .verify_mac_with_info(method, "other", "info", &mac))
        );
    }
    watch.run("drop", || drop((established, second, bytes)));
    watch.finish();
}

#[test]
fn key_backup() {
    let (mut rng, mut known, text) = (Draws::new("backup"), Known::default(), plaintext());
    let agreed = agreed(&mut known, &rng);
    let _ = cipher_keys(&mut known, &[], &agreed, &[]);
    known.bytes("plaintext", &text);
    let mut watch = Watch::new(known);
    let watch = &mut watch;
    let backup = watch.run("new", || PkDecryption::new(&mut rng)).unwrap();
    let encryption = PkEncryption::new(backup.public_key());
    let mut message = watch.run("encrypt", || encryption.encrypt(&text, &mut rng)).unwrap();
    let mut opened = watch.run("decrypt", || backup.decrypt(&message)).unwrap();
    assert_eq!(opened, text);
    opened.zeroize();
    let secret_key = watch.run("secret key to text", || backup.export_base64_secret_key());
    watch.succeeds("secret key from text", || PkDecryption::from_base64_secret_key(secret_key.as_str()));
    message.ciphertext.truncate(64);
    watch.fails("fail to decrypt: padding", || backup.decrypt(&message));
    message.mac = [0; 8];
    watch.fails("fail to decrypt: MAC", || backup.decrypt(&message));
    watch.run("drop", || drop((backup, secret_key)));
    watch.finish();
}

#[test]
fn ecies() {
    ecies_leaves();
}

/// After which operations which secrets stay on the stack.
pub(crate) fn ecies_leaves() -> Vec<(&'static str, &'static str)> {
    let (mut rng, mut known, text) = (Draws::new("ecies"), Known::default(), plaintext());
    let agreed = agreed(&mut known, &rng);
    let [g, s] = [0, 1].map(|number| Curve25519PublicKey::from_bytes(derived::public_key(rng.block(number))));
    known.hmac_sha512_key("pseudorandom key", &derived::hmac_sha512(&[], &agreed));
    for name in ["S", "G"] {
        known.bytes("channel key", &derived::hkdf_sha512(&agreed, &format!("{LABEL}_ENCKEY_{name}|{g}|{s}")));
    }
    known.bytes("plaintext", &text);
    let mut watch = Watch::new(known);
    let watch = &mut watch;
    let shows = watch.run("new", || Ecies::new(&mut rng)).unwrap();
    let reads = watch.run("new", || Ecies::new(&mut rng)).unwrap();
    let key = shows.public_key();
    let sent = watch.run("establish outbound", || reads.establish_outbound_channel(key, &text)).unwrap();
    let mut damaged = sent.message.clone();
    damaged.ciphertext[0] ^= 1;
    let shows = watch.run("fail to establish inbound", || {
        shows.establish_inbound_channel(&damaged).map(|_| ()).unwrap_err().receiver
    });
    let mut received =
        watch.run("establish inbound", || shows.establish_inbound_channel(&sent.message)).unwrap();
    assert_eq!(received.plaintext, text);
    received.plaintext.zeroize();
    let mut second = received.channel;
    let answer = watch.run("encrypt", || second.encrypt(&text)).unwrap();
    let mut answered = watch.run("receive answer", || sent.channel.receive_answer(&answer)).unwrap();
    answered.plaintext.zeroize();
    let mut first = answered.channel;
    watch.fails("fail to decrypt", || first.decrypt(&answer));
    let message = watch.run("encrypt", || second.encrypt(&text)).unwrap();
    watch.run("decrypt", || first.decrypt(&message)).unwrap().zeroize();
    watch.run("drop", || drop((first, second)));
    watch.finish()
}

#[test]
fn hpke() {
    let (mut rng, mut known, text) = (Draws::new("hpke"), Known::default(), plaintext());
    let hpke = Hpke::new(rng.block(0), rng.block(1), LABEL);
    known.scalar("Curve25519 secret key", rng.block(0));
    known.bytes("key material", rng.block(1));
    known.scalar("ephemeral key", &hpke.ephemeral);
    known.agreed("DH output", &hpke.agreed);
    known.hmac_key("KEM's shared secret", &hpke.shared_secret);
    known.hmac_key("HPKE secret", &hpke.secret);
    known.bytes("channel key", &hpke.key);
    known.hmac_key("exporter secret", &hpke.exporter_secret);
    // The response: its nonce is drawn third, and public.
    let secret = hpke.export(&format!("{LABEL}_RESPONSE"));
    let salt = [hpke.encapsulated_key, *rng.block(2)];
    let [response_key] = derived::hkdf(salt.as_flattened(), &secret, b"key");
    known.bytes("exported secret", &secret);
    known.hmac_key("pseudorandom key", &derived::hmac(salt.as_flattened(), &secret));
    known.bytes("channel key", &response_key);
    known.bytes("plaintext", &text);
    let mut watch = Watch::new(known);
    let watch = &mut watch;
    let shows = watch.run("new", || Recipient::new(&mut rng)).unwrap();
    let key = shows.public_key();
    let sent =
        watch.run("establish", || UnidirectionalSenderChannel::establish(key, &text, b"", &mut rng)).unwrap();
    let shows = watch.run("fail to receive", || {
        shows.establish_channel(&sent.message, b"other").map(|_| ()).unwrap_err().receiver
    });
    let mut received = watch.run("receive", || shows.establish_channel(&sent.message, b"")).unwrap();
    assert_eq!(received.plaintext, text);
    received.plaintext.zeroize();
    let response = watch.run("respond", || received.channel.respond(&text, b"", &mut rng)).unwrap();
    let mut answered =
        watch.run("receive response", || sent.channel.receive_response(&response.message, b"")).unwrap();
    assert_eq!(answered.plaintext, text);
    answered.plaintext.zeroize();
    let (mut first, mut second) = (answered.channel, response.channel);
    for _ in 0..2 {
        let message = watch.run("seal", || first.seal(&text, b"")).unwrap();
        watch.run("open", || second.open(&message, b"")).unwrap().zeroize();
        watch.fails("fail to open", || second.open(&message, b""));
        let message = watch.run("seal back", || second.seal(&text, b"")).unwrap();
        watch.run("open back", || first.open(&message, b"")).unwrap().zeroize();
    }
    watch.run("drop", || drop((first, second)));
    watch.finish();
}

#[test]
fn qr_codes() {
    let (mut rng, mut known) = (Draws::new("qr"), Known::default());
    known.bytes("shared secret", &rng.block(0)[..16]);
    known.bytes("shared secret as text", Base64Unpadded::encode_string(&rng.block(0)[..16]).as_bytes());
    let key = Ed25519KeyPair::from_seed(&[1; 32]).public();
    let mut watch = Watch::new(known);
    let watch = &mut watch;
    let keys = QrKeys::TrustingDevice { master_key: key, scanning_device_key: key };
    let code = watch.run("new", || QrCode::new(keys, "transaction", &mut rng)).unwrap();
    let bytes = watch.run("to bytes", || code.to_bytes());
    let scanned = watch.run("from bytes", || QrCode::from_bytes(bytes.as_bytes())).unwrap();
    let secret = watch.run("shared secret", || scanned.shared_secret());
    assert!(watch.run("compare", || code.is_reciprocated_by(secret.as_str())));
    watch.run("drop", || drop((code, bytes, scanned, secret)));
    watch.finish();
}

//! Megolm sessions.

use base64ct::{Base64Unpadded, Encoding};
use cliquet::{
    Ed25519KeyPair,
    megolm::{
        DecryptionError, InboundGroupSession, MegolmMessage, OutboundGroupSession, ReplayGuard,
        SessionConfig, SessionExport, SessionKey,
    },
};
use zeroize::Zeroize;

use crate::{
    derived::{self, Key},
    draws::Draws,
    known::Known,
    olm::{cipher_keys, long_plaintext, plaintext, signing_key},
    watch::Watch,
};

/// The ratchet before its first message, then the seed of the signing key.
const SEED: usize = 4;
/// So many messages that the second part of the ratchet turns.
const MESSAGES: usize = 260;

/// The parts of the ratchet, index after index, in single steps.
fn ratchets(draws: &Draws) -> Vec<[Key; 4]> {
    let mut parts = [0, 1, 2, 3].map(|number| *draws.block(number));
    let mut all = vec![parts];
    for index in 1..=MESSAGES + 1 {
        let turning = if index % 256 == 0 { 2 } else { 3 };
        let old = parts[turning];
        for (label, part) in (0..).zip(&mut parts).skip(turning) {
            *part = derived::hmac(&old, &[label]);
        }
        all.push(parts);
    }
    all
}

/// Every secret of a session and of its messages.
pub(crate) fn known(draws: &Draws, messages: &[MegolmMessage]) -> Known {
    let mut known = Known::default();
    let ratchets = ratchets(draws);
    known.hmac_key("ratchet part", &ratchets[0][0]);
    known.hmac_key("ratchet part", &ratchets[0][1]);
    for ratchet in [&ratchets[0], &ratchets[256]] {
        known.hmac_key("ratchet part", &ratchet[2]);
    }
    for parts in &ratchets {
        known.hmac_key("ratchet part", &parts[3]);
    }
    for index in [0, 1, 2, 3, 250, 257, 258, 261] {
        let _ = cipher_keys(&mut known, &[], ratchets[index].as_flattened(), b"MEGOLM_KEYS");
    }
    for index in [0, 3, 257] {
        known.bytes("session key as text", text(&ratchets[index]).as_bytes());
    }
    // What a signature covers is public: everything before it.
    let signed: Vec<_> =
        messages.iter().map(|message| &message.as_bytes()[..message.as_bytes().len() - 64]).collect();
    signing_key(&mut known, draws.block(SEED), &signed);
    known.bytes("plaintext", &plaintext());
    known
}

/// The ratchet as it stands in the base64 of session keys and exports, behind the eight characters that are no secret.
fn text(parts: &[Key; 4]) -> String {
    let bytes = [&[0; 5], parts.as_flattened()].concat();
    Base64Unpadded::encode_string(&bytes[..132]).split_off(8)
}

/// The ratchet in the blocks that SHA-512 hashes to sign and to verify a session key: `R | A | signed` (RFC 8032, section 5.1.7).
fn hashed(known: &mut Known, session_key: &[u8; SessionKey::LENGTH]) {
    let (signed, signature) = session_key.split_last_chunk::<64>().unwrap();
    let (_, public_key) = signed.split_last_chunk::<32>().unwrap();
    let hashed = [&signature[..32], public_key, signed].concat();
    // From the first whole word of the ratchet on, a block at a time.
    known.bytes("hashed session key", &hashed[72..128]);
    known.bytes("hashed session key", &hashed[128..192]);
}

fn outbound(draws: &str) -> OutboundGroupSession {
    OutboundGroupSession::new(SessionConfig::default(), &mut Draws::new(draws)).unwrap()
}

/// A message with another MAC, under a signature that is right.
fn damaged(draws: &Draws, message: &MegolmMessage) -> MegolmMessage {
    let (signed, _) = message.as_bytes().split_last_chunk::<64>().unwrap();
    let mut bytes = signed.to_vec();
    *bytes.last_mut().unwrap() ^= 1;
    let signature = Ed25519KeyPair::from_seed(draws.block(SEED)).sign(&bytes);
    bytes.extend_from_slice(signature.as_bytes());
    MegolmMessage::from_bytes(bytes).unwrap()
}

/// A message with another signature.
fn unsigned(message: &MegolmMessage) -> MegolmMessage {
    let (last, rest) = message.as_bytes().split_last().unwrap();
    MegolmMessage::from_bytes([rest, &[last ^ 1]].concat()).unwrap()
}

#[test]
fn megolm() {
    let (mut rng, text, config) = (Draws::new("megolm"), plaintext(), SessionConfig::default());
    let mut twin = outbound("megolm");
    let signed_key = twin.session_key();
    let messages: Vec<_> = (0..=MESSAGES).map(|_| twin.encrypt(&text).unwrap()).collect();
    drop(twin);
    let bad: Vec<_> = messages.iter().map(|message| damaged(&rng, message)).collect();
    let mut known = known(&rng, &messages[..3]);
    hashed(&mut known, signed_key.as_bytes());
    drop(signed_key);
    let mut watch = Watch::new(known);

    let mut sender =
        watch.run("create outbound session", || OutboundGroupSession::new(config, &mut rng)).unwrap();
    let key = watch.run("session key", || sender.session_key());
    let key_text = watch.run("session key to text", || key.to_base64());
    let read = watch.run("session key from text", || SessionKey::from_base64(key_text.as_str())).unwrap();
    let mut receiver = watch.run("create inbound session", || InboundGroupSession::new(&read, config));
    for (index, message) in messages.iter().enumerate() {
        let mut encrypt = || sender.encrypt(&text).unwrap();
        let sent =
            if [0, 1, 2, 254, 255, 256].contains(&index) { watch.run("encrypt", encrypt) } else { encrypt() };
        assert_eq!(sent.as_bytes(), message.as_bytes());
    }
    // The MAC shows that the ratchets were computed rightly.
    let [_, mac_key, _] = derived::hkdf::<3>(&[], ratchets(&rng)[258].as_flattened(), b"MEGOLM_KEYS");
    let (authenticated, mac) =
        messages[258].as_bytes()[..messages[258].as_bytes().len() - 64].split_last_chunk::<8>().unwrap();
    assert!(derived::hmac(&mac_key, authenticated).starts_with(mac));

    let fail = |watch: &mut Watch,
                operation,
                receiver: &mut InboundGroupSession,
                message: &MegolmMessage,
                expected| {
        assert_eq!(watch.run(operation, || receiver.decrypt(message)).unwrap_err(), expected);
    };
    let read_one =
        |watch: &mut Watch, operation, receiver: &mut InboundGroupSession, message: &MegolmMessage| {
            let mut decrypted = watch.run(operation, || receiver.decrypt(message)).unwrap();
            assert_eq!(decrypted.plaintext, text);
            decrypted.plaintext.zeroize();
        };
    for index in [0, 2, 257] {
        fail(
            &mut watch,
            "fail to decrypt",
            &mut receiver,
            &bad[index],
            DecryptionError::AuthenticationFailed,
        );
        read_one(&mut watch, "decrypt", &mut receiver, &messages[index]);
    }
    for index in [250, 1] {
        let failed = DecryptionError::AuthenticationFailed;
        fail(&mut watch, "fail to decrypt a late message", &mut receiver, &bad[index], failed);
        read_one(&mut watch, "decrypt a late message", &mut receiver, &messages[index]);
    }
    fail(
        &mut watch,
        "fail to verify",
        &mut receiver,
        &unsigned(&messages[3]),
        DecryptionError::InvalidSignature,
    );
    receiver.set_replay_guard(ReplayGuard::with_capacity(10));
    let guarded = watch.run("decrypt with a guard", || receiver.decrypt_event(&messages[3], &[1; 32]));
    guarded.unwrap().plaintext.zeroize();

    let long = long_plaintext();
    let long = watch.run("encrypt a long message", || sender.encrypt(&long)).unwrap();
    watch.run("decrypt a long message", || receiver.decrypt(&long)).unwrap().plaintext.zeroize();

    let export = watch.run("export", || receiver.export());
    let later = watch.run("export at an index", || receiver.export_at(257)).unwrap();
    let export_text = watch.run("export to text", || export.to_base64());
    let again = watch.run("export from text", || SessionExport::from_base64(export_text.as_str())).unwrap();
    assert_eq!(again, export);
    let mut imported = watch.run("import", || InboundGroupSession::import(&later, config));
    watch.run("compare", || receiver.compare(&imported));
    assert!(watch.run("merge", || imported.merge(&receiver)));
    let results = watch.run("decrypt in bulk", || imported.bulk().decrypt(&messages[..MESSAGES / 10]));
    results.into_iter().for_each(|decrypted| decrypted.unwrap().plaintext.zeroize());
    watch
        .run("fail to decrypt in bulk", || assert!(imported.bulk().decrypt(&bad).iter().all(Result::is_err)));
    watch.run("drop sessions", || drop((sender, imported)));
    watch.run("drop keys", || drop((key, key_text, read, export, later, export_text, again)));
    assert!(watch.run("advance", || receiver.advance_to(257)));
    for index in [0, 1, 3, 250, 256] {
        watch.gone(&ratchets(&rng)[index][3]);
    }
    watch.run("drop sessions", || drop(receiver));
    watch.finish();
}

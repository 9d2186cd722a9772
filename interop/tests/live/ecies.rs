//! The channel of MSC4108 with vodozemac, in both roles.

use cliquet::{
    Curve25519PublicKey,
    login::ecies::{Ecies, EciesError, EstablishedEcies, InitialMessage, Message},
};
use rand::{SeedableRng, rngs::StdRng};
use vodozemac::ecies as peer;

use super::{
    check_code,
    party::{Random, first_seed, random_plaintext},
};

/// The application: the login, and another one.
const INFOS: [Option<&str>; 3] = [None, Some("MATRIX_OTHER_APPLICATION"), Some("")];

fn ours(info: Option<&str>) -> Ecies {
    of_seed(info, first_seed())
}

fn of_seed(info: Option<&str>, seed: u64) -> Ecies {
    let random = &mut Random::new(seed);
    match info {
        None => Ecies::new(random),
        Some(info) => Ecies::with_info(info, random),
    }
    .unwrap()
}

fn peers(info: Option<&str>) -> peer::Ecies {
    info.map_or_else(peer::Ecies::new, peer::Ecies::with_info)
}

fn our_key(key: vodozemac::Curve25519PublicKey) -> Curve25519PublicKey {
    Curve25519PublicKey::from_bytes(key.to_bytes())
}

fn peers_key(key: Curve25519PublicKey) -> vodozemac::Curve25519PublicKey {
    vodozemac::Curve25519PublicKey::from_bytes(*key.as_bytes())
}

/// We read the peer's key and send first; the peer answers with the same.
fn as_s(info: Option<&str>, first: &[u8]) -> (EstablishedEcies, peer::EstablishedEcies) {
    let g = peers(info);
    let sent = ours(info).establish_outbound_channel(our_key(g.public_key()), first).unwrap();
    let message = peer::InitialMessage::decode(&sent.message.to_text()).unwrap();
    assert_eq!(message.encode(), sent.message.to_text());
    let mut received = g.establish_inbound_channel(&message).unwrap();
    assert_eq!(received.message, first);
    let answer = Message::from_base64(&received.ecies.encrypt(first).encode()).unwrap();
    let answered = sent.channel.receive_answer(&answer).unwrap();
    assert_eq!(answered.plaintext, first);
    (answered.channel, received.ecies)
}

/// We show our key, and the peer sends first.
fn as_g(info: Option<&str>, first: &[u8]) -> (EstablishedEcies, peer::EstablishedEcies) {
    let g = ours(info);
    let sent = peers(info).establish_outbound_channel(peers_key(g.public_key()), first).unwrap();
    let message = InitialMessage::from_text(&sent.message.encode()).unwrap();
    assert_eq!(message.to_text(), sent.message.encode());
    let received = g.establish_inbound_channel(&message).unwrap();
    assert_eq!(received.plaintext, first);
    (received.channel, sent.ecies)
}

/// Both roles, each with a channel of its own.
fn channels(info: Option<&str>) -> [(EstablishedEcies, peer::EstablishedEcies); 2] {
    [as_s(info, b"first"), as_g(info, b"first")]
}

/// A message to the peer, as text.
fn there(ours: &mut EstablishedEcies, peers: &mut peer::EstablishedEcies, plaintext: &[u8]) {
    let text = ours.encrypt(plaintext).unwrap().to_base64();
    assert_eq!(peers.decrypt(&peer::Message::decode(&text).unwrap()).unwrap(), plaintext);
}

/// A message from the peer, as text.
fn here(ours: &mut EstablishedEcies, peers: &mut peer::EstablishedEcies, plaintext: &[u8]) {
    let text = peers.encrypt(plaintext).encode();
    assert_eq!(ours.decrypt(&Message::from_base64(&text).unwrap()).unwrap(), plaintext);
}

#[test]
fn ecies_conversations_in_both_roles() {
    let mut schedule = StdRng::seed_from_u64(first_seed());
    for info in INFOS {
        for (mut ours, mut peers) in channels(info) {
            // More than 256, so that the number fills a second byte of the nonce.
            for _ in 0..300 {
                there(&mut ours, &mut peers, &random_plaintext(&mut schedule, 200));
                here(&mut ours, &mut peers, &random_plaintext(&mut schedule, 200));
            }
            // One direction is far ahead of the other.
            (0..300).for_each(|_| there(&mut ours, &mut peers, b""));
            here(&mut ours, &mut peers, &[7; 100_000]);
            there(&mut ours, &mut peers, &[7; 100_000]);
        }
    }
}

#[test]
fn ecies_first_messages_of_every_kind_of_length() {
    for length in [0, 1, 15, 16, 17, 63, 64, 65, 1000, 65_536] {
        let first = vec![5; length];
        as_s(None, &first);
        as_g(None, &first);
    }
}

#[test]
fn ecies_check_codes_and_keys_are_the_same() {
    // Many channels, so that digits with and without a leading zero are among them.
    for seed in (first_seed()..).take(100) {
        for info in INFOS {
            let (g, s) = (of_seed(info, seed), peers(info));
            let sent = s.establish_outbound_channel(peers_key(g.public_key()), b"").unwrap();
            let message = InitialMessage::from_text(&sent.message.encode()).unwrap();
            let (ours, peers) = (g.establish_inbound_channel(&message).unwrap().channel, sent.ecies);
            same_check_code(&ours, &peers);
        }
    }
    for (ours, peers) in INFOS.into_iter().flat_map(channels) {
        same_check_code(&ours, &peers);
        assert_eq!(ours.their_public_key(), our_key(peers.public_key()));
    }
}

fn same_check_code(ours: &EstablishedEcies, peers: &peer::EstablishedEcies) {
    let peers = peers.check_code();
    let modes = [peer::DigitMode::AllowLeadingZero, peer::DigitMode::NoLeadingZero];
    check_code::is_the_peers(&ours.check_code(), *peers.as_bytes(), modes.map(|mode| peers.to_digit(mode)));
}

/// What does not fit is refused by us, and the channel still waits for the same message.
#[test]
fn ecies_what_does_not_fit_is_refused() {
    let refused = Err(EciesError::AuthenticationFailed);
    for (mut ours, mut peers) in channels(None) {
        let messages = [b"one", b"two"].map(|plaintext| peers.encrypt(plaintext).encode());
        let [one, two] = messages.map(|text| Message::from_base64(&text).unwrap());
        assert_eq!(ours.decrypt(&two), refused, "out of order");
        let own = ours.encrypt(b"own").unwrap();
        assert_eq!(ours.decrypt(&own), refused, "our own role");
        let mut changed = one.clone();
        for length in 0..one.ciphertext.len() {
            changed.ciphertext = one.ciphertext[..length].to_vec();
            assert_eq!(ours.decrypt(&changed), refused, "the first {length} bytes");
        }
        for bit in 0..one.ciphertext.len() * 8 {
            changed.ciphertext = one.ciphertext.clone();
            changed.ciphertext[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(ours.decrypt(&changed), refused, "bit {bit}");
        }
        for more in [1, 16, 100_000] {
            changed.ciphertext = [one.ciphertext.clone(), vec![0; more]].concat();
            assert_eq!(ours.decrypt(&changed), refused, "{more} more bytes");
        }
        assert_eq!(ours.decrypt(&one).unwrap(), b"one");
        assert_eq!(ours.decrypt(&one), refused, "a second time");
        assert_eq!(ours.decrypt(&two).unwrap(), b"two");
        let own = peer::Message::decode(&own.to_base64()).unwrap();
        assert_eq!(peers.decrypt(&own).unwrap(), b"own");
    }
}

/// vodozemac counts a message that it cannot decrypt, and is a message ahead from then on; we are not.
#[test]
fn ecies_only_the_peer_loses_its_place() {
    let (mut ours, mut peers) = as_s(None, b"first");
    let forged = peer::Message { ciphertext: vec![0; 20] };
    peers.decrypt(&forged).unwrap_err();
    let lost = peer::Message::decode(&ours.encrypt(b"lost").unwrap().to_base64()).unwrap();
    peers.decrypt(&lost).unwrap_err();
    let (mut ours, mut peers) = as_s(None, b"first");
    ours.decrypt(&Message::from_base64("AAAAAAAAAAAAAAAAAAAAAAAAAAA").unwrap()).unwrap_err();
    here(&mut ours, &mut peers, b"not lost");
}

#[test]
fn ecies_first_messages_that_do_not_fit_are_refused() {
    let g = ours(None);
    let send = |info| {
        let sent = peers(info).establish_outbound_channel(peers_key(g.public_key()), b"first").unwrap();
        InitialMessage::from_text(&sent.message.encode()).unwrap()
    };
    let (good, other_application) = (send(None), send(Some("OTHER")));
    let mut zero_key = good.clone();
    zero_key.public_key = Curve25519PublicKey::from_bytes([0; 32]);
    let mut other_key = good.clone();
    other_key.public_key = other_application.public_key;
    let mut truncated = good.clone();
    truncated.ciphertext.truncate(15);
    let mut longer = good.clone();
    longer.ciphertext.push(0);
    let mut g = ours(None);
    for (message, error) in [
        (&zero_key, EciesError::NonContributoryKey),
        (&other_application, EciesError::AuthenticationFailed),
        (&other_key, EciesError::AuthenticationFailed),
        (&truncated, EciesError::AuthenticationFailed),
        (&longer, EciesError::AuthenticationFailed),
    ] {
        let refused = g.establish_inbound_channel(message).unwrap_err();
        assert_eq!(refused.error, error);
        g = refused.receiver;
    }
    // Somebody else's message, though the same device sends it.
    let stranger = Ecies::new(&mut Random::new(first_seed() + 1)).unwrap();
    let refused = stranger.establish_inbound_channel(&good).unwrap_err();
    assert_eq!(refused.error, EciesError::AuthenticationFailed);
    assert_eq!(g.establish_inbound_channel(&good).unwrap().plaintext, b"first");

    let zero = Curve25519PublicKey::from_bytes([0; 32]);
    let refused = ours(None).establish_outbound_channel(zero, b"first").unwrap_err();
    assert_eq!(refused.error, EciesError::NonContributoryKey);
    peers(None).establish_outbound_channel(peers_key(zero), b"first").unwrap_err();
}

/// What is not the first answer is refused, and we still wait for it.
#[test]
fn ecies_answers_that_do_not_fit_are_refused() {
    let g = peers(None);
    let sent = ours(None).establish_outbound_channel(our_key(g.public_key()), b"first").unwrap();
    let first = peer::InitialMessage::decode(&sent.message.to_text()).unwrap();
    let mut g = g.establish_inbound_channel(&first).unwrap().ecies;
    let texts = [b"answer", b"second"].map(|plaintext| g.encrypt(plaintext).encode());
    let [good, second] = texts.map(|text| Message::from_base64(&text).unwrap());

    let mut empty = good.clone();
    empty.ciphertext.clear();
    let mut truncated = good.clone();
    truncated.ciphertext.pop();
    let mut longer = good.clone();
    longer.ciphertext.push(0);
    let mut changed = good.clone();
    changed.ciphertext[0] ^= 1;
    let mut own = good.clone();
    own.ciphertext = sent.message.ciphertext;
    let (_, mut stranger) = as_s(None, b"first");
    let others = Message::from_base64(&stranger.encrypt(b"answer").encode()).unwrap();
    let mut s = sent.channel;
    for message in [&second, &empty, &truncated, &longer, &changed, &own, &others] {
        let refused = s.receive_answer(message).unwrap_err();
        assert_eq!(refused.error, EciesError::AuthenticationFailed);
        s = refused.receiver;
    }
    let mut answered = s.receive_answer(&good).unwrap();
    assert_eq!(answered.plaintext, b"answer");
    assert_eq!(answered.channel.decrypt(&second).unwrap(), b"second");
    there(&mut answered.channel, &mut g, b"the second of ours");
}

/// Both refuse the same texts.
#[test]
fn ecies_texts_that_are_no_messages() {
    let text = as_text();
    let (ciphertext, key) = text.split_once('|').unwrap();
    for malformed in [
        "".to_owned(),
        ciphertext.to_owned(),
        format!("{ciphertext} {key}"),
        format!("{ciphertext}|{key}|"),
        format!("{ciphertext}|{}", &key[1..]),
        format!("{ciphertext}|{key}A"),
        format!("{ciphertext}|"),
        format!("!{ciphertext}|{key}"),
        format!("{}|{key}", &ciphertext[..ciphertext.len() - 3]),
    ] {
        InitialMessage::from_text(&malformed).unwrap_err();
        assert!(peer::InitialMessage::decode(&malformed).is_err(), "{malformed}");
    }
    for malformed in ["!", "A", "AB|CD", "AA AA"] {
        Message::from_base64(malformed).unwrap_err();
        assert!(peer::Message::decode(malformed).is_err(), "{malformed}");
    }
}

fn as_text() -> String {
    let sent = ours(None).establish_outbound_channel(our_key(peers(None).public_key()), b"first").unwrap();
    sent.message.to_text()
}

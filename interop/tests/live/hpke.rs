//! The channel of MSC4388 with vodozemac, in both roles.

use cliquet::{
    Curve25519PublicKey,
    login::hpke::{
        EstablishedChannel, HpkeError, InitialMessage, InitialResponse, Message, Recipient,
        UnidirectionalSenderChannel,
    },
};
use rand::{SeedableRng, rngs::StdRng};
use vodozemac::hpke as peer;

use super::{
    check_code,
    party::{Random, first_seed, random_plaintext},
};

const DEFAULT_INFO: &str = "MATRIX_QR_CODE_LOGIN";

/// The application: the login, and others.
const INFOS: [&str; 3] = [DEFAULT_INFO, "MATRIX_OTHER_APPLICATION", ""];

/// What is authenticated with the first message, the response, and each further one.
const DATA: [&[u8]; 3] = [b"with the first", b"with the response", b""];

fn our_key(key: vodozemac::Curve25519PublicKey) -> Curve25519PublicKey {
    Curve25519PublicKey::from_bytes(key.to_bytes())
}

fn peers_key(key: Curve25519PublicKey) -> vodozemac::Curve25519PublicKey {
    vodozemac::Curve25519PublicKey::from_bytes(*key.as_bytes())
}

/// We read the peer's key and send first.
fn as_s(info: &str, plaintext: &[u8], seed: u64) -> (EstablishedChannel, peer::EstablishedHpkeChannel) {
    let g = if info == DEFAULT_INFO {
        peer::HpkeRecipientChannel::new()
    } else {
        peer::HpkeRecipientChannel::with_info(info)
    };
    let (key, random) = (our_key(g.public_key()), &mut Random::new(seed));
    let sent = if info == DEFAULT_INFO {
        UnidirectionalSenderChannel::establish(key, plaintext, DATA[0], random)
    } else {
        UnidirectionalSenderChannel::establish_with_info(info, key, plaintext, DATA[0], random)
    };
    let sent = sent.unwrap();
    let text = sent.message.to_base64();
    let received = g.establish_channel(&peer::InitialMessage::decode(&text).unwrap(), DATA[0]).unwrap();
    assert_eq!(received.message, plaintext);
    let response = received.channel.establish_bidirectional_channel(plaintext, DATA[1]);
    let message = InitialResponse::from_base64(&response.message.encode()).unwrap();
    let answered = sent.channel.receive_response(&message, DATA[1]).unwrap();
    assert_eq!(answered.plaintext, plaintext);
    (answered.channel, response.channel)
}

/// We show our key, and the peer sends first.
fn as_g(info: &str, plaintext: &[u8], seed: u64) -> (EstablishedChannel, peer::EstablishedHpkeChannel) {
    let random = &mut Random::new(seed);
    let (g, s) = if info == DEFAULT_INFO {
        (Recipient::new(random).unwrap(), peer::HpkeSenderChannel::new())
    } else {
        (Recipient::with_info(info, random).unwrap(), peer::HpkeSenderChannel::with_info(info))
    };
    let sent = s.establish_channel(peers_key(g.public_key()), plaintext, DATA[0]).unwrap();
    let message = InitialMessage::from_base64(&sent.message.encode()).unwrap();
    let received = g.establish_channel(&message, DATA[0]).unwrap();
    assert_eq!(received.plaintext, plaintext);
    let response = received.channel.respond(plaintext, DATA[1], random).unwrap();
    let message = peer::InitialResponse::decode(&response.message.to_base64()).unwrap();
    let answered = sent.channel.establish_bidirectional_channel(&message, DATA[1]).unwrap();
    assert_eq!(answered.message, plaintext);
    (response.channel, answered.channel)
}

/// Both roles, each with a channel of its own.
fn channels(info: &str) -> [(EstablishedChannel, peer::EstablishedHpkeChannel); 2] {
    [as_s(info, b"first", first_seed()), as_g(info, b"first", first_seed())]
}

/// A message to the peer, as text.
fn there(
    ours: &mut EstablishedChannel,
    peers: &mut peer::EstablishedHpkeChannel,
    plaintext: &[u8],
    data: &[u8],
) {
    let text = ours.seal(plaintext, data).unwrap().to_base64();
    assert_eq!(peers.open(&peer::Message::decode(&text).unwrap(), data).unwrap(), plaintext);
}

/// A message from the peer, as text.
fn here(
    ours: &mut EstablishedChannel,
    peers: &mut peer::EstablishedHpkeChannel,
    plaintext: &[u8],
    data: &[u8],
) {
    let text = peers.seal(plaintext, data).encode();
    assert_eq!(ours.open(&Message::from_base64(&text).unwrap(), data).unwrap(), plaintext);
}

#[test]
fn hpke_conversations_in_both_roles() {
    let mut schedule = StdRng::seed_from_u64(first_seed());
    for info in INFOS {
        for (mut ours, mut peers) in channels(info) {
            // More than 256, so that the number fills a second byte of the nonce.
            for _ in 0..300 {
                let [plaintext, data] = [(); 2].map(|()| random_plaintext(&mut schedule, 200));
                there(&mut ours, &mut peers, &plaintext, &data);
                let [plaintext, data] = [(); 2].map(|()| random_plaintext(&mut schedule, 200));
                here(&mut ours, &mut peers, &plaintext, &data);
            }
            // One direction is far ahead of the other.
            (0..300).for_each(|_| there(&mut ours, &mut peers, b"", DATA[2]));
            here(&mut ours, &mut peers, &[7; 100_000], DATA[2]);
            there(&mut ours, &mut peers, &[7; 100_000], DATA[2]);
        }
    }
}

#[test]
fn hpke_first_messages_of_every_kind_of_length() {
    for length in [0, 1, 15, 16, 17, 63, 64, 65, 1000, 65_536] {
        let first = vec![5; length];
        as_s(DEFAULT_INFO, &first, first_seed());
        as_g(DEFAULT_INFO, &first, first_seed());
    }
}

#[test]
fn hpke_check_codes_and_keys_are_the_same() {
    // Many channels, so that digits with and without a leading zero are among them.
    for seed in (first_seed()..).take(100) {
        for info in INFOS {
            for (ours, peers) in [as_s(info, b"", seed), as_g(info, b"", seed)] {
                assert_eq!(ours.our_public_key(), our_key(peers.their_public_key()));
                assert_eq!(ours.their_public_key(), our_key(peers.public_key()));
                same_check_code(&ours, &peers);
            }
        }
    }
}

fn same_check_code(ours: &EstablishedChannel, peers: &peer::EstablishedHpkeChannel) {
    let peers = peers.check_code();
    let modes = [peer::DigitMode::AllowLeadingZero, peer::DigitMode::NoLeadingZero];
    check_code::is_the_peers(&ours.check_code(), *peers.as_bytes(), modes.map(|mode| peers.to_digit(mode)));
}

/// What does not fit is refused by us, and the channel still waits for the same message.
#[test]
fn hpke_what_does_not_fit_is_refused() {
    let refused = Err(HpkeError::AuthenticationFailed);
    for (mut ours, mut peers) in channels(DEFAULT_INFO) {
        let messages = [b"one", b"two"].map(|plaintext| peers.seal(plaintext, b"data").encode());
        let [one, two] = messages.map(|text| Message::from_base64(&text).unwrap());
        assert_eq!(ours.open(&two, b"data"), refused, "out of order");
        for data in [&b""[..], b"dat", b"data ", b"Data"] {
            assert_eq!(ours.open(&one, data), refused, "other associated data");
        }
        let own = ours.seal(b"own", b"data").unwrap();
        assert_eq!(ours.open(&own, b"data"), refused, "our own role");
        let mut changed = one.clone();
        for length in 0..one.ciphertext.len() {
            changed.ciphertext = one.ciphertext[..length].to_vec();
            assert_eq!(ours.open(&changed, b"data"), refused, "the first {length} bytes");
        }
        for bit in 0..one.ciphertext.len() * 8 {
            changed.ciphertext = one.ciphertext.clone();
            changed.ciphertext[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(ours.open(&changed, b"data"), refused, "bit {bit}");
        }
        for more in [1, 16, 100_000] {
            changed.ciphertext = [one.ciphertext.clone(), vec![0; more]].concat();
            assert_eq!(ours.open(&changed, b"data"), refused, "{more} more bytes");
        }
        assert_eq!(ours.open(&one, b"data").unwrap(), b"one");
        assert_eq!(ours.open(&one, b"data"), refused, "a second time");
        assert_eq!(ours.open(&two, b"data").unwrap(), b"two");
        let own = peer::Message::decode(&own.to_base64()).unwrap();
        peers.open(&own, b"other").unwrap_err();
        assert_eq!(peers.open(&own, b"data").unwrap(), b"own");
    }
}

#[test]
fn hpke_first_messages_that_do_not_fit_are_refused() {
    let random = &mut Random::new(first_seed());
    let mut g = Recipient::new(random).unwrap();
    let send = |info| {
        let s = peer::HpkeSenderChannel::with_info(info);
        let sent = s.establish_channel(peers_key(g.public_key()), b"first", b"data").unwrap();
        InitialMessage::from_base64(&sent.message.encode()).unwrap()
    };
    let (good, other_application) = (send(DEFAULT_INFO), send("OTHER"));
    let mut zero_key = good.clone();
    zero_key.encapsulated_key = [0; 32];
    let mut other_key = good.clone();
    other_key.encapsulated_key = other_application.encapsulated_key;
    let mut truncated = good.clone();
    truncated.ciphertext.truncate(15);
    let mut longer = good.clone();
    longer.ciphertext.push(0);
    for (message, data, error) in [
        (&zero_key, &b"data"[..], HpkeError::NonContributoryKey),
        (&other_application, b"data", HpkeError::AuthenticationFailed),
        (&other_key, b"data", HpkeError::AuthenticationFailed),
        (&truncated, b"data", HpkeError::AuthenticationFailed),
        (&longer, b"data", HpkeError::AuthenticationFailed),
        (&good, b"other", HpkeError::AuthenticationFailed),
    ] {
        let refused = g.establish_channel(message, data).unwrap_err();
        assert_eq!(refused.error, error);
        g = refused.receiver;
    }
    let stranger = Recipient::new(random).unwrap();
    let refused = stranger.establish_channel(&good, b"data").unwrap_err();
    assert_eq!(refused.error, HpkeError::AuthenticationFailed);
    assert_eq!(g.establish_channel(&good, b"data").unwrap().plaintext, b"first");

    let zero = Curve25519PublicKey::from_bytes([0; 32]);
    let refused = UnidirectionalSenderChannel::establish(zero, b"first", b"", random).unwrap_err();
    assert_eq!(refused, HpkeError::NonContributoryKey);
    let refused = peer::HpkeSenderChannel::new().establish_channel(peers_key(zero), b"first", b"");
    assert!(refused.is_err());
}

#[test]
fn hpke_responses_that_do_not_fit_are_refused() {
    let g = peer::HpkeRecipientChannel::new();
    let random = &mut Random::new(first_seed());
    let sent =
        UnidirectionalSenderChannel::establish(our_key(g.public_key()), b"first", b"", random).unwrap();
    let first = peer::InitialMessage::decode(&sent.message.to_base64()).unwrap();
    let received = g.establish_channel(&first, b"").unwrap();
    let mut response = received.channel.establish_bidirectional_channel(b"response", b"data");
    let good = InitialResponse::from_base64(&response.message.encode()).unwrap();

    let mut other_nonce = good.clone();
    other_nonce.response_nonce[31] ^= 1;
    let mut truncated = good.clone();
    truncated.ciphertext.pop();
    let mut longer = good.clone();
    longer.ciphertext.push(0);
    // A message that is the second of its direction.
    let mut second = good.clone();
    second.ciphertext = response.channel.seal(b"second", b"data").ciphertext;
    let mut s = sent.channel;
    for (message, data) in [
        (&other_nonce, &b"data"[..]),
        (&truncated, b"data"),
        (&longer, b"data"),
        (&second, b"data"),
        (&good, b"other"),
    ] {
        let refused = s.receive_response(message, data).unwrap_err();
        assert_eq!(refused.error, HpkeError::AuthenticationFailed);
        s = refused.receiver;
    }
    let mut ours = s.receive_response(&good, b"data").unwrap();
    assert_eq!(ours.plaintext, b"response");
    let second = Message::from_bytes(&second.ciphertext);
    assert_eq!(ours.channel.open(&second, b"data").unwrap(), b"second");
}

/// Both refuse the same texts: fewer than 32 bytes, and what is no base64.
#[test]
fn hpke_texts_that_are_no_messages() {
    for malformed in ["", "A", "!", "AAAA", &"A".repeat(42), &"A".repeat(45), &format!("{}!", "A".repeat(43))]
    {
        InitialMessage::from_base64(malformed).unwrap_err();
        assert!(peer::InitialMessage::decode(malformed).is_err(), "{malformed}");
        InitialResponse::from_base64(malformed).unwrap_err();
        assert!(peer::InitialResponse::decode(malformed).is_err(), "{malformed}");
    }
    for malformed in ["!", "A", "AA AA"] {
        Message::from_base64(malformed).unwrap_err();
        assert!(peer::Message::decode(malformed).is_err(), "{malformed}");
    }
}

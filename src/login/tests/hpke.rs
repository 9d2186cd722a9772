use alloc::format;

use crate::{
    keys::Curve25519PublicKey,
    login::hpke::{
        EstablishedChannel, HpkeError, InitialMessage, InitialResponse, Message, Recipient,
        UnidirectionalSenderChannel,
    },
    testing::{FixedRandom, seeded},
};

fn pair() -> (EstablishedChannel, EstablishedChannel) {
    let rng = &mut seeded(1);
    let g = Recipient::new(rng).unwrap();
    let sent = UnidirectionalSenderChannel::establish(g.public_key(), b"hello", b"first", rng).unwrap();
    let message = InitialMessage::from_base64(&sent.message.to_base64()).unwrap();
    let received = g.establish_channel(&message, b"first").unwrap();
    assert_eq!(received.plaintext, b"hello");
    let response = received.channel.respond(b"hello yourself", b"second", rng).unwrap();
    let message = InitialResponse::from_base64(&response.message.to_base64()).unwrap();
    let answered = sent.channel.receive_response(&message, b"second").unwrap();
    assert_eq!(answered.plaintext, b"hello yourself");
    (answered.channel, response.channel)
}

#[test]
fn messages_go_both_ways_in_order_and_once() {
    let (mut s, mut g) = pair();
    let first = s.seal(b"first", b"1").unwrap();
    let second = s.seal(b"second", b"2").unwrap();
    assert_eq!(g.open(&second, b"2"), Err(HpkeError::AuthenticationFailed));
    assert_eq!(g.open(&first, b"2"), Err(HpkeError::AuthenticationFailed));
    assert_eq!(g.open(&first, b"1").unwrap(), b"first");
    assert_eq!(g.open(&first, b"1"), Err(HpkeError::AuthenticationFailed));
    assert_eq!(g.open(&second, b"2").unwrap(), b"second");
    for round in 0..300_u32 {
        let answer = Message::from_base64(&g.seal(&round.to_be_bytes(), b"").unwrap().to_base64()).unwrap();
        assert_eq!(s.open(&answer, b"x"), Err(HpkeError::AuthenticationFailed));
        assert_eq!(s.open(&answer, b"").unwrap(), round.to_be_bytes());
    }
    assert_eq!(s.check_code(), g.check_code());
    assert_eq!((s.our_public_key(), s.their_public_key()), (g.their_public_key(), g.our_public_key()));
    assert_eq!(s.open(&Message::from_bytes(&[0; 15]), b""), Err(HpkeError::AuthenticationFailed));
}

#[test]
fn the_last_number_is_not_used() {
    let (mut s, mut g) = pair();
    s.set_sequence(u64::MAX);
    g.set_sequence(u64::MAX);
    assert_eq!(g.seal(b"text", b""), Err(HpkeError::Exhausted));
    assert_eq!(s.open(&Message::from_bytes(&[0; 16]), b""), Err(HpkeError::Exhausted));
    let message = s.seal(b"the other direction goes on", b"").unwrap();
    g.open(&message, b"").unwrap();
}

#[test]
fn what_is_refused_hands_the_state_back() {
    let rng = &mut seeded(2);
    let zero = Curve25519PublicKey::from_bytes([0; 32]);
    let refused = UnidirectionalSenderChannel::establish(zero, b"hello", b"", rng).unwrap_err();
    assert_eq!(refused, HpkeError::NonContributoryKey);
    let mut g = Recipient::new(rng).unwrap();
    let refused = UnidirectionalSenderChannel::establish(
        g.public_key(),
        b"",
        b"",
        &mut FixedRandom::new([1; 31].into()),
    );
    assert_eq!(refused.unwrap_err(), HpkeError::Random);

    let sent = UnidirectionalSenderChannel::establish(g.public_key(), b"hello", b"", rng).unwrap();
    let mut forged = sent.message.clone();
    forged.encapsulated_key = [0; 32];
    let mut errors = std::vec::Vec::new();
    for (message, associated_data) in [(&forged, &b""[..]), (&sent.message, b"other")] {
        let refused = g.establish_channel(message, associated_data).unwrap_err();
        errors.push(refused.error);
        g = refused.receiver;
    }
    assert_eq!(errors, [HpkeError::NonContributoryKey, HpkeError::AuthenticationFailed]);
    let received = g.establish_channel(&sent.message, b"").unwrap();

    let refused = received.channel.respond(b"", b"", &mut FixedRandom::new([1; 31].into())).unwrap_err();
    assert_eq!(refused.error, HpkeError::Random);
    let response = refused.receiver.respond(b"yes", b"", rng).unwrap();
    let mut forged = response.message.clone();
    forged.response_nonce[0] ^= 1;
    let refused = sent.channel.receive_response(&forged, b"").unwrap_err();
    assert_eq!(refused.error, HpkeError::AuthenticationFailed);
    assert_eq!(refused.receiver.receive_response(&response.message, b"").unwrap().plaintext, b"yes");
}

#[test]
fn an_info_has_an_end() {
    let rng = &mut seeded(3);
    let long = "x".repeat(65_000);
    let g = Recipient::with_info(&long, rng).unwrap();
    let key = g.public_key();
    let sent = UnidirectionalSenderChannel::establish_with_info(&long, key, b"", b"", rng).unwrap();
    g.establish_channel(&sent.message, b"").unwrap();
    let longer = long + "x";
    assert_eq!(Recipient::with_info(&longer, rng).unwrap_err(), HpkeError::InfoTooLong);
    let refused = UnidirectionalSenderChannel::establish_with_info(&longer, key, b"", b"", rng).unwrap_err();
    assert_eq!(refused, HpkeError::InfoTooLong);
}

#[test]
fn nothing_secret_is_printed() {
    let rng = &mut seeded(1);
    let g = Recipient::new(rng).unwrap();
    let sent = UnidirectionalSenderChannel::establish(g.public_key(), b"hello", b"", rng).unwrap();
    assert_eq!(format!("{:?}", sent.channel), "UnidirectionalSenderChannel { .. }");
    let received = g.establish_channel(&sent.message, b"").unwrap();
    assert_eq!(
        format!("{received:?}"),
        "RecipientCreation { channel: UnidirectionalRecipientChannel { .. }, plaintext_length: 5 }"
    );
    let response = received.channel.respond(b"hello yourself", b"", rng).unwrap();
    let answered = sent.channel.receive_response(&response.message, b"").unwrap();
    let (ours, theirs) = (answered.channel.our_public_key(), answered.channel.their_public_key());
    let channel =
        format!("EstablishedChannel {{ our_public_key: {ours:?}, their_public_key: {theirs:?}, .. }}");
    assert_eq!(format!("{answered:?}"), format!("Answered {{ channel: {channel}, plaintext_length: 14 }}"));
}

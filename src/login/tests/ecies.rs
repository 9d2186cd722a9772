use alloc::format;

use crate::{
    keys::Curve25519PublicKey,
    login::ecies::{Ecies, EciesError, EstablishedEcies, InitialMessage, Message},
    testing::{FixedRandom, counting, seeded},
};

fn fixed(start: u8) -> Ecies {
    Ecies::new(&mut FixedRandom::new(counting(start, 32))).unwrap()
}

fn pair() -> (EstablishedEcies, EstablishedEcies) {
    let (g, s) = (fixed(1), fixed(33));
    let sent = s.establish_outbound_channel(g.public_key(), b"hello").unwrap();
    let mut received = g.establish_inbound_channel(&sent.message).unwrap();
    assert_eq!(received.plaintext, b"hello");
    let answer = received.channel.encrypt(b"hello yourself").unwrap();
    // What is not the answer is refused, and the channel waits on.
    let refused = sent.channel.receive_answer(&Message { ciphertext: [0; 16].into() }).unwrap_err();
    assert_eq!(refused.error, EciesError::AuthenticationFailed);
    let answered = refused.receiver.receive_answer(&answer).unwrap();
    assert_eq!(answered.plaintext, b"hello yourself");
    (answered.channel, received.channel)
}

#[test]
fn a_known_channel() {
    let (g, s) = (fixed(1), fixed(33));
    assert_eq!(g.public_key().to_base64(), "B6N8vBQgk8i3VdwbEOhstCY3StFqqFPtC9/AsrhtHHw");
    let sent = s.establish_outbound_channel(g.public_key(), b"hello").unwrap();
    let text = "3TLkcy2jI+nlOPisFZzLMMp5/1lC|WGmv9FBUlzLLqu1eXfmzCm2jHLDldCutWtShp2jxpns";
    assert_eq!(sent.message.to_text(), text);
    assert_eq!(InitialMessage::from_text(text).unwrap(), sent.message);
    let received = g.establish_inbound_channel(&sent.message).unwrap();
    assert_eq!(received.channel.check_code().as_bytes(), &[0x4a, 0x5e]);
}

#[test]
fn messages_go_both_ways_in_order_and_once() {
    let (mut s, mut g) = pair();
    let first = s.encrypt(b"first").unwrap();
    let second = s.encrypt(b"second").unwrap();
    assert_eq!(g.decrypt(&second), Err(EciesError::AuthenticationFailed));
    assert_eq!(s.decrypt(&first), Err(EciesError::AuthenticationFailed), "not to oneself");
    // Nothing was lost by that.
    assert_eq!(g.decrypt(&first).unwrap(), b"first");
    assert_eq!(g.decrypt(&first), Err(EciesError::AuthenticationFailed));
    assert_eq!(g.decrypt(&second).unwrap(), b"second");
    for round in 0..300_u32 {
        let answer = Message::from_base64(&g.encrypt(&round.to_be_bytes()).unwrap().to_base64()).unwrap();
        assert_eq!(s.decrypt(&answer).unwrap(), round.to_be_bytes());
    }
    assert_eq!(s.check_code(), g.check_code());
    assert_eq!((s.our_public_key(), s.their_public_key()), (g.their_public_key(), g.our_public_key()));
}

#[test]
fn the_last_number_is_not_used() {
    let (mut s, mut g) = pair();
    s.set_sequence(u64::MAX);
    g.set_sequence(u64::MAX);
    assert_eq!(s.encrypt(b"text"), Err(EciesError::Exhausted));
    assert_eq!(g.decrypt(&Message { ciphertext: [0; 16].into() }), Err(EciesError::Exhausted));
}

#[test]
fn what_is_refused_hands_the_key_pair_back() {
    let zero = Curve25519PublicKey::from_bytes([0; 32]);
    let s = fixed(33).establish_outbound_channel(zero, b"hello").unwrap_err();
    assert_eq!(s.error, EciesError::NonContributoryKey);
    let sent = s.receiver.establish_outbound_channel(fixed(1).public_key(), b"hello").unwrap();
    let mut forged = sent.message.clone();
    forged.ciphertext[0] ^= 1;
    let g = fixed(1).establish_inbound_channel(&forged).unwrap_err();
    assert_eq!(g.error, EciesError::AuthenticationFailed);
    forged.public_key = zero;
    let g = g.receiver.establish_inbound_channel(&forged).unwrap_err();
    assert_eq!(g.error, EciesError::NonContributoryKey);
    g.receiver.establish_inbound_channel(&sent.message).unwrap();
    // Another application's channel is another one.
    let other = Ecies::with_info("OTHER", &mut seeded(1)).unwrap();
    let sent = fixed(33).establish_outbound_channel(other.public_key(), b"hello").unwrap();
    other.establish_inbound_channel(&sent.message).unwrap_err();
}

#[test]
fn nothing_secret_is_printed() {
    let (g, s) = (fixed(1), fixed(33));
    let (of_g, of_s) = (g.public_key(), s.public_key());
    let channel = |ours, theirs| {
        format!("EstablishedEcies {{ our_public_key: {ours:?}, their_public_key: {theirs:?}, .. }}")
    };
    let sent = s.establish_outbound_channel(of_g, b"hello").unwrap();
    let mut received = g.establish_inbound_channel(&sent.message).unwrap();
    let of_recipient = channel(of_g, of_s);
    let expected = format!("InboundCreation {{ channel: {of_recipient}, plaintext_length: 5 }}");
    assert_eq!(format!("{received:?}"), expected);
    let answer = received.channel.encrypt(b"hello yourself").unwrap();
    let answered = sent.channel.receive_answer(&answer).unwrap();
    let of_sender = channel(of_s, of_g);
    assert_eq!(format!("{answered:?}"), format!("Answered {{ channel: {of_sender}, plaintext_length: 14 }}"));
}

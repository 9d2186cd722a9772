//! The messages of both login channels, of any bytes and any text. Whoever waits for one refuses what nobody made for it.

use cliquet::{
    Curve25519PublicKey,
    login::{ecies, hpke},
};
use cliquet_fuzz::{
    random::seeded,
    reference_base64::{decode_with_optional_padding, resembling_text},
};

pub(crate) fn from_bytes(bytes: &[u8]) {
    let initial = hpke::InitialMessage::from_bytes(bytes);
    assert_eq!(initial.is_ok(), bytes.len() >= 32);
    if let Ok(initial) = initial {
        assert_eq!(initial.to_bytes(), bytes);
        assert_eq!(hpke::InitialMessage::from_base64(&initial.to_base64()), Ok(initial.clone()));
        refused_by_hpke(&initial);
    }
    let response = hpke::InitialResponse::from_bytes(bytes);
    assert_eq!(response.is_ok(), bytes.len() >= 32);
    if let Ok(response) = response {
        assert_eq!(response.to_bytes(), bytes);
        assert_eq!(hpke::InitialResponse::from_base64(&response.to_base64()), Ok(response.clone()));
        refused_as_response(&response);
    }
    let message = hpke::Message::from_bytes(bytes);
    assert_eq!(message.ciphertext, bytes);
    assert_eq!(hpke::Message::from_base64(&message.to_base64()), Ok(message));

    if let Ok(text) = str::from_utf8(bytes) {
        from_text(text);
    }
    // The separator of ECIES is no character of base64.
    let mut parts = bytes.splitn(2, |byte| *byte == b'|').map(resembling_text);
    from_text(&parts.by_ref().collect::<Vec<_>>().join("|"));
}

fn from_text(text: &str) {
    let bytes = decode_with_optional_padding(text);
    let without_padding = text.trim_end_matches('=');
    let from_text = hpke::Message::from_base64(text).ok();
    assert_eq!(from_text.as_ref().map(|message| &message.ciphertext), bytes.as_ref());
    assert!(from_text.is_none_or(|message| message.to_base64() == without_padding));
    let from_text = ecies::Message::from_base64(text).ok();
    assert_eq!(from_text.as_ref().map(|message| &message.ciphertext), bytes.as_ref());
    if let Some(message) = from_text {
        assert_eq!(message.to_base64(), without_padding);
        refused_as_answer(&message);
    }
    let bytes = bytes.as_ref();
    assert_eq!(
        hpke::InitialMessage::from_base64(text).ok(),
        bytes.and_then(|bytes| hpke::InitialMessage::from_bytes(bytes).ok())
    );
    assert_eq!(
        hpke::InitialResponse::from_base64(text).ok(),
        bytes.and_then(|bytes| hpke::InitialResponse::from_bytes(bytes).ok())
    );
    initial_message_of_ecies(text);
}

fn initial_message_of_ecies(text: &str) {
    let message = ecies::InitialMessage::from_text(text).ok();
    let expected = text.split_once('|').and_then(|(ciphertext, key)| {
        let key = decode_with_optional_padding(key)?;
        Some((decode_with_optional_padding(ciphertext)?, Curve25519PublicKey::from_slice(&key).ok()?))
    });
    let fields = message.as_ref().map(|message| (message.ciphertext.clone(), message.public_key));
    assert_eq!(fields, expected);
    let Some(message) = message else { return };
    assert_eq!(ecies::InitialMessage::from_text(&message.to_text()).as_ref(), Ok(&message));
    let end = ecies::Ecies::new(&mut seeded(1)).expect("it never fails");
    let key = end.public_key();
    let refused = end.establish_inbound_channel(&message).expect_err("nobody made it for this key");
    assert!(matches!(
        refused.error,
        ecies::EciesError::AuthenticationFailed | ecies::EciesError::NonContributoryKey
    ));
    assert_eq!(refused.receiver.public_key(), key);
}

/// The channel still waits, and takes the right answer afterwards.
fn refused_as_answer(answer: &ecies::Message) {
    let mut rng = seeded(3);
    let [shows, reads] = [(); 2].map(|()| ecies::Ecies::new(&mut rng).expect("it never fails"));
    let sent = reads.establish_outbound_channel(shows.public_key(), b"first").expect("the key is good");
    let refused = sent.channel.receive_answer(answer).expect_err("nobody made it for this channel");
    assert_eq!(refused.error, ecies::EciesError::AuthenticationFailed);
    let mut received = shows.establish_inbound_channel(&sent.message).expect("it is unchanged");
    let right = received.channel.encrypt(b"second").expect("far from exhausted");
    let answered = refused.receiver.receive_answer(&right).expect("it is the answer");
    assert_eq!(answered.plaintext, b"second");
}

fn refused_by_hpke(message: &hpke::InitialMessage) {
    let recipient = hpke::Recipient::new(&mut seeded(1)).expect("it never fails");
    let key = recipient.public_key();
    let refused = recipient.establish_channel(message, b"").expect_err("nobody made it for this key");
    assert!(matches!(
        refused.error,
        hpke::HpkeError::AuthenticationFailed | hpke::HpkeError::NonContributoryKey
    ));
    assert_eq!(refused.receiver.public_key(), key);
}

/// The channel still waits, and takes the right response afterwards.
fn refused_as_response(response: &hpke::InitialResponse) {
    let mut rng = seeded(2);
    let recipient = hpke::Recipient::new(&mut rng).expect("it never fails");
    let sent = hpke::UnidirectionalSenderChannel::establish(recipient.public_key(), b"first", b"", &mut rng)
        .expect("the key is good");
    let refused = sent.channel.receive_response(response, b"").expect_err("nobody made it for this channel");
    assert_eq!(refused.error, hpke::HpkeError::AuthenticationFailed);
    let received = recipient.establish_channel(&sent.message, b"").expect("it is unchanged");
    let right = received.channel.respond(b"second", b"", &mut rng).expect("it never fails");
    let answered = refused.receiver.receive_response(&right.message, b"").expect("it is the response");
    assert_eq!(answered.plaintext, b"second");
}

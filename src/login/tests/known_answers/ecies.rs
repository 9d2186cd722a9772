use serde_json::json;

use crate::{
    known_answers::{Input, Outcome, hex, refused},
    login::ecies::{Ecies, InitialMessage, Message},
    testing::FixedRandom,
};

fn of_key(input: &Input<'_>, name: &str) -> Ecies {
    Ecies::with_info(input.text("info"), &mut FixedRandom::new(input.bytes(name))).unwrap()
}

/// Both ends of a channel, of which one message each is compared, and opened by the other.
pub(super) fn conversation(input: &Input<'_>) -> Outcome {
    let (g, s) = (of_key(input, "key_of_g"), of_key(input, "key_of_s"));
    let [key_of_g, key_of_s] = [&g, &s].map(|end| hex(end.public_key().as_bytes()));
    let sent = s.establish_outbound_channel(g.public_key(), &input.bytes("first_plaintext")).unwrap();
    let initial_message = sent.message.to_text();
    let received =
        g.establish_inbound_channel(&InitialMessage::from_text(&initial_message).unwrap()).unwrap();
    assert_eq!(received.plaintext, input.bytes("first_plaintext"));
    let mut g = received.channel;
    let messages_before = input.number("messages_before");
    let plaintext_of_g =
        |number| if number == messages_before { input.bytes("plaintext_of_g") } else { "".into() };
    let mut of_g = g.encrypt(&plaintext_of_g(0)).unwrap();
    let answered = sent.channel.receive_answer(&of_g).unwrap();
    assert_eq!(answered.plaintext, plaintext_of_g(0));
    let mut s = answered.channel;
    assert_eq!(s.check_code(), g.check_code());
    for number in 1..=messages_before {
        of_g = g.encrypt(&plaintext_of_g(number)).unwrap();
        assert_eq!(s.decrypt(&of_g).unwrap(), plaintext_of_g(number));
        assert_eq!(g.decrypt(&s.encrypt(b"").unwrap()).unwrap(), b"");
    }
    let of_s = s.encrypt(&input.bytes("plaintext_of_s")).unwrap().to_base64();
    assert_eq!(g.decrypt(&Message::from_base64(&of_s).unwrap()).unwrap(), input.bytes("plaintext_of_s"));
    let of_g = of_g.to_base64();
    Ok(json!({
        "public_key_of_g": key_of_g,
        "public_key_of_s": key_of_s,
        "check_code": hex(s.check_code().as_bytes()),
        "initial_message": initial_message,
        "message_of_s_base64": of_s,
        "message_of_g_base64": of_g,
    }))
}

pub(super) fn open(input: &Input<'_>) -> Outcome {
    let message = InitialMessage::from_text(input.text("initial_message")).map_err(refused)?;
    let opened = of_key(input, "key_of_g").establish_inbound_channel(&message).map_err(refused)?;
    Ok(json!({
        "plaintext": hex(&opened.plaintext),
        "check_code": hex(opened.channel.check_code().as_bytes()),
    }))
}

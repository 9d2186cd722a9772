use alloc::{string::String, vec::Vec};

use serde_json::{Value, json};

use crate::{
    known_answers::{Input, Outcome, hex, refused},
    login::{
        direction,
        hpke::{InitialMessage, InitialResponse, Message, Recipient, UnidirectionalSenderChannel},
    },
    primitives::hpke::{Export, RecipientContext, SenderContext},
    secret::Scratch,
    testing::FixedRandom,
};

/// RFC 9180: both contexts, messages at the stated numbers, exports.
pub(super) fn base(input: &Input<'_>) -> Outcome {
    let (mut s, encapsulated_key) = SenderContext::set_up(
        &input.array("recipient_public_key"),
        &input.bytes("info"),
        &key_material(input),
    )
    .map_err(refused)?;
    let mut g = RecipientContext::set_up(
        &input.array("recipient_secret_key"),
        &encapsulated_key,
        &input.bytes("info"),
    )
    .map_err(refused)?;
    let mut sequence = 0;
    let ciphertexts: Vec<String> = list(input, "messages")
        .iter()
        .map(|message| {
            let message = Input(message);
            while sequence < message.number("sequence") {
                pass(&mut s, &mut g, b"", b"");
                sequence += 1;
            }
            sequence += 1;
            hex(pass(&mut s, &mut g, &message.bytes("plaintext"), &message.bytes("associated_data")))
        })
        .collect();
    let exports: Vec<String> = input
        .texts("exporter_contexts")
        .into_iter()
        .map(|context| {
            let field = json!({ "context": context });
            let context = Input(&field).bytes("context");
            let [mut ours, mut theirs] = [[0; 32]; 2];
            s.export(&context, &mut ours);
            g.export(&context, &mut theirs);
            assert_eq!(ours, theirs);
            hex(ours)
        })
        .collect();
    Ok(json!({ "encapsulated_key": hex(encapsulated_key), "ciphertexts": ciphertexts, "exports": exports }))
}

/// One message from S to G, who must open it.
fn pass(
    s: &mut SenderContext,
    g: &mut RecipientContext,
    plaintext: &[u8],
    associated_data: &[u8],
) -> Vec<u8> {
    let ciphertext = s.seal(associated_data, direction::copied(plaintext)).unwrap();
    assert_eq!(g.open(associated_data, &ciphertext).unwrap().as_bytes(), plaintext);
    ciphertext
}

fn key_material(input: &Input<'_>) -> Scratch<32> {
    let mut key_material = Scratch::zeroed();
    *key_material.as_mut_bytes() = input.array("ephemeral_key_material");
    key_material
}

fn list<'a>(input: &Input<'a>, name: &str) -> &'a [Value] {
    input.0[name].as_array().unwrap()
}

fn recipient(input: &Input<'_>) -> Recipient {
    let secret_key = input.bytes("recipient_secret_key");
    Recipient::with_info(input.text("info"), &mut FixedRandom::new(secret_key)).unwrap()
}

/// Both ends of a channel, of which one message each is compared, and opened by the other.
pub(super) fn conversation(input: &Input<'_>) -> Outcome {
    let g = recipient(input);
    let public_key_of_g = g.public_key();
    let sent = UnidirectionalSenderChannel::establish_with_info(
        input.text("info"),
        public_key_of_g,
        &input.bytes("first_plaintext"),
        &input.bytes("first_associated_data"),
        &mut FixedRandom::new(input.bytes("ephemeral_key_material")),
    )
    .unwrap();
    let initial_message = sent.message.to_base64();
    let message = InitialMessage::from_base64(&initial_message).unwrap();
    let received = g.establish_channel(&message, &input.bytes("first_associated_data")).unwrap();
    assert_eq!(received.plaintext, input.bytes("first_plaintext"));

    let associated_data = input.bytes("response_associated_data");
    let random = &mut FixedRandom::new(input.bytes("response_nonce"));
    let plaintext = input.bytes("response_plaintext");
    let response = received.channel.respond(&plaintext, &associated_data, random).unwrap();
    let response_text = response.message.to_base64();
    let message = InitialResponse::from_base64(&response_text).unwrap();
    let answered = sent.channel.receive_response(&message, &associated_data).unwrap();
    assert_eq!(answered.plaintext, plaintext);

    let (mut s, mut g) = (answered.channel, response.channel);
    assert_eq!(s.check_code(), g.check_code());
    for _ in 0..input.number("messages_before") {
        assert_eq!(g.open(&s.seal(b"", b"").unwrap(), b"").unwrap(), b"");
        assert_eq!(s.open(&g.seal(b"", b"").unwrap(), b"").unwrap(), b"");
    }
    let data = input.bytes("associated_data");
    let of_s = s.seal(&input.bytes("plaintext_of_s"), &data).unwrap().to_base64();
    let of_g = g.seal(&input.bytes("plaintext_of_g"), &data).unwrap().to_base64();
    let [to_g, to_s] = [&of_s, &of_g].map(|text| Message::from_base64(text).unwrap());
    assert_eq!(g.open(&to_g, &data).unwrap(), input.bytes("plaintext_of_s"));
    assert_eq!(s.open(&to_s, &data).unwrap(), input.bytes("plaintext_of_g"));
    Ok(json!({
        "public_key_of_g": hex(public_key_of_g.as_bytes()),
        "public_key_of_s": hex(s.our_public_key().as_bytes()),
        "check_code": hex(s.check_code().as_bytes()),
        "initial_message_base64": initial_message,
        "response_base64": response_text,
        "message_of_s_base64": of_s,
        "message_of_g_base64": of_g,
    }))
}

pub(super) fn open(input: &Input<'_>) -> Outcome {
    let message = InitialMessage::from_base64(input.text("initial_message_base64")).map_err(refused)?;
    let opened =
        recipient(input).establish_channel(&message, &input.bytes("associated_data")).map_err(refused)?;
    Ok(json!({ "plaintext": hex(&opened.plaintext) }))
}

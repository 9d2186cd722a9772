use alloc::vec::Vec;

use serde_json::{Value, json};

use crate::{
    known_answers::{Input, Outcome, hex, refused},
    megolm::{
        InboundGroupSession, MegolmMessage, OutboundGroupSession, SessionConfig, SessionExport, SessionKey,
        ratchet::Ratchet,
    },
    testing::FixedRandom,
};

/// Runs a vector of this room; `None` if it is of no kind that belongs here.
pub(crate) fn run(kind: &str, input: &Input<'_>) -> Option<Outcome> {
    Some(match kind {
        "megolm-advance" => {
            let ratchet = Ratchet::from_bytes(&input.array("ratchet"), input.index("from"));
            Ok(json!({ "ratchet": hex(ratchet.advanced_to(input.index("to")).as_bytes()) }))
        }
        "megolm-outbound" => Ok(outbound(input)),
        "megolm-open" => open(input),
        "megolm-message" => message(input),
        "megolm-session-key" => session_key(input),
        "megolm-export" => export(input),
        _ => return None,
    })
}

fn outbound(input: &Input<'_>) -> Value {
    let mut rng = FixedRandom::new(input.bytes("random"));
    let mut session =
        OutboundGroupSession::new(SessionConfig::default().with_version(input.version()), &mut rng).unwrap();
    assert!(rng.is_empty(), "the session draws as much as libolm does");
    let session_key = session.session_key();
    let mut receiver =
        InboundGroupSession::new(&session_key, SessionConfig::default().with_version(input.version()));
    let export = receiver.export_at(0).unwrap();
    let messages: Vec<MegolmMessage> =
        input.texts("plaintexts").into_iter().map(|text| session.encrypt(text).unwrap()).collect();
    for (message, plaintext) in messages.iter().zip(input.texts("plaintexts")).rev() {
        assert_eq!(MegolmMessage::from_bytes(message.as_bytes()).as_ref(), Ok(message));
        assert_eq!(receiver.decrypt(message).unwrap().plaintext, plaintext.as_bytes());
    }
    json!({
        "session_id_base64": session.session_id().to_base64(),
        "session_key_base64": session_key.to_base64().as_str(),
        "export_base64": export.to_base64().as_str(),
        "messages_base64": messages.iter().map(MegolmMessage::to_base64).collect::<Vec<_>>(),
    })
}

fn open(input: &Input<'_>) -> Outcome {
    let key = SessionKey::from_base64(input.text("session_key_base64")).unwrap();
    let message = MegolmMessage::from_base64(input.text("message_base64")).map_err(refused)?;
    let mut session = InboundGroupSession::new(&key, SessionConfig::default().with_version(input.version()));
    let before = session.clone();
    match session.decrypt(&message) {
        Ok(decrypted) => Ok(json!({
            "plaintext": hex(decrypted.plaintext),
            "message_index": decrypted.message_index,
        })),
        Err(error) => {
            assert!(session == before, "the state changed on {error:?}");
            Err(refused(error))
        }
    }
}

fn message(input: &Input<'_>) -> Outcome {
    let message = MegolmMessage::from_bytes(input.bytes("message")).map_err(refused)?;
    input.check_version(message.version())?;
    Ok(json!({
        "message_index": message.message_index(),
        "ciphertext": hex(message.ciphertext()),
    }))
}

fn session_key(input: &Input<'_>) -> Outcome {
    let text = input.text("session_key_base64");
    let key = SessionKey::from_base64(text).map_err(refused)?;
    assert_eq!(key.to_base64().as_str(), text);
    let session = InboundGroupSession::new(&key, SessionConfig::default().with_version(input.version()));
    let export = session.export_at(session.first_known_index()).unwrap();
    Ok(json!({
        "session_id_base64": session.session_id().to_base64(),
        "first_known_index": session.first_known_index(),
        "export_base64": export.to_base64().as_str(),
    }))
}

fn export(input: &Input<'_>) -> Outcome {
    let text = input.text("export_base64");
    let export = SessionExport::from_base64(text).map_err(refused)?;
    assert_eq!(export.to_base64().as_str(), text);
    let session =
        InboundGroupSession::import(&export, SessionConfig::default().with_version(input.version()));
    Ok(json!({
        "session_id_base64": session.session_id().to_base64(),
        "first_known_index": session.first_known_index(),
    }))
}

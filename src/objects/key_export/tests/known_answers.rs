//! Runs the vectors of `test-vectors/key-export/`.

use alloc::{string::String, vec::Vec};

use serde_json::{Value, json};

use super::super::{EncryptedKeyExport, content, envelope::Envelope};
use crate::{
    keys::Curve25519PublicKey,
    known_answers::{Input, Outcome, hex, refused},
    objects::session_data::ExportedSession,
    secret::SecretBytes,
};

pub(crate) fn run(kind: &str, input: &Input<'_>) -> Option<Outcome> {
    match kind {
        "key-export-envelope" => Some(envelope(input)),
        "key-export-sessions" => Some(sessions(input)),
        _ => None,
    }
}

/// The plaintext, whatever it is; what is opened is also written again.
fn envelope(input: &Input<'_>) -> Outcome {
    let envelope = Envelope::from_text(input.text("text")).map_err(refused)?;
    let export = EncryptedKeyExport::new(envelope.clone());
    assert_eq!(Envelope::from_text(&export.to_text()).as_ref(), Ok(&envelope));
    let stretching = export.stretch(input.text("passphrase"), input.index("max_rounds"));
    let stretched = stretching.map_err(refused)?.finish();
    let keys = stretched.key_for(&envelope.header.salt, envelope.header.rounds).unwrap();
    let plaintext = envelope.open(keys).map_err(refused)?;
    assert_eq!(Envelope::seal(envelope.header, &plaintext, keys), envelope);
    Ok(json!({ "plaintext": hex(plaintext.as_bytes()) }))
}

/// The sessions; what is read is also written, and read again.
fn sessions(input: &Input<'_>) -> Outcome {
    let json = SecretBytes::new(input.text("json").as_bytes().to_vec());
    let read = content::read(json).map_err(refused)?;
    let again = content::read(content::write(&read.sessions)).unwrap();
    assert_eq!((&again.sessions, again.refused.len()), (&read.sessions, 0));
    let refused: Vec<usize> = read.refused.iter().map(|refused| refused.position).collect();
    let sessions: Vec<Value> = read.sessions.iter().map(session).collect();
    Ok(json!({ "sessions": sessions, "refused": refused }))
}

fn session(exported: &ExportedSession) -> Value {
    let data = &exported.data;
    let chain = &data.forwarding_curve25519_key_chain;
    json!({
        "room_id": exported.room_id,
        "session_id": data.session_id().to_base64(),
        "sender_key": data.sender_key.to_base64(),
        "ed25519": data.sender_claimed_ed25519_key.map(|key| key.to_base64()),
        "forwarding_curve25519_key_chain": chain.iter().map(Curve25519PublicKey::to_base64).collect::<Vec<String>>(),
        "session_key_base64": data.session_key.to_base64().as_str(),
        "first_known_index": data.session_key.message_index(),
        "shared_history": data.shared_history,
    })
}

//! Session data as JSON, written into one buffer that is wiped.

use super::{SessionData, fields::ALGORITHM};
use crate::{encoding::json_text, secret::SecretBytes};

/// Nearly every entry is shorter than this, in bytes.
pub(super) const LENGTH: usize = 1024;

/// The fields in the order of their names, as canonical JSON has them.
pub(super) fn session_data(data: &SessionData, room_id: Option<&str>, json: &mut SecretBytes) {
    json.reserve(LENGTH);
    json.extend(b"{");
    field(json, "algorithm", ALGORITHM);
    json.extend(br#","forwarding_curve25519_key_chain":["#);
    for (place, key) in data.forwarding_curve25519_key_chain.iter().enumerate() {
        json.extend(if place == 0 { b"\"" } else { b",\"" });
        json.extend(key.to_base64().as_bytes());
        json.extend(b"\"");
    }
    json.extend(b"],");
    if let Some(unauthenticated) = &data.unauthenticated {
        text_field(json, "org.matrix.msc4048.unauthenticated", unauthenticated);
        json.extend(b",");
    }
    if let Some(room_id) = room_id {
        text_field(json, "room_id", room_id);
        json.extend(b",");
    }
    json.extend(br#""sender_claimed_keys":{"#);
    if let Some(key) = &data.sender_claimed_ed25519_key {
        field(json, "ed25519", &key.to_base64());
    }
    json.extend(b"},");
    field(json, "sender_key", &data.sender_key.to_base64());
    json.extend(b",");
    if room_id.is_some() {
        field(json, "session_id", &data.session_id().to_base64());
        json.extend(b",");
    }
    field(json, "session_key", data.session_key.to_base64().as_str());
    if data.shared_history {
        json.extend(br#","shared_history":true"#);
    }
    json.extend(b"}");
}

/// A field whose text needs no escapes.
fn field(json: &mut SecretBytes, name: &str, text: &str) {
    for part in ["\"", name, "\":\"", text, "\""] {
        json.extend(part.as_bytes());
    }
}

/// A field with any text.
fn text_field(json: &mut SecretBytes, name: &str, text: &str) {
    json_text::write(json, name);
    json.extend(b":");
    json_text::write(json, text);
}

use alloc::{format, vec};

use super::*;
use crate::{
    encoding::DecodeError,
    keys::Curve25519PublicKey,
    megolm::{InboundGroupSession, OutboundGroupSession, Provenance, SessionConfig},
    olm::Account,
    testing::seeded,
};

/// A session that begins at index 3, with all that can be known of it.
pub(crate) fn session_data(seed: u64) -> SessionData {
    let rng = &mut seeded(seed);
    let (sender, forwarder) = (Account::new(rng).unwrap(), Account::new(rng).unwrap());
    let mut outbound = OutboundGroupSession::new(SessionConfig::default(), rng).unwrap();
    (0..3).for_each(|_| drop(outbound.encrypt("text").unwrap()));
    let session = InboundGroupSession::new(&outbound.session_key(), SessionConfig::default());
    let mut data = SessionData::new(&session, sender.curve25519_key(), Some(sender.ed25519_key()));
    data.forwarding_curve25519_key_chain = vec![forwarder.curve25519_key(), sender.curve25519_key()];
    data.shared_history = true;
    data
}

fn text(json: &[u8]) -> &str {
    str::from_utf8(json).unwrap()
}

#[test]
fn what_is_written_is_read_and_is_canonical() {
    let mut data = session_data(1);
    for shared_history in [true, false] {
        data.shared_history = shared_history;
        for chain in [2, 1, 0] {
            data.forwarding_curve25519_key_chain.truncate(chain);
            for claimed in [data.sender_claimed_ed25519_key, None] {
                data.sender_claimed_ed25519_key = claimed;
                let json = data.to_json();
                assert_eq!(SessionData::from_json(json.as_bytes()).as_ref(), Ok(&data));
                let value: serde_json::Value = serde_json::from_slice(json.as_bytes()).unwrap();
                assert_eq!(format!("{value}"), text(json.as_bytes()));
            }
        }
    }
}

#[test]
fn an_export_entry_names_its_room_and_its_session() {
    let exported = ExportedSession::new("!\"quoted\" \u{1f512}\n:example.org", session_data(1));
    let mut json = crate::secret::SecretBytes::with_capacity(0);
    exported.write_json(&mut json);
    assert_eq!(ExportedSession::from_json(json.as_bytes()), Ok(exported));

    let other = session_data(2).session_id().to_base64();
    let changed = text(json.as_bytes()).replacen(&session_data(1).session_id().to_base64(), &other, 1);
    let refused = ExportedSession::from_json(changed.as_bytes());
    assert_eq!(refused, Err(SessionDataError::MismatchedSessionId));
    for field in ["room_id", "session_id"] {
        let without = text(json.as_bytes()).replacen(field, "other", 1);
        assert_eq!(ExportedSession::from_json(without.as_bytes()), Err(SessionDataError::Missing { field }));
    }
}

#[test]
fn an_imported_session_reads_and_is_marked() {
    let data = session_data(1);
    let session = data.import(SessionConfig::default());
    assert_eq!((session.first_known_index(), session.provenance()), (3, Provenance::Imported));
    assert_eq!((session.session_id(), session.export()), (data.session_id(), data.session_key));
}

#[test]
fn errors_name_the_field_and_quote_nothing() {
    let json = session_data(1).to_json();
    let with = |from: &str, to: &str| {
        let changed = text(json.as_bytes()).replacen(from, to, 1);
        assert_ne!(changed, text(json.as_bytes()));
        SessionData::from_json(changed.as_bytes()).unwrap_err()
    };
    for field in ["algorithm", "sender_key", "session_key"] {
        assert_eq!(with(&format!("\"{field}\""), "\"other\""), SessionDataError::Missing { field });
        assert_eq!(
            with(&format!("\"{field}\":\""), &format!("\"{field}\":1,\"x\":\"")),
            SessionDataError::Malformed
        );
    }
    assert_eq!(with("m.megolm.v1.aes-sha2", "m.megolm.v2"), SessionDataError::UnsupportedAlgorithm);
    let length = |field, actual| {
        let error = DecodeError::Length { expected: if field == "session_key" { 165 } else { 32 }, actual };
        SessionDataError::Decode { field, error }
    };
    assert_eq!(with("\"session_key\":\"AQAA", "\"session_key\":\""), length("session_key", 162));
    let sender = Curve25519PublicKey::to_base64(&session_data(1).sender_key);
    assert_eq!(with(&format!("\"sender_key\":\"{sender}"), "\"sender_key\":\"AAAA"), length("sender_key", 3));
    assert_eq!(SessionData::from_json(b""), Err(SessionDataError::Malformed));
    assert_eq!(SessionData::from_json(&[json.as_bytes(), b"x"].concat()), Err(SessionDataError::Malformed));
    assert_eq!(SessionData::from_json(b"\xff"), Err(SessionDataError::Malformed));
    let said = serde_json::from_str::<text::Text<'_>>("7").err().unwrap();
    assert_eq!(format!("{said}"), "invalid type: integer `7`, expected a text at line 1 column 1");
    let unknown = [b"{\"x\":\"\xff\",".as_slice(), &json.as_bytes()[1..]].concat();
    assert_eq!(SessionData::from_json(&unknown), Err(SessionDataError::Malformed));
}

#[test]
fn nothing_secret_is_printed() {
    let data = session_data(1);
    let printed = format!("{data:?}");
    assert!(!printed.contains(&data.session_key.to_base64().as_str()[16..32]), "{printed}");
}

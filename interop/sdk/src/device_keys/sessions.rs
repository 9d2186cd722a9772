//! From signed keys to Olm sessions and a room, with the peer's whole client.

use cliquet::{
    megolm::{self, OutboundGroupSession},
    objects::device_keys::DeviceKeys,
    olm::{OlmMessage, SessionConfig},
    signed_json::JsonObject,
};
use matrix_sdk_crypto::{CollectStrategy, types::events::room::encrypted::ToDeviceEncryptedEventContent};
use ruma::{RoomId, serde::Raw};
use serde_json::{Value, json};

use super::{Account, Client, DEVICE_ID, USER_ID, account, generator, keys};
use crate::{
    client::{SETTINGS, raw},
    sdk::{block_on, event, room_event},
};

/// Another user than the client's.
const BRUNO: &str = "@bruno:example.org";
const ROOM_ID: &str = "!room:example.org";

/// What a client encrypts for a device (Matrix specification, "m.olm.v1.curve25519-aes-sha2").
fn payload(sender: &Account, client: &Client, event_type: &str, content: &Value) -> String {
    let recipient_key = client.machine.identity_keys().ed25519.to_base64();
    let payload = json!({
        "type": event_type,
        "content": content,
        "sender": BRUNO,
        "recipient": USER_ID,
        "recipient_keys": { "ed25519": recipient_key },
        "keys": { "ed25519": sender.ed25519_key() },
    });
    payload.to_string()
}

fn encrypted_event(sender: &Account, client: &Client, message: &OlmMessage) -> Value {
    let recipient_key = client.machine.identity_keys().curve25519.to_base64();
    json!({
        "algorithm": "m.olm.v1.curve25519-aes-sha2",
        "sender_key": sender.curve25519_key(),
        "ciphertext": { recipient_key: message },
    })
}

/// The client has our room's session by now, and reads a message of it.
fn client_reads(client: &Client, room: &mut OutboundGroupSession) {
    let message = room.encrypt(event(ROOM_ID, "Bonjour")).unwrap();
    let mut event = room_event(&message, &room.session_id().to_base64());
    event["sender"] = json!(BRUNO);
    let room_id = <&RoomId>::try_from(ROOM_ID).unwrap();
    let decrypted = block_on(client.machine.decrypt_room_event(&raw(&event), room_id, &SETTINGS)).unwrap();
    let decrypted: Value = serde_json::from_str(decrypted.event.json().get()).unwrap();
    assert_eq!(decrypted["content"]["body"], "Bonjour");
}

fn room_key(room: &OutboundGroupSession) -> Value {
    json!({
        "algorithm": "m.megolm.v1.aes-sha2",
        "room_id": ROOM_ID,
        "session_id": room.session_id(),
        "session_key": room.session_key(),
    })
}

/// We verify what it uploaded, and send it the key of a room.
#[test]
fn device_keys_of_the_peer_start_a_session() {
    let random = &mut generator();
    let client = Client::new();
    let upload = client.upload();
    let signed = JsonObject::from_json(upload.device_keys.unwrap().json().get()).unwrap();
    let device = DeviceKeys::verify(&signed, USER_ID, client.device_id()).unwrap();
    let one_time_keys = upload.one_time_keys.values().take(3).chain(upload.fallback_keys.values());
    for key in one_time_keys {
        // As the server hands it out, by its name.
        let claimed = format!(r#"{{"signed_curve25519:AAAAAQ":{}}}"#, key.json());
        let claimed = device.verify_claimed(&JsonObject::from_json(&claimed).unwrap()).unwrap();
        let bruno = Account::new(random).unwrap();
        let mut session =
            bruno.create_outbound_session_with(&claimed, SessionConfig::default(), random).unwrap();
        let mut room = OutboundGroupSession::new(megolm::SessionConfig::default(), random).unwrap();
        let payload = payload(&bruno, &client, "m.room_key", &room_key(&room));
        let message = session.encrypt(payload, random).unwrap();
        client.receive(BRUNO, &encrypted_event(&bruno, &client, &message));
        client_reads(&client, &mut room);
    }
}

/// It verifies what we uploaded, and starts a session; we answer with the key of a room.
#[test]
fn device_keys_of_ours_start_a_session() {
    let random = &mut generator();
    let mut bruno = account(random);
    let one_time_keys = bruno.signed_one_time_keys(BRUNO, DEVICE_ID);
    let fallback_keys = bruno.signed_fallback_keys(BRUNO, DEVICE_ID);
    bruno.mark_keys_as_published();
    for (key_id, key) in keys(&one_time_keys).into_iter().take(3).chain(keys(&fallback_keys)) {
        let client = Client::new();
        client.upload();
        client.learn_device(&bruno.signed_device_keys(BRUNO, DEVICE_ID), BRUNO, DEVICE_ID);
        client.claim(BRUNO, DEVICE_ID, key_id, key);

        let message = encrypt_by(&client, &json!({ "text": "été" }));
        let OlmMessage::PreKey(message) = &message else {
            panic!("a new session begins with a pre-key message")
        };
        let identity_key =
            serde_json::from_value(json!(client.machine.identity_keys().curve25519.to_base64()));
        let created =
            bruno.create_inbound_session(identity_key.unwrap(), message, SessionConfig::default()).unwrap();
        let payload: Value = serde_json::from_slice(&created.plaintext).unwrap();
        assert_eq!(payload["content"]["text"], "été");
        assert_eq!(payload["recipient_keys"]["ed25519"], json!(bruno.ed25519_key()));

        let mut session = created.session;
        let mut room = OutboundGroupSession::new(megolm::SessionConfig::default(), random).unwrap();
        let payload = self::payload(&bruno, &client, "m.room_key", &room_key(&room));
        let message = session.encrypt(payload, random).unwrap();
        client.receive(BRUNO, &encrypted_event(&bruno, &client, &message));
        client_reads(&client, &mut room);
    }
}

/// What the client encrypts for our device.
fn encrypt_by(client: &Client, content: &Value) -> OlmMessage {
    let device = client.device(BRUNO, DEVICE_ID);
    let encrypted = device.encrypt_event_raw("org.example.text", content, CollectStrategy::AllDevices);
    let encrypted: Raw<ToDeviceEncryptedEventContent> = block_on(encrypted).unwrap();
    let encrypted: Value = serde_json::from_str(encrypted.json().get()).unwrap();
    let ciphertexts = encrypted["ciphertext"].as_object().unwrap();
    assert_eq!(ciphertexts.len(), 1);
    serde_json::from_value(ciphertexts.values().next().unwrap().clone()).unwrap()
}

/// A key that another account has signed, or nobody, starts no session.
#[test]
fn device_keys_of_others_start_no_session() {
    let random = &mut generator();
    let (bruno, other) = (account(random), account(random));
    let mut unsigned = bruno.signed_one_time_keys(BRUNO, DEVICE_ID);
    let (key_id, key) =
        keys(&unsigned).into_iter().next().map(|(id, key)| (id.to_owned(), key.clone())).unwrap();
    let mut bare = key.clone();
    bare.remove("signatures");
    unsigned = other.signed_one_time_keys(BRUNO, DEVICE_ID);
    let others = keys(&unsigned)[0].1;
    let device = DeviceKeys::verify(&bruno.signed_device_keys(BRUNO, DEVICE_ID), BRUNO, DEVICE_ID).unwrap();
    for (claimed, starts) in [(&key, true), (&bare, false), (others, false)] {
        assert_eq!(device.verify_one_time_key(claimed).is_ok(), starts);
        let client = Client::new();
        client.upload();
        client.learn_device(&bruno.signed_device_keys(BRUNO, DEVICE_ID), BRUNO, DEVICE_ID);
        client.claim(BRUNO, DEVICE_ID, &key_id, claimed);
        let device = client.device(BRUNO, DEVICE_ID);
        let content = json!({});
        let encrypted = device.encrypt_event_raw("org.example.text", &content, CollectStrategy::AllDevices);
        assert_eq!(block_on(encrypted).is_ok(), starts);
    }
}

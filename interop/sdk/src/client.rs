//! matrix-sdk-crypto's whole client, with storage in memory and a server that says what the test wants it to say.

use std::collections::BTreeMap;

use cliquet::signed_json::JsonObject;
use matrix_sdk_crypto::{DecryptionSettings, Device, EncryptionSyncChanges, OlmMachine, TrustRequirement};
use ruma::{
    DeviceId, OneTimeKeyAlgorithm, UserId,
    api::client::{
        keys::{claim_keys, get_keys, upload_keys},
        sync::sync_events::DeviceLists,
    },
    events::AnyToDeviceEvent,
    serde::Raw,
};
use serde_json::{Value, json};

use super::sdk::block_on;

pub(crate) const USER_ID: &str = "@amelie:example.org";

/// As little as possible is demanded of the devices that nobody has verified.
pub(crate) const SETTINGS: DecryptionSettings =
    DecryptionSettings { sender_device_trust_requirement: TrustRequirement::Untrusted };

pub(crate) struct Client {
    pub(crate) machine: OlmMachine,
}

/// A text that the test made itself.
pub(crate) fn raw<T>(value: &Value) -> Raw<T> {
    serde_json::from_value(value.clone()).unwrap()
}

fn value(object: &JsonObject) -> Value {
    serde_json::to_value(object).unwrap()
}

impl Client {
    pub(crate) fn new() -> Self {
        Self::with_device("PEERS")
    }

    pub(crate) fn with_device(device_id: &str) -> Self {
        let user_id = <&UserId>::try_from(USER_ID).unwrap();
        Self { machine: block_on(OlmMachine::new(user_id, <&DeviceId>::from(device_id))) }
    }

    pub(crate) fn device_id(&self) -> &str {
        self.machine.device_id().as_str()
    }

    /// What it uploads at first: device keys, one-time keys and, because the server says that it has none, a fallback key.
    pub(crate) fn upload(&self) -> upload_keys::v3::Request {
        self.sync(vec![], Some(&[]));
        let (request_id, request) = block_on(self.machine.upload_device_keys()).unwrap().unwrap();
        let counts = BTreeMap::from([("signed_curve25519".into(), 50_u32.into())]);
        let response = upload_keys::v3::Response::new(counts);
        block_on(self.machine.mark_request_as_sent(&request_id, &response)).unwrap();
        request
    }

    /// Takes device keys from the server.
    pub(crate) fn learn_device(&self, device_keys: &JsonObject, user_id: &str, device_id: &str) {
        self.learn(get_keys::v3::Response::new(), device_keys, user_id, device_id);
    }

    /// Takes cross-signing keys as well.
    pub(crate) fn learn_cross_signed(
        &self,
        device_keys: &JsonObject,
        master_key: &JsonObject,
        self_signing_key: &JsonObject,
        user_id: &str,
        device_id: &str,
    ) {
        let mut response = get_keys::v3::Response::new();
        let owner = <&UserId>::try_from(user_id).unwrap().to_owned();
        response.master_keys.insert(owner.clone(), raw(&value(master_key)));
        response.self_signing_keys.insert(owner, raw(&value(self_signing_key)));
        self.learn(response, device_keys, user_id, device_id);
    }

    /// It asks at any time, for this answer.
    fn learn(
        &self,
        mut response: get_keys::v3::Response,
        device_keys: &JsonObject,
        user_id: &str,
        device_id: &str,
    ) {
        let user_id = <&UserId>::try_from(user_id).unwrap();
        let keys = raw(&value(device_keys));
        response.device_keys.insert(user_id.to_owned(), BTreeMap::from([(device_id.into(), keys)]));
        let (request_id, _) = self.machine.query_keys_for_users([user_id]);
        block_on(self.machine.update_tracked_users([user_id])).unwrap();
        block_on(self.machine.mark_request_as_sent(&request_id, &response)).unwrap();
    }

    /// Whether it knows the device, whose keys it then has verified.
    pub(crate) fn knows(&self, user_id: &str, device_id: &str) -> bool {
        self.find(user_id, device_id).is_some()
    }

    pub(crate) fn device(&self, user_id: &str, device_id: &str) -> Device {
        self.find(user_id, device_id).expect("the client knows the device")
    }

    fn find(&self, user_id: &str, device_id: &str) -> Option<Device> {
        let user_id = <&UserId>::try_from(user_id).unwrap();
        block_on(self.machine.get_device(user_id, device_id.into(), None)).unwrap()
    }

    /// Starts a session with a device that it knows, from the key that the server says it has claimed.
    pub(crate) fn claim(&self, user_id: &str, device_id: &str, key_id: &str, key: &JsonObject) {
        let user_id = <&UserId>::try_from(user_id).unwrap();
        let missing = block_on(self.machine.get_missing_sessions([user_id].into_iter())).unwrap();
        let (request_id, _) = missing.expect("there is no session yet");
        let one_time_keys = json!({ user_id: { device_id: { format!("signed_curve25519:{key_id}"): key } } });
        let response = claim_keys::v3::Response::new(serde_json::from_value(one_time_keys).unwrap());
        block_on(self.machine.mark_request_as_sent(&request_id, &response)).unwrap();
    }

    /// An encrypted event that another device has sent to this one.
    pub(crate) fn receive(&self, sender: &str, content: &Value) {
        let event = json!({ "type": "m.room.encrypted", "sender": sender, "content": content });
        self.sync(vec![raw(&event)], None);
    }

    fn sync(&self, events: Vec<Raw<AnyToDeviceEvent>>, unused_fallback_keys: Option<&[OneTimeKeyAlgorithm]>) {
        let changes = EncryptionSyncChanges {
            to_device_events: events,
            changed_devices: &DeviceLists::new(),
            one_time_keys_counts: &BTreeMap::new(),
            unused_fallback_keys,
            next_batch_token: None,
        };
        block_on(self.machine.receive_sync_changes(changes, &SETTINGS)).unwrap();
    }
}

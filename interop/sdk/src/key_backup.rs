//! Entries of key backups with matrix-sdk-crypto: both ways, with sessions that then read real messages; and the signed `auth_data`.

mod auth_data;

use cliquet::{
    objects::{
        key_backup::KeyBackupError,
        session_data::{SessionData, SessionDataError},
    },
    pk::{PkDecryption, PkDecryptionError, PkEncryption, PkMessage},
};
use matrix_sdk_crypto::{
    olm::{BackedUpRoomKey, ExportedRoomKey, InboundGroupSession},
    store::types::BackupDecryptionKey,
    vodozemac::{base64_decode, base64_encode},
};
use rand::rngs::StdRng;
use ruma::{
    OwnedRoomId,
    api::client::backup::{EncryptedSessionData, KeyBackupData},
};
use serde_json::{Value, json};

use super::{
    random::generator,
    sdk::{PeersSender, ROOM_IDS, Sender, block_on, read_by_peer, read_by_us},
};

/// One backup's key pair on both sides.
struct Backup {
    ours: PkDecryption,
    peers: BackupDecryptionKey,
}

impl Backup {
    fn new(random: &mut StdRng) -> Self {
        let ours = PkDecryption::new(random).unwrap();
        let peers = BackupDecryptionKey::from_bytes(ours.export_secret_key());
        assert_eq!(peers.megolm_v1_public_key().to_base64(), ours.public_key().to_base64());
        Self { ours, peers }
    }

    /// The entry of a session in JSON, `session_data` alone.
    fn entry(&self, data: &SessionData, random: &mut StdRng) -> Value {
        let encryption = PkEncryption::new(self.ours.public_key());
        serde_json::to_value(encryption.encrypt_session_data(data, random).unwrap()).unwrap()
    }

    fn peers_entry(&self, sender: &PeersSender) -> Value {
        let entry = block_on(self.peers.megolm_v1_public_key().encrypt(sender.session.clone()));
        serde_json::to_value(entry).unwrap()["session_data"].take()
    }

    fn open(&self, entry: &Value, sender: &PeersSender) -> Result<SessionData, KeyBackupError> {
        let message: PkMessage = serde_json::from_value(entry.clone()).unwrap();
        let session_id = serde_json::from_value(json!(sender.session.session_id())).unwrap();
        self.ours.decrypt_session_data(&message, &session_id)
    }

    fn open_by_peer(&self, entry: &Value) -> Option<BackedUpRoomKey> {
        let entry: EncryptedSessionData = serde_json::from_value(entry.clone()).unwrap();
        self.peers.decrypt_session_data(entry).ok()
    }
}

/// The peer's session, for the room and under the name that the server has the entry under.
fn peers_session(key: BackedUpRoomKey, sender: &Sender) -> InboundGroupSession {
    let room_id = OwnedRoomId::try_from(sender.room_id.as_str()).unwrap();
    let session_id = sender.session_data().session_id().to_base64();
    InboundGroupSession::from_export(&ExportedRoomKey::from_backed_up_room_key(room_id, session_id, key))
        .unwrap()
}

#[test]
fn key_backup_entries_of_ours_are_read_by_the_peer() {
    let random = &mut generator();
    let backup = Backup::new(random);
    for room_id in ROOM_IDS {
        let mut sender = Sender::new(room_id, random);
        let data = sender.session_data();
        let message = sender.encrypt("first");
        let entry = backup.entry(&data, random);
        let session = peers_session(backup.open_by_peer(&entry).unwrap(), &sender);
        assert_eq!(read_by_peer(&session, &message).unwrap(), "first");
        assert_eq!(session.sender_key().to_base64(), data.sender_key.to_base64());

        // The plaintext is what we wrote, byte for byte.
        let text = |field: &str| entry[field].as_str().unwrap().to_owned();
        let json = backup.peers.decrypt_v1(&text("ephemeral"), &text("mac"), &text("ciphertext")).unwrap();
        assert_eq!(json.as_bytes(), data.to_json().as_bytes());
    }
}

#[test]
fn key_backup_entries_of_the_peer_are_read_by_us() {
    let backup = Backup::new(&mut generator());
    for room_id in ROOM_IDS {
        let mut sender = PeersSender::new(room_id, false);
        let message = sender.encrypt("first");
        let data = backup.open(&backup.peers_entry(&sender), &sender).unwrap();
        assert_eq!(read_by_us(&data, &message).unwrap(), "first");
        assert_eq!(data.sender_key.to_base64(), sender.curve25519_key.to_base64());
        assert_eq!(data.sender_claimed_ed25519_key.unwrap().to_base64(), sender.ed25519_key.to_base64());
    }
}

/// What the server keeps around `session_data` is not ours to read, and the peer reads it around an entry of ours.
#[test]
fn key_backup_entries_have_the_form_of_the_server() {
    let random = &mut generator();
    let (backup, sender) = (Backup::new(random), PeersSender::new(ROOM_IDS[0], false));
    let ours = backup.entry(&Sender::new(ROOM_IDS[0], random).session_data(), random);
    let peers = backup.peers_entry(&sender);
    let fields = |entry: &Value| entry.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(fields(&ours), fields(&peers));
    let whole = json!({
        "first_message_index": 0, "forwarded_count": 0, "is_verified": false, "session_data": ours,
    });
    let read: KeyBackupData = serde_json::from_value(whole).unwrap();
    assert_eq!(serde_json::to_value(read.session_data).unwrap(), ours);
    let read: PkMessage = serde_json::from_value(peers.clone()).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), peers);
}

#[test]
fn key_backup_session_data_is_the_same_json() {
    let random = &mut generator();
    for shared_history in [false, true] {
        let sender = PeersSender::new(ROOM_IDS[0], shared_history);
        let key = block_on(sender.session.to_backup());
        let mut peers = serde_json::to_value(&key).unwrap();
        let ours = SessionData::from_json(peers.to_string().as_bytes()).unwrap();
        // Under the name that it had at first; we write the specification's, which this version of the peer does not know.
        assert_eq!(ours.shared_history, shared_history);
        let flag = peers.as_object_mut().unwrap().remove("org.matrix.msc3061.shared_history");
        assert_eq!(flag, Some(json!(shared_history)));
        let mut written: Value = serde_json::from_slice(ours.to_json().as_bytes()).unwrap();
        let read: BackedUpRoomKey = serde_json::from_value(written.clone()).unwrap();
        assert!(!read.shared_history);
        let flag = written.as_object_mut().unwrap().remove("shared_history");
        assert_eq!(flag, shared_history.then_some(Value::Bool(true)));
        assert_eq!(written, peers);
    }
    let data = Sender::new(ROOM_IDS[0], random).session_data();
    let key: BackedUpRoomKey = serde_json::from_slice(data.to_json().as_bytes()).unwrap();
    let again = serde_json::to_string(&key).unwrap();
    assert_eq!(SessionData::from_json(again.as_bytes()).unwrap(), data);
}

#[test]
fn key_backup_entries_that_are_changed_or_exchanged() {
    let random = &mut generator();
    let (backup, other) = (Backup::new(random), Backup::new(random));
    let (sender, another) = (PeersSender::new(ROOM_IDS[0], false), PeersSender::new(ROOM_IDS[0], false));
    let entry = backup.peers_entry(&sender);
    assert!(backup.open(&entry, &sender).is_ok());

    let failed = KeyBackupError::Decryption(PkDecryptionError::Failed);
    assert_eq!(other.open(&entry, &sender).unwrap_err(), failed);
    assert!(other.open_by_peer(&entry).is_none());

    let mac = base64_decode(entry["mac"].as_str().unwrap()).unwrap();
    for bit in 0..64 {
        let (mut changed, mut mac) = (entry.clone(), mac.clone());
        mac[bit / 8] ^= 1 << (bit % 8);
        changed["mac"] = json!(base64_encode(mac));
        assert_eq!(backup.open(&changed, &sender).unwrap_err(), failed);
        assert!(backup.open_by_peer(&changed).is_none());
    }
    // Entries that the server has exchanged: the peer goes by the name that the server says.
    let mismatched = KeyBackupError::SessionData(SessionDataError::MismatchedSessionId);
    assert_eq!(backup.open(&entry, &another).unwrap_err(), mismatched);
    assert!(backup.open_by_peer(&entry).is_some());
}

//! Key backups: the JSON of entries, entries of any content, and what authenticates entries and the backup.

use std::{array, sync::OnceLock};

use arbitrary::Arbitrary;
use cliquet::{
    Curve25519PublicKey, Ed25519KeyPair,
    objects::{
        key_backup::{self, AuthData, AuthDataError, BackupMacError, BackupMacKey, KeyBackupError},
        session_data::{SessionData, SessionDataError},
    },
    pk::{PkDecryption, PkDecryptionError, PkEncryption, PkMessage},
    signed_json::JsonObject,
};
use cliquet_fuzz::{
    Damage, Edit, Palette, Steps,
    json::{self, Json, Unread},
    pick,
    primitives::{hkdf_sha256, hmac_sha256},
    random::seeded,
    reference_base64::{decode_with_optional_padding, encode},
};

use crate::{
    session_data::{self, Session},
    signed_json::{add_signature, read, signature, signed_text, verdict},
};

const MOST_EDITS: usize = 3;
const MAC_KEY_ID: &str = "org.matrix.msc4048.hmac-sha-256:backup_mac_key";
const USERS: [&str; 2] = ["@a:b", ""];
const NAMES: [&str; 12] = [
    "ephemeral",
    "ciphertext",
    "mac",
    "signatures",
    "unsigned",
    "@a:b",
    "",
    MAC_KEY_ID,
    "ed25519:D",
    "public_key",
    "mac2",
    "a",
];

fn backup() -> &'static PkDecryption {
    static BACKUP: OnceLock<PkDecryption> = OnceLock::new();
    BACKUP.get_or_init(|| PkDecryption::new(&mut seeded(50)).expect("it never fails"))
}

fn palette() -> Palette<'static> {
    static TEXTS: OnceLock<Vec<String>> = OnceLock::new();
    let texts = TEXTS.get_or_init(|| {
        [0, 7, 8, 9, 15, 16, 31, 32, 33, 48].map(|length| encode(&vec![0xfb; length])).into()
    });
    Palette { names: &NAMES, texts }
}

/// A valid `session_data`.
fn message() -> Json {
    Json::object([
        ("ephemeral", Json::text(encode(&[9; 32]))),
        ("ciphertext", Json::text(encode(&[0xff; 32]))),
        ("mac", Json::text(encode(&[0xff; 8]))),
    ])
}

#[derive(Arbitrary, Debug)]
pub(crate) struct ChangedMessage {
    style: u8,
    edits: Steps<Edit>,
}

pub(crate) fn changed_message(input: ChangedMessage) {
    let mut json = message();
    input.edits.0.iter().take(MOST_EDITS).for_each(|edit| edit.apply(&mut json, palette()));
    message_from_text(&json.written(input.style));
}

pub(crate) fn message_from_text(text: &str) {
    let message: Option<PkMessage> = serde_json::from_str(text).ok();
    let expected = json::read(text).ok_or(Unread::Malformed).and_then(|json| read_message(&json));
    assert_eq!(message.as_ref().map(fields), expected.ok());
    let Some(message) = message else { return };
    let written = serde_json::to_string(&message).expect("it can be written");
    assert_eq!(serde_json::from_str::<PkMessage>(&written).ok().as_ref(), Some(&message));
    assert_eq!(read_message(&json::read(&written).expect("it is JSON")), Ok(fields(&message)));
    // A MAC of eight bytes is not guessed.
    backup().decrypt(&message).expect_err("nobody made it for this backup");
}

type Fields = (Vec<u8>, [u8; 8], Curve25519PublicKey);

fn fields(message: &PkMessage) -> Fields {
    (message.ciphertext.clone(), message.mac, message.ephemeral_key)
}

/// The second reader.
fn read_message(json: &Json) -> Result<Fields, Unread> {
    let texts = json.fields(["ciphertext", "mac", "ephemeral"])?;
    let [ciphertext, mac, key] =
        texts.map(|text| text.and_then(Json::as_text).and_then(decode_with_optional_padding));
    let is_whole = |bytes: &Vec<u8>| !bytes.is_empty() && bytes.len().is_multiple_of(16);
    let fields = || {
        let key = Curve25519PublicKey::from_slice(&key?).ok()?;
        Some((ciphertext.filter(is_whole)?, mac?.try_into().ok()?, key))
    };
    fields().ok_or(Unread::Refused)
}

/// An entry of any content, encrypted to the backup.
#[derive(Arbitrary, Debug)]
pub(crate) struct Entry<'a> {
    seed: u8,
    style: u8,
    /// Under the id of this session.
    id: u8,
    mac_bit: Option<u8>,
    content: Content<'a>,
}

#[derive(Arbitrary, Debug)]
enum Content<'a> {
    Any(&'a [u8]),
    Changed(u8, [Option<Edit>; MOST_EDITS], Option<Damage>),
}

impl Entry<'_> {
    fn content(&self) -> Vec<u8> {
        let valid = |which: u8| pick(session_data::valid(), which.into()).expect("there are some").clone();
        match &self.content {
            Content::Any(bytes) => bytes.to_vec(),
            Content::Changed(which, edits, damage) => {
                let mut json = valid(*which);
                edits.iter().flatten().for_each(|edit| edit.apply(&mut json, session_data::palette()));
                let written = json.written(self.style).into_bytes();
                damage.map_or(written.clone(), |damage| damage.apply(&written, &[]))
            }
        }
    }
}

pub(crate) fn entries(input: Entry<'_>) {
    let content = input.content();
    let to_backup = PkEncryption::new(backup().public_key());
    let rng = || seeded(input.seed.into());
    let message = to_backup.encrypt(&content, &mut rng()).expect("the key is good");
    let ids = session_data::valid().iter().map(|entry| Session::read(entry).expect("it is valid"));
    let ids: Vec<_> = ids.map(|session| session_data::session_id(&session)).collect();
    let id = pick(&ids, input.id.into()).expect("there are some");
    if let Some(bit) = input.mac_bit {
        let mut damaged = message.clone();
        damaged.mac[usize::from(bit / 8 % 8)] ^= 1 << (bit % 8);
        let failed = Err(KeyBackupError::Decryption(PkDecryptionError::Failed));
        assert_eq!(backup().decrypt_session_data(&damaged, id), failed);
    }

    let found = backup().decrypt_session_data(&message, id);
    let expected = str::from_utf8(&content)
        .ok()
        .and_then(json::read)
        .ok_or(Unread::Malformed)
        .and_then(|json| Session::read(&json));
    let read = SessionData::from_json(&content);
    let is_malformed = read.as_ref().err() == Some(&SessionDataError::Malformed);
    assert_eq!(is_malformed, expected.as_ref().err() == Some(&Unread::Malformed));
    assert_eq!(read.as_ref().map(Session::of).ok().as_ref(), expected.as_ref().ok());
    match read {
        Err(error) => assert_eq!(found, Err(KeyBackupError::SessionData(error))),
        Ok(data) => {
            is_written_again(&data, &to_backup, input.seed);
            let mismatched = KeyBackupError::SessionData(SessionDataError::MismatchedSessionId);
            let expected = if data.session_id() == *id { Ok(data) } else { Err(mismatched) };
            assert_eq!(found, expected);
        }
    }
}

fn is_written_again(data: &SessionData, to_backup: &PkEncryption, seed: u8) {
    session_data::is_an_import(data);
    let json = data.to_json();
    let text = str::from_utf8(json.as_bytes()).expect("it is text");
    assert_eq!(json::read(text).and_then(|json| json.canonical()).as_deref(), Some(text));
    assert_eq!(SessionData::from_json(json.as_bytes()).as_ref(), Ok(data));
    let rng = || seeded(seed.into());
    let message = to_backup.encrypt_session_data(data, &mut rng());
    assert_eq!(message, to_backup.encrypt(json.as_bytes(), &mut rng()));
}

/// An object that is authenticated, changed, and checked: as an entry, by a MAC; as the `auth_data`, by a signature.
#[derive(Arbitrary, Debug)]
pub(crate) struct Authenticated {
    secret_key: [u8; 32],
    user: bool,
    style: u8,
    mac: Option<Damage>,
    before: [Option<Edit>; 2],
    after: [Option<Edit>; 2],
}

impl Authenticated {
    fn changed(&self, json: &Json, edits: &[Option<Edit>; 2]) -> Option<(JsonObject, Json)> {
        let mut json = json.clone();
        edits.iter().flatten().for_each(|edit| edit.apply(&mut json, palette()));
        read(&json.written(self.style))
    }
}

pub(crate) fn authenticated(input: Authenticated) {
    entry_has_a_mac(&input);
    auth_data_is_signed(&input);
}

fn entry_has_a_mac(input: &Authenticated) {
    let key = BackupMacKey::derive(&input.secret_key);
    let bytes: [u8; 32] = hkdf_sha256(&[], &input.secret_key, b"MATRIX_BACKUP_MAC_KEY");
    assert_eq!(key.as_bytes(), &bytes);
    let mac = |json: &Json| hmac_sha256(&bytes, &[signed_text(json).as_bytes()]);
    let user = USERS[usize::from(input.user)];
    let entry: PkMessage = serde_json::from_str(&message().written(0)).expect("it is valid");
    let object = key.authenticate(&entry, user);
    let mut json = message();
    let stated = encode(&mac(&json));
    assert!(add_signature(&mut json, user, MAC_KEY_ID, &stated));
    assert_eq!(Some(object.to_canonical_json()), json.canonical());
    assert_eq!(key.verify(&object, user).as_ref(), Ok(&entry));
    let other = BackupMacKey::from_bytes(&array::from_fn(|at| bytes[at] ^ u8::from(at == 31)));
    assert_eq!(other.verify(&object, user), Err(BackupMacError::Invalid));

    // Anything may have been authenticated; it was changed before, and after.
    let Some((_, mut json)) = input.changed(&message(), &input.before) else { return };
    let right = mac(&json);
    let stated = encode(&input.mac.map_or(right.to_vec(), |damage| damage.apply(&right, &[])));
    add_signature(&mut json, user, MAC_KEY_ID, &stated);
    let Some((object, json)) = input.changed(&json, &input.after) else { return };
    for user in USERS {
        let expected = match signature(&json, user, MAC_KEY_ID) {
            None => Err(BackupMacError::Missing),
            Some(stated) => {
                let stated = stated.as_text().and_then(decode_with_optional_padding);
                let is_right = stated.is_some_and(|stated| stated == mac(&json));
                let is_right = is_right.then_some(()).ok_or(BackupMacError::Invalid);
                is_right.and_then(|()| read_message(&json).map_err(|_| BackupMacError::NoEntry))
            }
        };
        assert_eq!(key.verify(&object, user).as_ref().map(fields).map_err(|error| *error), expected);
    }
}

fn auth_data_is_signed(input: &Authenticated) {
    let pair = Ed25519KeyPair::from_seed(&input.secret_key);
    let mut object = key_backup::auth_data(backup().public_key());
    let user = USERS[usize::from(input.user)];
    object.sign(user, "D", &pair).expect("there are no signatures");
    let verify = |object: &JsonObject| AuthData::verify(object, user, "D", &pair.public());
    let public_key = verify(&object).expect("it is unchanged").public_key();
    assert_eq!(public_key, backup().public_key());
    let json = json::read(&object.to_canonical_json()).expect("it is JSON");
    let Some((mut object, mut json)) = input.changed(&json, &input.after) else { return };
    let is_as_expected = |object: &JsonObject, json: &Json| {
        let expected =
            verdict(json, user, "D", &pair.public()).map_err(AuthDataError::Signature).and_then(|()| {
                let key =
                    json.get("public_key").and_then(Json::as_text).and_then(decode_with_optional_padding);
                key.and_then(|key| Curve25519PublicKey::from_slice(&key).ok()).ok_or(AuthDataError::PublicKey)
            });
        assert_eq!(verify(object).map(|auth_data| auth_data.public_key()), expected);
    };
    is_as_expected(&object, &json);
    let stated = json.get("public_key").and_then(Json::as_text).and_then(decode_with_optional_padding);
    let stated = stated.and_then(|key| Curve25519PublicKey::from_slice(&key).ok());
    let expected = match stated {
        None => Err(AuthDataError::PublicKey),
        Some(key) if key == backup().public_key() => Ok(key),
        Some(_) => Err(AuthDataError::MismatchedSecretKey),
    };
    let found = AuthData::verify_with_secret_key(&object, backup());
    assert_eq!(found.map(|auth_data| auth_data.public_key()), expected);
    let signature = pair.sign(signed_text(&json).as_bytes()).to_base64();
    let fits = add_signature(&mut json, user, "ed25519:D", &signature);
    assert_eq!(object.sign(user, "D", &pair).is_ok(), fits);
    is_as_expected(&object, &json);
}

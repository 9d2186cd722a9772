//! Signed device keys and one-time keys, changed, and signed again or not.

use std::sync::OnceLock;

use arbitrary::Arbitrary;
use cliquet::{
    Curve25519PublicKey, Ed25519PublicKey,
    objects::device_keys::{ClaimedKey, DeviceKeys, DeviceKeysError},
    olm::{Account, OlmMessage, SessionConfig},
    signed_json::{JsonObject, JsonSignatureError},
};
use cliquet_fuzz::{
    Edit, Palette,
    json::{self, Json},
    random::seeded,
    reference_base64::{decode_with_optional_padding, encode},
};

use crate::signed_json::{add_signature, read, signed_text, verdict};

const MOST_EDITS: usize = 3;
const USERS: [&str; 3] = ["@a:b", "@a:c", ""];
const DEVICES: [&str; 3] = ["D\"/", "E", ""];
const ALGORITHMS: [&str; 2] = ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"];
const NAMES: [&str; 14] = [
    "algorithms",
    "device_id",
    "user_id",
    "keys",
    "signatures",
    "unsigned",
    "ed25519:D\"/",
    "curve25519:D\"/",
    "ed25519:E",
    "curve25519:E",
    "@a:b",
    "@a:c",
    "key",
    "fallback",
];

/// What the server says of a device, and the key that it hands out.
#[derive(Arbitrary, Debug)]
pub(crate) struct Changed {
    device_keys: Object,
    one_time_key: Object,
    is_fallback: bool,
    asked: [u8; 2],
}

#[derive(Arbitrary, Debug)]
struct Object {
    style: u8,
    edits: [Option<Edit>; MOST_EDITS],
    /// The signature of one of two accounts, over what it has become.
    signed_again: Option<bool>,
}

/// Two accounts with a one-time key and a fallback key each; the second one writes to the first.
fn accounts() -> [Account; 2] {
    [40, 41].map(|seed| {
        let rng = &mut seeded(seed);
        let mut account = Account::new(rng).expect("it never fails");
        account.generate_one_time_keys(1, rng).expect("one is not too many");
        account.generate_fallback_key(rng).expect("it never fails");
        account
    })
}

struct Valid {
    accounts: [Account; 2],
    device_keys: Json,
    one_time_key: Json,
    fallback_key: Json,
    texts: Vec<String>,
}

fn valid() -> &'static Valid {
    static VALID: OnceLock<Valid> = OnceLock::new();
    VALID.get_or_init(|| {
        let accounts = accounts();
        let [user, device] = [USERS[0], DEVICES[0]];
        let read = |object: &JsonObject| json::read(&object.to_canonical_json()).expect("it is JSON");
        let only = |object: JsonObject| {
            let Json::Object(fields) = read(&object) else { panic!("it is an object") };
            assert_eq!(fields.len(), 1);
            fields.into_iter().next().expect("there is one")
        };
        let device_keys = read(&accounts[0].signed_device_keys(user, device));
        let (key_id, one_time_key) = only(accounts[0].signed_one_time_keys(user, device));
        let (fallback_id, fallback_key) = only(accounts[0].signed_fallback_keys(user, device));
        let ids = ["AAAAAAAAAAE", "AAAAAAAAAAI"].map(|id| Some(format!("signed_curve25519:{id}")));
        assert_eq!([key_id, fallback_id], ids);
        is_as_specified(&accounts[0], &device_keys);
        let keys = accounts
            .iter()
            .flat_map(|account| [account.ed25519_key().to_base64(), account.curve25519_key().to_base64()]);
        let lengths = [0, 31, 32, 33].map(|length| encode(&vec![0; length]));
        let words = USERS.iter().chain(&DEVICES).map(|word| (*word).to_owned());
        let texts = keys.chain(lengths).chain(words).collect();
        Valid { accounts, device_keys, one_time_key, fallback_key, texts }
    })
}

/// What an account uploads is what the specification says, signed.
fn is_as_specified(account: &Account, uploaded: &Json) {
    let device = DEVICES[0];
    let (ed25519, curve25519) = (format!("ed25519:{device}"), format!("curve25519:{device}"));
    let keys = Json::object([
        (&ed25519, Json::text(account.ed25519_key().to_base64())),
        (&curve25519, Json::text(account.curve25519_key().to_base64())),
    ]);
    let mut expected = Json::object([
        ("user_id", Json::text(USERS[0])),
        ("device_id", Json::text(device)),
        ("algorithms", Json::List(ALGORITHMS.map(Json::text).into())),
        ("keys", keys),
    ]);
    let signature = account.signing_key_pair().sign(signed_text(&expected).as_bytes());
    assert!(add_signature(&mut expected, USERS[0], &ed25519, &signature.to_base64()));
    assert_eq!(uploaded.canonical(), expected.canonical());
}

/// Why keys are refused.
#[derive(Debug, PartialEq)]
enum Refusal {
    Field(&'static str),
    UserId,
    DeviceId,
    Key,
    Signature(JsonSignatureError),
}

impl From<DeviceKeysError> for Refusal {
    fn from(error: DeviceKeysError) -> Self {
        match error {
            DeviceKeysError::Field { field, .. } => Self::Field(field),
            DeviceKeysError::MismatchedUserId => Self::UserId,
            DeviceKeysError::MismatchedDeviceId => Self::DeviceId,
            DeviceKeysError::Key(_) => Self::Key,
            DeviceKeysError::Signature(error) => Self::Signature(error),
            other => panic!("an error that this target does not know: {other}"),
        }
    }
}

impl Object {
    /// `None` if what it has become has no canonical form.
    fn changed(&self, original: &Json) -> Option<(JsonObject, Json)> {
        let valid = valid();
        let mut json = original.clone();
        let palette = Palette { names: &NAMES, texts: &valid.texts };
        self.edits.iter().flatten().for_each(|edit| edit.apply(&mut json, palette));
        let (mut object, mut json) = read(&json.written(self.style))?;
        if let Some(by_the_other) = self.signed_again {
            let pair = valid.accounts[usize::from(by_the_other)].signing_key_pair();
            let signature = pair.sign(signed_text(&json).as_bytes()).to_base64();
            let fits = add_signature(&mut json, USERS[0], &format!("ed25519:{}", DEVICES[0]), &signature);
            assert_eq!(object.sign(USERS[0], DEVICES[0], pair).is_ok(), fits);
        }
        Some((object, json))
    }
}

pub(crate) fn changed(input: Changed) {
    let valid = valid();
    let Some((object, json)) = input.device_keys.changed(&valid.device_keys) else { return };
    // Nearly always the device that the keys are said to be of.
    let asked = |names: [&'static str; 3], which: u8| {
        if which < 200 { names[0] } else { names[usize::from(which % 3)] }
    };
    let (user, device) = (asked(USERS, input.asked[0]), asked(DEVICES, input.asked[1]));
    let found = DeviceKeys::verify(&object, user, device);
    let expected = expected(&json, user, device);
    assert_eq!(found.as_ref().map(fields).map_err(|error| Refusal::from(*error)), expected);
    let Ok(device_keys) = found else { return };
    assert_eq!((device_keys.user_id(), device_keys.device_id()), (user, device));
    assert_eq!(device_keys.object(), &object);

    let key = if input.is_fallback { &valid.fallback_key } else { &valid.one_time_key };
    let Some((object, json)) = input.one_time_key.changed(key) else { return };
    let found = device_keys.verify_one_time_key(&object);
    let expected = expected_one_time_key(&json, &device_keys);
    is_found_among_claimed(&device_keys, &json, found);
    let fields = |claimed: &ClaimedKey| (claimed.one_time_key(), claimed.is_fallback());
    assert_eq!(found.as_ref().map(fields).map_err(|error| Refusal::from(*error)), expected);
    let Ok(claimed) = found else { return };
    assert_eq!(claimed.identity_key(), device_keys.curve25519_key());
    makes_a_session(&claimed);
}

/// The answer of a server has the key under its id.
fn is_found_among_claimed(device_keys: &DeviceKeys, key: &Json, found: Result<ClaimedKey, DeviceKeysError>) {
    let claimed = |key_id: &str| {
        let keys = Json::object([("a", Json::Null), (key_id, key.clone()), ("z", Json::Null)]);
        let (object, _) = read(&keys.written(0))?;
        Some(device_keys.verify_claimed(&object).map_err(Refusal::from))
    };
    // Around the deepest that is read, there is no room for more.
    let expected = (key.depth() < 127).then(|| found.map_err(Refusal::from));
    assert_eq!(claimed("signed_curve25519:AAAAAAAAAAE"), expected);
    let missing = expected.is_some().then_some(Err(Refusal::Field("signed_curve25519")));
    assert_eq!(claimed("curve25519:AAAAAAAAAAE"), missing);
}

type Fields = (Ed25519PublicKey, Curve25519PublicKey, Vec<String>);

fn fields(keys: &DeviceKeys) -> Fields {
    (keys.ed25519_key(), keys.curve25519_key(), keys.algorithms().to_vec())
}

/// The second reader of device keys.
fn expected(json: &Json, user: &str, device: &str) -> Result<Fields, Refusal> {
    if text(json.get("user_id"), "user_id")? != user {
        return Err(Refusal::UserId);
    }
    if text(json.get("device_id"), "device_id")? != device {
        return Err(Refusal::DeviceId);
    }
    let key = |algorithm: &str| {
        let key = json.get("keys").and_then(|keys| keys.get(&format!("{algorithm}:{device}")));
        text(key, "keys").map(decode_with_optional_padding)
    };
    let ed25519 =
        key("ed25519")?.and_then(|key| Ed25519PublicKey::from_slice(&key).ok()).ok_or(Refusal::Key)?;
    let curve25519 = curve25519(key("curve25519")?)?;
    verdict(json, user, device, &ed25519).map_err(Refusal::Signature)?;
    let malformed = Refusal::Field("algorithms");
    let Some(Json::List(algorithms)) = json.get("algorithms") else { return Err(malformed) };
    let algorithms: Option<Vec<_>> =
        algorithms.iter().map(|name| name.as_text().map(str::to_owned)).collect();
    Ok((ed25519, curve25519, algorithms.ok_or(malformed)?))
}

/// The second reader of one-time keys.
fn expected_one_time_key(json: &Json, device: &DeviceKeys) -> Result<(Curve25519PublicKey, bool), Refusal> {
    verdict(json, device.user_id(), device.device_id(), &device.ed25519_key()).map_err(Refusal::Signature)?;
    let key = curve25519(decode_with_optional_padding(text(json.get("key"), "key")?))?;
    match json.get("fallback") {
        None => Ok((key, false)),
        Some(Json::Bool(is_fallback)) => Ok((key, *is_fallback)),
        Some(_) => Err(Refusal::Field("fallback")),
    }
}

fn text<'j>(value: Option<&'j Json>, field: &'static str) -> Result<&'j str, Refusal> {
    value.and_then(Json::as_text).ok_or(Refusal::Field(field))
}

fn curve25519(bytes: Option<Vec<u8>>) -> Result<Curve25519PublicKey, Refusal> {
    bytes.and_then(|bytes| Curve25519PublicKey::from_slice(&bytes).ok()).ok_or(Refusal::Key)
}

/// A session is made as with the bare keys; who has the secret keys can read what it writes.
fn makes_a_session(claimed: &ClaimedKey) {
    let [mut receiver, sender] = accounts();
    let (config, rng) = (SessionConfig::default(), || seeded(42));
    let session = sender.create_outbound_session_with(claimed, config, &mut rng());
    let bare =
        sender.create_outbound_session(claimed.identity_key(), claimed.one_time_key(), config, &mut rng());
    assert_eq!(
        session.as_ref().map(|session| session.session_id()),
        bare.as_ref().map(|session| session.session_id())
    );
    let fallback_key = receiver.unpublished_fallback_key();
    let is_known =
        receiver.one_time_keys().chain(fallback_key).any(|key| key.public_key == claimed.one_time_key())
            && claimed.identity_key() == receiver.curve25519_key();
    let (Ok(mut session), true) = (session, is_known) else { return };
    let message = session.encrypt("text", &mut rng()).expect("it never fails");
    let OlmMessage::PreKey(message) = message else { panic!("the first message is of this kind") };
    let created = receiver.create_inbound_session(sender.curve25519_key(), &message, config);
    assert_eq!(created.expect("it has the keys").plaintext, b"text");
}

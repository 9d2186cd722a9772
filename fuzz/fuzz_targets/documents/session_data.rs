//! Session data, as key exports and key backups hold it, read a second time; and valid ones to be changed.

use std::sync::OnceLock;

use cliquet::{
    Curve25519PublicKey, Ed25519PublicKey, SessionId,
    megolm::{InboundGroupSession, OutboundGroupSession, Provenance, SessionConfig, SessionExport},
    objects::session_data::{ExportedSession, SessionData},
    olm::Account,
};
use cliquet_fuzz::{
    Palette,
    json::{Json, Unread},
    random::seeded,
    reference_base64::{decode, decode_with_optional_padding, encode},
};

const ALGORITHM: &str = "m.megolm.v1.aes-sha2";
/// The fields, and a few that mean nothing.
const NAMES: [&str; 15] = [
    "algorithm",
    "room_id",
    "session_id",
    "session_key",
    "sender_key",
    "sender_claimed_keys",
    "ed25519",
    "forwarding_curve25519_key_chain",
    "shared_history",
    "m.shared_history",
    "org.matrix.msc3061.shared_history",
    "org.matrix.msc4048.unauthenticated",
    "curve25519",
    "",
    "$serde_json::private::RawValue",
];

/// What is read of an entry. `room_id` is empty where an entry of a backup is read.
#[derive(Debug, PartialEq)]
pub(crate) struct Session {
    room_id: String,
    session_key: Vec<u8>,
    sender_key: Curve25519PublicKey,
    claimed_key: Option<Ed25519PublicKey>,
    chain: Vec<Curve25519PublicKey>,
    shared_history: bool,
    unauthenticated: Option<String>,
}

impl Session {
    pub(crate) fn of(data: &SessionData) -> Self {
        Self {
            room_id: String::new(),
            session_key: data.session_key.as_bytes().to_vec(),
            sender_key: data.sender_key,
            claimed_key: data.sender_claimed_ed25519_key,
            chain: data.forwarding_curve25519_key_chain.clone(),
            shared_history: data.shared_history,
            unauthenticated: data.unauthenticated.clone(),
        }
    }

    pub(crate) fn of_exported(exported: &ExportedSession) -> Self {
        Self { room_id: exported.room_id.clone(), ..Self::of(&exported.data) }
    }

    /// The last 32 bytes of a session export: its Ed25519 key.
    pub(crate) fn session_id(&self) -> &[u8] {
        &self.session_key[SessionExport::LENGTH - 32..]
    }

    pub(crate) fn read(json: &Json) -> Result<Self, Unread> {
        Fields::read(json)?.session()
    }

    pub(crate) fn read_exported(json: &Json) -> Result<Self, Unread> {
        let fields = Fields::read(json)?;
        let session = fields.session()?;
        let room_id = fields.room_id.ok_or(Unread::Refused)?.to_owned();
        let id = fields.session_id.and_then(decode_with_optional_padding);
        if id.as_deref() == Some(session.session_id()) {
            Ok(Self { room_id, ..session })
        } else {
            Err(Unread::Refused)
        }
    }
}

/// The fields, each of the right type; `null` is as good as none.
struct Fields<'j> {
    algorithm: Option<&'j str>,
    room_id: Option<&'j str>,
    session_id: Option<&'j str>,
    session_key: Option<&'j str>,
    sender_key: Option<&'j str>,
    claimed_key: Option<&'j str>,
    chain: Vec<&'j str>,
    shared_history: [Option<bool>; 3],
    unauthenticated: Option<&'j str>,
}

impl<'j> Fields<'j> {
    fn read(json: &'j Json) -> Result<Self, Unread> {
        let texts = ["algorithm", "room_id", "session_id", "session_key", "sender_key"];
        let [algorithm, room_id, session_id, session_key, sender_key] = json.fields(texts)?.map(text);
        let others = ["sender_claimed_keys", "forwarding_curve25519_key_chain"];
        let [claimed_keys, chain] =
            json.fields(others)?.map(|value| value.filter(|value| **value != Json::Null));
        let claimed_key = claimed_keys.map(|keys| keys.fields(["ed25519"])).transpose()?;
        let chain = match chain {
            None => Vec::new(),
            Some(Json::List(keys)) => {
                keys.iter().map(|key| key.as_text().ok_or(Unread::Malformed)).collect::<Result<_, _>>()?
            }
            Some(_) => return Err(Unread::Malformed),
        };
        let [unauthenticated] = json.fields(["org.matrix.msc4048.unauthenticated"])?;
        let flags = ["shared_history", "m.shared_history", "org.matrix.msc3061.shared_history"];
        let mut shared_history = [None; 3];
        for (place, value) in shared_history.iter_mut().zip(json.fields(flags)?) {
            *place = match value {
                None | Some(Json::Null) => None,
                Some(Json::Bool(value)) => Some(*value),
                Some(_) => return Err(Unread::Malformed),
            };
        }
        Ok(Self {
            algorithm: algorithm?,
            room_id: room_id?,
            session_id: session_id?,
            session_key: session_key?,
            sender_key: sender_key?,
            claimed_key: claimed_key.map_or(Ok(None), |[key]| text(key))?,
            chain,
            shared_history,
            unauthenticated: text(unauthenticated)?,
        })
    }

    fn session(&self) -> Result<Session, Unread> {
        let curve25519 = |text: &str| {
            let bytes = decode_with_optional_padding(text)?;
            Curve25519PublicKey::from_slice(&bytes).ok()
        };
        let ed25519 = |text: &str| Ed25519PublicKey::from_slice(&decode_with_optional_padding(text)?).ok();
        let session = || {
            let session_key = decode(self.session_key?)?;
            SessionExport::from_bytes(&session_key).ok()?;
            Some(Session {
                room_id: String::new(),
                session_key,
                sender_key: curve25519(self.sender_key?)?,
                claimed_key: self.claimed_key.map_or(Some(None), |text| ed25519(text).map(Some))?,
                chain: self.chain.iter().map(|text| curve25519(text)).collect::<Option<_>>()?,
                // Only if one name says so and none says otherwise.
                shared_history: self
                    .shared_history
                    .iter()
                    .flatten()
                    .copied()
                    .reduce(|one, other| one && other)
                    == Some(true),
                unauthenticated: self.unauthenticated.map(str::to_owned),
            })
        };
        let is_of_megolm = self.algorithm == Some(ALGORITHM);
        session().filter(|_| is_of_megolm).ok_or(Unread::Refused)
    }
}

fn text(value: Option<&Json>) -> Result<Option<&str>, Unread> {
    match value {
        None | Some(Json::Null) => Ok(None),
        Some(value) => value.as_text().map(Some).ok_or(Unread::Malformed),
    }
}

/// Entries of a key export that are read, with all that can be known of a session and with little.
pub(crate) fn valid() -> &'static [Json] {
    static VALID: OnceLock<Vec<Json>> = OnceLock::new();
    VALID.get_or_init(|| {
        let rng = &mut seeded(30);
        let [sender, forwarder] = [(); 2].map(|()| Account::new(rng).expect("it never fails"));
        let entry = |number: u32| {
            let mut outbound =
                OutboundGroupSession::new(SessionConfig::default(), rng).expect("it never fails");
            (0..number).for_each(|_| drop(outbound.encrypt("text").expect("far from exhausted")));
            let session = InboundGroupSession::new(&outbound.session_key(), SessionConfig::default());
            let export = session.export();
            let mut json = Json::object([
                ("algorithm", Json::text(ALGORITHM)),
                ("room_id", Json::text(format!("!{number}\\/\"é:example.org"))),
                ("session_id", Json::text(export.session_id().to_base64())),
                ("session_key", Json::text(export.to_base64().as_str())),
                ("sender_key", Json::text(sender.curve25519_key().to_base64())),
            ]);
            if number > 0 {
                let claimed = Json::object([("ed25519", Json::text(sender.ed25519_key().to_base64()))]);
                let chain = [forwarder.curve25519_key(), sender.curve25519_key()];
                json.set("sender_claimed_keys", claimed);
                json.set(
                    "forwarding_curve25519_key_chain",
                    Json::List(chain.map(|key| Json::text(key.to_base64())).into()),
                );
                json.set("m.shared_history", Json::Bool(true));
                json.set("shared_history", Json::Bool(number == 1));
                json.set("untrusted", Json::text("an unknown field, and a long one. ".repeat(8)));
            }
            json
        };
        (0..3).map(entry).collect()
    })
}

/// The names of the fields, and texts that stand in one or another.
pub(crate) fn palette() -> Palette<'static> {
    static TEXTS: OnceLock<Vec<String>> = OnceLock::new();
    let texts = TEXTS.get_or_init(|| {
        let fields = ["session_id", "session_key", "sender_key", "room_id"];
        let of_sessions =
            valid().iter().flat_map(|entry| fields.map(|name| entry.get(name).expect("it has it")));
        let of_sessions = of_sessions.map(|text| text.as_text().expect("it is one").to_owned());
        let lengths = [0, 31, 32, 33, 165].map(|length| encode(&vec![1; length]));
        let others =
            [ALGORITHM.to_owned(), "m.olm.v1.curve25519-aes-sha2".to_owned(), format!("{}=", lengths[2])];
        of_sessions.chain(lengths).chain(others).collect()
    });
    Palette { names: &NAMES, texts }
}

/// What is read can be used: it is an import, whatever it says.
pub(crate) fn is_an_import(data: &SessionData) {
    let session = data.import(SessionConfig::default());
    assert_eq!((session.session_id(), session.provenance()), (data.session_id(), Provenance::Imported));
    assert_eq!(session.first_known_index(), data.session_key.message_index());
    assert!(session.export() == data.session_key);
}

/// The id that a session of the model has.
pub(crate) fn session_id(session: &Session) -> SessionId {
    SessionId::from_bytes(session.session_id().try_into().expect("these are 32 bytes"))
}

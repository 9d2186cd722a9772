use serde_json::{Value, json};
use vodozemac::megolm::{
    GroupSession, GroupSessionPickle, InboundGroupSession, InboundGroupSessionPickle, SessionConfig,
};

use super::{
    KEY, Layout, Recorder, V1, V2, Version, bytes, index, message_version, signing_key, with, without,
};
use crate::{
    bytes::{drawn, hex},
    keys,
    vectors::Vectors,
};

struct Outbound;

impl Layout for Outbound {
    const KIND: &'static str = "vodozemac-outbound-group-session";

    fn output(fields: &Value, stated: Version) -> Result<Value, String> {
        let (form, secret, public) = signing_key(&fields["signing_key"])?;
        Ok(json!({
            "session_id_base64": vodozemac::base64_encode(public),
            "version": message_version(fields, stated)?,
            "message_index": index(&fields["ratchet"]["counter"])?,
            "ratchet": hex(bytes::<128>(&fields["ratchet"]["inner"])?),
            form: secret,
        }))
    }

    fn is_read_by_vodozemac(json: &str) -> bool {
        serde_json::from_str::<GroupSessionPickle>(json).is_ok()
    }
}

struct Inbound;

impl Layout for Inbound {
    const KIND: &'static str = "vodozemac-inbound-group-session";

    fn output(fields: &Value, stated: Version) -> Result<Value, String> {
        let public = bytes(&fields["signing_key"])?;
        if !keys::is_ed25519(&public) {
            return Err("the signing key is no point".into());
        }
        Ok(json!({
            "session_id_base64": vodozemac::base64_encode(public),
            "version": message_version(fields, stated)?,
            "first_known_index": index(&fields["initial_ratchet"]["counter"])?,
            "ratchet": hex(bytes::<128>(&fields["initial_ratchet"]["inner"])?),
            "verified": fields["signing_key_verified"].as_bool().ok_or("no flag")?,
        }))
    }

    fn is_read_by_vodozemac(json: &str) -> bool {
        serde_json::from_str::<InboundGroupSessionPickle>(json).is_ok()
    }
}

fn config(version: Version) -> SessionConfig {
    match version {
        V1 => SessionConfig::version_1(),
        V2 => SessionConfig::version_2(),
    }
}

fn sender(messages: usize, version: Version) -> GroupSession {
    let mut session = GroupSession::new(config(version));
    (0..messages).for_each(|_| drop(session.encrypt("message")));
    session
}

/// A session whose signing key has no seed.
fn sender_from_libolm() -> GroupSession {
    let mut random = drawn("a room taken over by vodozemac");
    let session = cliquet_interop::libolm::OutboundGroupSession::create(&mut random).unwrap();
    GroupSession::from_libolm_pickle(&session.pickle(KEY).unwrap(), KEY).unwrap()
}

fn json_of(session: &GroupSession) -> String {
    serde_json::to_string(&session.pickle()).unwrap()
}

pub(crate) fn outbound_vectors() -> Vectors {
    let mut recorder = Recorder::new::<Outbound>();
    let mut write = |name: &str, session: &GroupSession, version: Version| {
        let output = super::read::<Outbound>(&json_of(session), version).unwrap();
        assert_eq!(output["session_id_base64"], session.session_id());
        recorder.accept_pickle::<Outbound>(name, &json_of(session), &session.pickle().encrypt(KEY), version);
    };
    write("new", &sender(0, V1), V1);
    write("300 messages sent", &sender(300, V1), V1);
    write("V2: new", &sender(0, V2), V2);
    write("V2: a message sent", &sender(1, V2), V2);
    write("from libolm: an expanded signing key", &sender_from_libolm(), V1);

    recorder.accept_json::<Outbound>("JSON", &json_of(&sender(1, V1)), V1);
    recorder.accept_json::<Outbound>("JSON: V2", &json_of(&sender(1, V2)), V2);
    recorder.accept_json::<Outbound>("JSON: from libolm", &json_of(&sender_from_libolm()), V1);
    let fields = serde_json::to_value(sender(2, V1).pickle()).unwrap();
    recorder.accept_fields::<Outbound>("fields in the order of their names", &fields, V1);
    recorder.accept_fields::<Outbound>("no version, and V1 is stated", &without(&fields, "", "config"), V1);
    let last = with(&fields, "/ratchet/counter", json!(u32::MAX));
    recorder.accept_fields::<Outbound>("the last index there is", &last, V1);

    recorder.reject_damaged::<Outbound>(&fields.to_string(), &["/ratchet/inner", "/signing_key/Normal"]);
    let version_2 = serde_json::to_value(sender(0, V2).pickle()).unwrap();
    recorder.reject_versions::<Outbound>(&fields, &version_2);
    reject_counters::<Outbound>(&mut recorder, &fields, "/ratchet/counter");
    recorder.reject_fields::<Outbound>("no signing key", &without(&fields, "", "signing_key"));
    let public = json!(vec![0; 32]);
    recorder.reject_fields::<Outbound>("a signing key of no form", &with(&fields, "/signing_key", public));
    recorder.finish::<Outbound>()
}

pub(crate) fn inbound_vectors() -> Vectors {
    let mut recorder = Recorder::new::<Inbound>();
    let fields = accept_inbound(&mut recorder);
    recorder.reject_damaged::<Inbound>(&fields.to_string(), &["/initial_ratchet/inner", "/signing_key"]);
    let other = InboundGroupSession::new(&sender(0, V2).session_key(), config(V2));
    let version_2 = serde_json::to_value(other.pickle()).unwrap();
    recorder.reject_versions::<Inbound>(&fields, &version_2);
    reject_counters::<Inbound>(&mut recorder, &fields, "/initial_ratchet/counter");
    let no_point = with(&fields, "/signing_key", json!(keys::NO_POINT));
    recorder.reject_fields::<Inbound>("a signing key that is no point", &no_point);
    let odd = with(&fields, "/signing_key_verified", json!(1));
    recorder.reject_fields::<Inbound>("a flag that is a number", &odd);
    recorder.finish::<Inbound>()
}

fn accept_inbound(recorder: &mut Recorder) -> Value {
    let mut write = |name: &str, session: &InboundGroupSession, version: Version| {
        let json = serde_json::to_string(&session.pickle()).unwrap();
        let output = super::read::<Inbound>(&json, version).unwrap();
        assert_eq!(output["session_id_base64"], session.session_id());
        recorder.accept_pickle::<Inbound>(name, &json, &session.pickle().encrypt(KEY), version);
    };
    let mut room = sender(3, V1);
    let mut shared = InboundGroupSession::new(&room.session_key(), config(V1));
    write("shared at index 3", &shared, V1);
    let mut imported = InboundGroupSession::import(&shared.export_at_first_known_index(), config(V1));
    write("imported", &imported, V1);
    imported.decrypt(&room.encrypt("read")).unwrap();
    write("imported, a message read", &imported, V1);
    shared.advance_to(300);
    write("advanced to index 300", &shared, V1);
    let version_2 = InboundGroupSession::new(&sender(1, V2).session_key(), config(V2));
    write("V2: shared", &version_2, V2);

    let json = serde_json::to_string(&shared.pickle()).unwrap();
    recorder.accept_json::<Inbound>("JSON", &json, V1);
    recorder.accept_json::<Inbound>("JSON: V2", &serde_json::to_string(&version_2.pickle()).unwrap(), V2);
    let fields: Value = serde_json::from_str(&json).unwrap();
    recorder.accept_fields::<Inbound>("fields in the order of their names", &fields, V1);
    recorder.accept_fields::<Inbound>("no version, and V1 is stated", &without(&fields, "", "config"), V1);
    fields
}

fn reject_counters<L: Layout>(recorder: &mut Recorder, fields: &Value, place: &str) {
    for (name, counter) in [("2^32", json!(1_u64 << 32)), ("-1", json!(-1)), ("0.5", json!(0.5))] {
        recorder.reject_fields::<L>(&format!("an index of {name}"), &with(fields, place, counter));
    }
}

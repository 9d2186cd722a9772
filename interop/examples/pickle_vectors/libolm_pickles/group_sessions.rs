use cliquet_interop::libolm;
use serde_json::{Value, json};

use super::{KEY, LONG_KEY, Layout, Recorder, SigningKey, put_u32, taken_apart};
use crate::{
    bytes::{Reader, drawn, hex},
    keys,
    vectors::Vectors,
};

#[derive(Clone, Copy, PartialEq)]
struct Ratchet {
    parts: [u8; 128],
    index: u32,
}

impl Ratchet {
    fn read(reader: &mut Reader<'_>) -> Result<Self, String> {
        Ok(Self { parts: reader.array()?, index: reader.u32()? })
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.parts);
        put_u32(out, self.index);
    }
}

#[derive(Clone)]
struct Outbound {
    version: u32,
    ratchet: Ratchet,
    signing_key: SigningKey,
}

impl Layout for Outbound {
    const KIND: &'static str = "libolm-outbound-group-session";

    fn read(reader: &mut Reader<'_>) -> Result<Self, String> {
        match reader.u32()? {
            version @ 1 => {
                Ok(Self { version, ratchet: Ratchet::read(reader)?, signing_key: SigningKey::read(reader)? })
            }
            version => Err(format!("version {version}")),
        }
    }

    fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_u32(&mut out, self.version);
        self.ratchet.write(&mut out);
        self.signing_key.write(&mut out);
        out
    }

    fn check(&self) -> Result<(), String> {
        self.signing_key.check()
    }

    fn output(&self) -> Value {
        json!({
            "session_id_base64": vodozemac::base64_encode(self.signing_key.public),
            "version": 3,
            "message_index": self.ratchet.index,
            "ratchet": hex(self.ratchet.parts),
            "expanded": hex(keys::clamped(self.signing_key.expanded)),
        })
    }

    fn by_libolm(pickle: &str, key: &[u8]) -> Result<String, libolm::Error> {
        libolm::OutboundGroupSession::unpickle(pickle, key)?.pickle(key)
    }

    fn is_written_again(&self) -> bool {
        self.signing_key.is_clamped()
    }
}

#[derive(Clone)]
struct Inbound {
    version: u32,
    first: Ratchet,
    latest: Ratchet,
    signing_key: [u8; 32],
    /// Not in version 1.
    verified: Option<u8>,
}

impl Layout for Inbound {
    const KIND: &'static str = "libolm-inbound-group-session";

    fn read(reader: &mut Reader<'_>) -> Result<Self, String> {
        let version = reader.u32()?;
        if ![1, 2].contains(&version) {
            return Err(format!("version {version}"));
        }
        Ok(Self {
            version,
            first: Ratchet::read(reader)?,
            latest: Ratchet::read(reader)?,
            signing_key: reader.array()?,
            verified: (version == 2).then(|| reader.u8()).transpose()?,
        })
    }

    fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_u32(&mut out, self.version);
        self.first.write(&mut out);
        self.latest.write(&mut out);
        out.extend(self.signing_key);
        out.extend(self.verified);
        out
    }

    fn check(&self) -> Result<(), String> {
        if keys::is_ed25519(&self.signing_key) { Ok(()) } else { Err("the signing key is no point".into()) }
    }

    fn output(&self) -> Value {
        json!({
            "session_id_base64": vodozemac::base64_encode(self.signing_key),
            "version": 3,
            "first_known_index": self.first.index,
            "ratchet": hex(self.first.parts),
            "verified": self.verified != Some(0),
        })
    }

    fn by_libolm(pickle: &str, key: &[u8]) -> Result<String, libolm::Error> {
        libolm::InboundGroupSession::unpickle(pickle, key)?.pickle(key)
    }

    /// The latest ratchet follows from the first, so that not every reader keeps it.
    fn is_written_again(&self) -> bool {
        self.first == self.latest
    }
}

fn sender(label: &str, messages: usize) -> libolm::OutboundGroupSession {
    let mut session = libolm::OutboundGroupSession::create(&mut drawn(label)).unwrap();
    (0..messages).for_each(|_| drop(session.encrypt(b"message").unwrap()));
    session
}

pub(crate) fn outbound_vectors() -> Vectors {
    let mut recorder = Recorder::new::<Outbound>();
    let session = accept_outbound(&mut recorder);
    recorder.reject_damaged::<Outbound>(&session.write());
    recorder.reject_layout("version 2", &Outbound { version: 2, ..session.clone() });
    let mut changed = session;
    let other: Outbound = taken_apart(&sender("other room", 0).pickle(KEY).unwrap(), KEY);
    changed.signing_key.public = other.signing_key.public;
    recorder.reject_layout("an Ed25519 public key of another secret key", &changed);
    changed.signing_key.public = keys::NO_POINT;
    recorder.reject_layout("an Ed25519 public key that is no point", &changed);
    recorder.finish::<Outbound>()
}

fn accept_outbound(recorder: &mut Recorder) -> Outbound {
    let mut write = |name: &str, session: &libolm::OutboundGroupSession, key: &[u8]| {
        recorder.accept::<Outbound>(name, &session.pickle(key).unwrap(), key);
    };
    write("new, under the empty key", &sender("new room", 0), b"");
    write("a message sent, under a short key", &sender("a message", 1), b"k");
    write("256 messages sent, under a long key", &sender("256 messages", 256), LONG_KEY);
    write("65 537 messages sent", &sender("many messages", 65_537), KEY);

    let session: Outbound = taken_apart(&sender("room", 2).pickle(KEY).unwrap(), KEY);
    let mut changed = session.clone();
    changed.signing_key.unclamp();
    recorder.accept_layout("an Ed25519 key that was not clamped", &changed);
    let mut changed = session.clone();
    changed.ratchet.index = u32::MAX;
    recorder.accept_layout("the last index there is", &changed);
    session
}

pub(crate) fn inbound_vectors() -> Vectors {
    let mut recorder = Recorder::new::<Inbound>();
    let session = accept_inbound(&mut recorder);
    recorder.reject_damaged::<Inbound>(&session.write());
    let with_flag = Inbound { version: 1, ..session.clone() };
    recorder.reject_layout("version 1 with the flag of version 2", &with_flag);
    recorder.reject_layout("version 2 without its flag", &Inbound { verified: None, ..session.clone() });
    let no_point = Inbound { signing_key: keys::NO_POINT, ..session };
    recorder.reject_layout("a signing key that is no point", &no_point);
    recorder.finish::<Inbound>()
}

fn accept_inbound(recorder: &mut Recorder) -> Inbound {
    let mut write = |name: &str, session: &libolm::InboundGroupSession, key: &[u8]| {
        recorder.accept::<Inbound>(name, &session.pickle(key).unwrap(), key);
    };
    let mut sender = sender("heard room", 3);
    let shared = libolm::InboundGroupSession::new(&sender.session_key().unwrap()).unwrap();
    write("shared at index 3, under the empty key", &shared, b"");
    let mut imported = libolm::InboundGroupSession::import(&shared.export(3).unwrap()).unwrap();
    write("imported: the flag is clear, under a short key", &imported, b"k");
    (0..300).for_each(|_| drop(sender.encrypt(b"message").unwrap()));
    imported.decrypt(&sender.encrypt(b"read").unwrap()).unwrap();
    write(
        "imported, a message read: the flag is set and the latest ratchet ahead, under a long key",
        &imported,
        LONG_KEY,
    );
    let later = libolm::InboundGroupSession::import(&imported.export(303).unwrap()).unwrap();
    write("imported at index 303", &later, KEY);

    let session: Inbound = taken_apart(&shared.pickle(KEY).unwrap(), KEY);
    let ahead: Inbound = taken_apart(&imported.pickle(KEY).unwrap(), KEY);
    let odd_flag = Inbound { verified: Some(0x40), ..session.clone() };
    recorder.accept_layout("a flag that is neither 0 nor 1 is set", &odd_flag);
    let version_1 = Inbound { version: 1, verified: None, ..session.clone() };
    recorder.accept_layout("version 1 has no flag: it counts as set", &version_1);
    let ahead = Inbound { version: 1, verified: None, ..ahead };
    recorder.accept_layout("version 1, the latest ratchet ahead", &ahead);
    session
}

//! A room of Megolm, read by both from the same session key or export.

use arbitrary::{Arbitrary, Unstructured};
use cliquet::{
    MessageVersion,
    megolm::{
        InboundGroupSession, MegolmMessage, OutboundGroupSession, SessionConfig, SessionExport, SessionKey,
        SessionOrdering,
    },
};
use cliquet_fuzz::{
    Damage, Saved, Script,
    peers::{Answer, Case, Peer::Vodozemac, Subject, ask_peer, forge, judge, olm_state},
    pick_index,
    primitives::hmac_sha256,
    wire,
};
use vodozemac::{Ed25519Keypair, megolm};

use super::forgery::{Field, fields};

const MOST_STEPS: usize = 60;
const SENT: u8 = 20;

/// The sender's secrets, and what it has sent.
struct Room {
    version: MessageVersion,
    export: Vec<u8>,
    session_key: Vec<u8>,
    signing_key: Ed25519Keypair,
    sent: Vec<Vec<u8>>,
}

/// A reader of both libraries.
struct Reader {
    ours: InboundGroupSession,
    theirs: megolm::InboundGroupSession,
}

/// Bit 0 of `how` is the version, bits 1 and 2 where the ratchet stands, bit 3 whether the reader has an export.
pub(crate) fn read(how: u8, script: &mut Script<'_>) {
    let room = Room::new(how);
    let mut reader = room.reader(how & 8 != 0);
    for _ in 0..MOST_STEPS {
        if script.rest().is_empty() {
            break;
        }
        room.step(&mut reader, script);
    }
    reader.is_same();
}

fn configurations(version: MessageVersion) -> (SessionConfig, megolm::SessionConfig) {
    let theirs = match version {
        MessageVersion::V1 => megolm::SessionConfig::version_1(),
        _ => megolm::SessionConfig::version_2(),
    };
    (SessionConfig::default().with_version(version), theirs)
}

impl Room {
    fn new(how: u8) -> Self {
        let version = if how & 1 == 0 { MessageVersion::V1 } else { MessageVersion::V2 };
        let first = [0, 250, (1 << 24) - 5, u32::MAX - u32::from(SENT)][usize::from(how >> 1) % 4];
        let mut ratchet = [0; 128];
        for (part, block) in ratchet.chunks_mut(32).zip(0..) {
            part.copy_from_slice(&hmac_sha256(&[how >> 4], &[&[block]]));
        }
        let seed = hmac_sha256(&[how >> 4], &[b"seed"]);
        let version_name = if how & 1 == 0 { "V1" } else { "V2" };
        let json = serde_json::json!({
            "ratchet": { "inner": ratchet.to_vec(), "counter": first },
            "signing_key": { "Normal": seed },
            "config": { "version": version_name },
        });
        let signing_key =
            serde_json::from_value(serde_json::json!({ "Normal": seed })).expect("it is a seed");
        let (config, _) = configurations(version);
        let mut ours = OutboundGroupSession::from_vodozemac_json(json.to_string().as_bytes(), config)
            .expect("it is one");
        let mut theirs = megolm::GroupSession::from_pickle(serde_json::from_value(json).expect("it is one"));
        let session_key = theirs.session_key().to_bytes();
        assert_eq!(ours.session_key().as_bytes()[..], session_key, "both share the same key");
        let export = [&[1], &session_key[1..165]].concat();
        let mut sent = Vec::new();
        for number in 0..SENT {
            let plaintext = vec![number; usize::from(number) * 7];
            let message = ours.encrypt(&plaintext).expect("the session is young").as_bytes().to_vec();
            assert_eq!(message, theirs.encrypt(&plaintext).to_bytes(), "both send the same message");
            sent.push(message);
        }
        assert_eq!(ours.session_key().as_bytes()[..], theirs.session_key().to_bytes());
        Self { version, export, session_key, signing_key, sent }
    }

    fn reader(&self, imported: bool) -> Reader {
        let (ours, theirs) = configurations(self.version);
        if imported {
            let export = SessionExport::from_bytes(&self.export).expect("it is one");
            let key = megolm::ExportedSessionKey::from_bytes(&self.export).expect("it is one");
            Reader {
                ours: InboundGroupSession::import(&export, ours),
                theirs: megolm::InboundGroupSession::import(&key, theirs),
            }
        } else {
            let key = SessionKey::from_bytes(&self.session_key).expect("it is one");
            let their_key = megolm::SessionKey::from_bytes(&self.session_key).expect("it is one");
            Reader {
                ours: InboundGroupSession::new(&key, ours),
                theirs: megolm::InboundGroupSession::new(&their_key, theirs),
            }
        }
    }

    fn step(&self, reader: &mut Reader, script: &mut Script<'_>) {
        let (what, which) = (script.byte(), script.short());
        let Some(sent) = pick_index(self.sent.len(), which).map(|which| &self.sent[which]) else { return };
        match what % 8 {
            0 | 1 => reader.deliver(sent),
            2 => {
                let mut changes = Unstructured::new(script.bytes(8));
                let other =
                    pick_index(self.sent.len(), script.short()).map_or(sent, |which| &self.sent[which]);
                let Ok(damage) = Damage::arbitrary(&mut changes) else { return };
                reader.deliver(&damage.apply(sent, other));
            }
            3 | 4 => reader.deliver(&self.remade(sent, script)),
            5 => {
                let index = self.first().saturating_add(u32::from(which) % 64);
                // What is returned has another meaning: whether the index can be read, and whether anything moved.
                let (can_read, moved) = (reader.ours.advance_to(index), reader.theirs.advance_to(index));
                assert!(can_read || !moved);
                assert_eq!(reader.ours.first_known_index(), reader.theirs.first_known_index());
            }
            6 => {
                let index = if which >= 0xff00 { u32::MAX } else { self.first().wrapping_add(which.into()) };
                reader.same_export(index);
            }
            _ => self.meet(reader, which),
        }
    }

    fn first(&self) -> u32 {
        u32::from_be_bytes(*self.export[1..].first_chunk().expect("an index"))
    }

    /// The message made again by its sender, with other fields, MAC or signature.
    fn remade(&self, sent: &[u8], script: &mut Script<'_>) -> Vec<u8> {
        let (how, content, length) = (script.byte(), script.byte(), script.byte());
        let message = MegolmMessage::from_bytes(sent).expect("it was sent");
        let index = message.message_index();
        let cipher = self.reader(true).theirs.get_cipher_at(index).expect("it was sent");
        let ciphertext = match content % 4 {
            0 => message.ciphertext().to_vec(),
            1 => forge::ciphertext(&cipher, &vec![content; usize::from(length)], true),
            2 => forge::ciphertext(&cipher, &[&[length; 15][..], &[content >> 2]].concat(), false),
            _ => forge::ciphertext(&cipher, &[[length % 17; 16], [length % 17; 16]].concat(), false),
        };
        let parts = [Field::Integer(1, index.into()), Field::Bytes(2, &ciphertext)];
        let made = fields(wire::version_byte(self.version), &parts, 0, how);
        let authenticated = |fields: &[u8], changed: bool| {
            let mut mac = cipher.mac(fields).as_bytes()[..self.version.mac_length()].to_vec();
            mac[0] ^= u8::from(changed);
            mac
        };
        let base = if how & 0x80 == 0 { &made.canonical } else { &made.written };
        let mac = authenticated(base, how & 0x40 != 0);
        let mut signature = self.signing_key.sign(&[&base[..], &mac].concat()).to_bytes();
        if how & 0x20 != 0 {
            signature[usize::from(length % 64)] ^= content;
        }
        [&made.written[..], &mac, &signature].concat()
    }

    /// Another reader of the room, from a later message on, is compared with this one.
    fn meet(&self, reader: &mut Reader, which: u16) {
        let mut other = self.reader(which.is_multiple_of(2));
        let index = self.first().saturating_add(u32::from(which) % 32);
        other.ours.advance_to(index);
        other.theirs.advance_to(index);
        assert_eq!(reader.ours.connected(&other.ours), reader.theirs.connected(&mut other.theirs));
        let ours = reader.ours.compare(&other.ours);
        let theirs = reader.theirs.compare(&mut other.theirs);
        let same = matches!(
            (ours, theirs),
            (SessionOrdering::Equal, megolm::SessionOrdering::Equal)
                | (SessionOrdering::Better, megolm::SessionOrdering::Better)
                | (SessionOrdering::Worse, megolm::SessionOrdering::Worse)
        );
        assert!(same, "{ours:?}, {theirs:?}");
        // Who knows more is not asked what it knows of the origin: merging never raises that here, and does there (F20).
        let mut merged = InboundGroupSession::open_plain(&reader.ours.save_plain()).expect("it was saved");
        let theirs = reader.theirs.merge(&mut other.theirs).expect("they are connected");
        assert!(merged.merge(&other.ours));
        assert_eq!(merged.export().as_bytes()[..], theirs.export_at_first_known_index().to_bytes());
    }
}

impl Reader {
    fn deliver(&mut self, bytes: &[u8]) {
        let with_index = |plaintext: Vec<u8>, index: u32| [&index.to_be_bytes()[..], &plaintext].concat();
        let ours = MegolmMessage::from_bytes(bytes)
            .map_err(drop)
            .and_then(|message| self.ours.decrypt(&message).map_err(drop));
        let ours = Answer::of(ours.map(|read| with_index(read.plaintext, read.message_index)));
        let theirs = ask_peer(|| {
            let message = megolm::MegolmMessage::from_bytes(bytes).map_err(drop);
            let read = message.and_then(|message| self.theirs.decrypt(&message).map_err(drop));
            Answer::of(read.map(|read| with_index(read.plaintext, read.message_index)))
        });
        judge(
            Vodozemac,
            &Case { subject: Subject::GroupDecryption, input: bytes, state: None },
            &ours,
            &theirs,
        );
        self.is_same();
    }

    fn same_export(&mut self, index: u32) {
        let ours = self.ours.export_at(index).map(|export| export.as_bytes().to_vec());
        assert_eq!(
            ours,
            self.theirs.export_at(index).map(|export| export.to_bytes()),
            "the export at {index}"
        );
    }

    /// The stored states are the same, byte for byte but for the order of fields.
    fn is_same(&mut self) {
        let theirs = serde_json::to_value(self.theirs.pickle()).expect("it can be written");
        assert_eq!(olm_state::of_ours(&self.ours), Some(olm_state::normalised(theirs)));
    }
}

//! One party: a session of cliquet and one of vodozemac in the same state.

use cliquet::{
    MessageVersion,
    olm::{MessageType, OlmMessage, SessionConfig},
};
use cliquet_fuzz::{
    Saved,
    peers::{Answer, Case, Peer::Vodozemac, Subject, ask_peer, judge, olm_state},
};
use rand::rngs::StdRng;
use serde_json::{Value, json};

/// A message that was sent.
pub(crate) struct Sent {
    /// Its type in front, as a case of the table has it.
    pub(crate) bytes: Vec<u8>,
    /// What encrypts it, unless its chain began with it.
    pub(crate) key: Option<[u8; 32]>,
}

pub(crate) struct Twin {
    pub(crate) ours: cliquet::olm::Session,
    pub(crate) theirs: vodozemac::olm::Session,
    pub(crate) version: MessageVersion,
    /// What was ever sent to it.
    pub(crate) inbox: Vec<Sent>,
}

/// The state of ours in vodozemac's form, without the keys of late messages that have no place there.
fn state_of(ours: &cliquet::olm::Session) -> Value {
    olm_state::of_ours(ours).unwrap_or_else(|| {
        let mut copy = cliquet::olm::Session::open_plain(&ours.save_plain()).expect("it was saved");
        copy.forget_message_keys_of_dropped_chains();
        olm_state::of_ours(&copy).expect("the rest has a place there")
    })
}

/// The same state as a session of vodozemac.
pub(crate) fn copied(state: &Value) -> vodozemac::olm::Session {
    let pickle = serde_json::from_value(state.clone()).expect("vodozemac reads what cliquet writes");
    vodozemac::olm::Session::from_pickle(pickle)
}

/// Ratchet key and chain index of each late message that ours can still read.
fn skipped_messages(ours: &cliquet::olm::Session) -> Value {
    ours.skipped_messages()
        .map(|skipped| (*skipped.ratchet_key.as_bytes(), skipped.chain_index))
        .map(|late| json!(late))
        .collect()
}

fn peers_state(theirs: &vodozemac::olm::Session) -> Value {
    olm_state::normalised(serde_json::to_value(theirs.pickle()).expect("it can be written"))
}

impl Twin {
    pub(crate) fn of_ours(ours: cliquet::olm::Session) -> Self {
        let theirs = copied(&state_of(&ours));
        Self { version: ours.version(), ours, theirs, inbox: Vec::new() }
    }

    pub(crate) fn of_theirs(theirs: vodozemac::olm::Session, version: MessageVersion) -> Self {
        let json = serde_json::to_vec(&theirs.pickle()).expect("it can be written");
        let config = SessionConfig::default().with_version(version);
        let ours = cliquet::olm::Session::from_vodozemac_json(&json, config);
        Self { ours: ours.expect("cliquet reads what vodozemac writes"), theirs, version, inbox: Vec::new() }
    }

    /// The state of vodozemac's session.
    pub(crate) fn state(&self) -> Value {
        peers_state(&self.theirs)
    }

    /// Both encrypt to the same message, unless a ratchet key is to be drawn: then one does, and the other becomes a copy of it.
    pub(crate) fn send(&mut self, plaintext: &[u8], they_draw: bool, rng: &mut StdRng) -> Sent {
        if self.ours.needs_random() {
            let bytes = if they_draw {
                let (number, bytes) = self.theirs.encrypt(plaintext).expect("good keys").to_parts();
                let json = serde_json::to_vec(&self.theirs.pickle()).expect("it can be written");
                let config = SessionConfig::default().with_version(self.version);
                self.ours =
                    cliquet::olm::Session::from_vodozemac_json(&json, config).expect("cliquet reads it");
                [&[u8::try_from(number).expect("0 or 1")], &bytes[..]].concat()
            } else {
                let message = self.ours.encrypt(plaintext, rng).expect("good keys");
                self.theirs = copied(&state_of(&self.ours));
                with_type(&message)
            };
            return Sent { bytes, key: None };
        }
        let key = *copied(&self.state()).next_message_key().expect("it is active").key();
        let ours = with_type(&self.ours.encrypt(plaintext, rng).expect("it is active"));
        let (number, theirs) = self.theirs.encrypt(plaintext).expect("it is active").to_parts();
        assert_eq!(
            ours,
            [&[u8::try_from(number).expect("0 or 1")], &theirs[..]].concat(),
            "the same message"
        );
        assert_eq!(state_of(&self.ours), self.state(), "the same state after sending");
        Sent { bytes: ours, key: Some(key) }
    }

    /// Both are given the same bytes, with the type in front. Whether they said the same.
    pub(crate) fn deliver(&mut self, bytes: &[u8]) -> bool {
        let Some((number, body)) = bytes.split_first() else { return true };
        let whole_before = self.ours.save_plain();
        let mut before = self.state();
        before["skipped_messages"] = skipped_messages(&self.ours);
        let case = Case { subject: Subject::Decryption, input: bytes, state: Some(&before) };
        let ours =
            Answer::of(read(*number, body).and_then(|message| self.ours.decrypt(&message).ok()).ok_or(()));
        let theirs = ask_peer(|| {
            let message = vodozemac::olm::OlmMessage::from_parts(usize::from(*number), body);
            Answer::of(message.map_err(drop).and_then(|message| self.theirs.decrypt(&message).map_err(drop)))
        });
        let same = judge(Vodozemac, &case, &ours, &theirs);
        let state = state_of(&self.ours);
        if ours == Answer::Refuses {
            assert!(same || theirs.value().is_some(), "they took it");
            assert_eq!(self.ours.save_plain(), whole_before, "a refusal changes nothing");
        }
        // After an allowed difference both go on from our state.
        if !same || !self.is_same_state(&case, &state) {
            self.theirs = copied(&state);
        }
        same
    }

    fn is_same_state(&self, case: &Case<'_>, ours: &Value) -> bool {
        let [ours, theirs] =
            [ours, &self.state()].map(|state| Answer::Accepts(state.to_string().into_bytes()));
        judge(Vodozemac, &Case { subject: Subject::SessionState, ..*case }, &ours, &theirs)
    }

    /// Both are stored in libolm's form and opened again, where the state has a place there.
    pub(crate) fn through_libolm(&mut self) {
        const KEY: &[u8] = b"a key of any length";
        let Ok(text) = self.ours.to_libolm_pickle(KEY) else { return };
        let ours = cliquet::olm::Session::from_libolm_pickle(&text, KEY, self.ours.limits());
        self.ours = ours.expect("what is written can be read");
        // vodozemac turns the order of what it reads there round (F15), so it is only asked whether it reads it.
        let read = vodozemac::olm::Session::from_libolm_pickle(&text, KEY)
            .expect("vodozemac reads what cliquet writes");
        let states = [state_of(&self.ours), peers_state(&read)];
        let [ours, theirs] = states.map(|state| olm_state::parts(state)[0].clone());
        assert_eq!(ours, theirs, "the same state out of libolm's form");
        self.theirs = copied(&state_of(&self.ours));
    }
}

/// The bytes of a message with its type in front.
pub(crate) fn with_type(message: &OlmMessage) -> Vec<u8> {
    let number = match message {
        OlmMessage::PreKey(_) => 0,
        OlmMessage::Normal(_) => 1,
    };
    [&[number], message.as_bytes()].concat()
}

fn read(number: u8, body: &[u8]) -> Option<OlmMessage> {
    let text = cliquet_fuzz::reference_base64::encode(body);
    let known = [MessageType::PreKey, MessageType::Normal]
        .into_iter()
        .any(|known| known.as_usize() == usize::from(number));
    known.then(|| OlmMessage::from_parts(number.into(), &text).ok())?
}

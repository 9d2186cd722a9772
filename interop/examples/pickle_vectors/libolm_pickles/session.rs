use std::collections::BTreeSet;

use cliquet_interop::libolm;
use serde_json::{Value, json};

use super::{KEY, KeyPair, LONG_KEY, Layout, Recorder, put_count, put_u32, taken_apart};
use crate::{
    bytes::{Drawn, Reader, drawn, hex, sha256},
    vectors::Vectors,
};

const LOGGING_VERSION: u32 = 0x8000_0001;

const RECEIVER_CHAINS: usize = 5;
const SKIPPED_MESSAGE_KEYS: usize = 40;

#[derive(Clone)]
struct Session {
    version: u32,
    has_received_message: u8,
    /// Identity key, base key, one-time key.
    keys: [[u8; 32]; 3],
    root_key: [u8; 32],
    sending_chains: Vec<SendingChain>,
    /// Newest first.
    receiver_chains: Vec<Numbered>,
    /// Newest first.
    skipped_message_keys: Vec<Numbered>,
    /// What nothing reads, at the end of the logging version.
    logged: Option<u32>,
}

#[derive(Clone)]
struct SendingChain {
    ratchet_key: KeyPair,
    chain_key: [u8; 32],
    index: u32,
}

/// A receiver chain or a skipped message key.
#[derive(Clone)]
struct Numbered {
    ratchet_key: [u8; 32],
    key: [u8; 32],
    index: u32,
}

impl SendingChain {
    fn read(reader: &mut Reader<'_>) -> Result<Self, String> {
        Ok(Self { ratchet_key: KeyPair::read(reader)?, chain_key: reader.array()?, index: reader.u32()? })
    }

    fn write(&self, out: &mut Vec<u8>) {
        self.ratchet_key.write(out);
        out.extend(self.chain_key);
        put_u32(out, self.index);
    }
}

impl Numbered {
    fn read(reader: &mut Reader<'_>) -> Result<Self, String> {
        Ok(Self { ratchet_key: reader.array()?, key: reader.array()?, index: reader.u32()? })
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.ratchet_key);
        out.extend(self.key);
        put_u32(out, self.index);
    }

    fn output(&self) -> Value {
        json!([hex(self.ratchet_key), self.index, hex(self.key)])
    }
}

impl Session {
    fn sending(&self) -> Value {
        match self.sending_chains.first() {
            Some(chain) => json!({
                "ratchet_key": hex(chain.ratchet_key.public),
                "ratchet_secret_key": hex(chain.ratchet_key.secret),
                "chain_key": hex(chain.chain_key),
                "chain_index": chain.index,
            }),
            None => json!({ "their_ratchet_key": hex(self.receiver_chains[0].ratchet_key) }),
        }
    }

    fn has_duplicates(&self) -> bool {
        let chains: BTreeSet<_> = self.receiver_chains.iter().map(|chain| chain.ratchet_key).collect();
        let skipped = self.skipped_message_keys.iter();
        let messages: BTreeSet<_> = skipped.map(|key| (key.ratchet_key, key.index)).collect();
        chains.len() != self.receiver_chains.len() || messages.len() != self.skipped_message_keys.len()
    }

    fn is_ahead(&self, skipped: &Numbered) -> bool {
        let mut chains = self.receiver_chains.iter();
        chains.any(|chain| chain.ratchet_key == skipped.ratchet_key && chain.index <= skipped.index)
    }
}

impl Layout for Session {
    const KIND: &'static str = "libolm-session";

    fn read(reader: &mut Reader<'_>) -> Result<Self, String> {
        let version = reader.u32()?;
        if ![1, LOGGING_VERSION].contains(&version) {
            return Err(format!("version {version}"));
        }
        Ok(Self {
            version,
            has_received_message: reader.u8()?,
            keys: [reader.array()?, reader.array()?, reader.array()?],
            root_key: reader.array()?,
            sending_chains: reader.list(SendingChain::read)?,
            receiver_chains: reader.list(Numbered::read)?,
            skipped_message_keys: reader.list(Numbered::read)?,
            logged: (version == LOGGING_VERSION).then(|| reader.u32()).transpose()?,
        })
    }

    fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_u32(&mut out, self.version);
        out.push(self.has_received_message);
        out.extend(self.keys.concat());
        out.extend(self.root_key);
        put_count(&mut out, &self.sending_chains);
        self.sending_chains.iter().for_each(|chain| chain.write(&mut out));
        for list in [&self.receiver_chains, &self.skipped_message_keys] {
            put_count(&mut out, list);
            list.iter().for_each(|item| item.write(&mut out));
        }
        self.logged.into_iter().for_each(|logged| put_u32(&mut out, logged));
        out
    }

    fn check(&self) -> Result<(), String> {
        if self.sending_chains.len() > 1
            || self.receiver_chains.len() > RECEIVER_CHAINS
            || self.skipped_message_keys.len() > SKIPPED_MESSAGE_KEYS
        {
            return Err("an over-full list".into());
        }
        if self.sending_chains.is_empty() && self.receiver_chains.is_empty() {
            return Err("no chain".into());
        }
        if self.has_duplicates() {
            return Err("two of the same".into());
        }
        if self.skipped_message_keys.iter().any(|skipped| self.is_ahead(skipped)) {
            return Err("a skipped message key ahead of its chain".into());
        }
        self.sending_chains.iter().try_for_each(|chain| chain.ratchet_key.check())
    }

    fn output(&self) -> Value {
        let oldest_first = self.skipped_message_keys.iter().rev();
        let skipped_message_keys: Vec<_> = oldest_first.map(Numbered::output).collect();
        let receiver_chains: Vec<_> = self.receiver_chains.iter().map(Numbered::output).collect();
        json!({
            "session_id_base64": vodozemac::base64_encode(sha256(&self.keys.concat())),
            "version": 3,
            "has_received_message": self.has_received_message != 0,
            "root_key": hex(self.root_key),
            "sending": self.sending(),
            "receiver_chains": receiver_chains,
            "skipped_message_keys": skipped_message_keys,
        })
    }

    fn by_libolm(pickle: &str, key: &[u8]) -> Result<String, libolm::Error> {
        libolm::Session::unpickle(pickle, key)?.pickle(key)
    }
}

/// Two sessions of libolm that talk to each other.
struct Pair {
    ours: libolm::Session,
    theirs: libolm::Session,
    random: Drawn,
}

type Message = (usize, String);

impl Pair {
    /// We have written the first message; they have made a session of it and not read it yet.
    fn new(label: &str) -> (Self, Message) {
        let mut random = drawn(label);
        let [us, mut them] = [(); 2].map(|()| libolm::Account::create(&mut random).unwrap());
        them.generate_one_time_keys(1, &mut random).unwrap();
        let (_, one_time_key) = them.one_time_keys().unwrap().pop().unwrap();
        let identity_key = them.identity_keys().unwrap().curve25519;
        let mut ours = us.create_outbound_session(&identity_key, &one_time_key, &mut random).unwrap();
        let first = ours.encrypt(b"first", &mut random).unwrap();
        let theirs = them.create_inbound_session(&first.1).unwrap();
        (Self { ours, theirs, random }, first)
    }

    /// They have read the first message.
    fn begun(label: &str) -> Self {
        let (mut pair, (message_type, body)) = Self::new(label);
        pair.theirs.decrypt(message_type, &body).unwrap();
        pair
    }

    /// So many messages to us that do not arrive, and one that does. Returns the missing ones.
    fn send_us(&mut self, missing: usize) -> Vec<Message> {
        let mut messages: Vec<_> =
            (0..=missing).map(|_| self.theirs.encrypt(b"to us", &mut self.random).unwrap()).collect();
        let (message_type, body) = messages.pop().unwrap();
        self.ours.decrypt(message_type, &body).unwrap();
        messages
    }

    /// A message to them, so that their next one begins a new chain.
    fn send_them(&mut self) {
        let (message_type, body) = self.ours.encrypt(b"to them", &mut self.random).unwrap();
        self.theirs.decrypt(message_type, &body).unwrap();
    }

    /// So many turns, in each of which so many messages to us do not arrive.
    fn turn(&mut self, turns: usize, missing: usize) {
        for _ in 0..turns {
            self.send_us(missing);
            self.send_them();
        }
    }
}

pub(crate) fn vectors() -> Vectors {
    let mut recorder = Recorder::new::<Session>();
    accept_first_steps(&mut recorder);
    accept_conversations(&mut recorder);
    accept_skipped(&mut recorder);
    accept_unusual(&mut recorder);
    reject(&mut recorder);
    recorder.finish::<Session>()
}

fn accept_first_steps(recorder: &mut Recorder) {
    let mut write = |name: &str, session: &libolm::Session, key: &[u8]| {
        recorder.accept::<Session>(name, &session.pickle(key).unwrap(), key);
    };
    let (mut pair, (message_type, body)) = Pair::new("first steps");
    write("outbound: a message sent, none received, under the empty key", &pair.ours, b"");
    write("inbound: made, nothing read, under a short key", &pair.theirs, b"k");
    pair.theirs.decrypt(message_type, &body).unwrap();
    write("inbound: the first message read, under a long key", &pair.theirs, LONG_KEY);
    (0..300).for_each(|_| drop(pair.ours.encrypt(b"more", &mut pair.random).unwrap()));
    write("outbound: 301 messages sent, none received", &pair.ours, KEY);
    pair.send_us(0);
    write("inbound: answered", &pair.theirs, KEY);
    write("outbound: the answer read, nothing sent since", &pair.ours, KEY);
}

fn accept_conversations(recorder: &mut Recorder) {
    let mut write = |name: &str, session: &libolm::Session| {
        recorder.accept::<Session>(name, &session.pickle(KEY).unwrap(), KEY);
    };
    let mut pair = Pair::begun("conversation");
    pair.turn(3, 0);
    write("three turns, a sending chain", &pair.ours);
    write("three turns, a chain to be answered", &pair.theirs);
    pair.turn(2, 0);
    pair.send_us(0);
    write("six turns, of which the first receiver chain is gone", &pair.ours);
}

fn accept_skipped(recorder: &mut Recorder) {
    let mut write = |name: &str, pair: &Pair| {
        recorder.accept::<Session>(name, &pair.ours.pickle(KEY).unwrap(), KEY);
    };
    let mut pair = Pair::begun("one skipped");
    pair.send_us(1);
    write("a skipped message key", &pair);
    let mut pair = Pair::begun("47 skipped");
    let late = pair.send_us(47);
    write("47 skipped messages, of which libolm keeps 40 keys", &pair);
    pair.ours.decrypt(late[20].0, &late[20].1).unwrap();
    write("one of them has arrived", &pair);
    let mut pair = Pair::begun("five chains");
    pair.turn(5, 3);
    write("five receiver chains, each with three skipped message keys", &pair);
    pair.turn(2, 1);
    write("seven turns: the six oldest skipped message keys are of chains that are gone", &pair);
}

/// A session with two receiver chains, four skipped message keys and a sending chain.
fn usual() -> Session {
    let mut pair = Pair::begun("usual");
    pair.turn(2, 2);
    taken_apart(&pair.ours.pickle(KEY).unwrap(), KEY)
}

fn accept_unusual(recorder: &mut Recorder) {
    let session = usual();
    let logging = Session { version: LOGGING_VERSION, logged: Some(0xfeed_f00d), ..session.clone() };
    recorder.accept_layout("version 0x80000001, with an integer that nothing reads", &logging);
    let odd_flag = Session { has_received_message: 7, ..session.clone() };
    recorder.accept_layout("a flag that is neither 0 nor 1 is set", &odd_flag);
    let mut last = session.clone();
    last.sending_chains[0].index = u32::MAX;
    last.receiver_chains[0].index = u32::MAX;
    recorder.accept_layout("chains at the last index there is", &last);
    let mut shuffled = session;
    shuffled.skipped_message_keys.swap(0, 3);
    recorder.accept_layout("skipped message keys keep the order that they have", &shuffled);
}

fn reject(recorder: &mut Recorder) {
    let session = usual();
    recorder.reject_damaged::<Session>(&session.write());
    let logging = Session { version: LOGGING_VERSION, ..session.clone() };
    recorder.reject_layout("version 0x80000001 without its last integer", &logging);
    recorder.reject_layout("version 1 with an integer more", &Session { logged: Some(1), ..session.clone() });
    reject_lists(recorder, &session);

    let mut changed = session.clone();
    changed.sending_chains[0].ratchet_key.public = session.receiver_chains[0].ratchet_key;
    recorder.reject_layout("a ratchet key whose secret key is another's", &changed);
    let mut changed = session.clone();
    changed.skipped_message_keys[0].index = session.receiver_chains[0].index;
    recorder.reject_layout("a skipped message key ahead of its chain", &changed);
}

fn reject_lists(recorder: &mut Recorder, session: &Session) {
    let mut changed = session.clone();
    changed.sending_chains.push(session.sending_chains[0].clone());
    recorder.reject_layout("two sending chains", &changed);
    let mut changed = session.clone();
    let chain = &session.receiver_chains[0];
    changed.receiver_chains = (0..6).map(|byte| Numbered { ratchet_key: [byte; 32], ..*chain }).collect();
    recorder.reject_layout("six receiver chains", &changed);
    let mut changed = session.clone();
    let skipped = Numbered { ratchet_key: [9; 32], ..session.skipped_message_keys[0] };
    changed.skipped_message_keys = (0..41).map(|index| Numbered { index, ..skipped }).collect();
    recorder.reject_layout("41 skipped message keys", &changed);
    let mut changed = session.clone();
    changed.receiver_chains[0].ratchet_key = session.receiver_chains[1].ratchet_key;
    recorder.reject_layout("two receiver chains with one ratchet key", &changed);
    let mut changed = session.clone();
    changed.skipped_message_keys[0].index = session.skipped_message_keys[1].index;
    recorder.reject_layout("two keys for one message", &changed);
    let none = Session { sending_chains: Vec::new(), receiver_chains: Vec::new(), ..session.clone() };
    recorder.reject_layout("no chain at all", &none);
    let none = Session { skipped_message_keys: Vec::new(), ..none };
    recorder.reject_layout("no chain at all, nor skipped message keys", &none);
    let mut counted = session.write();
    counted[133..137].copy_from_slice(&u32::MAX.to_be_bytes());
    recorder.reject_plaintext::<Session>("a count of 2^32 - 1 sending chains", &counted);
}

//! Native pickles of format version 1, written field by field, so that a field can be wrong.

use std::{format, string::String, vec::Vec};

use crate::{
    encoding::{MessageVersion, varint},
    keys::{KeyPairSnapshot, SigningKeySnapshot, SigningSecretKey},
    megolm::{InboundGroupSession, OutboundGroupSession, Provenance, RatchetSnapshot},
    olm::{Account, Limits, OneTimeKeySnapshot, SendingSnapshot, Session, SessionKeys},
    primitives::cbc_hmac::{self, MessageSecret},
};

/// The fields of a body by their names.
#[derive(Clone, Default)]
pub(super) struct Body(Vec<(String, Vec<u8>)>);

impl Body {
    /// Every byte.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|(_, bytes)| bytes.clone()).collect()
    }

    /// The bytes of the fields whose names begin so.
    pub(super) fn part(&self, names: &str) -> Vec<u8> {
        let part = self.0.iter().filter(|(name, _)| name.starts_with(names));
        part.flat_map(|(_, bytes)| bytes.clone()).collect()
    }

    /// The same body with other bytes in one field.
    pub(super) fn with(&self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let mut body = self.clone();
        let field = body.0.iter_mut().find(|(other, _)| other == name);
        field.unwrap_or_else(|| panic!("no field is {name}")).1 = bytes.as_ref().to_vec();
        body
    }

    /// The same body with another number in one field.
    pub(super) fn with_number(&self, name: &str, number: u64) -> Self {
        self.with(name, number_bytes(number))
    }

    fn put(&mut self, name: &str, bytes: impl AsRef<[u8]>) {
        self.0.push((name.into(), bytes.as_ref().to_vec()));
    }

    fn put_number(&mut self, name: &str, number: impl Into<u64>) {
        self.put(name, number_bytes(number.into()));
    }

    fn put_count<T>(&mut self, name: &str, items: &[T]) {
        self.put_number(&format!("count of {name}"), u64::try_from(items.len()).unwrap());
    }

    fn put_key_pair(&mut self, name: &str, key_pair: &KeyPairSnapshot<'_>) {
        self.put(&format!("{name}, secret"), key_pair.secret_key);
        self.put(&format!("{name}, public"), key_pair.public_key.unwrap().as_bytes());
    }

    fn put_signing_key(&mut self, signing_key: &SigningKeySnapshot<'_>) {
        let (form, secret_key) = match signing_key.secret_key {
            SigningSecretKey::Seed(seed) => (0, &seed[..]),
            SigningSecretKey::Expanded(expanded) => (1, &expanded[..]),
        };
        self.put("form of the signing key", [form]);
        self.put("signing key, secret", secret_key);
        self.put("signing key, public", signing_key.public_key.unwrap());
    }

    fn put_one_time_keys(&mut self, name: &str, keys: &[OneTimeKeySnapshot<'_>]) {
        self.put_count(name, keys);
        for (position, key) in keys.iter().enumerate() {
            let name = format!("{name} {position}");
            self.put_number(&format!("{name}, id"), key.key_id.as_u64());
            self.put(&format!("{name}, published"), [u8::from(key.published)]);
            self.put_key_pair(&name, &key.key_pair);
        }
    }

    fn put_ratchet(&mut self, ratchet: &RatchetSnapshot<'_>) {
        self.put("ratchet", ratchet.parts);
        self.put_number("message index", ratchet.index);
    }
}

pub(super) fn number_bytes(number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    varint::put(&mut bytes, number);
    bytes
}

pub(super) fn account(account: &Account) -> Body {
    let (mut body, snapshot) = (Body::default(), account.snapshot());
    body.put_signing_key(&snapshot.signing_key);
    body.put_key_pair("identity key", &snapshot.identity_key);
    body.put_number("last key id", snapshot.last_key_id.as_u64());
    body.put_number("limit of one-time keys", snapshot.one_time_key_limit);
    body.put_one_time_keys("one-time key", &snapshot.one_time_keys);
    body.put_one_time_keys("fallback key", &snapshot.fallback_keys);
    body
}

pub(super) fn session(session: &Session) -> Body {
    let (mut body, snapshot) = (Body::default(), session.snapshot());
    body.put("version", [version(snapshot.version)]);
    for (name, limit) in limits(&snapshot.limits) {
        body.put_number(name, limit);
    }
    body.put("has received a message", [u8::from(snapshot.has_received_message)]);
    let SessionKeys { identity_key, base_key, one_time_key } = snapshot.session_keys;
    body.put("session keys", [identity_key, base_key, one_time_key].map(|key| *key.as_bytes()).concat());
    let ratchet = snapshot.ratchet;
    body.put("root key", ratchet.root_key);
    put_sending(&mut body, &ratchet.sending);
    body.put_count("receiver chain", &ratchet.receiver_chains);
    for (position, chain) in ratchet.receiver_chains.iter().enumerate() {
        body.put(&format!("receiver chain {position}, ratchet key"), chain.ratchet_key.as_bytes());
        body.put(&format!("receiver chain {position}, key"), chain.chain_key);
        body.put_number(&format!("receiver chain {position}, index"), chain.chain_index);
        body.put_number(&format!("receiver chain {position}, evicted below"), chain.evicted_below);
    }
    body.put_count("skipped message key", &ratchet.skipped_message_keys);
    for (position, key) in ratchet.skipped_message_keys.iter().enumerate() {
        let mut chains = (1_u64..).zip(&ratchet.receiver_chains);
        let place =
            chains.find(|(_, chain)| chain.ratchet_key == key.ratchet_key).map_or(0, |(place, _)| place);
        body.put_number(&format!("skipped message key {position}, place"), place);
        let of_dropped = if place == 0 { &key.ratchet_key.as_bytes()[..] } else { &[] };
        body.put(&format!("skipped message key {position}, ratchet key"), of_dropped);
        body.put_number(&format!("skipped message key {position}, index"), key.chain_index);
        body.put(&format!("skipped message key {position}, key"), key.message_key);
    }
    body
}

fn limits(limits: &Limits) -> [(&'static str, u32); 4] {
    [
        ("limit of skipped keys of a chain", limits.skipped_keys_per_chain()),
        ("limit of skipped keys", limits.skipped_keys()),
        ("limit of receiver chains", limits.receiver_chains()),
        ("limit of the message gap", limits.message_gap()),
    ]
}

fn put_sending(body: &mut Body, sending: &SendingSnapshot<'_>) {
    match sending {
        SendingSnapshot::Active { ratchet_key, chain_key, chain_index } => {
            body.put("form of sending", [1]);
            body.put_key_pair("ratchet key", ratchet_key);
            body.put("sending chain key", chain_key);
            body.put_number("sending chain index", *chain_index);
        }
        SendingSnapshot::Inactive => body.put("form of sending", [0]),
    }
}

pub(super) fn outbound_group_session(session: &OutboundGroupSession) -> Body {
    let (mut body, snapshot) = (Body::default(), session.snapshot());
    body.put("version", [version(snapshot.version)]);
    body.put_ratchet(&snapshot.ratchet);
    body.put_signing_key(&snapshot.signing_key);
    body
}

pub(super) fn inbound_group_session(session: &InboundGroupSession) -> Body {
    let (mut body, snapshot) = (Body::default(), session.snapshot());
    body.put("version", [version(snapshot.version)]);
    body.put_ratchet(&snapshot.ratchet);
    body.put("signing key", snapshot.signing_key.as_bytes());
    let (form, from) = match snapshot.provenance {
        Provenance::Imported => (0, Vec::new()),
        Provenance::Shared { from } => (1, number_bytes(from.into())),
        Provenance::Legacy { flag } => (2 + u8::from(flag), Vec::new()),
    };
    body.put("provenance", [form]);
    body.put("shared from", from);
    let guard = &snapshot.replay_guard;
    body.put_number("capacity of the replay guard", u64::try_from(guard.capacity()).unwrap());
    let seen: Vec<_> = guard.entries().collect();
    body.put_count("seen", &seen);
    let mut least = 0;
    for (position, (index, event)) in seen.into_iter().enumerate() {
        body.put_number(&format!("seen {position}, step"), index - least);
        body.put(&format!("seen {position}, event"), event);
        least = index + 1;
    }
    body
}

fn version(version: MessageVersion) -> u8 {
    match version {
        MessageVersion::V1 => 3,
        MessageVersion::V2 => 4,
    }
}

pub(super) fn header(form: u8, kind: u8) -> Vec<u8> {
    [b"cliquet", &[form, 1, kind][..]].concat()
}

/// A sealed pickle of any body, under any header.
pub(super) fn seal(header: &[u8], body: &[u8], key: &[u8; 32], context: &str, salt: &[u8; 32]) -> Vec<u8> {
    let mut bytes = [header, salt, body].concat();
    let context_length = u64::try_from(context.len()).unwrap().to_be_bytes();
    let context: [&[u8]; 2] = [context.as_bytes(), &context_length];
    let secret = MessageSecret::new(key, header).with_salt_and_context(salt, &context);
    cbc_hmac::seal(&secret, &mut bytes, 0, header.len() + salt.len(), 32);
    bytes
}

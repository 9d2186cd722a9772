use cliquet_interop::libolm;
use serde_json::{Value, json};

use super::{KEY, KeyPair, LONG_KEY, Layout, Recorder, SigningKey, put_count, put_u32, taken_apart};
use crate::{
    bytes::{Reader, drawn, hex},
    keys,
    vectors::Vectors,
};

const ONE_TIME_KEYS: usize = 100;

#[derive(Clone)]
struct Account {
    version: u32,
    signing_key: SigningKey,
    identity_key: KeyPair,
    /// Newest first.
    one_time_keys: Vec<Key>,
    /// As many as there are bytes of, the current one first; in version 3, always two.
    fallback_keys: Vec<Key>,
    last_key_id: u32,
}

#[derive(Clone)]
struct Key {
    id: u32,
    published: u8,
    key_pair: KeyPair,
}

impl Key {
    /// What version 3 has in a slot without a key.
    const EMPTY: Self = Self { id: 0, published: 0, key_pair: KeyPair { public: [0; 32], secret: [0; 32] } };

    fn read(reader: &mut Reader<'_>) -> Result<Self, String> {
        Ok(Self { id: reader.u32()?, published: reader.u8()?, key_pair: KeyPair::read(reader)? })
    }

    fn write(&self, out: &mut Vec<u8>) {
        put_u32(out, self.id);
        out.push(self.published);
        self.key_pair.write(out);
    }

    fn output(&self) -> Value {
        json!([self.id, hex(self.key_pair.public), self.published != 0])
    }
}

impl Account {
    /// The fallback keys that count.
    fn filled(&self) -> Vec<&Key> {
        let in_use = |key: &&Key| self.version != 3 || key.published != 0;
        self.fallback_keys.iter().take_while(in_use).collect()
    }

    fn greatest_id(&self) -> u32 {
        let keys = self.one_time_keys.iter().chain(self.filled());
        keys.map(|key| key.id).fold(self.last_key_id, u32::max)
    }

    /// The same with a version and fallback keys of that version.
    fn of_version(&self, version: u32, fallback_keys: &[&Key]) -> Self {
        let fallback_keys = fallback_keys.iter().copied().cloned().collect();
        Self { version, fallback_keys, ..self.clone() }
    }
}

impl Layout for Account {
    const KIND: &'static str = "libolm-account";

    fn read(reader: &mut Reader<'_>) -> Result<Self, String> {
        let version = reader.u32()?;
        if ![2, 3, 4].contains(&version) {
            return Err(format!("version {version}"));
        }
        let (signing_key, identity_key) = (SigningKey::read(reader)?, KeyPair::read(reader)?);
        let one_time_keys = reader.list(Key::read)?;
        let count = match version {
            2 => 0,
            3 => 2,
            _ => reader.u8()?,
        };
        let fallback_keys = (0..count).map(|_| Key::read(reader)).collect::<Result<_, _>>()?;
        let last_key_id = reader.u32()?;
        Ok(Self { version, signing_key, identity_key, one_time_keys, fallback_keys, last_key_id })
    }

    fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_u32(&mut out, self.version);
        self.signing_key.write(&mut out);
        self.identity_key.write(&mut out);
        put_count(&mut out, &self.one_time_keys);
        self.one_time_keys.iter().for_each(|key| key.write(&mut out));
        if self.version == 4 {
            out.push(self.fallback_keys.len().try_into().unwrap());
        }
        self.fallback_keys.iter().for_each(|key| key.write(&mut out));
        put_u32(&mut out, self.last_key_id);
        out
    }

    fn check(&self) -> Result<(), String> {
        if self.one_time_keys.len() > ONE_TIME_KEYS || self.fallback_keys.len() > 2 {
            return Err("too many keys".into());
        }
        self.signing_key.check()?;
        self.identity_key.check()
    }

    fn output(&self) -> Value {
        let one_time_keys: Vec<_> = self.one_time_keys.iter().rev().map(Key::output).collect();
        let fallback_keys: Vec<_> = self.filled().into_iter().map(Key::output).collect();
        json!({
            "ed25519": hex(self.signing_key.public),
            "expanded": hex(keys::clamped(self.signing_key.expanded)),
            "curve25519": hex(self.identity_key.public),
            "curve25519_secret": hex(self.identity_key.secret),
            "one_time_keys": one_time_keys,
            "fallback_keys": fallback_keys,
            "last_key_id": self.greatest_id(),
        })
    }

    fn by_libolm(pickle: &str, key: &[u8]) -> Result<String, libolm::Error> {
        libolm::Account::unpickle(pickle, key)?.pickle(key)
    }

    fn is_written_again(&self) -> bool {
        // libolm would give the id 0 after the last one.
        let has_next_id = self.last_key_id != u32::MAX;
        self.signing_key.is_clamped() && self.greatest_id() == self.last_key_id && has_next_id
    }
}

pub(crate) fn vectors() -> Vectors {
    let mut recorder = Recorder::new::<Account>();
    accept_written(&mut recorder);
    accept_older_versions(&mut recorder);
    accept_unusual(&mut recorder);
    reject(&mut recorder);
    recorder.finish::<Account>()
}

/// An account that has made so many one-time keys, published them, made so many more, and then so many fallback keys.
fn account(label: &str, published: usize, unpublished: usize, fallback: usize) -> libolm::Account {
    let mut random = drawn(label);
    let mut account = libolm::Account::create(&mut random).unwrap();
    account.generate_one_time_keys(published, &mut random).unwrap();
    account.mark_keys_as_published().unwrap();
    account.generate_one_time_keys(unpublished, &mut random).unwrap();
    for _ in 0..fallback {
        account.generate_fallback_key(&mut random).unwrap();
    }
    account
}

fn layout(label: &str, published: usize, unpublished: usize, fallback: usize) -> Account {
    taken_apart(&account(label, published, unpublished, fallback).pickle(KEY).unwrap(), KEY)
}

/// libolm's own, from seq(0,64) and seq(64,96) under `DEFAULT_KEY`, written through its Python binding.
const CONSTANT: &str = include_str!("../given/libolm-account.txt");

fn accept_written(recorder: &mut Recorder) {
    recorder.accept::<Account>("constant: three one-time keys", CONSTANT.trim_end(), b"DEFAULT_KEY");
    let mut write = |name: &str, account: &libolm::Account, key: &[u8]| {
        recorder.accept::<Account>(name, &account.pickle(key).unwrap(), key);
    };
    write("new, under the empty key", &account("new", 0, 0, 0), b"");
    write("a one-time key, under a short key", &account("one", 0, 1, 0), b"k");
    write("a published one-time key, under a long key", &account("published", 1, 0, 0), LONG_KEY);
    write("two published one-time keys, three more, a fallback key", &account("mixed", 2, 3, 1), KEY);
    write("two fallback keys", &account("two", 0, 0, 2), KEY);
    write("the third fallback key, of which the first is gone", &account("three", 0, 1, 3), KEY);
    let full = account("full", 63, 40, 2);
    write(
        "103 one-time keys, of which libolm keeps 100, 60 of them published, two fallback keys",
        &full,
        KEY,
    );

    let mut published = account("published fallback", 0, 1, 1);
    published.mark_keys_as_published().unwrap();
    write("a published fallback key", &published, KEY);
    published.generate_fallback_key(&mut drawn("rotated")).unwrap();
    write("a published fallback key and a newer one", &published, KEY);
    published.forget_old_fallback_key();
    write("the older fallback key forgotten", &published, KEY);

    let mut used = account("used", 3, 0, 0);
    use_second_key(&mut used);
    write("the second of three one-time keys used up", &used, KEY);
}

/// Lets another account start a session with the one-time key that is neither the oldest nor the newest.
fn use_second_key(account: &mut libolm::Account) {
    let all: Account = taken_apart(&account.pickle(KEY).unwrap(), KEY);
    let one_time_key = vodozemac::base64_encode(all.one_time_keys[1].key_pair.public);
    let mut random = drawn("the other account");
    let other = libolm::Account::create(&mut random).unwrap();
    let identity_key = account.identity_keys().unwrap().curve25519;
    let mut theirs = other.create_outbound_session(&identity_key, &one_time_key, &mut random).unwrap();
    let (_, message) = theirs.encrypt(b"first", &mut random).unwrap();
    let session = account.create_inbound_session(&message).unwrap();
    account.remove_one_time_keys(&session).unwrap();
}

fn accept_older_versions(recorder: &mut Recorder) {
    let account = layout("older", 1, 1, 0);
    let version_2 = account.of_version(2, &[]);
    recorder.accept_layout("version 2: two one-time keys", &version_2);
    recorder
        .accept_layout("version 2: no one-time keys", &Account { one_time_keys: Vec::new(), ..version_2 });

    let mut keys = layout("older, two fallback keys", 1, 0, 2).fallback_keys;
    keys.iter_mut().for_each(|key| key.published = 1);
    let [current, previous, empty] = [&keys[0], &keys[1], &Key::EMPTY];
    let unpublished = &Key { published: 0, ..current.clone() };
    for (name, slots) in [
        ("version 3: both slots empty", [empty, empty]),
        ("version 3: the first slot filled", [current, empty]),
        ("version 3: both slots filled", [current, previous]),
        ("version 3: an unpublished key in a slot does not count", [unpublished, empty]),
        ("version 3: nor does a key behind it", [unpublished, previous]),
    ] {
        let mut account = account.of_version(3, &slots);
        account.last_key_id = 7;
        recorder.accept_layout(name, &account);
    }
}

fn accept_unusual(recorder: &mut Recorder) {
    let account = layout("unusual", 1, 2, 1);
    let mut unclamped = account.clone();
    unclamped.signing_key.unclamp();
    recorder.accept_layout("an Ed25519 key that was not clamped", &unclamped);
    let mut odd_flags = account.clone();
    odd_flags.one_time_keys[0].published = 0x80;
    odd_flags.fallback_keys[0].published = 2;
    recorder.accept_layout("flags that are neither 0 nor 1 are set", &odd_flags);
    let behind = Account { last_key_id: 1, ..account.clone() };
    recorder.accept_layout("a last key id below that of a key: the greatest counts", &behind);
    recorder.accept_layout("the last key id there is", &Account { last_key_id: u32::MAX, ..account });
}

fn reject(recorder: &mut Recorder) {
    let account = layout("rejected", 1, 1, 1);
    recorder.reject_damaged::<Account>(&account.write());
    reject_version_1(recorder, &account);
    let fallback_key = &account.fallback_keys[0];

    let mut overfull = layout("rejected, full", 100, 0, 0);
    overfull.one_time_keys.insert(0, account.one_time_keys[0].clone());
    recorder.reject_layout("101 one-time keys", &overfull);
    recorder.reject_layout("three fallback keys", &account.of_version(4, &[fallback_key; 3]));
    let mut counted = account.write();
    counted[164..168].copy_from_slice(&u32::MAX.to_be_bytes());
    recorder.reject_plaintext::<Account>("a count of 2^32 - 1 one-time keys", &counted);
    recorder.reject_layout("version 3 with one slot", &account.of_version(3, &[fallback_key]));
    recorder.reject_layout("version 2 with a fallback key", &account.of_version(2, &[fallback_key]));

    let other = layout("rejected, other", 0, 0, 0);
    let mut mismatched = account.clone();
    mismatched.signing_key.public = other.signing_key.public;
    recorder.reject_layout("an Ed25519 public key of another secret key", &mismatched);
    mismatched.signing_key.public = keys::NO_POINT;
    recorder.reject_layout("an Ed25519 public key that is no point", &mismatched);
    let mut mismatched = account.clone();
    mismatched.identity_key.public = other.identity_key.public;
    recorder.reject_layout("a Curve25519 identity key of another secret key", &mismatched);
    let mut high_bit = account;
    high_bit.identity_key.public[31] |= 0x80;
    recorder.reject_layout("a Curve25519 identity key with its highest bit set", &high_bit);
}

/// Version 1 has 32 bytes of the Ed25519 secret key.
fn reject_version_1(recorder: &mut Recorder, account: &Account) {
    let version_2 = account.of_version(2, &[]).write();
    let version_1 = [&1_u32.to_be_bytes()[..], &version_2[4..68], &version_2[100..]].concat();
    recorder.reject_plaintext::<Account>("version 1", &version_1);
    let pretended = [&1_u32.to_be_bytes()[..], &version_2[4..]].concat();
    recorder.reject_plaintext::<Account>("version 1 with the keys of version 2", &pretended);
}

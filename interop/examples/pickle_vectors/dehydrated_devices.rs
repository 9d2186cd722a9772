//! Dehydrated devices (MSC3814), as vodozemac writes them.

use serde_json::{Value, json};
use vodozemac::{base64_encode, olm::Account};

use super::{
    bytes::{Reader, counting, hex},
    chacha20poly1305, keys,
    vectors::{Provenance, Vectors},
};

const PEER: &str = "vodozemac 0.11.1";
const KIND: &str = "dehydrated-device";
const NONCE: [u8; 12] = *b"twelve bytes";
const KEY: &[u8; 32] = b"thirty-two bytes of a device key";

/// A plaintext, taken apart.
#[derive(Clone)]
struct Device {
    version: u32,
    identity_key: [u8; 32],
    seed: [u8; 32],
    one_time_keys: Vec<[u8; 32]>,
    has_fallback_key: u8,
    fallback_key: Option<[u8; 32]>,
}

impl Device {
    fn read(plaintext: &[u8]) -> Result<Self, String> {
        let mut reader = Reader::new(plaintext);
        let version = reader.u32()?;
        if version != 1 {
            return Err(format!("version {version}"));
        }
        let (identity_key, seed) = (reader.array()?, reader.array()?);
        let one_time_keys = reader.list(Reader::array)?;
        let has_fallback_key = reader.u8()?;
        let fallback_key = match has_fallback_key {
            0 => None,
            1 => Some(reader.array()?),
            _ => return Err("no flag".into()),
        };
        reader.finish()?;
        Ok(Self { version, identity_key, seed, one_time_keys, has_fallback_key, fallback_key })
    }

    fn write(&self) -> Vec<u8> {
        let mut out = self.version.to_be_bytes().to_vec();
        out.extend(self.identity_key);
        out.extend(self.seed);
        out.extend(u32::try_from(self.one_time_keys.len()).unwrap().to_be_bytes());
        out.extend(self.one_time_keys.concat());
        out.push(self.has_fallback_key);
        out.extend(self.fallback_key.into_iter().flatten());
        out
    }

    /// The format has no ids, and all keys are published: public keys say it all.
    fn output(&self) -> Value {
        let public = |secret: &[u8; 32]| hex(keys::curve25519(secret));
        json!({
            "ed25519": hex(keys::ed25519_of_seed(&self.seed)),
            "seed": hex(self.seed),
            "curve25519": public(&self.identity_key),
            "curve25519_secret": hex(self.identity_key),
            "one_time_public_keys": self.one_time_keys.iter().map(public).collect::<Vec<_>>(),
            "fallback_public_key": self.fallback_key.as_ref().map(public),
        })
    }
}

fn input(ciphertext: &str, nonce: &str, key: &[u8; 32]) -> Value {
    json!({ "ciphertext_base64": ciphertext, "nonce_base64": nonce, "key": hex(key) })
}

fn sealed(plaintext: &[u8], nonce: &[u8; 12], key: &[u8; 32]) -> String {
    base64_encode(chacha20poly1305::seal(key, nonce, plaintext))
}

pub(crate) fn vectors() -> Vectors {
    let text = "Values named `vodozemac` were written by vodozemac 0.11.1, with randomness of the system: frozen, not to be made again; \
        they say what vodozemac's JSON of the same account says. `constant` comes from an independent Python implementation that was \
        compared with vodozemac. The others were written by interop/examples/pickle_vectors/, which shares no code with this crate; every \
        accepted one was read by vodozemac.";
    let mut vectors = Vectors::new(KIND, Provenance { peer: PEER, text });
    accept_written(&mut vectors);
    accept_made(&mut vectors);
    reject_damaged(&mut vectors);
    reject_plaintexts(&mut vectors);
    vectors
}

fn accept_written(vectors: &mut Vectors) {
    for (name, one_time_keys, fallback_keys) in [
        ("vodozemac: no keys", 0, 0),
        ("vodozemac: a one-time key", 1, 0),
        ("vodozemac: 50 one-time keys and a fallback key", 50, 1),
        ("vodozemac: two fallback keys, of which the format takes the current one", 2, 2),
    ] {
        let mut account = Account::new();
        account.generate_one_time_keys(one_time_keys);
        for _ in 0..fallback_keys {
            account.generate_fallback_key();
        }
        let device = account.to_dehydrated_device(KEY).unwrap();
        vectors.accept(name, input(&device.ciphertext, &device.nonce, KEY), of_account(&account).output());
    }
}

/// What the JSON of an account says.
fn of_account(account: &Account) -> Device {
    let fields = serde_json::to_value(account.pickle()).unwrap();
    let bytes = |value: &Value| serde_json::from_value(value.clone()).unwrap();
    let keys = &fields["one_time_keys"]["private_keys"];
    let ids = 0..keys.as_object().unwrap().len();
    let fallback_key = &fields["fallback_keys"]["fallback_key"];
    Device {
        version: 1,
        identity_key: bytes(&fields["diffie_hellman_key"]),
        seed: bytes(&fields["signing_key"]["Normal"]),
        one_time_keys: ids.map(|id| bytes(&keys[id.to_string()])).collect(),
        has_fallback_key: u8::from(!fallback_key.is_null()),
        fallback_key: (!fallback_key.is_null()).then(|| bytes(&fallback_key["key"])),
    }
}

/// Of an independent Python implementation: key seq(0,32), nonce seq(0,12).
const CONSTANT: &str = "ifsIASkWp0Ozhjn0kBQEaMV9vOhBZb+q8oI50m3ZvCfwnTLsxj+TuxMXUP9NvaUIUqmHW80Ziqgmje8wqHak7UVFgvLlFCzohFcP/1w5mraSlw15\
Iye+cV4Gol2MKFToFYc2qKuEeauwO5LVwfXS5o4HP1LiMS2WIB1FrQpLyjDWHrrH0k+iEjadUNrTrYr7qZhvrtGc+Y95";

fn constant() -> Device {
    Device {
        version: 1,
        identity_key: counting(0),
        seed: counting(32),
        one_time_keys: vec![counting(64)],
        has_fallback_key: 1,
        fallback_key: Some(counting(96)),
    }
}

fn accept_made(vectors: &mut Vectors) {
    let (key, nonce) = (counting(0), counting(0));
    assert_eq!(sealed(&constant().write(), &nonce, &key), CONSTANT);
    vectors.accept("constant", input(CONSTANT, &base64_encode(nonce), &key), constant().output());

    let no_keys = Device { one_time_keys: Vec::new(), has_fallback_key: 0, fallback_key: None, ..constant() };
    let twice = Device { one_time_keys: vec![counting(64), counting(64), counting(1)], ..constant() };
    for (name, device) in [("no keys", no_keys), ("a one-time key twice, in the order that they have", twice)]
    {
        let ciphertext = sealed(&device.write(), &NONCE, KEY);
        let nonce = base64_encode(NONCE);
        Account::from_dehydrated_device(&ciphertext, &nonce, KEY).unwrap();
        vectors.accept(name, input(&ciphertext, &nonce, KEY), device.output());
    }
}

fn reject_damaged(vectors: &mut Vectors) {
    let (nonce, ciphertext) =
        (base64_encode(NONCE), chacha20poly1305::seal(KEY, &NONCE, &constant().write()));
    let flipped = |position: usize| {
        let mut bytes = ciphertext.clone();
        bytes[position] ^= 0x10;
        bytes
    };
    let (length, whole) = (ciphertext.len(), &ciphertext);
    for (name, ciphertext) in [
        ("a flipped bit in the first byte of the ciphertext", flipped(0)),
        ("a flipped bit in the last byte of the ciphertext", flipped(length - 17)),
        ("a flipped bit in the first byte of the tag", flipped(length - 16)),
        ("a flipped bit in the last byte of the tag", flipped(length - 1)),
        ("without the last byte", whole[..length - 1].to_vec()),
        ("without the tag", whole[..length - 16].to_vec()),
        ("the tag alone", whole[length - 16..].to_vec()),
        ("15 bytes", whole[..15].to_vec()),
        ("empty", Vec::new()),
        ("a byte more", [&whole[..], &[0]].concat()),
    ] {
        vectors.reject(name, input(&base64_encode(ciphertext), &nonce, KEY));
    }
    let ciphertext = base64_encode(whole);
    vectors.reject("the wrong key", input(&ciphertext, &nonce, &[0; 32]));
    for (name, nonce) in [
        ("another nonce", base64_encode([0; 12])),
        ("a nonce of 11 bytes", base64_encode(&NONCE[..11])),
        ("a nonce of 13 bytes", base64_encode([&NONCE[..], &[0]].concat())),
        ("no nonce", String::new()),
        ("a nonce that is not base64", nonce.replacen('d', "!", 1)),
    ] {
        vectors.reject(name, input(&ciphertext, &nonce, KEY));
    }
    vectors.reject(
        "a ciphertext that is not base64",
        input(&ciphertext.replacen(|_| true, "!", 1), &nonce, KEY),
    );
}

fn reject_plaintexts(vectors: &mut Vectors) {
    let mut reject = |name: &str, plaintext: &[u8]| {
        assert!(Device::read(plaintext).is_err(), "{name}: nothing is wrong");
        vectors.reject(name, input(&sealed(plaintext, &NONCE, KEY), &base64_encode(NONCE), KEY));
    };
    let (device, written) = (constant(), constant().write());
    reject("a plaintext of no bytes", &[]);
    reject("a plaintext of the version alone", &written[..4]);
    reject("a plaintext without its last byte", &written[..written.len() - 1]);
    reject("a plaintext with a byte more", &[&written[..], &[0]].concat());
    reject("no fallback key, and its 32 bytes", &Device { has_fallback_key: 0, ..device.clone() }.write());
    reject("a fallback key of no bytes", &Device { fallback_key: None, ..device.clone() }.write());
    let two = Device { has_fallback_key: 2, ..device.clone() };
    reject("a flag of 2 and a key", &two.write());
    reject("a flag of 2 and no key", &Device { fallback_key: None, ..two }.write());
    for version in [0, 2, 0x0100_0000, u32::MAX] {
        reject(&format!("version {version:#x}"), &Device { version, ..device.clone() }.write());
    }
    for count in [2, u32::MAX] {
        let mut counted = written.clone();
        counted[68..72].copy_from_slice(&count.to_be_bytes());
        reject(&format!("a count of {count:#x} where there is one"), &counted);
    }
}

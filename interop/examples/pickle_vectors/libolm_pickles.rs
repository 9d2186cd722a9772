//! What libolm writes: `account`, `session` and `group_sessions` each have the layout of a plaintext, and its vectors.

pub(crate) mod account;
pub(crate) mod group_sessions;
pub(crate) mod session;

use cliquet_interop::libolm;
use serde_json::{Value, json};

use super::{
    bytes::{Reader, hex},
    envelope,
    vectors::{Provenance, Vectors},
};

/// A key of 32 bytes, which most vectors have; the others show that any length will do.
const PEER: &str = "libolm 3.2.16";
const KEY: &[u8] = b"thirty-two bytes of a pickle key";
const LONG_KEY: &[u8] = &[0x5a; 100];

/// A plaintext, taken apart.
trait Layout: Sized {
    const KIND: &'static str;

    /// Reads every field but not the end.
    fn read(reader: &mut Reader<'_>) -> Result<Self, String>;

    fn write(&self) -> Vec<u8>;

    /// Refuses what no account or session is, and what libolm has no room for.
    fn check(&self) -> Result<(), String>;

    /// What it means.
    fn output(&self) -> Value;

    /// What libolm writes after it has read a pickle.
    fn by_libolm(pickle: &str, key: &[u8]) -> Result<String, libolm::Error>;

    /// Whether every reader that forgets nothing but caches writes what libolm writes.
    fn is_written_again(&self) -> bool {
        true
    }
}

fn read<L: Layout>(plaintext: &[u8]) -> Result<L, String> {
    let mut reader = Reader::new(plaintext);
    let layout = L::read(&mut reader)?;
    reader.finish()?;
    layout.check()?;
    Ok(layout)
}

/// The plaintext of a pickle that libolm wrote.
fn taken_apart<L: Layout>(pickle: &str, key: &[u8]) -> L {
    read(&envelope::open(pickle, key)).unwrap()
}

/// The vectors of one layout, and what libolm says to those that are rejected.
struct Recorder {
    vectors: Vectors,
    read_by_libolm: Vec<String>,
}

impl Recorder {
    fn new<L: Layout>() -> Self {
        let text = "Written by libolm 3.2.16, with randomness from SHA-256 of labels; what libolm no longer writes (older versions, \
            unusual fields) and what is rejected was made from that by changing the plaintext. Every accepted pickle was read by libolm, \
            which then wrote the same text (`is_written_again`) or another one (`pickle_base64`). The other outputs come from a reader of the plaintext in \
            interop/examples/pickle_vectors/, which shares no code with this crate.";
        Self { vectors: Vectors::new(L::KIND, Provenance { peer: PEER, text }), read_by_libolm: Vec::new() }
    }

    fn accept<L: Layout>(&mut self, name: &str, pickle: &str, key: &[u8]) {
        let layout: L = read(&envelope::open(pickle, key)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = L::by_libolm(pickle, key).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut output = layout.output();
        if layout.is_written_again() && again == pickle {
            output["is_written_again"] = true.into();
        } else if layout.is_written_again() {
            output["pickle_base64"] = again.into();
        }
        self.vectors.accept(name, input(pickle, key), output);
    }

    fn accept_layout<L: Layout>(&mut self, name: &str, layout: &L) {
        self.accept::<L>(name, &envelope::seal(&layout.write(), KEY), KEY);
    }

    fn reject_plaintext<L: Layout>(&mut self, name: &str, plaintext: &[u8]) {
        assert!(read::<L>(plaintext).is_err(), "{name}: nothing is wrong");
        let pickle = envelope::seal(plaintext, KEY);
        if L::by_libolm(&pickle, KEY).is_ok() {
            self.read_by_libolm.push(name.to_owned());
        }
        self.vectors.reject(name, input(&pickle, KEY));
    }

    fn reject_layout<L: Layout>(&mut self, name: &str, layout: &L) {
        self.reject_plaintext::<L>(name, &layout.write());
    }

    /// What is wrong with a pickle of any layout.
    fn reject_damaged<L: Layout>(&mut self, plaintext: &[u8]) {
        let pickle = envelope::seal(plaintext, KEY);
        for (name, damaged) in envelope::damaged(&pickle) {
            // libolm reads what is not base64 as if it were.
            let _ = L::by_libolm(&damaged, KEY);
            self.vectors.reject(name, input(&damaged, KEY));
        }
        for (name, key) in [("the wrong key", &b"another pickle key"[..]), ("the empty key", b"")] {
            assert!(L::by_libolm(&pickle, key).is_err());
            self.vectors.reject(name, input(&pickle, key));
        }
        self.reject_plaintext::<L>("a plaintext of no bytes", &[]);
        self.reject_plaintext::<L>("a plaintext without its last byte", &plaintext[..plaintext.len() - 1]);
        self.reject_plaintext::<L>("a plaintext of the version alone", &plaintext[..4]);
        self.reject_plaintext::<L>("a plaintext with a byte more", &[plaintext, &[0]].concat());
        for version in [0_u32, 5, 0x8000_0000, 0x8000_0002, u32::MAX] {
            let name = format!("version {version:#x}");
            self.reject_plaintext::<L>(&name, &[&version.to_be_bytes()[..], &plaintext[4..]].concat());
        }
        let name = "constant: a pickled decryption key, which is no account and no session";
        self.vectors.reject(name, input(DECRYPTION_KEY, b"secret"));
    }

    fn finish<L: Layout>(self) -> Vectors {
        println!("{}: libolm reads what is rejected as: {}", L::KIND, self.read_by_libolm.join("; "));
        self.vectors
    }
}

/// Written by libolm 3.2.16 for another Python program.
const DECRYPTION_KEY: &str = "8qmBwIU85ApOaiq70zlcOSTig7syGYg4czhj60BzeokH/wjzaW+aT3l3JMaQXEaaGawPSiKw46qKjYr0qH4PFZp2lvIMJBRhB7C1wSTWbZfMNiQbpenwkA";

fn input(pickle: &str, key: &[u8]) -> Value {
    json!({ "pickle_base64": pickle, "key": hex(key) })
}

fn put_u32(out: &mut Vec<u8>, value: u32) {
    out.extend(value.to_be_bytes());
}

fn put_count<T>(out: &mut Vec<u8>, items: &[T]) {
    put_u32(out, items.len().try_into().unwrap());
}

/// A Curve25519 key pair, the public key first.
#[derive(Clone, Copy)]
struct KeyPair {
    public: [u8; 32],
    secret: [u8; 32],
}

impl KeyPair {
    fn read(reader: &mut Reader<'_>) -> Result<Self, String> {
        Ok(Self { public: reader.array()?, secret: reader.array()? })
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.public);
        out.extend(self.secret);
    }

    fn check(&self) -> Result<(), String> {
        let belongs = super::keys::curve25519(&self.secret) == self.public;
        if belongs { Ok(()) } else { Err("the Curve25519 keys do not belong together".into()) }
    }
}

/// An Ed25519 key pair, the public key first, the secret key expanded.
#[derive(Clone, Copy)]
struct SigningKey {
    public: [u8; 32],
    expanded: [u8; 64],
}

impl SigningKey {
    fn read(reader: &mut Reader<'_>) -> Result<Self, String> {
        Ok(Self { public: reader.array()?, expanded: reader.array()? })
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.public);
        out.extend(self.expanded);
    }

    fn check(&self) -> Result<(), String> {
        let belongs = super::keys::ed25519_of_expanded(&self.expanded) == self.public;
        if belongs { Ok(()) } else { Err("the Ed25519 keys do not belong together".into()) }
    }

    fn is_clamped(&self) -> bool {
        super::keys::clamped(self.expanded) == self.expanded
    }

    /// Every bit set that clamping clears, and the one clear that it sets.
    fn unclamp(&mut self) {
        self.expanded[0] |= 0x07;
        self.expanded[31] = self.expanded[31] & 0x3f | 0x80;
    }
}

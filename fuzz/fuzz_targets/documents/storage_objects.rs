//! The JSON of secret storage: a stored secret and the description of a key.

use std::sync::OnceLock;

use arbitrary::Arbitrary;
use cliquet::secret_storage::{EncryptedSecret, KeyCheck, KeyDescription, PassphraseParameters};
use cliquet_fuzz::{
    Edit, Palette, Steps,
    json::{self, Json, Unread},
    reference_base64::{decode_with_optional_padding, encode},
};
use serde::{Serialize, de::DeserializeOwned};

const ALGORITHM: &str = "m.secret_storage.v1.aes-hmac-sha2";
const PASSPHRASE_ALGORITHM: &str = "m.pbkdf2";
const MOST_EDITS: usize = 3;
const NAMES: [&str; 10] =
    ["iv", "ciphertext", "mac", "name", "algorithm", "passphrase", "salt", "iterations", "bits", ""];

/// A valid object, changed, and written in one of several ways.
#[derive(Arbitrary, Debug)]
pub(crate) struct Changed {
    style: u8,
    which: u8,
    edits: Steps<Edit>,
}

pub(crate) fn changed(changed: Changed) {
    static TEXTS: OnceLock<Vec<String>> = OnceLock::new();
    let texts = TEXTS.get_or_init(|| {
        let words = [ALGORITHM, PASSPHRASE_ALGORITHM, "m.secret_storage.v2", "salt", "AA==", "AAA=", "AB"];
        let lengths = [0, 15, 16, 17, 31, 32, 33].map(|length| encode(&vec![0xfb; length]));
        words.map(String::from).into_iter().chain(lengths).collect()
    });
    let mut object = match changed.which % 3 {
        0 => secret(),
        1 => description(),
        _ => Json::object([("algorithm", Json::text(ALGORITHM))]),
    };
    let palette = Palette { names: &NAMES, texts };
    changed.edits.0.iter().take(MOST_EDITS).for_each(|edit| edit.apply(&mut object, palette));
    from_text(&object.written(changed.style));
}

fn secret() -> Json {
    Json::object([
        ("iv", Json::text(encode(&[0xff; 16]))),
        ("ciphertext", Json::text(encode(b"ciphertext"))),
        ("mac", Json::text(encode(&[0xff; 32]))),
    ])
}

fn description() -> Json {
    let passphrase = Json::object([
        ("algorithm", Json::text(PASSPHRASE_ALGORITHM)),
        ("salt", Json::text("salt")),
        ("iterations", Json::Number("10".to_owned())),
        ("bits", Json::Number("256".to_owned())),
    ]);
    Json::object([
        ("name", Json::text("my key")),
        ("algorithm", Json::text(ALGORITHM)),
        ("passphrase", passphrase),
        ("iv", Json::text(encode(&[0xff; 16]))),
        ("mac", Json::text(encode(&[0xff; 32]))),
    ])
}

pub(crate) fn from_text(text: &str) {
    is_read_as_expected(text, Secret::of, Secret::read);
    is_read_as_expected(text, Description::of, Description::read);
    is_read_as_expected(text, Passphrase::of, |json| {
        Passphrase::read(json)?.known().ok_or(Unread::Refused)?
    });
    from_texts(text);
}

/// The same from texts that stand side by side.
fn from_texts(text: &str) {
    let Some(json) = json::read(text) else { return };
    let texts =
        ["iv", "ciphertext", "mac"].map(|name| json.get(name).and_then(Json::as_text).unwrap_or_default());
    let [iv, ciphertext, mac] = texts;
    let [iv_bytes, ciphertext_bytes, mac_bytes] = texts.map(decode_with_optional_padding);
    let iv_bytes = iv_bytes.and_then(|bytes| bytes.try_into().ok());
    let check = iv_bytes.zip(mac_bytes.and_then(|bytes| bytes.try_into().ok()));
    assert_eq!(KeyCheck::from_base64(iv, mac).ok(), check.map(|(iv, mac)| KeyCheck::new(iv, mac)));
    let secret =
        check.zip(ciphertext_bytes).map(|((iv, mac), ciphertext)| EncryptedSecret::new(iv, ciphertext, mac));
    assert_eq!(EncryptedSecret::from_base64(iv, ciphertext, mac).ok(), secret);
}

/// What is read is what the second reader reads, and is written to what both read in the same way.
fn is_read_as_expected<T, F>(text: &str, of: fn(&T) -> F, read: fn(&Json) -> Result<F, Unread>)
where
    T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug,
    F: PartialEq + std::fmt::Debug,
{
    let object: Option<T> = serde_json::from_str(text).ok();
    let expected = json::read(text).ok_or(Unread::Malformed).and_then(|json| read(&json));
    assert_eq!(object.as_ref().map(of), expected.ok());
    let Some(object) = object else { return };
    let written = serde_json::to_string(&object).expect("it can be written");
    assert_eq!(serde_json::from_str::<T>(&written).ok().as_ref(), Some(&object));
    assert_eq!(read(&json::read(&written).expect("it is JSON")), Ok(of(&object)));
}

#[derive(Debug, PartialEq)]
struct Secret {
    iv: [u8; 16],
    ciphertext: Vec<u8>,
    mac: [u8; 32],
}

impl Secret {
    fn of(secret: &EncryptedSecret) -> Self {
        Self { iv: secret.iv, ciphertext: secret.ciphertext.clone(), mac: secret.mac }
    }

    fn read(json: &Json) -> Result<Self, Unread> {
        let [iv, ciphertext, mac] = json.fields(["iv", "ciphertext", "mac"])?;
        let ciphertext = decode_with_optional_padding(text(ciphertext)?).ok_or(Unread::Refused)?;
        Ok(Self { iv: bytes(text(iv)?)?, ciphertext, mac: bytes(text(mac)?)? })
    }
}

#[derive(Debug, PartialEq)]
struct Description {
    name: Option<String>,
    passphrase: Option<(String, u32)>,
    check: Option<([u8; 16], [u8; 32])>,
}

impl Description {
    fn of(description: &KeyDescription) -> Self {
        Self {
            name: description.name.clone(),
            passphrase: description.passphrase.as_ref().map(Passphrase::of),
            check: description.check.map(|check| (check.iv, check.mac)),
        }
    }

    fn read(json: &Json) -> Result<Self, Unread> {
        let [name, algorithm, passphrase, iv, mac] =
            json.fields(["name", "algorithm", "passphrase", "iv", "mac"])?;
        if text(algorithm)? != ALGORITHM {
            return Err(Unread::Refused);
        }
        let iv = there(iv).map(|iv| bytes(text(Some(iv))?)).transpose()?;
        let mac = there(mac).map(|mac| bytes(text(Some(mac))?)).transpose()?;
        // One of another kind is left aside, one that is malformed is not.
        let passphrase = there(passphrase).map(Passphrase::read).transpose()?;
        let passphrase = passphrase.and_then(Passphrase::known).transpose()?;
        let name = there(name).map(|name| text(Some(name)).map(str::to_owned)).transpose()?;
        Ok(Self { name, passphrase, check: iv.zip(mac) })
    }
}

struct Passphrase<'j> {
    algorithm: &'j str,
    salt: Option<&'j str>,
    iterations: Option<u64>,
    bits: Option<u64>,
}

impl<'j> Passphrase<'j> {
    fn of(parameters: &PassphraseParameters) -> (String, u32) {
        (parameters.salt().to_owned(), parameters.rounds())
    }

    fn read(json: &'j Json) -> Result<Self, Unread> {
        let [algorithm, salt, iterations, bits] = json.fields(["algorithm", "salt", "iterations", "bits"])?;
        Ok(Self {
            algorithm: text(algorithm)?,
            salt: there(salt).map(|salt| text(Some(salt))).transpose()?,
            iterations: there(iterations).map(number).transpose()?,
            bits: there(bits).map(number).transpose()?,
        })
    }

    /// `None` if it is of another kind.
    fn known(self) -> Option<Result<(String, u32), Unread>> {
        let is_known = self.algorithm == PASSPHRASE_ALGORITHM && self.bits.is_none_or(|bits| bits == 256);
        let rounds =
            self.iterations.and_then(|rounds| u32::try_from(rounds).ok()).filter(|rounds| *rounds > 0);
        let read = self.salt.map(str::to_owned).zip(rounds).ok_or(Unread::Refused);
        is_known.then_some(read)
    }
}

fn number(json: &Json) -> Result<u64, Unread> {
    let Json::Number(written) = json else { return Err(Unread::Malformed) };
    written.parse().map_err(|_| Unread::Malformed)
}

/// `null` is as good as nothing.
fn there(value: Option<&Json>) -> Option<&Json> {
    value.filter(|value| **value != Json::Null)
}

fn text(value: Option<&Json>) -> Result<&str, Unread> {
    value.and_then(Json::as_text).ok_or(Unread::Malformed)
}

fn bytes<const N: usize>(text: &str) -> Result<[u8; N], Unread> {
    decode_with_optional_padding(text).and_then(|bytes| bytes.try_into().ok()).ok_or(Unread::Refused)
}

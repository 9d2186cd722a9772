//! `EncryptedFile`: what an event says of an attachment.

use std::sync::OnceLock;

use arbitrary::Arbitrary;
use cliquet::attachment::EncryptedFile;
use cliquet_fuzz::{
    Edit, Palette, Steps,
    json::{self, Json, Unread},
    reference_base64::{decode_with_optional_padding, encode},
};

const MOST_EDITS: usize = 3;
const NAMES: [&str; 13] =
    ["v", "url", "key", "kty", "alg", "ext", "key_ops", "k", "iv", "hashes", "sha256", "sha512", "mimetype"];

/// A valid one, changed, and written in one of several ways.
#[derive(Arbitrary, Debug)]
pub(crate) struct Changed {
    style: u8,
    version_is_1: bool,
    is_extractable: bool,
    edits: Steps<Edit>,
}

pub(crate) fn changed(changed: Changed) {
    static TEXTS: OnceLock<Vec<String>> = OnceLock::new();
    let texts = TEXTS.get_or_init(|| {
        let words = ["v1", "v2", "v3", "oct", "A256CTR", "A256GCM", "encrypt", "decrypt", "mxc://a/b"];
        let lengths = [0, 15, 16, 17, 31, 32, 33].map(|length| encode(&vec![0xfb; length]));
        let url_safe = lengths.clone().map(|text| text.replace('+', "-").replace('/', "_"));
        let padded = ["+/v7+/v7+/v7+/v7+/v7+w==", "-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_s="];
        words
            .map(String::from)
            .into_iter()
            .chain(lengths)
            .chain(url_safe)
            .chain(padded.map(String::from))
            .collect()
    });
    let mut file = valid(if changed.version_is_1 { "v1" } else { "v2" }, changed.is_extractable);
    let palette = Palette { names: &NAMES, texts };
    changed.edits.0.iter().take(MOST_EDITS).for_each(|edit| edit.apply(&mut file, palette));
    from_text(&file.written(changed.style));
}

fn valid(version: &str, is_extractable: bool) -> Json {
    let operations = ["decrypt", "encrypt"].map(Json::text).into();
    let key = Json::object([
        ("kty", Json::text("oct")),
        ("alg", Json::text("A256CTR")),
        ("ext", Json::Bool(is_extractable)),
        ("key_ops", Json::List(operations)),
        ("k", Json::text("_".repeat(42) + "8")),
    ]);
    Json::object([
        ("v", Json::text(version)),
        ("url", Json::text("mxc://example.org/a")),
        ("key", key),
        ("iv", Json::text(encode(&[0xff; 16]))),
        ("hashes", Json::object([("sha256", Json::text(encode(&[0xff; 32])))])),
    ])
}

pub(crate) fn from_text(text: &str) {
    let file: Option<EncryptedFile> = serde_json::from_str(text).ok();
    let expected = json::read(text).ok_or(Unread::Malformed).and_then(|json| Fields::read(&json));
    assert_eq!(file.as_ref().map(Fields::of), expected.ok());
    let Some(file) = file else { return };
    let written = serde_json::to_string(&file).expect("it can be written");
    assert_eq!(serde_json::from_str::<EncryptedFile>(&written).as_ref().ok(), Some(&file));
    let read = Fields::read(&json::read(&written).expect("it is JSON"));
    assert_eq!(read, Ok(Fields::of(&file)));
    let canonical = json::read(&written).and_then(|json| json.canonical());
    assert_eq!(canonical.as_deref().map(str::as_bytes), Some(file.to_json().as_bytes()));
}

#[derive(Debug, PartialEq)]
struct Fields {
    version: String,
    url: String,
    key: [u8; 32],
    iv: [u8; 16],
    sha256: [u8; 32],
}

impl Fields {
    fn of(file: &EncryptedFile) -> Self {
        let info = &file.info;
        Self {
            version: info.version().as_str().to_owned(),
            url: file.url.clone(),
            key: *info.key(),
            iv: *info.iv(),
            sha256: *info.sha256(),
        }
    }

    /// The second reader.
    fn read(json: &Json) -> Result<Self, Unread> {
        let text =
            |value: Option<&Json>| value.and_then(Json::as_text).map(str::to_owned).ok_or(Unread::Malformed);
        let [version, url, key, iv, hashes] = json.fields(["v", "url", "key", "iv", "hashes"])?;
        let key = key.ok_or(Unread::Malformed)?.fields(["kty", "alg", "ext", "key_ops", "k"])?;
        let [key_type, algorithm, extractable, operations, key] = key;
        let [sha256] = hashes.ok_or(Unread::Malformed)?.fields(["sha256"])?;
        let Some(Json::List(operations)) = operations else { return Err(Unread::Malformed) };
        let operations: Option<Vec<&str>> = operations.iter().map(Json::as_text).collect();
        let operations = operations.ok_or(Unread::Malformed)?;
        let (version, key) = (text(version)?, text(key)?);
        let is_right = ["v1", "v2"].contains(&&*version)
            && text(key_type)? == "oct"
            && text(algorithm)? == "A256CTR"
            && extractable == Some(&Json::Bool(true))
            && ["encrypt", "decrypt"].iter().all(|operation| operations.contains(operation))
            && !key.contains(['+', '/']);
        if !is_right {
            return Err(Unread::Refused);
        }
        let key = key.replace('-', "+").replace('_', "/");
        Ok(Self {
            version,
            url: text(url)?,
            key: bytes(&key)?,
            iv: bytes(&text(iv)?)?,
            sha256: bytes(&text(sha256)?)?,
        })
    }
}

fn bytes<const N: usize>(text: &str) -> Result<[u8; N], Unread> {
    decode_with_optional_padding(text).and_then(|bytes| bytes.try_into().ok()).ok_or(Unread::Refused)
}

//! QR codes: what is read is what a second, plain reader reads, and is written to the same bytes again.

use arbitrary::Arbitrary;
use cliquet::{
    Ed25519PublicKey,
    olm::Account,
    qr::{QrCode, QrKeys},
};
use cliquet_fuzz::random::seeded;

const MAGIC: &[u8] = b"MATRIX\x02";

/// A code whose beginning and whose keys are right.
#[derive(Arbitrary, Debug)]
pub(crate) struct Fields {
    mode: u8,
    /// How much longer the id is said to be than it is.
    excess: Option<i8>,
    transaction_id: Vec<u8>,
    seeds: [u8; 2],
    secret: Vec<u8>,
}

pub(crate) fn of_fields(fields: Fields) {
    let Fields { mode, excess, transaction_id, seeds, secret } = fields;
    let length = u16::try_from(transaction_id.len()).expect("inputs are short");
    let length = length.saturating_add_signed(excess.unwrap_or(0).into());
    let key = |seed: u8| Account::new(&mut seeded(seed.into())).expect("it never fails").ed25519_key();
    let keys = seeds.map(|seed| *key(seed).as_bytes());
    let head = [MAGIC, &[mode % 4], &length.to_be_bytes()].concat();
    from_bytes(&[&head, &transaction_id[..], keys.as_flattened(), &secret].concat());
}

pub(crate) fn from_bytes(bytes: &[u8]) {
    let code = QrCode::from_bytes(bytes);
    let expected = read(bytes);
    assert_eq!(code.is_ok(), expected.is_some(), "{code:?}");
    let (Ok(code), Some((keys, transaction_id, secret))) = (code, expected) else { return };
    assert_eq!((code.keys(), code.transaction_id()), (keys, transaction_id));
    assert_eq!(code.to_bytes().as_bytes(), bytes, "one form of each code");
    check_keys(&code, bytes);
    assert!(secret.len() >= 8);
    let text = code.shared_secret();
    assert_eq!(cliquet_fuzz::reference_base64::decode(text.as_str()).as_deref(), Some(secret));
    assert!(code.is_reciprocated_by(text.as_str()));
    for other in ["", &text.as_str()[1..], &format!("{}A", text.as_str())] {
        assert!(!code.is_reciprocated_by(other));
    }
}

/// Only the mode and the keys of the code are accepted, each key in its place.
fn check_keys(code: &QrCode, bytes: &[u8]) {
    let keys_from = MAGIC.len() + 3 + code.transaction_id().len();
    let (first, rest) = bytes[keys_from..].split_first_chunk().expect("it was read");
    let second = rest.first_chunk().expect("it was read");
    let [first, second] = [first, second].map(|key| Ed25519PublicKey::from_bytes(key).expect("it was read"));
    for mode in 0..3 {
        for (one, other) in [(first, second), (second, first), (first, first), (second, second)] {
            let expected = keys_of_mode(mode, one, other).expect("there are three");
            let is_right = mode == bytes[MAGIC.len()] && (one, other) == (first, second);
            assert_eq!(code.check_keys(&expected).is_ok(), is_right);
        }
    }
}

/// The code, read a second time.
fn read(bytes: &[u8]) -> Option<(QrKeys, &str, &[u8])> {
    let (mode, rest) = bytes.strip_prefix(MAGIC)?.split_first()?;
    let (length, rest) = rest.split_first_chunk()?;
    let (transaction_id, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
    let (first, rest) = rest.split_first_chunk::<32>()?;
    let (second, secret) = rest.split_first_chunk::<32>()?;
    let key = |bytes| Ed25519PublicKey::from_bytes(bytes).ok();
    let (first, second) = (key(first)?, key(second)?);
    let keys = keys_of_mode(*mode, first, second)?;
    (secret.len() >= 8).then_some((keys, str::from_utf8(transaction_id).ok()?, secret))
}

fn keys_of_mode(mode: u8, first: Ed25519PublicKey, second: Ed25519PublicKey) -> Option<QrKeys> {
    Some(match mode {
        0 => QrKeys::OtherUser { showing_master_key: first, scanning_master_key: second },
        1 => QrKeys::TrustingDevice { master_key: first, scanning_device_key: second },
        2 => QrKeys::NewDevice { showing_device_key: first, master_key: second },
        _ => return None,
    })
}

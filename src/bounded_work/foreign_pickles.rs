//! Pickles of libolm and vodozemac, and dehydrated devices: where secret keys stand alone, their public keys are computed.

use alloc::{string::String, vec, vec::Vec};

use super::{
    Row,
    case::{Case, hkdf, hmac},
    growth::Growth,
    olm::sessions,
};
use crate::{
    olm::{Account, Limits, Session, SessionConfig},
    pickle::{DehydratedDevice, UnpickleError, recognise},
    primitives::{
        aead,
        cbc_hmac::{self, MessageSecret},
        work::Work,
    },
    secret::SecretBytes,
    testing::seeded,
};

const KEY: [u8; 32] = [7; 32];
/// How many one-time keys vodozemac and a dehydrated device have room for.
const ONE_TIME_KEYS: usize = 5_000;

fn account(one_time_keys: usize) -> Account {
    let rng = &mut seeded(14);
    let mut account = Account::new(rng).unwrap();
    account.generate_one_time_keys(one_time_keys, rng).unwrap();
    account
}

/// A text in the envelope that libolm and vodozemac share.
fn legacy(mut body: Vec<u8>) -> String {
    cbc_hmac::seal(&MessageSecret::new(&KEY, b"Pickle"), &mut body, 0, 0, 8);
    super::base64(&body)
}

/// What that envelope costs.
fn opening(text: &str) -> Work {
    let length = text.len() * 3 / 4 - 8;
    Work {
        sha256: hkdf(32, 80) + hmac(length),
        blocks: u64::try_from(length / 16).unwrap(),
        ..Work::default()
    }
}

fn row(name: &'static str, text: String, own: Work, open: fn(&str)) -> Row {
    let mut expected = opening(&text);
    expected += own;
    Row::new(expected, Case::new(name, text.len(), || (), move |()| open(&text)))
}

/// An account of vodozemac with so many secret keys, which are short to write, and no public key stated.
fn vodozemac_account(keys: usize) -> Vec<u8> {
    let key = format_args_list(32);
    let list: Vec<String> = (0..keys).map(|id| alloc::format!("\"{id}\":{key}")).collect();
    alloc::format!(
        r#"{{"signing_key":{{"Normal":{key}}},"diffie_hellman_key":{key},"one_time_keys":{{"next_key_id":{keys},"public_keys":{{}},"private_keys":{{{}}}}},"fallback_keys":{{"key_id":0,"fallback_key":null,"previous_fallback_key":null}}}}"#,
        list.join(",")
    )
    .into_bytes()
}

/// So many bytes as vodozemac writes them.
fn format_args_list(length: usize) -> String {
    alloc::format!("[{}]", vec!["1"; length].join(","))
}

fn dehydrated(keys: usize) -> DehydratedDevice {
    let mut plaintext =
        [&1_u32.to_be_bytes()[..], &[1; 64], &u32::try_from(keys).unwrap().to_be_bytes()].concat();
    plaintext.extend(vec![1; 32 * keys]);
    plaintext.extend([&[1][..], &[1; 32]].concat());
    let ciphertext = aead::seal(&KEY, &[0; 12], &[], SecretBytes::new(plaintext)).unwrap();
    DehydratedDevice::new(super::base64(&ciphertext), super::base64(&[0; 12]))
}

fn dehydrated_case(name: &'static str, keys: usize, is_right: bool) -> Case {
    let device = dehydrated(keys);
    Case::new(
        name,
        device.ciphertext.len() + device.nonce.len(),
        || (),
        move |()| {
            assert_eq!(Account::from_dehydrated_device(&device, &KEY).is_ok(), is_right);
        },
    )
}

pub(super) fn rows() -> Vec<Row> {
    let libolm_account = account(100).to_libolm_pickle(&KEY).unwrap();
    let (_, session) = sessions(Limits::default(), 5);
    let libolm_session = session.to_libolm_pickle(&KEY).unwrap();
    let vodozemac_session = session.to_vodozemac_pickle(&KEY).unwrap();
    let many = u64::try_from(ONE_TIME_KEYS).unwrap();
    let long_term = Work { x25519: 1, ed25519: 1, ..Work::default() };
    let seed = Work { sha512: 1, ..long_term };
    let of_device = u64::try_from((4 + 64 + 4 + 32 * ONE_TIME_KEYS + 33_usize).div_ceil(64)).unwrap();
    vec![
        row("libolm: account with 100 one-time keys", libolm_account, long_term, |text| {
            Account::from_libolm_pickle(text, &KEY).unwrap();
        }),
        row("libolm: session with 5 chains", libolm_session, Work::default(), |text| {
            Session::from_libolm_pickle(text, &KEY, Limits::default()).unwrap();
        }),
        row("vodozemac: session with 5 chains", vodozemac_session, Work::default(), |text| {
            Session::from_vodozemac_pickle(text, &KEY, SessionConfig::default()).unwrap();
        }),
        row(
            "vodozemac: account with 5 000 one-time keys",
            legacy(vodozemac_account(ONE_TIME_KEYS)),
            Work { x25519: 1 + many, ..seed },
            |text| {
                Account::from_vodozemac_pickle(text, &KEY).unwrap();
            },
        ),
        row(
            "vodozemac: account with 5 001 one-time keys",
            legacy(vodozemac_account(ONE_TIME_KEYS + 1)),
            seed,
            |text| {
                assert!(matches!(Account::from_vodozemac_pickle(text, &KEY), Err(UnpickleError::State(_))));
            },
        ),
        Row::new(
            Work { x25519: 1 + many + 1, blocks: of_device, ..seed },
            dehydrated_case("dehydrated device with 5 000 one-time keys", ONE_TIME_KEYS, true),
        ),
    ]
}

/// JSON that a reader of vodozemac's pickles refuses.
fn refused_json(json: Vec<u8>) -> Case {
    Case::new(
        "",
        json.len(),
        || (),
        move |()| {
            assert!(
                Account::from_vodozemac_json(&json).is_err()
                    && Session::from_vodozemac_json(&json, SessionConfig::default()).is_err()
            );
        },
    )
}

pub(super) fn growths() -> Vec<Growth> {
    vec![
        Growth::new("libolm: pickle of any length, not authentic", 16 << 10, |length| {
            let text = super::base64(&vec![1; length + 8]);
            Case::new("", text.len(), || (), move |()| Account::from_libolm_pickle(&text, &KEY).unwrap_err())
        }),
        Growth::new(
            "libolm: account with any number of one-time keys, recognised and refused",
            500,
            |count| {
                let mut body =
                    [&4_u32.to_be_bytes()[..], &[1; 160], &u32::try_from(count).unwrap().to_be_bytes()]
                        .concat();
                body.extend(vec![1; 69 * count]);
                body.extend([0; 5]);
                let text = legacy(body);
                Case::new(
                    "",
                    text.len(),
                    || (),
                    move |()| {
                        assert!(
                            Account::from_libolm_pickle(&text, &KEY).is_err()
                                && recognise(text.as_bytes(), &KEY).is_err()
                        );
                    },
                )
            },
        ),
        Growth::new("vodozemac: account with any number of one-time keys up to 5 000", 250, |count| {
            let json = vodozemac_account(count);
            Case::new("", json.len(), || (), move |()| Account::from_vodozemac_json(&json).unwrap())
        }),
        Growth::beyond(
            "vodozemac: account with any number of one-time keys beyond 5 000",
            5_001,
            250,
            |count| {
                let json = vodozemac_account(count);
                Case::new("", json.len(), || (), move |()| Account::from_vodozemac_json(&json).unwrap_err())
            },
        ),
        Growth::new("vodozemac: lists in lists", 16 << 10, |depth| {
            refused_json([b"{\"signing_key\":", &b"[".repeat(depth)[..]].concat())
        }),
        Growth::new("vodozemac: an unknown field of lists in lists", 16 << 10, |depth| {
            refused_json([b"{\"a\":", &b"[".repeat(depth)[..], &b"]".repeat(depth), b"}"].concat())
        }),
        Growth::new("vodozemac: unknown fields", 4_000, |count| {
            let fields: Vec<_> = (0..count).map(|number| alloc::format!("\"{number}\":0")).collect();
            refused_json(alloc::format!("{{{}}}", fields.join(",")).into_bytes())
        }),
        Growth::new("vodozemac: a session with any number of chains, refused", 250, |count| {
            let key = format_args_list(32);
            let chain = alloc::format!(
                r#"{{"ratchet_key":{key},"hkdf_ratchet":{{"key":{key},"index":1}},"skipped_message_keys":{{"inner":[]}}}}"#
            );
            let json = alloc::format!(
                r#"{{"session_keys":{{"identity_key":{key},"base_key":{key},"one_time_key":{key}}},"sending_ratchet":{{"type":"inactive","root_key":{{"key":{key}}},"ratchet_key":{key}}},"receiving_chains":{{"inner":[{}]}},"config":{{"version":"V1"}}}}"#,
                vec![chain; count].join(",")
            );
            Case::new(
                "",
                json.len(),
                || (),
                move |()| {
                    let opened = Session::from_vodozemac_json(json.as_bytes(), SessionConfig::default());
                    assert!(matches!(opened, Err(UnpickleError::State(_))));
                },
            )
        }),
        Growth::new("dehydrated device with any number of one-time keys up to 5 000", 250, |count| {
            dehydrated_case("", count, true)
        }),
        Growth::beyond(
            "dehydrated device with any number of one-time keys beyond 5 000",
            5_001,
            250,
            |count| dehydrated_case("", count, false),
        ),
    ]
}

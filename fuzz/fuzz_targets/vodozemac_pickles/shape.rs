//! JSON of the shape that vodozemac writes, with content of the fuzzer's: what a mutation of text would seldom reach.

use arbitrary::{Result, Unstructured};
use cliquet::pickle::PickleKind;
use serde_json::{Map, Value, json};

/// A pickle of this kind.
pub(crate) fn of_kind(kind: PickleKind, input: &mut Unstructured<'_>) -> Result<Value> {
    match kind {
        PickleKind::Account => account(input),
        PickleKind::Session => session(input),
        PickleKind::OutboundGroupSession => {
            with_config(json!({ "ratchet": ratchet(input)?, "signing_key": signing_key(input)? }), input)
        }
        _ => with_config(
            json!({
                "initial_ratchet": ratchet(input)?,
                "signing_key": PUBLIC_KEYS[input.choose_index(PUBLIC_KEYS.len())?].to_vec(),
                "signing_key_verified": input.arbitrary::<bool>()?,
            }),
            input,
        ),
    }
}

/// The base point, the neutral element, and bytes that are no point.
const PUBLIC_KEYS: [[u8; 32]; 3] = [base_point(), first(1), first(2)];

const fn base_point() -> [u8; 32] {
    let mut bytes = [0x66; 32];
    bytes[0] = 0x58;
    bytes
}

const fn first(byte: u8) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[0] = byte;
    bytes
}

/// Few keys, so that equal ones meet.
fn key(input: &mut Unstructured<'_>) -> Result<Value> {
    Ok(vec![input.arbitrary::<u8>()? % 16; 32].into())
}

/// Small, or at either end.
fn number(input: &mut Unstructured<'_>) -> Result<u64> {
    Ok(match input.arbitrary::<u8>()? {
        small @ 0..200 => (small % 50).into(),
        200..=225 => input.arbitrary::<u16>()?.into(),
        226..=240 => u64::from(u32::MAX) - u64::from(input.arbitrary::<u8>()? % 3),
        241.. => u64::MAX - u64::from(input.arbitrary::<u8>()? % 3),
    })
}

fn index(input: &mut Unstructured<'_>) -> Result<u64> {
    // Beyond 2^32 - 1 almost nothing is left to see.
    Ok(number(input)?.min(u64::from(u32::MAX)))
}

fn list(input: &mut Unstructured<'_>, most: u8, item: Item) -> Result<Vec<Value>> {
    let count = input.arbitrary::<u8>()? % (most + 1);
    (0..count).map(|_| item(input)).collect()
}

type Item = fn(&mut Unstructured<'_>) -> Result<Value>;

fn or_null(input: &mut Unstructured<'_>, item: Item) -> Result<Value> {
    if input.arbitrary()? { item(input) } else { Ok(Value::Null) }
}

fn chain_key(input: &mut Unstructured<'_>) -> Result<Value> {
    Ok(json!({ "key": key(input)?, "index": index(input)? }))
}

fn signing_key(input: &mut Unstructured<'_>) -> Result<Value> {
    if input.arbitrary()? {
        Ok(json!({ "Normal": key(input)? }))
    } else {
        Ok(json!({ "Expanded": vec![input.arbitrary::<u8>()?; 64] }))
    }
}

fn ratchet(input: &mut Unstructured<'_>) -> Result<Value> {
    Ok(json!({ "inner": vec![input.arbitrary::<u8>()?; 128], "counter": index(input)? }))
}

fn ratchet_count(input: &mut Unstructured<'_>) -> Result<Value> {
    if input.arbitrary()? { Ok(json!({ "Known": number(input)? })) } else { Ok(json!({ "Unknown": null })) }
}

fn with_config(mut value: Value, input: &mut Unstructured<'_>) -> Result<Value> {
    let config = match input.arbitrary::<u8>()? % 4 {
        0 => return Ok(value),
        1 => Value::Null,
        2 => json!({ "version": "V1" }),
        _ => json!({ "version": "V2" }),
    };
    value["config"] = config;
    Ok(value)
}

fn account(input: &mut Unstructured<'_>) -> Result<Value> {
    let mut private_keys = Map::new();
    for _ in 0..input.arbitrary::<u8>()? % 8 {
        private_keys.insert(number(input)?.to_string(), key(input)?);
    }
    let next_key_id = number(input)?;
    let name = if input.arbitrary()? { "next_key_id" } else { "key_id" };
    Ok(json!({
        "signing_key": signing_key(input)?,
        "diffie_hellman_key": key(input)?,
        "one_time_keys": { name: next_key_id, "public_keys": {}, "private_keys": private_keys },
        "fallback_keys": {
            "key_id": number(input)?,
            "fallback_key": or_null(input, fallback_key)?,
            "previous_fallback_key": or_null(input, fallback_key)?,
        },
    }))
}

fn fallback_key(input: &mut Unstructured<'_>) -> Result<Value> {
    Ok(json!({ "key_id": number(input)?, "key": key(input)?, "published": input.arbitrary::<bool>()? }))
}

fn session(input: &mut Unstructured<'_>) -> Result<Value> {
    let chains = list(input, 6, receiving_chain)?;
    let sending_ratchet = if input.arbitrary()? {
        json!({
            "type": "active",
            "parent_ratchet_key": or_null(input, key)?,
            "ratchet_count": ratchet_count(input)?,
            "active_ratchet": { "root_key": key(input)?, "ratchet_key": key(input)? },
            "symmetric_key_ratchet": chain_key(input)?,
        })
    } else {
        json!({
            "type": "inactive",
            "root_key": { "key": key(input)? },
            "ratchet_key": key(input)?,
            "ratchet_count": ratchet_count(input)?,
        })
    };
    let session = json!({
        "session_keys": { "identity_key": key(input)?, "base_key": key(input)?, "one_time_key": key(input)? },
        "sending_ratchet": sending_ratchet,
        "receiving_chains": { "inner": chains },
    });
    with_config(session, input)
}

fn receiving_chain(input: &mut Unstructured<'_>) -> Result<Value> {
    Ok(json!({
        "ratchet_key": key(input)?,
        "hkdf_ratchet": chain_key(input)?,
        "skipped_message_keys": { "inner": list(input, 41, chain_key)? },
        "ratchet_count": ratchet_count(input)?,
    }))
}

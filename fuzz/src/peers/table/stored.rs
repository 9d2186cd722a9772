//! What stored states say, read by hand for the predicates of the table: libolm's bodies, and JSON of vodozemac's.

use serde_json::Value;

use super::super::{Case, Subject};
use crate::Script;

/// A one-time key or a fallback key.
pub(super) struct Key {
    pub(super) id: u64,
    pub(super) public: Vec<u8>,
    pub(super) secret: Vec<u8>,
}

/// A receiver chain or a skipped message key: ratchet key and index.
pub(super) type Place = (Vec<u8>, u64);

/// What was found in a state.
#[derive(Default)]
pub(super) struct Stored {
    /// Behind the last field of libolm's body, as vodozemac reads it.
    pub(super) trailing: usize,
    /// Of a body of libolm, and of what it states.
    pub(super) pairs: Vec<(Vec<u8>, Vec<u8>)>,
    /// The expanded secret keys.
    pub(super) expanded: Vec<Vec<u8>>,
    pub(super) one_time_keys: Vec<Key>,
    pub(super) fallback_keys: usize,
    pub(super) fallback_ids: Vec<u64>,
    /// The id that libolm's account has given last.
    pub(super) last_id: u64,
    pub(super) sending_chains: usize,
    pub(super) chains: Vec<Place>,
    pub(super) skipped: Vec<Place>,
}

/// The body of libolm, of whichever kind the case says; `None` where it ends too early.
pub(super) fn of_libolm(case: &Case<'_>) -> Option<Stored> {
    let mut body = Script::new(case.input);
    let mut stored = Stored::default();
    // The version.
    number(&mut body)?;
    match case.subject {
        Subject::LibolmAccount => account(&mut body, &mut stored)?,
        Subject::LibolmSession => session(&mut body, &mut stored)?,
        Subject::LibolmOutbound => {
            taken(&mut body, 132)?;
            signing_pair(&mut body, &mut stored)?;
        }
        Subject::LibolmInbound => drop(taken(&mut body, 132 + 132 + 32 + 1)?),
        Subject::LibolmKeyPair => {
            let (public, secret) = (taken(&mut body, 32)?, taken(&mut body, 32)?);
            stored.pairs.push((public, secret));
        }
        _ => return None,
    }
    stored.trailing = body.rest().len();
    Some(stored)
}

fn taken(body: &mut Script<'_>, count: usize) -> Option<Vec<u8>> {
    let taken = body.bytes(count);
    (taken.len() == count).then(|| taken.to_vec())
}

fn number(body: &mut Script<'_>) -> Option<u32> {
    Some(u32::from_be_bytes(taken(body, 4)?.try_into().ok()?))
}

fn signing_pair(body: &mut Script<'_>, stored: &mut Stored) -> Option<()> {
    let (public, expanded) = (taken(body, 32)?, taken(body, 64)?);
    stored.pairs.push((public, expanded.clone()));
    stored.expanded.push(expanded);
    Some(())
}

fn account(body: &mut Script<'_>, stored: &mut Stored) -> Option<()> {
    signing_pair(body, stored)?;
    let (public, secret) = (taken(body, 32)?, taken(body, 32)?);
    stored.pairs.push((public, secret));
    for _ in 0..number(body)? {
        let id = u64::from(number(body)?);
        taken(body, 1)?;
        let (public, secret) = (taken(body, 32)?, taken(body, 32)?);
        stored.one_time_keys.push(Key { id, public, secret });
    }
    stored.fallback_keys = usize::from(taken(body, 1)?[0]);
    for _ in 0..stored.fallback_keys.min(2) {
        stored.fallback_ids.push(u64::from(number(body)?));
        taken(body, 1 + 64)?;
    }
    stored.last_id = u64::from(number(body)?);
    Some(())
}

fn session(body: &mut Script<'_>, stored: &mut Stored) -> Option<()> {
    taken(body, 1 + 3 * 32 + 32)?;
    for _ in 0..number(body)? {
        let (public, secret) = (taken(body, 32)?, taken(body, 32)?);
        stored.pairs.push((public, secret));
        taken(body, 36)?;
        stored.sending_chains += 1;
    }
    for list in [&mut stored.chains, &mut stored.skipped] {
        for _ in 0..number(body)? {
            let key = taken(body, 32)?;
            taken(body, 32)?;
            list.push((key, u64::from(number(body)?)));
        }
    }
    Some(())
}

/// JSON of vodozemac's, of whichever kind the case says.
pub(super) fn of_json(case: &Case<'_>) -> Option<Stored> {
    let json: Value = serde_json::from_slice(case.input).ok()?;
    let mut stored = Stored::default();
    if let Some(expanded) = json["signing_key"].get("Expanded") {
        stored.expanded.push(bytes(expanded)?);
    }
    match case.subject {
        Subject::AccountJson => {
            let keys = &json["one_time_keys"];
            for (id, secret) in keys["private_keys"].as_object()? {
                let public = keys["public_keys"].get(id).and_then(bytes).unwrap_or_default();
                stored.one_time_keys.push(Key { id: id.parse().ok()?, public, secret: bytes(secret)? });
            }
            for name in ["fallback_key", "previous_fallback_key"] {
                stored.fallback_ids.extend(json["fallback_keys"][name]["key_id"].as_u64());
            }
        }
        Subject::SessionJson => {
            for chain in json["receiving_chains"]["inner"].as_array()? {
                let key = bytes(&chain["ratchet_key"])?;
                stored.chains.push((key.clone(), chain["hkdf_ratchet"]["index"].as_u64()?));
                for skipped in chain["skipped_message_keys"]["inner"].as_array()? {
                    stored.skipped.push((key.clone(), skipped["index"].as_u64()?));
                }
            }
        }
        _ => {}
    }
    Some(stored)
}

/// An array of numbers.
pub(super) fn bytes(value: &Value) -> Option<Vec<u8>> {
    value.as_array()?.iter().map(|byte| u8::try_from(byte.as_u64()?).ok()).collect()
}

/// The state of the case, whichever it is.
pub(super) fn of(case: &Case<'_>) -> Option<Stored> {
    if case.subject >= Subject::LibolmAccount { of_libolm(case) } else { of_json(case) }
}

impl Stored {
    /// The ids of all keys.
    pub(super) fn ids(&self) -> Vec<u64> {
        self.one_time_keys.iter().map(|key| key.id).chain(self.fallback_ids.iter().copied()).collect()
    }

    /// A public key is not that of its secret key.
    pub(super) fn has_foreign_public_key(&self) -> bool {
        self.pairs.iter().any(|(public, secret)| !belongs(public, secret))
    }

    /// A public one-time key is not that of its secret key.
    pub(super) fn has_foreign_one_time_key(&self) -> bool {
        self.one_time_keys.iter().any(|key| !belongs(&key.public, &key.secret))
    }

    /// The lower half of a secret signing key is none that Ed25519 makes.
    pub(super) fn is_unclamped(&self) -> bool {
        self.expanded.iter().any(|key| key.len() == 64 && (key[0] & 7 != 0 || key[31] & 0xc0 != 0x40))
    }

    /// Two receiver chains have one ratchet key, or two skipped message keys are for one message.
    pub(super) fn has_duplicates(&self) -> bool {
        let keys: Vec<&Vec<u8>> = self.chains.iter().map(|(key, _)| key).collect();
        is_double(&keys) || is_double(&self.skipped.iter().collect::<Vec<_>>())
    }

    /// A skipped message key is one that its chain has not reached.
    pub(super) fn has_key_ahead(&self) -> bool {
        let is_ahead =
            |(key, index): &Place| self.chains.iter().any(|(chain, next)| chain == key && index >= next);
        self.skipped.iter().any(is_ahead)
    }

    /// A skipped message key of a chain that is not there.
    pub(super) fn has_orphan(&self) -> bool {
        self.skipped.iter().any(|(key, _)| self.chains.iter().all(|(chain, _)| chain != key))
    }

    /// Two one-time keys have one id.
    pub(super) fn has_double_id(&self) -> bool {
        is_double(&self.one_time_keys.iter().map(|key| key.id).collect::<Vec<_>>())
    }

    /// Any index or id that 32 bits do not hold.
    pub(super) fn has_large_index(&self) -> bool {
        self.chains.iter().chain(&self.skipped).any(|(_, index)| u32::try_from(*index).is_err())
    }
}

fn is_double<T: PartialEq>(items: &[T]) -> bool {
    items.iter().enumerate().any(|(place, item)| items[..place].contains(item))
}

/// Whether vodozemac derives this public key from this secret key.
pub(super) fn belongs(public: &[u8], secret: &[u8]) -> bool {
    if let Ok(secret) = <&[u8; 32]>::try_from(secret) {
        let secret = vodozemac::Curve25519SecretKey::from_slice(secret);
        return vodozemac::Curve25519PublicKey::from(&secret).to_bytes() == *public;
    }
    let pair = serde_json::from_value::<vodozemac::Ed25519Keypair>(serde_json::json!({ "Expanded": secret }));
    pair.is_ok_and(|pair| pair.public_key().as_bytes() == public)
}

/// A public key of Curve25519 that is not below the prime: X25519 reads it as one that is (RFC 7748, section 5).
pub(super) fn has_other_encoding_of_curve25519(key: &[u8]) -> bool {
    let is_prime_or_more = key.len() == 32 && key[0] >= 0xed && key[1..31] == [0xff; 30] && key[31] == 0x7f;
    is_prime_or_more || key.last().is_some_and(|byte| byte & 0x80 != 0)
}

//! Whether a pickle contradicts itself, as far as ours looks.

use crate::curve;

/// How much the real library has room for.
const ONE_TIME_KEYS: usize = 100;
const FALLBACK_KEYS: usize = 2;
const RECEIVER_CHAINS: usize = 5;
const MESSAGE_KEYS: usize = 40;

/// Whether what this function is to unpickle says things that cannot all be true.
pub(super) fn has_some(function: &str, content: &[u8]) -> bool {
    let mut rest = Rest(content);
    let is_consistent = rest.number().and_then(|version| match function {
        "olm_unpickle_account" => account(&mut rest, version),
        "olm_unpickle_session" => session(&mut rest),
        "olm_unpickle_outbound_group_session" => {
            rest.take(128 + 4)?;
            ed25519_key_pair(&mut rest)
        }
        "olm_unpickle_pk_decryption" => curve25519_key_pair(&mut rest),
        _ => Some(true),
    });
    // What ends too early is shorter than it says.
    is_consistent != Some(true)
}

/// What is left of a content.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    /// A list behind the number of its entries.
    fn list(&mut self, longest: usize, entry: usize) -> Option<Vec<&'a [u8]>> {
        let count = usize::try_from(self.number()?).ok().filter(|count| *count <= longest)?;
        (0..count).map(|_| self.take(entry)).collect()
    }
}

fn curve25519_key_pair(rest: &mut Rest<'_>) -> Option<bool> {
    let (public, secret) = (rest.take(32)?, rest.take(32)?);
    Some(curve::curve25519_public_key(secret.try_into().ok()?) == public)
}

fn ed25519_key_pair(rest: &mut Rest<'_>) -> Option<bool> {
    let (public, secret) = (rest.take(32)?, rest.take(64)?);
    Some(curve::ed25519_public_key(secret[..32].try_into().ok()?) == public)
}

/// One-time keys may have other secret keys than theirs until they are used.
fn account(rest: &mut Rest<'_>, version: u32) -> Option<bool> {
    const KEY: usize = 4 + 1 + 64;
    let consistent = ed25519_key_pair(rest)? & curve25519_key_pair(rest)?;
    rest.list(ONE_TIME_KEYS, KEY)?;
    match version {
        3 => rest.take(2 * KEY)?,
        4 => {
            let count = usize::from(rest.take(1)?[0]);
            rest.take(Some(count).filter(|count| *count <= FALLBACK_KEYS)? * KEY)?
        }
        _ => &[],
    };
    rest.number()?;
    Some(consistent)
}

fn session<'a>(rest: &mut Rest<'a>) -> Option<bool> {
    const SENDING_CHAIN: usize = 64 + 32 + 4;
    const KEY: usize = 32 + 32 + 4;
    // A flag, three keys, the root key.
    rest.take(1 + 4 * 32)?;
    let sending = rest.list(1, SENDING_CHAIN)?;
    let receiving = rest.list(RECEIVER_CHAINS, KEY)?;
    let skipped = rest.list(MESSAGE_KEYS, KEY)?;
    let pairs = sending.iter().map(|chain| curve25519_key_pair(&mut Rest(chain)));
    let pairs: Vec<bool> = pairs.collect::<Option<_>>()?;
    // Ratchet key, and the index behind another key.
    let split = |entry: &&'a [u8]| (&entry[..32], u32::from_be_bytes(entry[64..].try_into().unwrap()));
    let chains: Vec<_> = receiving.iter().map(split).collect();
    let keys: Vec<_> = skipped.iter().map(split).collect();
    let ratchet_keys: Vec<_> = chains.iter().map(|(key, _)| key).collect();
    let is_ahead =
        |(key, index): &(&[u8], u32)| chains.iter().any(|(other, next)| other == key && next <= index);
    let has_chain = !(sending.is_empty() && receiving.is_empty());
    let consistent = differ(&ratchet_keys) && differ(&keys) && !keys.iter().any(is_ahead);
    Some(has_chain && consistent && pairs.iter().all(|pair| *pair))
}

fn differ<T: PartialEq>(all: &[T]) -> bool {
    all.iter().enumerate().all(|(index, one)| !all[..index].contains(one))
}

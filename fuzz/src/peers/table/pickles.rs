//! Where stored states are read differently.

use serde_json::Value;

use super::{
    super::{
        ALL, Case,
        Difference::{OtherValue, TheyRefuse, WeRefuse},
        Peer::Vodozemac,
        Row,
        Subject::{
            AccountJson, Dehydrated, InboundJson, KeyIds, LibolmAccount, LibolmInbound, LibolmKeyPair,
            LibolmOutbound, LibolmSession, Order, OutboundJson, SessionJson,
        },
    },
    stored::{self, Stored},
};

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "bytes behind a pickle",
        peer: Vodozemac,
        subjects: &[LibolmAccount, LibolmSession, LibolmOutbound, LibolmInbound, LibolmKeyPair, Dehydrated],
        difference: WeRefuse,
        ours: "refuses",
        theirs: "leaves them aside",
        why: "F24",
        fits: |case| {
            if case.subject == Dehydrated {
                is_longer_device(case.input)
            } else {
                has(case, |stored| stored.trailing > 0)
            }
        },
    },
    Row {
        name: "a flag of a dehydrated device that is neither 0 nor 1",
        peer: Vodozemac,
        subjects: &[Dehydrated],
        difference: WeRefuse,
        ours: "refuses",
        theirs: "reads 1",
        why: "one encoding a value",
        fits: |case| flag_of_device(case.input).is_some_and(|(_, flag)| flag > 1),
    },
    Row {
        name: "more than two fallback keys",
        peer: Vodozemac,
        subjects: &[LibolmAccount],
        difference: WeRefuse,
        ours: "refuses",
        theirs: "reads the first two, and takes the rest for something else",
        why: "F24",
        fits: |case| has(case, |stored| stored.fallback_keys > 2),
    },
    Row {
        name: "a public key that is not that of its secret key",
        peer: Vodozemac,
        subjects: &[LibolmAccount, LibolmSession, LibolmOutbound, LibolmKeyPair],
        difference: WeRefuse,
        ours: "refuses",
        theirs: "computes the right one",
        why: "F16: a changed public key is a changed pickle",
        fits: |case| has(case, Stored::has_foreign_public_key),
    },
    Row {
        name: "a secret signing key that was not clamped",
        peer: Vodozemac,
        subjects: &[AccountJson, OutboundJson, LibolmAccount, LibolmOutbound],
        difference: OtherValue(&["/signing_key"]),
        ours: "clamps it",
        theirs: "keeps it",
        why: "F16",
        fits: |case| has(case, Stored::is_unclamped),
    },
    Row {
        name: "the number for the next key",
        peer: Vodozemac,
        subjects: &[KeyIds],
        difference: OtherValue(ALL),
        ours: "has one for all keys, above every id",
        theirs: "has one for each kind of key, below ids that it has read",
        why: "F18",
        fits: counts_otherwise,
    },
    Row {
        name: "the order of receiver chains and of skipped message keys",
        peer: Vodozemac,
        subjects: &[Order],
        difference: OtherValue(ALL),
        ours: "oldest first, as its format has it",
        theirs: "as libolm had it, newest first, or as it was read",
        why: "F15",
        fits: |case| {
            let as_session = |subject| stored::of(&Case { subject, ..*case });
            let stored = as_session(if case.input.first() == Some(&0) { LibolmSession } else { SessionJson });
            stored.is_some_and(|stored| stored.chains.len() > 1 || stored.skipped.len() > 1)
        },
    },
    Row {
        name: "skipped message keys of chains that are not there",
        peer: Vodozemac,
        subjects: &[LibolmSession],
        difference: OtherValue(ALL),
        ours: "keeps them",
        theirs: "drops them in silence",
        why: "F3: a late message can still be read",
        fits: |case| has(case, Stored::has_orphan),
    },
    Row {
        name: "two of what there is one of",
        peer: Vodozemac,
        subjects: &[SessionJson, LibolmSession],
        difference: WeRefuse,
        ours: "refuses",
        theirs: "takes the first one",
        why: "no session has two receiver chains with one ratchet key, or two keys for one message",
        fits: |case| has(case, Stored::has_duplicates),
    },
    Row {
        name: "a skipped message key ahead of its chain",
        peer: Vodozemac,
        subjects: &[SessionJson, LibolmSession],
        difference: WeRefuse,
        ours: "refuses",
        theirs: "reads it",
        why: "no session has such a key, and the message would open twice",
        fits: |case| has(case, Stored::has_key_ahead),
    },
    Row {
        name: "more items than libolm stores",
        peer: Vodozemac,
        subjects: &[LibolmAccount, LibolmSession],
        difference: WeRefuse,
        ours: "refuses",
        theirs: "takes them, or drops the oldest",
        why: "F24: no library has written that",
        fits: |case| {
            has(case, |stored| {
                let Stored { one_time_keys, sending_chains, chains, skipped, .. } = stored;
                one_time_keys.len() > 100 || *sending_chains > 1 || chains.len() > 5 || skipped.len() > 40
            })
        },
    },
    Row {
        name: "an older version of libolm's body",
        peer: Vodozemac,
        subjects: &[LibolmAccount, LibolmSession, LibolmInbound],
        difference: TheyRefuse,
        ours: "reads it",
        theirs: "refuses",
        why: "libolm reads it, and its pickles are to be migrated",
        fits: |case| {
            let version = case.input.first_chunk().map(|version| u32::from_be_bytes(*version));
            match case.subject {
                LibolmAccount => matches!(version, Some(2 | 3)),
                LibolmSession => version == Some(0x8000_0001),
                _ => version == Some(1),
            }
        },
    },
    Row {
        name: "an index of 2^32 or more in a pickle",
        peer: Vodozemac,
        subjects: &[SessionJson],
        difference: WeRefuse,
        ours: "refuses",
        theirs: "reads it",
        why: "F12: an index is a u32",
        fits: |case| {
            has(case, Stored::has_large_index) || sending_index(case).is_some_and(|index| index >= 1 << 32)
        },
    },
    Row {
        name: "a session that answers no chain it has",
        peer: Vodozemac,
        subjects: &[SessionJson],
        difference: WeRefuse,
        ours: "refuses",
        theirs: "reads it",
        why: "no session has such a state",
        fits: answers_no_chain,
    },
    Row {
        name: "the fields of a sending ratchet of both types",
        peer: Vodozemac,
        subjects: &[SessionJson],
        difference: WeRefuse,
        ours: "refuses",
        theirs: "reads those of the type that is named",
        why: "no library has written that",
        fits: |case| {
            sending(case).is_some_and(|fields| {
                let has = |name| fields.get(name).is_some_and(|field| !field.is_null());
                has("root_key") && has("ratchet_key") && has("active_ratchet") && has("symmetric_key_ratchet")
            })
        },
    },
    Row {
        name: "a one-time key whose public key is not its own, or without its secret key",
        peer: Vodozemac,
        subjects: &[AccountJson],
        difference: WeRefuse,
        ours: "refuses",
        theirs: "publishes the public key that it has read",
        why: "nobody could start a session with it",
        fits: has_foreign_one_time_key,
    },
    Row {
        name: "a previous fallback key without a current one",
        peer: Vodozemac,
        subjects: &[AccountJson],
        difference: WeRefuse,
        ours: "refuses",
        theirs: "reads it",
        why: "no account has such a state",
        fits: |case| {
            let keys = json(case).map(|json| json["fallback_keys"].clone()).unwrap_or_default();
            keys["fallback_key"].is_null() && keys["previous_fallback_key"].is_object()
        },
    },
    Row {
        name: "the last key id there is",
        peer: Vodozemac,
        subjects: &[AccountJson],
        difference: OtherValue(ALL),
        ours: "has no next one, and says so when it writes for vodozemac",
        theirs: "begins again",
        why: "F18: no id is given twice",
        fits: |case| {
            has(case, |stored| stored.one_time_keys.iter().any(|key| key.id == u64::MAX))
                || last_fallback_id(case)
        },
    },
    Row {
        name: "a one-time key of libolm's whose public key is not its own",
        peer: Vodozemac,
        subjects: &[LibolmAccount],
        difference: OtherValue(&["/one_time_keys/public_keys"]),
        ours: "keeps it, and says so where it is to be used",
        theirs: "computes the right one, which nobody was given",
        why: "F16: a one-time key is proven before its use, so that an account opens quickly",
        fits: |case| has(case, Stored::has_foreign_one_time_key),
    },
    Row {
        name: "two one-time keys with one id",
        peer: Vodozemac,
        subjects: &[LibolmAccount],
        difference: OtherValue(ALL),
        ours: "keeps both",
        theirs: "keeps one",
        why: "F18: what was imported is kept as it is",
        fits: |case| has(case, Stored::has_double_id),
    },
    Row {
        name: "a configuration that is null",
        peer: Vodozemac,
        subjects: &[SessionJson, OutboundJson, InboundJson],
        difference: TheyRefuse,
        ours: "reads it as one that is absent: for who states V1",
        theirs: "refuses",
        why: "the caller states the version either way",
        fits: |case| json(case).is_some_and(|json| json.get("config").is_some_and(Value::is_null)),
    },
];

fn has(case: &Case<'_>, holds: impl FnOnce(&Stored) -> bool) -> bool {
    stored::of(case).is_some_and(|stored| holds(&stored))
}

fn json(case: &Case<'_>) -> Option<Value> {
    serde_json::from_slice(case.input).ok()
}

fn sending(case: &Case<'_>) -> Option<Value> {
    Some(json(case)?.get("sending_ratchet")?.clone())
}

fn sending_index(case: &Case<'_>) -> Option<u64> {
    sending(case)?["symmetric_key_ratchet"]["index"].as_u64()
}

/// It is to answer a chain that is neither the newest nor the oldest of its list.
fn answers_no_chain(case: &Case<'_>) -> bool {
    let Some((sending, stored)) = sending(case).zip(stored::of_json(case)) else { return false };
    let answered = stored::bytes(&sending["ratchet_key"]);
    let ends = [stored.chains.first(), stored.chains.last()];
    sending["type"] == "inactive" && ends.iter().all(|end| end.map(|(key, _)| key) != answered.as_ref())
}

fn has_foreign_one_time_key(case: &Case<'_>) -> bool {
    let Some((json, stored)) = json(case).zip(stored::of_json(case)) else { return false };
    let keys = &json["one_time_keys"];
    let without_secret = keys["public_keys"]
        .as_object()
        .is_some_and(|public| public.keys().any(|id| keys["private_keys"].get(id).is_none()));
    let foreign = |key: &stored::Key| !key.public.is_empty() && !stored::belongs(&key.public, &key.secret);
    without_secret || stored.one_time_keys.iter().any(foreign)
}

/// The numbers that vodozemac keeps are not both the one above every id.
fn counts_otherwise(case: &Case<'_>) -> bool {
    let (ids, kept) = match case.input {
        // A dehydrated device has no ids: cliquet counts from 1, vodozemac from 0.
        [0, 0, 0, 1, ..] => return true,
        [0, ..] => {
            let Some(stored) = stored::of_libolm(&Case { subject: LibolmAccount, ..*case }) else {
                return false;
            };
            let next_fallback_key = stored.fallback_ids.first().map_or(0, |id| id + 1);
            (stored.ids(), [stored.last_id + 1, next_fallback_key])
        }
        _ => {
            let Some((json, stored)) =
                json(case).zip(stored::of_json(&Case { subject: AccountJson, ..*case }))
            else {
                return false;
            };
            let next = ["next_key_id", "key_id"].iter().find_map(|name| json["one_time_keys"][name].as_u64());
            (
                stored.ids(),
                [next.unwrap_or_default(), json["fallback_keys"]["key_id"].as_u64().unwrap_or_default()],
            )
        }
    };
    let above = ids.iter().map(|id| id.saturating_add(1)).chain(kept).max().unwrap_or_default().max(1);
    kept != [above; 2]
}

fn last_fallback_id(case: &Case<'_>) -> bool {
    json(case).is_some_and(|json| {
        ["fallback_key", "previous_fallback_key"]
            .iter()
            .any(|name| json["fallback_keys"][name]["key_id"] == u64::MAX)
    })
}

/// More than the fields of the plaintext of a dehydrated device.
fn is_longer_device(plaintext: &[u8]) -> bool {
    let fields = flag_of_device(plaintext).map(|(place, flag)| place + 1 + if flag == 0 { 0 } else { 32 });
    fields.is_some_and(|length| plaintext.len() > length)
}

/// Where the plaintext of a dehydrated device says whether a fallback key follows, and what it says.
fn flag_of_device(plaintext: &[u8]) -> Option<(usize, u8)> {
    let count = u32::from_be_bytes(plaintext.get(68..72)?.try_into().ok()?);
    let place = 72 + usize::try_from(count).ok()?.checked_mul(32)?;
    Some((place, *plaintext.get(place)?))
}

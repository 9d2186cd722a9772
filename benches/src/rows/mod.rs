//! The operations that are measured, in the order of the table.

mod accounts;
mod attachments;
pub(crate) mod megolm;
mod olm;
mod passphrases;
pub(crate) mod pickles;

use crate::{
    Result,
    floor::{Floor, parts},
    libraries::{CHeader, Cliquet, Libolm, Saved, Vodozemac},
    measure::Contestant,
};

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Who takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Cliquet,
    Vodozemac,
    Libolm,
    /// The primitives alone.
    Floor,
}

/// The contestants of one operation, made when it is their turn.
type Sides = Result<Vec<(Side, Box<dyn Contestant>)>>;

/// One operation to be measured.
pub(crate) struct Plan {
    pub(crate) operation: &'static str,
    /// The ratio of cliquet to vodozemac that is aimed at.
    pub(crate) goal: Option<f64>,
    pub(crate) sides: fn() -> Sides,
}

/// The operation, its goal if there is one, and the same contestant for each of several libraries.
macro_rules! plan {
    ($operation:literal, $goal:expr, [$($library:ident)*] $L:ident => $contestant:expr) => {
        Plan {
            operation: $operation,
            goal: $goal,
            sides: || Ok(vec![$({ type $L = $library; (Side::$library, $contestant?) },)*]),
        }
    };
    // With others for cliquet and for the floor.
    ($operation:literal, $goal:expr, $ours:expr, $floor:expr, [$($library:ident)*] $L:ident => $contestant:expr) => {
        Plan {
            operation: $operation,
            goal: $goal,
            sides: || {
                Ok(vec![
                    (Side::Cliquet, $ours?),
                    $({ type $L = $library; (Side::$library, $contestant?) },)*
                    (Side::Floor, $floor?),
                ])
            },
        }
    };
}

/// cliquet beside something else, which stands in the place of the floor.
macro_rules! beside {
    ($operation:literal, $ours:expr, $other:expr) => {
        Plan {
            operation: $operation,
            goal: None,
            sides: || Ok(vec![(Side::Cliquet, $ours?), (Side::Floor, $other?)]),
        }
    };
}

/// A part of the floor.
macro_rules! part {
    ($operation:literal, $part:expr) => {
        Plan { operation: $operation, goal: None, sides: || Ok(vec![(Side::Floor, $part?)]) }
    };
}

/// The lengths of one state's pickles.
macro_rules! sizes {
    ($state:literal, $L:ident => $proven:expr) => {
        pickles::Size {
            state: $state,
            cliquet: {
                type $L = Cliquet;
                $proven.state.save()?.len()
            },
            vodozemac: {
                type $L = Vodozemac;
                $proven.state.save()?.len()
            },
            libolm: {
                type $L = Libolm;
                $proven.state.save()?.len()
            },
        }
    };
}

/// The operations of the protocols.
#[rustfmt::skip] // one line each
pub(crate) const PROTOCOLS: &[Plan] = &[
    plan!("olm encrypt 32 B", Some(0.27), [Cliquet Vodozemac Libolm Floor] L => olm::encrypt::<L>(32)),
    plan!("olm decrypt 32 B", Some(0.85), [Cliquet Vodozemac Libolm Floor] L => olm::decrypt::<L>(32)),
    plan!("olm encrypt 1 KiB", None, [Cliquet Vodozemac Libolm Floor] L => olm::encrypt::<L>(KIB)),
    plan!("olm decrypt 1 KiB", None, [Cliquet Vodozemac Libolm Floor] L => olm::decrypt::<L>(KIB)),
    plan!("olm encrypt 64 KiB", Some(0.80), [Cliquet Vodozemac Libolm Floor] L => olm::encrypt::<L>(64 * KIB)),
    plan!("olm decrypt 64 KiB", Some(0.80), [Cliquet Vodozemac Libolm Floor] L => olm::decrypt::<L>(64 * KIB)),
    plan!("olm ping-pong", Some(1.00), [Cliquet Vodozemac Libolm Floor] L => olm::ping_pong::<L>(32)),
    plan!("olm outbound session", Some(1.00), [Cliquet Vodozemac Libolm Floor] L => olm::outbound_session::<L>()),
    plan!("olm inbound session", Some(1.00), [Cliquet Vodozemac Libolm Floor] L => olm::inbound_session::<L>()),
    plan!("account creation", None, [Cliquet Vodozemac Libolm Floor] L => accounts::creation::<L>()),
    plan!("100 one-time keys", None, [Cliquet Vodozemac Libolm Floor] L => accounts::one_time_keys::<L>(100)),
    plan!("megolm encrypt 32 B", Some(0.97), [Cliquet Vodozemac Libolm Floor] L => megolm::encrypt::<L>(32)),
    plan!("megolm decrypt 32 B", Some(0.87), [Cliquet Vodozemac Libolm Floor] L => megolm::decrypt::<L>(32)),
    plan!("megolm decrypt 32 B bulk", Some(0.50), megolm::bulk::<Cliquet>(64), megolm::bulk::<Floor>(64), [Vodozemac Libolm] L => megolm::decrypt::<L>(32)),
    plan!("megolm decrypt 32 B bulk of 1000", None, megolm::bulk::<Cliquet>(1_000), megolm::bulk::<Floor>(1_000), [Vodozemac Libolm] L => megolm::decrypt::<L>(32)),
    // The floor as if every ratchet had been kept.
    plan!("megolm decrypt 32 B backwards", Some(0.50), megolm::backwards::<Cliquet>(1_000), megolm::decrypt::<Floor>(32), [Vodozemac Libolm] L => megolm::backwards::<L>(1_000)),
    plan!("megolm encrypt 1 KiB", None, [Cliquet Vodozemac Libolm Floor] L => megolm::encrypt::<L>(KIB)),
    plan!("megolm decrypt 1 KiB", None, [Cliquet Vodozemac Libolm Floor] L => megolm::decrypt::<L>(KIB)),
    plan!("megolm encrypt 64 KiB", Some(0.80), [Cliquet Vodozemac Libolm Floor] L => megolm::encrypt::<L>(64 * KIB)),
    plan!("megolm decrypt 64 KiB", Some(0.80), [Cliquet Vodozemac Libolm Floor] L => megolm::decrypt::<L>(64 * KIB)),
    plan!("megolm decrypt at 1000000", None, [Cliquet Vodozemac Libolm Floor] L => megolm::decrypt_at::<L>(1_000_000)),
    plan!("megolm inbound session", None, [Cliquet Vodozemac Libolm Floor] L => megolm::inbound_session::<L>()),
    plan!("megolm export", Some(0.80), [Cliquet Vodozemac Libolm Floor] L => megolm::export::<L>()),
    plan!("megolm import", Some(0.95), [Cliquet Vodozemac Libolm Floor] L => megolm::import::<L>()),
    plan!("account pickle", Some(0.25), [Cliquet Vodozemac Libolm] L => pickles::save(pickles::account::<L>()?)),
    plan!("account unpickle", Some(0.05), [Cliquet Vodozemac Libolm] L => pickles::open(pickles::account::<L>()?)),
    plan!("olm session pickle", None, [Cliquet Vodozemac Libolm] L => pickles::save(pickles::olm_session::<L>()?)),
    plan!("olm session unpickle", Some(0.50), [Cliquet Vodozemac Libolm] L => pickles::open(pickles::olm_session::<L>()?)),
    plan!("outbound group session pickle", None, [Cliquet Vodozemac Libolm] L => pickles::save(pickles::sender::<L>()?)),
    plan!("outbound group session unpickle", None, [Cliquet Vodozemac Libolm] L => pickles::open(pickles::sender::<L>()?)),
    plan!("inbound group session pickle", None, [Cliquet Vodozemac Libolm] L => pickles::save(pickles::reader::<L>()?)),
    plan!("inbound group session unpickle", Some(0.50), [Cliquet Vodozemac Libolm] L => pickles::open(pickles::reader::<L>()?)),
];

/// The parts of the floor.
pub(crate) const PARTS: &[Plan] = &[
    part!("AES-256-CBC encrypt 64 KiB", parts::encrypt(64 * KIB)),
    part!("AES-256-CBC decrypt 64 KiB", parts::decrypt(64 * KIB)),
    part!("HMAC-SHA-256 of 64 KiB", parts::hmac(64 * KIB)),
    part!("SHA-512 of 64 KiB", parts::sha512(64 * KIB)),
    part!("base64 encode 64 KiB", parts::base64_encode(64 * KIB)),
    part!("base64 decode 64 KiB", parts::base64_decode(64 * KIB)),
    part!("HMAC-SHA-256 of 32 B", parts::hmac(32)),
    part!("HKDF-SHA-256 to 80 B", parts::message_keys()),
    part!("Ed25519 sign 32 B", parts::sign(32)),
    part!("Ed25519 verify 32 B", parts::verify(32)),
    part!("X25519 public key", parts::public_key()),
    part!("X25519 shared secret", parts::shared_secret()),
];

/// The C header, beside the Rust API in the place of the floor.
#[rustfmt::skip]
pub(crate) const C_HEADER: &[Plan] = &[
    beside!("olm outbound session in C", olm::outbound_session::<CHeader>(), olm::outbound_session::<Cliquet>()),
    beside!("olm inbound session in C", olm::inbound_session::<CHeader>(), olm::inbound_session::<Cliquet>()),
    beside!("olm encrypt 32 B in C", olm::encrypt::<CHeader>(32), olm::encrypt::<Cliquet>(32)),
    beside!("olm decrypt 32 B in C", olm::decrypt::<CHeader>(32), olm::decrypt::<Cliquet>(32)),
    beside!("olm encrypt 64 KiB in C", olm::encrypt::<CHeader>(64 * KIB), olm::encrypt::<Cliquet>(64 * KIB)),
    beside!("olm decrypt 64 KiB in C", olm::decrypt::<CHeader>(64 * KIB), olm::decrypt::<Cliquet>(64 * KIB)),
    beside!("megolm inbound session in C", megolm::inbound_session::<CHeader>(), megolm::inbound_session::<Cliquet>()),
    beside!("megolm encrypt 32 B in C", megolm::encrypt::<CHeader>(32), megolm::encrypt::<Cliquet>(32)),
    beside!("megolm decrypt 32 B in C", megolm::decrypt::<CHeader>(32), megolm::decrypt::<Cliquet>(32)),
    beside!("megolm export in C", megolm::export::<CHeader>(), megolm::export::<Cliquet>()),
    beside!("megolm import in C", megolm::import::<CHeader>(), megolm::import::<Cliquet>()),
];

/// Stretching a passphrase, beside the crate `pbkdf2` in the place of the floor.
#[rustfmt::skip]
pub(crate) const PASSPHRASES: &[Plan] = &[
    beside!("passphrase, 10 000 rounds", passphrases::in_steps(), passphrases::in_one_go()),
];

/// Attachments with their lengths in bytes, beside the two primitives in the place of the floor.
#[rustfmt::skip]
pub(crate) const ATTACHMENTS: &[(Plan, usize)] = &[
    (beside!("attachment encrypt 64 KiB", attachments::encrypt(64 * KIB), attachments::primitives(64 * KIB, 1)), 64 * KIB),
    (beside!("attachment encrypt 16 MiB", attachments::encrypt(16 * MIB), attachments::primitives(16 * MIB, 1)), 16 * MIB),
    (beside!("attachment decrypt 64 KiB", attachments::decrypt(64 * KIB), attachments::primitives_copied(64 * KIB)), 64 * KIB),
    (beside!("attachment decrypt 1 MiB", attachments::decrypt(MIB), attachments::primitives_copied(MIB)), MIB),
    (beside!("attachment verify and read 16 MiB", attachments::read(16 * MIB), attachments::primitives(16 * MIB, 2)), 16 * MIB),
];

/// Everything that is measured.
pub(crate) fn all() -> impl Iterator<Item = &'static Plan> {
    let attachments = ATTACHMENTS.iter().map(|(plan, _)| plan);
    PROTOCOLS.iter().chain(PARTS).chain(C_HEADER).chain(PASSPHRASES).chain(attachments)
}

/// What makes a contestant.
type Make = fn() -> Result<Box<dyn Contestant>>;

/// The operations of cliquet whose instructions are counted.
#[rustfmt::skip]
pub(crate) const COUNTED: &[(&str, Make)] = &[
    ("olm encrypt 32 B", || olm::encrypt::<Cliquet>(32)),
    ("olm decrypt 32 B", || olm::decrypt::<Cliquet>(32)),
    ("olm ping-pong", || olm::ping_pong::<Cliquet>(32)),
    ("olm outbound session", olm::outbound_session::<Cliquet>),
    ("olm inbound session", olm::inbound_session::<Cliquet>),
    ("account creation", accounts::creation::<Cliquet>),
    ("megolm encrypt 32 B", || megolm::encrypt::<Cliquet>(32)),
    ("megolm decrypt 32 B", || megolm::decrypt::<Cliquet>(32)),
    ("megolm decrypt 32 B bulk", || megolm::bulk::<Cliquet>(64)),
    ("megolm decrypt 32 B backwards", || megolm::backwards::<Cliquet>(64)),
    ("megolm inbound session", megolm::inbound_session::<Cliquet>),
    ("megolm export", megolm::export::<Cliquet>),
    ("megolm import", megolm::import::<Cliquet>),
    ("account pickle", || pickles::save(pickles::account::<Cliquet>()?)),
    ("account unpickle", || pickles::open(pickles::account::<Cliquet>()?)),
    ("olm session pickle", || pickles::save(pickles::olm_session::<Cliquet>()?)),
    ("olm session unpickle", || pickles::open(pickles::olm_session::<Cliquet>()?)),
    ("outbound group session pickle", || pickles::save(pickles::sender::<Cliquet>()?)),
    ("outbound group session unpickle", || pickles::open(pickles::sender::<Cliquet>()?)),
    ("inbound group session pickle", || pickles::save(pickles::reader::<Cliquet>()?)),
    ("inbound group session unpickle", || pickles::open(pickles::reader::<Cliquet>()?)),
];

/// How long the pickles are, in characters.
pub(crate) fn sizes() -> Result<Vec<pickles::Size>> {
    Ok(vec![
        sizes!("account, 100 one-time keys", L => pickles::account::<L>()?),
        sizes!("Olm session, 5 receiver chains", L => pickles::olm_session::<L>()?),
        sizes!("outbound group session", L => pickles::sender::<L>()?),
        sizes!("inbound group session", L => pickles::reader::<L>()?),
    ])
}

/// A plaintext of so many bytes.
fn plaintext(length: usize) -> Vec<u8> {
    (0..=u8::MAX).cycle().take(length).collect()
}

/// Fails unless a result is the right one.
pub(crate) fn check(holds: bool, complaint: &str) -> Result<()> {
    if holds { Ok(()) } else { Err(complaint.into()) }
}

/// Fails unless a plaintext is the right one.
pub(crate) fn same(found: &[u8], expected: &[u8]) -> Result<()> {
    check(found == expected, "a plaintext differs")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// What other programs look for in the JSON, with the ratio to vodozemac that is aimed at.
    const AIMS: [(&str, f64); 19] = [
        ("olm encrypt 32 B", 0.27),
        ("olm decrypt 32 B", 0.85),
        ("olm ping-pong", 1.00),
        ("olm outbound session", 1.00),
        ("olm inbound session", 1.00),
        ("megolm encrypt 32 B", 0.97),
        ("megolm decrypt 32 B", 0.87),
        ("megolm decrypt 32 B bulk", 0.50),
        ("megolm decrypt 32 B backwards", 0.50),
        ("olm encrypt 64 KiB", 0.80),
        ("olm decrypt 64 KiB", 0.80),
        ("megolm encrypt 64 KiB", 0.80),
        ("megolm decrypt 64 KiB", 0.80),
        ("megolm export", 0.80),
        ("megolm import", 0.95),
        ("account pickle", 0.25),
        ("account unpickle", 0.05),
        ("olm session unpickle", 0.50),
        ("inbound group session unpickle", 0.50),
    ];

    #[test]
    fn the_aims_are_these_and_no_others() {
        let mut found: Vec<_> =
            PROTOCOLS.iter().filter_map(|plan| Some((plan.operation, plan.goal?))).collect();
        let mut expected = AIMS.to_vec();
        for list in [&mut found, &mut expected] {
            list.sort_by_key(|(operation, _)| *operation);
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn no_name_comes_twice() {
        let names: BTreeSet<_> = all().map(|plan| plan.operation).collect();
        assert_eq!(names.len(), all().count());
    }
}

//! Two devices that talk: accounts, Olm both ways, Megolm both ways, saved state, and what must be refused.
//!
//! The random bytes are fixed, so that all that travels is too: [`run`] compares it with digests that stand in the source, and
//! what was made on one processor is checked on every other. A port shows with one call that it computes the same.

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod accounts;
mod altered;
mod failure;
mod known;
mod megolm;
mod meter;
mod olm;
mod random;

pub use failure::Failure;
pub use known::Digests;
pub use meter::{Meter, NoMeter};
pub use random::{Broken, BrokenGenerator, FixedSeed};

use known::Known;

/// Plays the whole conversation, and returns how many things it compared with other targets. What is measured is up to `meter`.
///
/// # Errors
///
/// If anything is refused that must work, works that must be refused, or is not what it was on another target.
pub fn run(meter: &mut impl Meter) -> Result<usize, Failure> {
    Ok(play(meter, Known::new())?.0)
}

/// The table of digests as this target makes it, for the source.
///
/// # Errors
///
/// As of [`run`], but for the comparison.
pub fn digests() -> Result<Digests, Failure> {
    Ok(play(&mut NoMeter, Known::writing_down())?.1)
}

fn play(meter: &mut impl Meter, mut known: Known) -> Result<(usize, Digests), Failure> {
    let mut rng = FixedSeed::new();
    let (alice, mut bob) = accounts::create(meter, &mut rng, &mut known)?;
    let mut pair = olm::start(meter, &mut rng, &mut known, &alice, &mut bob)?;
    olm::talk(meter, &mut rng, &mut known, &mut pair)?;
    olm::refuse(&mut rng, &mut pair)?;
    accounts::save(meter, &mut rng, &mut known, &alice)?;
    let mut pair = olm::save(meter, &mut rng, &mut known, &pair)?;
    megolm::talk(meter, &mut rng, &mut known, &mut pair)?;
    known.finish()
}

//! What the releases stand on, and that they are what they say: licences, sources, the table of dependencies, the oldest Rust;
//! and beside continuous integration, the same libraries from two builds, a list of what is in them, and all that is released.

pub(crate) mod artefacts;
pub(crate) mod bill;
mod contents;
mod deny;
mod dependencies;
pub(crate) mod msrv;
mod packages;
mod provenance;
pub(crate) mod reproducible;

pub(crate) use deny::install;

use crate::command::Outcome;

/// What is cheap enough for every change. Needs no network once the packages have been fetched.
pub(crate) fn check() -> Outcome {
    deny::check()?;
    dependencies::check()?;
    contents::check()?;
    msrv::agrees()
}

//! Verification by short authentication strings.

mod agreement;
mod keys;
mod mac_event;
mod macs;
mod shown;
mod verification;

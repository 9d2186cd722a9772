//! Proofs of small scopes (`docs/proofs.md`).

mod message;
mod provenance;
mod replay_guard;

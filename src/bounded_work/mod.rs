//! What one hostile input can cost at most: the tables of `docs/bounded-work.md`, which these tests measure and compare.
//!
//! Two kinds of rows. An input that is short by its format, or that limits keep so, is measured by itself, and its hashes and
//! multiplications are those that a formula in the row says. An input of any length is measured in three lengths, and its cost grows
//! in proportion. All of that must be what the document says. Times alone are not compared:
//!
//! ```console
//! cargo test --all-features --lib bounded_work                            # compares
//! cargo test --release --all-features --lib bounded_work -- --ignored     # measures anew and writes the document
//! ```

#![cfg(all(
    target_pointer_width = "64",
    feature = "attachment",
    feature = "dehydrated-device",
    feature = "ecies",
    feature = "hpke",
    feature = "key-backup",
    feature = "qr-code",
    feature = "sas",
    feature = "secret-storage",
    feature = "std",
    feature = "vodozemac"
))]

mod case;
mod channels;
mod documents;
mod foreign_pickles;
mod growth;
mod megolm;
mod native_pickles;
mod olm;
mod table;

use alloc::{string::String, vec::Vec};

use self::{case::Case, growth::Growth};
use crate::{
    megolm::ReplayGuard,
    objects::key_export::EncryptedKeyExport,
    olm::{Account, Limits},
    primitives::work::Work,
    secret_storage::PassphraseParameters,
    testing::seeded,
};

/// An input that is measured by itself, and what it must cost.
struct Row {
    case: Case,
    expected: Work,
}

impl Row {
    /// An input that costs exactly this.
    fn new(expected: Work, case: Case) -> Self {
        Self { case, expected }
    }
}

/// Everything that comes from outside, by where it comes in.
struct Section {
    title: &'static str,
    rows: fn() -> Vec<Row>,
    growths: fn() -> Vec<Growth>,
}

const SECTIONS: [Section; 6] = [
    Section { title: "Olm", rows: olm::rows, growths: olm::growths },
    Section { title: "Megolm", rows: megolm::rows, growths: megolm::growths },
    Section { title: "Native pickles", rows: native_pickles::rows, growths: native_pickles::growths },
    Section { title: "Foreign pickles", rows: foreign_pickles::rows, growths: foreign_pickles::growths },
    Section { title: "Verification and login", rows: channels::rows, growths: channels::growths },
    Section { title: "Documents", rows: documents::rows, growths: documents::growths },
];

/// A text of base64, or as many other characters as the base64 of so many bytes has.
fn base64(bytes: &[u8]) -> String {
    crate::encoding::base64::encode(bytes)
}

/// Compares one section with the document.
fn check(number: usize) {
    table::check(&SECTIONS[number]);
}

#[test]
fn the_limits_are_those_of_the_document() {
    let (default, most) = (Limits::default(), olm::greatest_limits());
    table::check_limit("messages missing before one (gap)", default.message_gap(), most.message_gap());
    table::check_limit(
        "skipped message keys of a chain",
        default.skipped_keys_per_chain(),
        most.skipped_keys_per_chain(),
    );
    table::check_limit("skipped message keys of a session", default.skipped_keys(), most.skipped_keys());
    table::check_limit("receiver chains of a session", default.receiver_chains(), most.receiver_chains());
    let mut account = Account::new(&mut seeded(30)).unwrap();
    let most = account.set_one_time_key_limit(u32::MAX).unwrap_err().most;
    table::check_limit("one-time keys of an account", Account::DEFAULT_ONE_TIME_KEY_LIMIT, most);
    table::check_limit("indexes of a replay guard", ReplayGuard::DEFAULT_CAPACITY, ReplayGuard::MAX_CAPACITY);
    table::check_limit("rounds of a key export", EncryptedKeyExport::DEFAULT_MAX_ROUNDS, u32::MAX);
    table::check_limit("rounds of a storage's key", PassphraseParameters::DEFAULT_MAX_ROUNDS, u32::MAX);
}

#[test]
fn olm_costs_what_the_document_says() {
    check(0);
}

#[test]
fn megolm_costs_what_the_document_says() {
    check(1);
}

#[test]
fn native_pickles_cost_what_the_document_says() {
    check(2);
}

#[test]
fn foreign_pickles_cost_what_the_document_says() {
    check(3);
}

#[test]
fn verification_and_login_cost_what_the_document_says() {
    check(4);
}

#[test]
fn documents_cost_what_the_document_says() {
    check(5);
}

#[test]
#[ignore = "measures times and writes docs/bounded-work.md"]
fn write_the_document() {
    let is_quick = cfg!(not(debug_assertions));
    assert!(is_quick, "times are measured with --release");
    SECTIONS.iter().for_each(table::write);
}

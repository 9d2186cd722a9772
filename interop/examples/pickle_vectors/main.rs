//! Writes `test-vectors/pickle/`: saved state of the two peers, and what it means.
//!
//! ```sh
//! cargo run --release -p cliquet-interop --example pickle_vectors
//! ```
//!
//! Every accepted pickle was written by libolm 3.2.16 or vodozemac 0.11.1, or is one of theirs with a field changed, and is read by its
//! peer again before it is recorded. Every rejected one is such a pickle, damaged; it is encrypted properly, unless the encryption is
//! what is damaged. What a pickle means is not asked of cliquet, nor of the peer: the `Layout`s here take the plaintext apart, as strictly as
//! the vectors demand, and say what is in it. (`native.json` is cliquet's own; a test of the library writes it.)
//!
//! libolm draws what this program gives it, so that its files come out the same each time. vodozemac draws from the system: its files
//! are frozen, and are only written where they are missing. To draw them anew, delete them first.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a generator stops where it is wrong"
)]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a generator may panic")]

mod bytes;
mod chacha20poly1305;
mod dehydrated_devices;
mod envelope;
mod keys;
mod libolm_pickles;
mod vectors;
mod vodozemac_pickles;

use std::path::Path;

use vectors::Vectors;

/// A name, and what makes the vectors.
type File = (&'static str, fn() -> Vectors);

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../test-vectors/pickle");
    let reproducible: [File; 4] = [
        ("libolm-account.json", libolm_pickles::account::vectors),
        ("libolm-session.json", libolm_pickles::session::vectors),
        ("libolm-outbound-group-session.json", libolm_pickles::group_sessions::outbound_vectors),
        ("libolm-inbound-group-session.json", libolm_pickles::group_sessions::inbound_vectors),
    ];
    for (name, vectors) in reproducible {
        vectors().write(&folder.join(name));
    }
    let frozen: [File; 5] = [
        ("vodozemac-account.json", vodozemac_pickles::account::vectors),
        ("vodozemac-session.json", vodozemac_pickles::session::vectors),
        ("vodozemac-outbound-group-session.json", vodozemac_pickles::group_sessions::outbound_vectors),
        ("vodozemac-inbound-group-session.json", vodozemac_pickles::group_sessions::inbound_vectors),
        ("dehydrated-device.json", dehydrated_devices::vectors),
    ];
    for (name, vectors) in frozen {
        // Made in any case, so that all the checks on the way are run.
        let (vectors, path) = (vectors(), folder.join(name));
        if path.exists() {
            println!("{name} is kept as it is");
        } else {
            vectors.write(&path);
        }
    }
}

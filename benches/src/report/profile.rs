//! Where the time of long messages goes: how fast they could be with these primitives.

use super::{Table, number, time};
use crate::{rows::Side, speed::Row};

/// An operation, and which parts it cannot do without, each so many times.
type Profile = (&'static str, &'static [(&'static str, f64)]);

const PROFILES: [Profile; 4] = [
    (
        "olm encrypt 64 KiB",
        &[
            ("AES-256-CBC encrypt 64 KiB", 1.0),
            ("HMAC-SHA-256 of 64 KiB", 1.0),
            ("base64 encode 64 KiB", 1.0),
        ],
    ),
    (
        "olm decrypt 64 KiB",
        &[
            ("AES-256-CBC decrypt 64 KiB", 1.0),
            ("HMAC-SHA-256 of 64 KiB", 1.0),
            ("base64 decode 64 KiB", 1.0),
        ],
    ),
    (
        "megolm encrypt 64 KiB",
        &[
            ("AES-256-CBC encrypt 64 KiB", 1.0),
            ("HMAC-SHA-256 of 64 KiB", 1.0),
            ("base64 encode 64 KiB", 1.0),
            ("SHA-512 of 64 KiB", 2.0),
            ("Ed25519 sign 32 B", 1.0),
        ],
    ),
    (
        "megolm decrypt 64 KiB",
        &[
            ("AES-256-CBC decrypt 64 KiB", 1.0),
            ("HMAC-SHA-256 of 64 KiB", 1.0),
            ("base64 decode 64 KiB", 1.0),
            ("SHA-512 of 64 KiB", 1.0),
            ("Ed25519 verify 32 B", 1.0),
        ],
    ),
];

/// The parts of each long message, their sum, and what is left of cliquet's time; the sum beside vodozemac's time is the lowest ratio that there can be.
pub(crate) fn profile(protocols: &[Row], parts: &[Row]) -> Table {
    let mut table = Table::new([
        "µs",
        "AES",
        "HMAC",
        "base64",
        "SHA-512",
        "Ed25519",
        "sum",
        "cliquet",
        "vodozemac",
        "ratio",
        "ratio of the sum",
    ]);
    let part = |name: &str| parts.iter().find(|row| row.operation == name)?.time(Side::Floor);
    for (operation, needed) in PROFILES {
        let Some(row) = protocols.iter().find(|row| row.operation == operation) else { continue };
        let times: Vec<_> = needed.iter().filter_map(|(name, count)| Some(part(name)? * count)).collect();
        let sum: f64 = times.iter().sum();
        let cells = (0..5).map(|column| time(times.get(column).copied()));
        let least = row.time(Side::Vodozemac).map(|vodozemac| sum / vodozemac);
        let figures = [
            time(Some(sum)),
            time(row.time(Side::Cliquet)),
            time(row.time(Side::Vodozemac)),
            number(row.ratio(Side::Vodozemac)),
            number(least),
        ];
        table.line([operation.to_owned()].into_iter().chain(cells).chain(figures));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::{PARTS, PROTOCOLS};

    #[test]
    fn everything_in_a_profile_is_measured() {
        for (operation, needed) in PROFILES {
            assert!(PROTOCOLS.iter().any(|plan| plan.operation == operation), "{operation}");
            for (name, _) in needed {
                assert!(PARTS.iter().any(|plan| plan.operation == *name), "{name}");
            }
        }
    }
}

//! The tables at the end.

use std::fmt::Write;

use crate::{measure::Row, pickles::Size};

pub(crate) fn times(rows: &[Row], other: &str) -> String {
    let mut text = heading("operation", other, "µs");
    for row in rows {
        line(&mut text, row.operation, row.cliquet, row.other, 2);
    }
    text
}

pub(crate) fn sizes(sizes: &[Size]) -> String {
    let mut text = heading("pickle in base64", "vodozemac", "characters");
    for size in sizes {
        line(&mut text, size.state, as_f64(size.cliquet), as_f64(size.vodozemac), 0);
    }
    text
}

/// Megabytes a second; the other side are the primitives.
pub(crate) fn throughput(rows: &[Row], lengths: &[usize]) -> String {
    let mut text = heading("attachment", "primitives", "MB/s");
    for (row, length) in rows.iter().zip(lengths) {
        let length = as_f64(*length);
        line(&mut text, row.operation, length / row.cliquet, length / row.other, 0);
    }
    text
}

fn heading(what: &str, other: &str, unit: &str) -> String {
    let line = "-".repeat(78);
    format!("{what:<36}{:>14}{other:>14}{:>14}\n{:<36}{unit:>14}{unit:>14}\n{line}\n", "cliquet", "ratio", "")
}

fn line(text: &mut String, name: &str, cliquet: f64, vodozemac: f64, decimals: usize) {
    let ratio = cliquet / vodozemac;
    // Writing to a string does not fail.
    let _ = writeln!(text, "{name:<36}{cliquet:>14.decimals$}{vodozemac:>14.decimals$}{ratio:>14.3}");
}

fn as_f64(length: usize) -> f64 {
    u32::try_from(length).map_or(f64::NAN, f64::from)
}

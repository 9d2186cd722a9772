//! The figures of the firmware: read from what it prints, held to those of the document, or written there.

use std::fs;

use crate::command::{Outcome, at_root};

const DOCUMENT: &str = "docs/targets.md";
const BEGIN: &str = "<!-- figures: firmware -->\n";
const END: &str = "<!-- end -->";

/// By how many hundredths a figure may exceed that of the document: another compiler lays code out in another way.
const TOLERANCE: u64 = 5;

/// The lines that the firmware prints, in the order of the document's columns.
const PRINTED: [&str; 4] =
    ["flash", "static RAM", "peak stack of an operation", "peak heap of the conversation"];

/// The figures of one run.
fn read(text: &str) -> Result<[u64; 4], String> {
    let mut figures = [0; 4];
    for (figure, name) in figures.iter_mut().zip(PRINTED) {
        let found = text.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next());
        *figure = found
            .and_then(|digits| digits.parse().ok())
            .ok_or_else(|| format!("the firmware does not print `{name}`"))?;
    }
    Ok(figures)
}

/// Fails if a figure is well above that of the document.
pub(super) fn hold(name: &str, printed: &str) -> Outcome {
    let document = document()?;
    let row = document
        .lines()
        .find_map(|line| line.strip_prefix(&format!("| {name} |")))
        .ok_or_else(|| format!("{DOCUMENT} has no row {name}"))?;
    let columns: Vec<u64> = row.split('|').filter_map(|cell| cell.replace(' ', "").parse().ok()).collect();
    let [flash, _, ram, stack, heap] = columns.as_slice() else {
        return Err(format!("the row {name} of {DOCUMENT} has not five figures"));
    };
    for ((now, then), what) in read(printed)?.iter().zip([flash, ram, stack, heap]).zip(PRINTED) {
        let most = then.saturating_mul(100 + TOLERANCE) / 100;
        if *now > most {
            return Err(format!(
                "{what}: {now} bytes, {DOCUMENT} says {then}. If that is meant: cargo xtask firmware-figures"
            ));
        }
    }
    Ok(())
}

/// Writes the table: a name, what the firmware printed, and what the empty one did.
pub(super) fn write(rows: &[(&str, String, String)]) -> Outcome {
    let mut table = String::from(
        "| bytes | flash | less the empty program | static RAM | peak stack | peak heap |\n\
         |---|---:|---:|---:|---:|---:|\n",
    );
    for (name, firmware, empty) in rows {
        let ([flash, ram, stack, heap], [without, ..]) = (read(firmware)?, read(empty)?);
        let cells = [flash, flash.saturating_sub(without), ram, stack, heap].map(spaced);
        table.push_str(&format!("| {name} | {} |\n", cells.join(" | ")));
    }
    let (text, first) = (document()?, rows.first().ok_or("nothing was measured")?);
    let operations = first.1.lines().filter(|line| line.contains(": "));
    table.push_str("\n| operation, in the smallest configuration | stack | heap |\n|---|---:|---:|\n");
    for line in operations.filter(|line| line.len() > 40) {
        let (operation, figures) = line.split_at_checked(36).ok_or("a short row")?;
        let cells: Vec<String> =
            figures.split_whitespace().filter_map(|figure| Some(spaced(figure.parse().ok()?))).collect();
        table.push_str(&format!("| {} | {} |\n", operation.trim_end(), cells.join(" | ")));
    }
    let place = || {
        let (before, rest) = text.split_once(BEGIN)?;
        Some((before, rest.split_once(END)?.1))
    };
    let (before, after) = place().ok_or_else(|| format!("{DOCUMENT} has no place for the figures"))?;
    let replaced = format!("{before}{BEGIN}{table}{END}{after}");
    fs::write(at_root(DOCUMENT), replaced).map_err(|error| format!("cannot write {DOCUMENT}: {error}"))
}

fn document() -> Result<String, String> {
    fs::read_to_string(at_root(DOCUMENT)).map_err(|error| format!("cannot read {DOCUMENT}: {error}"))
}

/// 12 345 as a person reads it.
fn spaced(figure: u64) -> String {
    let (thousands, rest) = (figure / 1000, figure % 1000);
    if thousands == 0 { rest.to_string() } else { format!("{thousands} {rest:03}") }
}

//! What was aimed at and missed.

use super::number;
use crate::{rows::Side, speed::Row};

/// How far above the floor an operation on 32 bytes may be.
const ABOVE_THE_FLOOR: f64 = 1.05;

/// A line for each aim.
pub(crate) fn verdicts(rows: &[Row]) -> String {
    let goals = rows.iter().filter(|row| row.goal.is_some());
    let floors = rows.iter().filter(|row| row.operation.contains("32 B"));
    [
        missed("above the goal", goals, Side::Vodozemac, |row, _| row.meets_its_goal() == Some(false)),
        missed("more than 1.05 of the floor, of those with 32 bytes", floors, Side::Floor, |_, ratio| {
            ratio > ABOVE_THE_FLOOR
        }),
        missed("slower than libolm", rows.iter(), Side::Libolm, |_, ratio| ratio > 1.0),
    ]
    .concat()
}

fn missed<'a>(
    what: &str,
    rows: impl Iterator<Item = &'a Row>,
    side: Side,
    misses: impl Fn(&Row, f64) -> bool,
) -> String {
    let (mut count, mut missed) = (0_usize, Vec::new());
    for (row, ratio) in rows.filter_map(|row| Some((row, row.ratio(side)?))) {
        count = count.saturating_add(1);
        if misses(row, ratio) {
            missed.push(format!("{} ({})", row.operation, number(Some(ratio))));
        }
    }
    let list = if missed.is_empty() { "none".to_owned() } else { missed.join(", ") };
    if count == 0 { String::new() } else { format!("{what}: {} of {count}: {list}\n", missed.len()) }
}

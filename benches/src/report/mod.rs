//! The tables, the verdicts on them, and the JSON.

mod json;
mod profile;
mod table;
mod verdicts;

pub(crate) use self::{json::json, profile::profile, table::Table, verdicts::verdicts};
use crate::{
    chart::Panel,
    rows::{Side, pickles::Size},
    speed::Row,
};

/// Those that say most about what a client waits for; the README of the repository shows them.
const MAIN: [&str; 14] = [
    "olm encrypt 32 B",
    "olm decrypt 32 B",
    "olm ping-pong",
    "olm outbound session",
    "olm inbound session",
    "megolm encrypt 32 B",
    "megolm decrypt 32 B",
    "megolm decrypt 32 B bulk",
    "megolm decrypt 32 B backwards",
    "megolm import",
    "account pickle",
    "account unpickle",
    "olm session unpickle",
    "inbound group session unpickle",
];

/// Times of the protocols, the ratio of cliquet to each of the others, and the ratio to vodozemac that is aimed at.
pub(crate) fn protocols(rows: &[Row]) -> Table {
    let mut table =
        Table::new(["µs", "cliquet", "vodozemac", "ratio", "goal", "libolm", "ratio", "floor", "ratio"]);
    for row in rows {
        let times = |side| [time(row.time(side)), number(row.ratio(side))];
        let [vodozemac, libolm, floor] = [Side::Vodozemac, Side::Libolm, Side::Floor].map(times);
        let first = [row.operation.to_owned(), time(row.time(Side::Cliquet))];
        table.line(first.into_iter().chain(vodozemac).chain([goal(row)]).chain(libolm).chain(floor));
    }
    table
}

fn goal(row: &Row) -> String {
    match (row.goal, row.meets_its_goal()) {
        (Some(goal), Some(met)) => format!("{goal:.2} {}", if met { "met" } else { "missed" }),
        _ => String::new(),
    }
}

/// The rows that a reader in a hurry wants.
pub(crate) fn main_protocols(rows: &[Row]) -> Table {
    let mut table = Table::new(["µs", "cliquet", "vodozemac", "ratio", "libolm", "ratio"]);
    for row in rows.iter().filter(|row| MAIN.contains(&row.operation)) {
        let first = [row.operation.to_owned(), time(row.time(Side::Cliquet))];
        let [vodozemac, libolm] =
            [Side::Vodozemac, Side::Libolm].map(|side| [time(row.time(side)), number(row.ratio(side))]);
        table.line(first.into_iter().chain(vodozemac).chain(libolm));
    }
    table
}

/// Times of the parts of the floor.
pub(crate) fn parts(rows: &[Row]) -> Table {
    let mut table = Table::new(["µs", "time"]);
    for row in rows {
        table.line([row.operation.to_owned(), time(row.time(Side::Floor))]);
    }
    table
}

/// Times beside those of something else, which stands in the place of the floor.
pub(crate) fn beside(rows: &[Row], ours: &str, other: &str) -> Table {
    let mut table = Table::new(["µs", ours, other, "ratio"]);
    for row in rows {
        let figures = [time(row.time(Side::Cliquet)), time(row.time(Side::Floor))];
        let ratio = number(row.ratio(Side::Floor));
        table.line([row.operation.to_owned()].into_iter().chain(figures).chain([ratio]));
    }
    table
}

/// Megabytes a second; the other side are the primitives.
pub(crate) fn throughput(rows: &[(Row, usize)]) -> Table {
    let mut table = Table::new(["MB/s", "cliquet", "primitives", "ratio"]);
    for (row, length) in rows {
        let rate = |side| row.time(side).map(|time| as_f64(*length) / time);
        let (ours, other) = (rate(Side::Cliquet), rate(Side::Floor));
        let ratio = ours.zip(other).map(|(ours, other)| ours / other);
        table.line([row.operation.to_owned(), time(ours), time(other), number(ratio)]);
    }
    table
}

/// Lengths of pickles.
pub(crate) fn sizes(sizes: &[Size]) -> Table {
    libraries("characters", sizes)
}

/// How many bytes states take.
pub(crate) fn bytes(sizes: &[Size]) -> Table {
    libraries("bytes", sizes)
}

fn libraries(unit: &str, sizes: &[Size]) -> Table {
    let mut table = Table::new([unit, "cliquet", "vodozemac", "libolm"]);
    for Size { state, cliquet, vodozemac, libolm } in sizes {
        let figures = [cliquet, vodozemac, libolm].map(|number| thousands(&number.to_string()));
        table.line([(*state).to_owned()].into_iter().chain(figures));
    }
    table
}

/// What a panel of the chart shows.
pub(crate) fn panel(panel: &Panel) -> Table {
    let name = |dashed, class: &str| if dashed { format!("{class} pickle") } else { class.to_owned() };
    let names = panel.series.iter().map(|series| name(series.dashed, series.class));
    let mut table = Table::new([format!("{}, {}", panel.x, panel.y)].into_iter().chain(names));
    let lines = panel.series.iter().map(|series| &series.points);
    for (number, (x, _)) in lines.max_by_key(|points| points.len()).into_iter().flatten().enumerate() {
        let figures = panel.series.iter().map(|series| time(series.points.get(number).map(|point| point.1)));
        table.line([x.to_string()].into_iter().chain(figures));
    }
    table
}

/// A line while it goes on.
pub(crate) fn progress(row: &Row) -> String {
    let names = [
        (Side::Cliquet, ""),
        (Side::Vodozemac, "vodozemac "),
        (Side::Libolm, "libolm "),
        (Side::Floor, "beside "),
    ];
    let times = names
        .into_iter()
        .filter_map(|(side, name)| Some(format!("{name}{} µs", time(Some(row.time(side)?)))));
    times.collect::<Vec<_>>().join(", ")
}

/// With three digits that say something.
pub(crate) fn time(time: Option<f64>) -> String {
    match time {
        None => String::new(),
        Some(time) if time < 10.0 => format!("{time:.2}"),
        Some(time) if time < 100.0 => format!("{time:.1}"),
        Some(time) => thousands(&format!("{time:.0}")),
    }
}

/// Whole numbers in groups of three digits.
fn thousands(digits: &str) -> String {
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(" ")
}

fn number(number: Option<f64>) -> String {
    number.map_or_else(String::new, |number| format!("{number:.2}"))
}

fn as_f64(length: usize) -> f64 {
    u32::try_from(length).map_or(f64::NAN, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::PROTOCOLS;

    #[test]
    fn figures() {
        let found = [1.234, 12.34, 123.4, 1_234.5, 1_234_567.0].map(|figure| time(Some(figure)));
        assert_eq!(found, ["1.23", "12.3", "123", "1 234", "1 234 567"]);
    }

    #[test]
    fn the_main_operations_are_measured() {
        for operation in MAIN {
            assert!(PROTOCOLS.iter().any(|plan| plan.operation == operation), "{operation}");
        }
    }
}

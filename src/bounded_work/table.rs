//! The tables of the document.

use alloc::{format, string::String, vec::Vec};
use std::{env, fs, path::PathBuf};

use super::Section;
use crate::primitives::work::Work;

const ROWS: &str = "| input | bytes | SHA-256 | SHA-512 | blocks | X25519 | Ed25519 | decoded | allocations | bytes at peak | µs | ns per byte |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|";
const GROWTHS: &str = "| input of any length | SHA-256 | SHA-512 | blocks | X25519 | Ed25519 | decoded | allocations | bytes at peak per byte | ns per byte, shortest | ns per byte, longest |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|";

/// A line of a table: what is counted, and what is only measured.
struct Line {
    counted: String,
    measured: String,
}

fn document() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/bounded-work.md")
}

/// Fails unless the document gives a limit with its default and its hard cap.
pub(super) fn check_limit(name: &str, default: impl TryInto<u64>, most: impl TryInto<u64>) {
    let [default, most] =
        [default.try_into().ok(), most.try_into().ok()].map(|figure| grouped(figure.unwrap()));
    let line = format!("\n| {name} | {default} | {most} |");
    let text = fs::read_to_string(document()).unwrap();
    assert!(text.contains(&line), "docs/bounded-work.md has no such line: {line}");
}

/// Measures a section and fails unless the document says the same, times aside.
pub(super) fn check(section: &Section) {
    let text = fs::read_to_string(document()).unwrap();
    let (_, block, _) = split(&text, section.title);
    let expected = tables(section, false);
    let found: Vec<_> = block.lines().filter(|line| !line.is_empty()).collect();
    let headings = |line: &&&str| line.starts_with("| input") || line.starts_with("|---");
    let found: Vec<_> = found.iter().filter(|line| !headings(line)).collect();
    let expected: Vec<_> = expected.iter().flatten().collect();
    let wrong = found.len() != expected.len()
        || found.iter().zip(&expected).any(|(found, expected)| !found.starts_with(&expected.counted));
    if wrong {
        let expected: String = expected.iter().map(|line| format!("{}\n", line.counted)).collect();
        panic!(
            "docs/bounded-work.md says something else of {}; measured was\n{expected}\nIf that is meant:\n\
             cargo test --release --all-features --lib bounded_work -- --ignored",
            section.title
        );
    }
}

/// Measures a section and writes it into the document.
pub(super) fn write(section: &Section) {
    let text = fs::read_to_string(document()).unwrap();
    let (before, _, after) = split(&text, section.title);
    let [rows, growths] = tables(section, true);
    let mut block = String::new();
    for (heading, lines) in [(ROWS, rows), (GROWTHS, growths)] {
        if !lines.is_empty() {
            let lines: String =
                lines.iter().map(|line| format!("{}{}\n", line.counted, line.measured)).collect();
            block = format!("{block}{heading}\n{lines}\n");
        }
    }
    fs::write(document(), format!("{before}\n{block}{after}")).unwrap();
}

/// The document before, in and behind the block of a section.
fn split<'t>(text: &'t str, title: &str) -> (String, &'t str, String) {
    let (start, end) = (format!("<!-- measured: {title} -->\n"), "<!-- end -->");
    let (before, rest) = text.split_once(&start).unwrap_or_else(|| panic!("no block for {title}"));
    let (block, after) = rest.split_once(end).unwrap();
    (format!("{before}{start}"), block, format!("{end}{after}"))
}

fn tables(section: &Section, with_times: bool) -> [Vec<Line>; 2] {
    let (mut wrong, mut rows) = (Vec::new(), Vec::new());
    // What makes the inputs walks far, too, and must not do so for hours.
    Work::during(|| rows = (section.rows)());
    let rows = rows.into_iter().map(|row| {
        let (case, cost) = (&row.case, row.case.cost());
        let work = cost.work;
        if work != row.expected {
            wrong.push(format!("{}: {work:?} instead of {:?}", case.name, row.expected));
        }
        let cells = [work.sha256, work.sha512, work.blocks, work.x25519, work.ed25519, work.decodings];
        let cells = cells.into_iter().chain([cost.allocations, cost.peak]).map(grouped);
        let counted = line(&case.name, [grouped(to_u64(case.length))].into_iter().chain(cells));
        let measured = if with_times {
            let time = case.time();
            line_end([time, time * 1e3 / f64::from(u32::try_from(case.length).unwrap())])
        } else {
            String::new()
        };
        Line { counted, measured }
    });
    let rows = rows.collect();
    assert!(wrong.is_empty(), "other work than expected:\n{}", wrong.join("\n"));
    let growths = (section.growths)().into_iter().map(|growth| {
        let slope = growth.slope();
        let cells = [
            slope.sha256,
            slope.sha512,
            slope.blocks,
            slope.x25519,
            slope.ed25519,
            slope.decodings,
            slope.allocations,
            slope.peak,
        ];
        let counted = line(growth.name, cells.into_iter().map(rounded));
        Line { counted, measured: if with_times { line_end(growth.times()) } else { String::new() } }
    });
    [rows, growths.collect()]
}

fn line(name: &str, cells: impl Iterator<Item = String>) -> String {
    cells.fold(format!("| {name} |"), |line, cell| format!("{line} {cell} |"))
}

fn line_end<const N: usize>(times: [f64; N]) -> String {
    times.into_iter().fold(String::new(), |line, time| format!("{line} {} |", rounded(time)))
}

/// Three digits, or the whole number.
fn rounded(value: f64) -> String {
    let value = if value.abs() < 0.005 { 0.0 } else { value };
    match value.abs() {
        0.0 => "0".into(),
        small if small < 10.0 => format!("{value:.2}"),
        medium if medium < 100.0 => format!("{value:.1}"),
        _ => grouped_float(value),
    }
}

fn grouped_float(value: f64) -> String {
    grouped(format!("{value:.0}").parse().unwrap_or(0))
}

/// With a space between thousands.
fn grouped(number: u64) -> String {
    let digits = format!("{number}");
    let places = digits.len();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (places - place) % 3 == 0 {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

fn to_u64(number: usize) -> u64 {
    u64::try_from(number).unwrap()
}

//! The example `verify`, run as a program: what both people would see is the same, and who gets in between is noticed.

#![cfg(all(feature = "sas", feature = "qr-code", feature = "getrandom"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may panic")]

mod built_example;

use std::process::Command;

use built_example::built_example;

/// The columns of a cell that an emoji and its name stand in.
const CELL: usize = 11;

/// What the example prints; it must end well.
fn printed() -> String {
    let output = Command::new(built_example("verify")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What stands in a frame: its title, and its lines.
struct Frame<'a> {
    title: &'a str,
    lines: Vec<&'a str>,
}

fn frames(printed: &str) -> Vec<Frame<'_>> {
    let mut frames: Vec<Frame<'_>> = Vec::new();
    for line in printed.lines() {
        if let Some(title) = line.strip_prefix('┌') {
            frames.push(Frame { title, lines: Vec::new() });
        } else if let Some(line) = line.strip_prefix('│') {
            frames.last_mut().unwrap().lines.push(line.strip_suffix('│').unwrap());
        }
    }
    frames
}

impl Frame<'_> {
    fn emoji(&self) -> Vec<&str> {
        self.lines[2].split_whitespace().collect()
    }

    /// The names, each in its cell.
    fn names(&self) -> Vec<&str> {
        let cells = self.lines[3].strip_prefix(' ').unwrap();
        let name = |cell| str::from_utf8(cell).unwrap().trim();
        cells.as_bytes().chunks(CELL).map(name).collect()
    }

    fn numbers(&self) -> Vec<u16> {
        let numbers = self.lines[5].trim().strip_prefix("or ").unwrap();
        numbers.split(' ').map(|number| number.parse().unwrap()).collect()
    }
}

/// How many columns a terminal takes: two for an emoji, none for the selector behind it.
fn columns(line: &str) -> usize {
    let is_wide =
        |character| matches!(character, '\u{231B}' | '\u{23F0}' | '\u{26BD}' | '\u{2693}' | '\u{1F000}'..);
    line.chars().map(|character| if is_wide(character) { 2 } else { 1 }).sum()
}

#[test]
fn both_people_see_the_same_seven_emoji_and_three_numbers() {
    // Each run has other emoji.
    let runs: Vec<String> = (0..4).map(|_| printed()).collect();
    for printed in &runs {
        let frames = frames(printed);
        let [laptop, phone] = &frames[..] else { panic!("not two screens:\n{printed}") };
        assert!(laptop.title.contains("LAPTOP ─ @amelie:example.org"), "{}", laptop.title);
        assert!(phone.title.contains("PHONE ─ @bruno:example.org"), "{}", phone.title);
        assert_eq!((laptop.emoji(), laptop.names()), (phone.emoji(), phone.names()));
        assert_eq!(laptop.numbers(), phone.numbers());
        for screen in [laptop, phone] {
            assert_eq!((screen.emoji().len(), screen.names().len(), screen.numbers().len()), (7, 7, 3));
            assert!(screen.names().iter().all(|name| name.len() > 2), "{:?}", screen.names());
            assert!(screen.numbers().iter().all(|number| (1_000..=9_191).contains(number)));
            for line in &screen.lines {
                // Where a selector asks for it, the character before it takes two columns: as many as there are characters.
                assert_eq!(columns(line), laptop.title.chars().count() - 1, "{line}");
            }
        }
    }
    assert_ne!(frames(&runs[0])[0].numbers(), frames(&runs[1])[0].numbers());
}

#[test]
fn every_attempt_from_in_between_is_noticed() {
    let printed = printed();
    let (_, attempts) = printed.split_once("Somebody in between").unwrap();
    let expected = [
        ("a key of its own in between", "m.mismatched_sas: "),
        ("a key put in after the accept", "m.mismatched_commitment: "),
        ("a start event changed on its way", "m.mismatched_commitment: "),
        ("a key added to the MACs", "m.key_mismatch: the MAC over the list of keys is wrong"),
        ("a key left out of the MACs", "m.key_mismatch: the MAC over the list of keys is wrong"),
        ("false keys from the server", "m.key_mismatch: the MAC over the key "),
        ("a QR code with a false key", "m.key_mismatch: "),
        ("a QR code that was not seen", "m.key_mismatch: "),
    ];
    for (attempt, noticed) in expected {
        let line = attempts.lines().find(|line| line.starts_with(attempt)).expect(attempt);
        assert!(line.trim_start_matches(attempt).trim_start().starts_with(noticed), "{line}");
    }
    assert!(printed.ends_with(
        "\nVerified: 4 keys by emoji and 2 by QR code; 8 attempts from in between were noticed.\n"
    ));
}

#[test]
fn every_event_travels_in_its_order() {
    let printed = printed();
    let events: Vec<&str> = printed.lines().filter(|line| line.contains("  m.key.verification.")).collect();
    let expected = [
        "LAPTOP -> PHONE  m.key.verification.start",
        "PHONE -> LAPTOP  m.key.verification.accept",
        "LAPTOP -> PHONE  m.key.verification.key",
        "PHONE -> LAPTOP  m.key.verification.key",
        "LAPTOP -> PHONE  m.key.verification.mac",
        "PHONE -> LAPTOP  m.key.verification.mac",
        "LAPTOP -> PHONE  m.key.verification.done",
        "PHONE -> LAPTOP  m.key.verification.done",
        // The QR code.
        "PHONE -> LAPTOP  m.key.verification.start",
        "LAPTOP -> PHONE  m.key.verification.done",
        "PHONE -> LAPTOP  m.key.verification.done",
    ];
    assert_eq!(events, expected);
}

#[test]
fn the_qr_code_has_its_margin_and_its_three_corners() {
    let printed = printed();
    let code: Vec<Vec<char>> = printed
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| !line.is_empty() && line.chars().all(|character| " ▀▄█".contains(character)))
        .map(|line| line.chars().collect())
        .collect();
    let columns = code[0].len();
    assert!(code.iter().all(|line| line.len() == columns) && code.len() == columns.div_ceil(2));
    let is_dark = |row: usize, column: usize| match code[row / 2][column] {
        '█' => false,
        '▀' => !row.is_multiple_of(2),
        '▄' => row.is_multiple_of(2),
        _ => true,
    };
    let size = columns - 8;
    for place in 0..columns {
        assert!((0..4).all(|margin| !is_dark(margin, place) && !is_dark(place, margin)));
        assert!((0..4).all(|margin| !is_dark(columns - 1 - margin, place)));
        assert!((0..4).all(|margin| !is_dark(place, columns - 1 - margin)));
    }
    // A finder: a dark square of seven modules, in it a light one of five, in it a dark one of three.
    for (top, left) in [(0, 0), (0, size - 7), (size - 7, 0)] {
        for (row, column) in (0..49_usize).map(|module| (module / 7, module % 7)) {
            let ring = row.abs_diff(3).max(column.abs_diff(3));
            assert_eq!(is_dark(4 + top + row, 4 + left + column), ring != 2, "{top} {left} {row} {column}");
        }
    }
}

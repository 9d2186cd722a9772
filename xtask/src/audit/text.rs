//! The report as text, in no more than 100 columns.

use super::report::{Report, Row, Verdict, duration};

const WIDTH: usize = 100;
/// Of verdict, claim, figures, step and time; a space is between them.
const COLUMNS: [usize; 5] = [7, 36, 27, 19, 7];

pub(super) fn text(report: &Report) -> String {
    let mut text = format!("{}\n{}\n", super::TITLE, "=".repeat(WIDTH));
    for line in wrap(&report.headline(), WIDTH) {
        text += &format!("{line}\n");
    }
    for line in wrap(&super::provenance(report), WIDTH) {
        text += &format!("{line}\n");
    }
    for part in &report.parts {
        text += &format!("\n{}\n{}\n", part.title.to_uppercase(), "-".repeat(WIDTH));
        for row in &part.rows {
            text += &self::row(row);
        }
    }
    for (row, details) in details(report) {
        text += &format!("\n{}\n{}\n", row.step.to_uppercase(), "-".repeat(WIDTH));
        for line in wrap(&details, WIDTH) {
            text += &format!("{line}\n");
        }
    }
    let reasons = report.reasons();
    if !reasons.is_empty() {
        text += &format!("\nFAILED OR NOT RUN, AND WHY\n{}\n", "-".repeat(WIDTH));
    }
    for (_, steps, reason) in reasons {
        for (number, line) in wrap(&format!("{steps}: {reason}"), WIDTH.saturating_sub(4)).iter().enumerate()
        {
            text += &format!("{}{line}\n", if number == 0 { "" } else { "    " });
        }
    }
    text += &format!("\nVERSIONS\n{}\n", "-".repeat(WIDTH));
    for table in &report.tables {
        let rows: Vec<_> = table.rows.iter().map(|(name, value)| format!("{name} {value}")).collect();
        for (number, line) in wrap(&rows.join(" · "), WIDTH.saturating_sub(12)).iter().enumerate() {
            text += &format!("{:<12}{line}\n", if number == 0 { table.title } else { "" });
        }
    }
    text
}

/// The small print of each step that has some.
pub(super) fn details(report: &Report) -> impl Iterator<Item = (&Row, String)> {
    report.rows().filter_map(|row| {
        let details = row.figures.iter().filter(|figure| figure.is_detail);
        let details: Vec<_> =
            details.map(|figure| unbroken(&format!("{} {}", figure.what, figure.value))).collect();
        (!details.is_empty()).then(|| (row, details.join(" · ")))
    })
}

fn row(row: &Row) -> String {
    let verdict = match row.verdict {
        Verdict::Passed => "passed",
        Verdict::Failed => "FAILED",
        Verdict::NotRun => "not run",
    };
    let figures = row.figures.iter().filter(|figure| !figure.is_detail);
    let figures: Vec<_> =
        figures.map(|figure| format!("{} {}", unbroken(&figure.value), figure.what)).collect();
    let time = row.seconds.map(duration).unwrap_or_default();
    let cells = [verdict, &row.says, &figures.join(", "), &row.step, &time];
    let cells: Vec<_> = cells.iter().zip(COLUMNS).map(|(cell, width)| wrap(cell, width)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let line = |number: usize| {
        let line = cells.iter().zip(COLUMNS).map(|(cell, width)| {
            let text = cell.get(number).map_or("", String::as_str);
            format!("{text:<width$}")
        });
        line.collect::<Vec<_>>().join(" ").trim_end().to_owned() + "\n"
    };
    (0..height).map(line).collect()
}

/// A number stays on one line.
fn unbroken(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// The text in lines of at most `width` characters; a longer word is cut.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let mut word: Vec<char> = word.chars().collect();
        let used = line.chars().count();
        if used > 0 && used.saturating_add(word.len()) >= width {
            lines.push(std::mem::take(&mut line));
        }
        while word.len() > width {
            lines.push(word.drain(..width).collect());
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

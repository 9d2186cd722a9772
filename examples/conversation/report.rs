//! The table at the end.

use std::{
    fmt,
    io::{IsTerminal, stderr},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use crate::store::Counters;

/// How often a long step says on a terminal how far it has come.
const PROGRESS: Duration = Duration::from_millis(500);

/// Counts what happens in one step, and the time it takes.
pub(crate) struct Stopwatch {
    step: String,
    started: Instant,
    shown: Duration,
    messages: u32,
    bytes: usize,
}

impl Stopwatch {
    pub(crate) fn start(step: &str) -> Self {
        Self { step: step.to_owned(), started: Instant::now(), shown: Duration::ZERO, messages: 0, bytes: 0 }
    }

    /// Counts from here on.
    pub(crate) fn restart(&mut self) {
        self.started = Instant::now();
    }

    /// One more message of so many bytes.
    pub(crate) fn lap(&mut self, bytes: usize) {
        self.messages = self.messages.saturating_add(1);
        self.bytes = self.bytes.saturating_add(bytes);
        let elapsed = self.started.elapsed();
        if elapsed.saturating_sub(self.shown) > PROGRESS && stderr().is_terminal() {
            self.shown = elapsed;
            eprintln!("{}: {} messages", self.step.trim(), self.messages);
        }
    }
}

struct Row {
    step: String,
    messages: u32,
    bytes: usize,
    per_message: Duration,
}

pub(crate) struct Report {
    file: PathBuf,
    length: usize,
    users: usize,
    devices: usize,
    rows: Vec<Row>,
    pickles: String,
}

impl Report {
    pub(crate) fn new(file: &Path, length: usize, users: usize, devices: usize) -> Self {
        Self { file: file.to_owned(), length, users, devices, rows: Vec::new(), pickles: String::new() }
    }

    /// What lies on disk in the end, and how often this run wrote and opened.
    pub(crate) fn pickles(&mut self, count: usize, bytes: u64, counters: &Counters) {
        self.pickles = format!(
            "{} times a device was opened; {} pickles were written, {} opened; {} are on disk, {} bytes.",
            grouped(counters.devices.get()),
            grouped(counters.written.get()),
            grouped(counters.opened.get()),
            grouped(count),
            grouped(bytes)
        );
    }

    pub(crate) fn add(&mut self, stopwatch: Stopwatch) {
        let per_message = stopwatch.started.elapsed().checked_div(stopwatch.messages).unwrap_or_default();
        self.rows.push(Row {
            step: stopwatch.step,
            messages: stopwatch.messages,
            bytes: stopwatch.bytes,
            per_message,
        });
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.file.file_name().unwrap_or(self.file.as_os_str()).display();
        writeln!(
            formatter,
            "{name}, {} bytes, in a room of {} users with {} devices\n",
            grouped(self.length),
            self.users,
            self.devices
        )?;
        let line = "-".repeat(84);
        writeln!(
            formatter,
            "{:<42}{:>10}{:>15}{:>17}\n{line}",
            "step", "messages", "bytes", "time a message"
        )?;
        for row in &self.rows {
            let micros = format!("{:.1} µs", row.per_message.as_secs_f64() * 1e6);
            let bytes = if row.bytes == 0 { "-".to_owned() } else { grouped(row.bytes) };
            writeln!(formatter, "{:<42}{:>10}{bytes:>15}{micros:>17}", row.step, row.messages)?;
        }
        write!(
            formatter,
            "{line}\nThe times include what is stored, and waiting for the disk.\n{}\nEvery device read the bytes that were sent.",
            self.pickles
        )
    }
}

/// 1234567 as `1 234 567`.
fn grouped(number: impl ToString) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && digits.len().wrapping_sub(position).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

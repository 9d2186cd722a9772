//! The table at the end.

use std::{
    fmt,
    io::{IsTerminal, stderr},
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
    bytes: u64,
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
        self.add_bytes(bytes);
    }

    /// So many more bytes of a message that is not counted yet.
    pub(crate) fn add_bytes(&mut self, bytes: usize) {
        self.bytes = self.bytes.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
        let elapsed = self.started.elapsed();
        if elapsed.saturating_sub(self.shown) > PROGRESS && stderr().is_terminal() {
            self.shown = elapsed;
            let (messages, bytes) = (grouped(self.messages), grouped(self.bytes));
            eprintln!("{}: {messages} messages, {bytes} bytes", self.step.trim());
        }
    }
}

struct Row {
    step: String,
    messages: u32,
    bytes: u64,
    time: Duration,
}

pub(crate) struct Report {
    file_name: String,
    length: u64,
    users: usize,
    devices: usize,
    rows: Vec<Row>,
    pickles: String,
}

impl Report {
    pub(crate) fn new(file_name: &str, length: u64, users: usize, devices: usize) -> Self {
        let (file_name, rows, pickles) = (file_name.to_owned(), Vec::new(), String::new());
        Self { file_name, length, users, devices, rows, pickles }
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
        let Stopwatch { step, started, messages, bytes, .. } = stopwatch;
        self.rows.push(Row { step, messages, bytes, time: started.elapsed() });
    }
}

impl fmt::Display for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { step, messages, bytes, time } = self;
        let per_message = time.checked_div(*messages).map_or("-".to_owned(), |time| format!("{time:.1?}"));
        // A byte in a microsecond is a megabyte in a second.
        let speed = u128::from(*bytes).checked_div(time.as_micros()).unwrap_or_default();
        let [bytes, speed] = [u128::from(*bytes), speed].map(|number| match number {
            0 => "-".to_owned(),
            _ => grouped(number),
        });
        write!(formatter, "{step:<42}{messages:>9}{bytes:>15}{per_message:>16}{speed:>8}")
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            formatter,
            "{}, {} bytes, in a room of {} users with {} devices\n",
            self.file_name,
            grouped(self.length),
            self.users,
            self.devices
        )?;
        let line = "-".repeat(90);
        writeln!(
            formatter,
            "{:<42}{:>9}{:>15}{:>16}{:>8}\n{line}",
            "step", "messages", "bytes", "time a message", "MB/s"
        )?;
        self.rows.iter().try_for_each(|row| writeln!(formatter, "{row}"))?;
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

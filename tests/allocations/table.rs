//! Counts, and the table of them.

use std::{fmt::Write, hint::black_box};

use allocation_counter::{AllocationInfo, measure};
use rand::{SeedableRng, rngs::StdRng};

/// How many allocations a message may cost there, and how many back.
const PER_MESSAGE: u64 = 2;

/// What one operation asked for.
struct Row {
    operation: String,
    expected: Vec<u64>,
    found: Vec<u64>,
    /// The most bytes at a time on top of what was there before.
    peak: i64,
}

/// What a test has counted.
#[derive(Default)]
pub(crate) struct Table(Vec<Row>);

impl Table {
    /// Remembers an operation of several steps with the allocations that each should make.
    pub(crate) fn add<const N: usize>(
        &mut self,
        operation: impl Into<String>,
        expected: [u64; N],
        steps: [AllocationInfo; N],
    ) {
        let (mut live, mut peak) = (0, 0);
        for step in &steps {
            peak = peak.max(live + i64::try_from(step.bytes_max).unwrap());
            live += step.bytes_current;
        }
        self.0.push(Row {
            operation: operation.into(),
            expected: expected.to_vec(),
            found: steps.iter().map(|step| step.count_total).collect(),
            peak,
        });
    }

    /// [`add`](Self::add) of an encryption or a decryption: message and text, or text and message.
    pub(crate) fn add_message(
        &mut self,
        operation: impl Into<String>,
        expected: [u64; 2],
        steps: [AllocationInfo; 2],
    ) {
        let operation = operation.into();
        assert!(expected.iter().sum::<u64>() <= PER_MESSAGE, "{operation}");
        self.add(operation, expected, steps);
    }

    /// Prints the table, and fails where something was not as expected.
    pub(crate) fn finish(self, title: &str) {
        let mut text =
            format!("\n{title:<52}{:>12}{:>10}{:>14}\n", "allocations", "together", "bytes at peak");
        for Row { operation, found, peak, .. } in &self.0 {
            let each: Vec<_> = found.iter().map(u64::to_string).collect();
            let (each, all) = (each.join(" + "), found.iter().sum::<u64>());
            writeln!(text, "{operation:<52}{each:>12}{all:>10}{peak:>14}").unwrap();
        }
        println!("{text}");
        let wrong = self.0.iter().filter(|row| row.found != row.expected);
        let wrong: Vec<_> = wrong
            .map(|row| format!("{}: {:?} instead of {:?}", row.operation, row.found, row.expected))
            .collect();
        assert!(wrong.is_empty(), "other allocations than expected:\n{}", wrong.join("\n"));
    }
}

/// The result of an operation, and what it asked for.
pub(crate) fn count<T>(operation: impl FnOnce() -> T) -> (T, AllocationInfo) {
    let mut result = None;
    let info = measure(|| result = Some(black_box(operation())));
    (result.unwrap(), info)
}

pub(crate) fn rng() -> StdRng {
    StdRng::seed_from_u64(9)
}

/// The lengths that messages are counted with, and their names.
pub(crate) const LENGTHS: [(&str, usize); 3] = [("32 B", 32), ("1 KiB", 1 << 10), ("64 KiB", 64 << 10)];

//! Two implementations in turns: whatever else the machine does hits both.

use std::{
    hint::black_box,
    io::{IsTerminal, stderr},
    time::{Duration, Instant},
};

use crate::Result;

/// How long one batch takes at least, so that reading the clock costs nothing.
const BATCH: Duration = Duration::from_micros(500);

/// What was measured, in microseconds for one operation.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) operation: &'static str,
    pub(crate) cliquet: f64,
    pub(crate) other: f64,
}

/// Measures each operation for the same time.
pub(crate) struct Bench {
    budget: Duration,
    rows: Vec<Row>,
}

impl Bench {
    pub(crate) fn new(budget: Duration) -> Self {
        Self { budget, rows: Vec::new() }
    }

    pub(crate) fn rows(&self) -> Vec<Row> {
        self.rows.clone()
    }

    /// Measures one operation: batches of both in turns, the median batch of each.
    pub(crate) fn compare<A, B>(
        &mut self,
        operation: &'static str,
        mut cliquet: impl FnMut() -> Result<A>,
        mut other: impl FnMut() -> Result<B>,
    ) -> Result<()> {
        if stderr().is_terminal() {
            eprintln!("{operation} ...");
        }
        let sizes = (batch_size(&mut cliquet)?, batch_size(&mut other)?);
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        let started = Instant::now();
        while started.elapsed() < self.budget {
            ours.push(batch(&mut cliquet, sizes.0)?);
            theirs.push(batch(&mut other, sizes.1)?);
        }
        self.rows.push(Row { operation, cliquet: median(ours), other: median(theirs) });
        Ok(())
    }
}

/// How many operations fill a batch.
fn batch_size<T>(operation: &mut impl FnMut() -> Result<T>) -> Result<u32> {
    let mut size: u32 = 1;
    while batch(operation, size)? * f64::from(size) < BATCH.as_secs_f64() * 1e6 {
        size = size.saturating_mul(2);
    }
    Ok(size)
}

/// Microseconds for one operation of a batch.
fn batch<T>(operation: &mut impl FnMut() -> Result<T>, size: u32) -> Result<f64> {
    let started = Instant::now();
    for _ in 0..size {
        black_box(operation()?);
    }
    Ok(started.elapsed().as_secs_f64() * 1e6 / f64::from(size))
}

fn median(mut batches: Vec<f64>) -> f64 {
    batches.sort_by(f64::total_cmp);
    batches.get(batches.len() / 2).copied().unwrap_or(f64::NAN)
}

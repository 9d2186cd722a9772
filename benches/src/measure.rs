//! Several sides that do the same in turns: whatever else the machine does hits all of them.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use crate::Result;

/// How long one batch takes at least, so that reading the clock costs nothing.
const BATCH: Duration = Duration::from_micros(500);
/// How many batches of each side there are at least, however long they take.
const FEWEST_BATCHES: usize = 5;
/// In how many places of the stack, up to 4 KiB apart, batches run.
const PLACES: usize = 16;

/// One side of a comparison.
pub(crate) trait Contestant {
    /// How many operations one run does.
    fn operations(&self) -> u32;

    /// Does so many runs and tells how long they took. What they need is made before, and what they gave is checked after that time.
    fn batch(&mut self, runs: u32) -> Result<Duration>;
}

/// A contestant with a state of its own, of three functions.
struct Runner<S, P, R, C> {
    operations: u32,
    state: S,
    prepare: P,
    run: R,
    check: C,
}

/// Each of `prepare` (makes what one run takes), `run` (what is measured), `check` (of what the run gave) sees the state.
pub(crate) fn contestant<S, I, O>(
    state: S,
    prepare: impl FnMut(&mut S) -> Result<I> + 'static,
    run: impl FnMut(&mut S, I) -> Result<O> + 'static,
    check: impl FnMut(&mut S, O) -> Result<()> + 'static,
) -> Box<dyn Contestant>
where
    S: 'static,
    I: 'static,
    O: 'static,
{
    contestant_of(1, state, prepare, run, check)
}

/// [`contestant`], each run of which does several operations.
pub(crate) fn contestant_of<S, I, O>(
    operations: u32,
    state: S,
    prepare: impl FnMut(&mut S) -> Result<I> + 'static,
    run: impl FnMut(&mut S, I) -> Result<O> + 'static,
    check: impl FnMut(&mut S, O) -> Result<()> + 'static,
) -> Box<dyn Contestant>
where
    S: 'static,
    I: 'static,
    O: 'static,
{
    Box::new(Runner { operations, state, prepare, run, check })
}

impl<S, I, O, P, R, C> Contestant for Runner<S, P, R, C>
where
    P: FnMut(&mut S) -> Result<I>,
    R: FnMut(&mut S, I) -> Result<O>,
    C: FnMut(&mut S, O) -> Result<()>,
{
    fn operations(&self) -> u32 {
        self.operations
    }

    fn batch(&mut self, runs: u32) -> Result<Duration> {
        let Self { state, prepare, run, check, .. } = self;
        let inputs = (0..runs).map(|_| prepare(state)).collect::<Result<Vec<_>>>()?;
        let (elapsed, outputs) = measured(state, run, inputs)?;
        outputs.into_iter().try_for_each(|output| check(state, output))?;
        Ok(elapsed)
    }
}

/// What is measured, and nothing else: a function of its own, so that a profiler can tell it from the rest.
#[inline(never)]
fn measured<S, I, O>(
    state: &mut S,
    run: &mut impl FnMut(&mut S, I) -> Result<O>,
    inputs: Vec<I>,
) -> Result<(Duration, Vec<O>)> {
    let mut outputs = Vec::with_capacity(inputs.len());
    let started = processor_time();
    for input in inputs {
        outputs.push(black_box(run(state, black_box(input))?));
    }
    Ok((processor_time().saturating_sub(started), outputs))
}

/// Lets the heap keep what is freed: the system's pages would cost each side by luck. glibc learns that from a large block that is freed.
pub(crate) fn keep_freed_memory() {
    drop(black_box(vec![0_u8; 16 << 20]));
}

/// The median batch of each side, in microseconds for one operation, after so much time and a few batches of each at least.
pub(crate) fn medians(sides: &mut [Box<dyn Contestant>], budget: Duration) -> Result<Vec<f64>> {
    let runs = sides.iter_mut().map(|side| runs_of_a_batch(side.as_mut())).collect::<Result<Vec<_>>>()?;
    let mut batches = vec![Vec::new(); sides.len()];
    let started = Instant::now();
    for round in 0.. {
        if round >= FEWEST_BATCHES && started.elapsed() >= budget {
            break;
        }
        // Each side comes after each other one: none always finds what the same one left in the caches.
        let order = (0..sides.len()).cycle().skip(round).take(sides.len());
        for number in order {
            if let (Some(side), Some(runs), Some(batches)) =
                (sides.get_mut(number), runs.get(number), batches.get_mut(number))
            {
                let operations = f64::from(side.operations()) * f64::from(*runs);
                // How the stack lies beside the tables of a primitive changes its speed by a fifth, for a whole process.
                let place = round.wrapping_mul(7) % PLACES;
                let time = deeper(place, &mut || side.batch(*runs))?;
                batches.push(time.as_secs_f64() * 1e6 / operations);
            }
        }
    }
    Ok(batches.into_iter().map(median).collect())
}

/// The time that this thread has had: what other programs take does not count.
#[cfg(unix)]
fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    let part = |number: i64| u64::try_from(number).unwrap_or(0);
    Duration::from_secs(part(time.tv_sec)).saturating_add(Duration::from_nanos(part(time.tv_nsec)))
}

/// The time of the day will do elsewhere.
#[cfg(not(unix))]
fn processor_time() -> Duration {
    static STARTED: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    STARTED.elapsed()
}

/// How many runs fill a batch.
fn runs_of_a_batch(side: &mut dyn Contestant) -> Result<u32> {
    let mut runs: u32 = 1;
    while side.batch(runs)? < BATCH {
        runs = runs.saturating_mul(2);
    }
    Ok(runs)
}

fn median(mut batches: Vec<f64>) -> f64 {
    batches.sort_by(f64::total_cmp);
    batches.get(batches.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Does something so many steps of about 256 bytes further down the stack.
#[inline(never)]
fn deeper<T>(steps: usize, action: &mut dyn FnMut() -> T) -> T {
    let space = black_box([0_u8; 232]);
    let result = if let Some(steps) = steps.checked_sub(1) { deeper(steps, action) } else { action() };
    black_box(&space);
    result
}

//! Operations under watch, and the table of what they have left.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{
    expected::ON_THE_STACK,
    heap,
    known::Known,
    search::{self, FREED, STACK},
    stack::Stack,
};

/// Allocator and searches are one for all tests.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// So many bytes of a secret are a finding; fewer are a spilled register.
const WHOLE: usize = 16;

/// Where something was found.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Freed,
    Stack,
    Kept,
}

/// Searches for one test's secrets during its operations.
pub(crate) struct Watch {
    stack: Stack,
    /// By operation, secret and place: the forms, and the longest run of bytes.
    found: BTreeMap<(&'static str, &'static str, Place), BTreeMap<&'static str, usize>>,
    depths: BTreeMap<&'static str, usize>,
    _one_at_a_time: MutexGuard<'static, ()>,
}

impl Watch {
    pub(crate) fn new(known: Known) -> Self {
        let one_at_a_time = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        search::set_known(known);
        heap::forget_all();
        Self {
            stack: Stack::new(),
            found: BTreeMap::new(),
            depths: BTreeMap::new(),
            _one_at_a_time: one_at_a_time,
        }
    }

    /// Runs an operation, and searches what it freed and the stack that it used.
    pub(crate) fn run<T>(&mut self, operation: &'static str, body: impl FnOnce() -> T) -> T {
        search::set_running(true);
        let result = self.stack.run(body);
        search::set_running(false);
        STACK.search(self.stack.used());
        let depth = self.depths.entry(operation).or_default();
        *depth = (*depth).max(self.stack.depth());
        for (place, found) in [(Place::Freed, FREED.take()), (Place::Stack, STACK.take())] {
            self.note(operation, place, found);
        }
        result
    }

    /// Runs an operation that succeeds, and drops what it makes there too.
    pub(crate) fn succeeds<T, E: fmt::Debug>(
        &mut self,
        operation: &'static str,
        body: impl FnOnce() -> Result<T, E>,
    ) {
        self.run(operation, || drop(body().unwrap()));
    }

    /// Runs an operation that fails.
    pub(crate) fn fails<T, E>(&mut self, operation: &'static str, body: impl FnOnce() -> Result<T, E>) {
        assert!(self.run(operation, || body().is_err()));
    }

    fn note(&mut self, operation: &'static str, place: Place, found: Vec<(usize, usize)>) {
        let patterns = search::known().unwrap().patterns();
        for (number, length) in found {
            let forms = self.found.entry((operation, patterns[number].secret, place)).or_default();
            let longest = forms.entry(patterns[number].form).or_default();
            *longest = (*longest).max(length);
        }
    }

    /// A secret that is used up stands in no block that operations have left allocated.
    pub(crate) fn gone(&self, secret: &[u8]) {
        let mut blocks = 0;
        heap::each_live_block(|block| {
            blocks += usize::from(block.windows(16).any(|window| secret.starts_with(window)))
        });
        assert_eq!(blocks, 0, "a secret that is used up is still there");
    }

    /// Everything that operations have allocated is given back or the caller's: none of it may hold a secret, nor may anything else be found that
    /// is not expected.
    ///
    /// Returns what was found on the stack: operations and secrets.
    pub(crate) fn finish(&mut self) -> Vec<(&'static str, &'static str)> {
        let found = self.report();
        assert!(found.is_empty(), "secrets were left behind:\n{}", found.join("\n"));
        let on_the_stack = self.found.keys().filter(|(.., place)| *place == Place::Stack);
        on_the_stack.map(|(operation, secret, _)| (*operation, *secret)).collect()
    }

    /// What was found and is not expected; fewer than 16 bytes of a secret are only printed.
    pub(crate) fn report(&mut self) -> Vec<String> {
        heap::each_live_block(|block| STACK.search(block));
        self.note("(at the end)", Place::Kept, STACK.take());
        for (operation, depth) in &self.depths {
            println!("{operation:<34} {depth:>6} bytes of stack");
        }
        let mut unexpected = Vec::new();
        for ((operation, secret, place), forms) in &self.found {
            let line = format!("{operation:<34} {secret:<24} {place}: {forms:?}");
            println!("{line}");
            let expected = ON_THE_STACK
                .iter()
                .find(|expected| expected.allows(operation, secret))
                .filter(|_| *place == Place::Stack);
            if let Some(expected) = expected {
                println!("    expected: {}", expected.reason);
            } else if forms.values().any(|length| *length >= WHOLE) {
                unexpected.push(line);
            }
        }
        unexpected
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Freed => "freed",
            Self::Stack => "stack",
            Self::Kept => "kept",
        })
    }
}

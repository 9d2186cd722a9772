//! What a run did: which functions it called, which errors and which differences it saw.

use std::collections::{BTreeMap, BTreeSet};

use crate::call::{Call, Seen};
use crate::differences::Difference;
use crate::header::Functions;
use crate::library::Value;

/// How often a function was called, and how often in vain.
#[derive(Default)]
struct Count {
    calls: u64,
    failures: u64,
}

#[derive(Default)]
pub(crate) struct Record {
    functions: BTreeMap<String, Count>,
    codes: BTreeSet<u32>,
    differences: BTreeMap<&'static str, u64>,
}

impl Record {
    pub(crate) fn saw(&mut self, call: &Call, seen: &Seen) {
        if !self.functions.contains_key(&call.name) {
            self.functions.insert(call.name.clone(), Count::default());
        }
        let count = self.functions.get_mut(&call.name).unwrap();
        count.calls += 1;
        if seen.value == Value::ERROR && !seen.errors.is_empty() {
            count.failures += 1;
            self.codes.insert(seen.code());
        }
    }

    pub(crate) fn explained(&mut self, difference: &Difference) {
        *self.differences.entry(difference.name).or_default() += 1;
    }

    pub(crate) fn has_seen(&self, difference: &Difference) -> bool {
        self.differences.contains_key(difference.name)
    }

    pub(crate) fn calls(&self) -> u64 {
        self.functions.values().map(|count| count.calls).sum()
    }

    pub(crate) fn absorb(&mut self, other: Self) {
        for (name, count) in other.functions {
            let all = self.functions.entry(name).or_default();
            all.calls += count.calls;
            all.failures += count.failures;
        }
        self.codes.extend(other.codes);
        for (name, count) in other.differences {
            *self.differences.entry(name).or_default() += count;
        }
    }

    /// The functions that were never called.
    pub(crate) fn uncalled<'a>(&self, functions: &'a Functions) -> Vec<&'a str> {
        functions.keys().map(String::as_str).filter(|name| !self.functions.contains_key(*name)).collect()
    }

    /// The error codes that no call ended with.
    pub(crate) fn unseen_codes(&self) -> Vec<u32> {
        (1..=17).filter(|code| !self.codes.contains(code)).collect()
    }

    pub(crate) fn print(&self, in_full: bool) {
        let failures: u64 = self.functions.values().map(|count| count.failures).sum();
        println!("{} functions, {} calls, {failures} of them refused", self.functions.len(), self.calls());
        if in_full {
            for (name, count) in &self.functions {
                println!("  {:>9} {:>9}  {name}", count.calls, count.failures);
            }
        }
        for (name, count) in &self.differences {
            println!("  difference seen {count} times: {name}");
        }
    }
}

//! The verdict on each operation.

use std::collections::{BTreeMap, BTreeSet};

use crate::allowed::Entry;
use crate::controls::{self, CONTROLS};
use crate::report::{Operation, Report};

/// What all operations together came to.
#[derive(Default)]
pub(crate) struct Verdicts {
    /// By the name of the operation.
    rows: BTreeMap<String, Row>,
    /// The texts of the entries that allowed something.
    pub(crate) used: BTreeSet<String>,
    /// The functions that were called.
    pub(crate) functions: BTreeSet<String>,
    /// Why the run fails; none if it does not.
    pub(crate) failures: Vec<String>,
}

/// One line of the table: all runs of an operation.
#[derive(Default)]
struct Row {
    runs: usize,
    secrets: u64,
    count: u64,
    /// Reports that nothing allows; of a control, how often it was not caught.
    leaks: usize,
}

impl Verdicts {
    /// Judges the operations of one group.
    pub(crate) fn judge(&mut self, group: &str, operations: Vec<Operation>, entries: &[Entry]) {
        if operations.iter().all(Operation::is_between) {
            self.failures.push(format!("the group {group} has run no operation"));
        }
        for operation in operations {
            if controls::is_control(&operation.name) {
                self.control(operation);
            } else if operation.is_between() {
                self.between(group, &operation);
            } else {
                self.operation(operation, entries);
            }
        }
    }

    /// A mistake that is not caught: the whole run is blind.
    fn control(&mut self, operation: Operation) {
        let is_caught = CONTROLS
            .iter()
            .filter(|control| control.name == operation.name)
            .any(|control| operation.reports.iter().any(|report| control.is_caught_by(report)));
        let row = self.rows.entry(operation.name.clone()).or_default();
        row.runs = row.runs.saturating_add(1);
        row.secrets = row.secrets.max(operation.secrets);
        row.count = row.count.saturating_add(operation.count);
        if !is_caught {
            row.leaks = row.leaks.saturating_add(1);
        }
    }

    /// Fails for each control that was not caught each time, or has not run as often as it should.
    pub(crate) fn judge_controls(&mut self) {
        for control in &CONTROLS {
            let row = self.rows.get(control.name);
            if !row.is_some_and(|row| row.runs == controls::RUNS && row.leaks == 0) {
                self.failures.push(format!("{}: was not caught", control.name));
            }
        }
    }

    /// What is reported outside the operations is not reported again in the copies of the process, where they are judged.
    fn between(&mut self, group: &str, operation: &Operation) {
        let name = format!("{group}, {}", operation.name);
        self.failures.extend(operation.reports.iter().map(|report| describe(&name, report)));
    }

    fn operation(&mut self, operation: Operation, entries: &[Entry]) {
        let mut leaks = Vec::new();
        for report in &operation.reports {
            let mut allowing =
                entries.iter().filter(|entry| entry.allows(&operation.name, report)).peekable();
            if allowing.peek().is_none() {
                leaks.push(describe(&operation.name, report));
            }
            self.used.extend(allowing.map(|entry| entry.text.clone()));
        }
        let row = self.rows.entry(operation.name.clone()).or_default();
        row.runs = row.runs.saturating_add(1);
        row.secrets = row.secrets.max(operation.secrets);
        row.count = row.count.saturating_add(operation.count);
        row.leaks = row.leaks.saturating_add(leaks.len());
        if operation.secrets == 0 {
            self.failures.push(format!("{}: no secret was in memory", operation.name));
        }
        if !operation.ended {
            self.failures.push(format!("{}: did not end", operation.name));
        }
        self.functions.extend(operation.functions);
        self.failures.append(&mut leaks);
    }

    /// One line for each operation.
    pub(crate) fn table(&self) -> String {
        let width = self.rows.keys().map(|name| name.chars().count()).max().unwrap_or(0);
        let mut table = format!("{:width$}  runs  secret bytes  verdict\n", "operation");
        for (name, row) in &self.rows {
            let verdict = match (row.leaks, row.count) {
                (0, _) if controls::is_control(name) => "caught".to_owned(),
                (missed, _) if controls::is_control(name) => format!("NOT CAUGHT: {missed} times"),
                (0, 0) => "nothing depends on a secret".to_owned(),
                (0, count) => format!("{count} reports, all of them in allowed.txt"),
                (leaks, _) => format!("LEAK: {leaks} reports"),
            };
            table.push_str(&format!("{name:width$}  {:>4}  {:>12}  {verdict}\n", row.runs, row.secrets));
        }
        table
    }

    /// The number of operations, controls aside.
    pub(crate) fn operations(&self) -> usize {
        self.rows.keys().filter(|name| !controls::is_control(name)).count()
    }
}

/// What a person needs to find the place.
fn describe(operation: &str, report: &Report) -> String {
    let mut text = format!("{operation}: {} depends on a secret", what(&report.kind));
    for frame in report.frames.iter().take(24) {
        text.push_str(&format!("\n    {} ({}:{})", frame.function, frame.path, frame.line));
    }
    text
}

fn what(kind: &str) -> &str {
    match kind {
        "UninitCondition" => "a branch",
        "UninitValue" => "an address",
        other => other,
    }
}

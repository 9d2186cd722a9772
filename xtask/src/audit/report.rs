//! What the report says, before it has a form: for each claim, whether what was kept shows it.

use std::collections::BTreeSet;

use super::claims::{Claim, GROUPS, Group, When, when};
use super::record::{Record, Subject};
use crate::figures::Figure;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    Passed,
    NotRun,
    Failed,
}

/// A claim, and what came of it.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) says: String,
    pub(super) step: String,
    pub(super) verdict: Verdict,
    /// Why it is not shown.
    pub(super) reason: Option<String>,
    pub(super) figures: Vec<Figure>,
    pub(super) seconds: Option<f64>,
    pub(super) ended: Option<u64>,
    /// Whether this run was to show it.
    pub(super) is_wanted: bool,
}

/// A part of the report.
pub(super) struct Part {
    pub(super) title: &'static str,
    pub(super) rows: Vec<Row>,
}

/// Names and values, such as programs and their versions.
pub(super) struct Table {
    pub(super) title: &'static str,
    pub(super) rows: Vec<(String, String)>,
}

pub(super) struct Report {
    pub(super) parts: Vec<Part>,
    pub(super) tables: Vec<Table>,
    pub(super) command: String,
    pub(super) written: u64,
}

/// What is judged with: what is there now, and what this run was asked for.
pub(super) struct Context<'a> {
    pub(super) now: &'a Subject,
    /// The steps that this run was to show.
    pub(super) wanted: &'a [&'static str],
    /// The last result of a step.
    pub(super) record: &'a dyn Fn(&str) -> Option<Record>,
    /// Why a step could not run here, if so.
    pub(super) hindrance: &'a dyn Fn(&str) -> Option<String>,
}

impl Context<'_> {
    /// All parts: the claims, then steps of which `claims` says nothing, so that none is left out.
    pub(super) fn parts(&self, steps: &[(&'static str, &'static str)]) -> Vec<Part> {
        let part = |group: &Group| Part {
            title: group.title,
            rows: group.claims.iter().map(|claim| self.row(claim)).collect(),
        };
        let mut parts: Vec<_> = GROUPS.iter().map(part).collect();
        let claimed =
            |name: &str| GROUPS.iter().flat_map(|group| group.claims).any(|claim| claim.step == name);
        let others = steps.iter().filter(|(name, _)| when(name) != When::Never && !claimed(name));
        let others = others.map(|(step, says)| self.row(&Claim { says, step, figures: &[] }));
        parts.push(Part { title: "Other steps", rows: others.collect() });
        parts.retain(|part| !part.rows.is_empty());
        // What shows several claims took its time once.
        let mut timed = BTreeSet::new();
        for row in parts.iter_mut().flat_map(|part| &mut part.rows) {
            row.seconds = row.seconds.filter(|_| timed.insert(row.step.clone()));
        }
        parts
    }

    fn row(&self, claim: &Claim) -> Row {
        let record = (self.record)(claim.step);
        let (verdict, reason) = self.judge(claim, record.as_ref());
        let shown = record.filter(|_| verdict != Verdict::NotRun);
        let mut figures = shown.as_ref().map(|record| record.figures.clone()).unwrap_or_default();
        // One step may show several claims, each by figures of its own.
        if GROUPS.iter().flat_map(|group| group.claims).filter(|other| other.step == claim.step).count() > 1 {
            figures.retain(|figure| claim.figures.contains(&figure.what.as_str()));
        }
        Row {
            says: claim.says.to_owned(),
            step: claim.step.to_owned(),
            verdict,
            reason,
            figures,
            seconds: shown.as_ref().map(|record| record.seconds),
            ended: shown.as_ref().map(|record| record.ended),
            is_wanted: self.wanted.contains(&claim.step),
        }
    }

    /// Nothing counts but a result of what is there now, and nothing passes without its figures.
    fn judge(&self, claim: &Claim, record: Option<&Record>) -> (Verdict, Option<String>) {
        let Some(record) = record else { return (Verdict::NotRun, Some(self.why_not_run(claim.step))) };
        match &record.subject {
            None => return (Verdict::NotRun, Some("the tree changed while it ran".to_owned())),
            Some(subject) if subject != self.now => {
                let other = subject.differs_from(self.now);
                return (Verdict::NotRun, Some(format!("stale: its last result is of another {other}")));
            }
            Some(_) => {}
        }
        if let Some(failure) = &record.failure {
            return (Verdict::Failed, Some(failure.clone()));
        }
        // `0.0 %` is nothing, too.
        let is_something = |value: &str| value.contains(|character| ('1'..='9').contains(&character));
        let is_there = |what: &&&str| {
            let mut figures = record.figures.iter().filter(|figure| figure.what == ***what).peekable();
            figures.peek().is_some() && figures.all(|figure| is_something(&figure.value))
        };
        match claim.figures.iter().find(|what| !is_there(what)) {
            Some(what) => (Verdict::Failed, Some(format!("it passed, but has counted no {what}"))),
            None => (Verdict::Passed, None),
        }
    }

    fn why_not_run(&self, step: &str) -> String {
        if let Some(hindrance) = (self.hindrance)(step) {
            return hindrance;
        }
        match when(step) {
            When::Asked(time) => format!("takes {time}: `cargo xtask audit --with {step}`"),
            _ if self.wanted.contains(&step) => "did not come to its end".to_owned(),
            _ => "not among what is quick: `cargo xtask audit` runs it".to_owned(),
        }
    }
}

impl Report {
    pub(super) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.parts.iter().flat_map(|part| &part.rows)
    }

    pub(super) fn count(&self, verdict: Verdict) -> usize {
        self.rows().filter(|row| row.verdict == verdict).count()
    }

    /// Failed if anything failed; not run if this run was to show something and could not.
    pub(super) fn verdict(&self) -> Verdict {
        let decisive = self.rows().filter(|row| row.verdict == Verdict::Failed || row.is_wanted);
        // Nothing at all shows nothing.
        decisive.map(|row| row.verdict).max().unwrap_or(Verdict::NotRun)
    }

    /// The verdict in a line.
    pub(super) fn headline(&self) -> String {
        let (passed, failed) = (self.count(Verdict::Passed), self.count(Verdict::Failed));
        let (all, not_run) = (self.rows().count(), self.count(Verdict::NotRun));
        let rest = if not_run == 0 { String::new() } else { format!(", {not_run} not run") };
        match self.verdict() {
            Verdict::Failed => format!("Failed: {failed} of {all} claims failed, {passed} are shown{rest}."),
            Verdict::NotRun => format!("Not complete: {passed} of {all} claims are shown{rest}."),
            Verdict::Passed if not_run == 0 => format!("Passed: all {all} claims are shown."),
            Verdict::Passed => format!("Passed, as far as run: {passed} of {all} claims are shown{rest}."),
        }
    }

    /// Each reason why something is not shown, and the steps for which it holds.
    pub(super) fn reasons(&self) -> Vec<(Verdict, String, String)> {
        let mut reasons: Vec<(Verdict, String, Vec<&str>)> = Vec::new();
        for row in self.rows() {
            let Some(reason) = row.reason.as_deref().map(brief) else { continue };
            match reasons.iter_mut().find(|(verdict, other, _)| *verdict == row.verdict && *other == reason) {
                Some((.., steps)) if steps.contains(&row.step.as_str()) => {}
                Some((.., steps)) => steps.push(&row.step),
                None => reasons.push((row.verdict, reason, vec![&row.step])),
            }
        }
        reasons.into_iter().map(|(verdict, reason, steps)| (verdict, steps.join(", "), reason)).collect()
    }

    /// When the first and the last of the results was there.
    pub(super) fn times(&self) -> Option<(u64, u64)> {
        let times = || self.rows().filter_map(|row| row.ended);
        Some((times().min()?, times().max()?))
    }
}

/// Seconds as people say them.
pub(super) fn duration(seconds: f64) -> String {
    match seconds {
        ..100.0 => format!("{seconds:.1} s"),
        ..600.0 => format!("{seconds:.0} s"),
        ..6000.0 => format!("{:.0} min", seconds / 60.0),
        _ => format!("{:.1} h", seconds / 3600.0),
    }
}

/// The first lines of a reason, without control characters.
fn brief(reason: &str) -> String {
    const LONGEST: usize = 240;
    let lines: Vec<_> = reason.lines().map(str::trim).filter(|line| !line.is_empty()).take(2).collect();
    let text: String = lines.join(" ").chars().filter(|character| !character.is_control()).collect();
    if text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

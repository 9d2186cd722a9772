//! `cargo xtask audit`: all evidence in one command, and one page of what came of it.
//!
//! Each step leaves its result in `target/audit/results`, whoever has started it; the page counts those that are of the tree as
//! it is now.

mod claims;
mod html;
mod record;
mod report;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod versions;

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) use claims::when;
pub(crate) use record::{note_start, recorded};

use claims::{When, installed_by, needs};
use record::{Record, Subject, start};
use report::{Context, Report, Verdict, duration};

use crate::command::{Outcome, at_root, command, output};
use crate::{install, steps, targets};

const AUDIT: &str = "target/audit";
const TEXT: &str = "target/audit/report.txt";
const HTML: &str = "target/audit/report.html";
const LOGS: &str = "target/audit/logs";
const TITLE: &str = "cliquet: what was run to show that it holds, and what came of it";

/// By this name it is there, too, when Cargo has put another one in its place meanwhile.
const THIS_PROGRAM: &str = "/proc/self/exe";

const USAGE: &str = "\
cargo xtask audit [--quick] [--with STEP]...
  --quick      run only what is quick and has not run in this tree; count whatever else has
  --with STEP  run this step too, which takes too long to be run unasked";

/// What the command line asks for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Options {
    quick: bool,
    with: Vec<String>,
}

impl Options {
    fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--quick" => options.quick = true,
                "--with" => {
                    let step = arguments.next().ok_or(USAGE)?;
                    let is_known = steps::all().any(|(name, _)| name == step && when(name) != When::Never);
                    if !is_known {
                        return Err(format!("`{step}` is no step that shows anything\n{USAGE}"));
                    }
                    options.with.push(step.clone());
                }
                _ => return Err(USAGE.to_owned()),
            }
        }
        Ok(options)
    }

    /// The steps that this run is to show.
    fn wanted(&self) -> Vec<&'static str> {
        let wanted = |name: &str| {
            self.with.iter().any(|step| step == name)
                || match when(name) {
                    When::Quick => true,
                    When::Whole => !self.quick,
                    When::Asked(_) | When::Never => false,
                }
        };
        steps::all().map(|(name, _)| name).filter(|name| wanted(name)).collect()
    }

    fn command(&self) -> String {
        let with = self.with.iter().map(|step| format!(" --with {step}"));
        format!("cargo xtask audit{}{}", if self.quick { " --quick" } else { "" }, with.collect::<String>())
    }
}

/// `cargo xtask audit`
pub(crate) fn audit(arguments: &[String]) -> Outcome {
    show(&Options::parse(arguments)?)
}

/// `cargo xtask audit --quick`, at the end of continuous integration.
pub(crate) fn quick() -> Outcome {
    show(&Options { quick: true, with: Vec::new() })
}

fn show(options: &Options) -> Outcome {
    let wanted = options.wanted();
    if !options.quick
        && let Err(error) = install::install()
    {
        eprintln!("not everything can be installed, and what needs it will not run: {error}");
    }
    let before = Subject::now()?;
    let counts = |name: &str| {
        Record::of(name)
            .is_some_and(|record| record.subject.as_ref() == Some(&before) && record.failure.is_none())
    };
    let to_run: Vec<_> = wanted
        .iter()
        .filter(|name| !(options.quick && counts(name)) && hindrance(name).is_none())
        .copied()
        .collect();
    for (number, step) in (1_usize..).zip(&to_run) {
        eprintln!("[{number}/{}] {step} (target/audit/logs/{step}.log)", to_run.len());
        // What has not come to its end is in the report as such.
        if let Err(error) = run_and_tell(step) {
            eprintln!("    {error}");
        }
    }
    let now = Subject::now()?;
    let context = Context { now: &now, wanted: &wanted, record: &Record::of, hindrance: &hindrance };
    let steps: Vec<_> = steps::all().collect();
    let report = Report {
        parts: context.parts(&steps),
        tables: versions::tables(&now),
        command: options.command(),
        written: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs()),
    };
    fs::create_dir_all(at_root(AUDIT)).map_err(|error| format!("cannot make {AUDIT}: {error}"))?;
    let text = text::text(&report);
    for (path, content) in [(TEXT, &text), (HTML, &html::page(&report))] {
        fs::write(at_root(path), content).map_err(|error| format!("cannot write {path}: {error}"))?;
    }
    println!("{text}\nAlso in {TEXT} and {HTML}.");
    if report.verdict() == Verdict::Passed { Ok(()) } else { Err(report.headline()) }
}

/// Runs a step as a program of its own, so that nothing that it does ends this one, and says what came of it.
fn run_and_tell(step: &str) -> Outcome {
    record::forget(step)?;
    let (status, log) = run_apart(step)?;
    match Record::of(step) {
        Some(record) if record.failure.is_none() => eprintln!("    passed in {}", duration(record.seconds)),
        _ => eprintln!("    FAILED ({status}). Its last lines:\n{}", last_lines(&log)),
    }
    Ok(())
}

/// Runs a step as a program of its own: how it ended, and the file with what it printed.
pub(crate) fn run_apart(step: &str) -> Result<(ExitStatus, PathBuf), String> {
    let path = at_root(LOGS).join(format!("{step}.log"));
    let cannot = |error| format!("cannot write {}: {error}", path.display());
    fs::create_dir_all(at_root(LOGS)).map_err(cannot)?;
    let log = File::create(&path).map_err(cannot)?;
    let errors = log.try_clone().map_err(cannot)?;
    let (name, tree) = start();
    let mut program = command(THIS_PROGRAM, [step]);
    let status = program.env(name, tree).stdin(Stdio::null()).stdout(log).stderr(errors).status();
    let status = status.map_err(|error| format!("{THIS_PROGRAM} could not be started: {error}"))?;
    Ok((status, path))
}

fn last_lines(path: &Path) -> String {
    const LINES: usize = 30;
    let text = fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<_> = text.lines().collect();
    let skipped = lines.len().saturating_sub(LINES);
    lines.iter().skip(skipped).map(|line| format!("    {line}\n")).collect()
}

/// Why a step cannot run here.
fn hindrance(step: &str) -> Option<String> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = env::split_paths(&path).chain([targets::emulator_folder()]).collect();
    let is_there = |program: &&str| folders.iter().any(|folder| folder.join(program).exists());
    let missing: Vec<_> = needs(step).iter().filter(|program| !is_there(program)).copied().collect();
    (!missing.is_empty()).then(|| format!("{} not installed: {}", missing.join(" and "), installed_by(step)))
}

/// When and how the results came about.
fn provenance(report: &Report) -> String {
    let written = format!("`{}`, {}", report.command, utc(report.written));
    match report.times() {
        Some((first, last)) => {
            format!("{written}; results of {} to {}, all of this tree", utc(first), utc(last))
        }
        None => written,
    }
}

/// `2026-11-26 10:47 UTC`
fn utc(seconds: u64) -> String {
    let date = format!("--date=@{seconds}");
    output(&mut command("date", ["--utc", &date, "+%Y-%m-%d %H:%M UTC"])).unwrap_or_default()
}

//! What came of a step, kept until its next run: a file for each, so that two runs at once do not write over each other.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::tree;
use crate::command::{Outcome, at_root, command, output};
use crate::figures::{self, Figure};

const RESULTS: &str = "target/audit/results";

/// What a result holds for: these files, made by this compiler with these flags, on such a processor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    pub(super) tree: String,
    compiler: String,
    /// Variables of the environment, one a line.
    settings: String,
    processor: String,
}

/// What came of one run of one step.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Record {
    pub(super) step: String,
    /// Nothing if the tree changed while the step ran: then the result holds for no tree.
    pub(super) subject: Option<Subject>,
    /// Why it failed; nothing if it passed.
    pub(super) failure: Option<String>,
    pub(super) figures: Vec<Figure>,
    pub(super) seconds: f64,
    /// Seconds since 1970.
    pub(super) ended: u64,
}

/// What of the environment changes what is built or tested.
const SETTINGS: [&str; 10] = [
    "RUSTFLAGS",
    "RUSTDOCFLAGS",
    "RUSTC",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_PROFILE_",
    "CARGO_BUILD_",
    "CARGO_TARGET_",
    "CC",
    "CFLAGS",
    "PROPTEST_",
];

/// Where and how long, which changes no result.
const NO_SETTINGS: [&str; 1] = ["CARGO_TARGET_DIR"];

/// For a program that a running one starts: of which tree the checks are that both were compiled with.
const STARTED_WITH: &str = "CLIQUET_AUDIT_TREE";

impl Subject {
    /// What a step that runs now would be a result for.
    pub(super) fn now() -> Result<Self, String> {
        let is_meant =
            |name: &str| SETTINGS.iter().any(|start| name.starts_with(start)) && !NO_SETTINGS.contains(&name);
        let mut settings: Vec<_> = env::vars()
            .filter(|(name, value)| !value.is_empty() && is_meant(name))
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        settings.sort();
        Ok(Self {
            tree: tree::digest(&at_root(""))?,
            compiler: compiler().ok_or("rustc does not tell its version")?,
            settings: settings.join("\n"),
            processor: processor(),
        })
    }

    /// Of a tree that there is not.
    #[cfg(test)]
    pub(super) fn made_up(tree: &str) -> Self {
        let text = str::to_owned;
        Self { tree: text(tree), compiler: text("rustc"), settings: text(""), processor: text("a processor") }
    }

    fn to_json(&self) -> Value {
        let Self { tree, compiler, settings, processor } = self;
        json!({"tree": tree, "compiler": compiler, "settings": settings, "processor": processor})
    }

    fn from_json(json: &Value) -> Option<Self> {
        let text = |name| text(json, name);
        let (tree, compiler) = (text("tree")?, text("compiler")?);
        Some(Self { tree, compiler, settings: text("settings")?, processor: text("processor")? })
    }

    /// What is another here than there.
    pub(super) fn differs_from(&self, other: &Self) -> &'static str {
        if self.tree != other.tree {
            "tree"
        } else if self.compiler != other.compiler {
            "compiler"
        } else if self.settings != other.settings {
            "setting of the environment"
        } else {
            "processor"
        }
    }
}

/// Version and target of the compiler; asked for once, since starting it takes longer than all the rest.
fn compiler() -> Option<String> {
    static COMPILER: OnceLock<Option<String>> = OnceLock::new();
    COMPILER.get_or_init(|| output(&mut command("rustc", ["-vV"]))).clone()
}

/// Model and instructions of the processor.
fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = |name| text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    format!("{} {}", line("model name"), line("flags"))
}

/// Notes which tree this program was started in: its own checks are of no later one.
pub(crate) fn note_start() {
    started_with();
}

/// For the environment of a program that this one starts.
pub(super) fn start() -> (&'static str, String) {
    (STARTED_WITH, started_with())
}

/// The digest of the tree when this program was started, or the one that started it; nothing if there is none.
fn started_with() -> String {
    static TREE: OnceLock<String> = OnceLock::new();
    let digest =
        || env::var(STARTED_WITH).ok().or_else(|| tree::digest(&at_root("")).ok()).unwrap_or_default();
    TREE.get_or_init(digest).clone()
}

/// Runs a step and keeps what came of it.
pub(crate) fn recorded(step: &str, run: fn() -> Outcome) -> Outcome {
    forget(step)?;
    figures::take();
    let before = Subject::now();
    let start = Instant::now();
    let outcome = run();
    let seconds = start.elapsed().as_secs_f64();
    let after = Subject::now();
    if let Err(error) = &after {
        eprintln!("this result counts for nothing: {error}");
    }
    let subject = before.ok().filter(|before| after.as_ref() == Ok(before) && before.tree == started_with());
    Record {
        step: step.to_owned(),
        subject,
        failure: outcome.clone().err(),
        figures: figures::take(),
        seconds,
        ended: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs()),
    }
    .keep()?;
    outcome
}

impl Record {
    pub(super) fn keep(&self) -> Outcome {
        let (path, half) = (path(&self.step), path(&self.step).with_extension("new"));
        let text = format!("{:#}\n", self.to_json());
        let kept = fs::create_dir_all(at_root(RESULTS))
            .and_then(|()| fs::write(&half, text))
            .and_then(|()| fs::rename(&half, &path));
        kept.map_err(|error| format!("cannot write {}: {error}", path.display()))
    }

    /// The last result of a step, if there is one that can be read.
    pub(super) fn of(step: &str) -> Option<Self> {
        Self::from_json(&serde_json::from_str(&fs::read_to_string(path(step)).ok()?).ok()?)
    }

    pub(super) fn to_json(&self) -> Value {
        let figures = self
            .figures
            .iter()
            .map(|figure| json!({"value": figure.value, "what": figure.what, "is_detail": figure.is_detail}));
        json!({
            "step": self.step,
            "subject": self.subject.as_ref().map(Subject::to_json),
            "failure": self.failure,
            "figures": figures.collect::<Vec<_>>(),
            "seconds": self.seconds,
            "ended": self.ended,
        })
    }

    /// Nothing where a field is missing or is another kind of thing: least of all is a failure overlooked then.
    pub(super) fn from_json(json: &Value) -> Option<Self> {
        let figure = |json: &Value| {
            let (value, what) = (text(json, "value")?, text(json, "what")?);
            Some(Figure { value, what, is_detail: json.get("is_detail")?.as_bool()? })
        };
        Some(Self {
            step: text(json, "step")?,
            subject: match json.get("subject")? {
                Value::Null => None,
                subject => Some(Subject::from_json(subject)?),
            },
            failure: match json.get("failure")? {
                Value::Null => None,
                Value::String(failure) => Some(failure.clone()),
                _ => return None,
            },
            figures: json.get("figures")?.as_array()?.iter().map(figure).collect::<Option<_>>()?,
            seconds: json.get("seconds")?.as_f64()?,
            ended: json.get("ended")?.as_u64()?,
        })
    }
}

/// A run that is broken off must not leave the result of the one before it.
pub(super) fn forget(step: &str) -> Outcome {
    let path = path(step);
    if path.exists() {
        fs::remove_file(&path).map_err(|error| format!("cannot remove {}: {error}", path.display()))?;
    }
    Ok(())
}

/// A field that is a text.
fn text(json: &Value, name: &str) -> Option<String> {
    Some(json.get(name)?.as_str()?.to_owned())
}

fn path(step: &str) -> PathBuf {
    at_root(RESULTS).join(format!("{step}.json"))
}

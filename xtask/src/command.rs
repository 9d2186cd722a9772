//! Running other programs at the root of the repository.

use std::env;
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What a step ends with: nothing, or a message for whoever started it.
pub(crate) type Outcome = Result<(), String>;

/// A path given relative to the root of the repository.
pub(crate) fn at_root(path: &str) -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).join(path)
}

/// `program` with `arguments`, to be run at the root of the repository.
pub(crate) fn command<A: AsRef<OsStr>>(program: &str, arguments: impl IntoIterator<Item = A>) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(at_root(""));
    command
}

/// The same Cargo that runs this program.
pub(crate) fn cargo(arguments: &str) -> Command {
    let program = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    command(&program, arguments.split_whitespace())
}

/// Prints the command as a shell would take it, runs it, and fails if it does.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let line = display(command);
    eprintln!("$ {line}");
    match command.stdin(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{line}` failed ({status})")),
        Err(error) => Err(format!("`{line}` could not be started: {error}")),
    }
}

/// As `run`, and what the program prints to its standard output, which is passed on.
pub(crate) fn run_and_read(command: &mut Command) -> Result<String, String> {
    let line = display(command);
    eprintln!("$ {line}");
    let cannot = |error| format!("`{line}` could not be run: {error}");
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(cannot)?;
    let mut printed = Vec::new();
    if let Some(output) = child.stdout.take() {
        let mut output = BufReader::new(output);
        let mut start = 0;
        while output.read_until(b'\n', &mut printed).map_err(cannot)? > 0 {
            let mut ours = io::stdout();
            ours.write_all(printed.get(start..).unwrap_or_default()).map_err(cannot)?;
            ours.flush().map_err(cannot)?;
            start = printed.len();
        }
    }
    match child.wait().map_err(cannot)? {
        status if status.success() => Ok(String::from_utf8_lossy(&printed).into_owned()),
        status => Err(format!("`{line}` failed ({status})")),
    }
}

/// Whether the command runs and succeeds. Prints nothing.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// Does several things at once, as many as there are processors; what came of them, in no order. Nothing more is begun after one has failed.
pub(crate) fn side_by_side<J: Sync, T: Send>(
    jobs: &[J],
    work: impl Fn(&J) -> Result<T, String> + Sync,
) -> Result<Vec<T>, String> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push(work(job).inspect_err(|_| next.store(jobs.len(), Ordering::Relaxed))?);
        }
        Ok(done)
    };
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..processors).map(|_| scope.spawn(worker)).collect();
        let done = workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|_| Err("a worker panicked".to_owned())));
        Ok(done.collect::<Result<Vec<_>, String>>()?.into_iter().flatten().collect())
    })
}

/// What the command prints, if it succeeds.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

fn display(command: &Command) -> String {
    let quote = |text: &OsStr| {
        let text = text.to_string_lossy().into_owned();
        if text.contains(' ') { format!("'{text}'") } else { text }
    };
    let program = Path::new(command.get_program());
    let name = if program.ends_with("bin/cargo") && !program.starts_with("/usr") {
        "cargo".to_owned()
    } else {
        quote(program.as_os_str())
    };
    let set = command.get_envs().filter_map(|(key, value)| Some((key, value?)));
    let variables = set.map(|(key, value)| format!("{}={}", key.to_string_lossy(), quote(value)));
    variables.chain([name]).chain(command.get_args().map(quote)).collect::<Vec<_>>().join(" ")
}

//! Runs each group of operations under a valgrind of its own, so that no report is taken for one that another group has made, and judges.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use std::{env, fs, thread};

use crate::judge::Verdicts;
use crate::operations::GROUPS;
use crate::{allowed, backends, coverage, report};

/// How many groups run at once.
const THREADS: usize = 2;

/// Runs and judges all groups.
pub(crate) fn run(record: Option<&str>) -> Result<(), String> {
    let start = Instant::now();
    let build = backends::check()?;
    let entries = allowed::entries()?;
    let program = env::current_exe().map_err(|error| format!("no path of this program: {error}"))?;
    let folder = program.with_extension("reports");
    fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    eprintln!("measuring {} groups of operations, built with {build}", GROUPS.len());

    let reports = side_by_side(|name| measure(&program, &folder, name))?;
    let mut verdicts = Verdicts::default();
    for (group, Measured { xml, failure }) in GROUPS.iter().zip(reports) {
        verdicts.judge(group.name, report::read(&xml), &entries);
        verdicts.failures.extend(failure);
    }
    verdicts.judge_controls();
    println!("{}", verdicts.table());
    let mut failures = std::mem::take(&mut verdicts.failures);
    match coverage::check(&verdicts.functions) {
        Ok(counts) => println!("{counts}"),
        Err(mut wrong) => failures.append(&mut wrong),
    }
    if let Some(file) = record {
        let used: Vec<&str> = verdicts.used.iter().map(String::as_str).collect();
        fs::write(file, used.join("\n")).map_err(|error| format!("cannot write {file}: {error}"))?;
    }
    let seconds = start.elapsed().as_secs_f64();
    if failures.is_empty() {
        println!(
            "{} operations, built with {build}: nothing depends on a secret but what {} of {} entries of allowed.txt allow ({seconds:.1} s)",
            verdicts.operations(),
            verdicts.used.len(),
            entries.len()
        );
        return Ok(());
    }
    Err(format!("{}\n\n{} failures, built with {build}", failures.join("\n\n"), failures.len()))
}

/// Fails if a line of the list was needed in none of the runs that these files tell of.
pub(crate) fn unused(files: &[&str]) -> Result<(), String> {
    let mut used = BTreeSet::new();
    for file in files {
        let lines = fs::read_to_string(file).map_err(|error| format!("cannot read {file}: {error}"))?;
        used.extend(lines.lines().map(str::to_owned));
    }
    let entries = allowed::entries()?;
    let unused: Vec<&str> =
        entries.iter().map(|entry| entry.text.as_str()).filter(|text| !used.contains(*text)).collect();
    if unused.is_empty() {
        println!("each of the {} entries of allowed.txt is needed", entries.len());
        return Ok(());
    }
    Err(format!("allowed.txt allows what never happens:\n{}", unused.join("\n")))
}

/// What came of one group.
struct Measured {
    /// What valgrind has written.
    xml: String,
    /// Why the group did not come to its end.
    failure: Option<String>,
}

fn measure(program: &Path, folder: &Path, name: &str) -> Result<Measured, String> {
    let start = Instant::now();
    let file: PathBuf = folder.join(format!("{name}.xml"));
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=memcheck", "--quiet", "--leak-check=no", "--error-limit=no", "--num-callers=60"]);
    valgrind.args(["--read-inline-info=yes", "--fair-sched=yes", "--xml=yes"]);
    valgrind.arg(format!("--xml-file={}", file.display())).arg(program).args(["measure", name]);
    let output = valgrind
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("valgrind could not be started ({error}): run `cargo xtask install`"))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let failure =
        (!output.status.success()).then(|| format!("the group {name} failed ({}):\n{said}", output.status));
    eprintln!("  {:>5.1} s  {name}", start.elapsed().as_secs_f64());
    let xml =
        fs::read_to_string(&file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    Ok(Measured { xml, failure })
}

/// Does the same with each group, a few at once; what came of them, in the order of the groups.
fn side_by_side(work: impl Fn(&str) -> Result<Measured, String> + Sync) -> Result<Vec<Measured>, String> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some((place, group)) = Some(next.fetch_add(1, Ordering::Relaxed))
                    .and_then(|place| Some((place, GROUPS.get(place)?)))
                {
                    let result = work(group.name);
                    if let Ok(mut results) = results.lock() {
                        results.push((place, result));
                    }
                }
            });
        }
    });
    let mut results = results.into_inner().map_err(|_| "a thread panicked".to_owned())?;
    results.sort_by_key(|(place, _)| *place);
    if results.len() < GROUPS.len() {
        return Err("not every group was run".to_owned());
    }
    results.into_iter().map(|(_, result)| result).collect()
}

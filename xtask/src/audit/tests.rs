//! What the report may say: a failure is seen, what is stale or lacks its figures does not pass, nothing of a result is markup.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use super::claims::{GROUPS, When, needs, when};
use super::record::{Record, Subject};
use super::report::{Context, Report, Verdict};
use super::{Options, html, text, tree};
use crate::figures::Figure;
use crate::steps;

fn subject(tree: &str) -> Subject {
    Subject::made_up(tree)
}

/// All results of a tree in which everything has passed with its figures.
fn all_passed() -> BTreeMap<&'static str, Record> {
    let record = |step: &'static str| {
        let claims = GROUPS.iter().flat_map(|group| group.claims).filter(|claim| claim.step == step);
        let figure =
            |what: &&str| Figure { value: "12".to_owned(), what: (*what).to_owned(), is_detail: false };
        let figures = claims.flat_map(|claim| claim.figures).map(figure).collect();
        let (step, subject) = (step.to_owned(), Some(subject("now")));
        Record { step, subject, failure: None, figures, seconds: 1.5, ended: 1_800_000_000 }
    };
    steps::all().map(|(name, _)| (name, record(name))).collect()
}

fn report(records: &BTreeMap<&'static str, Record>, wanted: &[&'static str]) -> Report {
    let context = Context {
        now: &subject("now"),
        wanted,
        record: &|step| records.get(step).cloned(),
        hindrance: &|_| None,
    };
    let steps: Vec<_> = steps::all().collect();
    let command = "cargo xtask audit".to_owned();
    Report { parts: context.parts(&steps), tables: Vec::new(), command, written: 1_800_000_000 }
}

fn verdict_of(report: &Report, step: &str) -> Verdict {
    report.rows().filter(|row| row.step == step).map(|row| row.verdict).max().unwrap()
}

fn changed(step: &'static str, change: impl FnOnce(&mut Record)) -> BTreeMap<&'static str, Record> {
    let mut records = all_passed();
    change(records.get_mut(step).unwrap());
    records
}

#[test]
fn everything_passed() {
    let report = report(&all_passed(), &["interop"]);
    assert_eq!((report.verdict(), report.count(Verdict::Passed)), (Verdict::Passed, report.rows().count()));
}

#[test]
fn one_failure_is_the_verdict_whoever_asked_for_it() {
    let records = changed("fuzz", |record| record.failure = Some("decoders found something".to_owned()));
    let report = report(&records, &["interop"]);
    assert_eq!((report.verdict(), verdict_of(&report, "fuzz")), (Verdict::Failed, Verdict::Failed));
    let text = text::text(&report);
    assert!(text.contains("FAILED") && text.contains("fuzz: decoders found something"), "{text}");
    assert!(html::page(&report).contains("class=\"verdict failed\""));
}

#[test]
fn a_result_of_another_tree_counts_for_nothing() {
    for subject in [Some(subject("before")), None] {
        let records = changed("interop", |record| record.subject = subject);
        let report = report(&records, &["interop"]);
        assert_eq!((report.verdict(), verdict_of(&report, "interop")), (Verdict::NotRun, Verdict::NotRun));
        let row = report.rows().find(|row| row.step == "interop").unwrap();
        assert!(row.figures.is_empty() && row.seconds.is_none(), "nothing of it is shown");
    }
    // A failure of another tree is none of this one.
    let records = changed("interop", |record| {
        (record.subject, record.failure) = (Some(subject("before")), Some("failed".to_owned()));
    });
    assert_eq!(verdict_of(&report(&records, &[]), "interop"), Verdict::NotRun);
}

#[test]
fn what_was_asked_for_and_did_not_run_is_not_passed() {
    let mut records = all_passed();
    records.remove("proofs");
    assert_eq!(report(&records, &["proofs"]).verdict(), Verdict::NotRun);
    let unasked = report(&records, &["interop"]);
    assert_eq!((unasked.verdict(), verdict_of(&unasked, "proofs")), (Verdict::Passed, Verdict::NotRun));
    assert!(unasked.headline().contains("1 not run"));
    assert_eq!(report(&BTreeMap::new(), &[]).verdict(), Verdict::NotRun);
}

#[test]
fn a_claim_without_its_figures_does_not_pass() {
    let vanished = changed("constant-time", |record| record.figures.clear());
    assert_eq!(report(&vanished, &[]).verdict(), Verdict::Failed);
    for nothing in ["0", "0.0 %", ""] {
        let none = changed("interop", |record| {
            record.figures.iter_mut().for_each(|figure| figure.value = nothing.to_owned());
        });
        assert_eq!(verdict_of(&report(&none, &[]), "interop"), Verdict::Failed, "{nothing:?}");
    }
    // Where a step counts twice, neither count may be none.
    let second = changed("interop", |record| {
        let figure = Figure { value: "0".to_owned(), what: "tests".to_owned(), is_detail: false };
        record.figures.push(figure);
    });
    assert_eq!(verdict_of(&report(&second, &[]), "interop"), Verdict::Failed);
}

#[test]
fn no_result_is_markup_or_an_escape_sequence() {
    let hostile = "<script>alert('1' & \"2\")</script>\u{1b}[2J";
    let records = changed("fuzz", |record| {
        record.failure = Some(hostile.to_owned());
        record.figures.push(Figure { value: hostile.to_owned(), what: hostile.to_owned(), is_detail: true });
    });
    let report = report(&records, &[]);
    let page = html::page(&report);
    assert!(
        !page.contains("<script") && page.contains("&lt;script&gt;alert(&#39;1&#39; &amp; &quot;2&quot;)")
    );
    assert!(!page.contains("src=") && !page.contains("http"), "the page needs nothing besides itself");
    assert_eq!(html::escape("<&>\"'"), "&lt;&amp;&gt;&quot;&#39;");
    let reason = text::text(&report).lines().find(|line| line.starts_with("fuzz: ")).unwrap().to_owned();
    assert!(!reason.contains('\u{1b}'), "{reason:?}");
}

#[test]
fn the_text_has_100_columns() {
    let long = "word ".repeat(60) + &"x".repeat(300);
    let records = changed("fuzz", |record| record.failure = Some(long));
    for line in text::text(&report(&records, &[])).lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
}

#[test]
fn every_step_is_in_the_report_or_shows_nothing() {
    let report = report(&all_passed(), &[]);
    for (step, _) in steps::all() {
        let rows = report.rows().filter(|row| row.step == step).count();
        assert_eq!(rows == 0, when(step) == When::Never, "{step}");
    }
    for claim in GROUPS.iter().flat_map(|group| group.claims) {
        assert!(steps::all().any(|(name, _)| name == claim.step), "there is no step {}", claim.step);
    }
    let quick: Vec<_> = steps::all().filter(|(step, _)| when(step) == When::Quick).collect();
    assert!(quick.len() >= 5 && quick.iter().all(|(step, _)| needs(step).is_empty()), "{quick:?}");
}

#[test]
fn a_result_comes_back_as_it_was_kept_or_not_at_all() {
    let mut record = all_passed().remove("interop").unwrap();
    assert_eq!(Record::from_json(&record.to_json()), Some(record.clone()));
    (record.subject, record.failure) = (None, Some("failed".to_owned()));
    assert_eq!(Record::from_json(&record.to_json()), Some(record.clone()));
    for field in ["step", "subject", "failure", "figures", "seconds", "ended"] {
        let mut json = record.to_json();
        json.as_object_mut().unwrap().remove(field);
        assert_eq!(Record::from_json(&json), None, "without {field}");
    }
}

#[test]
fn options() {
    let parse = |line: &str| Options::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    let quick = parse("--quick").unwrap();
    assert!(quick.wanted().contains(&"all-features") && !quick.wanted().contains(&"fuzz"));
    let whole = parse("").unwrap();
    assert!(whole.wanted().contains(&"fuzz") && !whole.wanted().contains(&"mutants"));
    let asked = parse("--quick --with mutants").unwrap();
    assert!(asked.wanted().contains(&"mutants"));
    assert_eq!(asked.command(), "cargo xtask audit --quick --with mutants");
    for wrong in ["--fast", "--with", "--with nothing", "--with install", "interop"] {
        assert!(parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn the_hash_of_a_tree_sees_every_change_but_of_what_is_ignored() {
    let temporary = tempfile::tempdir().unwrap();
    let root = temporary.path();
    let folder = root.join("folder");
    fs::create_dir_all(root.join("target")).unwrap();
    fs::create_dir_all(&folder).unwrap();
    fs::write(root.join(".gitignore"), "/target\n").unwrap();
    fs::write(folder.join("file"), "one").unwrap();
    let mut seen = vec![tree::digest(root).unwrap()];
    let mut see = |is_new: bool| {
        let digest = tree::digest(root).unwrap();
        assert_eq!(!seen.contains(&digest), is_new);
        seen.push(digest);
    };
    fs::write(root.join("target/file"), "built").unwrap();
    see(false);
    fs::write(folder.join("file"), "two").unwrap();
    see(true);
    fs::set_permissions(folder.join("file"), fs::Permissions::from_mode(0o755)).unwrap();
    see(true);
    fs::rename(folder.join("file"), folder.join("another")).unwrap();
    see(true);
    symlink("another", folder.join("link")).unwrap();
    see(true);
    // A second `target` is ignored by nothing.
    fs::write(folder.join("target"), "").unwrap();
    see(true);
    fs::write(root.join(".gitignore"), "/target\nname/\n").unwrap();
    see(true);
    fs::create_dir_all(folder.join("name")).unwrap();
    fs::write(folder.join("name/file"), "ignored everywhere").unwrap();
    see(false);
    fs::write(root.join(".gitignore"), "*.txt\n").unwrap();
    assert!(tree::digest(root).is_err(), "what is ignored must be understood");
}

//! What documents name is there: files, links and their anchors, steps of `cargo xtask`, tests, features, identifiers. That a sentence is
//! true, no test sees; that it speaks of something that is gone, this one does.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may panic")]

mod commands;
mod markdown;
mod repository;

use std::sync::LazyLock;

use markdown::Named;
use repository::Repository;

/// Read once.
static REPOSITORY: LazyLock<Option<Repository>> = LazyLock::new(Repository::read);

/// What is made by a command, or by a release.
const MADE: [&str; 11] = [
    "docs/release-signers",
    "target",
    "fuzz/corpus",
    "fuzz/seeds",
    "fuzz/artifacts",
    "proptest-regressions",
    "bench.json",
    "cliquet.cdx.json",
    "cliquet-ffi.cdx.json",
    "cliquet-libolm.cdx.json",
    "provenance.intoto.json",
];

/// Names of other projects: a lint of clippy, a function of libolm that no header declares.
const ELSEWHERE: [&str; 2] = ["undocumented_unsafe_blocks", "_olm_decode_base64"];

/// How the names of files end that documents speak of.
const EXTENSIONS: [&str; 12] =
    [".rs", ".md", ".json", ".toml", ".txt", ".h", ".c", ".py", ".svg", ".lock", ".cmake", ".hh"];

#[test]
fn what_documents_name_is_there() {
    let Some(repository) = &*REPOSITORY else { return };
    let documents: Vec<&String> = repository.files.iter().filter(|file| file.ends_with(".md")).collect();
    assert!(documents.len() > 15, "{documents:?}");
    let mut faults = Vec::new();
    for document in documents {
        let named = markdown::read(&repository.text(document));
        let mut fault = |what: &str, name: &str| faults.push(format!("{document}: {what}: {name}"));
        named.unbalanced.iter().for_each(|paragraph| fault("a ` too few", paragraph));
        for link in named.links.iter().filter(|link| !leads_somewhere(repository, document, link, &named)) {
            fault("no link leads there", link);
        }
        for line in named.lines.iter().chain(&named.code) {
            commands::faults(repository, line).iter().for_each(|(what, name)| fault(what, name));
        }
        for name in named.code.iter().flat_map(|code| code.split_whitespace()) {
            if !is_there(repository, document, name) {
                fault("no such file", name);
            }
        }
        for name in &named.code {
            if name
                .strip_suffix('*')
                .is_some_and(|begin| is_finding(begin) && !repository.has_test_that_begins(begin))
            {
                fault("no test begins so", name);
            }
            let known = ELSEWHERE.contains(&name.as_str());
            if !known && is_identifier(name) && !repository.words.contains(name.rsplit("::").next().unwrap())
            {
                fault("no source has this word", name);
            }
        }
    }
    assert!(faults.is_empty(), "{} names of nothing:\n{}", faults.len(), faults.join("\n"));
}

/// A list that is not kept lets things through.
/// The code of the first page is compiled in the English edition alone.
#[test]
fn the_french_first_page_shows_the_code_of_the_english_one() {
    let Some(repository) = &*REPOSITORY else { return };
    let [english, french] = ["README.md", "README.fr.md"].map(|page| {
        let text = repository.text(page);
        text.split_once("```rust\n").unwrap().1.split_once("\n```").unwrap().0.to_owned()
    });
    assert_eq!(english, french);
}

/// A space before `;`, `:`, `?`, `!` and within guillemets does not break; an apostrophe is no stroke.
#[test]
fn french_is_set_as_french() {
    let Some(repository) = &*REPOSITORY else { return };
    let faults = [" ;", " :", " ?", " !", " »", "« ", "'"];
    let documents: Vec<&String> = repository.files.iter().filter(|file| file.ends_with(".fr.md")).collect();
    assert_eq!(documents.len(), 2);
    for document in documents {
        for text in markdown::read(&repository.text(document)).texts {
            let fault = faults.iter().find(|fault| text.contains(**fault));
            assert!(fault.is_none(), "{document}: {fault:?} in {text}");
        }
    }
}

fn leads_somewhere(repository: &Repository, document: &str, link: &str, named: &Named) -> bool {
    if link.starts_with("https://") || link.starts_with("http://") {
        return true;
    }
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
    if path.is_empty() {
        return anchor.is_some_and(|anchor| named.anchors.contains(anchor));
    }
    let target = beside(document, path);
    let has_anchor = |anchor| markdown::read(&repository.text(&target)).anchors.contains(anchor);
    repository.has(&target) && anchor.is_none_or(has_anchor)
}

/// A path from the folder of a document, from the root on.
fn beside(document: &str, path: &str) -> String {
    let mut parts: Vec<&str> = document.split('/').collect();
    parts.pop();
    for part in path.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Whether a word that looks like a path is one, from the root, the document or anywhere on; whether it does not look like one.
fn is_there(repository: &Repository, document: &str, word: &str) -> bool {
    let word = word.trim_matches(|mark: char| "(),:;".contains(mark)).trim_end_matches('/');
    let plain = word.chars().all(|character| character.is_ascii_alphanumeric() || "/._-".contains(character));
    let made = MADE.iter().any(|made| word == *made || word.starts_with(&format!("{made}/")));
    let first = word.split('/').next().unwrap_or_default();
    let here = beside(document, first);
    let in_tree = word.contains('/')
        && !first.is_empty()
        && (repository.has(first) || first != ".." && repository.has(&here));
    let is_path = in_tree || EXTENSIONS.iter().any(|end| word.len() > end.len() && word.ends_with(end));
    if !plain || made || !is_path {
        return true;
    }
    let word = word.trim_start_matches("../").trim_start_matches("./");
    repository.has(word) || repository.has(&beside(document, word)) || repository.has_end(word)
}

/// Whether this is the beginning of the name of a test of a finding: `f07_`.
fn is_finding(begin: &str) -> bool {
    begin.strip_prefix('f').is_some_and(|rest| rest.starts_with(|character: char| character.is_ascii_digit()))
}

/// Whether this can only be a word of a source: `Account::new`, `every_finding_has_a_test`.
fn is_identifier(code: &str) -> bool {
    let plain = code.chars().all(|character| character.is_ascii_alphanumeric() || "_:".contains(character));
    plain && !code.ends_with([':', '_']) && (code.contains("::") || code.matches('_').count() > 1)
}

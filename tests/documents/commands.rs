//! Commands of Cargo as documents write them, and whether what they name is there.

use crate::repository::Repository;

/// What is wrong with a line, if it is a command of Cargo.
pub(crate) fn faults(repository: &Repository, line: &str) -> Vec<(&'static str, String)> {
    let line = line.split(" #").next().unwrap_or_default();
    let mut faults = Vec::new();
    for command in line.split("&&") {
        let mut words = command.split_whitespace().skip_while(|word| *word != "cargo").skip(1);
        match words.next() {
            Some("xtask") => {
                for step in words.filter(|word| !word.starts_with('-')).take_while(|word| is_step_name(word))
                {
                    if !repository.steps.contains(step) {
                        faults.push(("no such step", step.to_owned()));
                    }
                }
            }
            Some("test") => faults.extend(test(repository, words)),
            Some("run") => faults.extend(example(repository, words)),
            _ => {}
        }
    }
    faults
}

fn is_step_name(word: &str) -> bool {
    word.chars()
        .all(|character| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-')
}

/// `cargo test`: the integration test, the features and the filter.
fn test<'a>(
    repository: &Repository,
    mut words: impl Iterator<Item = &'a str>,
) -> Vec<(&'static str, String)> {
    let (mut faults, mut target, mut filters) = (Vec::new(), None, Vec::new());
    while let Some(word) = words.next() {
        match word {
            "--" => break,
            "--test" => target = words.next(),
            "--lib" => target = Some("lib"),
            "--features" => faults.extend(features(repository, words.next().unwrap_or_default())),
            // What another package has is not looked at.
            "-p" | "--package" | "--manifest-path" => return faults,
            "--target-dir" => drop(words.next()),
            word if word.starts_with('-') || word.contains('.') => {}
            word => filters.push(word),
        }
    }
    if let Some(target) = target.filter(|target| !repository.has_test("", Some(target))) {
        faults.push(("no such test", target.to_owned()));
    }
    for filter in filters {
        if !repository.has_test(filter, target) {
            faults.push(("no test has this in its name", filter.to_owned()));
        }
    }
    faults
}

/// `cargo run`: the example and the features.
fn example<'a>(
    repository: &Repository,
    mut words: impl Iterator<Item = &'a str>,
) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    while let Some(word) = words.next() {
        let value = |words: &mut dyn Iterator<Item = &'a str>| words.next().unwrap_or_default();
        match word {
            "--" => break,
            // What another package has is not looked at.
            "-p" | "--package" => return faults,
            "--features" => faults.extend(features(repository, value(&mut words))),
            "--example" => {
                let name = value(&mut words);
                if !repository.has(&format!("examples/{name}")) {
                    faults.push(("no such example", name.to_owned()));
                }
            }
            _ => {}
        }
    }
    faults
}

fn features(repository: &Repository, list: &str) -> Vec<(&'static str, String)> {
    let unknown = list.split(',').filter(|feature| !repository.features.contains(*feature));
    unknown.map(|feature| ("no such feature", feature.to_owned())).collect()
}

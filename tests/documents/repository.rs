//! What there is to be named: files, steps, tests, features, identifiers.

use std::{
    collections::{BTreeSet, HashSet},
    fs,
    path::{Path, PathBuf},
};

/// The repository; there is none around a published package, which holds no other member of the workspace.
pub(crate) struct Repository {
    root: PathBuf,
    /// Every file, by its path from the root, `/` between the parts.
    pub(crate) files: BTreeSet<String>,
    pub(crate) steps: BTreeSet<String>,
    pub(crate) features: BTreeSet<String>,
    /// Tests of the package `cliquet`.
    tests: Vec<Test>,
    /// Every word of every source.
    pub(crate) words: HashSet<String>,
}

struct Test {
    /// `lib`, or the name of an integration test.
    target: String,
    /// As `cargo test` calls it, but for modules within a file.
    path: String,
}

impl Repository {
    pub(crate) fn read() -> Option<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf();
        if root.join("Cargo.toml.orig").exists() {
            return None;
        }
        let files = files(&root);
        let mut repository = Self {
            steps: BTreeSet::from(["ci".to_owned(), "help".to_owned()]),
            features: BTreeSet::new(),
            tests: Vec::new(),
            words: HashSet::new(),
            files,
            root,
        };
        let steps = repository.text("xtask/src/steps.rs");
        repository.steps.extend(quoted_behind(&steps, "Step { name: \""));
        // The one with options of its own.
        repository.steps.extend(quoted_behind(&repository.text("xtask/src/main.rs"), "first == \""));
        repository.steps.extend(quoted_behind(&steps, "        name: \""));
        let manifest = repository.text("Cargo.toml");
        let features = manifest.split_once("\n[features]\n").unwrap().1.split_once("\n[").unwrap().0;
        let features =
            features.lines().filter_map(|line| line.split_once(" = ").map(|(name, _)| name.to_owned()));
        repository.features.extend(features);
        for file in repository.files.clone() {
            if [".rs", ".h", ".c", ".py", ".toml"].iter().any(|extension| file.ends_with(extension)) {
                let text = repository.text(&file);
                for word in text.split(|character: char| !character.is_alphanumeric() && character != '_') {
                    if !repository.words.contains(word) {
                        repository.words.insert(word.to_owned());
                    }
                }
                repository.tests.extend(tests(&file, &text));
            }
        }
        Some(repository)
    }

    pub(crate) fn text(&self, file: &str) -> String {
        fs::read_to_string(self.root.join(file)).unwrap()
    }

    /// Whether there is a file or a folder with this path from the root.
    pub(crate) fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.files.contains(path) || self.files.iter().any(|file| file.starts_with(&format!("{path}/")))
    }

    /// Whether a file or a folder has a path that ends so, from the start of a name on.
    pub(crate) fn has_end(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let within = |file: &String| {
            file == path
                || file.ends_with(&format!("/{path}"))
                || file.contains(&format!("/{path}/"))
                || file.starts_with(&format!("{path}/"))
        };
        self.files.iter().any(within)
    }

    /// Whether `cargo test` finds a test whose path holds this, among those of a target if one is given.
    pub(crate) fn has_test(&self, filter: &str, target: Option<&str>) -> bool {
        let of_target = |test: &&Test| target.is_none_or(|target| test.target == target);
        self.tests.iter().filter(of_target).any(|test| test.path.contains(filter))
    }

    /// Whether a test's own name begins so.
    pub(crate) fn has_test_that_begins(&self, begin: &str) -> bool {
        self.tests
            .iter()
            .any(|test| test.path.rsplit("::").next().is_some_and(|name| name.starts_with(begin)))
    }
}

/// Every file of the repository, and nothing that was made of it.
fn files(root: &Path) -> BTreeSet<String> {
    let (mut waiting, mut files) = (vec![root.to_path_buf()], BTreeSet::new());
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            if path.is_dir() {
                if ![".git", "target", "fuzz/corpus", "fuzz/artifacts", "fuzz/seeds"].contains(&name.as_str())
                {
                    waiting.push(path);
                }
            } else {
                files.insert(name);
            }
        }
    }
    files
}

/// What stands between a beginning and the next quotation mark.
fn quoted_behind(text: &str, begin: &str) -> Vec<String> {
    text.split(begin)
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// The tests of a source file of the package `cliquet`.
fn tests(file: &str, text: &str) -> Vec<Test> {
    let Some(path) = file.strip_suffix(".rs") else { return Vec::new() };
    let mut parts = path.split('/');
    let (target, modules) = match parts.next() {
        Some("src") => ("lib".to_owned(), parts.collect::<Vec<_>>()),
        Some("tests") => (parts.next().unwrap_or_default().to_owned(), parts.collect()),
        _ => return Vec::new(),
    };
    let modules: Vec<&str> = modules.into_iter().filter(|part| !["mod", "main"].contains(part)).collect();
    let (mut tests, mut is_test) = (Vec::new(), false);
    for line in text.lines().map(str::trim) {
        if let (true, Some(rest)) = (is_test, line.strip_prefix("fn ")) {
            let name = rest.split(['(', '<']).next().unwrap_or_default();
            let path = modules.iter().copied().chain([name]).collect::<Vec<_>>().join("::");
            tests.push(Test { target: target.clone(), path });
        }
        // Attributes and comments may stand between the two.
        is_test = line == "#[test]" || is_test && (line.starts_with('#') || line.starts_with("//"));
    }
    tests
}

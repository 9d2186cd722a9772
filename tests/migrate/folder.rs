//! A folder of its own for each test, in which the example runs.

use std::{
    fs,
    io::Write,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

use crate::built_example::built_example;

pub(crate) struct Folder(TempDir);

impl Folder {
    /// With the key of 32 bytes in the file `KEY`.
    pub(crate) fn new() -> Self {
        let folder = Self(TempDir::new().unwrap());
        folder.write("KEY", super::KEY);
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The names and the contents of all files.
    pub(crate) fn content(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let files = fs::read_dir(self.0.path()).unwrap().map(|entry| entry.unwrap().path());
        let mut content: Vec<_> = files.map(|file| (file.clone(), fs::read(file).unwrap())).collect();
        content.sort();
        content
    }

    /// Runs the example with arguments that spaces separate.
    pub(crate) fn run(&self, arguments: &str) -> Output {
        self.run_with_input(arguments, b"")
    }

    pub(crate) fn run_with_input(&self, arguments: &str, input: &[u8]) -> Output {
        let mut child = Command::new(built_example("migrate"))
            .args(arguments.split_whitespace())
            .current_dir(self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that stops at its command line does not read.
        let _ = child.stdin.take().unwrap().write_all(input);
        child.wait_with_output().unwrap()
    }

    /// Runs the example, which must succeed; what it tells on standard error.
    pub(crate) fn migrate(&self, arguments: &str) -> String {
        let output = self.run(arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{arguments}: {told}");
        told
    }

    /// Runs the example, which must fail and leave every file as it was; its last line on standard error.
    pub(crate) fn refuse(&self, arguments: &str) -> String {
        let before = self.content();
        let output = self.run(arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments}: {told}");
        assert_eq!(output.stdout, b"", "{arguments}");
        assert_eq!(self.content(), before, "{arguments}");
        let last = told.lines().last().unwrap().to_owned();
        assert!(last.starts_with("error: "), "{arguments}: {told}");
        last
    }
}

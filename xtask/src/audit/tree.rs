//! Which tree a result is of: a hash over every file that is not ignored, with its name and whether it can be run.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The SHA-256 of the tree below `root`, in hex, as the system's own program computes it.
pub(super) fn digest(root: &Path) -> Result<String, String> {
    let mut files = Vec::new();
    list(root, &[], &mut files).map_err(|error| format!("cannot list {}: {error}", root.display()))?;
    files.sort();
    let mut program = Command::new("sha256sum");
    let mut program = program
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("sha256sum could not be started: {error}"))?;
    // What is written goes out of scope, and so comes to its end, before the answer is waited for.
    if let Some(mut input) = program.stdin.take() {
        for file in files {
            let name = file.strip_prefix(root).unwrap_or(&file);
            write(&mut input, name, &file)
                .map_err(|error| format!("cannot hash {}: {error}", file.display()))?;
        }
    }
    let output = program.wait_with_output().map_err(|error| format!("sha256sum: {error}"))?;
    let printed = String::from_utf8_lossy(&output.stdout);
    match printed.split_whitespace().next() {
        Some(hash) if output.status.success() && hash.len() == 64 => Ok(hash.to_owned()),
        _ => Err(format!("sha256sum failed ({})", output.status)),
    }
}

/// With lengths in front, no two lists of files are one string of bytes.
fn write(to: &mut impl Write, name: &Path, file: &Path) -> io::Result<()> {
    let (kind, content) = read(file)?;
    for part in [name.as_os_str().as_encoded_bytes(), kind.as_bytes(), &content] {
        to.write_all(&u64::try_from(part.len()).map_err(io::Error::other)?.to_be_bytes())?;
        to.write_all(part)?;
    }
    Ok(())
}

/// Lists the files below a folder, without those of these names anywhere, and those that the folder itself ignores.
fn list(folder: &Path, everywhere: &[String], files: &mut Vec<PathBuf>) -> io::Result<()> {
    let Ignored { here, below } = ignored(folder)?;
    let everywhere: Vec<_> = everywhere.iter().chain(&below).cloned().collect();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if name == ".git" || here.iter().chain(&everywhere).any(|ignored| name == ignored.as_str()) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &everywhere, files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// The names that git ignores in a folder alone, and in whatever is below it.
#[derive(Default)]
struct Ignored {
    here: Vec<String>,
    below: Vec<String>,
}

/// Nothing but `/name` and `name` is understood: what is hashed must be sure.
fn ignored(folder: &Path) -> io::Result<Ignored> {
    let mut ignored = Ignored::default();
    let text = match fs::read_to_string(folder.join(".gitignore")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(ignored),
        text => text?,
    };
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (names, name) = match line.strip_prefix('/') {
            Some(name) => (&mut ignored.here, name),
            None => (&mut ignored.below, line),
        };
        let name = name.trim_end_matches('/');
        if name.contains(['/', '*', '?', '[', '\\', '!', ' ']) {
            return Err(io::Error::other(format!("`{line}` in .gitignore is neither `/name` nor `name`")));
        }
        names.push(name.to_owned());
    }
    Ok(ignored)
}

/// What kind of file it is, and what is in it; of a link, where it leads.
fn read(file: &Path) -> io::Result<(&'static str, Vec<u8>)> {
    let metadata = fs::symlink_metadata(file)?;
    if metadata.is_symlink() {
        return Ok(("link", fs::read_link(file)?.into_os_string().into_encoded_bytes()));
    }
    let runs = metadata.permissions().mode() & 0o111 != 0;
    Ok((if runs { "program" } else { "file" }, fs::read(file)?))
}

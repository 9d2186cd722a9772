//! Where the artefacts come from, as a statement of in-toto with SLSA's predicate: what they were made from, with what, by which
//! command. It is what the maintainer says, and is worth as much as the signature over it (docs/release.md).

use super::reproducible::{compiler, conditions, sha256};
use crate::command::{at_root, command, output};

/// What anybody can run to get the same bytes.
const COMMAND: &str = "cargo xtask release-artefacts";
/// A maintainer's own machine, and no service that could vouch for it.
const BUILDER: &str = "urn:cliquet:builder:maintainer";
const BUILD_TYPE: &str = "urn:cliquet:build:release-artefacts:1";

/// The statement about files of these names and hashes, as JSON.
pub(super) fn statement(hashes: &[(String, String)]) -> Result<String, String> {
    let subjects = hashes
        .iter()
        .map(|(name, hash)| object(&[("name", quoted(name)), ("digest", digest("sha256", hash))]));
    let commit = git(&["rev-parse", "HEAD"])?;
    let tag = git(&["describe", "--tags", "--exact-match"])
        .map_err(|_| "this commit has no tag, which the statement is to name".to_owned())?;
    let source = object(&[("name", quoted("source")), ("digest", digest("gitCommit", &commit))]);
    let lock = object(&[
        ("name", quoted("Cargo.lock")),
        ("digest", digest("sha256", &sha256(&at_root("Cargo.lock"))?)),
    ]);
    let tools = array(conditions()?.iter().map(|tool| quoted(tool)));
    let internal = object(&[("target", quoted(&compiler("host")?)), ("tools", tools)]);
    let definition = object(&[
        ("buildType", quoted(BUILD_TYPE)),
        (
            "externalParameters",
            object(&[("command", quoted(COMMAND)), ("commit", quoted(&commit)), ("tag", quoted(&tag))]),
        ),
        ("internalParameters", internal),
        ("resolvedDependencies", array([source, lock])),
    ]);
    let details = object(&[("builder", object(&[("id", quoted(BUILDER))]))]);
    let predicate = object(&[("buildDefinition", definition), ("runDetails", details)]);
    let statement = object(&[
        ("_type", quoted("https://in-toto.io/Statement/v1")),
        ("subject", array(subjects)),
        ("predicateType", quoted("https://slsa.dev/provenance/v1")),
        ("predicate", predicate),
    ]);
    Ok(statement + "\n")
}

fn git(arguments: &[&str]) -> Result<String, String> {
    output(&mut command("git", arguments)).ok_or_else(|| format!("git {} failed", arguments.join(" ")))
}

fn digest(algorithm: &str, hash: &str) -> String {
    object(&[(algorithm, quoted(hash))])
}

fn object(fields: &[(&str, String)]) -> String {
    let fields: Vec<_> = fields.iter().map(|(name, value)| format!("{}: {value}", quoted(name))).collect();
    format!("{{{}}}", fields.join(", "))
}

fn array(values: impl IntoIterator<Item = String>) -> String {
    format!("[\n  {}\n]", values.into_iter().collect::<Vec<_>>().join(",\n  "))
}

fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|character| match character {
        '"' | '\\' => format!("\\{character}"),
        character if character.is_control() => format!("\\u{:04x}", u32::from(character)),
        character => character.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

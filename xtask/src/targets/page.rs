//! Puts the page together: one file, with the module, the styles and the scripts in it, so that a browser opens it from disk.

use std::fs;
use std::path::Path;

use crate::command::{Outcome, at_root};

const SOURCES: &str = "targets/wasm/page";
const PARTS: [&str; 5] = ["page.css", "cliquet.js", "wire.js", "talk.js", "page.js"];
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Writes the page with this module in it.
pub(super) fn write(module: &Path, page: &Path) -> Outcome {
    let bytes = fs::read(module).map_err(|error| format!("cannot read {}: {error}", module.display()))?;
    let constant = format!("const CLIQUET_WASM = \"{}\";", base64(&bytes));
    let mut text = replaced(&source("index.html")?, "module", &constant)?;
    for part in PARTS {
        text = replaced(&text, part, &source(part)?)?;
    }
    fs::write(page, text).map_err(|error| format!("cannot write {}: {error}", page.display()))
}

fn source(name: &str) -> Result<String, String> {
    let path = at_root(SOURCES).join(name);
    fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// The text with `part` in the one place that names it.
fn replaced(text: &str, name: &str, part: &str) -> Result<String, String> {
    let place = format!("/* {name} */\n");
    let (before, after) = text.split_once(&place).ok_or_else(|| format!("index.html has no {place}"))?;
    Ok(format!("{before}{part}\n{after}"))
}

/// The module as text; nothing secret is in it.
fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let byte = |place| u32::from(group.get(place).copied().unwrap_or(0));
        let number = byte(0) << 16 | byte(1) << 8 | byte(2);
        for shift in [18, 12, 6, 0].into_iter().take(group.len().saturating_add(1)) {
            let value = usize::try_from(number >> shift & 0x3f).unwrap_or(0);
            text.push(char::from(DIGITS.get(value).copied().unwrap_or(b'A')));
        }
    }
    text
}

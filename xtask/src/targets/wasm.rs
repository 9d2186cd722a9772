//! WebAssembly: the module in Node, and the page with two devices in a browser without a screen.

use std::path::{Path, PathBuf};

use super::{BUILT, MANIFEST, page};
use crate::command::{Outcome, at_root, cargo, command, output, run};

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
pub(crate) const BROWSER: &str = "chromium-headless-shell";

/// Where the page is written: one file that needs no other and no server.
const PAGE: &str = "target/targets/page.html";

/// The message that somebody alters on its way in the second run, and what the page must then say of it.
const ALTERED: (&str, &str) = ("#alter=3", "On se voit à midi” was refused: the message is not authentic");

/// A browser that hangs must end, too.
const SECONDS: &str = "120";

pub(crate) fn check() -> Outcome {
    let module = build()?;
    let mut test = command("node", ["--test", "targets/wasm/test.mjs"]);
    run(test.env("CLIQUET_WASM", &module))?;
    let page = at_root(PAGE);
    page::write(&module, &page)?;
    shows(&page, "", "passed", "29 of 29 checks passed")?;
    shows(&page, ALTERED.0, "failed", ALTERED.1)
}

fn build() -> Result<PathBuf, String> {
    let build = format!("build --locked --package cliquet-wasm --manifest-path {MANIFEST} --target {TARGET}");
    run(&mut cargo(&format!("{build} --profile size --target-dir {BUILT}")))?;
    Ok(at_root(BUILT).join(TARGET).join("size/cliquet_wasm.wasm"))
}

/// Fails unless the page, opened as a file, comes to `verdict` and says `text` with it.
fn shows(page: &Path, fragment: &str, verdict: &str, text: &str) -> Outcome {
    // As root, there is no sandbox; the page is ours. It has come to its verdict when it has loaded.
    let arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--dump-dom"];
    let mut browser = command("timeout", [SECONDS, BROWSER]);
    browser.args(arguments).arg(format!("file://{}{fragment}", page.display()));
    let document = output(&mut browser).ok_or_else(|| format!("{BROWSER} failed"))?;
    let found = document.lines().find(|line| line.contains("id=\"verdict\"")).unwrap_or("no verdict").trim();
    eprintln!("{PAGE}{fragment}: {found}");
    if found.contains(&format!("data-verdict=\"{verdict}\"")) && found.contains(text) {
        return Ok(());
    }
    Err(format!("the page should say `{verdict}: {text}`"))
}

//! Compiles libolm 3.2.16 from its source and links it statically.

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

/// What libolm's own build takes besides everything in `src/`.
const BUNDLED: [&str; 3] = [
    "lib/crypto-algorithms/aes.c",
    "lib/crypto-algorithms/sha256.c",
    "lib/curve25519-donna/curve25519-donna.c",
];

const VERSION: [(&str, &str); 3] =
    [("OLMLIB_VERSION_MAJOR", "3"), ("OLMLIB_VERSION_MINOR", "2"), ("OLMLIB_VERSION_PATCH", "16")];

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("cargo::error={message}");
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), String> {
    println!("cargo::rerun-if-env-changed=LIBOLM_SOURCE");
    println!("cargo::rerun-if-changed=build.rs");
    let source = match env::var_os("LIBOLM_SOURCE") {
        Some(path) => PathBuf::from(path),
        // Asked when this runs: a build folder may have been copied here with this program in it.
        None => PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default())
            .join("../target/libolm-3.2.16"),
    };
    println!("cargo::rerun-if-changed={}", source.display());
    let folder = source.join("src");
    let entries = fs::read_dir(&folder).map_err(|error| {
        let folder = folder.display();
        format!("cannot read {folder} ({error}): run `cargo xtask libolm`, or set LIBOLM_SOURCE to the source of libolm")
    })?;

    let mut c: Vec<PathBuf> = BUNDLED.iter().map(|path| source.join(path)).collect();
    let mut cpp = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| format!("cannot read {}: {error}", folder.display()))?.path();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("c") => c.push(path),
            Some("cpp") => cpp.push(path),
            _ => {}
        }
    }
    // Folders are read in no particular order; the archive shall not depend on it.
    c.sort();
    cpp.sort();

    let mut common = cc::Build::new();
    common.include(source.join("include")).include(source.join("lib"));
    // Optimised in every profile: an unoptimised libolm would make the debug tests crawl.
    common.opt_level(3).define("NDEBUG", None).define("OLM_STATIC_DEFINE", None).warnings(false);
    for (name, value) in VERSION {
        common.define(name, value);
    }
    // The C and C++ halves call each other, so they go into one archive.
    let objects = common.clone().std("c99").files(c).try_compile_intermediates();
    let objects = objects.map_err(|error| format!("libolm's C files do not compile: {error}"))?;
    let mut archive = common.clone();
    archive.cpp(true).std("c++11").files(cpp).objects(objects);
    archive.try_compile("olm").map_err(|error| format!("libolm's C++ files do not compile: {error}"))
}

//! Gives the shared library its versioned name, as cargo-c does: what must be the same for a program to go on working.

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let [major, minor] =
        ["CARGO_PKG_VERSION_MAJOR", "CARGO_PKG_VERSION_MINOR"].map(|name| env::var(name).unwrap_or_default());
    let version = if major == "0" { format!("0.{minor}") } else { major };
    let has_sonames = ["linux", "android", "freebsd", "netbsd", "openbsd", "dragonfly"];
    if env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| has_sonames.contains(&system.as_str())) {
        println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,libcliquet.so.{version}");
    }
}

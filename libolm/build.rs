//! Gives the shared library the name that programs linked against libolm 3 ask for.

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let has_sonames = ["linux", "android", "freebsd", "netbsd", "openbsd", "dragonfly"];
    if env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| has_sonames.contains(&system.as_str())) {
        println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,libolm.so.3");
    }
}

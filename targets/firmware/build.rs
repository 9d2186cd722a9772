//! Tells the linker how memory is laid out.

use std::{env, fs, path::Path};

fn main() {
    let folder = env::var("OUT_DIR").expect("Cargo names a folder");
    fs::write(Path::new(&folder).join("memory.x"), include_bytes!("memory.x"))
        .expect("memory.x can be written");
    println!("cargo:rustc-link-search={folder}");
    println!("cargo:rustc-link-arg-bins=-Tlink.x");
    println!("cargo:rerun-if-changed=memory.x");
}

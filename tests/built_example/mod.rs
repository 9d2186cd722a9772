//! A program of `examples/`, for the tests that run it.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

/// The built example with this name, the only one that a test asks for; built anew, because `cargo test --test` builds no examples.
pub(crate) fn built_example(name: &str) -> &'static Path {
    static EXAMPLE: OnceLock<PathBuf> = OnceLock::new();
    EXAMPLE.get_or_init(|| {
        let test = env::current_exe().unwrap();
        let profile_folder = test.parent().unwrap().parent().unwrap();
        let profile = match profile_folder.file_name().unwrap().to_str().unwrap() {
            "debug" => "dev",
            other => other,
        };
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--quiet", "--offline", "--example", name, "--profile", profile]);
        build.args(["--features", &features().join(",")]).current_dir(env!("CARGO_MANIFEST_DIR"));
        build.env("CARGO_TARGET_DIR", profile_folder.parent().unwrap());
        assert!(build.status().unwrap().success(), "the example does not build");
        profile_folder.join("examples").join(name).with_extension(env::consts::EXE_EXTENSION)
    })
}

/// The features of this very build: with others, the library would be built once more.
fn features() -> Vec<&'static str> {
    let features = [
        ("getrandom", cfg!(feature = "getrandom")),
        ("wasm_js", cfg!(feature = "wasm_js")),
        ("serde", cfg!(feature = "serde")),
        ("std", cfg!(feature = "std")),
        ("vodozemac", cfg!(feature = "vodozemac")),
        ("dehydrated-device", cfg!(feature = "dehydrated-device")),
        ("sas", cfg!(feature = "sas")),
        ("qr-code", cfg!(feature = "qr-code")),
        ("insecure-pk-encryption", cfg!(feature = "insecure-pk-encryption")),
        ("attachment", cfg!(feature = "attachment")),
        ("key-export", cfg!(feature = "key-export")),
        ("key-backup", cfg!(feature = "key-backup")),
        ("secret-storage", cfg!(feature = "secret-storage")),
        ("signed-json", cfg!(feature = "signed-json")),
        ("ecies", cfg!(feature = "ecies")),
        ("hpke", cfg!(feature = "hpke")),
    ];
    features.into_iter().filter_map(|(name, is_on)| is_on.then_some(name)).collect()
}

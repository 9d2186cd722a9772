//! Which code the primitives run: the processor's instructions, or none of them.

use std::{env, fs};

/// What the crates of the primitives are told by `RUSTFLAGS`.
#[allow(unexpected_cfgs, reason = "the flags are those of other crates, and hold for this one too")]
const SOFT: [bool; 5] = [
    cfg!(aes_backend = "soft"),
    cfg!(sha2_backend = "soft"),
    cfg!(curve25519_dalek_backend = "serial"),
    cfg!(chacha20_backend = "soft"),
    cfg!(poly1305_backend = "soft"),
];

/// Modules that exist for a processor's own instructions, as they stand in the names of functions.
const OF_PROCESSORS: [&str; 6] =
    ["x86_aes", "x86_vaes256", "x86_sha", "x86_avx2", "avx2_cpuid", "shani_cpuid"];

/// What this program is built with.
///
/// # Errors
///
/// If the flags did not reach the crates, or valgrind shows a processor without the instructions that are to be measured.
pub(crate) fn check() -> Result<&'static str, String> {
    let path = env::current_exe().map_err(|error| format!("no path of this program: {error}"))?;
    let program = fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let found: Vec<&str> = OF_PROCESSORS.into_iter().filter(|module| is_linked(&program, module)).collect();
    let wanted = ["x86_aes", "x86_sha", "avx2_cpuid"];
    match SOFT {
        [true, true, true, true, true] if found.is_empty() => Ok("soft backends"),
        [true, true, true, true, true] => {
            Err(format!("soft backends were asked for, and {found:?} is there"))
        }
        [false, false, false, false, false] if wanted.iter().all(|module| found.contains(module)) => {
            Ok("the processor's instructions")
        }
        [false, false, false, false, false] => Err(format!("of {wanted:?} only {found:?} is there")),
        _ => Err("some backends are soft and some are not: see README.md".to_owned()),
    }
}

/// The instructions that valgrind knows. It hides those that it does not, so that other code runs.
///
/// # Errors
///
/// If those of AES and AVX2 are not among them.
pub(crate) fn check_processor() -> Result<(), String> {
    let has = is_x86_feature_detected!("aes") && is_x86_feature_detected!("avx2");
    if has {
        Ok(())
    } else {
        Err("the processor, as valgrind shows it, has no AES instructions or no AVX2".to_owned())
    }
}

/// Whether the name of a function in the program goes through this module. Names have the length in front of each part, which these texts here
/// have not.
fn is_linked(program: &[u8], module: &str) -> bool {
    let part = format!("{}{module}", module.len());
    program.windows(part.len()).any(|window| window == part.as_bytes())
}

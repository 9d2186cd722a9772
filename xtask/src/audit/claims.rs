//! What is claimed, which step shows it, and by which figures.
//!
//! A step of which nothing is said here has a row of its own in the report, too.

/// A part of the report.
pub(super) struct Group {
    pub(super) title: &'static str,
    pub(super) claims: &'static [Claim],
}

/// A row of the report.
pub(super) struct Claim {
    pub(super) says: &'static str,
    pub(super) step: &'static str,
    /// What the step must have counted, and more than none of it, for the claim to hold.
    pub(super) figures: &'static [&'static str],
}

/// When `cargo xtask audit` runs a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// Always; it takes seconds, or a minute where nothing is built yet, and nothing but Rust.
    Quick,
    /// Without `--quick`.
    Whole,
    /// With `--with` and its name alone, because of the time it takes.
    Asked(&'static str),
    /// Never: it prepares others, and shows nothing by itself.
    Never,
}

impl When {
    /// As the table of steps has it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Whole => "whole",
            Self::Asked(_) => "asked",
            Self::Never => "",
        }
    }
}

/// When a step is run.
pub(crate) fn when(step: &str) -> When {
    match step {
        "all-features" | "format" | "wiping" | "example" | "xtask" => When::Quick,
        "mutants" => When::Asked("days"),
        "processors" => When::Asked("an hour"),
        "install" | "libolm" | "libolm-real" | "c-library" | "libolm-library" | "audit-report" => When::Never,
        // They write documents and releases.
        "firmware-figures" | "release-artefacts" => When::Never,
        _ => When::Whole,
    }
}

/// What installs the programs that a step needs.
pub(super) fn installed_by(step: &str) -> &'static str {
    match step {
        "processors" => "see docs/targets.md",
        "msrv" => "see rustup.rs",
        _ => "`cargo xtask install`",
    }
}

/// The programs without which a step cannot run; everything needs Cargo.
pub(super) fn needs(step: &str) -> &'static [&'static str] {
    match step {
        "clippy" | "clippy-apart" | "libolm-differential" | "libolm-python" | "interop" | "bench" => {
            &["python3", "g++"]
        }
        "no-std" => &["/usr/bin/cargo", "/usr/bin/rustc"],
        "public-api" => &["cargo-public-api"],
        "constant-time" => &["valgrind"],
        "c-header" => &["cbindgen", "gcc", "g++"],
        "c-tests" => &["gcc", "g++", "valgrind"],
        "c-use" | "libolm-use" => &["gcc", "g++", "pkg-config", "cmake"],
        "c-install" => &["cargo-cinstall", "gcc", "pkg-config"],
        "libolm-c" => &["gcc", "g++", "valgrind", "python3"],
        "fuzz" => &["cargo-fuzz", "python3", "g++"],
        "instructions" => &["valgrind", "python3", "g++"],
        "vectors" | "supply-chain" => &["python3"],
        "wasm" => &["node", "chromium-headless-shell"],
        "firmware" => &["qemu-system-arm"],
        "big-endian" => &["qemu-ppc", "powerpc-linux-gnu-gcc"],
        "processors" => &["qemu-s390x", "s390x-linux-gnu-gcc", "i686-linux-gnu-gcc", "aarch64-linux-gnu-gcc"],
        "msrv" => &["rustup"],
        _ => &[],
    }
}

const fn claim(step: &'static str, figures: &'static [&'static str], says: &'static str) -> Claim {
    Claim { says, step, figures }
}

/// The report, from top to bottom.
pub(super) const GROUPS: &[Group] = &[
    Group {
        title: "Interoperability",
        claims: &[
            claim("interop", &["tests"], "Talks with libolm and vodozemac, both ways"),
            claim("interop-sdk", &["tests"], "Exchanges documents with matrix-sdk-crypto"),
            claim(
                "libolm-differential",
                &["calls", "functions"],
                "The drop-in libolm is the real one, byte for byte",
            ),
            claim("libolm-python", &["conversations"], "python-olm runs on the drop-in libolm as it is"),
        ],
    },
    Group {
        title: "Formats and vectors",
        claims: &[
            claim("all-features", &["vectors"], "Every vector has its verdict"),
            claim("vectors", &[], "A checker in Python reproduces every vector"),
            claim("all-features", &["tests"], "The tests pass with all features"),
            claim("default-features", &["tests"], "They pass with the default features"),
            claim("no-default-features", &["tests"], "They pass without default features"),
            claim("example", &[], "Three users on six devices talk, from disk"),
        ],
    },
    Group {
        title: "Hostile input",
        claims: &[
            claim("all-features", &["tests of findings"], "What was found in other libraries is not so here"),
            claim("fuzz", &["targets", "executions", "edges at least"], "Fuzzers find nothing"),
        ],
    },
    Group {
        title: "Side channels",
        claims: &[claim(
            "constant-time",
            &["operations", "public functions"],
            "Nothing branches on a secret or addresses memory by one, but for a list",
        )],
    },
    Group {
        title: "Secrets in memory",
        claims: &[claim("wiping", &["operations", "tests"], "No known secret is left on heap or stack")],
    },
    Group {
        title: "Bounded work",
        claims: &[
            claim("all-features", &["tests of costs"], "Hostile input costs what bounded-work.md says"),
            claim("instructions", &["operations"], "Operations cost what they did, give or take 3 %"),
        ],
    },
    Group {
        title: "Proofs",
        claims: &[
            claim("all-features", &["short proofs"], "Every case of a small scope is as specified"),
            claim("proofs", &["tests"], "Likewise, in the whole length of docs/proofs.md"),
        ],
    },
    Group {
        title: "Strength of the tests",
        claims: &[
            claim("coverage", &["of lines run"], "Lines of the library that its own tests run"),
            claim("mutants", &["mutants"], "Any change in one place is noticed or explained"),
        ],
    },
    Group {
        title: "C interfaces",
        claims: &[
            claim("c-header", &["functions"], "The header is what the source says, documented"),
            claim(
                "c-tests",
                &["functions called", "statuses provoked"],
                "Misuse is refused, under sanitizer and memcheck",
            ),
            claim("c-use", &[], "Programs find it by pkg-config and CMake"),
            claim("c-install", &[], "cargo-c installs it"),
            claim(
                "libolm-c",
                &["functions called", "codes provoked", "tests of libolm"],
                "The drop-in libolm likewise, libolm's tests too",
            ),
            claim("libolm-use", &[], "Programs find the drop-in libolm, too"),
        ],
    },
    Group {
        title: "Targets",
        claims: &[
            claim("no-std", &["sets of features"], "The library builds where there is no std"),
            claim("firmware", &[], "A conversation on a Cortex-M4, without a system"),
            claim("wasm", &[], "Two devices talk in WebAssembly"),
            claim("big-endian", &["tests"], "The vectors on 32 bits, highest byte first"),
            claim("processors", &["tests"], "All unit tests on four other processors"),
        ],
    },
    Group {
        title: "Supply chain",
        claims: &[
            claim("supply-chain", &[], "Each dependency is listed, licensed and judged"),
            claim("msrv", &[], "The oldest Rust compiles it and passes the tests"),
            claim("reproducible", &[], "Two builds in two places have the same hashes"),
            claim("sbom", &[], "The bill of materials is written"),
        ],
    },
    Group {
        title: "Source and documentation",
        claims: &[
            claim("format", &[], "The code is formatted"),
            claim("clippy", &["sets of features"], "No lint complains"),
            claim("clippy-apart", &["sets of packages"], "No lint complains of what is built apart"),
            claim("doc", &[], "The documentation builds without a warning"),
            claim("public-api", &["public items"], "The public API is the committed one"),
            claim("bench", &["tests"], "What the benchmarks measure is right"),
            claim("xtask", &["tests"], "These steps and this report are tested"),
        ],
    },
];

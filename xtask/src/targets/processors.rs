//! The library's unit tests, its vectors among them, on processors of another word length or byte order, emulated.

use std::path::Path;

use super::{BUILT, MANIFEST};
use crate::command::{Outcome, cargo, run_and_read};
use crate::figures;

/// A processor, and Debian's names for what it needs.
pub(crate) struct Processor {
    pub(crate) target: &'static str,
    /// Of its cross compiler, without the `-gcc`, and of the folder with its C library.
    pub(crate) debian: &'static str,
    emulator: &'static str,
    what: &'static str,
}

/// Both at once: words of 32 bits, and the highest byte first.
pub(crate) const CI: Processor = Processor {
    target: "powerpc-unknown-linux-gnu",
    debian: "powerpc-linux-gnu",
    emulator: "qemu-ppc",
    what: "32 bits, big-endian",
};

const OTHERS: [Processor; 3] = [
    Processor {
        target: "s390x-unknown-linux-gnu",
        debian: "s390x-linux-gnu",
        emulator: "qemu-s390x",
        what: "64 bits, big-endian",
    },
    Processor {
        target: "i686-unknown-linux-gnu",
        debian: "i686-linux-gnu",
        emulator: "qemu-i386",
        what: "32 bits, little-endian",
    },
    Processor {
        target: "aarch64-unknown-linux-gnu",
        debian: "aarch64-linux-gnu",
        emulator: "qemu-aarch64",
        what: "64 bits, little-endian, with NEON",
    },
];

/// Tests that count work or try everything, which depends on no processor and takes hours in an emulator.
const LONG: [&str; 2] = ["bounded_work", "proofs"];

/// Every file of `test-vectors/`, and all of base64, varints and fields, exhaustively.
const VECTORS: &str = "known_answers encoding";

/// The test that goes through the files, and fails if it leaves one out.
const EVERY_VECTOR: &str = " known_answers::every_vector_has_its_verdict ";

/// The vectors, base64 and the conversation on the one of continuous integration.
pub(crate) fn check() -> Outcome {
    let printed = CI.test(VECTORS)?;
    figures::tests_named(&printed, &[EVERY_VECTOR])?;
    CI.converse()
}

/// All unit tests and the conversation on all of them.
pub(crate) fn all() -> Outcome {
    for processor in [&CI].into_iter().chain(&OTHERS) {
        eprintln!("{}: {}", processor.target, processor.what);
        let skipped = LONG.map(|name| format!("--skip {name}")).join(" ");
        processor.test(&skipped)?;
        processor.test(VECTORS)?;
        processor.converse()?;
    }
    Ok(())
}

impl Processor {
    /// Where the C library for the processor lies.
    pub(crate) fn root(&self) -> String {
        format!("/usr/{}", self.debian)
    }

    /// Unit tests of the library with all features.
    fn test(&self, tests: &str) -> Result<String, String> {
        self.run(&format!("test --locked --lib --all-features --target {}", self.target), tests)
    }

    /// The conversation that is the same everywhere.
    fn converse(&self) -> Outcome {
        let manifest = format!("--manifest-path {MANIFEST} --package conversation");
        self.run(&format!("test --locked {manifest} --profile quick --target {}", self.target), "")
            .map(|_| ())
    }

    /// Runs tests, of which there must be some, and hands on what they print.
    fn run(&self, test: &str, tests: &str) -> Result<String, String> {
        if !Path::new(&self.root()).exists() {
            let packages = format!("qemu-user gcc-{0} and the C library with it", self.debian);
            return Err(format!("missing: {packages}; and `rustup target add {}`", self.target));
        }
        let mut test = cargo(&format!("{test} --target-dir {BUILT} -- {tests}"));
        let variable = |name| format!("CARGO_TARGET_{}_{name}", self.target.to_uppercase().replace('-', "_"));
        test.env(variable("LINKER"), format!("{}-gcc", self.debian));
        test.env(variable("RUNNER"), format!("{} -L {}", self.emulator, self.root()));
        // What nobody debugs is built and linked sooner without the means to.
        test.env("CARGO_PROFILE_DEV_DEBUG", "0");
        let printed = run_and_read(&mut test)?;
        figures::tests(&printed)?;
        Ok(printed)
    }
}

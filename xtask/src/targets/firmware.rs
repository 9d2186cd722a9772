//! The firmware: built for a Cortex-M4, run on an emulated board, and held to the figures of docs/targets.md.

use std::path::PathBuf;
use std::process::Command;

use super::{BUILT, MANIFEST, emulator, figures};
use crate::command::{Outcome, at_root, cargo, command, run};

pub(crate) const TARGET: &str = "thumbv7em-none-eabihf";

/// A board with a Cortex-M4. Nothing is asked of it but its processor and its memory.
const BOARD: &str = "mps2-an386";

/// A run takes a second; one that hangs must end, too.
const SECONDS: &str = "120";

/// What makes the primitives small instead of fast.
const COMPACT: &str =
    "--cfg sha2_backend=\"soft\" --cfg sha2_backend_soft=\"compact\" --cfg aes_backend_soft=\"compact\"";

/// One way to build the firmware.
pub(super) struct Configuration {
    pub(super) name: &'static str,
    profile: &'static str,
    compact: bool,
}

/// The smallest comes first: it is the one of continuous integration.
const CONFIGURATIONS: [Configuration; 4] = [
    Configuration { name: "`size`, compact", profile: "size", compact: true },
    Configuration { name: "`size`", profile: "size", compact: false },
    Configuration { name: "`release`, compact", profile: "release", compact: true },
    Configuration { name: "`release`", profile: "release", compact: false },
];

/// The smallest firmware passes, and takes no more than the document says.
pub(crate) fn check() -> Outcome {
    run(&mut cargo(&format!("fmt --manifest-path {MANIFEST} --check --all")))?;
    let [smallest, ..] = &CONFIGURATIONS;
    smallest.build()?;
    figures::hold(smallest.name, &smallest.run("firmware")?)
}

/// Measures every configuration and writes the table of the document.
pub(crate) fn measure() -> Outcome {
    let mut rows = Vec::new();
    for configuration in &CONFIGURATIONS {
        configuration.build()?;
        let empty = configuration.run("empty")?;
        rows.push((configuration.name, configuration.run("firmware")?, empty));
    }
    figures::write(&rows)
}

impl Configuration {
    /// A folder for each set of flags: the other would throw away what was built before.
    fn folder(&self) -> String {
        if self.compact { format!("{BUILT}-compact") } else { BUILT.to_owned() }
    }

    fn build(&self) -> Outcome {
        let build = format!("build --locked --package firmware --manifest-path {MANIFEST} --target {TARGET}");
        let mut build = cargo(&format!("{build} --profile {} --target-dir {}", self.profile, self.folder()));
        if self.compact {
            build.env("RUSTFLAGS", COMPACT);
        }
        run(&mut build)
    }

    /// Runs one of the two programs and returns what it printed.
    fn run(&self, program: &str) -> Result<String, String> {
        let path = at_root(&self.folder()).join(TARGET).join(self.profile).join(program);
        let emulator = emulator::program().ok_or("qemu-system-arm is missing: run `cargo xtask install`")?;
        let output = emulate(emulator, path).output();
        let output = output.map_err(|error| format!("the emulator could not be started: {error}"))?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        eprint!("{text}{}", String::from_utf8_lossy(&output.stderr));
        // The word too: an emulator that ends without having run anything has the status of success.
        if output.status.success() && text.ends_with("passed\n") {
            return Ok(text);
        }
        Err(format!("{program} failed on the emulated board ({})", output.status))
    }
}

/// The emulator, with the console and the exit status of the program as its own.
fn emulate(emulator: PathBuf, program: PathBuf) -> Command {
    let mut emulate = command("timeout", [SECONDS]);
    emulate.arg(emulator).args(["-machine", BOARD, "-nographic", "-monitor", "none", "-serial", "none"]);
    emulate.args(["-semihosting-config", "enable=on,target=native", "-kernel"]).arg(program);
    emulate
}

//! The program that measures how cost grows.

mod heap;
mod memory;
mod times;

use std::{ffi::OsString, fs, path::Path, time::Duration};

use lexopt::{Arg, Parser};

pub use heap::CountingHeap;

use crate::{
    FOLDER, Result,
    chart::{self, Panel},
    docs, measure, report,
};

const USAGE: &str = "cargo run --release -p cliquet-bench --bin growth -- [--quick] [--docs]

  --quick  a rough figure for each point
  --docs   write the table and the chart into the documentation, too";

/// Which figures stand where.
pub(crate) const FIGURES: [(&str, &str); 1] = [(docs::BENCHES, "memory")];

/// Measures how times and memory grow, prints tables and writes `target/growth.svg`.
///
/// # Errors
///
/// If a result is wrong, a file cannot be written, or the arguments are others than the program knows.
pub fn growth(arguments: impl Iterator<Item = OsString>, heap: &CountingHeap) -> Result<()> {
    let (mut budget, mut write_docs, mut parser) =
        (Duration::from_millis(600), false, Parser::from_args(arguments));
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("quick") => budget = Duration::from_millis(40),
            Arg::Long("docs") => write_docs = true,
            _ => return Err(USAGE.into()),
        }
    }
    measure::keep_freed_memory();
    let panels = [
        show(times::distances(budget)?),
        show(times::gaps(budget)?),
        show(times::backwards(budget)?),
        show(times::bulk(budget)?),
        show(memory::accounts(heap)?),
        show(memory::olm_sessions(heap)?),
        show(memory::conversations(heap)?),
        show(memory::readers(heap)?),
    ];
    let states = report::bytes(&memory::states(heap)?);
    println!("{}", states.plain());
    let drawing = chart::growth(&panels);
    fs::create_dir_all(FOLDER)?;
    fs::write(Path::new(FOLDER).join("growth.svg"), &drawing)?;
    if write_docs {
        for (file, name) in FIGURES {
            docs::replace(file, name, &states.markdown())?;
        }
        docs::chart("growth.svg", &drawing)?;
    }
    eprintln!("Also in target/growth.svg.");
    Ok(())
}

/// Prints what a panel shows.
fn show(panel: Panel) -> Panel {
    println!("{}\n{}", panel.title, report::panel(&panel).plain());
    panel
}

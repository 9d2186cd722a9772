//! The program that measures times.

use std::{
    ffi::OsString,
    fs,
    path::Path,
    time::{Duration, Instant},
};

use lexopt::{Arg, Parser, ValueExt};

use crate::{
    FOLDER, Result, chart, docs,
    libraries::CHeader,
    measure::{self, Contestant},
    memory,
    report::{self, Table},
    rows::{self, Plan, Side},
};

const USAGE: &str = "cargo run --release -p cliquet-bench -- [--quick] [--docs] [--only TEXT [--side NAME]]

  --quick      less than a minute: a rough figure for each operation
  --docs       write the tables and the chart into the README files, too
  --only TEXT  the operation alone that has this name, or those whose names contain it; writes no file
  --side NAME  cliquet, vodozemac, libolm or floor alone, for a profiler";

/// Which figures stand where.
pub(crate) const FIGURES: [(&str, &str); 9] = [
    (docs::README, "speed"),
    (docs::BENCHES, "speed"),
    (docs::BENCHES, "parts"),
    (docs::BENCHES, "profile"),
    (docs::BENCHES, "C header"),
    (docs::BENCHES, "attachments"),
    (docs::BENCHES, "attachment in memory"),
    (docs::BENCHES, "passphrases"),
    (docs::BENCHES, "pickles"),
];

/// What was measured, in microseconds for one operation.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) operation: &'static str,
    /// The ratio to vodozemac that is aimed at.
    pub(crate) goal: Option<f64>,
    pub(crate) times: Vec<(Side, f64)>,
}

impl Row {
    pub(crate) fn time(&self, wanted: Side) -> Option<f64> {
        self.times.iter().find_map(|(side, time)| (*side == wanted).then_some(*time))
    }

    /// cliquet's time to another one's.
    pub(crate) fn ratio(&self, side: Side) -> Option<f64> {
        Some(self.time(Side::Cliquet)? / self.time(side)?)
    }

    pub(crate) fn meets_its_goal(&self) -> Option<bool> {
        Some(self.ratio(Side::Vodozemac)? <= self.goal?)
    }
}

/// What the command line asks for.
#[derive(Default)]
struct Options {
    quick: bool,
    docs: bool,
    only: Option<String>,
    side: Option<Side>,
    stream: bool,
}

impl Options {
    fn read(arguments: impl Iterator<Item = OsString>) -> Result<Self> {
        let (mut options, mut parser) = (Self::default(), Parser::from_args(arguments));
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("quick") => options.quick = true,
                Arg::Long("docs") => options.docs = true,
                Arg::Long("only") => options.only = Some(parser.value()?.string()?),
                Arg::Long("side") => options.side = Some(side(&parser.value()?.string()?)?),
                Arg::Long(memory::STREAM) => options.stream = true,
                _ => return Err(USAGE.into()),
            }
        }
        Ok(options)
    }

    /// How long one operation is measured.
    fn budget(&self) -> Duration {
        if self.quick { Duration::from_millis(600) } else { Duration::from_secs(5) }
    }

    fn wants(&self, plan: &Plan) -> bool {
        let Some(only) = &self.only else { return true };
        let is_a_name = rows::all().any(|plan| plan.operation == only);
        if is_a_name { plan.operation == only } else { plan.operation.contains(only.as_str()) }
    }
}

fn side(name: &str) -> Result<Side> {
    let sides = [
        ("cliquet", Side::Cliquet),
        ("vodozemac", Side::Vodozemac),
        ("libolm", Side::Libolm),
        ("floor", Side::Floor),
    ];
    let found = sides.into_iter().find(|(known, _)| *known == name);
    found.map(|(_, side)| side).ok_or_else(|| USAGE.into())
}

/// Everything that was measured.
struct Measured {
    protocols: Vec<Row>,
    parts: Vec<Row>,
    c_header: Vec<Row>,
    attachments: Vec<(Row, usize)>,
    passphrases: Vec<Row>,
}

impl Measured {
    fn all(&self) -> Vec<Row> {
        let attachments = self.attachments.iter().map(|(row, _)| row);
        let lists = [&self.protocols, &self.parts, &self.c_header, &self.passphrases];
        lists.into_iter().flatten().chain(attachments).cloned().collect()
    }

    fn c_header_table(&self) -> Table {
        report::beside(&self.c_header, "in C", "in Rust")
    }

    fn passphrases_table(&self) -> Table {
        report::beside(&self.passphrases, "cliquet", "pbkdf2")
    }

    fn print(&self) {
        let tables = [
            report::protocols(&self.protocols),
            report::parts(&self.parts),
            report::profile(&self.protocols, &self.parts),
            self.c_header_table(),
            report::throughput(&self.attachments),
            self.passphrases_table(),
        ];
        for table in tables {
            if !table.is_empty() {
                println!("{}", table.plain());
            }
        }
        println!("{}", report::verdicts(&self.protocols));
    }
}

/// Measures everything, prints tables and writes `target/bench.json` and `target/speed.svg`.
///
/// # Errors
///
/// If a result is wrong, a file cannot be written, or the arguments are others than the program knows.
pub fn speed(arguments: impl Iterator<Item = OsString>) -> Result<()> {
    let options = Options::read(arguments)?;
    if options.stream {
        return memory::stream();
    }
    if rows::C_HEADER.iter().any(|plan| options.wants(plan)) {
        CHeader::build()?;
    }
    measure::keep_freed_memory();
    let started = Instant::now();
    let mut measured = Measured {
        protocols: measure(&options, rows::PROTOCOLS)?,
        parts: measure(&options, rows::PARTS)?,
        c_header: measure(&options, rows::C_HEADER)?,
        attachments: Vec::new(),
        passphrases: measure(&options, rows::PASSPHRASES)?,
    };
    for (plan, length) in rows::ATTACHMENTS {
        let rows = measure(&options, std::slice::from_ref(plan))?;
        measured.attachments.extend(rows.into_iter().map(|row| (row, *length)));
    }
    measured.print();
    if options.only.is_some() {
        return Ok(());
    }
    let pickles = report::sizes(&rows::sizes()?);
    let memory = memory::measure()?;
    println!("{}\n{memory}", pickles.plain());

    let drawing = chart::speed(&measured.protocols);
    let folder = Path::new(FOLDER);
    fs::create_dir_all(folder)?;
    fs::write(folder.join("bench.json"), report::json(&measured.all())?)?;
    fs::write(folder.join("speed.svg"), &drawing)?;
    if options.docs {
        let figures = [
            report::main_protocols(&measured.protocols).markdown(),
            report::protocols(&measured.protocols).markdown(),
            report::parts(&measured.parts).markdown(),
            report::profile(&measured.protocols, &measured.parts).markdown(),
            measured.c_header_table().markdown(),
            report::throughput(&measured.attachments).markdown(),
            memory,
            measured.passphrases_table().markdown(),
            pickles.markdown(),
        ];
        for ((file, name), figures) in FIGURES.into_iter().zip(figures) {
            docs::replace(file, name, &figures)?;
        }
        docs::chart("speed.svg", &drawing)?;
    }
    eprintln!("{:.0} s. Also in target/bench.json and target/speed.svg.", started.elapsed().as_secs_f64());
    Ok(())
}

/// Measures the operations that are wanted.
fn measure(options: &Options, plans: &[Plan]) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for plan in plans.iter().filter(|plan| options.wants(plan)) {
        eprint!("{:<35}", plan.operation);
        let row = measure_one(options, plan).map_err(|error| format!("{}: {error}", plan.operation))?;
        eprintln!("{}", report::progress(&row));
        rows.push(row);
    }
    Ok(rows)
}

fn measure_one(options: &Options, plan: &Plan) -> Result<Row> {
    let wanted =
        (plan.sides)()?.into_iter().filter(|(side, _)| options.side.is_none_or(|only| only == *side));
    let (sides, mut contestants): (Vec<Side>, Vec<Box<dyn Contestant>>) = wanted.unzip();
    let times = measure::medians(&mut contestants, options.budget())?;
    Ok(Row { operation: plan.operation, goal: plan.goal, times: sides.into_iter().zip(times).collect() })
}

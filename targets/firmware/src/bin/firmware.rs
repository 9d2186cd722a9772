//! Two devices talk on one Cortex-M4, and say what that takes.
//!
//! There is no generator of random numbers on the emulated board: `conversation::FixedSeed` stands in its place, which is **not
//! random**.

#![no_std]
#![no_main]

use conversation::{Failure, run};
use cortex_m_rt::entry;
use cortex_m_semihosting::hprintln;
use firmware::{Table, fail, give_memory, print_figures, succeed};

#[entry]
fn main() -> ! {
    give_memory();
    print_figures();
    let mut table = Table::new();
    match run(&mut table) {
        Ok(compared) => {
            table.print();
            hprintln!("{} digests as on every other target", compared);
            succeed()
        }
        Err(Failure(what)) => fail(what),
    }
}

//! The same without the library: what is to be taken off its figures.

#![no_std]
#![no_main]

use conversation::Meter;
use cortex_m_rt::entry;
use firmware::{Table, give_memory, print_figures, succeed};

#[entry]
fn main() -> ! {
    give_memory();
    print_figures();
    let mut table = Table::new();
    table.measure("nothing", || ());
    table.print();
    succeed()
}

//! What surrounds the library on a Cortex-M4: the heap, the console, and the meter for flash, RAM and stack.

#![no_std]

extern crate alloc;

mod exit;
mod figures;
mod heap;
mod stack;
mod table;

pub use exit::{fail, succeed};
pub use figures::print_figures;
pub use heap::give_memory;
pub use table::Table;

//! The steps of the C interface: its header, its tests in C, and its packages.

mod header;
mod library;
mod misuse;
mod package;
mod programs;

pub(crate) use header::{STRICT, check as header};
pub(crate) use library::{Form, exports_are, soname, symbols};
pub(crate) use package::{cinstall, lay_out, package, use_laid_out};
pub(crate) use programs::{all_called, execute, quietly, sources, test};

//! The steps that prove the drop-in libolm: its tests in C, and the comparison with the real libolm.

pub(crate) mod c;
pub(crate) mod differential;
mod headers;
mod misuse;
mod ours;
pub(crate) mod package;
pub(crate) mod python;
pub(crate) mod real;
mod upstream;

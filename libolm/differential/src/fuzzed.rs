//! Sequences whose choices are the fuzzer's, with the drop-in libolm linked into its program.

use std::ffi::c_void;
use std::path::Path;

use crate::dice::Dice;
use crate::header;
use crate::library::Library;
use crate::record::Record;
use crate::run::Libraries;
use crate::world::World;

/// The real library, opened from its file, and the drop-in one.
#[derive(Debug)]
pub struct Fuzzed(Libraries);

impl Fuzzed {
    /// Opens the real library. `headers` is the folder of the headers of either, and `ours` has the address of each function.
    ///
    /// # Errors
    ///
    /// What is missing, or why the two might be mixed up.
    pub fn open(real: &Path, headers: &Path, ours: &[(&str, *const c_void)]) -> Result<Self, String> {
        let functions = header::read(headers)?;
        let real = Library::open(real, &functions)?;
        let ours = Library::linked(ours, &functions, &real)?;
        Ok(Self(Libraries { functions, real, ours, twins: false }))
    }

    /// Plays one sequence, for as long as the choices last.
    ///
    /// # Errors
    ///
    /// The first difference that is not in the table, with the calls before it.
    pub fn play(&self, choices: &[u8]) -> Result<(), String> {
        let mut record = Record::default();
        let world = World::new(self.0.pair(&mut record), Dice::chosen(choices));
        world.and_then(World::play).map_err(|mismatch| format!("{}\n{}", mismatch.key, mismatch.text))
    }
}

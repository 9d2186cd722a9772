//! That the comparison itself sees what it should: with the real library on both sides it sees nothing, and each fault that is
//! put into one side it reports.

use crate::dice::Dice;
use crate::fault::Fault;
use crate::record::Record;
use crate::run::Libraries;
use crate::world::World;

pub(crate) fn run(libraries: &Libraries, seed: u64) -> Result<(), String> {
    for fault in Fault::ALL {
        let mut record = Record::default();
        let pair = libraries.pair(&mut record).with_fault(fault);
        match World::new(pair, Dice::new(seed, 0)).and_then(World::play) {
            Ok(()) => return Err(format!("the fault {fault:?} was not reported")),
            Err(mismatch) => println!("the fault {fault:?} is reported: {}", mismatch.key),
        }
    }
    Ok(())
}

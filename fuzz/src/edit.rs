//! Valid saved states with a few bytes changed.

use arbitrary::{Arbitrary, Unstructured};

use crate::{Damage, Steps, pick};

/// The most changes to one state: more of them and nothing opens.
const MOST_CHANGES: usize = 6;

/// A state chosen by the input, changed as the input says; perhaps spliced with another one.
pub fn edited<T: AsRef<[u8]>>(states: &[T], input: &[u8]) -> Option<Vec<u8>> {
    let mut input = Unstructured::new(input);
    let (which, other): (u8, u8) = (input.arbitrary().ok()?, input.arbitrary().ok()?);
    let (state, other) = (pick(states, which.into())?, pick(states, other.into())?);
    let damages = Steps::<Damage>::arbitrary(&mut input).unwrap_or(Steps(Vec::new()));
    let damaged = |bytes: Vec<u8>, damage: &Damage| damage.apply(&bytes, other.as_ref());
    Some(damages.0.iter().take(MOST_CHANGES).fold(state.as_ref().to_vec(), damaged))
}

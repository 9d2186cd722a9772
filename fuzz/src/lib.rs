//! What the fuzz targets share: damage, the writing of messages, envelopes and JSON from their fields, saved states, the peers of
//! the differential targets, and randomness.

mod damage;
mod edit;
pub mod envelope;
pub mod json;
mod json_edit;
pub mod peers;
pub mod primitives;
pub mod random;
pub mod reference_base64;
mod saved;
mod script;
pub mod states;
pub mod wire;
mod work;

use arbitrary::{Arbitrary, Unstructured};

pub use damage::Damage;
pub use edit::edited;
pub use json_edit::{Edit, Leaf, Palette};
pub use saved::{Form, KINDS, Saved, Stored};
pub use script::Script;

/// What happens, one after the other, for as long as the input lasts. A `Vec` of the same would end at every second byte.
#[derive(Debug)]
pub struct Steps<T>(pub Vec<T>);

impl<'a, T: Arbitrary<'a>> Arbitrary<'a> for Steps<T> {
    fn arbitrary(input: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        let mut steps = Vec::new();
        while !input.is_empty() {
            steps.push(input.arbitrary()?);
        }
        Ok(Self(steps))
    }
}

/// Picks an element by a number of any size; `None` if there is none.
pub fn pick<T>(items: &[T], which: u16) -> Option<&T> {
    pick_index(items.len(), which).map(|index| &items[index])
}

/// The index of an element by a number of any size; `None` if there is none.
pub fn pick_index(length: usize, which: u16) -> Option<usize> {
    usize::from(which).checked_rem(length)
}

/// Declares functions of C, of which only the address is taken here, and a function `all` that lists them with their names.
#[macro_export]
macro_rules! functions_of_c {
    ($($name:ident)*) => {
        mod c {
            unsafe extern "C" {
                $(pub(super) fn $name();)*
            }
        }

        /// All of them, with their names. That the headers declare these and no others is checked when the target starts.
        pub fn all() -> Vec<(&'static str, *const std::ffi::c_void)> {
            vec![$((stringify!($name), (c::$name as unsafe extern "C" fn() as *const std::ffi::c_void)),)*]
        }
    };
}

//! What no program in C can provoke: a panic inside the library, and what it leaves behind.

use std::ptr;

use cliquet_core::login::{ecies::EciesError, hpke::HpkeError};
use cliquet_core::pickle::InexpressibleError;

use crate::failure::{Failure, call, call_with, cliquet_details};
use crate::handle::{Slot, change, free, handle, look};
use crate::status::*;

struct cliquet_number {
    _opaque: [u8; 0],
}
handle!(cliquet_number: u32);

fn number() -> *mut cliquet_number {
    let mut number = ptr::null_mut();
    // SAFETY: the place is a pointer of this function.
    let status = call(|| unsafe {
        Slot::at(&raw mut number)?.put(7);
        Ok(())
    });
    assert_eq!(status, CLIQUET_OK);
    number
}

#[test]
fn a_panic_ends_at_the_boundary_and_poisons_what_was_being_changed() {
    let number = number();
    // SAFETY: the object is one of this test, and nobody else has it.
    unsafe {
        let status = call(|| {
            let mut number = change(number)?;
            *number = 8;
            panic!("in the middle of a change");
        });
        assert_eq!(status, CLIQUET_PANIC);
        assert_eq!(call(|| look(number.cast_const()).map(drop)), CLIQUET_POISONED);
        assert_eq!(call(|| change(number).map(drop)), CLIQUET_POISONED);
        assert_eq!(call(|| free(number)), CLIQUET_OK);
    }
}

#[test]
fn a_panic_outside_a_change_leaves_objects_as_they_were() {
    let number = number();
    // SAFETY: the object is one of this test, and nobody else has it.
    unsafe {
        let mut details = cliquet_details { found: 1, limit: 1, items: 1, key: [1; 32], field: [1; 48] };
        let status = call_with(&raw mut details, || {
            look(number.cast_const())?;
            panic!("beside a change");
        });
        assert_eq!((status, details.found), (CLIQUET_PANIC, 0));
        assert_eq!(call(|| look(number.cast_const()).map(|value| assert_eq!(*value, 7))), CLIQUET_OK);
        assert_eq!(call(|| free(number)), CLIQUET_OK);
    }
}

#[test]
fn causes_that_take_more_than_a_program_in_c_can_do_have_their_status() {
    let status = |failure: Failure| failure.told().0;
    assert_eq!(status(EciesError::Exhausted.into()), CLIQUET_CHANNEL_EXHAUSTED);
    assert_eq!(status(HpkeError::Exhausted.into()), CLIQUET_CHANNEL_EXHAUSTED);
    assert_eq!(status(InexpressibleError::Inconsistent.into()), CLIQUET_INEXPRESSIBLE_INCONSISTENT);
}

#[test]
fn a_failed_change_leaves_the_object_free_for_the_next() {
    let number = number();
    // SAFETY: the object is one of this test, and nobody else has it.
    unsafe {
        let status = call(|| {
            let _number = change(number)?;
            assert_eq!(call(|| change(number).map(drop)), CLIQUET_BUSY);
            assert_eq!(call(|| look(number.cast_const()).map(drop)), CLIQUET_BUSY);
            assert_eq!(call(|| free(number)), CLIQUET_BUSY);
            Err(Failure::new(CLIQUET_OTHER))
        });
        assert_eq!(status, CLIQUET_OTHER);
        assert_eq!(call(|| free(number)), CLIQUET_OK);
    }
}

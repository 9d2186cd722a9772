//! What a comparison with libolm cannot show, because libolm does not survive it: no object, the wrong one, NULL, odd places, and panics.

mod lengths;
mod random;

use std::ffi::{CStr, c_void};
use std::panic;
use std::ptr;
use std::sync::Arc;

use crate::code::Code;
use crate::group::inbound::{OlmInboundGroupSession, olm_inbound_group_session_first_known_index};
use crate::input::{self, InPlace};
use crate::memory::{OLM_ERROR, Object, change, clear, initialise, last_error, look, read, size};
use crate::olm::account::{
    OlmAccount, olm_account, olm_account_identity_keys, olm_account_last_error, olm_account_sign,
    olm_clear_account, olm_create_account, olm_pickle_account, olm_pickle_account_length,
    olm_unpickle_account,
};
use crate::olm::one_time_keys::{
    olm_account_generate_one_time_keys, olm_account_one_time_keys, olm_remove_one_time_keys,
};
use crate::olm::session::{
    OlmSession, olm_clear_session, olm_create_outbound_session, olm_session, olm_session_id,
};
use crate::output::Output;
use crate::random::Random;

/// A type of object whose state tells when it is dropped.
struct Probe;

impl Object for Probe {
    type State = Arc<()>;
    const KIND: u8 = 0xee;
    const WITHOUT_STATE: Code = Code::BAD_SESSION_KEY;
}

/// An object of another type.
struct Other;

impl Object for Other {
    type State = ();
    const KIND: u8 = 0xef;
    const WITHOUT_STATE: Code = Code::BAD_SESSION_KEY;
}

/// Memory that begins at an odd address.
struct Odd(Vec<u64>);

impl Odd {
    fn new(fill: u8) -> Self {
        let words = size().div_ceil(8).saturating_add(2);
        Self(vec![u64::from_ne_bytes([fill; 8]); words])
    }

    fn address<T>(&mut self) -> *mut T {
        self.0.as_mut_ptr().cast::<u8>().wrapping_add(1).cast()
    }
}

/// An account in this memory, with some one-time keys.
fn account_in(memory: &mut Odd, one_time_keys: usize) -> *mut OlmAccount {
    let mut random = [7_u8; 320];
    unsafe {
        let account = olm_account(memory.address());
        assert_eq!(olm_create_account(account, random.as_mut_ptr().cast(), 64), 0);
        random[..64].fill(9);
        let place = random.as_mut_ptr().cast();
        assert_eq!(
            olm_account_generate_one_time_keys(account, one_time_keys, place, random.len()),
            one_time_keys
        );
        account
    }
}

/// A new session with an account's one-time key.
fn session_in(memory: &mut Odd, account: *mut OlmAccount) -> *mut OlmSession {
    let (mut keys, mut one_time, mut random) = ([0_u8; 116], [0_u8; 200], [5_u8; 64]);
    unsafe {
        assert_eq!(olm_account_identity_keys(account, keys.as_mut_ptr().cast(), keys.len()), keys.len());
        olm_account_one_time_keys(account, one_time.as_mut_ptr().cast(), one_time.len());
        let identity = keys[r#"{"curve25519":""#.len()..].as_ptr().cast();
        let one_time = one_time[r#"{"curve25519":{"AAAAAQ":""#.len()..].as_ptr().cast();
        let session = olm_session(memory.address());
        let random = random.as_mut_ptr().cast();
        assert_eq!(olm_create_outbound_session(session, account, identity, 43, one_time, 43, random, 64), 0);
        session
    }
}

#[test]
fn a_state_is_dropped_when_it_is_cleared_replaced_or_left_by_a_panic() {
    let state = Arc::new(());
    let mut memory = Odd::new(0x5a);
    unsafe {
        let object = initialise::<Probe>(memory.address());
        assert_eq!(look(object, 7, |state| usize::from(state.is_some())), 0);
        for _ in 0..2 {
            assert_eq!(
                change(object, |slot| {
                    slot.put(state.clone());
                    Ok(3)
                }),
                3
            );
            assert_eq!(Arc::strong_count(&state), 2);
        }
        assert_eq!(change(object, |_| Err(Code::BAD_SIGNATURE)), OLM_ERROR);
        assert_eq!(last_error(object), Code::BAD_SIGNATURE);
        assert_eq!(change(object, |slot| slot.get_mut().map(|_| 4)), 4);
        assert_eq!(last_error(object), Code::BAD_SIGNATURE, "success takes no older code away");

        let hook = panic::take_hook();
        panic::set_hook(Box::new(|_| ()));
        assert_eq!(read(object, |_| panic!("a defect")), OLM_ERROR);
        assert_eq!(Arc::strong_count(&state), 2, "what was only read is there still");
        assert_eq!(change(object, |_| panic!("a defect")), OLM_ERROR);
        assert_eq!(look(object, 9, |_| panic!("a defect")), 9);
        panic::set_hook(hook);
        assert_eq!(Arc::strong_count(&state), 1);
        assert_eq!(change(object, |slot| slot.get_mut().map(|_| 4)), OLM_ERROR);
        assert_eq!(last_error(object), Code::BAD_SESSION_KEY);

        change(object, |slot| {
            slot.put(state.clone());
            Ok(0)
        });
        assert_eq!(clear(object), size());
        assert_eq!(Arc::strong_count(&state), 1);
        assert_eq!(ptr::read_unaligned(object.cast::<[u8; 24]>()), [0; 24]);
        assert_eq!(clear(object), size(), "what was cleared is an object without state");
        assert_eq!(
            change(object, |slot| {
                slot.put(state.clone());
                Ok(0)
            }),
            0
        );
        clear(object);
    }
}

/// A call within a call stands for another thread that reads at the same time.
#[test]
fn who_reads_writes_nothing_but_the_code_of_a_failure() {
    for is_initialised in [true, false] {
        let mut memory = Odd::new(0);
        unsafe {
            let mut object: *mut Probe = memory.address();
            if is_initialised {
                object = initialise(object.cast());
                change(object, |slot| {
                    slot.put(Arc::default());
                    Ok(0)
                });
            }
            let bytes = || ptr::read_unaligned(object.cast::<[u8; 24]>());
            let before = bytes();
            assert_eq!(read(object, |_| Ok(3)), 3);
            assert_eq!(bytes(), before);
            let inner = || read(object, |_| Err(Code::BAD_SIGNATURE));
            let outer = read(object, |view| {
                assert_eq!((inner(), view.get().is_ok()), (OLM_ERROR, is_initialised));
                Ok(5)
            });
            assert_eq!(outer, 5);
            assert_eq!(last_error(object), Code::BAD_SIGNATURE, "the other thread's failure stays");
            let differing = bytes().iter().zip(before).filter(|(now, before)| **now != *before).count();
            assert_eq!(differing, 1);
            assert_eq!(clear(object), size());
        }
    }
}

#[test]
fn what_is_no_object_is_left_alone() {
    let mut other = Odd::new(0);
    let beside: *mut Other = other.address();
    for fill in [0x5a, 0xff, 1] {
        let mut memory = Odd::new(fill);
        let before = memory.0.clone();
        let object: *mut Probe = memory.address();
        for object in [object, ptr::null_mut()] {
            unsafe {
                assert_eq!(change(object, |_| Ok(1)), OLM_ERROR);
                assert_eq!(clear(object), OLM_ERROR);
                assert_eq!(look(object, 5, |_| 6), 5);
                assert_eq!(read(object, |_| Ok(1)), OLM_ERROR);
                assert_eq!(change(beside, |slot| slot.beside(object.cast_const()).map(|_| 1)), OLM_ERROR);
                assert_eq!(last_error(object).name(), c"OLM_INPUT_BUFFER_TOO_SMALL");
            }
        }
        assert_eq!(memory.0, before);
    }
    assert!(unsafe { initialise::<Probe>(ptr::null_mut()) }.is_null());
}

#[test]
fn an_object_of_another_type_is_no_object() {
    let mut memory = Odd::new(0);
    unsafe {
        let account = olm_account(memory.address());
        let mut random = [7_u8; 64];
        assert_eq!(olm_create_account(account, random.as_mut_ptr().cast(), 64), 0);
        assert_eq!(random, [0; 64]);
        let (session, group) = (account.cast::<OlmSession>(), account.cast::<OlmInboundGroupSession>());
        assert_eq!(olm_session_id(session, random.as_mut_ptr().cast(), 64), OLM_ERROR);
        assert_eq!(olm_inbound_group_session_first_known_index(group), u32::MAX);
        assert_eq!(olm_clear_session(session), OLM_ERROR);
        // Twice the same pointer, once as what it is.
        assert_eq!(olm_remove_one_time_keys(account, session), OLM_ERROR);
        let text = CStr::from_ptr(olm_account_last_error(account));
        assert_eq!(text, c"OLM_INPUT_BUFFER_TOO_SMALL");
        assert_eq!(olm_clear_account(account), size());
    }
}

#[test]
fn null_is_an_empty_buffer_and_nothing_else() {
    let (none, absent) = (ptr::null_mut::<c_void>(), Code::INPUT_BUFFER_TOO_SMALL);
    unsafe {
        assert_eq!(input::bytes(none.cast_const(), 0), Ok(&[][..]));
        assert_eq!(input::bytes(none.cast_const(), 1), Err(absent));
        assert_eq!(input::bytes(ptr::dangling::<u8>(), usize::MAX), Err(absent));
        assert_eq!(InPlace::at(none, 4).err(), Some(absent));
        assert_eq!(InPlace::at(none, 0).and_then(|input| input.decode()), Ok(vec![]));
        assert_eq!(InPlace::at(none, 0).map(|input| input.take().len()), Ok(0));
        assert_eq!(Output::at(none, 9).put(b"a"), Err(Code::OUTPUT_BUFFER_TOO_SMALL));
        assert_eq!(Output::at(none, 0).put(b""), Ok(0));
        assert_eq!(Random::at(none, 32).draw(1).err(), Some(Code::NOT_ENOUGH_RANDOM));
        assert!(Random::at(none, 0).draw(0).is_ok());
        Random::at(none, 32).wipe();
    }
}

#[test]
fn input_and_output_may_be_the_same_memory() {
    let mut memory = [Odd::new(0), Odd::new(0)];
    let [first, second] = &mut memory;
    let mut buffer = [0_u8; 400];
    unsafe {
        let account: *mut OlmAccount = olm_account(first.address());
        olm_create_account(account, [7_u8; 64].as_mut_ptr().cast(), 64);
        let place: *mut c_void = buffer.as_mut_ptr().cast();
        // A message that the signature overwrites, and a pickle under its own beginning.
        buffer[..5].copy_from_slice(b"hello");
        assert_eq!(olm_account_sign(account, place, 5, place, 400), 86);
        let mut expected = [0_u8; 86];
        olm_account_sign(account, b"hello".as_ptr().cast(), 5, expected.as_mut_ptr().cast(), 86);
        assert_eq!(buffer[..86], expected);
        let length = olm_pickle_account(account, place, 32, place, 400);
        assert_eq!(length, olm_pickle_account_length(account));
        let key = expected;
        let other = olm_account(second.address());
        assert_eq!(olm_unpickle_account(other, key.as_ptr().cast(), 32, place, length), length);
        assert_eq!(buffer, [0; 400]);
        olm_clear_account(account);
        olm_clear_account(other);
    }
}

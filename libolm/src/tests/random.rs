//! Random bytes are wiped where libolm wipes them, and untouched where there is no object.

use std::ffi::c_void;
use std::ptr;

use super::{Odd, account_in, session_in};
use crate::group::outbound::{olm_init_outbound_group_session, olm_outbound_group_session};
use crate::memory::OLM_ERROR;
use crate::olm::account::{OlmAccount, olm_account, olm_clear_account, olm_create_account};
use crate::olm::fallback_keys::olm_account_generate_fallback_key;
use crate::olm::messages::olm_encrypt;
use crate::olm::one_time_keys::olm_account_generate_one_time_keys;
use crate::olm::session::{OlmSession, olm_clear_session, olm_create_outbound_session};
use crate::sas::{olm_create_sas, olm_sas};

const KEY: [u8; 43] = [b'A'; 43];

/// A call with an object and random bytes.
type Use = fn(*mut c_void, *mut u8, usize) -> usize;

const USES: [(Use, &str); 7] = [
    (|object, random, length| unsafe { olm_create_account(object.cast(), random.cast(), length) }, "account"),
    (
        |object, random, length| unsafe {
            olm_account_generate_one_time_keys(object.cast(), 5, random.cast(), length)
        },
        "one-time keys",
    ),
    (
        |object, random, length| unsafe {
            olm_account_generate_fallback_key(object.cast(), random.cast(), length)
        },
        "fallback key",
    ),
    (
        |object, random, length| unsafe { create_outbound(object.cast(), ptr::null(), random, length) },
        "session",
    ),
    (|object, random, length| unsafe { encrypt(object.cast(), random, length) }, "message"),
    (
        |object, random, length| unsafe { olm_init_outbound_group_session(object.cast(), random, length) },
        "group session",
    ),
    (
        |object, random, length| unsafe { olm_create_sas(object.cast(), random.cast(), length) },
        "verification",
    ),
];

unsafe fn create_outbound(
    session: *mut OlmSession,
    account: *const OlmAccount,
    random: *mut u8,
    length: usize,
) -> usize {
    let key = KEY.as_ptr().cast();
    unsafe { olm_create_outbound_session(session, account, key, 43, key, 43, random.cast(), length) }
}

unsafe fn encrypt(session: *mut OlmSession, random: *mut u8, length: usize) -> usize {
    let (text, mut message) = ([0_u8; 4], [0_u8; 400]);
    let (text, message) = (text.as_ptr().cast(), message.as_mut_ptr().cast());
    unsafe { olm_encrypt(session, text, 4, random.cast(), length, message, 400) }
}

#[test]
fn without_an_object_random_bytes_are_untouched() {
    let mut never_initialised = Odd::new(0x5a);
    for (call, what) in USES {
        for object in [ptr::null_mut(), never_initialised.address()] {
            let mut random = [7_u8; 160];
            assert_eq!(call(object, random.as_mut_ptr(), 160), OLM_ERROR, "{what}");
            assert_eq!(random, [7; 160], "{what}");
        }
    }
}

#[test]
fn a_call_that_fails_wipes_them_where_libolm_does() {
    let mut memory = [Odd::new(0), Odd::new(0), Odd::new(0), Odd::new(0), Odd::new(0)];
    let [first, second, third, fourth, fifth] = &mut memory;
    unsafe {
        let account = account_in(first, 1);
        let session = session_in(second, account);
        let group = olm_outbound_group_session(third.address());
        let sas = olm_sas(fourth.address());
        let objects: [*mut c_void; 7] = [
            olm_account(fifth.address()).cast(),
            account.cast(),
            account.cast(),
            session.cast(),
            // Does not need any, and so does not fail.
            session.cast(),
            group.cast(),
            sas.cast(),
        ];
        for ((call, what), object) in USES.into_iter().zip(objects) {
            let mut random = [7_u8; 31];
            let failed = call(object, random.as_mut_ptr(), 31) == OLM_ERROR;
            assert_eq!(failed, what != "message");
            let left = if ["group session", "verification"].contains(&what) { [7; 31] } else { [0; 31] };
            assert_eq!(random, left, "{what}");
        }
        // What comes before libolm looks at the random bytes leaves them as they are.
        let mut random = [7_u8; 64];
        let (key, place) = (KEY.as_ptr().cast(), random.as_mut_ptr().cast());
        assert_eq!(
            olm_create_outbound_session(session, account, key, 42, key, 43, place, random.len()),
            OLM_ERROR
        );
        assert_eq!(random, [7; 64]);
        let place = random.as_mut_ptr().cast();
        let text = KEY.as_ptr().cast();
        assert_eq!(olm_encrypt(session, text, 4, place, 64, ptr::null_mut(), 0), OLM_ERROR);
        assert_eq!(random, [7; 64]);
        olm_clear_session(session);
        olm_clear_account(account);
    }
}

//! Lengths that no memory has, and texts that are cut or padded.

use std::ptr;

use super::{Odd, account_in, session_in};
use crate::base64::unpadded;
use crate::code::Code;
use crate::group::outbound::{
    OlmOutboundGroupSession, olm_clear_outbound_group_session, olm_group_encrypt,
    olm_group_encrypt_message_length, olm_init_outbound_group_session, olm_outbound_group_session,
};
use crate::memory::{OLM_ERROR, last_error};
use crate::olm::account::olm_clear_account;
use crate::olm::messages::{olm_encrypt, olm_encrypt_message_length};
use crate::olm::one_time_keys::olm_account_generate_one_time_keys;
use crate::olm::session::{OlmSession, olm_clear_session, olm_session, olm_session_describe};
use crate::pk::encryption::olm_pk_ciphertext_length;

/// Lengths of plaintexts near the end of what a length can be.
const TOO_LONG: [usize; 3] = [usize::MAX, usize::MAX - 16, usize::MAX / 4 * 3 + 9];

#[test]
fn lengths_that_overflow_are_errors() {
    let mut memory = [Odd::new(0), Odd::new(0), Odd::new(0), Odd::new(0)];
    let [first, second, third, fourth] = &mut memory;
    unsafe {
        let account = account_in(first, 1);
        for count in [1 << (usize::BITS - 5), usize::MAX] {
            let random = [7_u8; 64].as_mut_ptr().cast();
            assert_eq!(olm_account_generate_one_time_keys(account, count, random, 64), OLM_ERROR);
            assert_eq!(last_error(account), Code::NOT_ENOUGH_RANDOM);
        }
        let (blank, session) = (olm_session(second.address()), session_in(third, account));
        let group: *mut OlmOutboundGroupSession = olm_outbound_group_session(fourth.address());
        assert_eq!(olm_init_outbound_group_session(group, [7_u8; 160].as_mut_ptr(), 160), 0);
        for length in TOO_LONG {
            assert_eq!(olm_pk_ciphertext_length(ptr::null(), length), OLM_ERROR);
            for session in [blank, session] {
                assert_eq!(olm_encrypt_message_length(session, length), OLM_ERROR);
                let mut message = [0_u8; 400];
                let (text, room) = ([0_u8; 4], message.as_mut_ptr().cast());
                let text = text.as_ptr().cast();
                assert_eq!(olm_encrypt(session, text, length, ptr::null_mut(), 0, room, 400), OLM_ERROR);
                assert_eq!(last_error(session), Code::OUTPUT_BUFFER_TOO_SMALL);
            }
            assert_eq!(olm_group_encrypt_message_length(group, length), OLM_ERROR);
            let (text, mut message) = ([0_u8; 4], [0_u8; 400]);
            let room = message.as_mut_ptr();
            assert_eq!(olm_group_encrypt(group, text.as_ptr(), length, room, 400), OLM_ERROR);
            assert_eq!(last_error(group), Code::OUTPUT_BUFFER_TOO_SMALL);
        }
        olm_clear_outbound_group_session(group);
        olm_clear_session(session);
        olm_clear_account(account);
    }
}

#[test]
fn a_description_ends_with_a_zero_in_every_buffer() {
    let (mut memory, mut room) = ([Odd::new(0), Odd::new(0)], [0x55_u8; 200]);
    let [first, second] = &mut memory;
    unsafe {
        let account = account_in(first, 1);
        let session = session_in(second, account);
        let whole = b"sender chain index: 0 receiver chain indices: skipped message keys:\0";
        // Those that 32 bits do not hold are there where a length has more.
        let long = [1_u64 << 32, (1 << 32) + 5].into_iter().filter_map(|length| usize::try_from(length).ok());
        for length in long.chain([200, 1 << 31, isize::MAX.unsigned_abs(), usize::MAX]) {
            room.fill(0x55);
            olm_session_describe(session, room.as_mut_ptr().cast(), length);
            assert_eq!(room[..whole.len()], *whole);
            assert_eq!(room[whole.len()..], [0x55].repeat(200 - whole.len()));
        }
        for (object, length) in [(session, 1), (session, 22), (ptr::null_mut::<OlmSession>(), 200)] {
            room.fill(0x55);
            olm_session_describe(object, room.as_mut_ptr().cast(), length);
            assert_eq!(room[..2], [0, 0x55]);
        }
        room.fill(0x55);
        olm_session_describe(session, room.as_mut_ptr().cast(), 0);
        olm_session_describe(session, ptr::null_mut(), 1 << 31);
        assert_eq!(room, [0x55; 200]);
        olm_clear_session(session);
        olm_clear_account(account);
    }
}

#[test]
fn padding_is_what_fills_up_four_characters() {
    let padded: [(&[u8], &[u8]); 3] = [(b"Zg==", b"Zg"), (b"Zm8=", b"Zm8"), (b"Zm9vYg==", b"Zm9vYg")];
    for (text, rest) in padded {
        assert_eq!(unpadded(text), rest);
    }
    for text in [&b""[..], b"Zm9v", b"Zg=", b"Z===", b"====", b"Zm9v=", b"Zm9v==", b"=", b"Zg==Zg"] {
        assert_eq!(unpadded(text), text);
    }
}

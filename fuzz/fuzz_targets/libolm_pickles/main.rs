//! Pickles of libolm. Any bytes as the body of each object, and bodies of valid states with a few bytes changed or their lists
//! made longer and shorter, encrypted under a known key by a second implementation of the envelope.
//!
//! A body opens as one object at most, and `recognise` says which. What opens is written again as libolm writes it, to a text
//! that opens to the same state, byte for byte in native form; it has a place in vodozemac's format unless that
//! format says what is in the way; and it works. Under another key nothing opens.

#![no_main]

mod lists;

use cliquet::pickle::{self, InexpressibleError, PickleFormat, PickleKind, UnpickleError};
use cliquet_fuzz::{KINDS, Saved, edited, envelope, for_kind, pick, reference_base64, states};
use libfuzzer_sys::fuzz_target;

/// Keys of libolm have any length.
const KEYS: [&[u8]; 3] = [b"", b"a pickle key", &[0x33; 100]];

fuzz_target!(|input: &[u8]| {
    let Some((&selector, rest)) = input.split_first() else { return };
    let kind = KINDS[usize::from(selector % 4)];
    let key = KEYS[usize::from(selector / 4 % 3)];
    match selector / 12 % 4 {
        0 => body(key, rest),
        1 => {
            let Some(changed) = edited(states::libolm_bodies_of_kind(kind), rest) else { return };
            body(key, &changed);
        }
        2 => {
            let &[state, which, count, ..] = rest else { return };
            let Some(state) = pick(states::libolm_bodies_of_kind(kind), state.into()) else { return };
            let Some(resized) = lists::resized(kind, state, which, count) else { return };
            body(key, &resized);
        }
        _ => text(key, &reference_base64::resembling_text(rest)),
    }
});

fn body(key: &[u8], body: &[u8]) {
    let text = envelope::legacy_seal(key, body);
    let opened: Vec<PickleKind> =
        KINDS.into_iter().filter(|kind| for_kind!(*kind, opens(key, &text))).collect();
    let recognised = pickle::recognise(text.as_bytes(), key);
    match opened[..] {
        [] => {}
        [kind] => {
            let recognised = recognised.expect("it opens");
            assert_eq!(recognised.kind, kind);
            let PickleFormat::Libolm { version, .. } = recognised.format else { panic!("{recognised:?}") };
            assert_eq!(version.to_be_bytes(), body[..4]);
        }
        _ => panic!("a body opens as {opened:?}"),
    }
}

/// Whether it opens; if so, everything that follows from that.
fn opens<T: Saved>(key: &[u8], text: &str) -> bool {
    let wrong = T::open_libolm(text, b"another key").err();
    assert_eq!(wrong, Some(UnpickleError::AuthenticationFailed));
    let Ok(mut state) = T::open_libolm(text, key) else { return false };
    let plain = state.save_plain();
    match state.save_libolm(key) {
        Ok(written) => written_again::<T>(key, &written, &plain),
        // After the last id there is, libolm would begin again at 0.
        Err(InexpressibleError::KeyId { key_id, .. }) => assert_eq!(key_id.as_u64(), u64::from(u32::MAX)),
        Err(error) => panic!("it came from there: {error}"),
    }
    assert_eq!(T::open_plain(&plain).expect("what is written can be read").save_plain(), plain);
    state.work();
    true
}

fn written_again<T: Saved>(key: &[u8], written: &str, plain: &[u8]) {
    let again = T::open_libolm(written, key).expect("what is written can be read");
    assert_eq!(again.save_plain(), plain);
    assert_eq!(again.save_libolm(key).as_deref(), Ok(written), "equal states give equal texts");
    assert_eq!(envelope::legacy_seal(key, &envelope::legacy_open(key, written)), written);
}

/// A text that nobody encrypted.
fn text(key: &[u8], text: &str) {
    fn refused<T: Saved>(key: &[u8], text: &str) {
        assert!(T::open_libolm(text, key).is_err(), "nobody encrypted this under the key");
    }
    for kind in KINDS {
        for_kind!(kind, refused(key, text));
    }
    let _ = pickle::recognise(text.as_bytes(), key);
}

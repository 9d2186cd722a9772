//! Native pickles. Any bytes as the body of each kind, bare and sealed under a known key by a second implementation of the
//! envelope; valid states with a few bytes changed; any bytes as a whole pickle.
//!
//! What opens is written again as it was, byte for byte; what another format has a place for comes back from there; and it works.
//! What is sealed and what is not open alike, but for the keys that a seal vouches for. A pickle opens as one kind, under one key and
//! one context; and nothing opens that was not sealed under the key.

#![no_main]

use cliquet::{
    MessageVersion,
    pickle::{self, InexpressibleError, Pickle, PickleFormat, PickleKey, PickleKind, UnpickleError},
};
use cliquet_fuzz::{KINDS, Saved, edited, envelope, for_kind, pick, reference_base64, states};
use libfuzzer_sys::fuzz_target;

const KEY: [u8; 32] = [0x11; 32];
const SALT: [u8; 32] = [0x22; 32];
const CONTEXT: &[u8] = b"row 3";
/// The length of a header without a salt.
const HEADER: usize = 10;

fuzz_target!(|input: &[u8]| {
    let Some((&selector, rest)) = input.split_first() else { return };
    let kind = KINDS[usize::from(selector % 4)];
    match selector / 4 % 4 {
        0 => for_kind!(kind, body(rest)),
        1 => {
            let Some(state) = edited(states::of_kind(kind), rest) else { return };
            // A change of the header is for whole pickles.
            for_kind!(kind, body(state.get(HEADER..).unwrap_or_default()));
            whole(&state);
        }
        2 => whole(rest),
        _ => {
            let &[which, place, value, ..] = rest else { return };
            let Some(mut state) = pick(states::of_kind(kind), which.into()).cloned() else { return };
            // Where the limits of a session are.
            state[HEADER + usize::from(place % 8)] = value;
            for_kind!(kind, body(&state[HEADER..]));
        }
    }
});

fn key() -> PickleKey {
    PickleKey::new(&KEY).in_context(CONTEXT)
}

/// The same body, bare and sealed.
fn body<T: Saved>(body: &[u8]) {
    let bare = envelope::native_plain(T::KIND, body);
    let sealed = envelope::native_seal(T::KIND, &KEY, CONTEXT, &SALT, body);
    let sealed = Pickle::from_bytes(&sealed).expect("the envelope is well-formed");
    assert_eq!(sealed.kind(), T::KIND);
    opens_as_one_kind(&bare, &sealed);
    opens_under_one_key::<T>(&sealed);
    match (T::open_plain(&bare), T::open(&sealed, &key())) {
        (Ok(state), Ok(unsealed)) => {
            assert_eq!(state.save_plain(), unsealed.save_plain());
            assert!(state.save_plain() == bare, "a state has one form");
            comes_back(&state);
            crosses(&state);
            comes_back(&unsealed);
            works(state);
        }
        // A seal vouches for what is expensive to check.
        (Err(error), Ok(unsealed)) => {
            let excused = match error {
                UnpickleError::State(_) => T::KIND == PickleKind::Session,
                UnpickleError::Decode(_) => T::KIND == PickleKind::InboundGroupSession,
                _ => false,
            };
            assert!(excused, "{error:?}");
            comes_back(&unsealed);
            works(unsealed);
        }
        (Err(error), Err(sealed_error)) => assert_eq!(error, sealed_error),
        (Ok(_), Err(error)) => panic!("sealed alone it is refused: {error}"),
    }
}

fn works<T: Saved>(mut state: T) {
    state.work();
}

/// Written, sealed and opened again, it is the same state; and both implementations of the envelope seal alike.
fn comes_back<T: Saved>(state: &T) {
    let plain = state.save_plain();
    let pickle = state.save(&key());
    assert_eq!(T::open(&pickle, &key()).expect("what is written can be read").save_plain(), plain);
    let text = Pickle::from_base64(&pickle.to_base64()).expect("what is written can be read");
    assert_eq!(text, pickle);
    let salt = pickle.as_bytes()[10..42].try_into().expect("32 bytes");
    let rebuilt = envelope::native_seal(T::KIND, &KEY, CONTEXT, salt, &plain[HEADER..]);
    assert_eq!(pickle.as_bytes(), rebuilt, "both implementations of the envelope agree");
}

/// What another format has a place for, it gives back; and a bare pickle that has been opened opens again.
fn crosses<T: Saved>(state: &T) {
    let plain = state.save_plain();
    let again = T::open_plain(&plain).expect("what is written can be read");
    assert_eq!(again.save_plain(), plain);
    if let Ok(text) = state.save_libolm(&KEY) {
        let moved = T::open_libolm(&text, &KEY).expect("what is written can be read");
        let again = moved.save_libolm(&KEY).expect("it had a place there");
        let settled = T::open_libolm(&again, &KEY).expect("what is written can be read");
        assert_eq!(settled.save_libolm(&KEY).as_ref(), Ok(&again));
        // The one-time keys of an account come back in the order of their ids, which a damaged state need not have.
        assert_eq!(again.len(), text.len());
        assert!(again == text || T::KIND == PickleKind::Account);
    }
    let open_json = |json: &[u8]| {
        [MessageVersion::V1, MessageVersion::V2]
            .into_iter()
            .find_map(|version| T::open_json(json, version).ok())
    };
    if let Ok(json) = state.save_json() {
        // The public keys of one-time keys in a native pickle are proven when they are used, in JSON when they are read.
        match open_json(&json) {
            Some(moved) => {
                let again = moved.save_json().expect("it had a place there");
                let settled = open_json(&again).expect("what is written can be read");
                assert_eq!(settled.save_json().as_ref(), Ok(&again));
                // The skipped message keys of a chain come back in the order of their indexes, which a damaged state need not have.
                assert_eq!(again.len(), json.len());
                assert!(again == json || T::KIND == PickleKind::Session);
            }
            None => {
                assert_eq!(T::KIND, PickleKind::Account);
                assert_eq!(state.typed().err(), Some(InexpressibleError::Inconsistent));
            }
        }
    }
}

fn opens_as_one_kind(bare: &[u8], sealed: &Pickle) {
    fn refused<T: Saved>(bare: &[u8], sealed: &Pickle) {
        if T::KIND != sealed.kind() {
            let errors = [T::open_plain(bare).err(), T::open(sealed, &key()).err()];
            for error in errors {
                let Some(UnpickleError::WrongKind { expected, found, .. }) = error else {
                    panic!("it opens as another kind: {error:?}")
                };
                assert_eq!((expected, found), (T::KIND, sealed.kind()));
            }
        }
    }
    for kind in KINDS {
        for_kind!(kind, refused(bare, sealed));
    }
}

fn opens_under_one_key<T: Saved>(sealed: &Pickle) {
    let other_context = key().in_context(b"row 4");
    for key in [PickleKey::new(&KEY), PickleKey::new(&[0x12; 32]).in_context(CONTEXT), other_context] {
        assert_eq!(T::open(sealed, &key).err(), Some(UnpickleError::AuthenticationFailed));
    }
}

/// Bytes that nobody sealed, and the texts that they are and might be.
fn whole(bytes: &[u8]) {
    let texts = [reference_base64::encode(bytes), reference_base64::resembling_text(bytes)];
    for input in [bytes, texts[0].as_bytes(), texts[1].as_bytes()] {
        is_recognised(input);
    }
    for text in texts {
        if let Ok(pickle) = Pickle::from_base64(&text) {
            assert_eq!(pickle.to_base64(), text.trim().trim_end_matches('='), "one text for each pickle");
        }
    }
    for kind in KINDS {
        for_kind!(kind, open_whole(bytes));
    }
}

fn open_whole<T: Saved>(bytes: &[u8]) {
    if let Ok(pickle) = Pickle::from_bytes(bytes) {
        assert_eq!(pickle.as_bytes(), bytes);
        assert!(T::open(&pickle, &key()).is_err(), "nobody sealed this under the key");
    }
    if let Ok(state) = T::open_plain(bytes) {
        let recognised = pickle::recognise(bytes, &KEY).expect("it opens");
        assert_eq!(recognised.kind, T::KIND);
        assert!(matches!(recognised.format, PickleFormat::NativeWithoutEncryption { .. }));
        comes_back(&state);
    }
}

/// Recognising agrees with reading, as far as both go.
fn is_recognised(input: &[u8]) {
    let recognised = pickle::recognise(input, &KEY);
    if let Ok(pickle) = Pickle::from_bytes(input) {
        assert_eq!(recognised.expect("it is well-formed").kind, pickle.kind());
    }
}

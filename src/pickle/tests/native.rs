use core::fmt::Debug;
use std::{format, vec::Vec};

use super::states;
use crate::{
    encoding::DecodeError,
    megolm::{InboundGroupSession, OutboundGroupSession},
    olm::{Account, Session},
    pickle::{Pickle, PickleFormat, PickleKey, PickleKind, Recognised, UnpickleError, recognise},
    random::RandomError,
    secret::SecretBytes,
    testing::{FixedRandom, seeded},
};

/// What the four kinds have in common, for tests alone.
trait Saved: Sized + PartialEq + Debug {
    fn save(&self, key: &PickleKey, seed: u64) -> Result<Pickle, RandomError>;
    fn open(pickle: &Pickle, key: &PickleKey) -> Result<Self, UnpickleError>;
    fn save_plain(&self) -> SecretBytes;
    fn open_plain(bytes: &[u8]) -> Result<Self, UnpickleError>;
    /// The state as it comes back: without what only saves time.
    fn without_caches(&self) -> Self;
}

macro_rules! saved {
    ($type:ty, $without_caches:expr) => {
        impl Saved for $type {
            fn save(&self, key: &PickleKey, seed: u64) -> Result<Pickle, RandomError> {
                self.to_pickle(key, &mut seeded(seed))
            }
            fn open(pickle: &Pickle, key: &PickleKey) -> Result<Self, UnpickleError> {
                Self::from_pickle(pickle, key)
            }
            fn save_plain(&self) -> SecretBytes {
                self.to_pickle_without_encryption()
            }
            fn open_plain(bytes: &[u8]) -> Result<Self, UnpickleError> {
                Self::from_pickle_without_encryption(bytes)
            }
            fn without_caches(&self) -> Self {
                $without_caches(self)
            }
        }
    };
}

saved!(Account, Account::as_stored);
saved!(Session, Session::clone);
saved!(OutboundGroupSession, OutboundGroupSession::clone);
saved!(InboundGroupSession, InboundGroupSession::without_checkpoints);

fn key() -> PickleKey {
    PickleKey::new(&[7; 32]).in_context("@amelie:example.org|LAPTOP")
}

fn comes_back<T: Saved>(states: &[T]) {
    for state in states {
        let pickle = state.save(&key(), 1).unwrap();
        for read in [Pickle::from_bytes(pickle.as_bytes()), Pickle::from_base64(&pickle.to_base64())] {
            assert_eq!(T::open(&read.unwrap(), &key()).unwrap(), state.without_caches());
        }
        assert_ne!(state.save(&key(), 2).unwrap(), pickle);
        assert_eq!(T::open_plain(state.save_plain().as_bytes()).unwrap(), state.without_caches());
    }
}

#[test]
fn every_state_comes_back_as_it_was() {
    comes_back(&states::accounts());
    comes_back(&states::sessions());
    comes_back(&states::outbound_group_sessions());
    comes_back(&states::inbound_group_sessions());
}

fn is_refused<T: Saved>(bytes: &[u8]) -> UnpickleError {
    match Pickle::from_bytes(bytes) {
        Ok(pickle) => T::open(&pickle, &key()).unwrap_err(),
        Err(error) => error,
    }
}

fn bears_no_change<T: Saved>(state: &T) {
    let pickle = state.save(&key(), 1).unwrap();
    let bytes = pickle.as_bytes();
    for position in 0..bytes.len() {
        for bit in [0x01, 0x80] {
            let mut changed = bytes.to_vec();
            changed[position] ^= bit;
            let error = is_refused::<T>(&changed);
            if position >= 10 {
                assert_eq!(error, UnpickleError::AuthenticationFailed, "position {position}");
            }
        }
        is_refused::<T>(&bytes[..position]);
        is_refused::<T>(&[&bytes[..position], &bytes[position + 1..]].concat());
    }
    for more in [1, 15, 16, 17, 32] {
        is_refused::<T>(&[bytes, &bytes[..more]].concat());
    }
    assert_eq!(T::open(&pickle, &PickleKey::new(&[8; 32])).unwrap_err(), UnpickleError::AuthenticationFailed);
    for context in ["", "@amelie:example.org|LAPTO", "@amelie:example.org|LAPTOP ", "another"] {
        assert_eq!(
            T::open(&pickle, &key().in_context(context)).unwrap_err(),
            UnpickleError::AuthenticationFailed
        );
    }
}

#[test]
fn no_changed_pickle_is_opened() {
    bears_no_change(&states::accounts()[1]);
    bears_no_change(&states::sessions()[4]);
    bears_no_change(&states::outbound_group_sessions()[0]);
    bears_no_change(&states::inbound_group_sessions()[2]);
}

#[test]
fn the_end_of_a_pickle_is_not_its_context() {
    let account = &states::accounts()[0];
    let pickle = account.to_pickle(&key().in_context("context"), &mut seeded(1)).unwrap();
    let (ciphertext, mac) = pickle.as_bytes().split_last_chunk::<32>().unwrap();
    let (shorter, moved) = ciphertext.split_at(ciphertext.len() - 16);
    let forged = Pickle::from_bytes(&[shorter, mac].concat()).unwrap();
    let context = [moved, b"context"].concat();
    let error = Account::from_pickle(&forged, &key().in_context(context)).unwrap_err();
    assert_eq!(error, UnpickleError::AuthenticationFailed);
}

#[test]
fn a_plain_pickle_has_one_length() {
    fn check<T: Saved>(state: &T) {
        let plain = state.save_plain();
        let bytes = plain.as_bytes();
        for length in 0..bytes.len() {
            T::open_plain(&bytes[..length]).unwrap_err();
        }
        T::open_plain(&[bytes, &[0]].concat()).unwrap_err();
    }
    check(&states::accounts()[1]);
    check(&states::sessions()[5]);
    check(&states::outbound_group_sessions()[0]);
    check(&states::inbound_group_sessions()[2]);
}

#[test]
fn a_pickle_is_compact() {
    let account = &states::accounts()[2];
    assert_eq!((account.stored_one_time_key_count(), account.fallback_key().is_some()), (100, true));
    let text = account.to_pickle(&key(), &mut seeded(1)).unwrap().to_base64();
    // vodozemac takes 33 000.
    assert!(text.len() <= 9_300, "{}", text.len());
}

#[test]
fn the_salt_is_all_that_is_drawn_and_a_failing_generator_gives_no_pickle() {
    let account = &states::accounts()[0];
    let mut rng = FixedRandom::new([3; 32].to_vec());
    let pickle = account.to_pickle(&key(), &mut rng).unwrap();
    assert_eq!(pickle.as_bytes()[10..42], [3; 32]);
    assert_eq!(account.to_pickle(&key(), &mut rng).unwrap_err(), RandomError);
}

#[test]
fn errors_say_what_is_safe_to_say() {
    let account = &states::accounts()[0];
    let pickle = account.to_pickle(&key(), &mut seeded(1)).unwrap();
    let expected = PickleKind::Session;
    let found = PickleKind::Account;
    let error = Session::from_pickle(&pickle, &key()).unwrap_err();
    assert_eq!(error, UnpickleError::WrongKind { expected, found });

    let with = |position: usize, byte: u8| {
        let mut bytes = pickle.as_bytes().to_vec();
        bytes[position] = byte;
        Pickle::from_bytes(&bytes).map(|pickle| pickle.kind())
    };
    assert_eq!(with(0, b'C'), Err(UnpickleError::NotAPickle));
    assert_eq!(with(7, b'x'), Err(UnpickleError::NotAPickle));
    assert_eq!(with(7, b'u'), Err(UnpickleError::NotEncrypted));
    assert_eq!(with(8, 2), Err(UnpickleError::UnknownVersion { version: 2 }));
    assert_eq!(with(9, 0), Err(UnpickleError::UnknownKind { kind: 0 }));
    assert_eq!(with(9, 9), Err(UnpickleError::UnknownKind { kind: 9 }));
    assert_eq!(Pickle::from_base64("?"), Err(UnpickleError::NotAPickle));
    assert_eq!(
        Account::from_pickle_without_encryption(pickle.as_bytes()).unwrap_err(),
        UnpickleError::NotAPickle
    );

    // A pickle whose kind was rewritten has another MAC, although the bodies could be read as each other.
    for kind in [PickleKind::Session, PickleKind::OutboundGroupSession, PickleKind::InboundGroupSession] {
        let mut bytes = pickle.as_bytes().to_vec();
        bytes[9] = kind.byte();
        let swapped = Pickle::from_bytes(&bytes).unwrap();
        assert_eq!(swapped.kind(), kind);
        let errors: Vec<_> = [
            Session::from_pickle(&swapped, &key()).err(),
            OutboundGroupSession::from_pickle(&swapped, &key()).err(),
            InboundGroupSession::from_pickle(&swapped, &key()).err(),
        ]
        .into();
        assert!(errors.contains(&Some(UnpickleError::AuthenticationFailed)));
    }
}

#[test]
fn a_pickle_tells_its_kind_and_version_and_nothing_secret() {
    let account = &states::accounts()[0];
    let pickle = account.to_pickle(&key(), &mut seeded(1)).unwrap();
    let length = pickle.as_bytes().len();
    assert_eq!(format!("{pickle:?}"), format!("Pickle {{ kind: Account, length: {length}, .. }}"));
    assert_eq!(format!("{:?}", key()), "PickleKey { context_length: 26, .. }");
    assert_eq!((pickle.format_version(), pickle.as_bytes()[8]), (1, 1));

    let sealed = Recognised { kind: PickleKind::Account, format: PickleFormat::Native { version: 1 } };
    assert_eq!(recognise(pickle.as_bytes(), &[]), Ok(sealed));
    assert_eq!(recognise(pickle.to_base64().as_bytes(), &[]), Ok(sealed));
    let format = PickleFormat::NativeWithoutEncryption { version: 1 };
    let plain = recognise(account.to_pickle_without_encryption().as_bytes(), &[]);
    assert_eq!(plain, Ok(Recognised { kind: PickleKind::Account, format }));
}

#[test]
fn a_pickle_has_room_for_salt_and_mac_and_whole_blocks_between() {
    let pickle = states::accounts()[0].to_pickle(&key(), &mut seeded(1)).unwrap();
    let cut = |length: usize| Pickle::from_bytes(&pickle.as_bytes()[..length]).map(|pickle| pickle.kind());
    for length in 10..42 + 32 {
        assert_eq!(cut(length), Err(UnpickleError::Decode(DecodeError::Truncated)), "{length}");
    }
    for length in (42 + 32..42 + 32 + 16).chain([42 + 32 + 17]) {
        let error = DecodeError::CiphertextLength { length: length - 42 - 32 };
        assert_eq!(cut(length), Err(UnpickleError::Decode(error)), "{length}");
    }
    assert_eq!(cut(42 + 32 + 16), Ok(PickleKind::Account));
}

#[test]
fn formats_have_names() {
    let names = [
        (PickleFormat::Native { version: 1 }, "cliquet, version 1"),
        (PickleFormat::NativeWithoutEncryption { version: 1 }, "cliquet, version 1, without encryption"),
        (PickleFormat::Libolm { version: 4 }, "libolm, version 4"),
        (PickleFormat::Libolm { version: 0x8000_0001 }, "libolm, version 0x80000001"),
        (PickleFormat::Vodozemac, "vodozemac"),
        (PickleFormat::VodozemacJson, "vodozemac, JSON without encryption"),
    ];
    for (format, name) in names {
        assert_eq!(format!("{format}"), name);
    }
}

//! What was secret is zero when its memory is given back: an allocator looks into every block that is freed.

#![allow(unsafe_code, reason = "an allocator cannot be written without")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]
#![allow(clippy::arithmetic_side_effects, reason = "a test may panic")]

#[cfg(all(
    feature = "sas",
    feature = "qr-code",
    feature = "insecure-pk-encryption",
    feature = "ecies",
    feature = "hpke"
))]
#[path = "wiping/verification.rs"]
mod verification;

#[cfg(all(
    feature = "attachment",
    feature = "key-backup",
    feature = "secret-storage",
    feature = "std",
    feature = "ecies",
    feature = "hpke"
))]
#[path = "wiping/documents.rs"]
mod documents;

#[path = "wiping/derived.rs"]
#[cfg(all(feature = "ecies", feature = "hpke"))]
#[allow(dead_code, reason = "each of the two modules above needs a part of it")]
mod derived;

#[path = "wiping/bulk.rs"]
mod bulk;

use std::{
    alloc::{GlobalAlloc, Layout, System},
    slice,
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use cliquet::{
    Curve25519KeyPair, Ed25519KeyPair,
    megolm::{InboundGroupSession, OutboundGroupSession, SessionConfig, SessionExport, SessionKey},
    olm::{self, Account, OlmMessage},
    pickle::{Pickle, PickleKey},
    rand_core::{TryCryptoRng, TryRng},
};
use rand::{SeedableRng, rngs::StdRng};

/// What freed blocks are searched for: four parts of the drawn secret, one of the text of a session key made from it,
/// one of the secret as numbers in JSON, and what verification, documents and passphrases make of it.
static PARTS: OnceLock<Vec<[u8; 16]>> = OnceLock::new();
static FOUND: AtomicUsize = AtomicUsize::new(0);
/// One watch at a time.
static WATCH: Mutex<()> = Mutex::new(());

struct Searching;

#[global_allocator]
static ALLOCATOR: Searching = Searching;

// SAFETY: every call goes to the system's allocator unchanged; blocks are only read before they are freed.
unsafe impl GlobalAlloc for Searching {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are the system allocator's conditions. Zeroed, so that all of it may be read.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the block is still allocated, has this length, and was zeroed when it was handed out.
        search(unsafe { slice::from_raw_parts(block, layout.size()) });
        // SAFETY: the caller's promises are the system allocator's conditions.
        unsafe { System.dealloc(block, layout) }
    }

    // `realloc` is left to its default, which allocates, copies and frees: the old block is searched too.
}

fn search(block: &[u8]) {
    let Some(parts) = PARTS.get() else { return };
    let leaks =
        block.windows(16).any(|window| parts.iter().any(|part| part[0] == window[0] && part == window));
    FOUND.fetch_add(usize::from(leaks), Ordering::Relaxed);
}

/// A pattern that no other memory holds.
fn secret() -> [u8; 64] {
    core::array::from_fn(|position| u8::try_from(position * 37 % 251).unwrap() ^ 0x5a)
}

fn parts() -> &'static [[u8; 16]] {
    PARTS.get_or_init(|| {
        let key =
            OutboundGroupSession::new(SessionConfig::default(), &mut SecretRandom(0)).unwrap().session_key();
        let text = key.to_base64().as_str().as_bytes()[16..32].try_into().unwrap();
        let numbers: Vec<String> = secret()[1..].iter().map(u8::to_string).collect();
        let json = numbers.join(",").as_bytes()[..16].try_into().unwrap();
        let part = |start: usize| secret()[start..start + 16].try_into().unwrap();
        let parts = vec![part(0), part(16), part(32), part(48), text, json];
        #[cfg(all(
            feature = "sas",
            feature = "qr-code",
            feature = "insecure-pk-encryption",
            feature = "ecies",
            feature = "hpke"
        ))]
        let parts = [parts, verification::parts()].concat();
        #[cfg(all(
            feature = "attachment",
            feature = "key-backup",
            feature = "secret-storage",
            feature = "std",
            feature = "ecies",
            feature = "hpke"
        ))]
        let parts = [parts, documents::parts_of_documents()].concat();
        parts
    })
}

/// How many freed blocks still held a part of the secret while `operation` ran.
fn leaks(operation: impl FnOnce()) -> usize {
    let _one_at_a_time = WATCH.lock().unwrap();
    parts();
    clear_stack();
    FOUND.store(0, Ordering::Relaxed);
    operation();
    FOUND.load(Ordering::Relaxed)
}

/// Overwrites what tests have left on the stack themselves: a structure that is moved to the heap takes along what lay in the place of its unused parts.
#[inline(never)]
fn clear_stack() {
    core::hint::black_box(&mut [0_u8; 256 * 1024]);
}

/// Hands out the secret, again and again.
struct SecretRandom(usize);

impl TryRng for SecretRandom {
    type Error = core::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok(0)
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Ok(0)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        for byte in bytes {
            *byte = secret()[self.0 % 64];
            self.0 += 1;
        }
        Ok(())
    }
}

impl TryCryptoRng for SecretRandom {}

#[test]
fn the_search_finds_what_is_not_wiped() {
    assert_eq!(leaks(|| drop(secret().to_vec())), 1);
    assert_eq!(leaks(|| drop(parts()[4].to_vec())), 1);
    assert_eq!(leaks(|| drop(parts()[5].to_vec())), 1);
    assert_eq!(leaks(|| drop(vec![0_u8; 64])), 0);
}

/// A peer's secret keys stayed in freed memory after an update of a library, whose features were all that was tested.
#[test]
fn f11_accounts_and_sessions_wipe_the_secret_keys_that_were_drawn() {
    assert_eq!(
        leaks(|| {
            let mut rng = SecretRandom(0);
            let mut account = Account::new(&mut rng).unwrap();
            account.generate_one_time_keys(40, &mut rng).unwrap();
            for _ in 0..3 {
                account.generate_fallback_key(&mut rng).unwrap();
            }
            account.forget_previous_fallback_key();
            let one_time_key = account.one_time_keys().next().unwrap().public_key;
            let identity_key = account.curve25519_key();
            let config = olm::SessionConfig::default();
            let mut session =
                account.create_outbound_session(identity_key, one_time_key, config, &mut rng).unwrap();
            // The plaintext is written once, where it is encrypted: no smaller buffer is left behind.
            session.encrypt([secret(); 4].as_flattened(), &mut rng).unwrap();
            let OlmMessage::PreKey(message) = session.encrypt("text", &mut rng).unwrap() else {
                panic!("no pre-key message")
            };
            let mut answering =
                account.create_inbound_session(identity_key, &message, config).unwrap().session;
            answering.encrypt([secret(); 4].as_flattened(), &mut rng).unwrap();
            drop(answering);
            account.remove_one_time_key(&one_time_key);
            drop(session);
            drop(account);
        }),
        0
    );
}

#[test]
fn key_pairs_and_shared_keys_are_wiped() {
    assert_eq!(
        leaks(|| {
            let mut rng = SecretRandom(0);
            let signing_key = Ed25519KeyPair::random(&mut rng).unwrap();
            drop(Ed25519KeyPair::from_seed(signing_key.export_seed().unwrap()));
            drop(Ed25519KeyPair::from_expanded_secret_key(&secret()));
            drop(Curve25519KeyPair::from_secret_key(secret().first_chunk().unwrap()));
            let half = *secret().first_chunk().unwrap();
            drop(olm::SharedKeys::from_bytes(&half, &half));
            drop(signing_key);
        }),
        0
    );
}

/// So did the ratchets of its group sessions.
#[test]
fn f11_group_sessions_and_their_keys_wipe_the_ratchet() {
    assert_eq!(
        leaks(|| {
            let mut sender =
                OutboundGroupSession::new(SessionConfig::default(), &mut SecretRandom(0)).unwrap();
            let key = sender.session_key();
            let again = SessionKey::from_base64(key.to_base64().as_str()).unwrap();
            let mut receiver = InboundGroupSession::new(&again, SessionConfig::default());
            sender.encrypt([secret(); 4].as_flattened()).unwrap();
            let messages: Vec<_> = (0..100).map(|_| sender.encrypt("text").unwrap()).collect();
            for message in messages.iter().rev() {
                receiver.decrypt(message).unwrap();
            }
            let export = receiver.export();
            drop(SessionExport::from_bytes(export.as_bytes()).unwrap());
            receiver.advance_to(50);
            drop((sender, key, again, receiver, export));
        }),
        0
    );
}

#[test]
fn the_text_form_of_a_secret_is_wiped() {
    assert_eq!(
        leaks(|| {
            let key = OutboundGroupSession::new(SessionConfig::default(), &mut SecretRandom(0))
                .unwrap()
                .session_key();
            let mut text = key.to_base64();
            assert_eq!(text.as_str().as_bytes()[16..32], parts()[4]);
            drop(key.to_base64());
            text.wipe();
            assert_eq!(text.as_str(), "");
        }),
        0
    );
}

/// Every object with the secret in all its keys: an account with many one-time keys, both sides of a session, a group session.
fn objects(
    rng: &mut SecretRandom,
) -> (Account, [olm::Session; 2], OutboundGroupSession, InboundGroupSession) {
    let mut account = Account::new(rng).unwrap();
    account.generate_one_time_keys(40, rng).unwrap();
    account.generate_fallback_key(rng).unwrap();
    let (identity_key, one_time_key) =
        (account.curve25519_key(), account.one_time_keys().next().unwrap().public_key);
    let config = olm::SessionConfig::default();
    let mut session = account.create_outbound_session(identity_key, one_time_key, config, rng).unwrap();
    let OlmMessage::PreKey(message) = session.encrypt("text", rng).unwrap() else {
        panic!("no pre-key message")
    };
    let mut answering = account.create_inbound_session(identity_key, &message, config).unwrap().session;
    answering.encrypt("text", rng).unwrap();
    let sender = OutboundGroupSession::new(SessionConfig::default(), rng).unwrap();
    let receiver = InboundGroupSession::new(&sender.session_key(), SessionConfig::default());
    (account, [session, answering], sender, receiver)
}

/// And what is written on the way to a store is as secret.
#[test]
fn f11_pickles_leave_nothing_behind() {
    assert_eq!(
        leaks(|| {
            // Salts are public: they come from another generator.
            let mut rng = StdRng::seed_from_u64(1);
            let key = PickleKey::random(&mut SecretRandom(0)).unwrap().in_context("context");
            let (account, sessions, sender, receiver) = objects(&mut SecretRandom(0));
            let pickle = account.to_pickle(&key, &mut rng).unwrap();
            drop(Account::from_pickle(&pickle, &key).unwrap());
            Account::from_pickle(&pickle, &PickleKey::new(&[0; 32])).unwrap_err();
            for session in &sessions {
                let pickle = session.to_pickle(&key, &mut rng).unwrap();
                drop(olm::Session::from_pickle(&pickle, &key).unwrap());
            }
            let pickle = sender.to_pickle(&key, &mut rng).unwrap();
            drop(OutboundGroupSession::from_pickle(&pickle, &key).unwrap());
            let pickle = receiver.to_pickle(&key, &mut rng).unwrap();
            drop(InboundGroupSession::from_pickle(&pickle, &key).unwrap());
        }),
        0
    );
}

#[test]
fn pickles_without_encryption_are_wiped() {
    assert_eq!(
        leaks(|| {
            let (account, [session, answering], sender, receiver) = objects(&mut SecretRandom(0));
            let mut plain = account.to_pickle_without_encryption();
            drop(Account::from_pickle_without_encryption(plain.as_bytes()).unwrap());
            plain.wipe();
            assert!(plain.as_bytes().is_empty());
            for session in [session, answering] {
                let plain = session.to_pickle_without_encryption();
                drop(olm::Session::from_pickle_without_encryption(plain.as_bytes()).unwrap());
            }
            let plain = sender.to_pickle_without_encryption();
            // Taken for a sealed one, it is refused, and no copy of it stays.
            Pickle::from_bytes(plain.as_bytes()).unwrap_err();
            drop((plain, receiver.to_pickle_without_encryption()));
        }),
        0
    );
}

#[test]
fn pickles_of_libolm_leave_nothing_behind() {
    assert_eq!(
        leaks(|| {
            let (account, sessions, sender, receiver) = objects(&mut SecretRandom(0));
            let key = b"a key of any length";
            drop(Account::from_libolm_pickle(&account.to_libolm_pickle(key).unwrap(), key).unwrap());
            for session in &sessions {
                let pickle = session.to_libolm_pickle(key).unwrap();
                drop(olm::Session::from_libolm_pickle(&pickle, key, olm::Limits::default()).unwrap());
            }
            drop(
                OutboundGroupSession::from_libolm_pickle(&sender.to_libolm_pickle(key).unwrap(), key)
                    .unwrap(),
            );
            drop(
                InboundGroupSession::from_libolm_pickle(&receiver.to_libolm_pickle(key).unwrap(), key)
                    .unwrap(),
            );
        }),
        0
    );
}

#[cfg(feature = "vodozemac")]
#[test]
fn pickles_of_vodozemac_leave_nothing_behind() {
    assert_eq!(
        leaks(|| {
            let (account, sessions, sender, receiver) = objects(&mut SecretRandom(0));
            let key = &[7; 32];
            let pickle = account.to_vodozemac_pickle(key).unwrap();
            drop(Account::from_vodozemac_pickle(&pickle, key).unwrap());
            for session in &sessions {
                let pickle = session.to_vodozemac_pickle(key).unwrap();
                let config = olm::SessionConfig::default();
                drop(olm::Session::from_vodozemac_pickle(&pickle, key, config).unwrap());
            }
            let config = SessionConfig::default();
            let pickle = sender.to_vodozemac_pickle(key).unwrap();
            drop(OutboundGroupSession::from_vodozemac_pickle(&pickle, key, config).unwrap());
            let pickle = receiver.to_vodozemac_pickle(key).unwrap();
            drop(InboundGroupSession::from_vodozemac_pickle(&pickle, key, config).unwrap());
            let json = account.to_vodozemac_json().unwrap();
            assert!(json.as_bytes().windows(16).any(|window| window == parts()[5]));
        }),
        0
    );
}

#[cfg(feature = "dehydrated-device")]
#[test]
fn dehydrated_devices_leave_nothing_behind() {
    assert_eq!(
        leaks(|| {
            let mut rng = SecretRandom(0);
            let (account, ..) = objects(&mut rng);
            let device = account.to_dehydrated_device(&[7; 32], &mut rng).unwrap();
            drop(Account::from_dehydrated_device(&device, &[7; 32]).unwrap());
        }),
        0
    );
}

//! Many messages at once: what the guard refuses after it was opened.

use cliquet::megolm::{DecryptionError, MegolmMessage, ReplayGuard};
use zeroize::Zeroize;

use super::{InboundGroupSession, OutboundGroupSession, SecretRandom, SessionConfig, leaks, secret};

const EVENTS: [[u8; 32]; 2] = [[1; 32], [2; 32]];

/// A receiver with a guard of so much room, and messages whose plaintext is secret.
fn room(capacity: usize, count: usize) -> (InboundGroupSession, Vec<MegolmMessage>) {
    let mut sender = OutboundGroupSession::new(SessionConfig::default(), &mut SecretRandom(0)).unwrap();
    let mut receiver = InboundGroupSession::new(&sender.session_key(), SessionConfig::default());
    receiver.set_replay_guard(ReplayGuard::with_capacity(capacity));
    let messages = (0..count).map(|_| sender.encrypt([secret(); 4].as_flattened()).unwrap()).collect();
    (receiver, messages)
}

#[test]
fn replays_among_many_messages_are_wiped() {
    assert_eq!(
        leaks(|| {
            let (mut receiver, messages) = room(100, 20);
            let twice = messages.iter().flat_map(|message| EVENTS.iter().map(move |event| (message, event)));
            for (position, result) in receiver.bulk().decrypt_events(twice).into_iter().enumerate() {
                match result {
                    Ok(mut decrypted) => decrypted.plaintext.zeroize(),
                    Err(error) => {
                        assert!(matches!(error, DecryptionError::Replay { .. }) && position % 2 == 1)
                    }
                }
            }
        }),
        0
    );
}

#[test]
fn what_the_guard_has_no_room_for_is_wiped() {
    assert_eq!(
        leaks(|| {
            let (mut receiver, messages) = room(1, 20);
            let events = messages.iter().map(|message| (message, &EVENTS[0]));
            let mut results = receiver.bulk().decrypt_events(events).into_iter();
            results.next().unwrap().unwrap().plaintext.zeroize();
            assert!(results.all(|result| matches!(result, Err(DecryptionError::ReplayGuardFull { .. }))));
        }),
        0
    );
}

//! With a guard against replays.

use proptest::collection::vec;

use super::*;
use crate::megolm::ReplayGuard;

const EVENTS: [[u8; 32]; 3] = [[1; 32], [2; 32], [3; 32]];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn any_messages_with_any_events(
        seen_before in vec((0_u32..40, 0_usize..3), 0..4),
        capacity in prop_oneof![0_usize..30, Just(1_000)],
        plans in vec((plan(), 0_usize..3), 0..100),
    ) {
        let (mut sender, mut receiver) = room();
        receiver.set_replay_guard(ReplayGuard::with_capacity(capacity));
        for (index, event) in seen_before {
            let message = sender.message((Kind::Right, index, 0));
            let _: Decrypted = receiver.decrypt_event(&message, &EVENTS[event]);
        }
        let messages: Vec<_> = plans.iter().map(|(plan, _)| sender.message(*plan)).collect();
        let events: Vec<_> =
            messages.iter().zip(&plans).map(|(message, (_, event))| (message, &EVENTS[*event])).collect();
        let mut other = receiver.clone();
        let expected: Vec<_> =
            events.iter().map(|(message, event)| other.decrypt_event(message, event)).collect();
        for threads in THREADS {
            let mut receiver = receiver.clone();
            let results = with_threads(receiver.bulk(), threads).decrypt_events(events.iter().copied());
            prop_assert_eq!(&results, &expected, "{} threads", threads);
            assert_same(&receiver, &other, if threads == 1 { &messages } else { &[] });
        }
    }
}

fn replay(message_index: u32) -> Decrypted {
    Err(DecryptionError::Replay { message_index })
}

fn guarded(capacity: usize) -> (Vec<MegolmMessage>, InboundGroupSession) {
    let (mut sender, mut receiver) = sessions();
    receiver.set_replay_guard(ReplayGuard::with_capacity(capacity));
    (encrypt_many(&mut sender, 40), receiver)
}

/// The first event in the caller's order is the one, whatever the order of the indexes.
#[test]
fn the_first_event_counts() {
    let (messages, mut receiver) = guarded(1_000);
    let first = messages.iter().rev().map(|message| (message, &EVENTS[0]));
    let second = messages.iter().map(|message| (message, &EVENTS[1]));
    let results = receiver.bulk().decrypt_events(first.chain(second));
    assert!(results[..40].iter().all(Result::is_ok));
    assert!((0..40).zip(&results[40..]).all(|(index, result)| *result == replay(index)));
    assert!(receiver.replay_guard().entries().all(|(_, event)| *event == EVENTS[0]));
}

#[test]
fn room_is_taken_in_the_order_of_the_caller() {
    let (messages, mut receiver) = guarded(3);
    let events = messages.iter().rev().map(|message| (message, &EVENTS[0]));
    let results = receiver.bulk().decrypt_events(events);
    assert!(results[..3].iter().all(Result::is_ok));
    let full = Err(DecryptionError::ReplayGuardFull { capacity: 3 });
    assert!(results[3..].iter().all(|result| *result == full));
    assert!(receiver.replay_guard().entries().map(|(index, _)| index).eq(37..40));
}

/// What does not open leaves room, and the index to another event.
#[test]
fn what_does_not_open_is_not_learnt() {
    let (mut sender, mut receiver) = room();
    receiver.set_replay_guard(ReplayGuard::with_capacity(20));
    let plans: Vec<_> = (0..40).map(|number| (Kind::WrongMac, 10 + number / 2, 1)).collect();
    let wrong = sender.messages(&plans);
    let right: Vec<_> = (10..30).map(|index| sender.message((Kind::Right, index, 1))).collect();
    let events = wrong.iter().map(|message| (message, &EVENTS[0]));
    let events = events.chain(right.iter().map(|message| (message, &EVENTS[1])));
    let results = receiver.bulk().decrypt_events(events);
    assert!(results[..40].iter().all(|result| *result == Err(DecryptionError::AuthenticationFailed)));
    assert!(results[40..].iter().all(Result::is_ok));
}

/// The guard comes before index and MAC, and after version and signature.
#[test]
fn the_guard_has_its_place_among_the_checks() {
    let (mut sender, mut receiver) = room();
    receiver.set_replay_guard(ReplayGuard::from_entries(1, [(10, EVENTS[0])]));
    let kinds = [
        (Kind::WrongMac, 10),
        (Kind::Altered, 10),
        (Kind::OtherVersion, 10),
        (Kind::Right, 2),
        (Kind::Altered, 2),
    ];
    let plans: Vec<_> = kinds.into_iter().cycle().take(20).map(|(kind, index)| (kind, index, 1)).collect();
    let messages = sender.messages(&plans);
    let results = receiver.bulk().decrypt_events(messages.iter().map(|message| (message, &EVENTS[1])));
    for results in results.chunks(5) {
        assert_eq!(results[0], replay(10));
        assert_eq!(results[1], Err(DecryptionError::InvalidSignature));
        assert!(matches!(results[2], Err(DecryptionError::MismatchedVersion { .. })));
        assert_eq!(results[3], Err(DecryptionError::ReplayGuardFull { capacity: 1 }));
        assert_eq!(results[4], Err(DecryptionError::InvalidSignature));
    }
}

/// Refused by what the guard knew before: nothing is even opened.
#[test]
fn replays_leave_everything_as_it_was() {
    let (messages, mut receiver) = guarded(40);
    receiver.bulk().decrypt_events(messages[..20].iter().map(|message| (message, &EVENTS[0])));
    let mut later = InboundGroupSession::import(&receiver.export(), SessionConfig::default());
    let mut guard = receiver.replay_guard().clone();
    guard.set_capacity(0);
    later.set_replay_guard(guard);
    let before = later.clone();
    let results = later.bulk().decrypt_events(messages.iter().map(|message| (message, &EVENTS[1])));
    assert!((0..20).zip(&results[..20]).all(|(index, result)| *result == replay(index)));
    let full = Err(DecryptionError::ReplayGuardFull { capacity: 20 });
    assert!(results[20..].iter().all(|result| *result == full));
    assert!(later == before);
}

//! Without a guard.

use proptest::collection::vec;

use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn any_messages_in_any_order(
        read_before in vec(0_u32..300, 0..4),
        plans in vec(plan(), 0..100),
    ) {
        let (mut sender, mut receiver) = room();
        for index in read_before {
            let message = sender.message((Kind::Right, index, 0));
            let _: Decrypted = receiver.decrypt(&message);
        }
        let messages = sender.messages(&plans);
        let mut other = receiver.clone();
        let expected: Vec<_> = messages.iter().map(|message| other.decrypt(message)).collect();
        for threads in THREADS {
            let mut receiver = receiver.clone();
            let results = with_threads(receiver.bulk(), threads).decrypt(&messages);
            prop_assert_eq!(&results, &expected, "{} threads", threads);
            assert_same(&receiver, &other, if threads == 1 { &messages } else { &[] });
        }
    }

    #[test]
    fn errors_leave_everything_as_it_was(
        read_before in vec(FIRST..300, 0..4),
        plans in vec(plan(), 0..60),
    ) {
        let (mut sender, mut receiver) = room();
        for index in read_before {
            receiver.decrypt(&sender.message((Kind::Right, index, 0))).unwrap();
        }
        let is_wrong = |plan: &&Plan| !matches!(plan.0, Kind::Right) || plan.1 < FIRST;
        let plans: Vec<_> = plans.iter().filter(is_wrong).copied().collect();
        let messages = sender.messages(&plans);
        let before = receiver.clone();
        for threads in THREADS {
            let results = with_threads(receiver.bulk(), threads).decrypt(&messages);
            prop_assert!(results.len() == messages.len() && results.iter().all(Result::is_err));
            // Checkpoints and all.
            prop_assert!(receiver == before);
        }
    }
}

/// Each kind, so that the random ones are known to mean what they say.
#[test]
fn each_kind_has_its_verdict() {
    let (mut sender, mut receiver) = room();
    let plans: Vec<_> = (0..3)
        .flat_map(|number| {
            [
                Kind::Right,
                Kind::OtherVersion,
                Kind::OtherVersionWithWrongSignature,
                Kind::WrongSignature,
                Kind::WrongMac,
                Kind::WrongPadding,
                Kind::Altered,
                Kind::Foreign,
            ]
            .map(|kind| (kind, 30 - u32::from(number), number))
        })
        .collect();
    let messages = sender.messages(&plans);
    for ((kind, index, number), result) in plans.into_iter().zip(receiver.bulk().decrypt(&messages)) {
        match kind {
            Kind::Right => {
                let decrypted = result.unwrap();
                assert_eq!(decrypted.message_index, index);
                assert_eq!(decrypted.plaintext, alloc::vec![number; number.into()]);
            }
            Kind::OtherVersion | Kind::OtherVersionWithWrongSignature => {
                assert!(matches!(result, Err(DecryptionError::MismatchedVersion { .. })));
            }
            Kind::WrongSignature | Kind::Altered | Kind::Foreign => {
                assert_eq!(result, Err(DecryptionError::InvalidSignature));
            }
            Kind::WrongMac | Kind::WrongPadding => {
                assert_eq!(result, Err(DecryptionError::AuthenticationFailed));
            }
        }
    }
}

#[test]
fn a_signature_comes_before_the_index() {
    let (mut sender, mut receiver) = room();
    let plans: Vec<_> = (0..FIRST)
        .cycle()
        .take(40)
        .enumerate()
        .map(|(position, index)| (if position % 2 == 0 { Kind::Right } else { Kind::Altered }, index, 1))
        .collect();
    let messages = sender.messages(&plans);
    let before = receiver.clone();
    for ((kind, message_index, _), result) in plans.into_iter().zip(receiver.bulk().decrypt(&messages)) {
        let expected = match kind {
            Kind::Right => DecryptionError::UnknownMessageIndex { first_known_index: FIRST, message_index },
            _ => DecryptionError::InvalidSignature,
        };
        assert_eq!(result, Err(expected));
    }
    assert!(receiver == before);
}

/// Not even the checkpoints: a sender could move them far away with messages that nobody can read.
#[test]
fn what_does_not_open_moves_nothing() {
    let (mut sender, mut receiver) = room();
    let wrong = [(Kind::WrongMac, 300), (Kind::WrongPadding, 70_000), (Kind::WrongMac, u32::MAX)];
    let plans: Vec<_> = [(Kind::Right, 10), (Kind::Right, 30)]
        .into_iter()
        .chain(wrong.into_iter().cycle().take(30))
        .map(|(kind, index)| (kind, index, 1))
        .collect();
    let messages = sender.messages(&plans);
    let mut right_alone = receiver.clone();
    assert!(right_alone.bulk().decrypt(&messages[..2]).iter().all(Result::is_ok));
    assert!(receiver.bulk().decrypt(&messages)[2..].iter().all(Result::is_err));
    assert!(receiver == right_alone);
}

#[test]
fn where_a_message_comes_from_is_told_of_each() {
    let (mut sender, mut receiver) = room();
    let plans: Vec<_> = (FIRST..SHARED + 20).rev().map(|index| (Kind::Right, index, 3)).collect();
    let messages = sender.messages(&plans);
    for result in receiver.bulk().decrypt(&messages) {
        let decrypted = result.unwrap();
        assert_eq!(decrypted.provenance, receiver.provenance_at(decrypted.message_index));
        assert_eq!(
            decrypted.provenance == crate::megolm::Provenance::Imported,
            decrypted.message_index < SHARED
        );
    }
}

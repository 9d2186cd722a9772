//! Several calls, on one handle and on several.

use proptest::collection::vec;

use super::*;
use crate::megolm::ReplayGuard;

const EVENT: [u8; 32] = [1; 32];
const OTHER_EVENT: [u8; 32] = [2; 32];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn many_calls_on_one_handle(
        calls in vec((vec(plan(), 0..40), any::<bool>(), any::<bool>(), any::<bool>()), 0..6),
    ) {
        let (mut sender, mut receiver) = room();
        receiver.set_replay_guard(ReplayGuard::with_capacity(15));
        let calls: Vec<_> = calls
            .iter()
            .map(|(plans, guarded, other, anew)| (sender.messages(plans), *guarded, *other, *anew))
            .collect();
        let mut one = receiver.clone();
        let mut other_receiver = receiver.clone();
        let mut handle = receiver.bulk();
        for (messages, guarded, other, anew) in &calls {
            let event = if *other { &OTHER_EVENT } else { &EVENT };
            let expected: Vec<_> = messages
                .iter()
                .map(|message| if *guarded { one.decrypt_event(message, event) } else { one.decrypt(message) })
                .collect();
            let decrypt = |handle: &mut BulkDecryption<'_>| match guarded {
                true => handle.decrypt_events(messages.iter().map(|message| (message, event))),
                false => handle.decrypt(messages),
            };
            prop_assert_eq!(&decrypt(&mut handle), &expected);
            if *anew {
                // Between calls on other handles, one by one is as good.
                for message in messages {
                    let _: Decrypted =
                        if *guarded { other_receiver.decrypt_event(message, event) } else { other_receiver.decrypt(message) };
                }
            } else {
                prop_assert_eq!(&decrypt(&mut other_receiver.bulk()), &expected);
            }
        }
        let all: Vec<_> = calls.into_iter().flat_map(|(messages, ..)| messages).collect();
        assert_same(&receiver, &one, &all);
        assert_same(&other_receiver, &one, &all);
    }
}

#[test]
fn around_the_numbers_that_matter() {
    let (mut sender, receiver) = sessions();
    let messages = encrypt_many(&mut sender, 130);
    for count in [0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 130] {
        for threads in THREADS {
            let mut receiver = receiver.clone();
            let mut handle = with_threads(receiver.bulk(), threads);
            let results = handle.decrypt(messages[..count].iter().rev());
            let read: Vec<_> = results.into_iter().map(|result| result.unwrap().message_index).collect();
            assert!(read.into_iter().eq((0..u32::try_from(count).unwrap()).rev()));
        }
    }
}

/// Reading on, newer and older messages alike, after what was read at once.
#[test]
fn what_comes_after_is_read_as_before() {
    let (mut sender, mut receiver) = sessions();
    let messages = encrypt_many(&mut sender, 600);
    receiver.bulk().decrypt(messages[200..300].iter().rev());
    let one_by_one = [299, 300, 250, 199, 0, 599];
    assert!(one_by_one.iter().all(|index| receiver.decrypt(&messages[*index]).is_ok()));
    assert!(receiver.bulk().decrypt(&messages).iter().all(Result::is_ok));
    assert!(receiver.advance_to(400));
    let results = receiver.bulk().decrypt(&messages);
    assert!(results[..400].iter().all(Result::is_err) && results[400..].iter().all(Result::is_ok));
}

/// A live client goes on from the greatest index that was read.
#[test]
fn the_furthest_ratchet_is_kept() {
    let (mut sender, mut receiver) = sessions();
    let messages = encrypt_many(&mut sender, 100);
    let mut one_by_one = receiver.clone();
    for message in &messages {
        one_by_one.decrypt(message).unwrap();
    }
    receiver.bulk().decrypt(messages.iter().rev());
    assert!(receiver == one_by_one);
}

#[test]
fn nothing_secret_is_printed() {
    let (_, mut receiver) = sessions();
    let session = alloc::format!("{receiver:?}");
    assert_eq!(
        alloc::format!("{:?}", receiver.bulk()),
        alloc::format!("BulkDecryption {{ session: {session}, .. }}")
    );
}

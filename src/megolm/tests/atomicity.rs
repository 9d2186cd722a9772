//! A failed operation changes nothing, bit for bit: the whole state is compared before and after.

use super::*;
use crate::{
    encoding::MessageVersion,
    megolm::{DecryptionError, EncryptionError},
    random::RandomError,
    testing::{FixedRandom, counting},
};

fn refuses(receiver: &mut InboundGroupSession, message: &MegolmMessage, expected: DecryptionError) {
    let before = receiver.clone();
    assert_eq!(receiver.decrypt(message), Err(expected));
    assert!(*receiver == before, "the state changed on {expected:?}");
}

/// A receiver that has read here and there, so that it keeps checkpoints, and its sender.
fn established() -> (OutboundGroupSession, InboundGroupSession) {
    let (mut sender, mut receiver) = sessions();
    let messages = encrypt_many(&mut sender, 400);
    for index in [350, 17, 90] {
        receiver.decrypt(&messages[index]).unwrap();
    }
    (sender, receiver)
}

#[test]
fn a_bad_signature() {
    let (mut sender, mut receiver) = established();
    let message = sender.encrypt("text").unwrap();
    for position_from_end in [0, 40, 64, 72, 80] {
        let mut bytes = message.as_bytes().to_vec();
        let position = bytes.len() - 1 - position_from_end;
        bytes[position] ^= 1;
        let damaged = MegolmMessage::from_bytes(bytes).unwrap();
        refuses(&mut receiver, &damaged, DecryptionError::InvalidSignature);
    }
    receiver.decrypt(&message).unwrap();
}

#[test]
fn a_bad_mac_or_padding_under_a_right_signature() {
    let (mut sender, mut receiver) = established();
    for index in [399, 200, 90, 50] {
        for mac_is_right in [false, true] {
            let ratchet = receiver.ratchet_at(index).unwrap();
            let bytes = crate::megolm::message::testing::seal_unpadded(
                &ratchet,
                sender.parts().1,
                &[0; 16],
                mac_is_right,
            );
            let forged = MegolmMessage::from_bytes(bytes).unwrap();
            refuses(&mut receiver, &forged, DecryptionError::AuthenticationFailed);
        }
    }
}

#[test]
fn an_index_before_the_first_known_one() {
    let (mut sender, mut receiver) = sessions();
    let messages = encrypt_many(&mut sender, 10);
    receiver.advance_to(5);
    let expected = DecryptionError::UnknownMessageIndex { first_known_index: 5, message_index: 4 };
    refuses(&mut receiver, &messages[4], expected);

    // The signature comes first: a forged index is not answered with what the session can read.
    let mut bytes = messages[4].as_bytes().to_vec();
    *bytes.last_mut().unwrap() ^= 1;
    let forged = MegolmMessage::from_bytes(bytes).unwrap();
    refuses(&mut receiver, &forged, DecryptionError::InvalidSignature);
}

#[test]
fn the_last_index_is_refused_when_encrypting_and_read_when_received() {
    let (mut sender, mut receiver) = sessions();
    sender.parts().0.advance_to(u32::MAX - 1);
    let last = sender.encrypt("last").unwrap();
    assert_eq!(last.message_index(), u32::MAX - 1);
    let before = sender.clone();
    assert_eq!(sender.encrypt("none").unwrap_err(), EncryptionError::SessionExhausted);
    assert!(sender == before);
    assert_eq!(receiver.decrypt(&last).unwrap().plaintext, b"last");

    // libolm does send at the last index.
    let (ratchet, signing_key) = sender.parts();
    let foreign = MegolmMessage::seal(MessageVersion::V1, ratchet, signing_key, b"foreign");
    assert_eq!(receiver.decrypt(&foreign).unwrap().message_index, u32::MAX);
    receiver.decrypt(&last).unwrap();
    assert_eq!(receiver.export_at(u32::MAX).unwrap().message_index(), u32::MAX);
}

#[test]
fn the_generator_fails() {
    for available in [0, 127, 128, 159] {
        let mut rng = FixedRandom::new(counting(0, available));
        assert_eq!(OutboundGroupSession::new(SessionConfig::default(), &mut rng).unwrap_err(), RandomError);
    }
}

//! One side of a session, played by cliquet and libolm together.

use cliquet::olm;
use cliquet_interop::libolm;

use super::super::party::{OlmMessage, Random};

/// How many characters of unpadded base64 so many bytes make.
fn base64_length(bytes: usize) -> usize {
    (bytes * 4).div_ceil(3)
}

/// One side of a session, twice.
pub(super) struct Both {
    pub(super) ours: olm::Session,
    pub(super) libolms: libolm::Session,
    pub(super) our_random: Random,
    pub(super) libolms_random: Random,
}

impl Both {
    pub(super) fn encrypt(&mut self, plaintext: &[u8]) -> OlmMessage {
        self.compare();
        let message_type = self.ours.next_message_type().as_usize();
        let length = self.ours.message_len(plaintext.len());
        let message = self.ours.encrypt(plaintext, &mut self.our_random).unwrap();
        assert_eq!(message.as_bytes().len(), length);
        assert!((plaintext.len()..plaintext.len() + 16).contains(&message.max_plaintext_len()));
        let expected = self.libolms.encrypt(plaintext, &mut self.libolms_random.filler()).unwrap();
        assert_eq!((message_type, message.to_base64()), expected);
        self.compare();
        OlmMessage { message_type, body: message.to_base64() }
    }

    pub(super) fn decrypt(&mut self, message: &OlmMessage) -> Vec<u8> {
        let read = olm::OlmMessage::from_parts(message.message_type, &message.body).unwrap();
        let plaintext = self.ours.decrypt(&read).unwrap();
        assert_eq!(self.libolms.decrypt(message.message_type, &message.body).as_ref(), Ok(&plaintext));
        self.compare();
        plaintext
    }

    /// What both say before the next message.
    pub(super) fn compare(&self) {
        let (ours, libolms) = (&self.ours, &self.libolms);
        assert_eq!(ours.needs_random(), libolms.encrypt_random_length() != 0);
        assert_eq!(Ok(ours.next_message_type().as_usize()), libolms.message_type());
        assert_eq!(ours.has_received_message(), libolms.has_received_message());
        assert_eq!(Ok(ours.session_id().to_base64()), libolms.id());
        for length in [0, 1, 15, 16, 17, 47, 48, 127, 128, 2_000, 16_383, 16_384, 70_000] {
            let expected = libolms.encrypt_message_length(length);
            assert_eq!(Ok(base64_length(ours.message_len(length))), expected, "{length} bytes");
        }
    }
}

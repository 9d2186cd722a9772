use alloc::vec::Vec;
use core::fmt;

use super::{HpkeError, Message, response::Names};
use crate::{
    keys::Curve25519PublicKey,
    login::{
        CheckCode,
        direction::{self, Direction},
    },
    primitives::hpke::{RecipientContext, SenderContext},
};

/// A channel in both directions.
///
/// Messages are numbered: they open in the order in which they were sealed, and each once.
pub struct EstablishedChannel {
    names: Names,
    contexts: Contexts,
    check_code: CheckCode,
}

/// From S to G goes the context of the first message, from G to S that of the response.
pub(super) enum Contexts {
    Sender { sending: SenderContext, receiving: Direction },
    Recipient { receiving: RecipientContext, sending: Direction },
}

impl EstablishedChannel {
    pub(super) fn new(names: Names, contexts: Contexts, check_code: CheckCode) -> Self {
        Self { names, contexts, check_code }
    }

    /// Encrypts the next message, of any length. `associated_data` is authenticated and not sent: the other device gives the same.
    ///
    /// # Errors
    ///
    /// [`HpkeError::Exhausted`] once all numbers of 64 bits are used up, or for a message beyond 256 GiB; the channel is as it was.
    pub fn seal(&mut self, plaintext: &[u8], associated_data: &[u8]) -> Result<Message, HpkeError> {
        let ciphertext = match &mut self.contexts {
            Contexts::Sender { sending, .. } => {
                sending.seal(associated_data, direction::copied(plaintext))?
            }
            Contexts::Recipient { sending, .. } => sending.seal(associated_data, plaintext)?,
        };
        Ok(Message { ciphertext })
    }

    /// Decrypts the next message; the result is the caller's to wipe.
    ///
    /// # Errors
    ///
    /// [`HpkeError::AuthenticationFailed`] if it is not the next message of the other device, with this associated data;
    /// [`HpkeError::Exhausted`] once all numbers of 64 bits are used up. The channel is as it was, and still waits for the same message.
    pub fn open(&mut self, message: &Message, associated_data: &[u8]) -> Result<Vec<u8>, HpkeError> {
        match &mut self.contexts {
            Contexts::Sender { receiving, .. } => Ok(receiving.open(associated_data, &message.ciphertext)?),
            Contexts::Recipient { receiving, .. } => {
                Ok(receiving.open(associated_data, &message.ciphertext)?.into_vec())
            }
        }
    }

    /// What the user compares: see [the module above](crate::login).
    #[must_use]
    pub fn check_code(&self) -> CheckCode {
        self.check_code.clone()
    }

    /// Our public key in this channel.
    #[must_use]
    pub fn our_public_key(&self) -> Curve25519PublicKey {
        match self.contexts {
            Contexts::Sender { .. } => self.names.key_of_s,
            Contexts::Recipient { .. } => self.names.key_of_g,
        }
    }

    /// The public key of the other device in this channel.
    #[must_use]
    pub fn their_public_key(&self) -> Curve25519PublicKey {
        match self.contexts {
            Contexts::Sender { .. } => self.names.key_of_g,
            Contexts::Recipient { .. } => self.names.key_of_s,
        }
    }
}

#[cfg(test)]
impl EstablishedChannel {
    /// Pretends that so many messages went from G to S.
    pub(in crate::login) fn set_sequence(&mut self, sequence: u64) {
        match &mut self.contexts {
            Contexts::Sender { receiving: direction, .. }
            | Contexts::Recipient { sending: direction, .. } => {
                direction.set_sequence(sequence);
            }
        }
    }
}

impl fmt::Debug for EstablishedChannel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EstablishedChannel")
            .field("our_public_key", &self.our_public_key())
            .field("their_public_key", &self.their_public_key())
            .finish_non_exhaustive()
    }
}

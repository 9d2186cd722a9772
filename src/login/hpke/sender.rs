use alloc::vec::Vec;
use core::fmt;

use rand_core::TryCryptoRng;

use super::{
    EstablishedChannel, HpkeError, InitialMessage, InitialResponse,
    channel::Contexts,
    response::{Names, check_info},
};
use crate::{
    handed_back::HandedBack,
    keys::Curve25519PublicKey,
    login::{DEFAULT_INFO, direction},
    primitives::hpke::SenderContext,
    random,
    secret::Scratch,
};

/// The device that has read the public key of the other: S, with the first message sent and no answer yet. It can only wait for that.
pub struct UnidirectionalSenderChannel {
    names: Names,
    context: SenderContext,
}

/// What [`UnidirectionalSenderChannel::establish`] made.
#[derive(Debug)]
#[non_exhaustive]
pub struct SenderCreation {
    /// The channel, which nobody has answered yet.
    pub channel: UnidirectionalSenderChannel,
    /// The first message, for the device that has shown its key.
    pub message: InitialMessage,
}

/// What [`UnidirectionalSenderChannel::receive_response`] made.
#[non_exhaustive]
pub struct Answered {
    /// The channel in both directions.
    pub channel: EstablishedChannel,
    /// What the first answer said; the caller's to wipe.
    pub plaintext: Vec<u8>,
}

impl UnidirectionalSenderChannel {
    /// Opens a channel of the login by QR code to the device that has shown `their_public_key`, and encrypts the first message. Draws 32
    /// bytes from `rng`: the key material of the ephemeral key pair (RFC 9180, section 7.1.3).
    ///
    /// # Errors
    ///
    /// [`HpkeError::Random`] if the generator fails, [`HpkeError::NonContributoryKey`] if the key has small order.
    pub fn establish<R: TryCryptoRng + ?Sized>(
        their_public_key: Curve25519PublicKey,
        plaintext: &[u8],
        associated_data: &[u8],
        rng: &mut R,
    ) -> Result<SenderCreation, HpkeError> {
        Self::establish_with_info(DEFAULT_INFO, their_public_key, plaintext, associated_data, rng)
    }

    /// [`establish`](Self::establish) for another application, both of whose devices give the same `info`.
    ///
    /// # Errors
    ///
    /// As [`establish`](Self::establish), and [`HpkeError::InfoTooLong`] if `info` is longer than 65 000 bytes.
    pub fn establish_with_info<R: TryCryptoRng + ?Sized>(
        info: &str,
        their_public_key: Curve25519PublicKey,
        plaintext: &[u8],
        associated_data: &[u8],
        rng: &mut R,
    ) -> Result<SenderCreation, HpkeError> {
        check_info(info)?;
        let mut key_material = Scratch::zeroed();
        random::fill(rng, key_material.as_mut_bytes())?;
        let (mut context, encapsulated_key) =
            SenderContext::set_up(their_public_key.as_bytes(), info.as_bytes(), &key_material)?;
        let ciphertext = context.seal(associated_data, direction::copied(plaintext))?;
        let names = Names {
            info: info.into(),
            key_of_g: their_public_key,
            key_of_s: Curve25519PublicKey::from_bytes(encapsulated_key),
        };
        let message = InitialMessage { encapsulated_key, ciphertext };
        Ok(SenderCreation { channel: Self { names, context }, message })
    }

    /// Decrypts the first answer, from which on the channel goes both ways.
    ///
    /// # Errors
    ///
    /// [`HpkeError::AuthenticationFailed`] if it does not decrypt with this associated data; `self` is handed back, and waits for another.
    pub fn receive_response(
        self,
        response: &InitialResponse,
        associated_data: &[u8],
    ) -> Result<Answered, HandedBack<Self, HpkeError>> {
        let mut receiving = self.names.response_direction(&self.context, &response.response_nonce);
        match receiving.open(associated_data, &response.ciphertext) {
            Ok(plaintext) => {
                let check_code = self.names.check_code(&self.context);
                let contexts = Contexts::Sender { sending: self.context, receiving };
                Ok(Answered { channel: EstablishedChannel::new(self.names, contexts, check_code), plaintext })
            }
            Err(error) => Err(HandedBack::new(self, error)),
        }
    }
}

impl fmt::Debug for UnidirectionalSenderChannel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("UnidirectionalSenderChannel").finish_non_exhaustive()
    }
}

impl fmt::Debug for Answered {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Answered")
            .field("channel", &self.channel)
            .field("plaintext_length", &self.plaintext.len())
            .finish()
    }
}

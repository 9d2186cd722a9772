use alloc::{string::String, vec::Vec};
use core::fmt;

use rand_core::TryCryptoRng;

use super::{
    EstablishedChannel, HpkeError, InitialMessage, InitialResponse,
    channel::Contexts,
    response::{Names, check_info},
};
use crate::{
    handed_back::HandedBack,
    keys::{Curve25519KeyPair, Curve25519PublicKey},
    login::DEFAULT_INFO,
    primitives::hpke::RecipientContext,
    random::{self, RandomError},
};

/// The device that shows its public key: G, before anything has arrived. Its key pair serves one channel.
#[derive(Debug)]
pub struct Recipient {
    key_pair: Curve25519KeyPair,
    info: String,
}

/// G with the first message read and nothing sent: it can only answer.
pub struct UnidirectionalRecipientChannel {
    names: Names,
    context: RecipientContext,
}

/// What [`Recipient::establish_channel`] made.
#[non_exhaustive]
pub struct RecipientCreation {
    /// The channel, to be answered.
    pub channel: UnidirectionalRecipientChannel,
    /// What the first message said; the caller's to wipe.
    pub plaintext: Vec<u8>,
}

/// What [`UnidirectionalRecipientChannel::respond`] made.
#[derive(Debug)]
#[non_exhaustive]
pub struct Response {
    /// The channel in both directions.
    pub channel: EstablishedChannel,
    /// The first answer.
    pub message: InitialResponse,
}

impl Recipient {
    /// A new key pair for one channel of the login by QR code. Draws 32 bytes from `rng`.
    ///
    /// # Errors
    ///
    /// [`RandomError`] if the generator fails.
    pub fn new<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, RandomError> {
        Ok(Self { key_pair: Curve25519KeyPair::random(rng)?, info: DEFAULT_INFO.into() })
    }

    /// A new key pair for one channel of another application, both of whose devices give the same `info`. Draws 32 bytes from `rng`.
    ///
    /// # Errors
    ///
    /// [`HpkeError::InfoTooLong`] if `info` is longer than 65 000 bytes, [`HpkeError::Random`] if the generator fails.
    pub fn with_info<R: TryCryptoRng + ?Sized>(info: &str, rng: &mut R) -> Result<Self, HpkeError> {
        check_info(info)?;
        Ok(Self { key_pair: Curve25519KeyPair::random(rng)?, info: info.into() })
    }

    /// Our public key, for the other device to read.
    #[must_use]
    pub fn public_key(&self) -> Curve25519PublicKey {
        self.key_pair.public()
    }

    /// Makes the channel of the first message of a device that has read our public key, and decrypts it.
    ///
    /// # Errors
    ///
    /// [`HpkeError::NonContributoryKey`] if the key of the message has small order, [`HpkeError::AuthenticationFailed`] if it does not
    /// decrypt with this associated data; `self` is handed back.
    pub fn establish_channel(
        self,
        message: &InitialMessage,
        associated_data: &[u8],
    ) -> Result<RecipientCreation, HandedBack<Self, HpkeError>> {
        self.open(message, associated_data).map_err(|error| HandedBack::new(self, error))
    }

    fn open(&self, message: &InitialMessage, associated_data: &[u8]) -> Result<RecipientCreation, HpkeError> {
        let secret_key = self.key_pair.export_secret_key();
        let mut context =
            RecipientContext::set_up(secret_key, &message.encapsulated_key, self.info.as_bytes())?;
        let plaintext = context.open(associated_data, &message.ciphertext)?.into_vec();
        let names = Names {
            info: self.info.clone(),
            key_of_g: self.public_key(),
            key_of_s: Curve25519PublicKey::from_bytes(message.encapsulated_key),
        };
        Ok(RecipientCreation { channel: UnidirectionalRecipientChannel { names, context }, plaintext })
    }
}

impl UnidirectionalRecipientChannel {
    /// Encrypts the first answer, from which on the channel goes both ways. Draws 32 bytes from `rng`: the response nonce.
    ///
    /// # Errors
    ///
    /// [`HpkeError::Random`] if the generator fails; `self` is handed back.
    pub fn respond<R: TryCryptoRng + ?Sized>(
        self,
        plaintext: &[u8],
        associated_data: &[u8],
        rng: &mut R,
    ) -> Result<Response, HandedBack<Self, HpkeError>> {
        let mut response_nonce = [0; 32];
        if let Err(error) = random::fill(rng, &mut response_nonce) {
            return Err(HandedBack::new(self, error));
        }
        let mut sending = self.names.response_direction(&self.context, &response_nonce);
        let ciphertext = match sending.seal(associated_data, plaintext) {
            Ok(ciphertext) => ciphertext,
            Err(error) => return Err(HandedBack::new(self, error)),
        };
        let check_code = self.names.check_code(&self.context);
        let contexts = Contexts::Recipient { receiving: self.context, sending };
        let channel = EstablishedChannel::new(self.names, contexts, check_code);
        Ok(Response { channel, message: InitialResponse { response_nonce, ciphertext } })
    }
}

impl fmt::Debug for UnidirectionalRecipientChannel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("UnidirectionalRecipientChannel").finish_non_exhaustive()
    }
}

impl fmt::Debug for RecipientCreation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RecipientCreation")
            .field("channel", &self.channel)
            .field("plaintext_length", &self.plaintext.len())
            .finish()
    }
}

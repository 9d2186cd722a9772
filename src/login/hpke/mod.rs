//! The channel of MSC4388: HPKE (RFC 9180) in base mode with X25519, HKDF-SHA-256 and ChaCha20-Poly1305, and a context for the answers.
//!
//! ```text
//!       G  Recipient                                                       S
//!       |           <- InitialMessage ------------- UnidirectionalSenderChannel::establish
//!       v                                                                  |
//! UnidirectionalRecipientChannel                                           |
//!       |  respond  -- InitialResponse ->                 receive_response |
//!       v                                                                  v
//! EstablishedChannel        <- Message ->                    EstablishedChannel
//! ```
//!
//! # Example
//!
//! ```
//! # #[cfg(feature = "getrandom")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use cliquet::{SystemRandom, login::{DigitMode, hpke::{Recipient, UnidirectionalSenderChannel}}};
//!
//! let mut rng = SystemRandom::new();
//! let shows = Recipient::new(&mut rng)?; // its public key goes into the QR code
//!
//! let sent = UnidirectionalSenderChannel::establish(shows.public_key(), b"MATRIX_QR_CODE_LOGIN_INITIATE", b"", &mut rng)?;
//! let received = shows.establish_channel(&sent.message, b"")?;
//! assert_eq!(received.plaintext, b"MATRIX_QR_CODE_LOGIN_INITIATE");
//!
//! let response = received.channel.respond(b"LOGIN OK", b"", &mut rng)?;
//! let answered = sent.channel.receive_response(&response.message, b"")?;
//! assert_eq!(answered.plaintext, b"LOGIN OK");
//!
//! // The user reads two digits on one device and types them into the other, before anything secret is sent.
//! let (mut first, mut second) = (answered.channel, response.channel);
//! let typed = first.check_code().to_digits(DigitMode::AllowLeadingZero);
//! assert!(second.check_code().matches(&typed, DigitMode::AllowLeadingZero));
//!
//! let message = first.seal(b"secrets", b"")?;
//! assert_eq!(second.open(&message, b"")?, b"secrets");
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "getrandom"))]
//! # fn main() {}
//! ```

mod channel;
mod error;
mod messages;
mod recipient;
mod response;
mod sender;

pub use channel::EstablishedChannel;
pub use error::HpkeError;
pub use messages::{InitialMessage, InitialResponse, Message};
pub use recipient::{Recipient, RecipientCreation, Response, UnidirectionalRecipientChannel};
pub use sender::{Answered, SenderCreation, UnidirectionalSenderChannel};

//! F1: the channels of login by QR code.

use crate::{key_agreement::small_order, support::seeded};

/// A channel with a shared secret of zeros is open to everybody.
#[cfg(feature = "ecies")]
#[test]
fn f01_a_shared_secret_of_zeros_is_refused_in_channels_of_ecies() {
    use cliquet::login::ecies::{Ecies, EciesError};

    let new = |seed| Ecies::new(&mut seeded(seed)).unwrap();
    let receiver = new(1);
    let sent = new(2).establish_outbound_channel(receiver.public_key(), b"hello").unwrap();
    for small in small_order() {
        let refused = new(2).establish_outbound_channel(small, b"hello").unwrap_err();
        assert_eq!(refused.error, EciesError::NonContributoryKey);
        let mut forged = sent.message.clone();
        forged.public_key = small;
        let refused = new(1).establish_inbound_channel(&forged).unwrap_err();
        assert_eq!(refused.error, EciesError::NonContributoryKey);
    }
    receiver.establish_inbound_channel(&sent.message).unwrap();
}

/// The same for the other kind of channel.
#[cfg(feature = "hpke")]
#[test]
fn f01_a_shared_secret_of_zeros_is_refused_in_channels_of_hpke() {
    use cliquet::login::hpke::{HpkeError, InitialMessage, Recipient, UnidirectionalSenderChannel};

    use crate::support::patched;

    let recipient = || Recipient::new(&mut seeded(1)).unwrap();
    let establish = |key| UnidirectionalSenderChannel::establish(key, b"hello", b"", &mut seeded(2));
    let sent = establish(recipient().public_key()).unwrap();
    for small in small_order() {
        assert_eq!(establish(small).unwrap_err(), HpkeError::NonContributoryKey);
        let forged = patched(&sent.message.to_bytes(), 0, small.as_bytes());
        let forged = InitialMessage::from_bytes(&forged).unwrap();
        let refused = recipient().establish_channel(&forged, b"").unwrap_err();
        assert_eq!(refused.error, HpkeError::NonContributoryKey);
    }
    recipient().establish_channel(&sent.message, b"").unwrap();
}

//! The two channels for login by QR code.

use std::hint::black_box;
use std::mem::take;

use cliquet::Curve25519PublicKey;
use cliquet::login::ecies::{self, Ecies};
use cliquet::login::hpke::{self, Recipient, UnidirectionalSenderChannel};
use cliquet::login::{CheckCode, DigitMode};

use super::Failure;
use super::olm::{PLAINTEXT, expect};
use crate::harness::operation;
use crate::secrets::{SecretRandom, publish, publish_again, publish_key, publish_value, secret};

fn damaged(ciphertext: &[u8]) -> Vec<u8> {
    let mut bytes = ciphertext.to_vec();
    bytes.last_mut().into_iter().for_each(|last| *last ^= 1);
    bytes
}

fn new_ecies(rng: &mut SecretRandom) -> Result<(Box<Ecies>, Curve25519PublicKey), Failure> {
    let functions =
        ["login::ecies::Ecies::new", "login::ecies::Ecies::with_info", "login::ecies::Ecies::public_key"];
    let ecies = operation("ecies: draw a key", &functions, || {
        black_box(Ecies::with_info("info", rng).map(Box::new))?;
        Ecies::new(rng).map(Box::new)
    })?;
    let key = publish_key(ecies.public_key())?;
    Ok((ecies, key))
}

pub(super) fn ecies() -> Result<(), Failure> {
    let mut rng = SecretRandom::new(50);
    let plaintext = secret(PLAINTEXT);
    let ((shows, key), (reads, _)) = (new_ecies(&mut rng)?, new_ecies(&mut rng)?);
    let zero = Curve25519PublicKey::from_bytes([0; 32]);
    let functions = ["login::ecies::Ecies::establish_outbound_channel"];
    let refused = operation("ecies: refuse a key of small order", &functions, || {
        reads.establish_outbound_channel(zero, &plaintext).err()
    });
    let reads = refused.ok_or("a key of small order was accepted")?.receiver;
    let sent = operation("ecies: establish, outbound", &functions, || {
        reads.establish_outbound_channel(key, &plaintext).map(Box::new)
    })
    .map_err(|refused| refused.error)?;
    publish(&sent.message.ciphertext)?;
    let functions = ["login::ecies::Ecies::establish_inbound_channel"];
    let mut wrong = sent.message.clone();
    wrong.ciphertext = damaged(&wrong.ciphertext);
    let refused =
        operation("ecies: refuse, wrong tag", &functions, || shows.establish_inbound_channel(&wrong).err());
    let shows = refused.ok_or("a wrong tag passed")?.receiver;
    let mut received = operation("ecies: establish, inbound", &functions, || {
        shows.establish_inbound_channel(&sent.message).map(Box::new)
    })
    .map_err(|refused| refused.error)?;
    expect(take(&mut received.plaintext))?;

    let (mut second, unanswered) = (Box::new(received.channel), sent.channel);
    let functions = ["login::ecies::EstablishedEcies::encrypt"];
    let answer = operation("ecies: encrypt", &functions, || second.encrypt(&plaintext))?;
    publish(&answer.ciphertext)?;
    let functions = ["login::ecies::UnansweredEcies::receive_answer"];
    let mut answered = operation("ecies: receive the answer", &functions, || {
        unanswered.receive_answer(&answer).map(Box::new)
    })
    .map_err(|refused| refused.error)?;
    expect(take(&mut answered.plaintext))?;
    let mut first = Box::new(answered.channel);
    let message = second.encrypt(&plaintext)?;
    publish(&message.ciphertext)?;
    let mut wrong: ecies::Message = message.clone();
    wrong.ciphertext = damaged(&wrong.ciphertext);
    let functions = ["login::ecies::EstablishedEcies::decrypt"];
    operation("ecies: refuse, wrong tag", &functions, || first.decrypt(&wrong).err())
        .ok_or("a wrong tag passed")?;
    let opened = operation("ecies: decrypt", &functions, || first.decrypt(&message))?;
    expect(opened)?;
    let functions = [
        "login::ecies::EstablishedEcies::check_code",
        "login::ecies::EstablishedEcies::our_public_key",
        "login::ecies::EstablishedEcies::their_public_key",
    ];
    let codes = operation("ecies: make the check codes", &functions, || {
        black_box((first.our_public_key(), first.their_public_key()));
        (Box::new(first.check_code()), Box::new(second.check_code()))
    });
    check_codes(&codes.0, &codes.1)?;
    operation("ecies: print, drop", &["login::ecies::EstablishedEcies::fmt"], || {
        drop((format!("{first:?}"), first, second))
    });
    Ok(())
}

fn check_codes(first: &CheckCode, second: &CheckCode) -> Result<(), Failure> {
    let functions = [
        "login::CheckCode::as_bytes",
        "login::CheckCode::eq",
        "login::CheckCode::matches",
        "login::CheckCode::to_digits",
    ];
    let same = operation("check code: compare", &functions, || {
        black_box((
            first.matches("12", DigitMode::AllowLeadingZero),
            first.matches("12", DigitMode::NoLeadingZero),
        ));
        first == second
    });
    let same = publish_value(same);
    operation("check code: print", &["login::CheckCode::fmt"], || format!("{first:?}"));
    if same { Ok(()) } else { Err("both ends have another check code".into()) }
}

pub(super) fn hpke() -> Result<(), Failure> {
    let mut rng = SecretRandom::new(51);
    let plaintext = secret(PLAINTEXT);
    let functions = [
        "login::hpke::Recipient::new",
        "login::hpke::Recipient::with_info",
        "login::hpke::Recipient::public_key",
    ];
    let shows = operation("hpke: draw a key", &functions, || {
        black_box(Recipient::with_info("info", &mut rng).map(Box::new)).map(drop)?;
        Recipient::new(&mut rng).map(Box::new).map_err(hpke::HpkeError::from)
    })?;
    let key = publish_key(shows.public_key())?;
    let functions = [
        "login::hpke::UnidirectionalSenderChannel::establish",
        "login::hpke::UnidirectionalSenderChannel::establish_with_info",
    ];
    let sent = operation("hpke: establish, sender", &functions, || {
        UnidirectionalSenderChannel::establish(key, &plaintext, b"data", &mut rng).map(Box::new)
    })?;
    publish(&sent.message.ciphertext)?;
    publish_again(&sent.message.encapsulated_key);
    let functions = ["login::hpke::Recipient::establish_channel"];
    let refused = operation("hpke: refuse, wrong tag", &functions, || {
        shows.establish_channel(&sent.message, b"other data").err()
    });
    let shows = refused.ok_or("a wrong tag passed")?.receiver;
    let mut received = operation("hpke: establish, recipient", &functions, || {
        shows.establish_channel(&sent.message, b"data").map(Box::new)
    })
    .map_err(|refused| refused.error)?;
    expect(take(&mut received.plaintext))?;

    let functions = ["login::hpke::UnidirectionalRecipientChannel::respond"];
    let channel = received.channel;
    let response =
        operation("hpke: respond", &functions, || channel.respond(&plaintext, b"", &mut rng).map(Box::new))
            .map_err(|refused| refused.error)?;
    publish(&response.message.ciphertext)?;
    publish_again(&response.message.response_nonce);
    let functions = ["login::hpke::UnidirectionalSenderChannel::receive_response"];
    let channel = sent.channel;
    let mut answered = operation("hpke: receive the response", &functions, || {
        channel.receive_response(&response.message, b"").map(Box::new)
    })
    .map_err(|refused| refused.error)?;
    expect(take(&mut answered.plaintext))?;

    let (mut first, mut second) = (Box::new(answered.channel), Box::new(response.channel));
    let functions = ["login::hpke::EstablishedChannel::seal"];
    let message = operation("hpke: seal", &functions, || first.seal(&plaintext, b""))?;
    publish(&message.ciphertext)?;
    let functions = ["login::hpke::EstablishedChannel::open"];
    operation("hpke: refuse, wrong tag", &functions, || second.open(&message, b"other").err())
        .ok_or("a wrong tag passed")?;
    let opened = operation("hpke: open", &functions, || second.open(&message, b""))?;
    expect(opened)?;
    let functions = [
        "login::hpke::EstablishedChannel::check_code",
        "login::hpke::EstablishedChannel::our_public_key",
        "login::hpke::EstablishedChannel::their_public_key",
    ];
    let codes = operation("hpke: make the check codes", &functions, || {
        black_box((first.our_public_key(), first.their_public_key()));
        (Box::new(first.check_code()), Box::new(second.check_code()))
    });
    check_codes(&codes.0, &codes.1)?;
    operation("hpke: print, drop", &["login::hpke::EstablishedChannel::fmt"], || {
        drop((format!("{first:?}"), first, second))
    });
    Ok(())
}

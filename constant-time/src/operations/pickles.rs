//! Pickles of every kind and format, in and out.

use std::hint::black_box;

use cliquet::megolm::{InboundGroupSession, OutboundGroupSession};
use cliquet::olm::{Account, Limits, Session, SessionConfig};
use cliquet::pickle::{LibolmInboundState, Pickle, PickleKey, recognise};
use cliquet::pk::PkDecryption;

use super::{Failure, megolm, olm};
use crate::harness::{discard, operation};
use crate::secrets::{SecretRandom, publish, publish_key, publish_text, publish_value, secret};

/// One object of each kind, with something in every field.
struct Objects {
    account: Box<Account>,
    sender: Box<Session>,
    receiver: Box<Session>,
    unanswered: Box<Session>,
    outbound: Box<OutboundGroupSession>,
    inbound: Box<InboundGroupSession>,
    backup: Box<PkDecryption>,
}

pub(super) fn sealed() -> Result<(), Failure> {
    native(&objects()?, &*keys()?)
}

pub(super) fn plain() -> Result<(), Failure> {
    without_encryption(&objects()?)
}

pub(super) fn libolm() -> Result<(), Failure> {
    of_libolm(&objects()?)
}

fn objects() -> Result<Objects, Failure> {
    let conversation = olm::conversation(SessionConfig::default())?;
    let outbound = megolm::outbound(cliquet::megolm::SessionConfig::default())?;
    let key = megolm::session_key(&outbound)?;
    let inbound = Box::new(InboundGroupSession::new(&key, cliquet::megolm::SessionConfig::default()));
    let backup = Box::new(PkDecryption::new(&mut SecretRandom::new(31))?);
    publish_key(backup.public_key())?;
    let olm::Conversation { alice, sender, receiver, unanswered } = conversation;
    Ok(Objects { account: alice, sender, receiver, unanswered, outbound, inbound, backup })
}

fn keys() -> Result<Box<PickleKey>, Failure> {
    let mut rng = SecretRandom::new(30);
    let bytes = rng.bytes();
    let functions = ["pickle::PickleKey::new", "pickle::PickleKey::in_context", "pickle::PickleKey::context"];
    let key = operation("pickle key: import, with a context", &functions, || {
        let key = PickleKey::new(&bytes).in_context("a row of a table");
        black_box(key.context().len());
        Box::new(key)
    });
    let functions = ["pickle::PickleKey::random", "pickle::PickleKey::as_bytes", "pickle::PickleKey::fmt"];
    operation("pickle key: draw, export, print, drop", &functions, || {
        let key = PickleKey::random(&mut rng).map(Box::new);
        key.map(|key| black_box((Box::new(*key.as_bytes()), format!("{key:?}"))))
    })?;
    Ok(key)
}

/// Seals, opens, and tries another key.
macro_rules! sealed {
    ($object:expr, $type:ty, $key:expr, $name:literal, $to:literal, $from:literal) => {{
        let mut rng = SecretRandom::new(32);
        let pickle =
            operation(concat!("pickle: seal ", $name), &[$to], || $object.to_pickle($key, &mut rng))?;
        let pickle = Pickle::from_bytes(&publish(pickle.as_bytes())?)?;
        let opened = operation(concat!("pickle: open ", $name), &[$from], || {
            <$type>::from_pickle(&pickle, $key).map(Box::new)
        });
        discard(opened?);
        let other = Box::new(PickleKey::new(&rng.bytes()));
        let refused = operation(concat!("pickle: refuse ", $name, " under another key"), &[], || {
            <$type>::from_pickle(&pickle, &other).err()
        });
        refused.ok_or("a pickle opened under another key")?;
        pickle
    }};
}

fn native(objects: &Objects, key: &PickleKey) -> Result<(), Failure> {
    let account = &objects.account;
    let pickle =
        sealed!(account, Account, key, "an account", "olm::Account::to_pickle", "olm::Account::from_pickle");
    let functions =
        ["pickle::Pickle::to_base64", "pickle::Pickle::from_base64", "pickle::Pickle::from_bytes"];
    operation("pickle: to base64 and back", &functions, || Pickle::from_base64(&pickle.to_base64()))?;
    let (sender, receiver, unanswered) = (&objects.sender, &objects.receiver, &objects.unanswered);
    sealed!(sender, Session, key, "a session", "olm::Session::to_pickle", "olm::Session::from_pickle");
    sealed!(
        unanswered,
        Session,
        key,
        "a session that has only received",
        "olm::Session::to_pickle",
        "olm::Session::from_pickle"
    );
    sealed!(
        receiver,
        Session,
        key,
        "a session with skipped keys",
        "olm::Session::to_pickle",
        "olm::Session::from_pickle"
    );
    sealed!(
        objects.outbound,
        OutboundGroupSession,
        key,
        "an outbound group session",
        "megolm::OutboundGroupSession::to_pickle",
        "megolm::OutboundGroupSession::from_pickle"
    );
    sealed!(
        objects.inbound,
        InboundGroupSession,
        key,
        "an inbound group session",
        "megolm::InboundGroupSession::to_pickle",
        "megolm::InboundGroupSession::from_pickle"
    );
    let backup = &objects.backup;
    sealed!(
        backup,
        PkDecryption,
        key,
        "a backup key",
        "pk::PkDecryption::to_pickle",
        "pk::PkDecryption::from_pickle"
    );
    Ok(())
}

/// Writes and reads: of these bytes all but the secret keys are public, so that every step of the reader is seen.
macro_rules! unsealed {
    ($object:expr, $type:ty, $name:literal, $to:literal, $from:literal) => {{
        let bytes = operation(concat!("plain pickle: write ", $name), &[$to], || {
            $object.to_pickle_without_encryption()
        });
        operation(concat!("plain pickle: read ", $name), &[$from], || {
            <$type>::from_pickle_without_encryption(bytes.as_bytes())
                .map(|object| black_box(Box::new(object)))
                .map(drop)
        })?;
        bytes
    }};
}

fn without_encryption(objects: &Objects) -> Result<(), Failure> {
    let mut bytes = unsealed!(
        objects.account,
        Account,
        "an account",
        "olm::Account::to_pickle_without_encryption",
        "olm::Account::from_pickle_without_encryption"
    );
    let other = unsealed!(
        objects.receiver,
        Session,
        "a session",
        "olm::Session::to_pickle_without_encryption",
        "olm::Session::from_pickle_without_encryption"
    );
    unsealed!(
        objects.sender,
        Session,
        "a session that is to turn its ratchet",
        "olm::Session::to_pickle_without_encryption",
        "olm::Session::from_pickle_without_encryption"
    );
    unsealed!(
        objects.unanswered,
        Session,
        "a session that has only received",
        "olm::Session::to_pickle_without_encryption",
        "olm::Session::from_pickle_without_encryption"
    );
    unsealed!(
        objects.outbound,
        OutboundGroupSession,
        "an outbound group session",
        "megolm::OutboundGroupSession::to_pickle_without_encryption",
        "megolm::OutboundGroupSession::from_pickle_without_encryption"
    );
    unsealed!(
        objects.inbound,
        InboundGroupSession,
        "an inbound group session",
        "megolm::InboundGroupSession::to_pickle_without_encryption",
        "megolm::InboundGroupSession::from_pickle_without_encryption"
    );
    unsealed!(
        objects.backup,
        PkDecryption,
        "a backup key",
        "pk::PkDecryption::to_pickle_without_encryption",
        "pk::PkDecryption::from_pickle_without_encryption"
    );
    let again = objects.account.to_pickle_without_encryption();
    let functions = ["SecretBytes::as_bytes", "SecretBytes::eq"];
    let same = operation("secret bytes: compare", &functions, || (bytes == again, bytes == other));
    let same = publish_value(same);
    operation("secret bytes: print", &["SecretBytes::fmt"], || format!("{bytes:?}"));
    let functions = ["SecretBytes::wipe", "SecretBytes::drop"];
    operation("secret bytes: wipe, drop", &functions, || bytes.wipe());
    if same == (true, false) { Ok(()) } else { Err("secret bytes do not compare".into()) }
}

macro_rules! of_libolm {
    ($object:expr, $key:expr, $name:literal, $to:literal, $from:literal, $open:expr) => {{
        let text =
            operation(concat!("libolm pickle: write ", $name), &[$to], || $object.to_libolm_pickle($key))?;
        let text = publish_text(&text)?;
        let opened =
            operation(concat!("libolm pickle: read ", $name), &[$from], || $open(&text).map(Box::new));
        discard(opened?);
        text
    }};
}

fn of_libolm(objects: &Objects) -> Result<(), Failure> {
    let key: &[u8] = &secret(b"a key of any length");
    let text = of_libolm!(
        objects.account,
        key,
        "an account",
        "olm::Account::to_libolm_pickle",
        "olm::Account::from_libolm_pickle",
        |text: &str| Account::from_libolm_pickle(text, key)
    );
    operation("libolm pickle: recognise", &["pickle::recognise"], || {
        recognise(text.as_bytes(), key).map(drop)
    })?;
    of_libolm!(
        objects.receiver,
        key,
        "a session",
        "olm::Session::to_libolm_pickle",
        "olm::Session::from_libolm_pickle",
        |text: &str| Session::from_libolm_pickle(text, key, Limits::default())
    );
    of_libolm!(
        objects.sender,
        key,
        "a session that is to turn its ratchet",
        "olm::Session::to_libolm_pickle",
        "olm::Session::from_libolm_pickle",
        |text: &str| Session::from_libolm_pickle(text, key, Limits::default())
    );
    of_libolm!(
        objects.outbound,
        key,
        "an outbound group session",
        "megolm::OutboundGroupSession::to_libolm_pickle",
        "megolm::OutboundGroupSession::from_libolm_pickle",
        |text: &str| OutboundGroupSession::from_libolm_pickle(text, key)
    );
    of_libolm!(
        objects.inbound,
        key,
        "an inbound group session",
        "megolm::InboundGroupSession::to_libolm_pickle",
        "megolm::InboundGroupSession::from_libolm_pickle",
        |text: &str| InboundGroupSession::from_libolm_pickle(text, key)
    );
    of_libolm!(
        objects.backup,
        key,
        "a backup key",
        "pk::PkDecryption::to_libolm_pickle",
        "pk::PkDecryption::from_libolm_pickle",
        |text: &str| PkDecryption::from_libolm_pickle(text, key)
    );
    let functions = ["megolm::InboundGroupSession::to_libolm_pickle_with"];
    let text = operation("libolm pickle: write an inbound group session with its state", &functions, || {
        objects.inbound.to_libolm_pickle_with(key, LibolmInboundState::new(true, 7))
    })?;
    let text = publish_text(&text)?;
    let functions = ["megolm::InboundGroupSession::from_libolm_pickle_with_state"];
    let opened = operation("libolm pickle: read an inbound group session with its state", &functions, || {
        InboundGroupSession::from_libolm_pickle_with_state(&text, key)
    });
    discard(opened?);
    Ok(())
}

pub(super) fn dehydrated() -> Result<(), Failure> {
    let mut rng = SecretRandom::new(33);
    let key = rng.bytes();
    let mut account = Account::new(&mut rng).map(Box::new)?;
    account.generate_one_time_keys(3, &mut rng)?;
    account.generate_fallback_key(&mut rng)?;
    let functions = ["olm::Account::to_dehydrated_device"];
    let device =
        operation("dehydrated device: write", &functions, || account.to_dehydrated_device(&key, &mut rng))?;
    let device = cliquet::pickle::DehydratedDevice::new(
        publish_text(&device.ciphertext)?,
        publish_text(&device.nonce)?,
    );
    let functions = ["olm::Account::from_dehydrated_device"];
    let opened = operation("dehydrated device: read", &functions, || {
        Account::from_dehydrated_device(&device, &key).map(Box::new)
    });
    discard(opened?);
    let other = rng.bytes();
    let refused = operation("dehydrated device: refuse under another key", &functions, || {
        Account::from_dehydrated_device(&device, &other).err()
    });
    refused.ok_or("a dehydrated device opened under another key")?;
    Ok(())
}

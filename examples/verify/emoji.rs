//! Verification by short authentication strings: the events, what is checked of each, and the whole of it.

use cliquet::{
    Curve25519PublicKey, HandedBack, SystemRandom,
    sas::{
        self, EstablishedSas, MacError, MacMethod, Macs, Role, Sas, SasBytes, SasError, SasKey, Verification,
    },
};

use crate::{
    Result,
    event::{Event, Value},
    expect,
    person::{Person, Published},
    screen,
};

pub(crate) const TRANSACTION: &str = "emoji-1";
pub(crate) const METHOD: MacMethod = MacMethod::HkdfHmacSha256V2;

/// Amélie's device starts. Says how many keys are verified.
pub(crate) fn verify(amelie: &Person, bruno: &Person, rng: &mut SystemRandom) -> Result<usize> {
    let (hers, his) = (starter(amelie, bruno), accepter(bruno, amelie));
    let (her_sas, his_sas) = (Sas::new(rng)?, Sas::new(rng)?);

    let start = start_event(amelie);
    start.print(amelie.device_id, bruno.device_id);
    let accept = accept_event(&his_sas, &start);
    accept.print(bruno.device_id, amelie.device_id);
    let her_key = key_event(&her_sas);
    her_key.print(amelie.device_id, bruno.device_id);
    let his_key = key_event(&his_sas);
    his_key.print(bruno.device_id, amelie.device_id);
    let her_sas = agree_as_starter(her_sas, &start, &accept, &his_key)??;
    let his_sas = agree_as_accepter(his_sas, &her_key)?;
    println!();
    compare(amelie, bruno, &her_sas.bytes(&hers), &his_sas.bytes(&his))?;

    println!("\nBoth say yes.\n");
    let her_mac = mac_event(&her_sas, &hers, &amelie.published())?;
    her_mac.print(amelie.device_id, bruno.device_id);
    let his_mac = mac_event(&his_sas, &his, &bruno.published())?;
    his_mac.print(bruno.device_id, amelie.device_id);
    let hers_verified = verified_keys(&his_sas, &his, &her_mac, &amelie.published().checked()?)??;
    let his_verified = verified_keys(&her_sas, &hers, &his_mac, &bruno.published().checked()?)??;

    for (from, to) in [(amelie, bruno), (bruno, amelie)] {
        done_event(TRANSACTION).print(from.device_id, to.device_id);
    }
    println!();
    for (person, of, verified) in [(amelie, bruno, &his_verified), (bruno, amelie, &hers_verified)] {
        let key_ids: Vec<String> = verified.iter().map(SasKey::key_id).collect();
        println!("{} has verified of {}: {}", person.device_id, of.user_id, key_ids.join(", "));
        expect(verified.len() == 2, "the device key and the master key are to be verified")?;
    }
    Ok(hers_verified.len().saturating_add(his_verified.len()))
}

/// Draws both screens, which must be the same.
fn compare(amelie: &Person, bruno: &Person, hers: &SasBytes, his: &SasBytes) -> Result<()> {
    screen::print_comparison(amelie, bruno, hers);
    screen::print_comparison(bruno, amelie, his);
    expect(hers.emoji() == his.emoji(), "the emoji differ")?;
    expect(hers.decimals() == his.decimals(), "the numbers differ")
}

pub(crate) fn starter(ours: &Person, theirs: &Person) -> Verification<'static> {
    Verification::new(ours.device(), theirs.device(), Role::Starter, TRANSACTION)
}

pub(crate) fn accepter(ours: &Person, theirs: &Person) -> Verification<'static> {
    Verification::new(ours.device(), theirs.device(), Role::Accepter, TRANSACTION)
}

pub(crate) fn start_event(person: &Person) -> Event {
    Event::new(
        "m.key.verification.start",
        [
            ("from_device", Value::text(person.device_id)),
            ("hashes", Value::List(&["sha256"])),
            ("key_agreement_protocols", Value::List(&["curve25519-hkdf-sha256"])),
            ("message_authentication_codes", Value::List(&["hkdf-hmac-sha256.v2"])),
            ("method", Value::text("m.sas.v1")),
            ("short_authentication_string", Value::List(&["decimal", "emoji"])),
            ("transaction_id", Value::text(TRANSACTION)),
        ],
    )
}

/// What the accepter answers: it commits itself to its key, and to the start event as it has received it.
pub(crate) fn accept_event(sas: &Sas, start: &Event) -> Event {
    let commitment = sas::commitment(&sas.public_key(), &start.canonical_json());
    Event::new(
        "m.key.verification.accept",
        [
            ("commitment", Value::text(commitment)),
            ("hash", Value::text("sha256")),
            ("key_agreement_protocol", Value::text("curve25519-hkdf-sha256")),
            ("message_authentication_code", Value::text(METHOD.as_str())),
            ("short_authentication_string", Value::List(&["decimal", "emoji"])),
            ("transaction_id", Value::text(TRANSACTION)),
        ],
    )
}

pub(crate) fn key_event(sas: &Sas) -> Event {
    let key = Value::text(sas.public_key().to_base64());
    Event::new("m.key.verification.key", [("key", key), ("transaction_id", Value::text(TRANSACTION))])
}

/// Refused unless the accepter's key fits its accept event, and the start event as the starter has sent it.
pub(crate) fn agree_as_starter(
    sas: Sas,
    start: &Event,
    accept: &Event,
    key: &Event,
) -> Result<std::result::Result<EstablishedSas, HandedBack<Sas, SasError>>> {
    let (commitment, key) = (accept.text("commitment")?, public_key(key)?);
    Ok(sas.diffie_hellman_as_starter(key, &start.canonical_json(), commitment))
}

pub(crate) fn agree_as_accepter(sas: Sas, key: &Event) -> Result<EstablishedSas> {
    Ok(sas.diffie_hellman_as_accepter(public_key(key)?)?)
}

fn public_key(key: &Event) -> Result<Curve25519PublicKey> {
    Ok(Curve25519PublicKey::from_base64(key.text("key")?)?)
}

pub(crate) fn mac_event(
    sas: &EstablishedSas,
    verification: &Verification<'_>,
    ours: &Published,
) -> Result<Event> {
    let macs = sas.macs(verification, METHOD, ours.keys()).ok_or("a device id holds a comma")?;
    Ok(Event::new(
        "m.key.verification.mac",
        [
            ("keys", Value::text(macs.keys)),
            ("mac", Value::Object(macs.mac)),
            ("transaction_id", Value::text(TRANSACTION)),
        ],
    ))
}

/// Which of the keys that the server hands out for the other device its MACs verify.
pub(crate) fn verified_keys(
    sas: &EstablishedSas,
    verification: &Verification<'_>,
    mac: &Event,
    theirs: &Published,
) -> Result<std::result::Result<Vec<SasKey<'static>>, MacError>> {
    let macs = Macs::new(mac.object("mac")?.iter().cloned(), mac.text("keys")?);
    Ok(sas.verify_macs(verification, METHOD, &macs, theirs.keys()))
}

pub(crate) fn done_event(transaction: &str) -> Event {
    Event::new("m.key.verification.done", [("transaction_id", Value::text(transaction))])
}

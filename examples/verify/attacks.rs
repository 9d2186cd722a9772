//! What somebody in between can try: a server, say, through which all events go, and which hands out the keys.

use cliquet::{
    HandedBack, SystemRandom,
    sas::{EstablishedSas, MacError, Sas, SasError},
};

use crate::{
    Result,
    emoji::{
        accept_event, accepter, agree_as_accepter, agree_as_starter, key_event, mac_event, start_event,
        starter, verified_keys,
    },
    event::{Event, Value},
    expect,
    person::{Person, Published},
    scan,
};

/// Makes every attempt. Says how many were noticed.
pub(crate) fn all(amelie: &Person, bruno: &Person, rng: &mut SystemRandom) -> Result<usize> {
    // It calls itself Bruno, and has keys of its own.
    let mallory = Person::new("Mallory", bruno.user_id, bruno.device_id, rng)?;
    let attempts = [
        ("a key of its own in between", other_emoji(amelie, bruno, &mallory, rng)?),
        ("a key put in after the accept", late_key(amelie, rng)?),
        ("a start event changed on its way", changed_start(amelie, rng)?),
        ("a key added to the MACs", added_key(amelie, bruno, &mallory, rng)?),
        ("a key left out of the MACs", left_out_key(amelie, bruno, rng)?),
        ("false keys from the server", false_keys(amelie, bruno, &mallory, rng)?),
        ("a QR code with a false key", false_code(amelie, bruno, &mallory, rng)?),
        ("a QR code that was not seen", unseen_code(amelie, bruno, rng)?),
    ];
    for (attempt, noticed) in &attempts {
        println!("{attempt:<34}{noticed}");
    }
    Ok(attempts.len())
}

/// It agrees with each of the two in the name of the other, and commits itself to its own key.
fn other_emoji(amelie: &Person, bruno: &Person, mallory: &Person, rng: &mut SystemRandom) -> Result<String> {
    let (start, hers, his) = (start_event(amelie), Sas::new(rng)?, Sas::new(rng)?);
    let (to_her, to_him) = (Sas::new(rng)?, Sas::new(rng)?);
    let accept = accept_event(&to_her, &start);
    let hers = agree_as_starter(hers, &start, &accept, &key_event(&to_her))??;
    let his = agree_as_accepter(his, &key_event(&to_him))?;
    let (hers, his) = (hers.bytes(&starter(amelie, mallory)), his.bytes(&accepter(bruno, amelie)));
    expect(hers.decimals() != his.decimals(), "the numbers are the same")?;
    let (hers, his) = (hers.emoji(), his.emoji());
    let different = hers.iter().zip(&his).enumerate().find(|(_, (hers, his))| hers != his);
    let (position, (hers, his)) = different.ok_or("the emoji are the same")?;
    let (hers, his) = (hers.description, his.description);
    let number = position.saturating_add(1);
    Ok(format!("m.mismatched_sas: emoji {number} is {hers} on LAPTOP and {his} on PHONE"))
}

/// It lets the accept event pass and then sends its own key, which it can choose once it has seen hers.
fn late_key(amelie: &Person, rng: &mut SystemRandom) -> Result<String> {
    let (start, accepter, mallory) = (start_event(amelie), Sas::new(rng)?, Sas::new(rng)?);
    let accept = accept_event(&accepter, &start);
    commitment_refused(agree_as_starter(Sas::new(rng)?, &start, &accept, &key_event(&mallory))?)?;
    Ok("m.mismatched_commitment: LAPTOP has the hash of another key".to_owned())
}

/// It takes away what both devices can do, so that they choose something weaker.
fn changed_start(amelie: &Person, rng: &mut SystemRandom) -> Result<String> {
    let (start, hers, his) = (start_event(amelie), Sas::new(rng)?, Sas::new(rng)?);
    let changed = start.clone().with("short_authentication_string", Value::List(&["decimal"]));
    let (accept, his_key) = (accept_event(&his, &changed), key_event(&his));
    let hers = commitment_refused(agree_as_starter(hers, &start, &accept, &his_key)?)?;
    // Had she sent what he received, they would have agreed.
    agree_as_starter(hers, &changed, &accept, &his_key)??;
    Ok("m.mismatched_commitment: the hash covers the start event that PHONE saw".to_owned())
}

/// The key pair of the starter, which is handed back.
fn commitment_refused(agreed: std::result::Result<EstablishedSas, HandedBack<Sas, SasError>>) -> Result<Sas> {
    let refused = agreed.err().ok_or("something else fits the commitment")?;
    expect(refused.error == SasError::MismatchedCommitment, "the commitment was not what was refused")?;
    Ok(refused.receiver)
}

/// A verification in which all went well so far: what Bruno's device sends, and what Amélie's says to whatever arrives.
fn after_comparison(
    amelie: &Person,
    bruno: &Person,
    rng: &mut SystemRandom,
) -> Result<(Event, impl Fn(&Event, &Published) -> Result<MacError>)> {
    let (start, hers, his) = (start_event(amelie), Sas::new(rng)?, Sas::new(rng)?);
    let (accept, her_key, his_key) = (accept_event(&his, &start), key_event(&hers), key_event(&his));
    let hers = agree_as_starter(hers, &start, &accept, &his_key)??;
    let his = agree_as_accepter(his, &her_key)?;
    let mac = mac_event(&his, &accepter(bruno, amelie), &bruno.published())?;
    let verification = starter(amelie, bruno);
    verified_keys(&hers, &verification, &mac, &bruno.published())??;
    let error = move |mac: &Event, published: &Published| match verified_keys(
        &hers,
        &verification,
        mac,
        published,
    )? {
        Ok(verified) => Err(format!("{verified:?} counts as verified").into()),
        Err(error) => Ok(error),
    };
    Ok((mac, error))
}

/// It puts a key of its own beside his, with a MAC that it cannot make.
fn added_key(amelie: &Person, bruno: &Person, mallory: &Person, rng: &mut SystemRandom) -> Result<String> {
    let (mac, error) = after_comparison(amelie, bruno, rng)?;
    let [_, master_key] = mallory.published().keys();
    let added = [mac.object("mac")?, &[(master_key.key_id(), mac.text("keys")?.to_owned())]].concat();
    key_ids_refused(error(&mac.with("mac", Value::Object(added)), &bruno.published())?)
}

/// It keeps one of his keys from being verified.
fn left_out_key(amelie: &Person, bruno: &Person, rng: &mut SystemRandom) -> Result<String> {
    let (mac, error) = after_comparison(amelie, bruno, rng)?;
    let fewer = mac.object("mac")?.iter().take(1).cloned().collect();
    key_ids_refused(error(&mac.with("mac", Value::Object(fewer)), &bruno.published())?)
}

fn key_ids_refused(error: MacError) -> Result<String> {
    expect(error == MacError::KeyIds, "the list of keys was not what was refused")?;
    Ok(format!("m.key_mismatch: {error}"))
}

/// As the server it hands out its own keys for his, well signed.
fn false_keys(amelie: &Person, bruno: &Person, mallory: &Person, rng: &mut SystemRandom) -> Result<String> {
    let (mac, error) = after_comparison(amelie, bruno, rng)?;
    let error = error(&mac, &mallory.published().checked()?)?;
    expect(matches!(error, MacError::Key { .. }), "the key was not what was refused")?;
    Ok(format!("m.key_mismatch: {error}"))
}

/// As the server it has handed out its own keys for his, and Amélie's device believes them.
fn false_code(amelie: &Person, bruno: &Person, mallory: &Person, rng: &mut SystemRandom) -> Result<String> {
    let shown = scan::show(&amelie.published(), &mallory.published().checked()?, rng)?;
    let expected = scan::keys(&amelie.published(), &bruno.published());
    expect(shown.check_keys(&expected).is_err(), "a false key is right")?;
    Ok("m.key_mismatch: PHONE finds a master key that is not its own".to_owned())
}

/// It answers in his name, from afar.
fn unseen_code(amelie: &Person, bruno: &Person, rng: &mut SystemRandom) -> Result<String> {
    let shown = scan::show(&amelie.published(), &bruno.published(), rng)?;
    let another = scan::show(&amelie.published(), &bruno.published(), rng)?;
    expect(!shown.is_reciprocated_by(another.shared_secret().as_str()), "the secret was guessed")?;
    Ok("m.key_mismatch: the secret is not the one of the code on LAPTOP".to_owned())
}

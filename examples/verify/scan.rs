//! Verification by QR code: one device shows, the other scans and sends the secret of the code back.

use cliquet::{
    SystemRandom,
    qr::{QrCode, QrKeys},
};

use crate::{
    Result,
    emoji::done_event,
    event::{Event, Value},
    expect,
    person::{Person, Published},
    screen,
};

pub(crate) const TRANSACTION: &str = "scan-1";

/// Amélie's device shows the code, Bruno's scans it. Says how many keys are verified.
pub(crate) fn verify(amelie: &Person, bruno: &Person, rng: &mut SystemRandom) -> Result<usize> {
    let shown = show(&amelie.published(), &bruno.published().checked()?, rng)?;
    let payload = shown.to_bytes();
    println!("{} shows {} bytes:\n", amelie.device_id, payload.as_bytes().len());
    screen::print_qr_code(payload.as_bytes())?;

    let scanned = QrCode::from_bytes(payload.as_bytes())?;
    let QrKeys::OtherUser { showing_master_key, scanning_master_key } = scanned.keys() else {
        return Err("the code is for a device of the same user".into());
    };
    let (of_amelie, of_bruno) = (amelie.published().checked()?.master_key, bruno.published().master_key);
    println!("\n{} scans it and compares:", bruno.device_id);
    println!("    {}'s master key, in the code      {showing_master_key}", amelie.name);
    println!("                         of the server    {of_amelie}");
    println!("    {}'s master key,  in the code      {scanning_master_key}", bruno.name);
    println!("                         of the device    {of_bruno}\n");
    scanned.check_keys(&keys(&amelie.published().checked()?, &bruno.published()))?;
    expect(scanned.transaction_id() == TRANSACTION, "the code is for another verification")?;

    let start = start_event(bruno, &scanned);
    start.print(bruno.device_id, amelie.device_id);
    expect(shown.is_reciprocated_by(start.text("secret")?), "the code was not seen")?;
    println!("\n{} asks {}: does the other device say yes? It does.\n", amelie.device_id, amelie.name);
    for (from, to) in [(amelie, bruno), (bruno, amelie)] {
        done_event(TRANSACTION).print(from.device_id, to.device_id);
    }
    println!();
    for (person, of, key) in [(amelie, bruno, of_bruno), (bruno, amelie, of_amelie)] {
        println!("{} has verified of {}: ed25519:{key}", person.device_id, of.user_id);
    }
    Ok(2)
}

/// The code of a device that thinks this of itself and of the other.
pub(crate) fn show(ours: &Published, theirs: &Published, rng: &mut SystemRandom) -> Result<QrCode> {
    Ok(QrCode::new(keys(ours, theirs), TRANSACTION, rng)?)
}

/// The keys of a code that one device shows and the other scans.
pub(crate) fn keys(showing: &Published, scanning: &Published) -> QrKeys {
    QrKeys::OtherUser { showing_master_key: showing.master_key, scanning_master_key: scanning.master_key }
}

/// What the device sends that has scanned the code.
fn start_event(scanner: &Person, code: &QrCode) -> Event {
    Event::new(
        "m.key.verification.start",
        [
            ("from_device", Value::text(scanner.device_id)),
            ("method", Value::text("m.reciprocate.v1")),
            ("secret", Value::text(code.shared_secret().as_str())),
            ("transaction_id", Value::text(code.transaction_id())),
        ],
    )
}

//! Two people verify each other, twice: cargo run --example verify --features sas,qr-code
//!
//! First Amélie's laptop and Bruno's phone compare seven emoji, or three numbers; then the phone scans a QR code that the
//! laptop shows. What each person would see is drawn, and each event that would travel is printed with its type and its content in
//! Matrix, long texts cut off. At the end somebody gets in between, in every way that there is to try, and is noticed each time.
//!
//! To read on: `emoji.rs` and `scan.rs` hold the two verifications, `attacks.rs` the attempts; `person.rs` says who the people
//! are and what a server knows of them, `event.rs` how contents become canonical JSON, `screen.rs` how things are drawn.

mod attacks;
mod emoji;
mod event;
mod person;
mod scan;
mod screen;

use std::{error::Error, process::ExitCode};

use cliquet::SystemRandom;
use person::Person;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    match run() {
        Ok(verified) => {
            println!("\n{verified}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Says in the end what was verified.
fn run() -> Result<String> {
    let mut rng = SystemRandom::new();
    let amelie = Person::new("Amélie", "@amelie:example.org", "LAPTOP", &mut rng)?;
    let bruno = Person::new("Bruno", "@bruno:example.org", "PHONE", &mut rng)?;

    screen::heading("Emoji: Amélie's laptop verifies Bruno's phone");
    let by_emoji = emoji::verify(&amelie, &bruno, &mut rng)?;

    screen::heading("QR code: Bruno's phone scans Amélie's laptop");
    let by_scan = scan::verify(&amelie, &bruno, &mut rng)?;

    screen::heading("Somebody in between");
    let noticed = attacks::all(&amelie, &bruno, &mut rng)?;

    Ok(format!(
        "Verified: {by_emoji} keys by emoji and {by_scan} by QR code; {noticed} attempts from in between were noticed."
    ))
}

fn expect(holds: bool, otherwise: &str) -> Result<()> {
    if holds { Ok(()) } else { Err(otherwise.into()) }
}

//! The step in which two devices that have a session already write to each other over a bad network.

use crate::{
    Result,
    device::Received,
    event::Event,
    expect,
    report::{Report, Stopwatch},
    state::State,
};

const ROUNDS: usize = 10;
const LETTERS: usize = 10;

/// The newest letter arrives first, one in five never does, one arrives twice; and every round turns the ratchet.
pub(crate) fn direct_messages(state: &State, first: &str, second: &str, report: &mut Report) -> Result<()> {
    let mut stopwatch = Stopwatch::start("direct messages, reordered and lost");
    for round in 0..ROUNDS {
        let (sender, receiver) = if round % 2 == 0 { (second, first) } else { (first, second) };
        send(state, round, sender, receiver)?;
        deliver(state, receiver, &mut stopwatch)?;
    }
    report.add(stopwatch);
    Ok(())
}

fn send(state: &State, round: usize, sender: &str, receiver: &str) -> Result<()> {
    let (device, mailbox) = (state.device(sender)?, state.mailbox(receiver)?);
    for number in 0..LETTERS {
        let transaction = transaction(round, number);
        if !mailbox.knows(&transaction) {
            let event = Event::Text(text(round, number));
            let letter = device.write(receiver, &transaction, &event, &state.directory()?)?;
            if is_lost(number) { mailbox.lose(&letter)? } else { mailbox.put(&letter)? }
        }
    }
    Ok(())
}

fn deliver(state: &State, receiver: &str, stopwatch: &mut Stopwatch) -> Result<()> {
    let (mut device, mailbox) = (state.device(receiver)?, state.mailbox(receiver)?);
    let directory = state.directory()?;
    let letters = mailbox.waiting()?;
    for (place, letter) in letters.iter().enumerate().rev() {
        if let Received::New { length } = device.receive(letter, &directory)? {
            stopwatch.lap(length);
        }
        if place == 0 {
            // As if the acknowledgement had been lost.
            let again = device.receive(letter, &directory)?;
            expect(again == Received::Again, "a duplicate was accepted")?;
        }
        mailbox.acknowledge(letter)?;
    }
    Ok(())
}

/// The texts that a device receives in this step, by name.
pub(crate) fn expected_texts(is_first: bool) -> Vec<(String, String)> {
    let rounds = (0..ROUNDS).filter(|round| (round % 2 == 0) == is_first);
    let numbers = || (0..LETTERS).filter(|number| !is_lost(*number));
    rounds
        .flat_map(|round| numbers().map(move |number| (transaction(round, number), text(round, number))))
        .collect()
}

fn transaction(round: usize, number: usize) -> String {
    format!("direct-{round:02}-{number:02}")
}

fn text(round: usize, number: usize) -> String {
    format!("round {round}, message {number}")
}

fn is_lost(number: usize) -> bool {
    number % 5 == 2
}

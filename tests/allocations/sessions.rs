//! Olm sessions.

use allocation_counter::AllocationInfo;
use cliquet::olm::{Account, OlmMessage, Session, SessionConfig};
use rand::rngs::StdRng;

use crate::table::{LENGTHS, Table, count, rng};

/// A message as it travels.
struct Sent {
    message_type: usize,
    body: String,
}

fn send(session: &mut Session, plaintext: &[u8], rng: &mut StdRng) -> (Sent, [AllocationInfo; 2]) {
    let (message, encrypted) = count(|| session.encrypt(plaintext, rng).unwrap());
    let (body, written) = count(|| message.to_base64());
    (Sent { message_type: message.message_type().as_usize(), body }, [encrypted, written])
}

fn receive(session: &mut Session, sent: &Sent, expected: &[u8]) -> [AllocationInfo; 2] {
    let (message, read) = count(|| OlmMessage::from_parts(sent.message_type, &sent.body).unwrap());
    let (plaintext, decrypted) = count(|| session.decrypt(&message).unwrap());
    assert_eq!(plaintext, expected);
    [read, decrypted]
}

/// Sends a message there, without counting.
fn pass(from: &mut Session, to: &mut Session, rng: &mut StdRng) {
    let (sent, _) = send(from, b"text", rng);
    receive(to, &sent, b"text");
}

/// Two sessions of one another that have taken so many turns each.
fn pair(turns: usize) -> (Session, Session) {
    let rng = &mut rng();
    let (alice, mut bob) = (Account::new(rng).unwrap(), Account::new(rng).unwrap());
    let one_time_key = bob.generate_one_time_keys(1, rng).unwrap().created[0].public_key;
    let config = SessionConfig::default();
    let mut first = alice.create_outbound_session(bob.curve25519_key(), one_time_key, config, rng).unwrap();
    let OlmMessage::PreKey(message) = first.encrypt("text", rng).unwrap() else {
        panic!("the first message is a pre-key message")
    };
    let mut second = bob.create_inbound_session(alice.curve25519_key(), &message, config).unwrap().session;
    for _ in 0..turns {
        pass(&mut second, &mut first, rng);
        pass(&mut first, &mut second, rng);
    }
    (first, second)
}

#[test]
fn messages() {
    let (mut table, rng) = (Table::default(), &mut rng());
    for (name, length) in LENGTHS {
        let plaintext = vec![7; length];
        let (mut first, mut second) = pair(0);
        let (sent, steps) = send(&mut first, &plaintext, rng);
        table.add_message(format!("pre-key message, encrypt {name}"), [1, 1], steps);
        let steps = receive(&mut second, &sent, &plaintext);
        table.add_message(format!("pre-key message, decrypt {name}"), [1, 1], steps);

        // The sessions keep as many chains as they ever will.
        let (mut first, mut second) = pair(6);
        let (sent, steps) = send(&mut second, &plaintext, rng);
        table.add_message(format!("turn of the ratchet, encrypt {name}"), [1, 1], steps);
        let steps = receive(&mut first, &sent, &plaintext);
        table.add_message(format!("turn of the ratchet, decrypt {name}"), [1, 1], steps);
        let (sent, steps) = send(&mut second, &plaintext, rng);
        table.add_message(format!("same chain, encrypt {name}"), [1, 1], steps);
        let steps = receive(&mut first, &sent, &plaintext);
        table.add_message(format!("same chain, decrypt {name}"), [1, 1], steps);
    }
    table.finish("Olm messages");
}

#[test]
fn turns_of_a_young_session() {
    let (mut table, rng) = (Table::default(), &mut rng());
    let (mut first, mut second) = pair(0);
    for turn in 1..=7 {
        let (sent, steps) = send(&mut second, b"text", rng);
        table.add_message(format!("turn {turn} of the second, encrypt"), [1, 1], steps);
        let steps = receive(&mut first, &sent, b"text");
        table.add_message(format!("turn {turn} of the second, decrypt"), [1, 1], steps);
        let (sent, steps) = send(&mut first, b"text", rng);
        table.add_message(format!("turn {turn} of the first, encrypt"), [1, 1], steps);
        let steps = receive(&mut second, &sent, b"text");
        table.add_message(format!("turn {turn} of the first, decrypt"), [1, 1], steps);
    }
    table.finish("Turns from the beginning");
}

#[test]
fn missing_messages() {
    let (mut table, rng) = (Table::default(), &mut rng());
    let (mut first, mut second) = pair(6);
    for (name, gap) in [("1 missing", 1), ("39 missing", 39), ("2 000 missing", 2_000)] {
        let late: Vec<_> = (0..gap).map(|_| send(&mut first, b"late", rng).0).collect();
        let (sent, _) = send(&mut first, b"text", rng);
        let steps = receive(&mut second, &sent, b"text");
        table.add(format!("decrypt, {name} before it"), [1, 2], steps);
        let steps = receive(&mut second, &late[gap - 1], b"late");
        table.add_message(format!("decrypt late, {name} before it"), [1, 1], steps);
    }
    let late: Vec<_> = (0..39).map(|_| send(&mut first, b"late", rng).0).collect();
    let (sent, _) = send(&mut first, b"text", rng);
    let steps = receive(&mut second, &sent, b"text");
    table.add_message("decrypt, 39 missing before it once more", [1, 1], steps);
    for sent in &late {
        receive(&mut second, sent, b"late");
    }
    table.finish("Messages out of order");
}

#[test]
fn new_sessions() {
    let (mut table, rng) = (Table::default(), &mut rng());
    let (alice, mut bob) = (Account::new(rng).unwrap(), Account::new(rng).unwrap());
    let config = SessionConfig::default();
    let one_time_key = bob.generate_one_time_keys(1, rng).unwrap().created[0].public_key;
    let (mut first, made) =
        count(|| alice.create_outbound_session(bob.curve25519_key(), one_time_key, config, rng).unwrap());
    table.add("outbound session", [5], [made]);
    let (sent, _) = send(&mut first, b"text", rng);
    let (message, read) = count(|| OlmMessage::from_parts(sent.message_type, &sent.body).unwrap());
    let OlmMessage::PreKey(message) = message else { panic!("the first message is a pre-key message") };
    let (created, made) =
        count(|| bob.create_inbound_session(alice.curve25519_key(), &message, config).unwrap());
    assert_eq!(created.plaintext, b"text");
    table.add("inbound session, with the first decryption", [1, 5], [read, made]);
    table.finish("Olm sessions");
}

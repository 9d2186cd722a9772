//! Megolm sessions.

use allocation_counter::AllocationInfo;
use cliquet::megolm::{
    InboundGroupSession, MegolmMessage, OutboundGroupSession, SessionConfig, SessionExport, SessionKey,
};

use crate::table::{LENGTHS, Table, count, rng};

fn pair() -> (OutboundGroupSession, InboundGroupSession) {
    let sender = OutboundGroupSession::new(SessionConfig::default(), &mut rng()).unwrap();
    let reader = InboundGroupSession::new(&sender.session_key(), SessionConfig::default());
    (sender, reader)
}

fn send(sender: &mut OutboundGroupSession, plaintext: &[u8]) -> (String, [AllocationInfo; 2]) {
    let (message, encrypted) = count(|| sender.encrypt(plaintext).unwrap());
    let (text, written) = count(|| message.to_base64());
    (text, [encrypted, written])
}

fn read(reader: &mut InboundGroupSession, text: &str, expected: &[u8]) -> [AllocationInfo; 2] {
    let (message, read) = count(|| MegolmMessage::from_base64(text).unwrap());
    let (decrypted, opened) = count(|| reader.decrypt(&message).unwrap());
    assert_eq!(decrypted.plaintext, expected);
    [read, opened]
}

#[test]
fn messages() {
    let mut table = Table::default();
    for (name, length) in LENGTHS {
        let plaintext = vec![7; length];
        let (mut sender, mut reader) = pair();
        let (text, steps) = send(&mut sender, &plaintext);
        table.add_message(format!("encrypt {name}"), [1, 1], steps);
        table.add_message(format!("decrypt {name}, the first"), [1, 1], read(&mut reader, &text, &plaintext));
        let (text, _) = send(&mut sender, &plaintext);
        // The session keeps a second ratchet from now on.
        table.add(format!("decrypt {name}, the second"), [1, 2], read(&mut reader, &text, &plaintext));
        let (text, _) = send(&mut sender, &plaintext);
        table.add_message(format!("decrypt {name}, others"), [1, 1], read(&mut reader, &text, &plaintext));
        table.add_message(format!("decrypt {name}, again"), [1, 1], read(&mut reader, &text, &plaintext));
    }
    table.finish("Megolm messages");
}

#[test]
fn backwards() {
    let mut table = Table::default();
    let (mut sender, mut reader) = pair();
    let mut texts: Vec<_> = (0..1_000).map(|_| send(&mut sender, &[7; 32]).0).collect();
    texts.reverse();
    table.add("the newest", [1, 2], read(&mut reader, &texts[0], &[7; 32]));
    // The session keeps ratchets on the way from now on.
    table.add("the one before it", [1, 2], read(&mut reader, &texts[1], &[7; 32]));
    let most = texts[2..].iter().map(|text| read(&mut reader, text, &[7; 32]));
    let most = most.max_by_key(|[_, opened]| opened.count_total).unwrap();
    table.add_message("998 others, the most of them", [1, 1], most);
    table.finish("Reading a room backwards");
}

/// How often it was allocated for so many messages in one call.
fn bulk(count_of_messages: usize) -> (AllocationInfo, AllocationInfo) {
    let (mut sender, mut reader) = pair();
    let texts: Vec<_> = (0..count_of_messages).map(|_| send(&mut sender, &[7; 32]).0).collect();
    let mut messages = Vec::with_capacity(texts.len());
    let ((), reading) =
        count(|| messages.extend(texts.iter().map(|text| MegolmMessage::from_base64(text).unwrap())));
    let (results, opening) = count(|| reader.bulk().decrypt(&messages));
    assert!(results.iter().all(|result| result.as_ref().unwrap().plaintext == [7; 32]));
    (reading, opening)
}

#[test]
fn in_bulk() {
    let mut table = Table::default();
    // The multiples of the base point are made once where there is std, and else for each call.
    bulk(16);
    let made = u64::from(cfg!(not(feature = "std")));
    let ((reading, opening), (reading_twice, opening_twice)) = (bulk(64), bulk(128));
    table.add("64 messages", [64, 64 + 13 + made], [reading, opening]);
    table.add("128 messages", [128, 128 + 16 + made], [reading_twice, opening_twice]);
    table.finish("Megolm messages in bulk");
}

#[test]
fn keys_and_sessions() {
    let (mut table, config) = (Table::default(), SessionConfig::default());
    let (mut sender, made) = count(|| OutboundGroupSession::new(config, &mut rng()).unwrap());
    table.add("outbound session", [3], [made]);

    let (key, signed) = count(|| sender.session_key());
    let (text, written) = count(|| key.to_base64());
    table.add("session key, out", [1, 1], [signed, written]);
    let (key, read) = count(|| SessionKey::from_base64(text.as_str()).unwrap());
    let (reader, made) = count(|| InboundGroupSession::new(&key, config));
    table.add("session key, in", [1, 1], [read, made]);

    let (export, made) = count(|| reader.export());
    let (text, written) = count(|| export.to_base64());
    table.add("export", [1, 1], [made, written]);
    // What is exported is computed on the way.
    let (later, made) = count(|| reader.export_at(700).unwrap());
    let (_, written) = count(|| later.to_base64());
    table.add("export from index 700 on", [2, 1], [made, written]);
    let (export, read) = count(|| SessionExport::from_base64(text.as_str()).unwrap());
    let (mut imported, made) = count(|| InboundGroupSession::import(&export, config));
    table.add("import", [1, 1], [read, made]);

    let message = sender.encrypt("text").unwrap();
    assert_eq!(imported.decrypt(&message).unwrap().plaintext, b"text");
    table.finish("Megolm sessions");
}

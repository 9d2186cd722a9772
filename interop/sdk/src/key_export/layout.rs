//! The text around the ciphertext, as others may write it, and the number of rounds.

use std::iter;

use cliquet::objects::key_export::{EncryptedKeyExport, KeyExportError, NewKeyExport};
use matrix_sdk_crypto::encrypt_room_key_export;

use super::{read, read_text_by_peer, write, write_by_peer};

const FIRST: &str = "-----BEGIN MEGOLM SESSION DATA-----";
const LAST: &str = "-----END MEGOLM SESSION DATA-----";

/// Whether cliquet and the peer read the file.
const READ: (bool, bool) = (true, true);
const REFUSED: (bool, bool) = (false, false);
const ONLY_US: (bool, bool) = (true, false);

#[test]
fn key_export_layouts() {
    // One with a character in which the alphabets differ.
    let text =
        iter::repeat_with(|| write_by_peer(&[], "passphrase")).find(|text| text.contains('+')).unwrap();
    let base64 = text.lines().nth(1).unwrap();
    let (half, rest) = base64.split_at(base64.len() / 2);
    let padded = format!("{base64}{}", &"==="[..(4 - base64.len() % 4) % 4]);
    assert_ne!(padded, base64);
    for (layout, verdict) in [
        (format!("{FIRST}\n{base64}\n{LAST}"), READ),
        (format!("{FIRST}\n{base64}\n{LAST}\n"), READ),
        (format!("\n\n{FIRST}\n{base64}\n{LAST}\n\n"), READ),
        (format!("{FIRST}\r\n{half}\r\n{rest}\r\n{LAST}\r\n"), READ),
        (format!("{FIRST}\n{half}\n\n{rest}\n{LAST}"), READ),
        (format!("{FIRST}\n{padded}\n{LAST}"), READ),
        // White space within lines.
        (format!("{FIRST}\n{half} {rest}\n{LAST}"), ONLY_US),
        (format!("{FIRST}\n  {half}\n  {rest}  \n{LAST}"), ONLY_US),
        (format!("{FIRST} \n{base64}\n{LAST}"), READ),
        (format!("\u{feff}{FIRST}\n{base64}\n{LAST}"), ONLY_US),
        (format!("  {FIRST}\n{base64}\n  {LAST}"), ONLY_US),
        (format!("{FIRST}\r{half}\r{rest}\r{LAST}\r"), ONLY_US),
        // No key export.
        (format!("{FIRST}{base64}{LAST}"), REFUSED),
        (format!("{FIRST}\n{base64}\n"), REFUSED),
        (format!("{base64}\n{LAST}"), REFUSED),
        (format!("{FIRST}\n{half}!{rest}\n{LAST}"), REFUSED),
        (format!("{FIRST}\n{}\n{LAST}", base64.replace('+', "-")), REFUSED),
        (format!("Comment\n{FIRST}\n{base64}\n{LAST}"), REFUSED),
        (format!("{FIRST}\n{LAST}"), REFUSED),
        (String::new(), REFUSED),
    ] {
        let verdicts =
            (read(&layout, "passphrase").is_ok(), read_text_by_peer(&layout, "passphrase").is_ok());
        assert_eq!(verdicts, verdict, "{layout}");
    }
}

#[test]
fn key_export_of_ours_has_lines_that_the_peer_joins() {
    let text = write(&[], "passphrase");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!((lines[0], lines[lines.len() - 1]), (FIRST, LAST));
    assert!(lines.len() > 2 && lines.iter().all(|line| line.len() <= 96));
    assert!(read_text_by_peer(&text, "passphrase").is_ok());
    assert!(read_text_by_peer(&text.replace('\n', "\r\n"), "passphrase").is_ok());
}

/// The peer takes no round for one, and any number of them from a file; we refuse the one, and leave the limit of the other to the caller.
#[test]
fn key_export_rounds() {
    for rounds in [1, 2, 1000] {
        let text = encrypt_room_key_export(&[], "passphrase", rounds).unwrap();
        assert_eq!(EncryptedKeyExport::from_text(&text).unwrap().rounds(), rounds);
        assert!(read(&text, "passphrase").is_ok());
        let limited = EncryptedKeyExport::from_text(&text).unwrap().decrypt("passphrase", rounds - 1);
        assert!(matches!(limited, Err(KeyExportError::TooManyRounds { .. })));
    }
    let text = encrypt_room_key_export(&[], "passphrase", 0).unwrap();
    assert!(read_text_by_peer(&text, "passphrase").is_ok());
    assert!(matches!(read(&text, "passphrase"), Err(KeyExportError::TooFewRounds { rounds: 0, .. })));
    let too_few = NewKeyExport::new(99_999, &mut super::generator()).unwrap_err();
    assert!(matches!(too_few, KeyExportError::TooFewRounds { rounds: 99_999, .. }));
}

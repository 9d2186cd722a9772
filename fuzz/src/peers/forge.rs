//! Messages for the differential targets: valid ones to be changed, and forged ones, written from their fields by hand.

use std::sync::OnceLock;

use cliquet::{
    MessageVersion,
    megolm::{self, OutboundGroupSession},
    olm::{Account, OlmMessage, SessionConfig},
    pk::PkDecryption,
};
use vodozemac::hazmat::Cipher;

use crate::{
    Script,
    primitives::{hkdf_sha256, hmac_sha256},
    random::seeded,
    reference_base64::encode,
    wire,
};

/// The secret key of the first entry in `test-vectors/pk`.
pub const PK_SECRET_KEY: [u8; 32] = {
    let (mut key, mut place) = ([7; 32], 0);
    while place < 32 {
        key[place as usize] += place;
        place += 1;
    }
    key
};

/// Normal messages of both versions.
pub fn normal_messages() -> &'static [Vec<u8>] {
    static MESSAGES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    MESSAGES.get_or_init(|| {
        pre_key_messages().iter().map(|message| wire::inside_pre_key_message(message).to_vec()).collect()
    })
}

/// Pre-key messages of both versions.
pub fn pre_key_messages() -> &'static [Vec<u8>] {
    static MESSAGES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    MESSAGES.get_or_init(|| {
        let rng = &mut seeded(41);
        let alice = Account::new(rng).expect("it never fails");
        let mut messages = Vec::new();
        for version in [MessageVersion::V1, MessageVersion::V2] {
            let config = SessionConfig::default().with_version(version);
            let keys = [alice.curve25519_key(), Account::new(rng).expect("it never fails").curve25519_key()];
            let mut session =
                alice.create_outbound_session(keys[0], keys[1], config, rng).expect("good keys");
            for length in [0, 200] {
                let Ok(OlmMessage::PreKey(message)) = session.encrypt(vec![b'a'; length], rng) else {
                    panic!("a session that has received nothing sends pre-key messages")
                };
                messages.push(message.as_bytes().to_vec());
            }
        }
        messages
    })
}

/// Megolm messages of both versions.
pub fn megolm_messages() -> &'static [Vec<u8>] {
    static MESSAGES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    MESSAGES.get_or_init(|| {
        [MessageVersion::V1, MessageVersion::V2]
            .into_iter()
            .flat_map(|version| {
                let config = megolm::SessionConfig::default().with_version(version);
                let mut room = OutboundGroupSession::new(config, &mut seeded(42)).expect("it never fails");
                [0, 200].map(|length| {
                    room.encrypt(vec![b'a'; length]).expect("the session is young").as_bytes().to_vec()
                })
            })
            .collect()
    })
}

/// A message of fields that the input lists, known ones and others, in any order, with integers longer than they need be.
pub fn of_fields(script: &mut Script<'_>) -> Vec<u8> {
    let version = script.byte();
    let mut bytes = vec![if version < 0xf0 { 3 + version % 2 } else { version }];
    fields(script, &mut bytes, 3);
    let suffix = [8, 32, 72, 96][usize::from(script.byte() % 4)];
    bytes.extend((0..suffix).map(|_| script.byte()));
    bytes
}

fn fields(script: &mut Script<'_>, bytes: &mut Vec<u8>, depth: u8) {
    for _ in 0..script.byte() % 8 {
        let tag = script.byte();
        let (number, wire_type) = match tag % 16 {
            0..=3 => (tag % 16 + 1, 2),
            4 => (1, 0),
            5 => (2, 0),
            _ => (tag >> 4, tag % 8),
        };
        integer(script, bytes, u64::from(number) << 3 | u64::from(wire_type));
        match wire_type {
            0 => {
                let value = [0, 1, 127, 300, u64::from(u32::MAX), 1 << 32, 1 << 32 | 5, u64::MAX];
                let value = value[usize::from(script.byte() % 8)];
                integer(script, bytes, value);
            }
            1 | 5 => bytes.extend((0..if wire_type == 1 { 8 } else { 4 }).map(|_| script.byte())),
            2 => {
                let length = [32, 16, 0, 48, 31, 33][usize::from(script.byte() % 6)];
                if depth > 0 && script.byte() % 4 == 3 {
                    let inside = of_fields_within(script, depth - 1);
                    integer(script, bytes, inside.len() as u64);
                    bytes.extend(inside);
                } else {
                    integer(script, bytes, length);
                    bytes.extend((0..length).map(|_| script.byte()));
                }
            }
            _ => {}
        }
    }
}

fn of_fields_within(script: &mut Script<'_>, depth: u8) -> Vec<u8> {
    let mut bytes = vec![3 + script.byte() % 2];
    fields(script, &mut bytes, depth);
    bytes.extend([0x55; 8]);
    bytes
}

/// A varint, of one byte more than it needs if the input says so.
fn integer(script: &mut Script<'_>, bytes: &mut Vec<u8>, value: u64) {
    put_integer(bytes, value, script.byte() >= 0xe0);
}

/// A varint, perhaps with a last group of bits that could be left out.
pub fn put_integer(bytes: &mut Vec<u8>, mut value: u64, is_long: bool) {
    while value >= 0x80 {
        bytes.push((value & 0x7f).to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    let last = value.to_le_bytes()[0];
    if is_long {
        bytes.extend([last | 0x80, 0]);
    } else {
        bytes.push(last);
    }
}

/// A field of bytes.
pub fn bytes_field(number: u8, content: &[u8]) -> Vec<u8> {
    let mut field = vec![number << 3 | 2];
    put_integer(&mut field, content.len() as u64, false);
    field.extend_from_slice(content);
    field
}

/// The three texts of an entry of a backup, with `|` between them: any blocks, and a MAC of any length that begins as the right one does.
pub fn backup_entry(secret_key: &[u8; 32], input: &[u8]) -> String {
    let mut script = Script::new(input);
    // The ephemeral key is the backup's own, so that the secret is known without a second key pair.
    let public_key = PkDecryption::from_secret_key(secret_key).public_key();
    let pair = vodozemac::Curve25519SecretKey::from_slice(secret_key);
    let secret = pair
        .diffie_hellman(&vodozemac::Curve25519PublicKey::from(*public_key.as_bytes()))
        .expect("a good key");
    let keys: [u8; 80] = hkdf_sha256(&[], secret.as_bytes(), b"");
    let right = hmac_sha256(&keys[32..64], &[]);
    let length = [8, 8, 8, 1, 7, 9, 32, 0][usize::from(script.byte() % 8)];
    encode(script.rest()) + "|" + &encode(&right[..length]) + "|" + &public_key.to_base64()
}

/// A ciphertext of whole blocks that decrypts to these bytes, with padding or without.
pub fn ciphertext(cipher: &Cipher, plaintext: &[u8], is_padded: bool) -> Vec<u8> {
    let mut ciphertext = cipher.encrypt(plaintext);
    if !is_padded {
        ciphertext.truncate((plaintext.len() / 16 * 16).max(16));
    }
    ciphertext
}

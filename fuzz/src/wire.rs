//! Messages written from their fields, by the words of the specification and not by the library's own writers.

use cliquet::{
    MessageVersion,
    megolm::{MegolmMessage, SessionKey},
    olm::Account,
};

/// The first byte of a message.
pub fn version_byte(version: MessageVersion) -> u8 {
    if version == MessageVersion::V1 { 3 } else { 4 }
}

/// A normal Olm message without its MAC.
pub fn olm_message(version: u8, ratchet_key: &[u8; 32], chain_index: u32, ciphertext: &[u8]) -> Vec<u8> {
    let mut bytes = vec![version];
    put_bytes(&mut bytes, 0x0a, ratchet_key);
    put_integer(&mut bytes, 0x10, chain_index);
    put_bytes(&mut bytes, 0x22, ciphertext);
    bytes
}

/// A pre-key message around a normal one: one-time key, base key and identity key come first.
pub fn olm_pre_key_message(keys: [&[u8; 32]; 3], message: &[u8]) -> Vec<u8> {
    let mut bytes = vec![3];
    for (field, key) in [0x0a, 0x12, 0x1a].into_iter().zip(keys) {
        put_bytes(&mut bytes, field, key);
    }
    put_bytes(&mut bytes, 0x22, message);
    bytes
}

/// The normal message within the bytes of a well-formed pre-key message.
pub fn inside_pre_key_message(bytes: &[u8]) -> &[u8] {
    let header = 1 + 3 * (2 + 32) + 1;
    let length = bytes[header..].iter().position(|byte| byte & 0x80 == 0).expect("the varint ends") + 1;
    &bytes[header + length..]
}

/// A Megolm message without its MAC and signature.
pub fn megolm_message(version: u8, message_index: u32, ciphertext: &[u8]) -> Vec<u8> {
    let mut bytes = vec![version];
    put_integer(&mut bytes, 0x08, message_index);
    put_bytes(&mut bytes, 0x12, ciphertext);
    bytes
}

/// A Megolm message with any MAC, under a right signature of the forger.
pub fn forged_megolm_message(
    forger: &Account,
    version: MessageVersion,
    message_index: u32,
    ciphertext: &[u8],
    mac: &[u8; 32],
) -> MegolmMessage {
    let mut bytes = megolm_message(version_byte(version), message_index, ciphertext);
    bytes.extend_from_slice(&mac[..version.mac_length()]);
    let signature = forger.sign(&bytes);
    bytes.extend_from_slice(signature.as_bytes());
    MegolmMessage::from_bytes(bytes).expect("it is well-formed")
}

/// The session key of a session of the forger's own, at any index.
pub fn forged_session_key(forger: &Account, message_index: u32, ratchet: u8) -> SessionKey {
    let key = forger.ed25519_key();
    let mut bytes = [&[2][..], &message_index.to_be_bytes(), &[ratchet; 128], key.as_bytes()].concat();
    let signature = forger.sign(&bytes);
    bytes.extend_from_slice(signature.as_bytes());
    SessionKey::from_bytes(&bytes).expect("it is signed")
}

fn put_bytes(bytes: &mut Vec<u8>, field: u8, value: &[u8]) {
    put_integer(bytes, field, u32::try_from(value.len()).expect("a fuzzer's input is short"));
    bytes.extend_from_slice(value);
}

fn put_integer(bytes: &mut Vec<u8>, field: u8, mut value: u32) {
    bytes.push(field);
    while value >= 0x80 {
        bytes.push(u8::try_from(value & 0x7f).expect("seven bits") | 0x80);
        value >>= 7;
    }
    bytes.push(u8::try_from(value).expect("seven bits"));
}

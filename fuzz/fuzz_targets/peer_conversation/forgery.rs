//! Messages of somebody who has the message key: fields in any form, authenticated as they stand, or as vodozemac would write them.

use cliquet::MessageVersion;
use cliquet_fuzz::{
    Script,
    peers::{Subject, forge, protobuf},
    wire,
};
use vodozemac::hazmat::Cipher;

/// The fields of a message, in the one form that they have and as the forger writes them.
pub(crate) struct Fields {
    pub(crate) canonical: Vec<u8>,
    pub(crate) written: Vec<u8>,
}

/// Number, integer or bytes.
pub(crate) enum Field<'a> {
    Integer(u8, u64),
    Bytes(u8, &'a [u8]),
}

impl Field<'_> {
    fn written(&self, is_long: bool) -> Vec<u8> {
        match self {
            Self::Integer(number, value) => {
                let mut field = vec![number << 3];
                forge::put_integer(&mut field, *value, is_long);
                field
            }
            Self::Bytes(number, content) => forge::bytes_field(*number, content),
        }
    }
}

/// The fields of a message written in the way that a number says; `index` is the place of the index among them.
pub(crate) fn fields(version: u8, fields: &[Field<'_>], index: usize, how: u8) -> Fields {
    let canonical: Vec<Vec<u8>> = fields.iter().map(|field| field.written(false)).collect();
    let mut written = canonical.clone();
    match how % 8 {
        1 => written.reverse(),
        2 => written.push(vec![0x78, 7]),
        3 => written.insert(0, canonical[0].clone()),
        4 => written[index] = fields[index].written(true),
        5 => drop(written.remove(index)),
        6 => {
            if let Field::Integer(number, value) = fields[index] {
                written[index] = Field::Integer(number, value | 1 << 32).written(false);
            }
        }
        _ => {}
    }
    let [canonical, written] = [canonical, written].map(|fields| [&[version], &fields.concat()[..]].concat());
    Fields { canonical, written }
}

/// An Olm message like this one, made by whoever has its key; in its frame if it has one.
pub(crate) fn remade(
    sent: &[u8],
    key: &[u8; 32],
    version: MessageVersion,
    script: &mut Script<'_>,
) -> Vec<u8> {
    let (how, content, length) = (script.byte(), script.byte(), script.byte());
    let reading = protobuf::read(Subject::Decryption, sent).expect("it was sent");
    let cipher = Cipher::new(key);
    let ciphertext = match content % 4 {
        0 => reading.content.clone(),
        1 => forge::ciphertext(&cipher, &vec![content; usize::from(length)], true),
        // A last block of the forger's, with whatever padding that is.
        2 => forge::ciphertext(&cipher, &[&[length; 15][..], &[content >> 2]].concat(), false),
        _ => forge::ciphertext(&cipher, &[[length % 17; 16], [length % 17; 16]].concat(), false),
    };
    let index = if how & 0x40 == 0 { reading.index } else { reading.index + u64::from(length) };
    let parts =
        [Field::Bytes(1, &reading.ratchet_key), Field::Integer(2, index), Field::Bytes(4, &ciphertext)];
    let made = fields(wire::version_byte(version), &parts, 1, how);
    let mac = cipher.mac(if how & 0x80 == 0 { &made.canonical } else { &made.written });
    let message = [&made.written, &mac.as_bytes()[..version.mac_length()]].concat();
    match sent[0] {
        0 => {
            let frame = reading
                .frame_keys
                .each_ref()
                .map(|key| <&[u8; 32]>::try_from(&key[..]).expect("of 32 bytes"));
            [&[0][..], &wire::olm_pre_key_message(frame, &message)].concat()
        }
        _ => [&[1][..], &message].concat(),
    }
}

/// The same message in a frame of these keys, its fields written in the way that a number says.
pub(crate) fn reframed(sent: &[u8], script: &mut Script<'_>) -> Vec<u8> {
    let (how, which) = (script.byte(), script.byte());
    let reading = protobuf::read(Subject::Decryption, sent).expect("it was sent");
    let inside = if sent[0] == 0 { wire::inside_pre_key_message(&sent[1..]) } else { &sent[1..] };
    let mut keys = reading.frame_keys;
    for key in &mut keys {
        key.resize(32, 9);
    }
    if which > 0 {
        let key = &mut keys[usize::from(which % 3)];
        match which / 3 % 4 {
            0 => key[31] ^= 0x80,
            1 => *key = script.array::<32>().to_vec(),
            2 => *key = [0; 32].to_vec(),
            _ => key[0] ^= 1,
        }
    }
    let parts = [
        Field::Bytes(1, &keys[0]),
        Field::Bytes(2, &keys[1]),
        Field::Bytes(3, &keys[2]),
        Field::Bytes(4, inside),
    ];
    // A field left out has no form that vodozemac reads.
    let how = if matches!(how % 8, 4..=6) { 0 } else { how };
    [&[0][..], &fields(3, &parts, 3, how).written].concat()
}

/// A message of which nothing was sent but perhaps the ratchet key.
pub(crate) fn invented(sent: &[u8], version: MessageVersion, script: &mut Script<'_>) -> Vec<u8> {
    let (which, index) = (script.byte(), script.short());
    let reading = protobuf::read(Subject::Decryption, sent).expect("it was sent");
    let ratchet_key = match which % 4 {
        0 => reading.ratchet_key.try_into().expect("of 32 bytes"),
        1 => [0; 32],
        _ => script.array(),
    };
    let version_byte =
        if which < 0xf0 { wire::version_byte(version) } else { 7 - wire::version_byte(version) };
    let fields = wire::olm_message(version_byte, &ratchet_key, index.into(), &[which; 16]);
    let length = if version_byte == 3 { 8 } else { 32 };
    [&[1][..], &fields, &vec![which; length]].concat()
}

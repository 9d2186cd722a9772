//! Signatures that the signer did not make, and Ed25519 keys that are none.

use super::scene::{Result, Scene, group_decryption};
use crate::call::{Call, Id};
use crate::forge;
use crate::object::Kind;

/// The order of the group, little endian.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// Another signature of the same message, which anybody can compute.
fn second(signature: &[u8]) -> Vec<u8> {
    let mut second = signature.to_vec();
    let mut carry = 0_u16;
    for (byte, order) in second[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    second
}

fn verification(utility: Id, key: &[u8], message: &[u8], signature: &[u8]) -> Call {
    let verify = Call::new("olm_ed25519_verify").object(utility).bytes(&forge::to_base64(key)).bytes(message);
    verify.bytes(&forge::to_base64(signature))
}

pub(super) fn unfit(scene: &mut Scene<'_>) -> Result<()> {
    let utility = scene.pair.make(Kind::Utility)?;
    let account = scene.account(0)?;
    let [_, key] = scene.identity(account)?;
    let key = forge::from_base64(&key).unwrap();
    let signed = scene.works(Call::new("olm_account_sign").object(account).bytes(b"text").room(86))?;
    let signature = forge::from_base64(signed.block(1)).unwrap();
    scene.works(verification(utility, &key, b"text", &signature))?;
    scene.only_real(5, verification(utility, &key, b"text", &second(&signature)).note("signature"))?;
    scene.only_real(5, verification(utility, &key, b"text", &[&signature[..], &[1, 2, 3]].concat()))?;
    scene.only_real(5, verification(utility, &key, b"text", &[&signature[..], &[1, 2]].concat()))?;

    // The key and the signature of nobody: they verify any text.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let signature = [neutral, [0; 32]].concat();
    scene.only_real(5, verification(utility, &neutral, b"any text", &signature).note("signature"))?;

    groups(scene)?;
    no_points(scene)
}

fn groups(scene: &mut Scene<'_>) -> Result<()> {
    let room = scene.room()?;
    let message = forge::from_base64(&scene.post(room.outbound, b"text")?).unwrap();
    let (body, signature) = message.split_at(message.len() - 64);
    let message = forge::to_base64(&[body, &second(signature)].concat());
    scene.only_real(14, group_decryption(room.inbound, &message).note("signature"))?;

    let key = forge::from_base64(&scene.session_key(room.outbound)?).unwrap();
    let (body, signature) = key.split_at(key.len() - 64);
    let key = forge::to_base64(&[body, &second(signature)].concat());
    let session = scene.pair.make(Kind::Inbound)?;
    let init = Call::new("olm_init_inbound_group_session").object(session).bytes(&key);
    scene.only_real(14, init.note("signature"))
}

/// Exports and pickles with Ed25519 keys that are no points.
fn no_points(scene: &mut Scene<'_>) -> Result<()> {
    let room = scene.room()?;
    let export = Call::new("olm_export_inbound_group_session").object(room.inbound).room(220).number(0);
    let mut export = forge::from_base64(scene.works(export)?.block(0)).unwrap();
    let length = export.len();
    // No x belongs to y = 2.
    let mut no_point = [0; 32];
    no_point[0] = 2;
    export[length - 32..].copy_from_slice(&no_point);
    let session = scene.pair.make(Kind::Inbound)?;
    let import = Call::new("olm_import_inbound_group_session").object(session);
    scene.only_real(11, import.bytes(&forge::to_base64(&export)))?;
    let mut content = scene.content(room.inbound)?;
    let end = content.len();
    content[end - 33..end - 1].copy_from_slice(&no_point);
    let unpickle = scene.unpickling(Kind::Inbound, &content)?;
    scene.only_real(10, unpickle)
}

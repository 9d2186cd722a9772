//! Authentic ciphertexts of lengths that no padding leads to, and wrong padding.

use super::scene::{Result, Scene, decryption, group_decryption};
use crate::call::Call;
use crate::forge::{self, Keys};
use crate::object::Kind;

/// A block, and whole ones with something behind it.
const LENGTHS: [usize; 4] = [0, 5, 24, 47];

pub(super) fn no_blocks(scene: &mut Scene<'_>) -> Result<()> {
    let talk = scene.talk()?;
    let room = scene.room()?;
    let account = scene.account(1)?;
    let content = scene.content(account)?;
    for length in LENGTHS {
        let blocks = vec![1; length];
        let letter = scene.forged_letter(talk.alice, &blocks)?;
        scene.call(decryption(talk.bob, 1, &letter))?;
        let post = scene.forged_post(&room, &blocks)?;
        scene.call(group_decryption(room.inbound, &post))?;

        let keys = Keys::of_pickle(b"key");
        let mut sealed = keys.encrypt(&[&content[..32], &blocks].concat());
        sealed.truncate(if length == 0 { 0 } else { sealed.len() });
        sealed.extend(keys.mac(&sealed));
        let unpickle = scene.unpickling_text(Kind::Account, &forge::to_base64(&sealed))?;
        scene.call(unpickle.note("no blocks"))?;
    }
    for cut in 1..30 {
        let (decryption, message) = backup(scene, b"a text of more than one block of ciphertext")?;
        let ciphertext = forge::from_base64(&message[0]).unwrap();
        let ciphertext = forge::to_base64(&ciphertext[..ciphertext.len() - cut]);
        let decrypt = Call::new("olm_pk_decrypt").object(decryption).bytes(&message[2]).bytes(&message[1]);
        scene.call(decrypt.bytes(&ciphertext).room(48 - cut))?;
    }
    Ok(())
}

/// A key pair and a backup entry for it: ciphertext, MAC, ephemeral key.
fn backup(scene: &mut Scene<'_>, plaintext: &[u8]) -> Result<(crate::call::Id, [Vec<u8>; 3])> {
    let (decryption, encryption) = (scene.pair.make(Kind::Decryption)?, scene.pair.make(Kind::Encryption)?);
    let private = scene.dice.bytes(32);
    let made =
        scene.works(Call::new("olm_pk_key_from_private").object(decryption).room(43).bytes(&private))?;
    let recipient = Call::new("olm_pk_encryption_set_recipient_key").object(encryption);
    scene.works(recipient.bytes(made.block(0)))?;
    let question = Call::new("olm_pk_ciphertext_length").object(encryption).size(plaintext.len());
    let length = scene.works(question)?.size();
    let random = scene.dice.bytes(32);
    let encrypt = Call::new("olm_pk_encrypt").object(encryption).bytes(plaintext);
    let encrypted = scene.works(encrypt.room(length).room(11).room(43).bytes(&random))?;
    Ok((decryption, [1, 2, 3].map(|block| encrypted.block(block).to_vec())))
}

/// Padding of nothing, of more than a block, and of bytes that differ.
pub(super) fn padding(scene: &mut Scene<'_>) -> Result<()> {
    let (talk, room) = (scene.talk()?, scene.room()?);
    let member = scene.content(room.inbound)?;
    let account = scene.account(1)?;
    let content = scene.content(account)?;
    for last in [0, 2, 17, 20] {
        // The byte before the last one is another.
        let mut blocks = vec![0x55; 32];
        blocks[31] = last;
        let letter = scene.forged_letter(talk.alice, &blocks)?;
        let bob = scene.content(talk.bob)?;
        let bob = scene.remade(Kind::Session, &bob)?;
        scene.only_real(5, decryption(bob, 1, &letter).note("padding"))?;
        let post = scene.forged_post(&room, &blocks)?;
        let inbound = scene.remade(Kind::Inbound, &member)?;
        scene.only_real(5, group_decryption(inbound, &post).note("padding"))?;
    }
    // The content of the pickle is all there; the padding behind it is 32 bytes instead of 16, or not all the same.
    let mut blocks = forge::padded(&content);
    let end = blocks.len();
    blocks[end - 2] ^= 0x40;
    let unpickle = scene.unpickling_text(Kind::Account, &forge::seal_pickle_blocks(b"key", &blocks))?;
    scene.only_real(8, unpickle.note("padding"))?;
    let padding = 16 + (16 - content.len() % 16);
    let mut blocks = content.clone();
    blocks.resize(content.len() + padding, u8::try_from(padding).unwrap());
    let unpickle = scene.unpickling_text(Kind::Account, &forge::seal_pickle_blocks(b"key", &blocks))?;
    scene.only_real(8, unpickle.note("padding"))?;

    // Flips the padding of a backup entry through the block before it.
    let (decryption, message) = backup(scene, &[7; 24])?;
    for flip in [0x08_u8, 0x0a, 0x18] {
        let mut ciphertext = forge::from_base64(&message[0]).unwrap();
        ciphertext[15] ^= flip;
        let decrypt = Call::new("olm_pk_decrypt").object(decryption).bytes(&message[2]).bytes(&message[1]);
        scene.only_real(5, decrypt.bytes(&forge::to_base64(&ciphertext)).room(64))?;
    }
    Ok(())
}

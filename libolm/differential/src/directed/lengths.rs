//! Buffers that are too short or longer than needed, and lengths that no memory has.

use super::scene::{Result, Scene};
use crate::call::{Call, Id};
use crate::object::Kind;

pub(super) fn room_for_a_mac(scene: &mut Scene<'_>) -> Result<()> {
    let encryption = recipient(scene)?;
    for room in 0..11 {
        let random = scene.dice.bytes(32);
        let encrypt =
            Call::new("olm_pk_encrypt").object(encryption).bytes(b"text").room(22).room(room).room(43);
        let outcome = scene.call(encrypt.bytes(&random))?;
        assert!(scene.pair.is_of_twins() || outcome.ours.failed(), "eleven characters are written");
    }
    Ok(())
}

pub(super) fn recipient(scene: &mut Scene<'_>) -> Result<Id> {
    let (decryption, encryption) = (scene.pair.make(Kind::Decryption)?, scene.pair.make(Kind::Encryption)?);
    let private = scene.dice.bytes(32);
    let made = scene.works(Call::new("olm_pk_generate_key").object(decryption).room(43).bytes(&private))?;
    let set = Call::new("olm_pk_encryption_set_recipient_key").object(encryption).bytes(made.block(0));
    scene.works(set)?;
    Ok(encryption)
}

pub(super) fn many_bytes(scene: &mut Scene<'_>) -> Result<()> {
    let (sas, other) = (scene.pair.make(Kind::Sas)?, scene.pair.make(Kind::Sas)?);
    for sas in [sas, other] {
        let random = scene.dice.bytes(32);
        scene.works(Call::new("olm_create_sas").object(sas).bytes(&random))?;
    }
    let key = scene.works(Call::new("olm_sas_get_pubkey").object(other).room(43))?;
    scene.works(Call::new("olm_sas_set_their_key").object(sas).bytes(key.block(0)))?;
    let generate = |length| Call::new("olm_sas_generate_bytes").object(sas).bytes(b"info").room(length);
    for length in [0, 1, 32, 33, 8_159, 8_160] {
        scene.works(generate(length))?;
    }
    scene.only_real(2, generate(8_161))?;
    scene.works(Call::new("olm_create_sas").object(other).bytes(&[1; 32]))?;
    Ok(())
}

pub(super) fn overflow(scene: &mut Scene<'_>) -> Result<()> {
    let (talk, room, account) = (scene.talk()?, scene.room()?, scene.account(1)?);
    // Sessions of every state: one that has answered, one that can, one that waits for an answer, and none yet.
    let (waiting, blank) = (scene.outbound(account, account)?, scene.pair.make(Kind::Session)?);
    let sessions = [talk.alice, talk.bob, waiting, blank];
    let encryption = recipient(scene)?;
    for length in [usize::MAX, usize::MAX - 15, usize::MAX / 2, usize::MAX / 4 * 3] {
        let questions = [
            Call::new("olm_group_encrypt_message_length").object(room.outbound),
            Call::new("olm_pk_ciphertext_length").object(encryption),
            Call::new("olm_account_generate_one_time_keys_random_length").object(account),
        ];
        let of_sessions = sessions.map(|session| Call::new("olm_encrypt_message_length").object(session));
        for question in questions.into_iter().chain(of_sessions) {
            scene.call(question.size(length).note("overflow"))?;
        }
    }
    // So many keys that the real library wants no random bytes for them, and then reads on.
    let generate = Call::new("olm_account_generate_one_time_keys").object(account).size(1 << 59);
    scene.pair.refused_by_ours("Lengths that overflow", generate.bytes(b""))?;
    for length in [usize::MAX, usize::MAX - 100, isize::MAX.unsigned_abs() + 1] {
        for session in sessions {
            let encrypt = Call::new("olm_encrypt").object(session).place(16).size(length);
            scene.pair.refused_by_ours("Lengths that overflow", encrypt.bytes(&[1; 32]).room(400))?;
        }
        let encrypt = Call::new("olm_group_encrypt").object(room.outbound).place(16).size(length);
        scene.pair.refused_by_ours("Lengths that overflow", encrypt.room(400))?;
    }
    descriptions(scene, talk.bob)
}

/// Rooms for a description that are no int of C: the real library takes them for none, or for less.
fn descriptions(scene: &mut Scene<'_>, session: Id) -> Result<()> {
    let describe = || Call::new("olm_session_describe").object(session);
    let whole = scene.works(describe().room(600))?.block(0).to_vec();
    for length in [1 << 31, (1 << 32) - 1, 1 << 32, (1 << 32) + 30, isize::MAX.unsigned_abs(), usize::MAX] {
        let outcome = scene.call(describe().place(600).size(length).note("overflow"))?;
        assert!(scene.pair.is_of_twins() || outcome.block(0) == whole, "the whole text, and a zero");
    }
    Ok(())
}

/// Plaintexts and ciphertexts in buffers of more room than they need.
pub(super) fn leftovers(scene: &mut Scene<'_>) -> Result<()> {
    let encryption = recipient(scene)?;
    let random = scene.dice.bytes(32);
    let encrypt = Call::new("olm_pk_encrypt").object(encryption).bytes(b"text").room(100).room(20).room(50);
    scene.call(encrypt.bytes(&random))?;
    let talk = scene.talk()?;
    let message = scene.encrypt(talk.alice, b"text")?;
    let decrypt = Call::new("olm_decrypt").object(talk.bob).size(1).bytes(&message).room(100);
    scene.works(decrypt)?;

    // The first answer of a session takes random bytes; without, the real library has written a header.
    let (sender, receiver) = (scene.account(0)?, scene.account(1)?);
    let session = scene.outbound(sender, receiver)?;
    let first = scene.encrypt(session, b"first")?;
    let inbound = scene.inbound(receiver, &first)?;
    scene.call(Call::new("olm_encrypt").object(inbound).bytes(b"text").bytes(&[1; 31]).room(400))?;
    Ok(())
}

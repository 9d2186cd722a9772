//! Objects without keys, objects that are used again, and failures.

use super::lengths::recipient;
use super::scene::{Result, Scene, decryption, group_decryption};
use crate::call::{Call, Id};
use crate::forge;
use crate::object::Kind;

/// The real library works with keys of zeros.
pub(super) fn without_keys(scene: &mut Scene<'_>) -> Result<()> {
    let made: Vec<_> = Kind::ALL.iter().map(|kind| scene.pair.make(*kind)).collect::<Result<_>>()?;
    let [account, session, _, inbound, outbound, encryption, decryption, signing, sas] = made[..] else {
        panic!("nine kinds");
    };
    let other = scene.account(1)?;
    let [identity, _] = scene.identity(other)?;
    let one_time = scene.one_time_key(other)?;
    let random = scene.dice.bytes(64);
    let calls = [
        (8, Call::new("olm_account_sign").object(account).bytes(b"text").room(86)),
        (8, Call::new("olm_account_identity_keys").object(account).room(116)),
        (8, Call::new("olm_account_generate_one_time_keys").object(account).size(1).bytes(&random[..32])),
        (8, Call::new("olm_account_generate_fallback_key").object(account).bytes(&random[..32])),
        (8, Call::new("olm_pickle_account").object(account).bytes(b"key").room(246)),
        (11, Call::new("olm_session_id").object(session).room(43)),
        (11, Call::new("olm_encrypt").object(session).bytes(b"text").bytes(&random).room(300)),
        (11, Call::new("olm_pickle_session").object(session).bytes(b"key").room(300)),
        (11, Call::new("olm_inbound_group_session_id").object(inbound).room(43)),
        (11, Call::new("olm_export_inbound_group_session").object(inbound).room(220).number(0)),
        (11, Call::new("olm_pickle_inbound_group_session").object(inbound).bytes(b"key").room(500)),
        (11, Call::new("olm_outbound_group_session_id").object(outbound).room(43)),
        (11, Call::new("olm_outbound_group_session_key").object(outbound).room(306)),
        (11, Call::new("olm_group_encrypt").object(outbound).bytes(b"text").room(200)),
        (11, Call::new("olm_pickle_outbound_group_session").object(outbound).bytes(b"key").room(500)),
        (
            8,
            Call::new("olm_pk_encrypt")
                .object(encryption)
                .bytes(b"text")
                .room(22)
                .room(11)
                .room(43)
                .bytes(&random[..32]),
        ),
        (8, Call::new("olm_pk_get_private_key").object(decryption).room(32)),
        (8, Call::new("olm_pickle_pk_decryption").object(decryption).bytes(b"key").room(200)),
        (8, Call::new("olm_pk_sign").object(signing).bytes(b"text").room(86)),
        (8, Call::new("olm_sas_get_pubkey").object(sas).room(43)),
        (8, Call::new("olm_sas_set_their_key").object(sas).bytes(&identity)),
    ];
    for (code, call) in calls {
        scene.only_real(code, call)?;
    }
    verdicts(scene)?;
    let session = scene.pair.make(Kind::Session)?;
    let create = Call::new("olm_create_outbound_session").object(session).object(account);
    scene.only_real(8, create.bytes(&identity).bytes(&one_time).bytes(&random))
}

/// What objects without keys say of messages, signed and authentic ones that others can read.
fn verdicts(scene: &mut Scene<'_>) -> Result<()> {
    let (talk, room) = (scene.talk()?, scene.room()?);
    let letter = scene.encrypt(talk.alice, b"text")?;
    let post = scene.post(room.outbound, b"text")?;
    let (session, inbound) = (scene.pair.make(Kind::Session)?, scene.pair.make(Kind::Inbound)?);
    let account = scene.pair.make(Kind::Account)?;
    scene.refused(5, decryption(session, 0, &talk.first))?;
    scene.refused(5, decryption(session, 1, &letter))?;
    let matches = Call::new("olm_matches_inbound_session").object(session).bytes(&talk.first);
    assert_eq!(scene.works(matches)?.size(), 0);
    let create = Call::new("olm_create_inbound_session").object(session).object(account);
    scene.refused(6, create.bytes(&talk.first))?;
    scene.refused(6, Call::new("olm_remove_one_time_keys").object(account).object(talk.bob))?;
    scene.refused(14, group_decryption(inbound, &post))?;
    // The room for the plaintext comes after the signature.
    let decrypt = Call::new("olm_group_decrypt").object(inbound).bytes(&post).room(0);
    scene.refused(14, decrypt.place(4))?;
    let entry = entry(scene)?;
    let decryption = scene.pair.make(Kind::Decryption)?;
    let decrypt = Call::new("olm_pk_decrypt").object(decryption);
    scene.refused(5, decrypt.bytes(&entry[2]).bytes(&entry[1]).bytes(&entry[0]).room(16))?;
    let sas = scene.pair.make(Kind::Sas)?;
    scene.refused(16, Call::new("olm_sas_generate_bytes").object(sas).bytes(b"info").room(6))
}

/// A backup entry: ciphertext, MAC, ephemeral key.
fn entry(scene: &mut Scene<'_>) -> Result<[Vec<u8>; 3]> {
    let encryption = recipient(scene)?;
    let random = scene.dice.bytes(32);
    let encrypt = Call::new("olm_pk_encrypt").object(encryption).bytes(b"text").room(22).room(11).room(43);
    let entry = scene.works(encrypt.bytes(&random))?;
    Ok([1, 2, 3].map(|block| entry.block(block).to_vec()))
}

/// The real library keeps one-time keys, chains and flags of the object that was there; ours is as if it were fresh.
pub(super) fn used_again(scene: &mut Scene<'_>) -> Result<()> {
    let account = scene.account(3)?;
    let other = scene.account(2)?;
    let content = scene.content(other)?;
    let pickle = forge::seal_pickle(b"key", &content);
    again(scene, account, |id| Call::new("olm_unpickle_account").object(id).bytes(b"key").bytes(&pickle))?;
    let random = scene.dice.bytes(64);
    again(scene, account, |id| Call::new("olm_create_account").object(id).bytes(&random))?;

    let talk = scene.talk()?;
    let [identity, _] = scene.identity(other)?;
    let one_time = scene.one_time_key(other)?;
    again(scene, talk.bob, |id| {
        let create = Call::new("olm_create_outbound_session").object(id).object(talk.receiver);
        create.bytes(&identity).bytes(&one_time).bytes(&random)
    })?;
    let message = scene.encrypt(talk.bob, b"to another")?;
    again(scene, talk.alice, |id| {
        Call::new("olm_create_inbound_session").object(id).object(other).bytes(&message)
    })?;
    scene.decrypt(talk.alice, 0, &message)?;

    let (room, source) = (scene.room()?, scene.room()?);
    let export = Call::new("olm_export_inbound_group_session").object(source.inbound).room(220).number(0);
    let export = scene.works(export)?.block(0).to_vec();
    again(scene, room.inbound, |id| Call::new("olm_import_inbound_group_session").object(id).bytes(&export))?;
    let key = scene.session_key(room.outbound)?;
    again(scene, room.inbound, |id| Call::new("olm_init_inbound_group_session").object(id).bytes(&key))?;
    let random = scene.dice.bytes(160);
    again(scene, room.outbound, |id| Call::new("olm_init_outbound_group_session").object(id).bytes(&random))
}

/// Makes an object anew, and another one for the first time: ours are the same.
fn again(scene: &mut Scene<'_>, used: Id, call: impl Fn(Id) -> Call) -> Result<()> {
    scene.call(call(used))?;
    let fresh = scene.pair.make(scene.pair.object(used).kind)?;
    scene.works(call(fresh))?;
    assert_eq!(scene.content(used)?, scene.content(fresh)?, "something of the old object is left");
    Ok(())
}

/// In the real library, what a refused call began with stays.
pub(super) fn failures(scene: &mut Scene<'_>) -> Result<()> {
    let (room, other) = (scene.room()?, scene.room()?);
    let mut key = forge::from_base64(&scene.session_key(other.outbound)?).unwrap();
    key[200] ^= 1;
    let init = Call::new("olm_init_inbound_group_session").object(room.inbound);
    scene.call(init.bytes(&forge::to_base64(&key)))?;

    let mut content = scene.content(other.inbound)?;
    content.truncate(200);
    let pickle = forge::seal_pickle(b"key", &content);
    let unpickle = Call::new("olm_unpickle_inbound_group_session").object(room.inbound);
    scene.call(unpickle.bytes(b"key").bytes(&pickle))?;

    // A message under the right signature, with a wrong MAC.
    let message = forge::from_base64(&scene.forged_post(&room, &forge::padded(b"text"))?).unwrap();
    let (body, _) = message.split_at(message.len() - 72);
    let mut message = [body, &[0; 8]].concat();
    message[2] = 100;
    let signature = scene.sign(&room.seed, &message)?;
    message.extend(signature);
    scene.call(group_decryption(room.inbound, &forge::to_base64(&message)))?;

    let account = scene.account(2)?;
    let mut content = scene.content(account)?;
    content.push(0);
    let pickle = forge::seal_pickle(b"key", &content);
    scene.call(Call::new("olm_unpickle_account").object(account).bytes(b"key").bytes(&pickle))?;
    Ok(())
}

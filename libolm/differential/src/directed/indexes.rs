//! The last numbers of 32 bits: the real library begins again at 0.

use super::scene::{Result, Scene, decryption, group_decryption, letter};
use crate::call::Call;
use crate::forge;
use crate::object::Kind;

pub(super) fn last_indexes(scene: &mut Scene<'_>) -> Result<()> {
    let room = scene.room()?;
    let mut content = scene.content(room.outbound)?;
    content[132..136].copy_from_slice(&(u32::MAX - 1).to_be_bytes());
    let outbound = scene.remade(Kind::Outbound, &content)?;
    let inbound = scene.member(outbound)?;
    let before_last = scene.post(outbound, b"before the last")?;
    scene.works(group_decryption(inbound, &before_last))?;
    // The last message, and the one after it, which ours does not write.
    let encrypt =
        || Call::new("olm_group_encrypt").object(outbound).bytes(b"text").room(124).note("last index");
    let mut posts = Vec::new();
    for _ in 0..2 {
        let encrypted = scene.call(encrypt())?;
        if !encrypted.real.failed() {
            posts.push(encrypted.real.blocks[1].clone());
        }
        scene.call(Call::new("olm_outbound_group_session_message_index").object(outbound))?;
        let key = Call::new("olm_outbound_group_session_key").object(outbound).room(306);
        scene.call(key.note("last index"))?;
    }
    for post in posts {
        scene.call(group_decryption(inbound, &post))?;
    }
    // Before the first index of a session near the end.
    for index in [0, 5, u32::MAX - 2, u32::MAX] {
        let export = Call::new("olm_export_inbound_group_session").object(inbound).room(220);
        scene.call(export.number(index))?;
    }
    far_before_the_latest(scene)?;
    last_chain_indexes(scene)
}

/// Once a session was read at its end, the real library is lost at its beginning.
fn far_before_the_latest(scene: &mut Scene<'_>) -> Result<()> {
    let room = scene.room()?;
    let posts = [scene.post(room.outbound, b"early")?, scene.post(room.outbound, b"later")?];
    let export =
        |index| Call::new("olm_export_inbound_group_session").object(room.inbound).room(220).number(index);
    let before = scene.works(export(1))?.block(0).to_vec();
    // In two steps, since half of all indexes at once is refused.
    for index in [u32::MAX / 2, u32::MAX - 1] {
        scene.works(export(index))?;
    }
    let after = scene.call(export(1))?;
    assert!(scene.pair.is_of_twins() || after.block(0) == before, "ours goes on");
    for post in posts {
        let decrypted = scene.call(group_decryption(room.inbound, &post))?;
        assert!(scene.pair.is_of_twins() || !decrypted.ours.failed(), "ours goes on");
    }
    Ok(())
}

fn last_chain_indexes(scene: &mut Scene<'_>) -> Result<()> {
    let talk = scene.talk()?;
    // The index of the sending chain, and that of the receiving one.
    let sender = 4 + 1 + 3 * 32 + 32 + 4 + 64 + 32;
    let mut content = scene.content(talk.alice)?;
    let key = content[sender - 96..sender - 64].to_vec();
    let chain_key = content[sender - 32..sender].to_vec();
    content[sender..sender + 4].fill(0xff);
    let alice = scene.remade(Kind::Session, &content)?;
    let encrypt = || Call::new("olm_encrypt").object(alice).bytes(b"text").bytes(b"").room(300);
    for _ in 0..2 {
        scene.call(encrypt().note("last index"))?;
    }
    let mut content = scene.content(talk.bob)?;
    let chains = sender - 96;
    let first = (chains..content.len()).find(|start| content[*start..].starts_with(&key));
    let index = first.expect("Bob has Alice's chain") + 64;
    content[index..index + 4].fill(0xff);
    content[index - 32..index].copy_from_slice(&chain_key);
    let bob = scene.remade(Kind::Session, &content)?;
    let last = letter(&key, &chain_key, u32::MAX, &forge::padded(b"last"));
    scene.call(decryption(bob, 1, &forge::to_base64(&last)).note("last chain index"))?;
    Ok(())
}

/// An account that has given out nearly all ids.
pub(super) fn last_key_ids(scene: &mut Scene<'_>) -> Result<()> {
    let account = scene.account(1)?;
    let content = scene.content(account)?;
    for last in [u32::MAX - 3, u32::MAX - 2, u32::MAX - 1] {
        let mut content = content.clone();
        let end = content.len();
        content[end - 4..].copy_from_slice(&last.to_be_bytes());
        let random = scene.dice.bytes(96);
        let unpickle = scene.unpickling(Kind::Account, &content)?;
        let account = unpickle.objects().next().unwrap();
        if scene.call(unpickle.note("contradictory"))?.ours.failed() {
            continue;
        }
        for count in [1, 3] {
            let generate = Call::new("olm_account_generate_one_time_keys").object(account).size(count);
            scene.call(generate.bytes(&random[..32 * count]).note("last key id"))?;
        }
        let generate = Call::new("olm_account_generate_fallback_key").object(account);
        scene.call(generate.bytes(&random[..32]).note("last key id"))?;
    }
    Ok(())
}

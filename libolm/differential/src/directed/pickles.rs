//! Pickles whose content no library writes, under the right key.

use super::scene::{Result, Scene};
use crate::call::Call;
use crate::forge;
use crate::object::Kind;

pub(super) fn good(scene: &mut Scene<'_>) -> Result<()> {
    let account = scene.account(3)?;
    let talk = scene.talk()?;
    let room = scene.room()?;
    for id in [account, talk.alice, talk.bob, room.outbound, room.inbound] {
        let content = scene.content(id)?;
        let copy = scene.remade(scene.pair.object(id).kind, &content)?;
        assert_eq!(scene.content(copy)?, content);
    }
    Ok(())
}

/// Versions that older libolms wrote.
pub(super) fn older_versions(scene: &mut Scene<'_>) -> Result<()> {
    let account = scene.account(2)?;
    let content = scene.content(account)?;
    let (body, end) = content.split_at(content.len() - 5);
    let (keys, last_id) = (&body[4..], &end[1..]);
    let slot = |filled: u8| [&[0, 0, 0, 2, filled][..], &content[100..164]].concat();
    let of = |number: u8, parts: &[&[u8]]| {
        let mut all = vec![0, 0, 0, number];
        all.extend_from_slice(keys);
        parts.iter().for_each(|part| all.extend_from_slice(part));
        all
    };
    for content in [
        of(2, &[last_id]),
        of(3, &[&slot(0), &slot(0), last_id]),
        of(3, &[&slot(1), &slot(0), last_id]),
        of(3, &[&slot(1), &slot(1), last_id]),
        of(3, &[&slot(0), &slot(1), last_id]),
    ] {
        scene.remade(Kind::Account, &content)?;
    }
    for number in [0, 1, 5, 0xff] {
        let unpickle = scene.unpickling(Kind::Account, &of(number, &[last_id]))?;
        scene.call(unpickle)?;
    }
    let room = scene.room()?;
    let mut content = scene.content(room.inbound)?;
    content.pop();
    content[3] = 1;
    scene.remade(Kind::Inbound, &content)?;
    let talk = scene.talk()?;
    let mut content = scene.content(talk.bob)?;
    content[0] = 0x80;
    content.extend([0, 0, 0, 9]);
    scene.remade(Kind::Session, &content)?;
    Ok(())
}

pub(super) fn code_of_a_corrupted_pickle(scene: &mut Scene<'_>) -> Result<()> {
    let account = scene.account(1)?;
    let mut content = scene.content(account)?;
    content.truncate(100);
    let pickle = forge::seal_pickle(b"key", &content);
    let other = scene.pair.make(Kind::Account)?;
    // Leaves an error behind.
    scene.call(Call::new("olm_create_account").object(other).bytes(b"short"))?;
    let failed = scene.pair.make(Kind::Account)?;
    scene.call(Call::new("olm_account_one_time_keys").object(failed).room(3))?;
    scene.call(Call::new("olm_unpickle_account").object(failed).bytes(b"key").bytes(&pickle))?;
    Ok(())
}

/// Cuts, leftovers, and contents that contradict themselves.
pub(super) fn contradictory(scene: &mut Scene<'_>) -> Result<()> {
    let account = scene.account(2)?;
    let (talk, room) = (scene.talk()?, scene.room()?);
    let decryption = scene.pair.make(Kind::Decryption)?;
    let private = scene.dice.bytes(32);
    scene.works(Call::new("olm_pk_key_from_private").object(decryption).room(43).bytes(&private))?;
    for id in [account, talk.alice, talk.bob, room.outbound, room.inbound, decryption] {
        let content = scene.content(id)?;
        let kind = scene.pair.object(id).kind;
        for length in [0, 3, 4, 5, 100, content.len() - 1] {
            let unpickle = scene.unpickling(kind, &content[..length.min(content.len() - 1)])?;
            scene.call(unpickle)?;
        }
        let unpickle = scene.unpickling(kind, &[&content[..], &[0]].concat())?;
        scene.call(unpickle)?;
        for version in [0, 9, 0x80] {
            let mut content = content.clone();
            content[3] = version;
            let unpickle = scene.unpickling(kind, &content)?;
            scene.call(unpickle)?;
        }
    }
    accounts(scene, account)?;
    one_time_key(scene)?;
    sessions(scene, talk.alice)?;

    // A public key that is not that of the secret key.
    for (id, place) in [(room.outbound, 140), (decryption, 10), (account, 10), (account, 110), (account, 180)]
    {
        let mut content = scene.content(id)?;
        content[place] ^= 1;
        let unpickle = scene.unpickling(scene.pair.object(id).kind, &content)?;
        scene.call(unpickle.note("contradictory"))?;
    }
    Ok(())
}

/// Where the number of one-time keys is, and how long one is.
const KEYS: usize = 4 + 96 + 64;
const KEY: usize = 69;

fn accounts(scene: &mut Scene<'_>, account: crate::call::Id) -> Result<()> {
    let content = scene.content(account)?;
    let (head, rest) = (&content[..KEYS], &content[KEYS + 4..]);
    let (first, second, end) = (&rest[..KEY], &rest[KEY..2 * KEY], &rest[2 * KEY..]);
    let with =
        |count: u32, keys: &[&[u8]], end: &[u8]| [head, &count.to_be_bytes(), &keys.concat(), end].concat();

    let unpickle = scene.unpickling(Kind::Account, &with(2, &[second, first], end))?;
    scene.call(unpickle.note("contradictory"))?;
    // An id that was not given yet.
    let unpickle = scene.unpickling(Kind::Account, &with(2, &[first, second], &[0, 0, 0, 0, 1]))?;
    scene.call(unpickle.note("contradictory"))?;
    let hundred: Vec<&[u8]> = vec![first; 101];
    let wrong = [
        with(101, &hundred, end),
        with(3, &[first, second], end),
        with(u32::MAX, &[first, second], end),
        // Three fallback keys; two, of which there is one.
        with(2, &[first, second], &[&[3], first, first, first, &[0, 0, 0, 9][..]].concat()),
        with(2, &[first, second], &[&[2], first, &[0, 0, 0, 9][..]].concat()),
    ];
    for content in wrong {
        let unpickle = scene.unpickling(Kind::Account, &content)?;
        scene.call(unpickle.note("contradictory"))?;
    }
    Ok(())
}

/// A one-time key whose secret key is another's: found when a message comes for it.
fn one_time_key(scene: &mut Scene<'_>) -> Result<()> {
    let (sender, receiver) = (scene.account(0)?, scene.account(1)?);
    let session = scene.outbound(sender, receiver)?;
    let first = scene.encrypt(session, b"first")?;
    let mut content = scene.content(receiver)?;
    // Behind the number of keys, an id, a flag, and the public key.
    content[KEYS + 4 + 5 + 32 + 9] ^= 1;
    let receiver = scene.remade(Kind::Account, &content)?;
    let session = scene.pair.make(Kind::Session)?;
    let create = Call::new("olm_create_inbound_session").object(session).object(receiver);
    scene.only_real(6, create.bytes(&first).note("contradictory key"))
}

fn sessions(scene: &mut Scene<'_>, session: crate::call::Id) -> Result<()> {
    let content = scene.content(session)?;
    // Version, flag, keys, root key; one sending chain; receiving chains; message keys.
    let (head, rest) = content.split_at(4 + 1 + 4 * 32);
    let (sender, rest) = rest[4..].split_at(100);
    let receiver = &rest[4..72];
    let with = |senders: &[&[u8]], receivers: &[&[u8]], skipped: &[&[u8]]| {
        let list = |entries: &[&[u8]]| {
            [&u32::try_from(entries.len()).unwrap().to_be_bytes()[..], &entries.concat()].concat()
        };
        [head, &list(senders), &list(receivers), &list(skipped)].concat()
    };
    let other = |number: u8| {
        let mut other = receiver.to_vec();
        other[5] ^= number;
        other
    };
    let many: Vec<Vec<u8>> = (0..50).map(other).collect();
    let many: Vec<&[u8]> = many.iter().map(Vec::as_slice).collect();
    let contents = [
        with(&[sender], &many[..5], &many[..40]),
        with(&[sender, sender], &[receiver], &[]),
        with(&[sender], &many[..6], &[]),
        with(&[sender], &[receiver, receiver], &[]),
        with(&[sender], &[receiver], &many[..41]),
        with(&[sender], &[receiver], &[receiver, receiver]),
        with(&[], &[], &[]),
        with(&[], &[receiver], &[]),
    ];
    for content in contents {
        let unpickle = scene.unpickling(Kind::Session, &content)?;
        scene.call(unpickle.note("contradictory"))?;
    }
    // The public ratchet key is not that of the secret one.
    let mut content = content;
    content[4 + 1 + 4 * 32 + 4] ^= 1;
    let unpickle = scene.unpickling(Kind::Session, &content)?;
    scene.call(unpickle.note("contradictory"))?;
    Ok(())
}

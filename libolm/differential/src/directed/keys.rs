//! Curve25519 keys of small order, other forms of a key, and equal keys.

use super::scene::{Result, Scene, decryption, letter};
use crate::call::Call;
use crate::forge::{self, Keys};
use crate::object::Kind;

/// Points of small order, in the forms that decode to them.
fn small() -> Vec<[u8; 32]> {
    let mut one = [0; 32];
    one[0] = 1;
    let mut minus_one = [0xff; 32];
    (minus_one[0], minus_one[31]) = (0xec, 0x7f);
    let mut high_bit = [0; 32];
    high_bit[31] = 0x80;
    vec![[0; 32], one, minus_one, high_bit]
}

pub(super) fn small_order(scene: &mut Scene<'_>) -> Result<()> {
    let (alice, bob) = (scene.account(0)?, scene.account(1)?);
    let [identity, _] = scene.identity(bob)?;
    let one_time = scene.one_time_key(bob)?;
    let session = scene.outbound(alice, bob)?;
    let first = scene.encrypt(session, b"first")?;
    let sas = scene.pair.make(Kind::Sas)?;
    let encryption = scene.pair.make(Kind::Encryption)?;
    for key in small() {
        let text = forge::to_base64(&key);
        let random = scene.dice.bytes(64);
        for keys in [[&text, &one_time], [&identity, &text]] {
            let session = scene.pair.make(Kind::Session)?;
            let create = Call::new("olm_create_outbound_session").object(session).object(alice);
            scene.only_real(8, create.bytes(keys[0]).bytes(keys[1]).bytes(&random))?;
        }
        scene.works(Call::new("olm_create_sas").object(sas).bytes(&random))?;
        scene.only_real(8, Call::new("olm_sas_set_their_key").object(sas).bytes(&text))?;
        set_recipient(scene, encryption, &text)?;

        // The base key of a first message, then its identity key.
        for field in [1, 2] {
            let mut message = forge::from_base64(&first).unwrap();
            message[3 + 34 * field..][..32].copy_from_slice(&key);
            let session = scene.pair.make(Kind::Session)?;
            let create = Call::new("olm_create_inbound_session").object(session).object(bob);
            scene.only_real(4, create.bytes(&forge::to_base64(&message)))?;
        }
        ratchet_key(scene, &key)?;
        backup(scene, &key)?;
    }
    answer(scene)?;
    // Another form of the same base key.
    let mut message = forge::from_base64(&first).unwrap();
    message[3 + 34 + 31] |= 0x80;
    let session = scene.pair.make(Kind::Session)?;
    let create = Call::new("olm_create_inbound_session").object(session).object(bob);
    scene.only_real(4, create.bytes(&forge::to_base64(&message)))
}

/// Either the key is refused, or what is encrypted for it.
fn set_recipient(scene: &mut Scene<'_>, encryption: crate::call::Id, key: &[u8]) -> Result<()> {
    let set = scene.call(Call::new("olm_pk_encryption_set_recipient_key").object(encryption).bytes(key))?;
    if set.ours.failed() || scene.pair.is_of_twins() {
        return Ok(());
    }
    let random = scene.dice.bytes(32);
    let encrypt = Call::new("olm_pk_encrypt").object(encryption).bytes(b"text").room(22).room(11).room(43);
    scene.only_real(8, encrypt.bytes(&random).note("recipient of small order"))
}

/// An authentic message of a new chain, whose secret everybody knows.
fn ratchet_key(scene: &mut Scene<'_>, key: &[u8; 32]) -> Result<()> {
    let talk = scene.talk()?;
    // Now Alice has a sending chain, so that Bob may begin a new one.
    scene.turn(talk.alice, talk.bob)?;
    let content = scene.content(talk.alice)?;
    let root_key = &content[4 + 1 + 3 * 32..][..32];
    let derived = forge::hkdf(root_key, &[0; 32], b"OLM_RATCHET");
    let message = letter(key, &derived[32..64], 0, &forge::padded(b"text"));
    scene.only_real(5, decryption(talk.alice, 1, &forge::to_base64(&message)))
}

/// A backup entry that anybody could have written.
fn backup(scene: &mut Scene<'_>, key: &[u8; 32]) -> Result<()> {
    let decryption = scene.pair.make(Kind::Decryption)?;
    let private = scene.dice.bytes(32);
    scene.works(Call::new("olm_pk_key_from_private").object(decryption).room(43).bytes(&private))?;
    let keys = Keys::of_backup(&[0; 32]);
    let decrypt = Call::new("olm_pk_decrypt").object(decryption).bytes(&forge::to_base64(key));
    let decrypt = decrypt.bytes(&forge::to_base64(&keys.mac(b"")));
    let ciphertext = keys.encrypt(&forge::padded(b"text"));
    scene.only_real(5, decrypt.bytes(&forge::to_base64(&ciphertext)).room(30))
}

/// A session begins with a ratchet key of small order: what is sent there, everybody could read.
fn answer(scene: &mut Scene<'_>) -> Result<()> {
    let (alice, bob) = (scene.account(0)?, scene.account(1)?);
    let session = scene.outbound(alice, bob)?;
    let mut message = forge::from_base64(&scene.encrypt(session, b"first")?).unwrap();
    // Behind the version and three keys: tag and length of the inner message, its version, tag and length of the key.
    message[1 + 3 * 34 + 2 + 1 + 2..][..32].fill(0);
    let inbound = scene.pair.make(Kind::Session)?;
    let create = Call::new("olm_create_inbound_session").object(inbound).object(bob);
    let created = scene.call(create.bytes(&forge::to_base64(&message)))?;
    if created.ours.failed() {
        return Ok(());
    }
    let random = scene.dice.bytes(32);
    let encrypt = Call::new("olm_encrypt").object(inbound).bytes(b"text").bytes(&random).room(300);
    scene.only_real(11, encrypt.note("ratchet key of small order"))
}

/// Two one-time keys of the same random bytes.
pub(super) fn equal(scene: &mut Scene<'_>) -> Result<()> {
    let (alice, bob) = (scene.account(0)?, scene.account(0)?);
    let random = [7; 64];
    let generate = Call::new("olm_account_generate_one_time_keys").object(bob).size(2);
    scene.works(generate.bytes(&random))?;
    let session = scene.outbound(alice, bob)?;
    let first = scene.encrypt(session, b"first")?;
    let inbound = scene.inbound(bob, &first)?;
    scene.call(Call::new("olm_remove_one_time_keys").object(bob).object(inbound).note("equal keys"))?;
    Ok(())
}

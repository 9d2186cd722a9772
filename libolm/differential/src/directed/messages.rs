//! Messages that somebody else wrote, or wrote otherwise.

use super::scene::{Result, Scene, decryption};
use crate::call::Call;
use crate::forge::{self, Keys};
use crate::object::Kind;
use crate::wire;

/// The real library reads bad characters as some bits.
pub(super) fn base64(scene: &mut Scene<'_>) -> Result<()> {
    let sas = scene.pair.make(Kind::Sas)?;
    let random = scene.dice.bytes(32);
    scene.works(Call::new("olm_create_sas").object(sas).bytes(&random))?;
    let account = scene.account(0)?;
    let [key, ed25519] = scene.identity(account)?;
    for character in b"-_= \0" {
        let mut bad = key.clone();
        bad[5] = *character;
        scene.only_real(7, Call::new("olm_sas_set_their_key").object(sas).bytes(&bad))?;
        scene.works(Call::new("olm_create_sas").object(sas).bytes(&random))?;
    }
    // A bit behind the last byte.
    let mut bits = key;
    bits[42] = if bits[42] == b'9' { b'+' } else { b'9' };
    if !wire::is_canonical_base64(&bits) {
        scene.only_real(7, Call::new("olm_sas_set_their_key").object(sas).bytes(&bits))?;
    }
    let utility = scene.pair.make(Kind::Utility)?;
    let mut signature =
        scene.works(Call::new("olm_account_sign").object(account).bytes(b"text").room(86))?.block(1).to_vec();
    signature[85] += 1;
    let verify = Call::new("olm_ed25519_verify").object(utility).bytes(&ed25519).bytes(b"text");
    scene.only_real(7, verify.bytes(&signature))
}

/// Texts that are padded where the real library does not mind, and where it does.
pub(super) fn padded(scene: &mut Scene<'_>) -> Result<()> {
    let utility = scene.pair.make(Kind::Utility)?;
    let (sender, receiver) = (scene.account(0)?, scene.account(1)?);
    let [identity, key] = scene.identity(sender)?;
    let signed = scene.works(Call::new("olm_account_sign").object(sender).bytes(b"text").room(86))?;
    let signature = [signed.block(1), b"=="].concat();
    let verify = |text: &[u8]| {
        let verify = Call::new("olm_ed25519_verify").object(utility).bytes(&key);
        verify.bytes(text).bytes(&signature)
    };
    scene.works(verify(b"text"))?;
    scene.refused(5, verify(b"another"))?;

    // Plaintexts of each length, so that one and two characters are missing.
    let mut missing = [0; 3];
    for length in 0..64 {
        let alice = scene.outbound(sender, receiver)?;
        let mut first = scene.encrypt(alice, &vec![b'a'; length])?;
        let whole = first.len().next_multiple_of(4);
        missing[whole - first.len()] += 1;
        first.resize(whole, b'=');
        let (bob, other) = (scene.pair.make(Kind::Session)?, scene.pair.make(Kind::Session)?);
        let from = Call::new("olm_create_inbound_session_from").object(other).object(receiver);
        scene.works(from.bytes(&identity).bytes(&first))?;
        scene.works(Call::new("olm_create_inbound_session").object(bob).object(receiver).bytes(&first))?;
        let matches = Call::new("olm_matches_inbound_session").object(bob).bytes(&first);
        assert_eq!(scene.works(matches)?.size(), 1);
        let matches = Call::new("olm_matches_inbound_session_from").object(bob).bytes(&identity);
        assert_eq!(scene.works(matches.bytes(&first))?.size(), 1);
        let question = Call::new("olm_decrypt_max_plaintext_length").object(bob).size(0).bytes(&first);
        scene.works(question)?;
        scene.decrypt(bob, 0, &first)?;
    }
    assert!(missing.iter().all(|count| *count > 0), "{missing:?}");
    Ok(())
}

/// What is no message, whatever its first byte is; what is one but for a version, is refused by ours alone.
pub(super) fn versions(scene: &mut Scene<'_>) -> Result<()> {
    let talk = scene.talk()?;
    let letter = forge::from_base64(&scene.encrypt(talk.alice, b"text")?).unwrap();
    let garbage: [&[u8]; 6] =
        [b"", b"\x07", b"\x07garbage!", b"\x03garbage!", b"\x04", b"\x04\x07 more than a MAC and a version"];
    let session = scene.pair.make(Kind::Session)?;
    let question = |kind, message: &[u8]| {
        let question = Call::new("olm_decrypt_max_plaintext_length").object(talk.bob).size(kind);
        question.bytes(&forge::to_base64(message))
    };
    let create = |message: &[u8]| {
        let create = Call::new("olm_create_inbound_session").object(session).object(talk.receiver);
        create.bytes(&forge::to_base64(message))
    };
    let [identity, _] = scene.identity(talk.receiver)?;
    for message in garbage {
        scene.refused(4, question(0, message))?;
        scene.refused(4, question(1, message))?;
        scene.refused(4, decryption(talk.bob, 0, &forge::to_base64(message)))?;
        scene.refused(4, create(message))?;
        let from = Call::new("olm_create_inbound_session_from").object(session).object(talk.receiver);
        if !wire::lacks_identity_key(&forge::to_base64(message)) {
            scene.refused(4, from.bytes(&identity).bytes(&forge::to_base64(message)))?;
        }
        let version = if message.len() > 8 && message[0] == 3 { 4 } else { 3 };
        scene.refused(version, decryption(talk.bob, 1, &forge::to_base64(message)))?;
    }
    let mut other = letter;
    other[0] = 4;
    scene.refused(3, decryption(talk.bob, 1, &forge::to_base64(&other)))?;
    scene.only_real(3, question(1, &other))?;
    let mut first = forge::from_base64(&talk.first).unwrap();
    first[0] = 4;
    scene.only_real(3, question(0, &first))?;
    first[0] = 3;
    scene.only_real(3, question(1, &[&other[..], &[0; 24]].concat()))?;

    // What is in a first message: another version, also with the longer MAC that goes with 4, and nothing but a MAC or less.
    let fields = wire::fields(&first);
    let inside = fields[3].1.to_vec();
    let around = |inside: &[u8]| [&first[..1 + 3 * 34], &wire::field(0x22, inside)].concat();
    for version in [0, 1, 2, 4, 7] {
        let other = [&[version], &inside[1..]].concat();
        for other in [&other[..], &other[..20], &[&other[..], &[0; 24]].concat()] {
            scene.refused(3, decryption(talk.bob, 0, &forge::to_base64(&around(other))))?;
        }
        scene.only_real(4, question(0, &around(&other)))?;
        scene.only_real(4, create(&around(&other)))?;
        let longer = around(&[&other[..], &[0; 24]].concat());
        scene.only_real(4, question(0, &longer))?;
        scene.only_real(4, create(&longer))?;
    }
    // Found in every layout that the real library reads.
    let other = [&[4], &inside[1..]].concat();
    let (keys, field) = (&first[1..1 + 3 * 34], wire::field(0x22, &other));
    let length = u8::try_from(other.len()).unwrap();
    assert!(length < 0x80, "one group of bits, which others may follow");
    let layouts: [&[&[u8]]; 8] = [
        &[&field, keys],
        &[&field],
        &[keys, &wire::field(0x22, &inside), &field],
        &[&wire::field(0x52, b"unknown"), &wire::number(0x58, 1 << 40), keys, &field],
        &[&[0xd2, 0x01, 1, 0x22, 0xd8, 0x01, 0x22], &field],
        &[keys, &[0x22, length | 0x80, 0x80, 0x00], &other],
        &[keys, &[0x22, length | 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02], &other],
        &[keys, &[0x22, 0x80]],
    ];
    for fields in layouts {
        let message = [&[3], &fields.concat()[..]].concat();
        scene.refused(3, decryption(talk.bob, 0, &forge::to_base64(&message)))?;
    }
    let layouts: [&[&[u8]]; 4] = [&[keys], &[&[0x23], &field], &[keys, &[0x22, 0xff]], &[keys, &[0x22, 1]]];
    for fields in layouts {
        let message = [&[3], &fields.concat()[..]].concat();
        scene.refused(4, decryption(talk.bob, 0, &forge::to_base64(&message)))?;
    }
    for length in 0..=9 {
        let short = around(&inside[..length]);
        scene.refused(if length > 8 { 4 } else { 3 }, decryption(talk.bob, 0, &forge::to_base64(&short)))?;
        scene.refused(4, question(0, &short))?;
        scene.refused(4, create(&short))?;
    }
    Ok(())
}

/// Authentic messages whose fields are in another order, repeated, or joined by unknown ones.
pub(super) fn layout(scene: &mut Scene<'_>) -> Result<()> {
    let talk = scene.talk()?;
    let content = scene.content(talk.alice)?;
    let chain = &content[4 + 1 + 3 * 32 + 32 + 4..];
    let key = wire::field(0x0a, &chain[..32]);
    let index = wire::number(0x10, u32::from_be_bytes(chain[96..100].try_into().unwrap()).into());
    let keys = Keys::of_olm(&forge::hmac(&chain[64..96], &[&[1]]));
    let ciphertext = wire::field(0x22, &keys.encrypt(&forge::padded(b"text")));
    let unknown = wire::field(0x52, b"unknown");
    let layouts: [&[&[u8]]; 5] = [
        &[&key, &ciphertext, &index],
        &[&key, &key, &index, &ciphertext],
        &[&key, &index, &ciphertext, &unknown],
        &[&key, &[0x10, index[1] | 0x80, 0x00], &ciphertext],
        &[&key, &[0x10, index[1] | 0x80, 0x80, 0x80, 0x80, 0x10], &ciphertext],
    ];
    for fields in layouts {
        let mut message = [&[3], &fields.concat()[..]].concat();
        message.extend(keys.mac(&message));
        let bob = scene.content(talk.bob)?;
        let bob = scene.remade(Kind::Session, &bob)?;
        scene.only_real(4, decryption(bob, 1, &forge::to_base64(&message)))?;
    }
    // A first message of another version, and one without an identity key.
    let mut first = forge::from_base64(&talk.first).unwrap();
    first[0] = 4;
    let session = scene.pair.make(Kind::Session)?;
    let create = Call::new("olm_create_inbound_session").object(session).object(talk.receiver);
    scene.only_real(3, create.bytes(&forge::to_base64(&first)))?;
    first[0] = 3;
    // The third field of 34 bytes behind the version.
    first.drain(1 + 2 * 34..1 + 3 * 34);
    let [identity, _] = scene.identity(talk.receiver)?;
    let create = Call::new("olm_create_inbound_session_from").object(session).object(talk.receiver);
    let create = create.bytes(&identity).bytes(&forge::to_base64(&first));
    scene.pair.refused_by_ours("Layout of messages", create)
}

/// A message that the session would open, under the outer keys of another.
pub(super) fn foreign(scene: &mut Scene<'_>) -> Result<()> {
    let (sender, receiver) = (scene.account(0)?, scene.account(1)?);
    let alice = scene.outbound(sender, receiver)?;
    let first = scene.encrypt(alice, b"first")?;
    let bob = scene.inbound(receiver, &first)?;
    for key in 0..3 {
        let mut message = forge::from_base64(&first).unwrap();
        message[3 + 34 * key] ^= 1;
        let copy = scene.content(bob)?;
        let copy = scene.remade(Kind::Session, &copy)?;
        scene.only_real(5, decryption(copy, 0, &forge::to_base64(&message)))?;
    }
    scene.decrypt(bob, 0, &first)?;
    Ok(())
}

/// A message that comes after five newer chains, though its key was kept.
pub(super) fn late(scene: &mut Scene<'_>) -> Result<()> {
    let talk = scene.talk()?;
    let late = scene.encrypt(talk.alice, b"late")?;
    scene.turn(talk.alice, talk.bob)?;
    for _ in 0..5 {
        scene.turn(talk.bob, talk.alice)?;
        scene.turn(talk.alice, talk.bob)?;
    }
    let outcome = scene.call(decryption(talk.bob, 1, &late))?;
    assert!(scene.pair.is_of_twins() || !outcome.ours.failed(), "ours has the key");
    // It serves once.
    scene.call(decryption(talk.bob, 1, &late))?;
    Ok(())
}

/// As many missing messages as are allowed, and one more; on a chain that is known, and on a new one.
pub(super) fn gaps(scene: &mut Scene<'_>) -> Result<()> {
    for missing in [1_999, 2_000, 2_001] {
        let talk = scene.talk()?;
        for from in [talk.alice, talk.bob] {
            let to = if from == talk.alice { talk.bob } else { talk.alice };
            let mut last = scene.encrypt(from, b"missing")?;
            for _ in 0..missing {
                last = scene.encrypt(from, b"missing")?;
            }
            let outcome = scene.call(decryption(to, 1, &last))?;
            assert_eq!(outcome.ours.failed(), missing > 2_000, "{missing} messages are missing");
        }
    }
    Ok(())
}

/// Descriptions of sessions with few and with many numbers, in every room.
pub(super) fn descriptions(scene: &mut Scene<'_>) -> Result<()> {
    let talk = scene.talk()?;
    let mut letters = Vec::new();
    for _ in 0..120 {
        letters.push(scene.encrypt(talk.alice, b"text")?);
    }
    for letter in [0, 99, 119] {
        scene.decrypt(talk.bob, 1, &letters[letter])?;
        for room in 0..330 {
            scene.works(Call::new("olm_session_describe").object(talk.bob).room(room))?;
        }
    }
    Ok(())
}

//! Entries of a key backup. The MAC covers nothing, so every ciphertext can have the right one; what it decrypts to, and
//! whether it does, follows from blocks whose decryption is known.

use std::array;

use arbitrary::Arbitrary;
use cliquet::{
    Curve25519PublicKey,
    pk::{PkDecryption, PkDecryptionError, PkEncryption, PkMessage},
    sas::Sas,
};
use cliquet_fuzz::{
    pick,
    random::seeded,
    reference_base64::{decode_with_optional_padding, resembling_text},
};

type Block = [u8; 16];

const KNOWN_BLOCKS: usize = 8;
const MOST_BLOCKS: usize = 40;

/// A ciphertext under one ephemeral key.
#[derive(Arbitrary, Debug)]
pub(crate) struct Changed {
    seed: u8,
    mac: Option<[u8; 8]>,
    blocks: Vec<Part>,
    rest: Vec<u8>,
}

#[derive(Arbitrary, Debug)]
enum Part {
    /// A block that nobody knows the decryption of.
    Any(Block),
    Known(u8),
    /// A block, and a known one after it that it makes decrypt to this.
    DecryptsTo(Block, u8),
    /// The same, with so many bytes of padding at the end.
    Padded(Block, u8, u8),
}

pub(crate) fn from_texts(input: &[u8]) {
    let mut texts = input.splitn(3, |byte| *byte == b'|').map(|part| match str::from_utf8(part) {
        Ok(text) => text.to_owned(),
        Err(_) => resembling_text(part),
    });
    let [ciphertext, mac, key] = array::from_fn(|_| texts.next().unwrap_or_default());
    let message = PkMessage::from_base64(&ciphertext, &mac, &key).ok();
    let expected =
        decode_with_optional_padding(&ciphertext).filter(|bytes| is_whole(bytes)).and_then(|bytes| {
            let mac: [u8; 8] = decode_with_optional_padding(&mac)?.try_into().ok()?;
            let key = Curve25519PublicKey::from_slice(&decode_with_optional_padding(&key)?).ok()?;
            Some((bytes, mac, key))
        });
    let fields =
        message.as_ref().map(|message| (message.ciphertext.clone(), message.mac, message.ephemeral_key));
    assert_eq!(fields, expected);
    let Some(message) = message else { return };
    assert_eq!(message.ciphertext_base64(), ciphertext.trim_end_matches('='));
    assert_eq!(message.mac_base64(), mac.trim_end_matches('='));
    // A MAC of eight bytes is not guessed.
    backup().decrypt(&message).expect_err("nobody made it for this backup");
}

fn is_whole(ciphertext: &[u8]) -> bool {
    !ciphertext.is_empty() && ciphertext.len().is_multiple_of(16)
}

fn backup() -> PkDecryption {
    PkDecryption::new(&mut seeded(1)).expect("it never fails")
}

pub(crate) fn changed(changed: Changed) {
    let ephemeral = Ephemeral::new(changed.seed);
    let (mut ciphertext, mut plaintext) = (Vec::new(), Vec::new());
    for part in changed.blocks.iter().take(MOST_BLOCKS) {
        ephemeral.append(part, &mut ciphertext, &mut plaintext);
    }
    let mut message = ephemeral.message.clone();
    message.ciphertext = ciphertext.concat();
    message.ciphertext.extend_from_slice(&changed.rest[..changed.rest.len() % 16]);
    if let Some(mac) = changed.mac {
        message.mac = mac;
    }
    let outcome = backup().decrypt(&message);
    let failed = Err(PkDecryptionError::Failed);
    if message.mac != ephemeral.message.mac || !is_whole(&message.ciphertext) {
        assert_eq!(outcome, failed);
        return;
    }
    // Only the last block, or what came before it, may be unknown.
    let Some(Some(last)) = plaintext.last() else { return };
    match padding(last) {
        None => assert_eq!(outcome, failed),
        Some(length) => {
            let found = outcome.expect("MAC and padding are right");
            assert_eq!(found.len(), plaintext.len() * 16 - length);
            for (found, expected) in found.chunks(16).zip(&plaintext) {
                assert!(expected.is_none_or(|expected| expected.starts_with(found)));
            }
        }
    }
}

/// The length of a right padding (PKCS #7).
fn padding(last: &Block) -> Option<usize> {
    let length = usize::from(last[15]);
    let is_right = (1..=16).contains(&length) && last[16 - length..].iter().all(|byte| *byte == last[15]);
    is_right.then_some(length)
}

/// One ephemeral key, with blocks of which the decryption is known.
struct Ephemeral {
    message: PkMessage,
    iv: Block,
    /// Ciphertext blocks, and what AES makes of each before anything is added.
    known: Vec<(Block, Block)>,
}

impl Ephemeral {
    fn new(seed: u8) -> Self {
        let (key, rng) = (backup().public_key(), || seeded(u64::from(seed) + 2));
        let plaintext: Vec<u8> = (0..u8::try_from(KNOWN_BLOCKS * 16 - 1).expect("it is short")).collect();
        let message = PkEncryption::new(key).encrypt(&plaintext, &mut rng()).expect("the key is good");
        assert_eq!(backup().decrypt(&message).as_ref(), Ok(&plaintext));
        // The same derivation, of the same drawn key.
        let sas = Sas::new(&mut rng()).expect("it never fails");
        assert_eq!(sas.public_key(), message.ephemeral_key);
        let keys = sas.diffie_hellman(key).expect("the key is good").generate_bytes(b"", 80);
        let iv = *keys.expect("it is short").as_bytes().last_chunk().expect("these are 80");

        let padded = [&plaintext[..], &[1]].concat();
        let (plaintext, ciphertext) = (padded.as_chunks().0, message.ciphertext.as_chunks().0);
        assert_eq!((plaintext.len(), ciphertext.len()), (KNOWN_BLOCKS, KNOWN_BLOCKS));
        let before = [&[iv], ciphertext].concat();
        let known = (0..KNOWN_BLOCKS).map(|at| (ciphertext[at], xor(&plaintext[at], &before[at]))).collect();
        Self { message, iv, known }
    }

    fn append(&self, part: &Part, ciphertext: &mut Vec<Block>, plaintext: &mut Vec<Option<Block>>) {
        let known = |which: u8| *pick(&self.known, which.into()).expect("there are some");
        let mut push_known = |which: u8, wanted: Option<&Block>| {
            let (block, decrypted) = known(which);
            if let Some(wanted) = wanted {
                ciphertext.push(xor(&decrypted, wanted));
                plaintext.push(None);
            }
            let before = ciphertext.last().copied().unwrap_or(self.iv);
            ciphertext.push(block);
            plaintext.push(Some(xor(&decrypted, &before)));
        };
        match part {
            Part::Any(block) => {
                ciphertext.push(*block);
                plaintext.push(None);
            }
            Part::Known(which) => push_known(*which, None),
            Part::DecryptsTo(wanted, which) => push_known(*which, Some(wanted)),
            Part::Padded(wanted, length, which) => {
                let (mut wanted, length) = (*wanted, length % 17);
                wanted[16 - usize::from(length)..].fill(length);
                push_known(*which, Some(&wanted));
            }
        }
    }
}

fn xor(first: &Block, second: &Block) -> Block {
    array::from_fn(|at| first[at] ^ second[at])
}

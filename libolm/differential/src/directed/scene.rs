//! What directed tests begin with: accounts, sessions and groups, and forged pickles and messages of theirs.

use crate::call::{Call, Id, Outcome};
use crate::dice::Dice;
use crate::forge::{self, Keys};
use crate::object::Kind;
use crate::pair::Pair;
use crate::report::Mismatch;
use crate::wire::{self, texts_in};

pub(super) type Result<T> = std::result::Result<T, Mismatch>;

pub(super) struct Scene<'a> {
    pub(super) pair: Pair<'a>,
    pub(super) dice: Dice,
}

/// Both sides of a conversation in which each has had a message of the other; Alice has a sending chain.
pub(super) struct Talk {
    pub(super) alice: Id,
    pub(super) bob: Id,
    /// Alice's first message.
    pub(super) first: Vec<u8>,
    /// Bob's account.
    pub(super) receiver: Id,
}

/// A group session of which the seed of its signatures is known.
pub(super) struct Room {
    pub(super) outbound: Id,
    pub(super) inbound: Id,
    pub(super) seed: Vec<u8>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(pair: Pair<'a>, dice: Dice) -> Self {
        Self { pair, dice }
    }

    pub(super) fn end(&mut self) -> Result<()> {
        self.pair.compare_all()?;
        self.pair.clear_all()
    }

    pub(super) fn call(&mut self, call: Call) -> Result<Outcome> {
        self.pair.call(call)
    }

    /// A call that must succeed, and do the same in both.
    pub(super) fn works(&mut self, call: Call) -> Result<Outcome> {
        let name = call.name.clone();
        let outcome = self.pair.call(call)?;
        if outcome.succeeded() { Ok(outcome) } else { Err(Mismatch::expected(&name, format!("{outcome:?}"))) }
    }

    /// A call that both refuse with this code.
    pub(super) fn refused(&mut self, code: u32, call: Call) -> Result<()> {
        let name = call.name.clone();
        let outcome = self.pair.call(call)?;
        if outcome.same && outcome.ours.failed() && outcome.ours.code() == code {
            return Ok(());
        }
        Err(Mismatch::expected(&format!("{name} should have been refused by both"), format!("{outcome:?}")))
    }

    /// A call that the real library carries out, and ours refuses with this code.
    pub(super) fn only_real(&mut self, code: u32, call: Call) -> Result<()> {
        let name = call.name.clone();
        let outcome = self.pair.call(call)?;
        let expected = !outcome.real.failed() && outcome.ours.failed() && outcome.ours.code() == code;
        if expected || self.pair.is_of_twins() {
            return Ok(());
        }
        Err(Mismatch::expected(
            &format!("{name} should have been refused by ours alone"),
            format!("{outcome:?}"),
        ))
    }

    pub(super) fn account(&mut self, one_time_keys: usize) -> Result<Id> {
        let account = self.pair.make(Kind::Account)?;
        let random = self.dice.bytes(64);
        self.works(Call::new("olm_create_account").object(account).bytes(&random))?;
        let random = self.dice.bytes(32 * one_time_keys);
        let generate = Call::new("olm_account_generate_one_time_keys").object(account).size(one_time_keys);
        self.works(generate.bytes(&random))?;
        Ok(account)
    }

    /// The account's keys for Curve25519 and Ed25519.
    pub(super) fn identity(&mut self, account: Id) -> Result<[Vec<u8>; 2]> {
        let keys = self.works(Call::new("olm_account_identity_keys").object(account).room(116))?;
        let keys = texts_in(keys.block(0));
        Ok([keys[1].clone(), keys[3].clone()])
    }

    /// The newest one-time key.
    pub(super) fn one_time_key(&mut self, account: Id) -> Result<Vec<u8>> {
        let length = self.works(Call::new("olm_account_one_time_keys_length").object(account))?.size();
        let keys = self.works(Call::new("olm_account_one_time_keys").object(account).room(length))?;
        Ok(texts_in(keys.block(0))[2].clone())
    }

    /// The session of an account with the newest one-time key of another.
    pub(super) fn outbound(&mut self, account: Id, other: Id) -> Result<Id> {
        let [identity, _] = self.identity(other)?;
        let one_time = self.one_time_key(other)?;
        let session = self.pair.make(Kind::Session)?;
        let random = self.dice.bytes(64);
        let create = Call::new("olm_create_outbound_session").object(session).object(account);
        self.works(create.bytes(&identity).bytes(&one_time).bytes(&random))?;
        Ok(session)
    }

    pub(super) fn inbound(&mut self, account: Id, message: &[u8]) -> Result<Id> {
        let session = self.pair.make(Kind::Session)?;
        self.works(Call::new("olm_create_inbound_session").object(session).object(account).bytes(message))?;
        Ok(session)
    }

    pub(super) fn talk(&mut self) -> Result<Talk> {
        let (sender, receiver) = (self.account(0)?, self.account(3)?);
        let alice = self.outbound(sender, receiver)?;
        let first = self.encrypt(alice, b"first")?;
        let bob = self.inbound(receiver, &first)?;
        self.decrypt(bob, 0, &first)?;
        self.turn(bob, alice)?;
        self.turn(alice, bob)?;
        Ok(Talk { alice, bob, first, receiver })
    }

    /// A message from one side to the other.
    pub(super) fn turn(&mut self, from: Id, to: Id) -> Result<()> {
        let message = self.encrypt(from, b"turn")?;
        self.decrypt(to, 1, &message)?;
        Ok(())
    }

    pub(super) fn encrypt(&mut self, session: Id, plaintext: &[u8]) -> Result<Vec<u8>> {
        let needed = self.works(Call::new("olm_encrypt_random_length").object(session))?.size();
        let random = self.dice.bytes(needed);
        let question = Call::new("olm_encrypt_message_length").object(session).size(plaintext.len());
        let length = self.works(question)?.size();
        let encrypt = Call::new("olm_encrypt").object(session).bytes(plaintext).bytes(&random).room(length);
        Ok(self.works(encrypt)?.block(2).to_vec())
    }

    pub(super) fn decrypt(&mut self, session: Id, kind: usize, message: &[u8]) -> Result<Outcome> {
        let decrypted = self.call(decryption(session, kind, message))?;
        if decrypted.succeeded() {
            return Ok(decrypted);
        }
        Err(Mismatch::expected("olm_decrypt failed", format!("{decrypted:?}")))
    }

    pub(super) fn room(&mut self) -> Result<Room> {
        let outbound = self.pair.make(Kind::Outbound)?;
        let random = self.dice.bytes(160);
        self.works(Call::new("olm_init_outbound_group_session").object(outbound).bytes(&random))?;
        let inbound = self.member(outbound)?;
        Ok(Room { outbound, inbound, seed: random[128..].to_vec() })
    }

    pub(super) fn session_key(&mut self, outbound: Id) -> Result<Vec<u8>> {
        let key = self.works(Call::new("olm_outbound_group_session_key").object(outbound).room(306))?;
        Ok(key.block(0).to_vec())
    }

    pub(super) fn member(&mut self, outbound: Id) -> Result<Id> {
        let key = self.session_key(outbound)?;
        let inbound = self.pair.make(Kind::Inbound)?;
        self.works(Call::new("olm_init_inbound_group_session").object(inbound).bytes(&key))?;
        Ok(inbound)
    }

    pub(super) fn post(&mut self, outbound: Id, plaintext: &[u8]) -> Result<Vec<u8>> {
        let question = Call::new("olm_group_encrypt_message_length").object(outbound).size(plaintext.len());
        let length = self.works(question)?.size();
        let encrypt = Call::new("olm_group_encrypt").object(outbound).bytes(plaintext).room(length);
        Ok(self.works(encrypt)?.block(1).to_vec())
    }

    /// A signature under a seed, as bytes.
    pub(super) fn sign(&mut self, seed: &[u8], message: &[u8]) -> Result<Vec<u8>> {
        let signing = self.pair.make(Kind::Signing)?;
        self.works(Call::new("olm_pk_signing_key_from_seed").object(signing).room(43).bytes(seed))?;
        let signed = self.works(Call::new("olm_pk_sign").object(signing).bytes(message).room(86))?;
        Ok(forge::from_base64(signed.block(1)).unwrap())
    }

    /// What an object stores.
    pub(super) fn content(&mut self, id: Id) -> Result<Vec<u8>> {
        let kind = self.pair.object(id).kind;
        let length = self.works(Call::new(kind.pickle_length()).object(id))?.size();
        let pickle = self.works(Call::new(kind.pickle()).object(id).bytes(b"key").room(length))?;
        Ok(forge::open_pickle(b"key", pickle.block(1)))
    }

    /// The call that makes an object from a pickle with this content.
    pub(super) fn unpickling(&mut self, kind: Kind, content: &[u8]) -> Result<Call> {
        self.unpickling_text(kind, &forge::seal_pickle(b"key", content))
    }

    pub(super) fn unpickling_text(&mut self, kind: Kind, pickle: &[u8]) -> Result<Call> {
        let id = self.pair.make(kind)?;
        let call = Call::new(kind.unpickle()).object(id).bytes(b"key").bytes(pickle);
        Ok(if kind == Kind::Decryption { call.room(43) } else { call })
    }

    /// An object with this content, in both libraries.
    pub(super) fn remade(&mut self, kind: Kind, content: &[u8]) -> Result<Id> {
        let call = self.unpickling(kind, content)?;
        let id = call.objects().next().unwrap();
        self.works(call)?;
        Ok(id)
    }

    /// An authentic message of the sending chain that a session stores, with these blocks for its padded plaintext.
    pub(super) fn forged_letter(&mut self, sender: Id, blocks: &[u8]) -> Result<Vec<u8>> {
        let content = self.content(sender)?;
        let chain = &content[4 + 1 + 3 * 32 + 32 + 4..];
        let index = u32::from_be_bytes(chain[96..100].try_into().unwrap());
        Ok(forge::to_base64(&letter(&chain[..32], &chain[64..96], index, blocks)))
    }

    /// The same of a group session.
    pub(super) fn forged_post(&mut self, room: &Room, blocks: &[u8]) -> Result<Vec<u8>> {
        let content = self.content(room.outbound)?;
        let (ratchet, index) = (&content[4..132], u32::from_be_bytes(content[132..136].try_into().unwrap()));
        let keys = Keys::of_megolm(ratchet);
        let parts = [vec![3], wire::number(0x08, index.into()), wire::field(0x12, &keys.encrypt(blocks))];
        let mut message = parts.concat();
        message.extend(keys.mac(&message));
        let signature = self.sign(&room.seed, &message)?;
        message.extend(signature);
        Ok(forge::to_base64(&message))
    }
}

/// The bytes of an Olm message.
pub(super) fn letter(ratchet_key: &[u8], chain_key: &[u8], index: u32, blocks: &[u8]) -> Vec<u8> {
    let keys = Keys::of_olm(&forge::hmac(chain_key, &[&[1]]));
    let ciphertext = keys.encrypt(blocks);
    let parts = [
        vec![3],
        wire::field(0x0a, ratchet_key),
        wire::number(0x10, index.into()),
        wire::field(0x22, &ciphertext),
    ];
    let mut message = parts.concat();
    message.extend(keys.mac(&message));
    message
}

/// A call with room for any plaintext.
pub(super) fn decryption(session: Id, kind: usize, message: &[u8]) -> Call {
    Call::new("olm_decrypt").object(session).size(kind).bytes(message).room(message.len())
}

/// The same for a group.
pub(super) fn group_decryption(session: Id, message: &[u8]) -> Call {
    Call::new("olm_group_decrypt").object(session).bytes(message).room(message.len()).place(4)
}

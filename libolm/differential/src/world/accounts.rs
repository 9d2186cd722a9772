//! What accounts do.

use super::World;
use crate::call::{Call, Id};
use crate::object::Kind;
use crate::report::Mismatch;
use crate::wire::texts_in;

/// Unpublished keys are asked for with one of these functions.
#[derive(Clone, Copy)]
enum Published {
    OneTimeKeys,
    FallbackKey,
    UnpublishedFallbackKey,
}

/// A text, and a signature over it.
pub(super) struct Signed {
    pub(super) message: Vec<u8>,
    pub(super) signature: Vec<u8>,
}

impl World<'_> {
    pub(super) fn create_account(&mut self) -> Result<(), Mismatch> {
        let account = self.pair.make(Kind::Account)?;
        let needed = self.ask("olm_create_account_random_length", account)?;
        let random = self.dice.bytes(needed);
        self.call(Call::new("olm_create_account").object(account).bytes(&random))?;
        self.accounts.push(account);
        self.generate_keys(account, 2)
    }

    pub(super) fn account_step(&mut self) -> Result<(), Mismatch> {
        let account = *self.dice.pick(&self.accounts);
        match self.dice.within(0..10) {
            0 => {
                let length = self.ask("olm_account_identity_keys_length", account)?;
                let room = self.room(length);
                self.call(Call::new("olm_account_identity_keys").object(account).room(room))?;
            }
            1 => {
                self.sign(account)?;
            }
            2 => {
                // The list has room for a hundred.
                let count = if self.dice.once_in(12) { 60 } else { self.dice.within(0..6) };
                self.generate_keys(account, count)?;
            }
            3 => {
                self.ask("olm_account_mark_keys_as_published", account)?;
                self.ask("olm_account_max_number_of_one_time_keys", account)?;
            }
            4 => {
                let needed = self.ask("olm_account_generate_fallback_key_random_length", account)?;
                let random = self.entropy(needed);
                self.call(Call::new("olm_account_generate_fallback_key").object(account).bytes(&random))?;
            }
            5 => {
                self.call(Call::new("olm_account_forget_old_fallback_key").object(account))?;
            }
            6 => {
                self.read_keys(account, Published::FallbackKey)?;
            }
            7 => {
                self.read_keys(account, Published::UnpublishedFallbackKey)?;
            }
            8 if !self.sessions.is_empty() => {
                let session = self.dice.pick(&self.sessions).id;
                self.call(Call::new("olm_remove_one_time_keys").object(account).object(session))?;
            }
            _ => {
                self.read_keys(account, Published::OneTimeKeys)?;
            }
        }
        Ok(())
    }

    fn generate_keys(&mut self, account: Id, count: usize) -> Result<(), Mismatch> {
        let name = "olm_account_generate_one_time_keys";
        let question = Call::new(format!("{name}_random_length")).object(account).size(count);
        let needed = self.call(question)?.size();
        let random = self.entropy(needed);
        self.call(Call::new(name).object(account).size(count).bytes(&random))?;
        Ok(())
    }

    pub(super) fn sign(&mut self, account: Id) -> Result<Option<Signed>, Mismatch> {
        let length = self.dice.length();
        let message = self.dice.bytes(length);
        let length = self.ask("olm_account_signature_length", account)?;
        let room = self.room(length);
        let signed = self.call(Call::new("olm_account_sign").object(account).bytes(&message).room(room))?;
        Ok(signed.succeeded().then(|| Signed { message, signature: signed.block(1)[..length].to_vec() }))
    }

    fn read_keys(&mut self, account: Id, which: Published) -> Result<Vec<u8>, Mismatch> {
        let name = match which {
            Published::OneTimeKeys => "olm_account_one_time_keys",
            Published::FallbackKey => "olm_account_fallback_key",
            Published::UnpublishedFallbackKey => "olm_account_unpublished_fallback_key",
        };
        let length = self.ask(&format!("{name}_length"), account)?;
        let room = self.room(length);
        let read = self.call(Call::new(name).object(account).room(room))?;
        Ok(if read.succeeded() { read.block(0)[..length].to_vec() } else { Vec::new() })
    }

    /// The identity key for Curve25519, and that for Ed25519.
    pub(super) fn identity_keys(&mut self, account: Id) -> Result<(Vec<u8>, Vec<u8>), Mismatch> {
        let length = self.ask("olm_account_identity_keys_length", account)?;
        let read = self.call(Call::new("olm_account_identity_keys").object(account).room(length))?;
        let keys = texts_in(read.block(0));
        Ok((keys[1].clone(), keys[3].clone()))
    }

    /// A public key with which a session can be started.
    pub(super) fn some_public_key(&mut self, account: Id) -> Result<Option<Vec<u8>>, Mismatch> {
        let which = if self.dice.once_in(4) { Published::FallbackKey } else { Published::OneTimeKeys };
        let keys = texts_in(&self.read_keys(account, which)?);
        // The algorithm, then ids and keys in turns.
        let keys: Vec<_> = keys.into_iter().skip(2).step_by(2).collect();
        Ok((!keys.is_empty()).then(|| self.dice.pick(&keys).clone()))
    }
}

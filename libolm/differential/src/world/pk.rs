//! What the encryption of key backups and the signatures of cross-signing do.

use super::World;
use crate::call::{Call, Id};
use crate::object::Kind;
use crate::pair::Pair;
use crate::report::Mismatch;

const MESSAGES: usize = 30;

pub(super) struct Keys {
    encryption: Id,
    pub(super) decryption: Id,
    signing: Id,
    /// Public keys of objects that decrypt.
    public: Vec<Vec<u8>>,
    messages: Vec<Message>,
}

#[derive(Clone)]
struct Message {
    ciphertext: Vec<u8>,
    mac: Vec<u8>,
    key: Vec<u8>,
}

impl Keys {
    pub(super) fn new(pair: &mut Pair<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            encryption: pair.make(Kind::Encryption)?,
            decryption: pair.make(Kind::Decryption)?,
            signing: pair.make(Kind::Signing)?,
            public: Vec::new(),
            messages: Vec::new(),
        })
    }
}

impl World<'_> {
    pub(super) fn pk_step(&mut self) -> Result<(), Mismatch> {
        if !self.pair.is_created(self.pk.decryption) || self.dice.once_in(20) {
            return self.make_decryption_key();
        }
        match self.dice.within(0..8) {
            0 => self.set_recipient(),
            1..3 => self.pk_encrypt(),
            3..6 => self.pk_decrypt(),
            6 => {
                let length = self.number("olm_pk_private_key_length")?;
                let room = self.room(length);
                self.call(Call::new("olm_pk_get_private_key").object(self.pk.decryption).room(room))?;
                Ok(())
            }
            _ => self.pk_sign(),
        }
    }

    fn number(&mut self, name: &str) -> Result<usize, Mismatch> {
        Ok(self.call(Call::new(name))?.size())
    }

    fn make_decryption_key(&mut self) -> Result<(), Mismatch> {
        let needed = self.number("olm_pk_generate_key_random_length")?;
        let length = self.number("olm_pk_key_length")?;
        let (random, room) = (self.entropy(needed), self.room(length));
        let name = *self.dice.pick(&["olm_pk_key_from_private", "olm_pk_generate_key"]);
        let made = self.call(Call::new(name).object(self.pk.decryption).room(room).bytes(&random))?;
        if made.succeeded() {
            self.pk.public.push(made.block(0)[..length].to_vec());
        }
        Ok(())
    }

    fn set_recipient(&mut self) -> Result<(), Mismatch> {
        if self.pk.public.is_empty() {
            return Ok(());
        }
        let key = self.dice.pick(&self.pk.public).clone();
        let key = self.perhaps_damaged(&key);
        self.call(Call::new("olm_pk_encryption_set_recipient_key").object(self.pk.encryption).bytes(&key))?;
        Ok(())
    }

    fn pk_encrypt(&mut self) -> Result<(), Mismatch> {
        if !self.pair.is_created(self.pk.encryption) {
            return self.set_recipient();
        }
        let encryption = self.pk.encryption;
        let length = self.dice.length();
        let plaintext = self.dice.bytes(length);
        let question = Call::new("olm_pk_ciphertext_length").object(encryption).size(length);
        let ciphertext = self.call(question)?.size();
        let mac = self.ask("olm_pk_mac_length", encryption)?;
        let key = self.number("olm_pk_key_length")?;
        let needed = self.ask("olm_pk_encrypt_random_length", encryption)?;
        let rooms = [ciphertext, mac, key].map(|length| self.room(length));
        let random = self.entropy(needed);
        let encrypt = Call::new("olm_pk_encrypt").object(encryption).bytes(&plaintext);
        let encrypt = encrypt.room(rooms[0]).room(rooms[1]).room(rooms[2]).bytes(&random);
        let encrypted = self.call(encrypt)?;
        // The real library is content with room for eight characters of a MAC.
        if encrypted.succeeded() && rooms[1] >= mac {
            if self.pk.messages.len() == MESSAGES {
                self.pk.messages.remove(0);
            }
            self.pk.messages.push(Message {
                ciphertext: encrypted.block(1)[..ciphertext].to_vec(),
                mac: encrypted.block(2)[..mac].to_vec(),
                key: encrypted.block(3)[..key].to_vec(),
            });
        }
        Ok(())
    }

    fn pk_decrypt(&mut self) -> Result<(), Mismatch> {
        if self.pk.messages.is_empty() {
            return self.pk_encrypt();
        }
        let Message { mut ciphertext, mut mac, mut key } = self.dice.pick(&self.pk.messages).clone();
        match self.dice.within(0..12) {
            0 => ciphertext = self.damaged(&ciphertext),
            1 => mac = self.damaged(&mac),
            2 => key = self.damaged(&key),
            _ => {}
        }
        let decryption = self.pk.decryption;
        let question = Call::new("olm_pk_max_plaintext_length").object(decryption).size(ciphertext.len());
        let asked = self.call(question)?;
        let needed = if asked.succeeded() { asked.size() } else { ciphertext.len() };
        let room = self.room(needed);
        let decrypt = Call::new("olm_pk_decrypt").object(decryption).bytes(&key).bytes(&mac);
        self.call(decrypt.bytes(&ciphertext).room(room))?;
        Ok(())
    }

    fn pk_sign(&mut self) -> Result<(), Mismatch> {
        let signing = self.pk.signing;
        if !self.pair.is_created(signing) || self.dice.once_in(4) {
            let needed = self.number("olm_pk_signing_seed_length")?;
            let length = self.number("olm_pk_signing_public_key_length")?;
            let (seed, room) = (self.entropy(needed), self.room(length));
            let made = Call::new("olm_pk_signing_key_from_seed").object(signing).room(room).bytes(&seed);
            if !self.call(made)?.succeeded() {
                return Ok(());
            }
        }
        let length = self.dice.length();
        let message = self.dice.bytes(length);
        let length = self.number("olm_pk_signature_length")?;
        let room = self.room(length);
        self.call(Call::new("olm_pk_sign").object(signing).bytes(&message).room(room))?;
        Ok(())
    }
}

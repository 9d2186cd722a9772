//! Objects that are stored and read back.

use super::World;
use crate::call::{Call, Id};
use crate::forge;
use crate::object::Kind;
use crate::report::Mismatch;

const STORED: usize = 20;

/// A pickle, and what it takes to read it.
#[derive(Clone)]
pub(super) struct Stored {
    kind: Kind,
    key: Vec<u8>,
    pickle: Vec<u8>,
}

impl World<'_> {
    pub(super) fn pickle_step(&mut self) -> Result<(), Mismatch> {
        if self.pickles.is_empty() || self.dice.once_in(3) {
            return self.store();
        }
        if self.dice.once_in(3) { self.move_over() } else { self.unpickle_one() }
    }

    /// Any object that can be stored and has something to store.
    fn something(&mut self) -> Option<Id> {
        let candidates: Vec<Id> = self
            .accounts
            .iter()
            .copied()
            .chain(self.sessions.iter().map(|session| session.id))
            .chain(self.rooms.iter().map(|room| room.id))
            .chain(self.members.iter().map(|member| member.id))
            .chain([self.pk.decryption])
            .filter(|id| self.pair.is_created(*id))
            .collect();
        (!candidates.is_empty()).then(|| *self.dice.pick(&candidates))
    }

    fn store(&mut self) -> Result<(), Mismatch> {
        let Some(id) = self.something() else { return Ok(()) };
        let kind = self.pair.object(id).kind;
        let key = self.dice.pickle_key();
        let length = self.ask(&kind.pickle_length(), id)?;
        let room = self.room(length);
        let stored = self.call(Call::new(kind.pickle()).object(id).bytes(&key).room(room))?;
        if stored.succeeded() {
            if self.pickles.len() == STORED {
                self.pickles.remove(0);
            }
            self.pickles.push(Stored { kind, key, pickle: stored.block(1)[..length].to_vec() });
        }
        Ok(())
    }

    /// Reads a pickle with the right key or a wrong one, as it was or damaged, into an object of its kind or of another.
    fn unpickle_one(&mut self) -> Result<(), Mismatch> {
        let Stored { mut kind, mut key, mut pickle } = self.dice.pick(&self.pickles).clone();
        match self.dice.within(0..8) {
            3 | 4 => return self.unpickle_forged(kind, &key, &pickle),
            0 => key = self.dice.pickle_key(),
            1 => pickle = self.damaged(&pickle),
            2 => kind = *self.dice.pick(&Kind::STORED),
            _ => {}
        }
        let id = self.pair.make(kind)?;
        let unpickled = if kind == Kind::Decryption {
            let call = Call::new(kind.unpickle()).object(id).bytes(&key).bytes(&pickle);
            let room = self.room(43);
            // The public key may be asked for, or not.
            let call = if self.dice.once_in(4) { call.null().size(0) } else { call.room(room) };
            self.call(call)?
        } else {
            self.pair.unpickle(id, &key, &pickle)?
        };
        if unpickled.succeeded() {
            self.ask(&kind.pickle_length(), id)?;
        }
        self.call(Call::new(kind.clear()).object(id))?;
        Ok(())
    }

    /// Reads a pickle under the right key whose content was changed.
    fn unpickle_forged(&mut self, kind: Kind, key: &[u8], pickle: &[u8]) -> Result<(), Mismatch> {
        let mut content = forge::open_pickle(key, pickle);
        match self.dice.within(0..6) {
            0 => content.truncate(self.dice.within(0..content.len())),
            1 => {
                let length = self.dice.within(1..80);
                content.extend(self.dice.bytes(length));
            }
            _ => {
                for _ in 0..self.dice.within(1..3) {
                    let place = self.dice.within(0..content.len());
                    content[place] = if self.dice.once_in(2) { self.dice.byte() } else { content[place] ^ 1 };
                }
            }
        }
        let id = self.pair.make(kind)?;
        let call = Call::new(kind.unpickle()).object(id).bytes(key).bytes(&forge::seal_pickle(key, &content));
        let call = if kind == Kind::Decryption { call.room(43) } else { call };
        self.call(call.note("contradictory"))?;
        self.call(Call::new(kind.clear()).object(id))?;
        Ok(())
    }

    /// Puts an unpickled object into the place of the one that was pickled.
    fn move_over(&mut self) -> Result<(), Mismatch> {
        let Some(old) = self.something() else { return Ok(()) };
        let kind = self.pair.object(old).kind;
        let key = self.dice.pickle_key();
        let length = self.ask(&kind.pickle_length(), old)?;
        let stored = self.call(Call::new(kind.pickle()).object(old).bytes(&key).room(length))?;
        if !stored.succeeded() {
            return Ok(());
        }
        let new = self.pair.make(kind)?;
        if self.pair.unpickle(new, &key, stored.block(1))?.succeeded() {
            self.replace(old, new);
            self.call(Call::new(kind.clear()).object(old))?;
        }
        Ok(())
    }

    fn replace(&mut self, old: Id, new: Id) {
        let places = self
            .accounts
            .iter_mut()
            .chain(self.sessions.iter_mut().map(|session| &mut session.id))
            .chain(self.rooms.iter_mut().map(|room| &mut room.id))
            .chain(self.members.iter_mut().map(|member| &mut member.id))
            .chain([&mut self.pk.decryption]);
        for place in places.filter(|place| **place == old) {
            *place = new;
        }
    }
}

//! Random lives of accounts, sessions, groups and all other objects, in both libraries at once.

mod accounts;
mod conversation;
mod damage;
mod groups;
mod monkey;
mod pickles;
mod pk;
mod sas;
mod sessions;
mod utility;

use crate::call::{Call, Id, Outcome};
use crate::dice::Dice;
use crate::misuse;
use crate::object::Kind;
use crate::pair::Pair;
use crate::report::Mismatch;

/// How many calls a sequence is about.
const STEPS: usize = 150;

/// How many texts are kept to be passed where they may not belong.
const TEXTS: usize = 60;

pub(crate) struct World<'a> {
    pub(crate) pair: Pair<'a>,
    dice: Dice,
    accounts: Vec<Id>,
    sessions: Vec<sessions::Session>,
    letters: Vec<sessions::Letter>,
    rooms: Vec<groups::Room>,
    members: Vec<groups::Member>,
    posts: Vec<groups::Post>,
    pk: pk::Keys,
    sas: Vec<Id>,
    utility: Id,
    pickles: Vec<pickles::Stored>,
    /// An object of each kind that has no content yet.
    blank: Vec<Id>,
    /// Whatever the libraries gave out.
    texts: Vec<Vec<u8>>,
}

impl<'a> World<'a> {
    pub(crate) fn new(mut pair: Pair<'a>, dice: Dice) -> Result<Self, Mismatch> {
        let utility = pair.make(Kind::Utility)?;
        let pk = pk::Keys::new(&mut pair)?;
        let blank = Kind::ALL.iter().map(|kind| pair.make(*kind)).collect::<Result<_, _>>()?;
        let mut world = Self {
            pair,
            dice,
            accounts: Vec::new(),
            sessions: Vec::new(),
            letters: Vec::new(),
            rooms: Vec::new(),
            members: Vec::new(),
            posts: Vec::new(),
            pk,
            sas: Vec::new(),
            utility,
            pickles: Vec::new(),
            blank,
            texts: Vec::new(),
        };
        for _ in 0..3 {
            world.create_account()?;
        }
        Ok(world)
    }

    /// Plays one sequence to its end, where every object is cleared.
    pub(crate) fn play(mut self) -> Result<(), Mismatch> {
        if self.dice.once_in(6) {
            self.long_conversation()?;
        }
        for _ in 0..STEPS {
            if self.dice.is_used_up() {
                break;
            }
            match self.dice.within(0..24) {
                0..2 => self.account_step()?,
                2..11 => self.session_step()?,
                11..15 => self.group_step()?,
                15..17 => self.pk_step()?,
                17 => self.sas_step()?,
                18 => self.utility_step()?,
                19..22 => self.pickle_step()?,
                _ => self.monkey_step()?,
            }
            self.pair.compare_all()?;
        }
        misuse::of_everything(&mut self.pair)?;
        self.pair.clear_all()
    }

    fn call(&mut self, call: Call) -> Result<Outcome, Mismatch> {
        let outcome = self.pair.call(call)?;
        if outcome.succeeded() {
            for block in outcome.ours.blocks.iter().filter(|block| block.len() > 8 && block.len() < 4_000) {
                if self.texts.len() < TEXTS {
                    self.texts.push(block.clone());
                } else {
                    let place = self.dice.within(0..TEXTS);
                    self.texts[place] = block.clone();
                }
            }
        }
        Ok(outcome)
    }

    /// A call of `name` with an object alone, which asks for a number.
    fn ask(&mut self, name: &str, object: Id) -> Result<usize, Mismatch> {
        Ok(self.call(Call::new(name).object(object))?.size())
    }

    /// The capacity of a buffer in which `needed` bytes shall have room: mostly just that.
    fn room(&mut self, needed: usize) -> usize {
        match self.dice.within(0..16) {
            0 => needed.saturating_sub(1),
            1 => self.dice.within(0..needed.max(1)),
            2 => needed + 1,
            3 => needed + self.dice.within(0..60),
            _ => needed,
        }
    }

    /// Random bytes where `needed` are asked for: mostly just as many.
    fn entropy(&mut self, needed: usize) -> Vec<u8> {
        let length = match self.dice.within(0..16) {
            0 => self.dice.within(0..needed.max(1)),
            1 => needed + self.dice.within(0..40),
            _ => needed,
        };
        self.dice.bytes(length)
    }

    /// The text itself, or now and then a damaged one.
    fn perhaps_damaged(&mut self, text: &[u8]) -> Vec<u8> {
        if self.dice.once_in(6) { self.damaged(text) } else { text.to_vec() }
    }
}

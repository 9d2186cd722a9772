//! A long conversation of two, of which many messages come late and some never.

use super::World;
use crate::report::Mismatch;

const STEPS: usize = 250;

/// So many messages of one side are still underway; older ones are lost.
const UNDERWAY: usize = 60;

impl World<'_> {
    pub(super) fn long_conversation(&mut self) -> Result<(), Mismatch> {
        // Starting and accepting fails now and then, as everything does here.
        for _ in 0..30 {
            if self.letters.is_empty() {
                self.start_session()?;
            }
            if let Some(session) = self.sessions.last().copied()
                && self.letters.is_empty()
            {
                self.send_one(session)?;
            }
            if self.sessions.len() < 2 {
                self.accept_session()?;
            }
        }
        let Some(second) = self.sessions.last().copied() else { return Ok(()) };
        let first = self.sessions.iter().copied().find(|session| session.talk.other_side() == second.talk);
        let Some(first) = first else { return Ok(()) };
        for _ in 0..STEPS {
            let session = if self.dice.once_in(2) { first } else { second };
            if self.dice.once_in(2) {
                self.send_one(session)?;
                continue;
            }
            let letters = self.letters.iter().filter(|letter| letter.talk.other_side() == session.talk);
            let letters: Vec<_> = letters.cloned().collect();
            let recent = &letters[letters.len().saturating_sub(UNDERWAY)..];
            if let Some(newest) = recent.last().cloned() {
                let letter = if self.dice.once_in(3) { newest } else { self.dice.pick(recent).clone() };
                self.open(session.id, &letter)?;
            }
        }
        Ok(())
    }
}

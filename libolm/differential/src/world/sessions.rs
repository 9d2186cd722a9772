//! What Olm sessions do, on both sides of a conversation.

use super::World;
use crate::call::{Call, Id};
use crate::object::Kind;
use crate::report::Mismatch;
use crate::wire;

/// How many sessions live at a time.
const MANY: usize = 10;

/// How many messages are on their way.
const UNDERWAY: usize = 120;

#[derive(Clone, Copy)]
pub(super) struct Session {
    pub(super) id: Id,
    /// Whose it is, and with whom, as places in the list of accounts.
    owner: usize,
    other: usize,
    pub(super) talk: Talk,
}

/// A conversation, by the place of the object that began it, and one of its two sides.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Talk {
    number: usize,
    begun: bool,
}

impl Talk {
    pub(super) const fn other_side(self) -> Self {
        Self { begun: !self.begun, ..self }
    }
}

/// An Olm message.
#[derive(Clone)]
pub(super) struct Letter {
    kind: usize,
    body: Vec<u8>,
    sender: usize,
    receiver: usize,
    /// That of the sender.
    pub(super) talk: Talk,
}

impl World<'_> {
    pub(super) fn session_step(&mut self) -> Result<(), Mismatch> {
        match self.dice.within(0..12) {
            0 => self.start_session(),
            1 => self.accept_session(),
            2 => self.look_at_session(),
            3 => self.match_session(),
            4..8 => self.send(),
            _ => self.receive(),
        }
    }

    fn keep(&mut self, session: Session) -> Result<(), Mismatch> {
        if self.sessions.len() == MANY {
            let place = self.dice.within(0..MANY);
            let old = self.sessions.swap_remove(place);
            self.call(Call::new("olm_clear_session").object(old.id))?;
        }
        self.sessions.push(session);
        Ok(())
    }

    pub(super) fn start_session(&mut self) -> Result<(), Mismatch> {
        let owner = self.dice.within(0..self.accounts.len());
        let other = self.dice.within(0..self.accounts.len());
        let (identity, _) = self.identity_keys(self.accounts[other])?;
        let Some(one_time) = self.some_public_key(self.accounts[other])? else { return Ok(()) };
        let (identity, one_time) = match self.dice.within(0..16) {
            0 => (self.damaged(&identity), one_time),
            1 => (identity, self.damaged(&one_time)),
            _ => (identity, one_time),
        };
        let id = self.pair.make(Kind::Session)?;
        let needed = self.ask("olm_create_outbound_session_random_length", id)?;
        let random = self.entropy(needed);
        let create = Call::new("olm_create_outbound_session").object(id).object(self.accounts[owner]);
        let created = self.call(create.bytes(&identity).bytes(&one_time).bytes(&random))?;
        if created.succeeded() {
            self.keep(Session { id, owner, other, talk: Talk { number: id.0, begun: true } })?;
        }
        Ok(())
    }

    /// Makes the other side of a session from its first message.
    pub(super) fn accept_session(&mut self) -> Result<(), Mismatch> {
        let firsts: Vec<Letter> = self.letters.iter().filter(|letter| letter.kind == 0).cloned().collect();
        if firsts.is_empty() {
            return Ok(());
        }
        let letter = self.dice.pick(&firsts).clone();
        let receiver =
            if self.dice.once_in(10) { self.dice.within(0..self.accounts.len()) } else { letter.receiver };
        let body = self.perhaps_damaged(&letter.body);
        let id = self.pair.make(Kind::Session)?;
        let account = self.accounts[receiver];
        let created = if self.dice.once_in(2) {
            self.call(Call::new("olm_create_inbound_session").object(id).object(account).bytes(&body))?
        } else {
            let sender = if self.dice.once_in(10) { receiver } else { letter.sender };
            let (key, _) = self.identity_keys(self.accounts[sender])?;
            let key = if self.dice.once_in(10) { self.damaged(&key) } else { key };
            let create = Call::new("olm_create_inbound_session_from").object(id).object(account);
            let create = create.bytes(&key).bytes(&body);
            if wire::lacks_identity_key(&body) {
                // The real library would read the key at NULL.
                self.pair.refused_by_ours("Layout of messages", create)?;
                return Ok(());
            }
            self.call(create)?
        };
        if created.succeeded() {
            let talk = letter.talk.other_side();
            self.keep(Session { id, owner: receiver, other: letter.sender, talk })?;
            if self.dice.once_in(2) {
                self.call(Call::new("olm_remove_one_time_keys").object(account).object(id))?;
            }
            self.open(id, &letter)?;
        }
        Ok(())
    }

    fn look_at_session(&mut self) -> Result<(), Mismatch> {
        let Some(session) = self.some_session() else { return Ok(()) };
        let length = self.ask("olm_session_id_length", session.id)?;
        let room = self.room(length);
        self.call(Call::new("olm_session_id").object(session.id).room(room))?;
        self.call(Call::new("olm_session_has_received_message").object(session.id))?;
        let room = self.dice.within(0..700);
        self.call(Call::new("olm_session_describe").object(session.id).room(room))?;
        Ok(())
    }

    fn match_session(&mut self) -> Result<(), Mismatch> {
        let Some(session) = self.some_session() else { return Ok(()) };
        if self.letters.is_empty() {
            return Ok(());
        }
        let letter = self.dice.pick(&self.letters).clone();
        let body = self.perhaps_damaged(&letter.body);
        self.call(Call::new("olm_matches_inbound_session").object(session.id).bytes(&body))?;
        let (key, _) = self.identity_keys(self.accounts[letter.sender])?;
        let (key, body) = (self.perhaps_damaged(&key), self.perhaps_damaged(&letter.body));
        let matches = Call::new("olm_matches_inbound_session_from").object(session.id);
        self.call(matches.bytes(&key).bytes(&body))?;
        Ok(())
    }

    fn some_session(&mut self) -> Option<Session> {
        (!self.sessions.is_empty()).then(|| *self.dice.pick(&self.sessions))
    }

    fn send(&mut self) -> Result<(), Mismatch> {
        let Some(session) = self.some_session() else { return self.start_session() };
        // Now and then many at once, more than a receiver keeps keys for.
        let count = if self.dice.once_in(20) { self.dice.within(20..70) } else { self.dice.within(1..4) };
        for _ in 0..count {
            self.send_one(session)?;
        }
        Ok(())
    }

    pub(super) fn send_one(&mut self, session: Session) -> Result<(), Mismatch> {
        let length = self.dice.length();
        let plaintext = self.dice.bytes(length);
        let kind = self.ask("olm_encrypt_message_type", session.id)?;
        let needed = self.ask("olm_encrypt_random_length", session.id)?;
        let question = Call::new("olm_encrypt_message_length").object(session.id).size(length);
        let length = self.call(question)?.size();
        let (random, room) = (self.entropy(needed), self.room(length));
        let encrypt = Call::new("olm_encrypt").object(session.id).bytes(&plaintext).bytes(&random).room(room);
        let encrypted = self.call(encrypt)?;
        if encrypted.succeeded() {
            let body = encrypted.block(2)[..length].to_vec();
            let Session { owner: sender, other: receiver, talk, .. } = session;
            let letter = Letter { kind, body, sender, receiver, talk };
            if self.letters.len() == UNDERWAY {
                let place = self.dice.within(0..UNDERWAY);
                self.letters.swap_remove(place);
            }
            self.letters.push(letter);
        }
        Ok(())
    }

    fn receive(&mut self) -> Result<(), Mismatch> {
        let Some(session) = self.some_session() else { return Ok(()) };
        let fitting = self.letters.iter().filter(|letter| letter.talk.other_side() == session.talk);
        let fitting: Vec<Letter> = fitting.cloned().collect();
        let (among, recent) = match self.dice.within(0..12) {
            0 if !self.letters.is_empty() => (self.letters.clone(), 1),
            _ if fitting.is_empty() => return self.accept_session(),
            choice => (fitting, choice),
        };
        for _ in 0..self.dice.within(1..5) {
            // The newest first, more often than not.
            let letter =
                if recent > 5 { among.last().unwrap().clone() } else { self.dice.pick(&among).clone() };
            self.open(session.id, &letter)?;
        }
        Ok(())
    }

    /// Decrypts as programs do: first asks for the length, with a copy, since the message is destroyed.
    pub(super) fn open(&mut self, session: Id, letter: &Letter) -> Result<(), Mismatch> {
        let body = self.perhaps_damaged(&letter.body);
        let kind = if self.dice.once_in(20) { self.dice.within(0..4) } else { letter.kind };
        let question = Call::new("olm_decrypt_max_plaintext_length").object(session);
        let asked = self.call(question.size(kind).bytes(&body))?;
        let needed = if asked.succeeded() { asked.size() } else { body.len() };
        let room = self.room(needed);
        let decrypt = Call::new("olm_decrypt").object(session).size(kind).bytes(&body).room(room);
        // What was read comes again only now and then.
        if self.call(decrypt)?.succeeded() && !self.dice.once_in(4) {
            self.letters.retain(|other| other.body != letter.body);
        }
        Ok(())
    }
}

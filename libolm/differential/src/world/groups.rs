//! What Megolm sessions do.

use super::World;
use crate::call::{Call, Id};
use crate::forge;
use crate::object::Kind;
use crate::pair::COMPARING;
use crate::report::Mismatch;

const MANY: usize = 6;
const POSTS: usize = 60;

/// Where the index is in a stored outbound session.
const INDEX: usize = 4 + 128;

/// An outbound session.
#[derive(Clone, Copy)]
pub(super) struct Room {
    pub(super) id: Id,
    number: usize,
}

/// An inbound session of the room with this number.
#[derive(Clone, Copy)]
pub(super) struct Member {
    pub(super) id: Id,
    room: usize,
}

/// A message to the room.
#[derive(Clone)]
pub(super) struct Post {
    body: Vec<u8>,
    room: usize,
}

impl World<'_> {
    pub(super) fn group_step(&mut self) -> Result<(), Mismatch> {
        if self.rooms.is_empty() {
            return self.open_room();
        }
        match self.dice.within(0..14) {
            0 => self.open_room(),
            1..3 => self.join(),
            3 => self.pass_on(),
            4 => self.look_at_room(),
            5 => self.look_at_member(),
            6..9 => self.post(),
            _ => self.read(),
        }
    }

    fn open_room(&mut self) -> Result<(), Mismatch> {
        let id = self.pair.make(Kind::Outbound)?;
        let needed = self.ask("olm_init_outbound_group_session_random_length", id)?;
        let random = self.entropy(needed);
        let opened = self.call(Call::new("olm_init_outbound_group_session").object(id).bytes(&random))?;
        if opened.succeeded() {
            if self.rooms.len() == MANY {
                let old = self.rooms.remove(0);
                self.call(Call::new("olm_clear_outbound_group_session").object(old.id))?;
            }
            // Objects are not used again, so that their places tell rooms apart.
            let id = if self.dice.once_in(3) { self.later(id)? } else { id };
            self.rooms.push(Room { id, number: id.0 });
        }
        Ok(())
    }

    /// The same session, as if many messages had been sent there.
    fn later(&mut self, id: Id) -> Result<Id, Mismatch> {
        let pickle = self.pair.latest(id).expect("it was made");
        let mut content = forge::open_pickle(COMPARING, &pickle);
        let border = 1 << *self.dice.pick(&[8, 16, 24, 31_u32]);
        let index = match self.dice.within(0..3) {
            // Far enough from the end not to get there.
            0 => self.dice.number() & 0xfff0_ffff,
            1 => self.dice.number() & (border - 1),
            _ => border - u32::try_from(self.dice.within(0..4)).unwrap(),
        };
        content[INDEX..INDEX + 4].copy_from_slice(&index.to_be_bytes());
        let later = self.pair.make(Kind::Outbound)?;
        self.pair.unpickle(later, COMPARING, &forge::seal_pickle(COMPARING, &content))?;
        self.call(Call::new("olm_clear_outbound_group_session").object(id))?;
        Ok(later)
    }

    fn keep_member(&mut self, member: Member) -> Result<(), Mismatch> {
        if self.members.len() == MANY {
            let place = self.dice.within(0..MANY);
            let old = self.members.swap_remove(place);
            self.call(Call::new("olm_clear_inbound_group_session").object(old.id))?;
        }
        self.members.push(member);
        Ok(())
    }

    fn join(&mut self) -> Result<(), Mismatch> {
        let room = *self.dice.pick(&self.rooms);
        let length = self.ask("olm_outbound_group_session_key_length", room.id)?;
        let capacity = self.room(length);
        let key = self.call(Call::new("olm_outbound_group_session_key").object(room.id).room(capacity))?;
        if !key.succeeded() {
            return Ok(());
        }
        let key = self.perhaps_damaged(&key.block(0)[..length]);
        let id = self.pair.make(Kind::Inbound)?;
        let joined = self.call(Call::new("olm_init_inbound_group_session").object(id).bytes(&key))?;
        if joined.succeeded() {
            self.keep_member(Member { id, room: room.number })?;
        }
        Ok(())
    }

    /// Exports a session at some index, and makes another from it.
    fn pass_on(&mut self) -> Result<(), Mismatch> {
        let Some(member) = self.some_member() else { return Ok(()) };
        let first = self.call(Call::new("olm_inbound_group_session_first_known_index").object(member.id))?;
        let crate::library::Value::Number(first) = first.ours.value else { return Ok(()) };
        let index = match self.dice.within(0..8) {
            0 => first.wrapping_sub(1),
            1 => self.dice.number(),
            2 => first.wrapping_add(self.dice.number() >> 16),
            _ => first.wrapping_add(self.dice.number() >> 28),
        };
        let length = self.ask("olm_export_inbound_group_session_length", member.id)?;
        let room = self.room(length);
        let export = Call::new("olm_export_inbound_group_session").object(member.id).room(room).number(index);
        let exported = self.call(export)?;
        if !exported.succeeded() {
            return Ok(());
        }
        let key = self.perhaps_damaged(&exported.block(0)[..length]);
        let id = self.pair.make(Kind::Inbound)?;
        let imported = self.call(Call::new("olm_import_inbound_group_session").object(id).bytes(&key))?;
        if imported.succeeded() {
            self.keep_member(Member { id, room: member.room })?;
        }
        Ok(())
    }

    fn look_at_room(&mut self) -> Result<(), Mismatch> {
        let room = self.dice.pick(&self.rooms).id;
        let length = self.ask("olm_outbound_group_session_id_length", room)?;
        let capacity = self.room(length);
        self.call(Call::new("olm_outbound_group_session_id").object(room).room(capacity))?;
        self.call(Call::new("olm_outbound_group_session_message_index").object(room))?;
        Ok(())
    }

    fn look_at_member(&mut self) -> Result<(), Mismatch> {
        let Some(member) = self.some_member() else { return Ok(()) };
        let length = self.ask("olm_inbound_group_session_id_length", member.id)?;
        let room = self.room(length);
        self.call(Call::new("olm_inbound_group_session_id").object(member.id).room(room))?;
        self.call(Call::new("olm_inbound_group_session_first_known_index").object(member.id))?;
        self.call(Call::new("olm_inbound_group_session_is_verified").object(member.id))?;
        Ok(())
    }

    fn some_member(&mut self) -> Option<Member> {
        (!self.members.is_empty()).then(|| *self.dice.pick(&self.members))
    }

    fn post(&mut self) -> Result<(), Mismatch> {
        let room = *self.dice.pick(&self.rooms);
        for _ in 0..self.dice.within(1..4) {
            let length = self.dice.length();
            let plaintext = self.dice.bytes(length);
            let question = Call::new("olm_group_encrypt_message_length").object(room.id).size(length);
            let length = self.call(question)?.size();
            let capacity = self.room(length);
            let encrypt = Call::new("olm_group_encrypt").object(room.id).bytes(&plaintext).room(capacity);
            let encrypted = self.call(encrypt)?;
            if encrypted.succeeded() {
                if self.posts.len() == POSTS {
                    self.posts.remove(0);
                }
                let body = encrypted.block(1)[..length].to_vec();
                self.posts.push(Post { body, room: room.number });
            }
        }
        Ok(())
    }

    fn read(&mut self) -> Result<(), Mismatch> {
        let Some(member) = self.some_member() else { return self.join() };
        let fitting: Vec<Post> = self.posts.iter().filter(|post| post.room == member.room).cloned().collect();
        let among = if self.dice.once_in(12) { self.posts.clone() } else { fitting };
        if among.is_empty() {
            return self.post();
        }
        let body = self.dice.pick(&among).body.clone();
        let body = self.perhaps_damaged(&body);
        let question = Call::new("olm_group_decrypt_max_plaintext_length").object(member.id).bytes(&body);
        let asked = self.call(question)?;
        let needed = if asked.succeeded() { asked.size() } else { body.len() };
        let room = self.room(needed);
        let decrypt = Call::new("olm_group_decrypt").object(member.id).bytes(&body).room(room);
        // The index may be asked for, or not.
        let decrypt = if self.dice.once_in(8) { decrypt.null() } else { decrypt.place(4) };
        self.call(decrypt)?;
        Ok(())
    }
}

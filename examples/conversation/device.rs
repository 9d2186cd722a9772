//! One device of one user: its account, its Olm sessions with other devices, its side of the room.
//!
//! What it keeps is stored before a message leaves, and before a message that it has read is acknowledged. A crash in
//! between loses nothing: open the device again and go on.

use cliquet::{
    Curve25519PublicKey, SystemRandom,
    megolm::{self, InboundGroupSession, MegolmMessage, OutboundGroupSession},
    objects::device_keys::DeviceKeys,
    olm::{self, Account, DecryptionError, OlmMessage, PreKeyMessage, Session},
};

use crate::{
    Result, SERVER_NAME,
    directory::{Directory, UploadedKeys},
    event::Event,
    mailbox::Letter,
    store::Store,
};

/// The slots of the store. There is one room with one sender; a real client has a slot for each session id.
const ACCOUNT: &str = "account";
const ROOM_OUTBOUND: &str = "room.outbound";
const ROOM_INBOUND: &str = "room.inbound";

/// One-time keys of one device: one is claimed, the others wait.
const ONE_TIME_KEYS: usize = 5;

pub(crate) struct Device {
    name: String,
    account: Account,
    pub(crate) store: Store,
}

/// What became of a letter. Either way it is to be acknowledged.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Received {
    /// It was read, and what it said is stored.
    New { length: usize },
    /// It was read and stored before.
    Again,
}

/// An Olm session with another device, and the slot that it came from.
struct Stored {
    slot: String,
    session: Session,
}

impl Device {
    pub(crate) fn open(name: &str, store: Store) -> Result<Self> {
        let account = match store.get(ACCOUNT, Account::from_pickle)? {
            Some(account) => account,
            None => Account::new(&mut SystemRandom::new())?,
        };
        Ok(Self { name: name.to_owned(), account, store })
    }

    fn save_account(&self) -> Result<()> {
        self.store.put(ACCOUNT, |key, rng| self.account.to_pickle(key, rng))
    }

    /// Uploads whatever keys the directory lacks. One-time keys and a fallback key are made the first time.
    pub(crate) fn publish(&mut self, directory: &Directory) -> Result<()> {
        if self.account.fallback_key().is_none() {
            let rng = &mut SystemRandom::new();
            self.account.generate_one_time_keys(ONE_TIME_KEYS, rng)?;
            self.account.generate_fallback_key(rng)?;
        }
        let one_time_key = self.account.unpublished_one_time_keys().next();
        if one_time_key.or(self.account.unpublished_fallback_key()).is_none() {
            return Ok(());
        }
        // The account before the upload: whoever claims a key that no account holds, writes what nobody can read.
        self.save_account()?;
        directory.publish(&self.name, self.signed_keys())?;
        // Published after the upload: the other way round, a crash would leave keys that nobody ever uploads.
        self.account.mark_keys_as_published();
        self.save_account()
    }

    /// The public keys of the device that were not published, signed by itself.
    fn signed_keys(&self) -> UploadedKeys {
        let (user_id, device_id) = matrix_ids(&self.name);
        UploadedKeys {
            device_keys: self.account.signed_device_keys(&user_id, device_id),
            one_time_keys: self.account.signed_one_time_keys(&user_id, device_id),
            fallback_keys: self.account.signed_fallback_keys(&user_id, device_id),
        }
    }
}

/// Letters.
impl Device {
    /// Writes a letter, with the newest session there is, or with a new one.
    pub(crate) fn write(
        &self,
        to: &str,
        transaction: &str,
        event: &Event,
        directory: &Directory,
    ) -> Result<Letter> {
        let Stored { slot, mut session } = match self.sessions_with(to)?.pop() {
            Some(newest) => newest,
            None => Stored { slot: session_slot(to, 0), session: self.start_session(to, directory)? },
        };
        let message = session.encrypt(event.to_plaintext(&self.name, to), &mut SystemRandom::new())?;
        // Before the letter leaves: a crash now costs a gap of one message, a crash between sending and storing would cost
        // a message key that is used twice.
        self.save_session(&slot, &session)?;
        Ok(Letter { transaction: transaction.to_owned(), sender: self.name.clone(), message })
    }

    /// Starts a session with another device, once both of its signatures are checked.
    fn start_session(&self, with: &str, directory: &Directory) -> Result<Session> {
        let claimed = device_keys(with, directory)?.verify_one_time_key(&directory.claim(with)?)?;
        let (config, rng) = (olm::SessionConfig::default(), &mut SystemRandom::new());
        Ok(self.account.create_outbound_session_with(&claimed, config, rng)?)
    }

    /// Reads a letter and stores all that follows from it. After that, and not before, the letter may be acknowledged.
    pub(crate) fn receive(&mut self, letter: &Letter, directory: &Directory) -> Result<Received> {
        let read = match &letter.message {
            OlmMessage::PreKey(message) => self.read_pre_key_message(letter, message, directory)?,
            OlmMessage::Normal(_) => self.read_normal_message(letter)?,
        };
        let mut received = Received::Again;
        if let Some((plaintext, Stored { slot, session })) = read {
            let event = Event::from_plaintext(&plaintext, &letter.sender, &self.name)?;
            // First what the letter says: once the session is stored, the same letter is a duplicate and is not read again.
            self.apply(&letter.transaction, event)?;
            // Then the session: were its one-time key gone first, a crash would leave nothing to read the letter with.
            self.save_session(&slot, &session)?;
            received = Received::New { length: plaintext.len() };
        }
        if let OlmMessage::PreKey(message) = &letter.message {
            // The account last; if a crash prevents it, the letter comes again, finds its session, and leads here once more.
            self.retire(&message.one_time_key())?;
        }
        Ok(received)
    }

    /// The plaintext, and the session after it; `None` if the message was read before.
    fn read_pre_key_message(
        &mut self,
        letter: &Letter,
        message: &PreKeyMessage,
        directory: &Directory,
    ) -> Result<Option<(Vec<u8>, Stored)>> {
        let sessions = self.sessions_with(&letter.sender)?;
        let slot = session_slot(&letter.sender, sessions.len());
        let known = sessions.into_iter().find(|stored| stored.session.matches_pre_key_message(message));
        if let Some(mut stored) = known {
            return match stored.session.decrypt(&letter.message) {
                Ok(plaintext) => Ok(Some((plaintext, stored))),
                Err(DecryptionError::AlreadyUsed { .. }) => Ok(None),
                Err(error) => Err(error.into()),
            };
        }
        let identity_key = device_keys(&letter.sender, directory)?.curve25519_key();
        let config = olm::SessionConfig::default();
        let created = self.account.create_inbound_session(identity_key, message, config)?;
        Ok(Some((created.plaintext, Stored { slot, session: created.session })))
    }

    /// The same for a message that does not say to which session it belongs.
    fn read_normal_message(&self, letter: &Letter) -> Result<Option<(Vec<u8>, Stored)>> {
        for mut stored in self.sessions_with(&letter.sender)?.into_iter().rev() {
            match stored.session.decrypt(&letter.message) {
                Ok(plaintext) => return Ok(Some((plaintext, stored))),
                Err(DecryptionError::AlreadyUsed { .. }) => return Ok(None),
                Err(_) => {}
            }
        }
        Err(format!("no session with {} reads {}", letter.sender, letter.transaction).into())
    }

    /// Stores what a letter says. A letter that comes again after a crash stores the same in the same place.
    ///
    /// A real client takes a forwarded session from devices of its own user alone, and lets no import replace what it has.
    fn apply(&self, transaction: &str, event: Event) -> Result<()> {
        let config = megolm::SessionConfig::default();
        match event {
            Event::RoomKey(key) => self.save_reader(&InboundGroupSession::new(&key, config)),
            Event::ForwardedRoomKey(export) => {
                self.save_reader(&InboundGroupSession::import(&export, config))
            }
            Event::Text(text) => Ok(self.store.put_text(transaction, text.as_bytes())?),
        }
    }

    /// Stores the account after one of its keys has served: a one-time key goes, another fallback key takes the place of the
    /// one in use, to be published next.
    fn retire(&mut self, used: &Curve25519PublicKey) -> Result<()> {
        let is_current = self.account.fallback_key().is_some_and(|current| current.public_key == *used);
        if is_current {
            self.account.generate_fallback_key(&mut SystemRandom::new())?;
        } else {
            self.account.remove_one_time_key(used);
        }
        self.save_account()
    }

    /// The sessions with another device, newest last: two devices may start one with each other at the same time.
    fn sessions_with(&self, name: &str) -> Result<Vec<Stored>> {
        let mut sessions = Vec::new();
        loop {
            let slot = session_slot(name, sessions.len());
            let Some(session) = self.store.get(&slot, Session::from_pickle)? else { return Ok(sessions) };
            sessions.push(Stored { slot, session });
        }
    }

    fn save_session(&self, slot: &str, session: &Session) -> Result<()> {
        self.store.put(slot, |key, rng| session.to_pickle(key, rng))
    }
}

/// The room.
impl Device {
    /// The session with which this device sends to the room, made if there is none.
    pub(crate) fn room(&self) -> Result<OutboundGroupSession> {
        if let Some(room) = self.store.get(ROOM_OUTBOUND, OutboundGroupSession::from_pickle)? {
            return Ok(room);
        }
        let config = megolm::SessionConfig::default();
        let room = OutboundGroupSession::new(config, &mut SystemRandom::new())?;
        // The device reads its own messages too. That session first: a room that is stored is complete.
        self.save_reader(&InboundGroupSession::new(&room.session_key(), config))?;
        self.save_room(&room)?;
        Ok(room)
    }

    pub(crate) fn encrypt(&self, room: &mut OutboundGroupSession, plaintext: &[u8]) -> Result<MegolmMessage> {
        let message = room.encrypt(plaintext)?;
        // Before the message leaves, as with letters.
        self.save_room(room)?;
        Ok(message)
    }

    /// The session with which this device reads the room. Reading changes nothing that would have to be stored.
    pub(crate) fn reader(&self) -> Result<InboundGroupSession> {
        let reader = self.store.get(ROOM_INBOUND, InboundGroupSession::from_pickle)?;
        Ok(reader.ok_or_else(|| format!("{} has no session to read the room with", self.name))?)
    }

    fn save_room(&self, room: &OutboundGroupSession) -> Result<()> {
        self.store.put(ROOM_OUTBOUND, |key, rng| room.to_pickle(key, rng))
    }

    fn save_reader(&self, reader: &InboundGroupSession) -> Result<()> {
        self.store.put(ROOM_INBOUND, |key, rng| reader.to_pickle(key, rng))
    }
}

/// The keys of another device, if what the server has is about that device and signed by it.
fn device_keys(of: &str, directory: &Directory) -> Result<DeviceKeys> {
    let (user_id, device_id) = matrix_ids(of);
    Ok(DeviceKeys::verify(&directory.device_keys(of)?, &user_id, device_id)?)
}

/// The user id and the device id behind a name like `amelie/laptop`.
fn matrix_ids(name: &str) -> (String, &str) {
    let (user, device_id) = name.split_once('/').unwrap_or((name, ""));
    (format!("@{user}:{SERVER_NAME}"), device_id)
}

fn session_slot(with: &str, number: usize) -> String {
    format!("olm.{}.{number}", with.replace('/', "."))
}

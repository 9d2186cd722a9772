use alloc::vec::Vec;
#[cfg(feature = "std")]
use core::num::NonZeroUsize;
use core::{fmt, mem};
#[cfg(feature = "std")]
use std::thread;

use super::{
    DecryptedMessage, DecryptionError, InboundGroupSession, MegolmMessage,
    ratchet::{self, Ratchet},
};
use crate::{
    keys::Ed25519BulkVerifier,
    secret::{Scratch, SecretBytes},
};

/// From so many messages on, what is kept of the signing key saves more time than it takes to make.
const WORTH_A_TABLE: usize = if cfg!(feature = "std") { 16 } else { 32 };

/// So many messages take longer to verify than a thread takes to begin.
#[cfg(feature = "std")]
const WORTH_A_THREAD: usize = 16;

/// More threads than any machine runs at once only take its memory.
#[cfg(feature = "std")]
const MOST_THREADS: usize = 256;

/// Decrypts many messages of one session in less time than one by one: a client that opens a room, or reads it back.
///
/// Made by [`InboundGroupSession::bulk`]. Messages come in any order and results in the same; in between they are decrypted in the order of their
/// indexes. Every verdict is the one that [`InboundGroupSession::decrypt`] gives, and a message that is refused does not touch the others.
///
/// While it lives it keeps 73 KiB of multiples of the session's public signing key, made for the first 16 messages or more that come together;
/// afterwards nothing is left of them. 145 KiB of multiples of the curve's base point stay for the next one, in whatever session; without `std` each
/// has its own, made for 32 messages or more.
///
/// # Example
///
/// ```
/// # #[cfg(feature = "getrandom")]
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use cliquet::{SystemRandom, megolm::{InboundGroupSession, OutboundGroupSession, SessionConfig}};
///
/// let config = SessionConfig::default();
/// let mut room = OutboundGroupSession::new(config, &mut SystemRandom::new())?;
/// let mut member = InboundGroupSession::new(&room.session_key(), config);
/// let mut messages = (0..100).map(|number| room.encrypt(format!("message {number}"))).collect::<Result<Vec<_>, _>>()?;
/// messages.reverse(); // the newest first, as a server gives them
///
/// let results = member.bulk().decrypt(&messages);
/// assert_eq!(results[0].as_ref().map(|newest| newest.plaintext.as_slice()), Ok(b"message 99".as_slice()));
/// assert!(results.iter().all(Result::is_ok));
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "getrandom"))]
/// # fn main() {}
/// ```
pub struct BulkDecryption<'a> {
    session: &'a mut InboundGroupSession,
    verifier: Option<Ed25519BulkVerifier>,
    #[cfg(feature = "std")]
    threads: NonZeroUsize,
}

/// The result for one message.
type Decrypted = Result<DecryptedMessage, DecryptionError>;

impl InboundGroupSession {
    /// Begins to decrypt many messages.
    #[must_use]
    pub fn bulk(&mut self) -> BulkDecryption<'_> {
        BulkDecryption {
            session: self,
            verifier: None,
            #[cfg(feature = "std")]
            threads: NonZeroUsize::MIN,
        }
    }
}

impl BulkDecryption<'_> {
    /// This with the signatures verified on up to so many threads, one for each 16 messages and 256 at most; they end with each call. Without this, there is
    /// one thread, the caller's, and that is enough where no other can be had.
    #[cfg(feature = "std")]
    #[must_use]
    pub fn with_threads(mut self, threads: NonZeroUsize) -> Self {
        self.threads = threads;
        self
    }

    /// Decrypts messages of this session, in any order; the results are in the same. What the session can read does not change, and a replay guard
    /// neither looks nor learns.
    ///
    /// Each result is that of [`InboundGroupSession::decrypt`].
    pub fn decrypt<'m>(&mut self, messages: impl IntoIterator<Item = &'m MegolmMessage>) -> Vec<Decrypted> {
        let messages: Vec<_> = messages.into_iter().collect();
        let verdicts = self.check(&messages);
        self.open(&messages, verdicts)
    }

    /// Decrypts messages of this session with the guard against replays. Each comes with the 32 bytes that name its event.
    ///
    /// Each result is that of [`InboundGroupSession::decrypt_event`], called in the given order.
    pub fn decrypt_events<'m>(
        &mut self,
        events: impl IntoIterator<Item = (&'m MegolmMessage, &'m [u8; 32])>,
    ) -> Vec<Decrypted> {
        let (messages, events): (Vec<_>, Vec<&[u8; 32]>) = events.into_iter().unzip();
        let mut verdicts = self.check(&messages);
        // The guard forgets nothing, so what it refuses before it learns from these it refuses after, and nothing need open it.
        for ((message, event), verdict) in messages.iter().zip(&events).zip(&mut verdicts) {
            if verdict.is_ok() {
                *verdict = self.session.replay_guard.check(message.message_index(), event);
            }
        }
        let authentic: Vec<_> = verdicts.iter().map(Result::is_ok).collect();
        let mut results = self.open(&messages, verdicts);
        // The guard learns in the order of the caller, and comes before the index and the MAC as it does for one message. What it refuses only now
        // was opened: that may have moved checkpoints, on which no result depends.
        let guarded = messages.iter().zip(events).zip(authentic).zip(&mut results);
        for (((message, event), authentic), result) in guarded {
            if authentic {
                self.guard(message.message_index(), event, result);
            }
        }
        results
    }

    fn guard(&mut self, message_index: u32, event: &[u8; 32], result: &mut Decrypted) {
        let guard = &mut self.session.replay_guard;
        if let Err(error) = guard.check(message_index, event) {
            if let Ok(decrypted) = result {
                drop(SecretBytes::new(mem::take(&mut decrypted.plaintext)));
            }
            *result = Err(error);
        } else if result.is_ok() {
            guard.remember(message_index, *event);
        }
    }

    /// Version and signature of each message.
    fn check(&mut self, messages: &[&MegolmMessage]) -> Vec<Result<(), DecryptionError>> {
        if self.verifier.is_none() && messages.len() < WORTH_A_TABLE {
            return messages.iter().map(|message| self.session.check(message)).collect();
        }
        let mut verdicts = self.verify(messages);
        for (message, verdict) in messages.iter().zip(&mut verdicts) {
            if let Err(error) = self.session.check_version(message) {
                *verdict = Err(error);
            }
        }
        verdicts
    }

    /// The signature of each message.
    fn verify(&mut self, messages: &[&MegolmMessage]) -> Vec<Result<(), DecryptionError>> {
        let verifier = match self.verifier.take() {
            Some(verifier) => verifier,
            None => match self.session.signing_key.decode() {
                Ok(signing_key) => signing_key.bulk_verifier(),
                Err(_) => return messages.iter().map(|_| Err(DecryptionError::InvalidSignature)).collect(),
            },
        };
        let verdicts = self.on_threads(messages, &|messages| {
            let verdicts = verifier.verify(messages.iter().map(|message| message.signed()));
            verdicts
                .into_iter()
                .map(|verdict| verdict.map_err(|_| DecryptionError::InvalidSignature))
                .collect()
        });
        self.verifier = Some(verifier);
        verdicts
    }

    #[cfg(feature = "std")]
    fn on_threads<T: Send>(
        &self,
        messages: &[&MegolmMessage],
        work: &(impl Fn(&[&MegolmMessage]) -> Vec<T> + Sync),
    ) -> Vec<T> {
        let threads = self.threads.get().min(MOST_THREADS).min(messages.len() / WORTH_A_THREAD).max(1);
        if threads == 1 {
            return work(messages);
        }
        let mut shares = messages.chunks(messages.len().div_ceil(threads).max(1));
        let own = shares.next().unwrap_or_default();
        thread::scope(|scope| {
            let start = |share| (share, thread::Builder::new().spawn_scoped(scope, move || work(share)));
            let others: Vec<_> = shares.map(start).collect();
            let mut results = work(own);
            for (share, thread) in others {
                // This thread does what no other one could be had for.
                let done = thread.ok().and_then(|thread| thread.join().ok());
                results.extend(done.unwrap_or_else(|| work(share)));
            }
            results
        })
    }

    #[cfg(not(feature = "std"))]
    fn on_threads<T>(
        &self,
        messages: &[&MegolmMessage],
        work: &impl Fn(&[&MegolmMessage]) -> Vec<T>,
    ) -> Vec<T> {
        work(messages)
    }

    /// Opens the messages that were found authentic, in the order of their indexes, with one ratchet that moves along.
    fn open(
        &mut self,
        messages: &[&MegolmMessage],
        verdicts: Vec<Result<(), DecryptionError>>,
    ) -> Vec<Decrypted> {
        let mut ascending: Vec<_> = messages.iter().zip(verdicts).enumerate().collect();
        ascending.sort_by_key(|(_, (message, _))| message.message_index());
        let mut walk = Walk { session: self.session, ratchet: None };
        let mut results: Vec<_> = ascending
            .into_iter()
            .map(|(position, (message, verdict))| (position, verdict.and_then(|()| walk.open(message))))
            .collect();
        walk.end();
        results.sort_unstable_by_key(|(position, _)| *position);
        results.into_iter().map(|(_, result)| result).collect()
    }
}

/// Opens messages with ascending indexes.
struct Walk<'a> {
    session: &'a mut InboundGroupSession,
    /// At the index of the message that was opened last.
    ratchet: Option<Ratchet>,
}

impl Walk<'_> {
    fn open(&mut self, message: &MegolmMessage) -> Decrypted {
        let message_index = message.message_index();
        let Some(ratchet) = &mut self.ratchet else {
            // The session goes there, and keeps what makes the way back cheap.
            let decrypted = self.session.open(message)?;
            self.ratchet = self.session.checkpoints.at(message_index);
            return Ok(decrypted);
        };
        let mut parts = Scratch::zeroed();
        ratchet::parts_at(ratchet.snapshot(), message_index, parts.as_mut_bytes());
        let plaintext = message.open(parts.as_bytes())?;
        ratchet.replace(parts.as_bytes(), message_index);
        Ok(DecryptedMessage {
            plaintext,
            message_index,
            provenance: self.session.provenance_at(message_index),
        })
    }

    fn end(self) {
        if let Some(ratchet) = self.ratchet {
            self.session.checkpoints.keep(ratchet);
        }
    }
}

impl fmt::Debug for BulkDecryption<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("BulkDecryption").field("session", &self.session).finish_non_exhaustive()
    }
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use alloc::{collections::BTreeSet, vec};

    use super::*;
    use crate::{
        megolm::{OutboundGroupSession, SessionConfig},
        testing::seeded,
    };

    #[test]
    fn as_many_threads_as_are_wanted_and_worth_it() {
        let config = SessionConfig::default();
        let mut outbound = OutboundGroupSession::new(config, &mut seeded(1)).unwrap();
        let message = outbound.encrypt(b"").unwrap();
        let mut inbound = InboundGroupSession::new(&outbound.session_key(), config);
        for (messages, wanted, expected) in
            [(1, 4, 1), (31, 4, 1), (32, 4, 2), (47, 4, 2), (48, 4, 3), (100, 4, 4), (100, 1, 1), (100, 3, 3)]
        {
            let bulk = inbound.bulk().with_threads(NonZeroUsize::new(wanted).unwrap());
            let work = |share: &[&MegolmMessage]| share.iter().map(|_| thread::current().id()).collect();
            let threads = bulk.on_threads(&vec![&message; messages], &work);
            assert_eq!(threads.len(), messages);
            assert_eq!(threads[0], thread::current().id());
            let distinct: BTreeSet<_> = threads.iter().map(|id| alloc::format!("{id:?}")).collect();
            assert_eq!(distinct.len(), expected, "{messages} messages, {wanted} threads");
        }
    }
}

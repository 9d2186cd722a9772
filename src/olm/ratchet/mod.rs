//! The double ratchet: pure state, without bytes of messages (Olm specification, "Advancing the root key" and
//! "Advancing the chain key").
//!
//! ```text
//!                    encrypt: draw a ratchet key, advance the root key
//!             +--------------------------------------------------------+
//!             v                                                        |
//!     Active (our ratchet key, sending chain)          Inactive (their latest ratchet key)
//!             |                                                        ^
//!             +--------------------------------------------------------+
//!                    decrypt a message on a new ratchet key of theirs
//! ```
//!
//! The party that starts a session begins `Active`, the other one `Inactive`. The two turns alternate, so a new
//! ratchet key that arrives while `Inactive` belongs to nobody we have answered.

mod chain_key;
mod receiver_chain;
mod root_key;
mod skipped_keys;
mod spare_memory;

#[cfg(test)]
mod tests;

use alloc::vec::Vec;
use core::mem;

use rand_core::TryCryptoRng;

use self::{
    chain_key::ChainKey,
    receiver_chain::{ReceiverChain, ReceiverChains},
    root_key::RootKey,
    skipped_keys::SkippedMessageKeys,
    spare_memory::SpareMemory,
};
use super::{
    ChainSummary, DecryptionError, EncryptionError, Limits, RatchetSnapshot, SendingSnapshot, SharedKeys,
    SkippedMessage, StateError,
};
use crate::{
    keys::{Curve25519KeyPair, Curve25519PublicKey, MismatchedPublicKey},
    primitives::cbc_hmac::AuthenticationFailed,
    secret::{Scratch, Secret, split, split_mut},
};

/// The whole secret state of a session.
#[derive(Debug)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub(super) struct DoubleRatchet {
    root_key: RootKey,
    sending: SendingRatchet,
    receiver_chains: ReceiverChains,
    skipped_message_keys: SkippedMessageKeys,
    limits: Limits,
    spare: SpareMemory,
}

/// Whose turn it is, see the diagram above.
#[derive(Debug)]
#[cfg_attr(test, derive(Clone, PartialEq))]
enum SendingRatchet {
    Active(ActiveRatchet),
    Inactive(InactiveRatchet),
}

/// We have a sending chain.
#[derive(Debug)]
#[cfg_attr(test, derive(Clone, PartialEq))]
struct ActiveRatchet {
    ratchet_key: Curve25519KeyPair,
    chain_key: ChainKey,
}

/// The other party has turned the ratchet, and we have not answered yet.
#[derive(Debug)]
#[cfg_attr(test, derive(Clone, PartialEq))]
struct InactiveRatchet {
    their_ratchet_key: Curve25519PublicKey,
}

impl DoubleRatchet {
    /// The ratchet of the party that starts the session: a sending chain, under a first ratchet key.
    pub(super) fn start(shared: SharedKeys, ratchet_key: Curve25519KeyPair, limits: Limits) -> Self {
        Self {
            root_key: RootKey::new(shared.root_key),
            sending: SendingRatchet::Active(ActiveRatchet {
                ratchet_key,
                chain_key: ChainKey::new(shared.chain_key),
            }),
            receiver_chains: ReceiverChains::with_room(),
            skipped_message_keys: SkippedMessageKeys::default(),
            limits,
            spare: SpareMemory::default(),
        }
    }

    /// The ratchet of the other party: a receiver chain for the first ratchet key of the party that started.
    pub(super) fn answer(shared: SharedKeys, their_ratchet_key: Curve25519PublicKey, limits: Limits) -> Self {
        let mut receiver_chains = ReceiverChains::with_room();
        let first_chain = ReceiverChain::new(their_ratchet_key);
        receiver_chains.insert(first_chain, shared.chain_key.as_bytes(), &limits);
        let mut spare = SpareMemory::default();
        spare.give(shared.chain_key.wiped());
        Self {
            root_key: RootKey::new(shared.root_key),
            sending: SendingRatchet::Inactive(InactiveRatchet { their_ratchet_key }),
            receiver_chains,
            skipped_message_keys: SkippedMessageKeys::default(),
            limits,
            spare: spare.filled(),
        }
    }

    /// The ratchet of a store.
    pub(super) fn from_snapshot(snapshot: &RatchetSnapshot<'_>, limits: Limits) -> Result<Self, StateError> {
        let root_key = RootKey::new(Secret::copy_of(snapshot.root_key));
        let sending = match snapshot.sending {
            SendingSnapshot::Active { ref ratchet_key, chain_key, chain_index } => {
                SendingRatchet::Active(ActiveRatchet {
                    ratchet_key: Curve25519KeyPair::from_snapshot(ratchet_key),
                    chain_key: ChainKey::from_snapshot(chain_key, chain_index),
                })
            }
            SendingSnapshot::Inactive => {
                let newest = snapshot.receiver_chains.first().ok_or(StateError::NoChain)?;
                SendingRatchet::Inactive(InactiveRatchet { their_ratchet_key: newest.ratchet_key })
            }
        };
        // In this order: once the lists are known to be short, they may be compared with one another.
        let receiver_chains = ReceiverChains::from_snapshot(&snapshot.receiver_chains, &limits)?;
        let skipped_message_keys =
            SkippedMessageKeys::from_snapshot(&snapshot.skipped_message_keys, &limits)?;
        check_skipped_against_chains(snapshot)?;
        let spare = match sending {
            SendingRatchet::Active(_) => SpareMemory::default(),
            SendingRatchet::Inactive(_) => SpareMemory::default().filled(),
        };
        Ok(Self { root_key, sending, receiver_chains, skipped_message_keys, limits, spare })
    }

    /// The whole state, for a store.
    pub(super) fn snapshot(&self) -> RatchetSnapshot<'_> {
        let sending = match &self.sending {
            SendingRatchet::Active(ActiveRatchet { ratchet_key, chain_key }) => {
                let (chain_key, chain_index) = (chain_key.as_bytes(), chain_key.index());
                let ratchet_key = ratchet_key.snapshot();
                SendingSnapshot::Active { ratchet_key, chain_key, chain_index }
            }
            // Their ratchet key is that of the newest receiver chain.
            SendingRatchet::Inactive(_) => SendingSnapshot::Inactive,
        };
        RatchetSnapshot {
            root_key: self.root_key.as_bytes(),
            sending,
            receiver_chains: self.receiver_chains.snapshot(),
            skipped_message_keys: self.skipped_message_keys.snapshot(),
        }
    }

    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    /// Proves that our ratchet key, where there is one, is a key pair.
    pub(super) fn prove_ratchet_key(&self) -> Result<(), MismatchedPublicKey> {
        match &self.sending {
            SendingRatchet::Active(active) => active.ratchet_key.prove(),
            SendingRatchet::Inactive(_) => Ok(()),
        }
    }

    /// Sets the limits and gives up what there is no room for: the oldest chains, then the oldest skipped message keys.
    pub(super) fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
        self.receiver_chains.give_up_excess(&limits);
        let chains = &mut self.receiver_chains;
        self.skipped_message_keys.give_up_all_excess(&limits, |evicted| chains.note_eviction(evicted));
    }

    /// Gives up the skipped message keys of chains that are gone.
    pub(super) fn forget_orphaned_message_keys(&mut self) {
        let chains = &self.receiver_chains;
        self.skipped_message_keys.retain_chains(|ratchet_key| chains.contains(ratchet_key));
    }

    /// How far the sending chain has come; `None` where there is none.
    pub(super) fn sending_chain(&self) -> Option<ChainSummary> {
        match &self.sending {
            SendingRatchet::Active(active) => Some(ChainSummary {
                ratchet_key: active.ratchet_key.public(),
                next_chain_index: active.chain_key.index(),
            }),
            SendingRatchet::Inactive(_) => None,
        }
    }

    /// How far the receiver chains have come, newest first.
    pub(super) fn receiver_chains(&self) -> Vec<ChainSummary> {
        self.receiver_chains.summary()
    }

    /// How many skipped message keys are kept.
    pub(super) fn skipped_message_keys(&self) -> usize {
        self.skipped_message_keys.len()
    }

    /// Whose keys these are, oldest first.
    pub(super) fn skipped_messages(&self) -> impl Iterator<Item = SkippedMessage> + '_ {
        self.skipped_message_keys.messages()
    }

    /// Takes the next key of the sending chain: our ratchet key, the chain index and the message key go to `seal`.
    ///
    /// Draws 32 bytes from `rng` where there is no sending chain, and nothing otherwise.
    pub(super) fn send<T, R: TryCryptoRng + ?Sized>(
        &mut self,
        rng: &mut R,
        seal: impl FnOnce(Curve25519PublicKey, u32, &[u8; 32]) -> T,
    ) -> Result<T, EncryptionError> {
        match &mut self.sending {
            SendingRatchet::Active(active) => active.send(seal),
            SendingRatchet::Inactive(inactive) => {
                // Our turn of the ratchet: a new ratchet key, root key and sending chain.
                let ratchet_key = Curve25519KeyPair::random_in(self.spare.take(), rng)?;
                let mut next = Scratch::zeroed();
                self.root_key.next(&ratchet_key, &inactive.their_ratchet_key, &mut next)?;
                let (root_key, chain_key) = split(next.as_bytes());
                let chain_key = ChainKey::new(self.spare.take_for(chain_key));
                let mut active = ActiveRatchet { ratchet_key, chain_key };
                let sealed = active.send(seal)?;
                self.root_key.replace(root_key);
                self.sending = SendingRatchet::Active(active);
                Ok(sealed)
            }
        }
    }

    /// Finds the message key for a message and hands it to `open`; the state moves on only if `open` succeeds.
    pub(super) fn receive<T>(
        &mut self,
        ratchet_key: Curve25519PublicKey,
        chain_index: u32,
        open: impl FnOnce(&[u8; 32]) -> Result<T, AuthenticationFailed>,
    ) -> Result<T, DecryptionError> {
        if let Some(position) = self.skipped_message_keys.position(&ratchet_key, chain_index) {
            return self.skipped_message_keys.use_up(position, open);
        }
        match self.receiver_chains.find(&ratchet_key) {
            Some((chain, chain_key)) => {
                let mut staged = self.skipped_message_keys.stage();
                let opened = chain.receive(chain_key, chain_index, &self.limits, &mut staged, open)?;
                staged.keep(&self.limits, |evicted| self.receiver_chains.note_eviction(evicted));
                Ok(opened)
            }
            None => self.receive_on_new_chain(ratchet_key, chain_index, open),
        }
    }

    /// A turn of the other party: new root key and receiver chain; our sending chain ends.
    fn receive_on_new_chain<T>(
        &mut self,
        their_ratchet_key: Curve25519PublicKey,
        chain_index: u32,
        open: impl FnOnce(&[u8; 32]) -> Result<T, AuthenticationFailed>,
    ) -> Result<T, DecryptionError> {
        let SendingRatchet::Active(active) = &self.sending else {
            return Err(DecryptionError::UnknownRatchetKey);
        };
        receiver_chain::check_gap(chain_index, &self.limits)?;
        let mut next = Scratch::zeroed();
        self.root_key.next(&active.ratchet_key, &their_ratchet_key, &mut next)?;
        let (root_key, chain_key) = split_mut(next.as_mut_bytes());
        let mut chain = ReceiverChain::new(their_ratchet_key);
        let mut staged = self.skipped_message_keys.stage();
        let opened = chain.receive(chain_key, chain_index, &self.limits, &mut staged, open)?;

        self.root_key.replace(root_key);
        let inactive = SendingRatchet::Inactive(InactiveRatchet { their_ratchet_key });
        if let SendingRatchet::Active(ended) = mem::replace(&mut self.sending, inactive) {
            self.spare.give(ended.ratchet_key.into_memory());
            self.spare.give(ended.chain_key.into_memory());
        }
        // A party with a poor generator may come back to an old ratchet key; what an old chain left under it fits no message now.
        staged.forget_older_of(&their_ratchet_key);
        self.receiver_chains.insert(chain, chain_key, &self.limits);
        staged.keep(&self.limits, |evicted| self.receiver_chains.note_eviction(evicted));
        Ok(opened)
    }
}

/// A skipped message key lies behind what its chain has received, or a message would be decrypted twice.
fn check_skipped_against_chains(snapshot: &RatchetSnapshot<'_>) -> Result<(), StateError> {
    let ahead = snapshot.skipped_message_keys.iter().any(|skipped| {
        let mut chains = snapshot.receiver_chains.iter();
        chains
            .any(|chain| chain.ratchet_key == skipped.ratchet_key && chain.chain_index <= skipped.chain_index)
    });
    if ahead { Err(StateError::AheadOfChain) } else { Ok(()) }
}

impl ActiveRatchet {
    fn send<T>(
        &mut self,
        seal: impl FnOnce(Curve25519PublicKey, u32, &[u8; 32]) -> T,
    ) -> Result<T, EncryptionError> {
        let mut message_key = Scratch::zeroed();
        let chain_index =
            self.chain_key.advance(message_key.as_mut_bytes()).ok_or(EncryptionError::ChainExhausted)?;
        Ok(seal(self.ratchet_key.public(), chain_index, message_key.as_bytes()))
    }
}

#[cfg(test)]
impl DoubleRatchet {
    /// Pretends that every chain has come as far as `index`.
    pub(super) fn set_chain_index(&mut self, index: u32) {
        if let SendingRatchet::Active(active) = &mut self.sending {
            active.chain_key.set_index(index);
        }
        self.receiver_chains.set_chain_index(index);
    }
}

#[cfg(test)]
pub(super) use self::{chain_key::step as step_chain_key, root_key::derive as derive_root_key};

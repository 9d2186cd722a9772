use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{
    Vodozemac,
    bytes::Bytes,
    fields::{ConfigFields, Stated},
};
use crate::{
    keys::{Curve25519PublicKey, KeyPairSnapshot},
    olm::{
        RatchetSnapshot, ReceiverChainSnapshot, SendingSnapshot, Session, SessionKeys, SessionSnapshot,
        SkippedMessageKeySnapshot, StateError, StoredItems,
    },
    pickle::{InexpressibleError, UnpickleError, foreign::check_room},
};

const RECEIVER_CHAINS: u32 = 5;
const SKIPPED_MESSAGE_KEYS_OF_CHAIN: u32 = 40;

#[derive(Serialize, Deserialize)]
pub(super) struct SessionFields<'a> {
    session_keys: SessionKeysFields<'a>,
    sending_ratchet: SendingFields<'a>,
    receiving_chains: List<ReceivingChainFields<'a>>,
    #[serde(default)]
    config: Option<ConfigFields>,
}

#[derive(Serialize, Deserialize)]
struct SessionKeysFields<'a> {
    identity_key: Bytes<'a, 32>,
    base_key: Bytes<'a, 32>,
    one_time_key: Bytes<'a, 32>,
}

#[derive(Serialize, Deserialize)]
struct List<T> {
    inner: Vec<T>,
}

/// Both states in one, so that reading keeps no copies until it knows the state: `type` says which fields there are.
#[derive(Serialize, Deserialize)]
struct SendingFields<'a> {
    r#type: SendingType,
    /// Active; says nothing that the receiving chains do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent_ratchet_key: Option<Option<Bytes<'a, 32>>>,
    /// Inactive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    root_key: Option<KeyFields<'a>>,
    /// Inactive: that of the other party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ratchet_key: Option<Bytes<'a, 32>>,
    #[serde(default)]
    ratchet_count: RatchetCount,
    /// Active.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    active_ratchet: Option<ActiveRatchetFields<'a>>,
    /// Active.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    symmetric_key_ratchet: Option<ChainKeyFields<'a>>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SendingType {
    Active,
    Inactive,
}

/// How often a ratchet has turned: vodozemac prints it, nothing depends on it.
#[derive(Clone, Copy, Serialize, Deserialize)]
enum RatchetCount {
    Known(u64),
    Unknown(()),
}

impl Default for RatchetCount {
    fn default() -> Self {
        Self::Unknown(())
    }
}

#[derive(Serialize, Deserialize)]
struct KeyFields<'a> {
    key: Bytes<'a, 32>,
}

#[derive(Serialize, Deserialize)]
struct ActiveRatchetFields<'a> {
    root_key: Bytes<'a, 32>,
    ratchet_key: Bytes<'a, 32>,
}

/// A chain key or a message key.
#[derive(Serialize, Deserialize)]
struct ChainKeyFields<'a> {
    key: Bytes<'a, 32>,
    index: u32,
}

#[derive(Serialize, Deserialize)]
struct ReceivingChainFields<'a> {
    ratchet_key: Bytes<'a, 32>,
    hkdf_ratchet: ChainKeyFields<'a>,
    /// Oldest first.
    skipped_message_keys: List<ChainKeyFields<'a>>,
    #[serde(default)]
    ratchet_count: RatchetCount,
}

impl Vodozemac for Session {
    type Fields<'a> = SessionFields<'a>;

    fn with_fields<T>(&self, write: impl FnOnce(&SessionFields<'_>) -> T) -> Result<T, InexpressibleError> {
        let snapshot = self.snapshot();
        let SessionKeys { identity_key, base_key, one_time_key } = &snapshot.session_keys;
        let ratchet = &snapshot.ratchet;
        let chains = receiving_chains(ratchet)?;
        let fields = SessionFields {
            session_keys: SessionKeysFields {
                identity_key: identity_key.as_bytes().into(),
                base_key: base_key.as_bytes().into(),
                one_time_key: one_time_key.as_bytes().into(),
            },
            sending_ratchet: sending_ratchet(ratchet),
            receiving_chains: List { inner: chains },
            config: Some(snapshot.version.into()),
        };
        Ok(write(&fields))
    }

    fn from_fields(fields: &SessionFields<'_>, stated: Stated) -> Result<Self, UnpickleError> {
        let version = stated.version_of(fields.config.as_ref())?;
        let SessionKeysFields { identity_key, base_key, one_time_key } = &fields.session_keys;
        let chains = &fields.receiving_chains.inner;
        StoredItems::ReceiverChains.check(chains.len(), RECEIVER_CHAINS)?;
        for chain in chains {
            let count = chain.skipped_message_keys.inner.len();
            StoredItems::SkippedMessageKeysOfChain.check(count, SKIPPED_MESSAGE_KEYS_OF_CHAIN)?;
        }
        let (root_key, sending) = fields.sending_ratchet.snapshot()?;
        let chains = fields.oldest_first()?;
        Ok(Self::from_snapshot(&SessionSnapshot {
            session_keys: SessionKeys::new(public(identity_key), public(base_key), public(one_time_key)),
            version,
            limits: stated.limits,
            // vodozemac keeps no flag: a session without receiving chains has received nothing.
            has_received_message: !chains.is_empty(),
            ratchet: RatchetSnapshot {
                root_key,
                sending,
                receiver_chains: chains.iter().rev().map(|chain| chain.snapshot()).collect(),
                skipped_message_keys: chains.iter().flat_map(|chain| chain.skipped()).collect(),
            },
        })?)
    }
}

fn sending_ratchet<'a>(ratchet: &'a RatchetSnapshot<'a>) -> SendingFields<'a> {
    match &ratchet.sending {
        SendingSnapshot::Active { ratchet_key, chain_key, chain_index } => SendingFields {
            r#type: SendingType::Active,
            parent_ratchet_key: Some(
                ratchet.receiver_chains.first().map(|chain| chain.ratchet_key.as_bytes().into()),
            ),
            root_key: None,
            ratchet_key: None,
            ratchet_count: RatchetCount::default(),
            active_ratchet: Some(ActiveRatchetFields {
                root_key: ratchet.root_key.into(),
                ratchet_key: ratchet_key.secret_key.into(),
            }),
            symmetric_key_ratchet: Some(ChainKeyFields { key: (*chain_key).into(), index: *chain_index }),
        },
        SendingSnapshot::Inactive => SendingFields {
            r#type: SendingType::Inactive,
            parent_ratchet_key: None,
            root_key: Some(KeyFields { key: ratchet.root_key.into() }),
            ratchet_key: ratchet.receiver_chains.first().map(|chain| chain.ratchet_key.as_bytes().into()),
            ratchet_count: RatchetCount::default(),
            active_ratchet: None,
            symmetric_key_ratchet: None,
        },
    }
}

/// The chains, oldest first, each with its skipped message keys.
fn receiving_chains<'a>(
    ratchet: &'a RatchetSnapshot<'a>,
) -> Result<Vec<ReceivingChainFields<'a>>, InexpressibleError> {
    let (chains, skipped) = (&ratchet.receiver_chains, &ratchet.skipped_message_keys);
    check_room(StoredItems::ReceiverChains, chains.len(), RECEIVER_CHAINS)?;
    let of_dropped =
        skipped.iter().filter(|key| chains.iter().all(|chain| chain.ratchet_key != key.ratchet_key));
    match of_dropped.count() {
        0 => {}
        count => return Err(InexpressibleError::MessageKeysOfDroppedChains { count }),
    }
    chains
        .iter()
        .rev()
        .map(|chain| {
            let of_chain = skipped.iter().filter(|key| key.ratchet_key == chain.ratchet_key);
            let inner: Vec<_> = of_chain
                .map(|key| ChainKeyFields { key: key.message_key.into(), index: key.chain_index })
                .collect();
            let items = StoredItems::SkippedMessageKeysOfChain;
            check_room(items, inner.len(), SKIPPED_MESSAGE_KEYS_OF_CHAIN)?;
            Ok(ReceivingChainFields {
                ratchet_key: chain.ratchet_key.as_bytes().into(),
                hkdf_ratchet: ChainKeyFields { key: chain.chain_key.into(), index: chain.chain_index },
                skipped_message_keys: List { inner },
                ratchet_count: RatchetCount::default(),
            })
        })
        .collect()
}

impl<'a> SessionFields<'a> {
    /// The receiving chains, oldest first.
    ///
    /// vodozemac leaves the chains of a session that it has taken over from libolm in libolm's order, newest first. It shows where the session
    /// is to answer the first chain of the list.
    fn oldest_first(&self) -> Result<Vec<&ReceivingChainFields<'a>>, UnpickleError> {
        let mut chains: Vec<_> = self.receiving_chains.inner.iter().collect();
        if let SendingFields { r#type: SendingType::Inactive, ratchet_key: Some(answered), .. } =
            &self.sending_ratchet
        {
            let is_answered = |chain: Option<&&ReceivingChainFields<'_>>| {
                chain.is_some_and(|chain| public(&chain.ratchet_key) == public(answered))
            };
            match (is_answered(chains.first()), is_answered(chains.last())) {
                (_, true) => {}
                (true, false) => chains.reverse(),
                (false, false) => return Err(StateError::NoChain.into()),
            }
        }
        Ok(chains)
    }
}

impl SendingFields<'_> {
    /// The root key and the state, in which the fields of that state are there and no others.
    fn snapshot(&self) -> Result<(&[u8; 32], SendingSnapshot<'_>), UnpickleError> {
        let active = self.active_ratchet.as_ref().zip(self.symmetric_key_ratchet.as_ref());
        let inactive = self.root_key.as_ref().zip(self.ratchet_key.as_ref());
        match (self.r#type, active, inactive) {
            (SendingType::Active, Some((active, chain)), None) => {
                let secret_key = active.ratchet_key.as_bytes();
                let sending = SendingSnapshot::Active {
                    ratchet_key: KeyPairSnapshot { secret_key, public_key: None },
                    chain_key: chain.key.as_bytes(),
                    chain_index: chain.index,
                };
                Ok((active.root_key.as_bytes(), sending))
            }
            (SendingType::Inactive, None, Some((root_key, _))) => {
                Ok((root_key.key.as_bytes(), SendingSnapshot::Inactive))
            }
            _ => Err(UnpickleError::Json),
        }
    }
}

impl ReceivingChainFields<'_> {
    fn snapshot(&self) -> ReceiverChainSnapshot<'_> {
        ReceiverChainSnapshot {
            ratchet_key: public(&self.ratchet_key),
            chain_key: self.hkdf_ratchet.key.as_bytes(),
            chain_index: self.hkdf_ratchet.index,
            evicted_below: self.hkdf_ratchet.index,
        }
    }

    /// The skipped message keys of the chain, oldest first: in the order of their indexes, whatever order the list has.
    fn skipped(&self) -> Vec<SkippedMessageKeySnapshot<'_>> {
        let skipped = self.skipped_message_keys.inner.iter().map(|skipped| SkippedMessageKeySnapshot {
            ratchet_key: public(&self.ratchet_key),
            chain_index: skipped.index,
            message_key: skipped.key.as_bytes(),
        });
        let mut skipped: Vec<_> = skipped.collect();
        skipped.sort_by_key(|skipped| skipped.chain_index);
        skipped
    }
}

fn public(key: &Bytes<'_, 32>) -> Curve25519PublicKey {
    Curve25519PublicKey::from_bytes(*key.as_bytes())
}

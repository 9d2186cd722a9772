use alloc::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    Vodozemac,
    bytes::Bytes,
    fields::{ConfigFields, RatchetFields, SigningKeyFields, Stated},
};
use crate::{
    keys::Ed25519PublicKey,
    megolm::{
        InboundGroupSession, InboundSnapshot, OutboundGroupSession, OutboundSnapshot, Provenance, ReplayGuard,
    },
    pickle::{
        InexpressibleError, UnpickleError,
        foreign::{check_replay_guard, legacy_flag},
    },
};

#[derive(Serialize, Deserialize)]
pub(super) struct OutboundFields<'a> {
    ratchet: RatchetFields<'a>,
    signing_key: SigningKeyFields<'a>,
    #[serde(default)]
    config: Option<ConfigFields>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct InboundFields<'a> {
    initial_ratchet: RatchetFields<'a>,
    signing_key: Bytes<'a, 32>,
    signing_key_verified: bool,
    #[serde(default)]
    config: Option<ConfigFields>,
}

impl Vodozemac for OutboundGroupSession {
    type Fields<'a> = OutboundFields<'a>;

    fn with_fields<T>(&self, write: impl FnOnce(&OutboundFields<'_>) -> T) -> Result<T, InexpressibleError> {
        let snapshot = self.snapshot();
        let fields = OutboundFields {
            ratchet: (&snapshot.ratchet).into(),
            signing_key: (&snapshot.signing_key).into(),
            config: Some(snapshot.version.into()),
        };
        Ok(write(&fields))
    }

    fn from_fields(fields: &OutboundFields<'_>, stated: Stated) -> Result<Self, UnpickleError> {
        Ok(Self::from_snapshot(&OutboundSnapshot {
            version: stated.version_of(fields.config.as_ref())?,
            ratchet: fields.ratchet.snapshot(),
            signing_key: fields.signing_key.snapshot(),
        })?)
    }
}

impl Vodozemac for InboundGroupSession {
    type Fields<'a> = InboundFields<'a>;

    fn with_fields<T>(&self, write: impl FnOnce(&InboundFields<'_>) -> T) -> Result<T, InexpressibleError> {
        let snapshot = self.snapshot();
        check_replay_guard(&snapshot)?;
        let fields = InboundFields {
            initial_ratchet: (&snapshot.ratchet).into(),
            signing_key: snapshot.signing_key.as_bytes().into(),
            signing_key_verified: legacy_flag(&snapshot),
            config: Some(snapshot.version.into()),
        };
        Ok(write(&fields))
    }

    fn from_fields(fields: &InboundFields<'_>, stated: Stated) -> Result<Self, UnpickleError> {
        Ok(Self::from_snapshot(InboundSnapshot {
            version: stated.version_of(fields.config.as_ref())?,
            ratchet: fields.initial_ratchet.snapshot(),
            signing_key: Ed25519PublicKey::from_bytes(fields.signing_key.as_bytes())?.into(),
            provenance: Provenance::Legacy { flag: fields.signing_key_verified },
            replay_guard: Cow::Owned(ReplayGuard::none()),
        }))
    }
}

//! ```text
//! outbound = 00000001 | ratchet | signing key
//! inbound  = 00000002 | first ratchet | latest ratchet | public signing key[32] | verified[1]
//!            00000001 | ... without the flag, which then counts as set
//! ratchet  = R0..R3[128] | message index[4]
//! ```

use alloc::{borrow::Cow, string::String};

use super::{Libolm, LibolmInboundState, layout};
use crate::{
    encoding::{DecodeError, MessageVersion, Reader},
    keys::Ed25519PublicKey,
    megolm::{
        InboundGroupSession, InboundSnapshot, OutboundGroupSession, OutboundSnapshot, Provenance,
        RatchetSnapshot, ReplayGuard, SessionExport,
    },
    pickle::{
        InexpressibleError, UnpickleError,
        foreign::{check_replay_guard, legacy_flag},
    },
    secret::{SecretBytes, split},
};

const OUTBOUND_VERSION: u32 = 1;
const INBOUND_VERSION: u32 = 2;
/// Before there was a flag.
const INBOUND_VERSION_WITHOUT_FLAG: u32 = 1;

impl OutboundGroupSession {
    /// The session in libolm's form, under a key of any length, to be opened by `olm_unpickle_outbound_group_session`.
    ///
    /// The text is base64; equal sessions under one key give equal texts. Left out is the seed of the Ed25519 key, which libolm keeps in its
    /// expanded form alone.
    ///
    /// # Errors
    ///
    /// [`InexpressibleError::Version`] unless the messages have version 1.
    pub fn to_libolm_pickle(&self, key: &[u8]) -> Result<String, InexpressibleError> {
        super::seal(self, key)
    }

    /// Opens an outbound session that libolm has pickled under a key of any length. Its messages have version 1, and its Ed25519 key
    /// has no seed.
    ///
    /// # Errors
    ///
    /// [`UnpickleError::NotAPickle`] if the text is no base64 (white space around it does not count), [`UnpickleError::AuthenticationFailed`] if the key is wrong or
    /// the pickle was changed, [`UnpickleError::UnknownVersion`] for a version that libolm does not read; [`UnpickleError::Decode`]
    /// and [`UnpickleError::State`] if it holds no such session.
    pub fn from_libolm_pickle(pickle: &str, key: &[u8]) -> Result<Self, UnpickleError> {
        let body = super::open(pickle, key)?;
        Ok(Self::from_snapshot(&read_outbound(body.as_bytes())?)?)
    }
}

impl Libolm for OutboundGroupSession {
    fn write(&self, out: &mut SecretBytes) -> Result<(), InexpressibleError> {
        let snapshot = self.snapshot();
        super::check_version(snapshot.version)?;
        layout::put_u32(out, OUTBOUND_VERSION);
        put_ratchet(out, &snapshot.ratchet);
        let signing_key = self.signing_key_pair();
        let public_key = signing_key.public();
        layout::put_signing_key(out, public_key.as_bytes(), signing_key.export_expanded_secret_key());
        Ok(())
    }
}

impl InboundGroupSession {
    /// The session in libolm's form, under a key of any length, to be opened by `olm_unpickle_inbound_group_session`.
    ///
    /// The text is base64; equal sessions under one key give equal texts. libolm has one flag, "verified", and it is set only where
    /// the session is shared from its first known index on, or the flag was set in the pickle that the session comes from.
    ///
    /// # Errors
    ///
    /// [`InexpressibleError::Version`] unless the messages have version 1, [`InexpressibleError::ReplayGuard`] if the session has
    /// a guard against replays.
    pub fn to_libolm_pickle(&self, key: &[u8]) -> Result<String, InexpressibleError> {
        super::seal(self, key)
    }

    /// Opens an inbound session that libolm has pickled under a key of any length: versions 1 and 2. Its messages have version 1.
    ///
    /// libolm's flag "verified" becomes [`Provenance::Legacy`]: libolm also sets it when it decrypts a message, which proves nothing.
    /// Its latest ratchet is left out, as it follows from the first.
    ///
    /// # Errors
    ///
    /// [`UnpickleError::NotAPickle`] if the text is no base64 (white space around it does not count), [`UnpickleError::AuthenticationFailed`] if the key is wrong or
    /// the pickle was changed, [`UnpickleError::UnknownVersion`] for a version that libolm does not read, [`UnpickleError::Decode`]
    /// if it holds no such session.
    pub fn from_libolm_pickle(pickle: &str, key: &[u8]) -> Result<Self, UnpickleError> {
        let body = super::open(pickle, key)?;
        Ok(Self::from_snapshot(read_inbound(body.as_bytes())?))
    }
}

impl InboundGroupSession {
    /// [`to_libolm_pickle`](Self::to_libolm_pickle) for an adapter that keeps libolm's own state of the session: with it, the text is that of
    /// libolm, byte for byte. What the session itself knows of its provenance does not count then.
    ///
    /// # Errors
    ///
    /// As [`to_libolm_pickle`](Self::to_libolm_pickle).
    pub fn to_libolm_pickle_with(
        &self,
        key: &[u8],
        state: LibolmInboundState,
    ) -> Result<String, InexpressibleError> {
        super::seal(&WithState(self, state), key)
    }

    /// [`from_libolm_pickle`](Self::from_libolm_pickle) for an adapter that keeps libolm's own state of the session.
    ///
    /// # Errors
    ///
    /// As [`from_libolm_pickle`](Self::from_libolm_pickle).
    pub fn from_libolm_pickle_with_state(
        pickle: &str,
        key: &[u8],
    ) -> Result<(Self, LibolmInboundState), UnpickleError> {
        let body = super::open(pickle, key)?;
        let (snapshot, state) = read_inbound_with_state(body.as_bytes())?;
        Ok((Self::from_snapshot(snapshot), state))
    }
}

impl Libolm for InboundGroupSession {
    fn write(&self, out: &mut SecretBytes) -> Result<(), InexpressibleError> {
        let state = LibolmInboundState::new(legacy_flag(&self.snapshot()), self.first_known_index());
        WithState(self, state).write(out)
    }
}

/// A session with what libolm keeps beside it.
struct WithState<'a>(&'a InboundGroupSession, LibolmInboundState);

impl Libolm for WithState<'_> {
    fn write(&self, out: &mut SecretBytes) -> Result<(), InexpressibleError> {
        let Self(session, LibolmInboundState { verified, latest_index }) = self;
        let snapshot = session.snapshot();
        super::check_version(snapshot.version)?;
        check_replay_guard(&snapshot)?;
        layout::put_u32(out, INBOUND_VERSION);
        put_ratchet(out, &snapshot.ratchet);
        match session.export_at(*latest_index) {
            Some(latest) => {
                let (_, rest) = split::<{ SessionExport::LENGTH }, 5, 160>(latest.as_bytes());
                let (parts, _) = split::<160, 128, 32>(rest);
                put_ratchet(out, &RatchetSnapshot { parts, index: *latest_index });
            }
            // No index before the first one can have been read.
            None => put_ratchet(out, &snapshot.ratchet),
        }
        out.extend(snapshot.signing_key.as_bytes());
        layout::put_flag(out, *verified);
        Ok(())
    }
}

/// Reads the whole body.
pub(super) fn read_outbound(body: &[u8]) -> Result<OutboundSnapshot<'_>, UnpickleError> {
    let mut reader = Reader::new(body);
    match layout::u32(&mut reader)? {
        OUTBOUND_VERSION => {}
        version => return Err(UnpickleError::UnknownVersion { version }),
    }
    let snapshot = OutboundSnapshot {
        version: MessageVersion::V1,
        ratchet: ratchet(&mut reader)?,
        signing_key: layout::signing_key(&mut reader)?,
    };
    reader.finish()?;
    Ok(snapshot)
}

/// Reads the whole body.
pub(super) fn read_inbound(body: &[u8]) -> Result<InboundSnapshot<'_>, UnpickleError> {
    read_inbound_with_state(body).map(|(snapshot, _)| snapshot)
}

fn read_inbound_with_state(body: &[u8]) -> Result<(InboundSnapshot<'_>, LibolmInboundState), UnpickleError> {
    let mut reader = Reader::new(body);
    let version = layout::u32(&mut reader)?;
    if ![INBOUND_VERSION, INBOUND_VERSION_WITHOUT_FLAG].contains(&version) {
        return Err(UnpickleError::UnknownVersion { version });
    }
    let first = ratchet(&mut reader)?;
    let latest = ratchet(&mut reader)?;
    let signing_key: &[u8; 32] = reader.array()?;
    let flag = if version == INBOUND_VERSION { layout::flag(&mut reader)? } else { true };
    reader.finish()?;
    let snapshot = InboundSnapshot {
        version: MessageVersion::V1,
        ratchet: first,
        signing_key: Ed25519PublicKey::from_bytes(signing_key)?.into(),
        provenance: Provenance::Legacy { flag },
        replay_guard: Cow::Owned(ReplayGuard::none()),
    };
    Ok((snapshot, LibolmInboundState::new(flag, latest.index)))
}

fn put_ratchet(out: &mut SecretBytes, ratchet: &RatchetSnapshot<'_>) {
    out.extend(ratchet.parts);
    layout::put_u32(out, ratchet.index);
}

fn ratchet<'a>(reader: &mut Reader<'a>) -> Result<RatchetSnapshot<'a>, DecodeError> {
    Ok(RatchetSnapshot { parts: reader.array()?, index: layout::u32(reader)? })
}

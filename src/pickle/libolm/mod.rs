//! libolm's pickles: `layout` (fields), then one file for each body.

mod account;
mod group_sessions;
mod inbound_state;
mod layout;
#[cfg(feature = "insecure-pk-encryption")]
mod pk_decryption;
mod session;

use alloc::string::String;

pub use inbound_state::LibolmInboundState;

use super::{InexpressibleError, PickleFormat, PickleKind, Recognised, UnpickleError, legacy_envelope};
use crate::{
    encoding::{MessageVersion, Reader},
    olm::Limits,
    secret::SecretBytes,
};

/// What libolm can pickle.
trait Libolm {
    /// Appends the body; what was appended before an error is of no use.
    fn write(&self, out: &mut SecretBytes) -> Result<(), InexpressibleError>;
}

fn seal(state: &impl Libolm, key: &[u8]) -> Result<String, InexpressibleError> {
    let mut body = SecretBytes::with_capacity(512);
    state.write(&mut body)?;
    Ok(legacy_envelope::seal(key, body))
}

fn open(pickle: &str, key: &[u8]) -> Result<SecretBytes, UnpickleError> {
    legacy_envelope::open(key, pickle)
}

/// Finds the layout that fits from the first byte to the last; no body fits two.
pub(super) fn recognise(body: &[u8]) -> Result<Recognised, UnpickleError> {
    let version = layout::u32(&mut Reader::new(body))?;
    let fitting = [
        (PickleKind::Account, account::read(body).map(drop)),
        (PickleKind::Session, session::read(body, Limits::default()).map(drop)),
        (PickleKind::OutboundGroupSession, group_sessions::read_outbound(body).map(drop)),
        (PickleKind::InboundGroupSession, group_sessions::read_inbound(body).map(drop)),
        #[cfg(feature = "insecure-pk-encryption")]
        (PickleKind::PkDecryption, pk_decryption::read(body).map(drop)),
    ];
    if let Some((kind, _)) = fitting.iter().find(|(_, read)| read.is_ok()) {
        return Ok(Recognised { kind: *kind, format: PickleFormat::Libolm { version } });
    }
    let mut impossible = fitting.into_iter().filter_map(|(_, read)| read.err());
    match impossible.find(|error| matches!(error, UnpickleError::State(_))) {
        Some(error) => Err(error),
        None if account::is_of_version_1(body) => Err(UnpickleError::LegacyAccount),
        None => Err(UnpickleError::NotAPickle),
    }
}

/// libolm's layouts are those of version 1 messages.
fn check_version(version: MessageVersion) -> Result<(), InexpressibleError> {
    match version {
        MessageVersion::V1 => Ok(()),
        version @ MessageVersion::V2 => Err(InexpressibleError::Version { version }),
    }
}

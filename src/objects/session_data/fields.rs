//! Session data as it stands in JSON, before it is decoded.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use serde::Deserialize;

use super::{SessionData, SessionDataError, text::Text};
use crate::{
    encoding::{
        DecodeError,
        json_object::{OnlyObject, only_object},
    },
    keys::{Curve25519PublicKey, Ed25519PublicKey, SessionId},
    megolm::SessionExport,
};

/// The only algorithm of rooms.
pub(super) const ALGORITHM: &str = "m.megolm.v1.aes-sha2";

#[derive(Deserialize)]
pub(super) struct Fields<'a> {
    #[serde(borrow)]
    algorithm: Option<Text<'a>>,
    room_id: Option<Text<'a>>,
    session_id: Option<Text<'a>>,
    session_key: Option<Text<'a>>,
    sender_key: Option<Text<'a>>,
    sender_claimed_keys: Option<OnlyObject<ClaimedKeys<'a>>>,
    forwarding_curve25519_key_chain: Option<Vec<Text<'a>>>,
    shared_history: Option<bool>,
    /// Under this name some clients write it, who read no other.
    #[serde(rename = "m.shared_history")]
    shared_history_of_clients: Option<bool>,
    /// Under this name they wrote it before.
    #[serde(rename = "org.matrix.msc3061.shared_history")]
    shared_history_of_msc3061: Option<bool>,
    #[serde(rename = "org.matrix.msc4048.unauthenticated")]
    unauthenticated: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct ClaimedKeys<'a> {
    #[serde(borrow)]
    ed25519: Option<Text<'a>>,
}

impl<'a> Fields<'a> {
    pub(super) fn read(json: &'a [u8]) -> Result<Self, SessionDataError> {
        // serde's own error would quote what it does not expect.
        let text = str::from_utf8(json).map_err(|_| SessionDataError::Malformed)?;
        let mut reader = serde_json::Deserializer::from_str(text);
        let fields = only_object(&mut reader).map_err(|_| SessionDataError::Malformed)?;
        reader.end().map_err(|_| SessionDataError::Malformed)?;
        Ok(fields)
    }

    pub(super) fn session_data(&self) -> Result<SessionData, SessionDataError> {
        if demand("algorithm", self.algorithm.as_ref())? != ALGORITHM {
            return Err(SessionDataError::UnsupportedAlgorithm);
        }
        let claimed = self.sender_claimed_keys.as_ref().and_then(|keys| keys.0.ed25519.as_ref());
        let claimed =
            claimed.map(|text| decode("sender_claimed_keys", text.as_str(), Ed25519PublicKey::from_base64));
        let chain = self.forwarding_curve25519_key_chain.iter().flatten().map(|text| {
            decode("forwarding_curve25519_key_chain", text.as_str(), Curve25519PublicKey::from_base64)
        });
        let (session_key, sender_key) = (
            demand("session_key", self.session_key.as_ref())?,
            demand("sender_key", self.sender_key.as_ref())?,
        );
        Ok(SessionData {
            session_key: decode("session_key", session_key, SessionExport::from_base64)?,
            sender_key: decode("sender_key", sender_key, Curve25519PublicKey::from_base64)?,
            sender_claimed_ed25519_key: claimed.transpose()?,
            forwarding_curve25519_key_chain: chain.collect::<Result<_, _>>()?,
            shared_history: self.shared_history(),
            unauthenticated: self.unauthenticated.as_ref().map(|text| text.as_str().to_owned()),
        })
    }

    /// Only if none of the names says otherwise.
    fn shared_history(&self) -> bool {
        let names = [self.shared_history, self.shared_history_of_clients, self.shared_history_of_msc3061];
        names.contains(&Some(true)) && !names.contains(&Some(false))
    }

    pub(super) fn room_id(&self) -> Result<String, SessionDataError> {
        demand("room_id", self.room_id.as_ref()).map(str::to_owned)
    }

    pub(super) fn check_session_id(&self, expected: SessionId) -> Result<(), SessionDataError> {
        let text = demand("session_id", self.session_id.as_ref())?;
        let stated = decode("session_id", text, SessionId::from_base64)?;
        if stated == expected { Ok(()) } else { Err(SessionDataError::MismatchedSessionId) }
    }
}

fn demand<'t>(field: &'static str, text: Option<&'t Text<'_>>) -> Result<&'t str, SessionDataError> {
    text.map(Text::as_str).ok_or(SessionDataError::Missing { field })
}

fn decode<T>(
    field: &'static str,
    text: &str,
    from_base64: fn(&str) -> Result<T, DecodeError>,
) -> Result<T, SessionDataError> {
    from_base64(text).map_err(|error| SessionDataError::Decode { field, error })
}

use alloc::{format, string::String};

use subtle::ConstantTimeEq;

use crate::{encoding::base64, keys::Curve25519PublicKey, primitives::sha256};

/// One of the two devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Device<'a> {
    user_id: &'a str,
    device_id: &'a str,
}

/// Which of the two sent the start event that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// We sent it.
    Starter,
    /// We answered it with an accept event.
    Accepter,
}

/// Who verifies whom, in which transaction: what both devices know in the same way, seen from ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Verification<'a> {
    ours: Device<'a>,
    theirs: Device<'a>,
    role: Role,
    transaction_id: &'a str,
}

impl<'a> Device<'a> {
    /// The device of a user, by the user id (`@user:server`) and the device id.
    #[must_use]
    pub const fn new(user_id: &'a str, device_id: &'a str) -> Self {
        Self { user_id, device_id }
    }
}

impl<'a> Verification<'a> {
    /// A verification between our device and theirs. The transaction id is that of the to-device events, or, in a room, the event id of
    /// the request.
    #[must_use]
    pub const fn new(ours: Device<'a>, theirs: Device<'a>, role: Role, transaction_id: &'a str) -> Self {
        Self { ours, theirs, role, transaction_id }
    }

    /// The label of what is shown, for the key agreement `curve25519-hkdf-sha256`:
    /// `MATRIX_KEY_VERIFICATION_SAS|` user, device and key of the starter, the same of the accepter, transaction, with `|` between.
    pub(super) fn info(&self, our_key: &Curve25519PublicKey, their_key: &Curve25519PublicKey) -> String {
        let (starter, accepter) = self.in_order(self.ours, self.theirs);
        let (starter_key, accepter_key) = self.in_order(our_key, their_key);
        format!(
            "MATRIX_KEY_VERIFICATION_SAS|{}|{}|{starter_key}|{}|{}|{accepter_key}|{}",
            starter.user_id, starter.device_id, accepter.user_id, accepter.device_id, self.transaction_id
        )
    }

    /// The label of what is shown, for the historic key agreement `curve25519`: nothing between the parts, and no keys.
    pub(super) fn historic_info(&self) -> String {
        let (starter, accepter) = self.in_order(self.ours, self.theirs);
        ["MATRIX_KEY_VERIFICATION_SAS", &self.names(&starter, &accepter)].concat()
    }

    /// The label of the MAC that we send over a key, or over `KEY_IDS`.
    pub(super) fn our_mac_info(&self, key_id: &str) -> String {
        ["MATRIX_KEY_VERIFICATION_MAC", &self.names(&self.ours, &self.theirs), key_id].concat()
    }

    /// The label of the MAC that they send over a key, or over `KEY_IDS`.
    pub(super) fn their_mac_info(&self, key_id: &str) -> String {
        ["MATRIX_KEY_VERIFICATION_MAC", &self.names(&self.theirs, &self.ours), key_id].concat()
    }

    fn names(&self, first: &Device<'_>, second: &Device<'_>) -> String {
        [first.user_id, first.device_id, second.user_id, second.device_id, self.transaction_id].concat()
    }

    /// The starter's, then the accepter's.
    fn in_order<T>(&self, ours: T, theirs: T) -> (T, T) {
        match self.role {
            Role::Starter => (ours, theirs),
            Role::Accepter => (theirs, ours),
        }
    }
}

/// What the accepter commits itself to before it sees the starter's key, so that nobody in between can choose a key by trying: `base64(SHA-256(
/// accepter's public key in base64 || canonical JSON of the start event's content))`, 43 characters.
///
/// `start_content` is the content as received, in canonical JSON (Matrix specification, "Canonical JSON").
#[must_use]
pub fn commitment(accepter_key: &Curve25519PublicKey, start_content: &str) -> String {
    base64::encode(&sha256::hash(&[accepter_key.to_base64().as_bytes(), start_content.as_bytes()]))
}

/// Whether the accepter's public key is the one that it committed itself to. If it is not, the verification ends
/// (`m.mismatched_commitment`).
#[must_use]
pub fn is_committed(accepter_key: &Curve25519PublicKey, start_content: &str, commitment: &str) -> bool {
    self::commitment(accepter_key, start_content).as_bytes().ct_eq(commitment.as_bytes()).into()
}

use std::vec::Vec;

use super::state;
use crate::{
    known_answers::{Input, Outcome, hex, refused},
    olm::{Account, OneTimeKeySnapshot},
    pickle::DehydratedDevice,
};

/// The format has neither ids nor flags: public keys say what it says.
pub(super) fn open(input: &Input<'_>) -> Outcome {
    let device = DehydratedDevice::new(input.text("ciphertext_base64"), input.text("nonce_base64"));
    let account = Account::from_dehydrated_device(&device, &input.array("key")).map_err(refused)?;
    let mut outcome = state::account(&account);
    let snapshot = account.snapshot();
    let public_key = |key: &OneTimeKeySnapshot<'_>| {
        assert!(key.published, "a key of a dehydrated device that is not published");
        hex(key.key_pair.public_key.unwrap().as_bytes())
    };
    outcome["one_time_public_keys"] =
        snapshot.one_time_keys.iter().map(public_key).collect::<Vec<_>>().into();
    outcome["fallback_public_key"] = snapshot.fallback_keys.first().map(public_key).into();
    Ok(outcome)
}

//! Accounts, and saved state.

use allocation_counter::AllocationInfo;
use cliquet::{
    megolm::{self, InboundGroupSession, OutboundGroupSession},
    olm::{Account, Session, SessionConfig},
    pickle::{Pickle, PickleKey},
};

use crate::table::{Table, count, rng};

#[test]
fn accounts() {
    let (mut table, rng) = (Table::default(), &mut rng());
    let (mut account, made) = count(|| Account::new(rng).unwrap());
    table.add("account", [3], [made]);
    table.add(
        "both identity keys, as text",
        [2],
        [count(|| (account.ed25519_key().to_base64(), account.curve25519_key().to_base64())).1],
    );
    table.add("signature", [0, 1], {
        let (signature, signed) = count(|| account.sign("text"));
        [signed, count(|| signature.to_base64()).1]
    });
    for number in [1, 50, 100] {
        let (_, made) = count(|| account.generate_one_time_keys(number, rng).unwrap());
        table.add(format!("one-time keys, {number}"), [3 + u64::try_from(number).unwrap()], [made]);
    }
    let (_, made) = count(|| account.generate_fallback_key(rng).unwrap());
    table.add("fallback key", [1], [made]);
    table.finish("Accounts");
}

/// What `to_pickle` and `to_base64` ask for, then `from_base64` and `from_pickle`.
macro_rules! there_and_back {
    ($state:expr, $type:ty, $key:expr, $rng:expr) => {{
        let (pickle, sealed) = count(|| $state.to_pickle($key, $rng).unwrap());
        let (text, written) = count(|| pickle.to_base64());
        let (pickle, read) = count(|| Pickle::from_base64(&text).unwrap());
        let (_, opened) = count(|| <$type>::from_pickle(&pickle, $key).unwrap());
        let steps: ([AllocationInfo; 2], [AllocationInfo; 2]) = ([sealed, written], [read, opened]);
        steps
    }};
}

#[test]
fn pickles() {
    let (mut table, rng) = (Table::default(), &mut rng());
    let key = &PickleKey::new(&[7; 32]).in_context("context");
    let mut account = Account::new(rng).unwrap();
    account.generate_one_time_keys(100, rng).unwrap();
    let (out, back) = there_and_back!(account, Account, key, rng);
    table.add("account with 100 one-time keys, out", [4, 1], out);
    table.add("account with 100 one-time keys, in", [1, 111], back);

    let one_time_key = account.one_time_keys().next().unwrap().public_key;
    let (identity_key, config) = (account.curve25519_key(), SessionConfig::default());
    let session = account.create_outbound_session(identity_key, one_time_key, config, rng).unwrap();
    let (out, back) = there_and_back!(session, Session, key, rng);
    table.add("Olm session, out", [1, 1], out);
    table.add("Olm session, in", [1, 5], back);

    let sender = OutboundGroupSession::new(megolm::SessionConfig::default(), rng).unwrap();
    let (out, back) = there_and_back!(sender, OutboundGroupSession, key, rng);
    table.add("outbound group session, out", [1, 1], out);
    table.add("outbound group session, in", [1, 4], back);

    let reader = InboundGroupSession::new(&sender.session_key(), megolm::SessionConfig::default());
    let (out, back) = there_and_back!(reader, InboundGroupSession, key, rng);
    table.add("inbound group session, out", [1, 1], out);
    table.add("inbound group session, in", [1, 2], back);
    table.finish("Pickles");
}

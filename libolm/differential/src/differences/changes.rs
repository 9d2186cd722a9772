//! Where ours does not refuse, but does something else than the real library.

use super::Situation;
use crate::forge;
use crate::object::is_creator;
use crate::pair::COMPARING;
use crate::wire;

/// What is made over an object that had content: the real library keeps some of that.
pub(super) fn used_again(situation: &Situation<'_>) -> bool {
    let is_again = is_creator(situation.name()) && situation.created.first() == Some(&true);
    is_again && situation.only_pickles_differ()
}

/// A message whose key is still there, though its chain is not: the real library does not look for it.
pub(super) fn late_message(situation: &Situation<'_>) -> bool {
    if situation.name() != "olm_decrypt" || !situation.real.failed() || situation.ours.failed() {
        return false;
    }
    let Some(message) = wire::decoded_loosely(situation.text(0)) else { return false };
    let key = wire::ratchet_key(&message, situation.is_normal());
    let before = situation.pickles[0].as_ref().map(|pickle| forge::open_pickle(COMPARING, pickle));
    let (Some(key), Some(before)) = (key, before) else { return false };
    let session = wire::Session::read(&before);
    session.skipped.iter().any(|skipped| skipped == &key)
        && !session.receiving.iter().any(|chain| chain == &key)
}

/// A pickle that contradicts itself, but not in what counts: one-time keys that are not in the order of their ids, or whose
/// ids were not given yet; the latest ratchet of a group that is not the first one turned on; an Ed25519 key that is not clamped.
/// Ours writes them rightly.
pub(super) fn put_in_order(situation: &Situation<'_>) -> bool {
    let kinds =
        ["olm_unpickle_account", "olm_unpickle_inbound_group_session", "olm_unpickle_outbound_group_session"];
    let noted = situation.is_noted("contradictory") && kinds.contains(&situation.name());
    noted && situation.only_pickles_differ()
}

/// Two keys of the same bytes: one of them is used and removed, but not the same.
pub(super) fn equal_keys(situation: &Situation<'_>) -> bool {
    situation.is_noted("equal keys") && !situation.real.failed() && !situation.ours.failed()
}

/// An index so far before the latest one that the real library takes it for a later one: it turns the ratchet past its end.
pub(super) fn far_before_the_latest(situation: &Situation<'_>) -> bool {
    const FIRST: usize = 4;
    const LATEST: usize = FIRST + 132;
    const RATCHET: usize = 128;
    let is_export = situation.name() == "olm_export_inbound_group_session";
    let index = match (situation.name(), wire::decoded_loosely(situation.block(0))) {
        ("olm_export_inbound_group_session", _) => situation.number(),
        ("olm_group_decrypt", Some(message)) => wire::index(&message),
        _ => None,
    };
    let before = situation.pickles.first().and_then(|pickle| pickle.as_ref());
    let (Some(index), Some(before)) = (index, before) else { return false };
    let content = forge::open_pickle(COMPARING, before);
    let number = |place: usize| u32::from_be_bytes(content[place..place + 4].try_into().unwrap());
    let (first, latest) = (number(FIRST + RATCHET), number(LATEST + RATCHET));
    let is_read = !situation.ours.failed() && situation.real.failed() != is_export;
    first <= index && index < latest && index.wrapping_sub(latest) < 1 << 31 && is_read
}

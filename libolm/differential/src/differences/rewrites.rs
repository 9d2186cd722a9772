//! What ours does or leaves behind, instead of what the real library does.

use super::Situation;
use crate::call::Seen;
use crate::library::Value;
use crate::wire;

/// Each library needs as much memory as it says, and `olm_clear_...` returns the same number.
pub(super) fn size(situation: &Situation<'_>, seen: &mut Seen) {
    let name = situation.name();
    if (name.ends_with("_size") && situation.call.arguments.is_empty()) || name.starts_with("olm_clear_") {
        seen.value = situation.ours.value.clone();
    }
}

/// A call that failed leaves our objects as they were.
pub(super) fn failure(situation: &Situation<'_>, seen: &mut Seen) {
    if seen.failed() {
        seen.pickles.clone_from(&situation.pickles);
    }
}

/// In the real library, an earlier error of the object stays.
pub(super) fn code_of_a_corrupted_pickle(situation: &Situation<'_>, seen: &mut Seen) {
    let corrupted = (10, "CORRUPTED_PICKLE".to_owned());
    let stayed = situation.errors.first() == seen.errors.first() && seen.code() != 0;
    if situation.name().starts_with("olm_unpickle_")
        && seen.failed()
        && stayed
        && situation.ours.errors.first() == Some(&corrupted)
    {
        seen.errors[0] = corrupted;
    }
}

/// What is no message belongs to no session, though the real library finds keys in it.
pub(super) fn matching(situation: &Situation<'_>, seen: &mut Seen) {
    let block = match situation.name() {
        "olm_matches_inbound_session" => 0,
        "olm_matches_inbound_session_from" => 1,
        _ => return,
    };
    let message = wire::decoded_loosely(situation.text(block));
    if !seen.failed() && message.is_some_and(|message| !wire::is_pre_key_message(&message)) {
        seen.value = Value::Size(0);
    }
}

/// The real library leaves what was stored, secrets included, where its pickle was.
pub(super) fn text_of_a_pickle(situation: &Situation<'_>, seen: &mut Seen) {
    if situation.name().starts_with("olm_unpickle_") && situation.block(1).len() % 4 != 1 {
        seen.blocks[1].fill(0);
    }
}

/// The length of something that no memory holds: too long instead of too short.
pub(super) fn overflowing_length(situation: &Situation<'_>, seen: &mut Seen) {
    if situation.is_noted("overflow") && situation.name() == "olm_session_describe" {
        seen.blocks.clone_from(&situation.ours.blocks);
    }
    if situation.is_noted("overflow") && situation.ours.value == Value::Size(usize::MAX) {
        seen.value = Value::Size(usize::MAX);
    }
}

/// The real library decrypts into the buffer, padding included; ours writes the plaintext.
pub(super) fn behind_a_plaintext(situation: &Situation<'_>, seen: &mut Seen) {
    let (Value::Size(length), Some(block)) = (&seen.value, plaintext(situation.name())) else { return };
    if seen.failed() {
        return;
    }
    let before = situation.block(block);
    // Only what padding can be.
    let padding = before.len().min(length + 16);
    seen.blocks[block][*length..padding].copy_from_slice(&before[*length..padding]);
}

/// Which block of memory the plaintext goes to.
fn plaintext(function: &str) -> Option<usize> {
    match function {
        "olm_decrypt" | "olm_group_decrypt" => Some(1),
        "olm_pk_decrypt" => Some(3),
        _ => None,
    }
}

/// The real library encrypts at the end of the buffer, and leaves the ciphertext there if its text is shorter.
pub(super) fn behind_a_ciphertext(situation: &Situation<'_>, seen: &mut Seen) {
    if situation.name() == "olm_pk_encrypt" && !seen.failed() {
        let plaintext = situation.block(0).len();
        let ciphertext = plaintext + 16 - plaintext % 16;
        let text = (ciphertext * 4).div_ceil(3);
        let before = situation.block(1);
        seen.blocks[1][text..].copy_from_slice(&before[text..]);
    }
}

/// The real library decodes what follows a key, and padding, too.
pub(super) fn behind_a_text(situation: &Situation<'_>, seen: &mut Seen) {
    let key = (situation.name() == "olm_sas_set_their_key").then_some(0);
    let Some(block) = key.or_else(|| situation.block_that_may_be_padded()) else { return };
    let (text, before) = (situation.text(block).len(), situation.block(block));
    if text < before.len() && !(key.is_some() && seen.failed()) {
        let bytes = text * 3 / 4;
        seen.blocks[block][bytes..].copy_from_slice(&before[bytes..]);
    }
}

/// The real library has written a part of the output when it finds out that it cannot go on.
pub(super) fn output_of_a_failed_call(situation: &Situation<'_>, seen: &mut Seen) {
    let output = match situation.name() {
        "olm_encrypt" => Some(2),
        name => plaintext(name),
    };
    if let Some(block) = output.filter(|_| seen.failed()) {
        seen.blocks[block] = situation.block(block).to_vec();
    }
}

//! When ours refuses, though the real library goes on, or fails later and for another reason.

use super::{Situation, contradictions};
use crate::curve;
use crate::forge;
use crate::wire;

/// A text with characters that base64 has not, or with bits behind its last byte, which the real library ignores.
pub(super) fn base64(situation: &Situation<'_>) -> bool {
    let is_bad = |block: &usize| {
        let text = situation.text(*block);
        text.len() % 4 != 1 && !wire::is_canonical_base64(text)
    };
    texts(situation.name()).iter().any(is_bad) && !fails_before_it_reads(situation)
}

/// Whether the real library found something else wrong before it looked at any character.
fn fails_before_it_reads(situation: &Situation<'_>) -> bool {
    const SESSION_KEY: usize = 306;
    const EXPORT: usize = 220;
    let name = situation.name();
    situation.real.failed()
        && match situation.real.code() {
            // Too few random bytes, a length that base64 does not have, a key that is too short.
            1 | 7 | 15 => true,
            2 => ["olm_pk_decrypt", "olm_unpickle_pk_decryption"].contains(&name),
            11 if name == "olm_init_inbound_group_session" => situation.block(0).len() != SESSION_KEY,
            11 if name == "olm_import_inbound_group_session" => situation.block(0).len() != EXPORT,
            _ => false,
        }
}

/// Which blocks of memory are read as base64.
fn texts(function: &str) -> &'static [usize] {
    match function {
        "olm_init_inbound_group_session"
        | "olm_import_inbound_group_session"
        | "olm_pk_encryption_set_recipient_key"
        | "olm_sas_set_their_key"
        | "olm_create_inbound_session"
        | "olm_matches_inbound_session"
        | "olm_decrypt_max_plaintext_length"
        | "olm_decrypt"
        | "olm_group_decrypt_max_plaintext_length"
        | "olm_group_decrypt" => &[0],
        "olm_create_outbound_session"
        | "olm_create_inbound_session_from"
        | "olm_matches_inbound_session_from" => &[0, 1],
        "olm_pk_decrypt" => &[0, 1, 2],
        "olm_ed25519_verify" => &[0, 2],
        _ if function.starts_with("olm_unpickle_") => &[1],
        _ => &[],
    }
}

/// The real library works with keys of zeros where none were made.
pub(super) fn without_keys(situation: &Situation<'_>) -> bool {
    const OF_ITSELF: [&str; 11] = [
        "olm_account_sign",
        "olm_account_identity_keys",
        "olm_account_generate_one_time_keys",
        "olm_account_generate_fallback_key",
        "olm_pickle_account",
        "olm_pickle_pk_decryption",
        "olm_pk_encrypt",
        "olm_pk_get_private_key",
        "olm_pk_sign",
        "olm_sas_get_pubkey",
        "olm_sas_set_their_key",
    ];
    let blank = |object: usize| situation.created.get(object) == Some(&false);
    (OF_ITSELF.contains(&situation.name()) && blank(0))
        || (situation.name() == "olm_create_outbound_session" && blank(1))
}

/// The same of sessions, but for what they say of messages.
pub(super) fn session_without_keys(situation: &Situation<'_>) -> bool {
    const FUNCTIONS: [&str; 10] = [
        "olm_encrypt",
        "olm_session_id",
        "olm_pickle_session",
        "olm_inbound_group_session_id",
        "olm_export_inbound_group_session",
        "olm_pickle_inbound_group_session",
        "olm_outbound_group_session_id",
        "olm_outbound_group_session_key",
        "olm_group_encrypt",
        "olm_pickle_outbound_group_session",
    ];
    FUNCTIONS.contains(&situation.name()) && situation.created.first() == Some(&false)
}

/// The real library writes three more characters than it checks.
pub(super) fn room_for_a_mac(situation: &Situation<'_>) -> bool {
    situation.name() == "olm_pk_encrypt" && (8..11).contains(&situation.block(2).len())
}

/// A message, and which kind it is.
enum Message {
    PreKey(Vec<u8>),
    Olm(Vec<u8>),
    Megolm(Vec<u8>),
}

fn message(situation: &Situation<'_>) -> Option<Message> {
    let decoded = |block| wire::decoded_loosely(situation.text(block));
    match situation.name() {
        "olm_create_inbound_session" => decoded(0).map(Message::PreKey),
        "olm_create_inbound_session_from" => decoded(1).map(Message::PreKey),
        "olm_decrypt" | "olm_decrypt_max_plaintext_length" => {
            decoded(0).map(if situation.is_normal() { Message::Olm } else { Message::PreKey })
        }
        "olm_group_decrypt" | "olm_group_decrypt_max_plaintext_length" => decoded(0).map(Message::Megolm),
        _ => None,
    }
}

/// The ciphertext of a message, if all that is around it is as libolm writes it.
fn ciphertext(message: &Message) -> Option<&[u8]> {
    match message {
        Message::PreKey(message) => wire::pre_key_ciphertext(message),
        Message::Olm(message) => wire::olm_ciphertext(message),
        Message::Megolm(message) => wire::megolm_ciphertext(message),
    }
}

/// The real library looks only at what it needs at the moment, and never at the version of a pre-key message. Where it looks at a
/// version, and does not know it, ours says the same.
pub(super) fn layout(situation: &Situation<'_>) -> bool {
    let is_bad_version = situation.real.failed() && situation.real.code() == 3;
    message(situation).is_some_and(|message| ciphertext(&message).is_none()) && !is_bad_version
}

/// The same where the version is not the one that libolm knows; where it finds the format bad, ours does too.
pub(super) fn version(situation: &Situation<'_>) -> bool {
    let is_bad_format = situation.real.failed() && situation.real.code() == 4;
    layout(situation) && !is_bad_format
}

/// A ciphertext of no whole blocks.
pub(super) fn message_of_no_blocks(situation: &Situation<'_>) -> bool {
    message(situation)
        .is_some_and(|message| ciphertext(&message).is_some_and(|bytes| !wire::are_blocks(bytes)))
}

/// A pickle under the right key whose ciphertext has no whole blocks.
pub(super) fn pickle_of_no_blocks(situation: &Situation<'_>) -> bool {
    situation.is_noted("no blocks") && situation.name().starts_with("olm_unpickle_")
}

/// The MAC does not cover the ciphertext, so that anybody can cut it.
pub(super) fn backup_of_no_blocks(situation: &Situation<'_>) -> bool {
    let ciphertext = wire::decoded_loosely(situation.block(2));
    situation.name() == "olm_pk_decrypt"
        && ciphertext.is_some_and(|ciphertext| !wire::are_blocks(&ciphertext))
}

/// A message that its authentic sender padded with something else; a backup entry, with anything.
pub(super) fn padding_of_a_message(situation: &Situation<'_>) -> bool {
    situation.name() == "olm_pk_decrypt" || (situation.is_noted("padding") && message(situation).is_some())
}

pub(super) fn padding_of_a_pickle(situation: &Situation<'_>) -> bool {
    situation.is_noted("padding") && situation.name().starts_with("olm_unpickle_")
}

/// A key of small order, with which everybody agrees the same secret.
pub(super) fn given_curve25519_key(situation: &Situation<'_>) -> bool {
    let keys: &[usize] = match situation.name() {
        "olm_create_outbound_session" => &[0, 1],
        "olm_pk_encryption_set_recipient_key" | "olm_pk_encrypt" | "olm_sas_set_their_key" => &[0],
        _ => &[],
    };
    let small = |block: &usize| {
        wire::decoded_loosely(situation.text(*block)).is_some_and(|key| curve::has_small_order(&key))
    };
    keys.iter().any(small) || situation.is_noted("recipient of small order")
}

/// A base key that nobody has the secret key of, or another form of one.
pub(super) fn base_key(situation: &Situation<'_>) -> bool {
    let Some(Message::PreKey(message)) = message(situation) else { return false };
    let keys = wire::outer_keys(&message);
    situation.name().starts_with("olm_create_inbound_session")
        && keys.is_some_and(|keys| {
            !curve::is_public_key(keys[1]) || keys.iter().any(|key| curve::has_small_order(key))
        })
}

/// A ratchet key, or the key of a backup entry, of small order.
pub(super) fn ratchet_or_ephemeral_key(situation: &Situation<'_>) -> bool {
    let key = match (situation.name(), message(situation)) {
        ("olm_decrypt", Some(Message::PreKey(message) | Message::Olm(message))) => {
            wire::ratchet_key(&message, situation.is_normal())
        }
        ("olm_pk_decrypt", _) => wire::decoded_loosely(situation.block(0)),
        _ => None,
    };
    key.is_some_and(|key| curve::has_small_order(&key))
}

/// The first message from a session whose other side announced a ratchet key of small order.
pub(super) fn answer_to_unfit_key(situation: &Situation<'_>) -> bool {
    situation.name() == "olm_encrypt" && situation.is_noted("ratchet key of small order")
}

/// A signature that is longer, or not the one that the signer made, or that anybody can make.
pub(super) fn signature(situation: &Situation<'_>) -> bool {
    let longer = situation.name() == "olm_ed25519_verify" && situation.text(2).len() > 86;
    longer || situation.is_noted("signature")
}

/// An export whose Ed25519 key is none.
pub(super) fn exported_ed25519_key(situation: &Situation<'_>) -> bool {
    let export = wire::decoded_loosely(situation.block(0));
    situation.name() == "olm_import_inbound_group_session"
        && export.is_some_and(|export| !curve::is_ed25519_key(&export[export.len().saturating_sub(32)..]))
}

pub(super) fn pickled_ed25519_key(situation: &Situation<'_>) -> bool {
    let content = pickled(situation).unwrap_or_default();
    // The flag behind it came with the second version.
    let flag = usize::from(content.get(3) != Some(&1));
    let key = content.len().checked_sub(32 + flag).map(|start| &content[start..][..32]);
    situation.name() == "olm_unpickle_inbound_group_session"
        && key.is_some_and(|key| !curve::is_ed25519_key(key))
}

/// What a pickle holds that is unpickled under its key.
fn pickled(situation: &Situation<'_>) -> Option<Vec<u8>> {
    let is_unpickled = situation.name().starts_with("olm_unpickle_");
    is_unpickled.then(|| forge::try_open_pickle(situation.block(0), situation.block(1))).flatten()
}

/// The real library ignores the outer keys of a message to a session that it has.
pub(super) fn foreign_pre_key_message(situation: &Situation<'_>) -> bool {
    let Some(Message::PreKey(message)) = message(situation) else { return false };
    let ours = situation.session_keys();
    let ours = ours.as_ref().map(|keys| keys.each_ref().map(Vec::as_slice));
    situation.name() == "olm_decrypt" && wire::outer_keys(&message) != ours
}

/// The real library counts messages of a group modulo 2^32.
pub(super) fn last_index(situation: &Situation<'_>) -> bool {
    let wraps = match (situation.name(), message(situation)) {
        ("olm_group_decrypt", Some(Message::Megolm(message))) => {
            wire::index(&message).is_some_and(|index| situation.first_index() > Some(index))
        }
        ("olm_export_inbound_group_session", _) => situation.first_index() > situation.number(),
        _ => false,
    };
    wraps || situation.is_noted("last index")
}

/// The same in an Olm chain.
pub(super) fn last_chain_index(situation: &Situation<'_>) -> bool {
    situation.is_noted("last chain index")
}

/// Key ids, too.
pub(super) fn last_key_id(situation: &Situation<'_>) -> bool {
    situation.is_noted("last key id")
}

/// A pickle that says things that cannot all be true.
pub(super) fn contradictory_pickle(situation: &Situation<'_>) -> bool {
    pickled(situation).is_some_and(|content| contradictions::has_some(situation.name(), &content))
}

/// A one-time key whose secret key is another's, when it is used.
pub(super) fn contradictory_one_time_key(situation: &Situation<'_>) -> bool {
    situation.is_noted("contradictory key") && situation.name().starts_with("olm_create_inbound_session")
}

/// More than HKDF has.
pub(super) fn many_bytes(situation: &Situation<'_>) -> bool {
    situation.name() == "olm_sas_generate_bytes" && situation.block(1).len() > 8_160
}

/// A length that the real library makes a short one.
pub(super) fn overflowing_length(situation: &Situation<'_>) -> bool {
    situation.is_noted("overflow")
}

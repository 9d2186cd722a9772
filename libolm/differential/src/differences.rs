//! The differences that are meant: where libolm is unsafe, ours refuses, or leaves nothing behind.
//!
//! Each has a row of the same name in `libolm/README.md`.

mod changes;
mod contradictions;
mod refusals;
mod rewrites;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::call::{Argument, Call, Seen};
use crate::forge;
use crate::pair::COMPARING;
use crate::wire;

/// A difference that is meant.
pub(crate) struct Difference {
    pub(crate) name: &'static str,
    /// Empty where the real library would not survive the call: then ours is called alone.
    hows: &'static [How],
}

enum How {
    /// What the real library did becomes what ours is to do.
    Rewrites(fn(&Situation<'_>, &mut Seen)),
    /// Ours refuses with one of these error codes, and changes nothing, where this is so.
    Refuses(&'static [u32], fn(&Situation<'_>) -> bool),
    /// Ours does something else, which is looked at here.
    Differs(fn(&Situation<'_>) -> bool),
}

/// A call and what came of it.
pub(crate) struct Situation<'a> {
    pub(crate) call: &'a Call,
    pub(crate) real: &'a Seen,
    pub(crate) ours: &'a Seen,
    /// Whether the objects of the call had content before it.
    pub(crate) created: Vec<bool>,
    /// The pickles of our objects before it.
    pub(crate) pickles: Vec<Option<Vec<u8>>>,
    /// The last errors of the objects before it, each first in the real library and then in ours.
    pub(crate) errors: Vec<(u32, String)>,
}

use How::{Differs, Refuses, Rewrites};

/// In the order of the rows in the file.
pub(crate) const TABLE: &[Difference] = &[
    Difference { name: "Sizes of objects", hows: &[Rewrites(rewrites::size)] },
    Difference { name: "No object", hows: &[] },
    Difference { name: "NULL buffers", hows: &[] },
    Difference {
        name: "Objects without keys",
        hows: &[Refuses(&[8], refusals::without_keys), Refuses(&[11], refusals::session_without_keys)],
    },
    Difference { name: "Objects used again", hows: &[Differs(changes::used_again)] },
    Difference { name: "Failures that change objects", hows: &[Rewrites(rewrites::failure)] },
    Difference {
        name: "Code of a corrupted pickle",
        hows: &[Rewrites(rewrites::code_of_a_corrupted_pickle)],
    },
    Difference { name: "Base64", hows: &[Refuses(&[7], refusals::base64)] },
    Difference {
        name: "Layout of messages",
        hows: &[
            Rewrites(rewrites::matching),
            Refuses(&[3], refusals::version),
            Refuses(&[4], refusals::layout),
        ],
    },
    Difference {
        name: "Lengths of ciphertexts",
        hows: &[
            Refuses(&[4], refusals::message_of_no_blocks),
            Refuses(&[8], refusals::pickle_of_no_blocks),
            Refuses(&[5], refusals::backup_of_no_blocks),
        ],
    },
    Difference {
        name: "Padding of plaintexts",
        hows: &[Refuses(&[5], refusals::padding_of_a_message), Refuses(&[8], refusals::padding_of_a_pickle)],
    },
    Difference {
        name: "Unfit Curve25519 keys",
        hows: &[
            Refuses(&[8], refusals::given_curve25519_key),
            Refuses(&[4], refusals::base_key),
            Refuses(&[5], refusals::ratchet_or_ephemeral_key),
            Refuses(&[11], refusals::answer_to_unfit_key),
        ],
    },
    Difference {
        name: "Unfit Ed25519 keys and signatures",
        hows: &[
            Refuses(&[5, 14], refusals::signature),
            Refuses(&[11], refusals::exported_ed25519_key),
            Refuses(&[10], refusals::pickled_ed25519_key),
        ],
    },
    Difference {
        name: "Foreign pre-key messages",
        hows: &[Refuses(&[5], refusals::foreign_pre_key_message)],
    },
    Difference { name: "Late messages of old chains", hows: &[Differs(changes::late_message)] },
    Difference {
        name: "Last indexes",
        hows: &[
            Refuses(&[12], refusals::last_index),
            Refuses(&[5], refusals::last_chain_index),
            Differs(changes::far_before_the_latest),
        ],
    },
    Difference { name: "Last key ids", hows: &[Refuses(&[6], refusals::last_key_id)] },
    Difference {
        name: "Contradictory pickles",
        hows: &[
            Refuses(&[10], refusals::contradictory_pickle),
            Refuses(&[6], refusals::contradictory_one_time_key),
            Differs(changes::put_in_order),
        ],
    },
    Difference { name: "Pickles after unpickling", hows: &[Rewrites(rewrites::text_of_a_pickle)] },
    Difference { name: "Equal one-time keys", hows: &[Differs(changes::equal_keys)] },
    Difference {
        name: "Room for the MAC of a backup entry",
        hows: &[Refuses(&[2], refusals::room_for_a_mac)],
    },
    Difference { name: "Many bytes of a verification", hows: &[Refuses(&[2], refusals::many_bytes)] },
    Difference {
        name: "Lengths that overflow",
        hows: &[Rewrites(rewrites::overflowing_length), Refuses(&[1, 2], refusals::overflowing_length)],
    },
    Difference {
        name: "Leftovers in buffers",
        hows: &[
            Rewrites(rewrites::behind_a_plaintext),
            Rewrites(rewrites::behind_a_ciphertext),
            Rewrites(rewrites::behind_a_text),
            Rewrites(rewrites::output_of_a_failed_call),
        ],
    },
];

/// Makes what the real library did what ours is to do, where it shall leave less behind; the differences that this took.
pub(crate) fn rewrite(situation: &Situation<'_>, seen: &mut Seen) -> Vec<&'static Difference> {
    let mut applied = Vec::new();
    for difference in TABLE {
        let before = seen.clone();
        for how in difference.hows {
            if let Rewrites(rewrite) = how {
                rewrite(situation, seen);
            }
        }
        if *seen != before {
            applied.push(difference);
        }
    }
    applied
}

/// The difference that explains why ours did something else, if one does.
pub(crate) fn explain(situation: &Situation<'_>) -> Option<&'static Difference> {
    let explains = |how: &How| match how {
        Rewrites(_) => false,
        Refuses(codes, when) => {
            codes.contains(&situation.ours.code()) && situation.is_clean_refusal() && when(situation)
        }
        Differs(how) => how(situation),
    };
    TABLE.iter().find(|difference| difference.hows.iter().any(explains))
}

/// The difference of this name.
pub(crate) fn named(name: &str) -> &'static Difference {
    TABLE.iter().find(|difference| difference.name == name).expect("a row of the table")
}

impl Situation<'_> {
    /// Whether ours failed, and left everything as it was but what a call uses up in any case.
    fn is_clean_refusal(&self) -> bool {
        let ours = self.ours;
        ours.failed() && ours.guarded && ours.pickles == self.pickles && self.blocks_are_used_up_at_most()
    }

    /// Each block is as before, or wiped, or as the real library left it, but for what it leaves behind a text.
    fn blocks_are_used_up_at_most(&self) -> bool {
        let mut real = self.real.clone();
        rewrites::behind_a_text(self, &mut real);
        let blocks = self.call.blocks().zip(&real.blocks).zip(&self.ours.blocks);
        blocks.into_iter().all(|((before, real), ours)| {
            ours == before || ours == real || ours.iter().all(|byte| *byte == 0)
        })
    }

    pub(crate) fn name(&self) -> &str {
        &self.call.name
    }

    /// Whether an Olm message is said to be a normal one.
    fn is_normal(&self) -> bool {
        self.call.arguments.iter().find_map(|argument| match argument {
            Argument::Size(kind) => Some(*kind == 1),
            _ => None,
        }) == Some(true)
    }

    /// One-time key, base key and identity key of our session, the first object of the call.
    fn session_keys(&self) -> Option<[Vec<u8>; 3]> {
        let content = forge::open_pickle(COMPARING, self.pickles.first()?.as_ref()?);
        let key = |index: usize| content[5 + 32 * index..][..32].to_vec();
        Some([key(2), key(1), key(0)])
    }

    /// The first index that our group session, the first object of the call, knew.
    fn first_index(&self) -> Option<u32> {
        let content = forge::open_pickle(COMPARING, self.pickles.first()?.as_ref()?);
        Some(u32::from_be_bytes(content[4 + 128..][..4].try_into().unwrap()))
    }

    /// The argument that is a number.
    fn number(&self) -> Option<u32> {
        self.call.arguments.iter().find_map(|argument| match argument {
            Argument::Number(number) => Some(*number),
            _ => None,
        })
    }

    /// Whether nothing but the state of objects is another.
    fn only_pickles_differ(&self) -> bool {
        let Seen { value, blocks, guarded, errors, pickles: _ } = self.ours;
        let mut real = self.real.clone();
        // These differ in each unpickling.
        rewrites::text_of_a_pickle(self, &mut real);
        *value == real.value && *guarded && real.guarded && *blocks == real.blocks && *errors == real.errors
    }

    /// Whether the caller said so of the arguments.
    fn is_noted(&self, note: &str) -> bool {
        self.call.notes.contains(&note)
    }

    /// The part of a block that is read as base64, where libolm does not mind what follows: the key with which it begins, or a
    /// text before its padding.
    fn text(&self, block: usize) -> &[u8] {
        const KEY: usize = 43;
        let text = self.block(block);
        if ["olm_pk_encryption_set_recipient_key", "olm_sas_set_their_key"].contains(&self.name()) {
            return &text[..text.len().min(KEY)];
        }
        if self.block_that_may_be_padded() == Some(block) { wire::unpadded(text) } else { text }
    }

    fn block_that_may_be_padded(&self) -> Option<usize> {
        match self.name() {
            "olm_decrypt" | "olm_decrypt_max_plaintext_length" => (!self.is_normal()).then_some(0),
            "olm_create_inbound_session" | "olm_matches_inbound_session" => Some(0),
            "olm_create_inbound_session_from" | "olm_matches_inbound_session_from" => Some(1),
            "olm_ed25519_verify" => Some(2),
            _ => None,
        }
    }

    /// A block of memory before the call.
    pub(crate) fn block(&self, index: usize) -> &[u8] {
        self.call.blocks().nth(index).unwrap_or_default()
    }
}

/// That the file has a table with a row for each difference, and no other rows: `| name | ... |`.
pub(crate) fn check_list(readme: &Path) -> Result<(), String> {
    let text = fs::read_to_string(readme).map_err(|error| format!("{}: {error}", readme.display()))?;
    let table = text.lines().skip_while(|line| !line.starts_with("| difference |")).skip(2);
    let rows = table.take_while(|line| line.starts_with('|'));
    let listed: BTreeSet<_> = rows.filter_map(|row| Some(row.split('|').nth(1)?.trim())).collect();
    let meant: BTreeSet<_> = TABLE.iter().map(|difference| difference.name).collect();
    match listed.symmetric_difference(&meant).next() {
        None => Ok(()),
        Some(name) => Err(format!("`{name}` is in {} or in the test, but not in both", readme.display())),
    }
}

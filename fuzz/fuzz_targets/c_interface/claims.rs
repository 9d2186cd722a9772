//! What the top of the header claims of every call.

use crate::arguments::{Arguments, Misuse, Purpose};
use crate::call::number;
use crate::functions;
use crate::groups::Group;
use crate::interface::{Function, Interface};
use crate::memory::EMPTY;
use crate::objects::seen;
use crate::shapes::Word;
use crate::world::World;

/// The statuses that the contract names for all functions.
pub struct Statuses {
    pub short_buffer: i32,
    null_pointer: i32,
    misaligned: i32,
    wrong_handle: i32,
    freed: i32,
    busy: i32,
    used_up: i32,
    length_overflow: i32,
    not_utf8: i32,
    unknown_constant: i32,
    random: i32,
    /// Those of a defect.
    defects: [i32; 3],
}

impl Statuses {
    pub fn new(interface: &Interface) -> Self {
        let status = |name: &str| interface.header.status(&format!("CLIQUET_{name}"));
        Self {
            short_buffer: status("SHORT_BUFFER"),
            null_pointer: status("NULL_POINTER"),
            misaligned: status("MISALIGNED"),
            wrong_handle: status("WRONG_HANDLE"),
            freed: status("FREED"),
            busy: status("BUSY"),
            used_up: status("USED_UP"),
            length_overflow: status("LENGTH_OVERFLOW"),
            not_utf8: status("NOT_UTF8"),
            unknown_constant: status("UNKNOWN_CONSTANT"),
            random: status("RANDOM"),
            defects: ["PANIC", "POISONED", "OTHER"].map(status),
        }
    }
}

/// Objects that are good for one call.
const USED_ONCE: [&str; 9] = [
    "cliquet_sas",
    "cliquet_ecies",
    "cliquet_unanswered_ecies",
    "cliquet_hpke_recipient",
    "cliquet_hpke_unidirectional_recipient_channel",
    "cliquet_hpke_unidirectional_sender_channel",
    "cliquet_attachment_encryptor",
    "cliquet_unverified_decryptor",
    "cliquet_new_key_export",
];

/// What changes an object though it fails, as the header says.
const CHANGES_AND_FAILS: [&str; 1] = ["cliquet_unverified_decryptor_verify"];

impl World<'_> {
    /// The status is one that the header names for this function and these arguments; what is wrong is noticed.
    pub fn claim_status(&self, function: &Function, arguments: &Arguments, status: i32) {
        if functions::status_text(status).is_empty()
            || status == self.statuses.short_buffer && !has_buffer(function)
        {
            self.fail(function, &format!("{status} is no status of this function"));
        }
        if !self.is_allowed(function, arguments, status) {
            let misuse = arguments.misuse;
            self.fail(
                function,
                &format!("the header does not say that this may be {status}, with {misuse:?}"),
            );
        }
        if status == 0
            && arguments.misuse.is_some_and(|(place, misuse)| must_fail(function, place, misuse, arguments))
        {
            self.fail(function, &format!("succeeds with {:?}", arguments.misuse));
        }
    }

    fn is_allowed(&self, function: &Function, arguments: &Arguments, status: i32) -> bool {
        let known = &self.statuses;
        if known.defects.contains(&status) {
            return false;
        }
        let wrong = arguments.misuse.map(|(_, misuse)| misuse);
        let is_of = |expected: &[Misuse]| wrong.is_some_and(|wrong| expected.contains(&wrong));
        let none_in_list = arguments.used.len() < function.needs().count() || function.has(is_list);
        // In the order of the header.
        status == 0
            || status == known.null_pointer && (is_of(&[Misuse::Null]) || none_in_list)
            || status == known.misaligned && is_of(&[Misuse::Misaligned])
            || status == known.wrong_handle && is_of(&[Misuse::AnotherKind, Misuse::Freed])
            || status == known.freed && is_of(&[Misuse::Freed])
            || status == known.busy && given_twice(arguments)
            || status == known.used_up && function.needs().any(|kind| USED_ONCE.contains(&kind))
            || status == known.short_buffer && has_buffer(function)
            || status == known.length_overflow && is_of(&[Misuse::TooLong])
            || status == known.not_utf8 && function.has(may_have_text)
            || status == known.unknown_constant && function.has(may_have_constant)
            || status == known.random && arguments.may_fail_at_random()
            || function.named.contains(&status) && !self.is_general(status)
    }

    /// Whether a status is one of those whose causes are known here.
    fn is_general(&self, status: i32) -> bool {
        let known = &self.statuses;
        [known.null_pointer, known.misaligned, known.wrong_handle, known.freed, known.busy, known.random]
            .contains(&status)
    }

    /// Nothing was written but the details, and the length of a buffer that was too small.
    pub fn claim_failure(&self, function: &Function, arguments: &mut Arguments, status: i32) {
        let is_short = status == self.statuses.short_buffer;
        let mut lengths = 0;
        for lent in &arguments.lent {
            if !lent.block.is_guarded() {
                self.fail(function, &format!("fails, and writes beside {}", lent.name));
            }
            let may_change = match lent.purpose {
                Purpose::Details => {
                    self.claim_details(function, arguments, lent.block.bytes(), is_short);
                    true
                }
                Purpose::Length if is_short => {
                    lengths += usize::from(!lent.block.is_unchanged());
                    true
                }
                _ => false,
            };
            if !may_change && !lent.block.is_unchanged() {
                self.fail(function, &format!("fails with {status}, and writes to {}", lent.name));
            }
        }
        // Where there are two, both may be too small; that each which tells so is, `short_buffer` claims.
        if is_short && lengths == 0 {
            self.fail(function, "a buffer is too small, and no length is told");
        }
    }

    /// The details are written whole; of a buffer that was too small they tell the capacity and the least one.
    fn claim_details(&self, function: &Function, arguments: &Arguments, bytes: &[u8], is_short: bool) {
        let lent = arguments.lent.iter().find(|lent| lent.purpose == Purpose::Details);
        let is_null =
            lent.is_some_and(|lent| matches!(arguments.words[lent.word], Word::Pointer(at) if at.is_null()));
        let is_misaligned = arguments.misuse.is_some_and(|(place, misuse)| {
            misuse == Misuse::Misaligned && function.groups[place].group == Group::Details
        });
        if is_null || is_misaligned {
            if bytes.iter().any(|byte| *byte != EMPTY) {
                self.fail(function, "writes details where there is no place for them");
            }
            return;
        }
        // `found`, `limit`, `items`, `key`, `field`, the last of which ends with a zero.
        let (found, limit) = (number(&bytes[..8]), number(&bytes[8..16]));
        if bytes[16..20] == [EMPTY; 4] || bytes[20..52] == [EMPTY; 32] || bytes[99] != 0 {
            self.fail(function, "fails, and does not write the whole details");
        }
        let is_told = arguments.lent.iter().any(|lent| match lent.purpose {
            Purpose::Output { capacity, text, length, .. } => {
                let needed = number(arguments.lent[length].block.bytes()).saturating_add(usize::from(text));
                (found, limit) == (capacity, needed)
            }
            _ => false,
        });
        if is_short && !is_told {
            self.fail(
                function,
                &format!("the details tell {found} and {limit} of a buffer that is too small"),
            );
        }
    }

    /// Everything was written that should be, and nothing else.
    pub fn claim_success(&self, function: &Function, arguments: &Arguments) {
        for lent in &arguments.lent {
            let bytes = lent.block.bytes();
            let is_null = matches!(arguments.words[lent.word], Word::Pointer(at) if at.is_null());
            let is_right = lent.block.is_guarded()
                && match &lent.purpose {
                    _ if is_null && lent.purpose != Purpose::Length => lent.block.is_unchanged(),
                    Purpose::Input | Purpose::Details => lent.block.is_unchanged(),
                    Purpose::Output { element, capacity, text, length, .. } => {
                        let told = &arguments.lent[*length].block;
                        let length = if told.is_unchanged() { 0 } else { number(told.bytes()) };
                        let rest = bytes.get(length.saturating_mul(*element)..).unwrap_or_default();
                        let rest = if *text { rest.strip_prefix(&[0]) } else { Some(rest) };
                        let is_utf8 = !text || std::str::from_utf8(&bytes[..length.min(bytes.len())]).is_ok();
                        length <= *capacity
                            && is_utf8
                            && rest.is_some_and(|rest| rest.iter().all(|byte| *byte == EMPTY))
                    }
                    Purpose::Place { of } if of == "bool" => bytes[0] <= 1,
                    Purpose::Place { of } => {
                        let constants = self.interface.header.constants_of(of);
                        let is_constant =
                            || constants.iter().any(|constant| constant.to_ne_bytes() == *bytes);
                        !lent.block.is_unchanged()
                            && (constants.is_empty() || bytes.len() != 4 || is_constant())
                    }
                    Purpose::OutFixed => !lent.block.is_unchanged(),
                    Purpose::NewHandle { .. } => !lent.block.is_unchanged() && number(bytes) != 0,
                    Purpose::InPlace | Purpose::Length => true,
                };
            if !is_right {
                self.fail(
                    function,
                    &format!("succeeds, and {} is not as the header says: {bytes:02x?}", lent.name),
                );
            }
        }
    }

    /// An object that is only looked at stays what it is, and so does every object of a call that fails.
    pub fn claim_state(
        &self,
        function: &Function,
        arguments: &Arguments,
        status: i32,
        before: &[Vec<(i32, Vec<u8>)>],
    ) {
        for (used, before) in arguments.used.iter().zip(before) {
            let is_changed = |other: &crate::arguments::Used| !other.constant && other.object == used.object;
            let may_change = match status {
                0 => arguments.used.iter().any(is_changed),
                _ => CHANGES_AND_FAILS.contains(&function.name.as_str()),
            };
            if !may_change && seen(self.interface, &used.object) != *before {
                self.fail(function, &format!("ends with {status}, and has changed {}", used.name));
            }
        }
    }
}

fn given_twice(arguments: &Arguments) -> bool {
    let is_twice = |used: &crate::arguments::Used| {
        arguments.used.iter().filter(|other| other.object == used.object).count() > 1
    };
    arguments.used.iter().any(|used| !used.constant && is_twice(used))
}

fn has_buffer(function: &Function) -> bool {
    function.has(|group| matches!(group, Group::Output { .. }))
}

fn is_list(group: &Group) -> bool {
    matches!(group, Group::Handles { .. } | Group::Structures { .. })
}

fn may_have_text(group: &Group) -> bool {
    matches!(group, Group::Input { text: true } | Group::Structure { .. } | Group::Structures { .. })
}

fn may_have_constant(group: &Group) -> bool {
    matches!(group, Group::Number { .. } | Group::Structure { .. } | Group::Structures { .. })
}

/// Whether the header leaves no room for success with this argument.
fn must_fail(function: &Function, place: usize, misuse: Misuse, arguments: &Arguments) -> bool {
    let named = &function.groups[place];
    match (&named.group, misuse) {
        (Group::Handle { .. } | Group::Fixed { .. }, Misuse::Null) => !function.speaks_of_null,
        (Group::Handle { .. }, _) => true,
        (Group::NewHandle { .. }, Misuse::Null | Misuse::Misaligned) => true,
        (Group::Details, Misuse::Misaligned) => true,
        (Group::Input { .. } | Group::InPlace, Misuse::Null | Misuse::TooLong) => {
            let lent = arguments.lent.iter().find(|lent| lent.name == named.name);
            lent.is_some_and(|lent| !lent.block.bytes().is_empty() || misuse == Misuse::TooLong)
        }
        _ => false,
    }
}

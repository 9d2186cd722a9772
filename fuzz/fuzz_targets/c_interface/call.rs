//! One call: made, claimed about, and what came out of it kept for later calls.

use crate::arguments::{Arguments, Lent, Misuse, Purpose};
use crate::interface::Function;
use crate::objects::{Object, seen};
use crate::shapes::{self, Word};
use crate::world::{Give, World, trace};

/// No buffer is made larger than this.
const MOST_ROOM: usize = 1 << 20;

/// What came of a call.
#[derive(Debug)]
pub struct Outcome {
    pub status: i32,
    pub made: Option<Object>,
    pub outputs: Vec<(String, Vec<u8>)>,
}

impl Outcome {
    /// The object that was made, in a scene where nothing fails.
    pub fn object(&self) -> Object {
        self.made.clone().unwrap_or_else(|| panic!("it makes an object, and ended with {}", self.status))
    }

    pub fn output(&self, name: &str) -> &[u8] {
        let found = self.outputs.iter().find(|(other, _)| other == name);
        found.map_or_else(
            || panic!("it has no output {name}, or ended with {}", self.status),
            |(_, bytes)| bytes,
        )
    }
}

impl World<'_> {
    pub fn call(
        &mut self,
        function: &'static Function,
        given: &[(&str, Give<'_>)],
        misuse: Option<(usize, Misuse)>,
    ) -> Outcome {
        self.remember(function, misuse);
        let mut arguments = self.arguments(function, given, misuse);
        let before: Vec<_> = arguments.used.iter().map(|used| seen(self.interface, &used.object)).collect();
        let opened = self.sealed.before(self.interface, function, &arguments);
        let mut status = make(function, &arguments);
        // Each buffer may be the one that was too small.
        for _ in 0..2 {
            if status != self.statuses.short_buffer {
                break;
            }
            self.claim_failure(function, &mut arguments, status);
            let Some((buffer, needed)) = self.short_buffer(function, &arguments) else { break };
            if needed > MOST_ROOM {
                break;
            }
            arguments.with_capacity(buffer, needed);
            status = make(function, &arguments);
            let is_short = status == self.statuses.short_buffer;
            if is_short && self.short_buffer(function, &arguments).is_none_or(|(other, _)| other == buffer) {
                self.fail(function, "a buffer of the size that was told is too small");
            }
        }
        trace(format_args!("  {} ends with {status}", function.name));
        self.claim_status(function, &arguments, status);
        if status == 0 {
            self.claim_success(function, &arguments);
        } else {
            self.claim_failure(function, &mut arguments, status);
        }
        if function.frees() && status == 0 {
            arguments.used.iter().for_each(|used| self.objects.remove(&used.object));
        } else {
            self.claim_state(function, &arguments, status, &before);
        }
        self.keep(function, &arguments, status, opened)
    }

    /// The first buffer that was too small, and how many elements it must have room for.
    fn short_buffer(&self, function: &Function, arguments: &Arguments) -> Option<(usize, usize)> {
        let short = arguments.lent.iter().enumerate().filter_map(|(place, lent)| match &lent.purpose {
            Purpose::Output { capacity, text, length, .. } => {
                let told = &arguments.lent[*length].block;
                let needed = number(told.bytes()).saturating_add(usize::from(*text));
                if !told.is_unchanged() && needed <= *capacity {
                    self.fail(function, "a buffer is too small, and large enough");
                }
                (!told.is_unchanged()).then_some((place, needed))
            }
            _ => None,
        });
        short.collect::<Vec<_>>().first().copied()
    }

    /// Keeps objects, and whatever else came out, to be handed in again.
    fn keep(
        &mut self,
        function: &'static Function,
        arguments: &Arguments,
        status: i32,
        opened: Option<Vec<u8>>,
    ) -> Outcome {
        let mut outcome = Outcome { status, made: None, outputs: Vec::new() };
        if status != 0 {
            return outcome;
        }
        for lent in &arguments.lent {
            if matches!(arguments.words[lent.word], Word::Pointer(pointer) if pointer.is_null()) {
                continue;
            }
            let bytes = written(arguments, lent);
            match &lent.purpose {
                Purpose::NewHandle { kind } => {
                    let pointer = std::ptr::with_exposed_provenance_mut(number(bytes));
                    let object = Object { kind: kind.clone(), pointer };
                    self.objects.add(object.clone());
                    outcome.made = Some(object);
                }
                Purpose::Output { of, .. } | Purpose::Place { of }
                    if self.interface.header.structures.contains_key(of) =>
                {
                    self.keep_fields(of, bytes);
                }
                Purpose::Output { element: 32, .. } => {
                    bytes.chunks_exact(32).for_each(|key| self.pool.keep_array("identity_key", key));
                }
                Purpose::Output { .. } => self.pool.keep(function.subject(), &lent.name, bytes),
                Purpose::InPlace => self.pool.keep("cliquet_attachment_info", "bytes", bytes),
                Purpose::OutFixed => self.pool.keep_array(&lent.name, bytes),
                Purpose::Input | Purpose::Length | Purpose::Place { .. } | Purpose::Details => continue,
            }
            outcome.outputs.push((lent.name.clone(), bytes.to_vec()));
        }
        if let Err(why) = self.sealed.after(self.interface, function, arguments, &outcome, opened) {
            self.fail(function, &why);
        }
        // Freed only now, because it may be one that was just given.
        if let Some(surplus) = outcome.made.as_ref().and_then(|made| self.objects.surplus(&made.kind)) {
            self.free(&surplus);
        }
        outcome
    }

    /// Keeps the keys in structures, under the names of their fields.
    fn keep_fields(&mut self, of: &str, bytes: &[u8]) {
        let header = &self.interface.header;
        let structure = &header.structures[of];
        let offsets = header.offsets(structure);
        for structure_bytes in bytes.chunks_exact(header.layout(of).0) {
            for (field, (offset, _)) in structure.fields.iter().zip(&offsets) {
                if field.of == "uint8_t" && field.array == Some(32) {
                    let name = if of == "cliquet_one_time_key" { "one_time_key" } else { &field.name };
                    self.pool.keep_array(name, &structure_bytes[*offset..offset + 32]);
                }
            }
        }
    }
}

fn make(function: &Function, arguments: &Arguments) -> i32 {
    // SAFETY: the arguments are what the header asks for, or wrong in a way that it says is noticed.
    unsafe { shapes::call(function.address(), &arguments.words) }
}

/// What a block holds after a call that succeeded.
pub fn written<'a>(arguments: &'a Arguments, lent: &'a Lent) -> &'a [u8] {
    match &lent.purpose {
        Purpose::Output { element, length, .. } => {
            let told = &arguments.lent[*length].block;
            let length = if told.is_unchanged() { 0 } else { number(told.bytes()) };
            &lent.block.bytes()[..length * element]
        }
        _ => lent.block.bytes(),
    }
}

/// The `size_t` in eight bytes.
pub fn number(bytes: &[u8]) -> usize {
    usize::from_ne_bytes(bytes.try_into().expect("a size_t has eight bytes"))
}

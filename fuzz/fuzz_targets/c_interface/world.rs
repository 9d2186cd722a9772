//! The lives of all objects of an input.

use std::collections::VecDeque;
use std::env;
use std::fmt;
use std::sync::OnceLock;

use crate::arguments::Misuse;
use crate::callbacks::File;
use crate::choices::Choices;
use crate::claims::Statuses;
use crate::groups::Group;
use crate::interface::{Function, Interface};
use crate::objects::{Object, Objects};
use crate::pool::Pool;
use crate::sealed::Sealed;

/// So many calls an input makes at most; longer ones find nothing that shorter ones do not.
const STEPS: usize = 300;

/// How many calls a finding shows.
const REMEMBERED: usize = 16;

/// Whether every call is printed: with TRACE=1 in the environment.
static TRACED: OnceLock<bool> = OnceLock::new();

/// Prints a line where somebody asks for it.
pub fn trace(line: fmt::Arguments<'_>) {
    if *TRACED.get_or_init(|| env::var_os("TRACE").is_some()) {
        eprintln!("{line}");
    }
}

/// An argument that a scene chooses.
pub enum Give<'a> {
    Object(&'a Object),
    Bytes(&'a [u8]),
    Number(u32),
}

pub struct World<'a> {
    pub interface: &'static Interface,
    pub statuses: Statuses,
    pub choices: Choices<'a>,
    pub objects: Objects,
    pub pool: Pool,
    pub sealed: Sealed,
    /// What sources and progress look at lives as long as the readers.
    #[expect(clippy::vec_box, reason = "C has their addresses, which must not change when the list grows")]
    pub files: Vec<Box<File>>,
    #[expect(clippy::vec_box, reason = "as above")]
    pub told: Vec<Box<u64>>,
    /// Whether nothing shall go wrong.
    pub careful: bool,
    pub seeds: u64,
    pub turn: usize,
    recent: VecDeque<String>,
}

impl<'a> World<'a> {
    pub fn new(interface: &'static Interface, input: &'a [u8]) -> Self {
        Self {
            interface,
            statuses: Statuses::new(interface),
            choices: Choices::new(input),
            objects: Objects::default(),
            pool: Pool::default(),
            sealed: Sealed::default(),
            files: Vec::new(),
            told: Vec::new(),
            careful: false,
            seeds: 0,
            turn: 0,
            recent: VecDeque::new(),
        }
    }

    /// Makes calls for as long as the input lasts, and frees everything in the end.
    pub fn play(mut self) {
        self.scene();
        for _ in 0..STEPS {
            if self.choices.are_used_up() {
                break;
            }
            self.step();
        }
        while let Some(object) = self.objects.last() {
            self.free(&object);
        }
        // SAFETY: it is the end.
        unsafe { self.objects.give_back() };
    }

    fn step(&mut self) {
        let place = self.choices.below(self.interface.functions.len());
        let function = &self.interface.functions[place];
        if !self.provides(function, 3) {
            return;
        }
        let misuse = if self.choices.once_in(8) { self.misuse(function) } else { None };
        self.call(function, &[], misuse);
    }

    /// Sees to it that there are objects for a call; makes them, if that needs no more than so many others.
    pub fn provides(&mut self, function: &Function, depth: usize) -> bool {
        function.needs().all(|kind| {
            if !self.objects.of(kind).is_empty() {
                return true;
            }
            let makers: Vec<_> =
                self.interface.functions.iter().filter(|maker| maker.makes() == Some(kind)).collect();
            let maker = self.choices.pick(&makers).filter(|_| depth > 0);
            let Some(maker) = maker.filter(|maker| self.provides(maker, depth - 1)) else { return false };
            self.call(maker, &[], None);
            !self.objects.of(kind).is_empty()
        })
    }

    /// Something that is wrong with one of the arguments.
    fn misuse(&mut self, function: &Function) -> Option<(usize, Misuse)> {
        let place = self.choices.below(function.groups.len());
        let possible: &[Misuse] = match function.groups[place].group {
            Group::Handle { .. } => &[Misuse::Null, Misuse::Misaligned, Misuse::AnotherKind, Misuse::Freed],
            Group::NewHandle { .. } | Group::Place { .. } | Group::Structure { .. } => {
                &[Misuse::Null, Misuse::Misaligned]
            }
            Group::Input { .. } | Group::InPlace => &[Misuse::Null, Misuse::TooLong],
            Group::Fixed { .. } | Group::OutFixed { .. } | Group::Random => &[Misuse::Null],
            Group::Output { .. } => &[Misuse::Null, Misuse::Misaligned],
            Group::Details => &[Misuse::Misaligned],
            _ => &[],
        };
        Some((place, self.choices.pick(possible)?))
    }

    /// Tells the library that an object is done with.
    pub fn free(&mut self, object: &Object) {
        let function = self.interface.function(&format!("{}_free", object.kind));
        let given = (function.groups[0].name.clone(), Give::Object(object));
        let status = self.call(function, &[(&given.0, given.1)], None).status;
        if status != 0 {
            self.fail(function, &format!("an object that is alive cannot be freed: {status}"));
        }
    }

    /// Notes a call before it is made, and prints it where somebody looks for the one that hangs or crashes.
    pub fn remember(&mut self, function: &Function, misuse: Option<(usize, Misuse)>) {
        if self.recent.len() == REMEMBERED {
            self.recent.pop_front();
        }
        let with = misuse.map_or(String::new(), |misuse| format!(" with {misuse:?}"));
        let line = format!("{}{with}", function.name);
        trace(format_args!("{line}"));
        self.recent.push_back(line);
    }

    /// Ends the run with a finding.
    pub fn fail(&self, function: &Function, what: &str) -> ! {
        let calls: Vec<_> = self.recent.iter().map(String::as_str).collect();
        panic!("{}: {what}\nthe last calls:\n  {}", function.name, calls.join("\n  "));
    }
}

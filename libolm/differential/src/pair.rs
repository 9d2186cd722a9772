//! The two libraries side by side: every call goes to both, and what they do is compared.

mod state;

use std::collections::{BTreeMap, VecDeque};

use crate::call::{Argument, Call, Id, Outcome, Seen};
use crate::differences::{self, Situation};
use crate::fault::Fault;
use crate::header::{Function, Functions};
use crate::library::{Library, Value, Word};
use crate::memory::Block;
use crate::object::{Kind, Object, is_creator};
use crate::record::Record;
use crate::report::{Mismatch, describe};

/// How many calls a report shows.
const REMEMBERED: usize = 12;

/// The key under which objects are pickled to be compared.
pub(crate) const COMPARING: &[u8] = b"compare";

pub(crate) struct Pair<'a> {
    functions: &'a Functions,
    real: &'a Library,
    ours: &'a Library,
    objects: Vec<Object>,
    pub(crate) record: &'a mut Record,
    recent: VecDeque<String>,
    /// A successful call of each function, to be misused.
    examples: BTreeMap<String, (Call, Seen)>,
    trace: bool,
    twins: bool,
    fault: Option<Fault>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Real,
    Ours,
}

impl<'a> Pair<'a> {
    pub(crate) fn new(
        functions: &'a Functions,
        real: &'a Library,
        ours: &'a Library,
        record: &'a mut Record,
    ) -> Self {
        Self {
            functions,
            real,
            ours,
            objects: Vec::new(),
            record,
            recent: VecDeque::new(),
            examples: BTreeMap::new(),
            trace: false,
            twins: false,
            fault: None,
        }
    }

    /// Prints every call before it is made, to find the one that crashes.
    pub(crate) fn traced(mut self, trace: bool) -> Self {
        self.trace = trace;
        self
    }

    /// Says whether both are the real library, so that nothing may differ, and both may overrun buffers.
    pub(crate) fn of_twins(mut self, twins: bool) -> Self {
        self.twins = twins;
        self
    }

    /// Falsifies what is seen of our library, to try out the comparison itself.
    pub(crate) fn with_fault(mut self, fault: Fault) -> Self {
        self.fault = Some(fault);
        self
    }

    pub(crate) fn object(&self, id: Id) -> &Object {
        &self.objects[id.0]
    }

    pub(crate) const fn is_of_twins(&self) -> bool {
        self.twins
    }

    /// An object with content that is of another kind.
    pub(crate) fn object_of_another_kind(&self, kind: Kind) -> Option<Id> {
        self.objects.iter().position(|object| object.created && object.kind != kind).map(Id)
    }

    /// What our object stores, if anything.
    pub(crate) fn latest(&self, id: Id) -> Option<Vec<u8>> {
        self.objects[id.0].latest.clone()
    }

    pub(crate) fn is_created(&self, id: Id) -> bool {
        self.objects[id.0].created
    }

    pub(crate) fn function(&self, name: &str) -> &'a Function {
        self.functions.get(name).unwrap_or_else(|| panic!("no header has {name}"))
    }

    pub(crate) fn function_names(&self) -> Vec<String> {
        self.functions.keys().cloned().collect()
    }

    /// Memory of the size that each library asks for, and an object in it.
    pub(crate) fn make(&mut self, kind: Kind) -> Result<Id, Mismatch> {
        let size = |library| match self.raw(library, &kind.size(), &[]) {
            Value::Size(size) => size,
            other => panic!("{} returned {other:?}", kind.size()),
        };
        let (real, ours) = (size(Side::Real), size(Side::Ours));
        self.objects.push(Object {
            kind,
            // Not zeros: it is up to the library to make them.
            real: Block::new(&vec![0x77; real]),
            ours: Block::misaligned(&vec![0x77; ours], self.objects.len() % 9),
            created: false,
            same_error: true,
            pickled: None,
            latest: None,
        });
        let id = Id(self.objects.len() - 1);
        self.call(Call::new(kind.constructor()).object(id))?;
        Ok(id)
    }

    /// Calls a function of one library, without a look at what it does.
    fn raw(&self, side: Side, name: &str, words: &[Word]) -> Value {
        self.library(side).call(name, &self.functions[name], words)
    }

    fn library(&self, side: Side) -> &'a Library {
        match side {
            Side::Real => self.real,
            Side::Ours => self.ours,
        }
    }

    fn address(&mut self, side: Side, id: Id) -> Word {
        let object = &mut self.objects[id.0];
        Word::Pointer(match side {
            Side::Real => object.real.address(),
            Side::Ours => object.ours.address(),
        })
    }

    /// Makes the call on both sides and compares.
    pub(crate) fn call(&mut self, call: Call) -> Result<Outcome, Mismatch> {
        let function = self.function(&call.name);
        self.remember(&call);
        let created = call.objects().map(|id| self.is_created(id)).collect();
        let pickles = call.objects().map(|id| self.objects[id.0].latest.clone()).collect();
        let before: Vec<_> =
            call.objects().flat_map(|id| [Side::Real, Side::Ours].map(|side| (id, side))).collect();
        let errors = before.into_iter().map(|(id, side)| self.error(side, id)).collect();

        let real = self.make_call(Side::Real, &call, function);
        let ours = self.make_call(Side::Ours, &call, function);
        self.after_call(&call, &real, &ours);
        let real = self.see(Side::Real, &call, real);
        let mut ours = self.see(Side::Ours, &call, ours);
        for (id, pickle) in call.objects().zip(&ours.pickles) {
            self.objects[id.0].latest.clone_from(pickle);
        }
        if let Some(fault) = &mut self.fault {
            fault.falsify(&call, &mut ours);
        }
        self.record.saw(&call, &ours);
        let situation = Situation { call: &call, real: &real, ours: &ours, created, pickles, errors };
        let same = self.compare(&situation)?;
        if !same || real.pickles != ours.pickles {
            self.level(&call, &real, &ours)?;
        }
        self.tidy(&call, &ours)?;
        if same && !ours.failed() {
            self.examples.insert(call.name.clone(), (call, ours.clone()));
        }
        Ok(Outcome { real, ours, same })
    }

    /// Makes a call that the real library would not survive: ours must refuse it, and be as before.
    pub(crate) fn refused_by_ours(&mut self, difference: &str, call: Call) -> Result<(), Mismatch> {
        if self.twins {
            return Ok(());
        }
        let (seen, unchanged) = self.alone(&call);
        self.record.saw(&call, &seen);
        self.record.explained(differences::named(difference));
        if seen.failed() && seen.guarded && seen.code() != 0 && unchanged {
            return Ok(());
        }
        let text = format!("{} should have been refused: {seen:?}", self.recent.back().unwrap());
        Err(Mismatch::expected(&format!("{}: not refused", call.name), text))
    }

    /// What ours does, without the real library, and whether the objects of the call are as before.
    pub(crate) fn alone(&mut self, call: &Call) -> (Seen, bool) {
        let function = self.function(&call.name);
        self.remember(call);
        let seen = self.make_call(Side::Ours, call, function);
        for id in call.objects() {
            self.objects[id.0].same_error = false;
        }
        let seen = self.see(Side::Ours, call, seen);
        let unchanged =
            call.objects().zip(&seen.pickles).all(|(id, pickle)| self.objects[id.0].latest == *pickle);
        (seen, unchanged)
    }

    /// The calls that succeeded last, one of each function.
    pub(crate) fn examples(&self) -> Vec<(Call, Seen)> {
        self.examples.values().cloned().collect()
    }

    fn remember(&mut self, call: &Call) {
        let line = describe(call, |id| self.objects[id.0].kind);
        if self.trace {
            eprintln!("{line}");
        }
        if self.recent.len() == REMEMBERED {
            self.recent.pop_front();
        }
        self.recent.push_back(line);
    }

    fn make_call(&mut self, side: Side, call: &Call, function: &Function) -> Seen {
        // C promises no alignment of bytes; ours must not ask for any of objects either.
        let blocks = call.blocks().enumerate().map(|(index, content)| match side {
            Side::Real => Block::new(content),
            Side::Ours => Block::misaligned(content, (content.len() + index) % 8),
        });
        let mut blocks: Vec<Block> = blocks.collect();
        let mut next = blocks.iter_mut();
        let mut words = Vec::new();
        for argument in &call.arguments {
            words.push(match argument {
                Argument::Object(id) => self.address(side, *id),
                Argument::Bytes(_) => Word::Pointer(next.next().unwrap().address()),
                Argument::Null => Word::Pointer(std::ptr::null_mut()),
                Argument::Size(size) => Word::Size(*size),
                Argument::Number(number) => Word::Number(*number),
            });
        }
        let value = self.library(side).call(&call.name, function, &words);
        let mut guarded = blocks.iter().all(Block::is_guarded);
        // What is passed to be read must be as it was.
        let mut after = blocks.iter();
        for (argument, parameter) in call.arguments.iter().zip(&function.parameters) {
            if let Argument::Bytes(before) = argument {
                guarded &= after.next().unwrap().bytes() == before || !parameter.constant;
            }
        }
        let blocks = blocks.iter().map(|block| block.bytes().to_vec()).collect();
        Seen { value, blocks, guarded, errors: Vec::new(), pickles: Vec::new() }
    }

    /// Keeps account of which objects have content.
    fn after_call(&mut self, call: &Call, real: &Seen, ours: &Seen) {
        let Some(first) = call.objects().next() else { return };
        let object = &mut self.objects[first.0];
        if is_creator(&call.name) && !real.failed() && !ours.failed() {
            object.created = true;
        } else if call.name == object.kind.clear() || call.name == object.kind.constructor() {
            object.created = false;
            object.same_error = true;
        }
    }

    /// Looks at the objects of the call afterwards.
    fn see(&mut self, side: Side, call: &Call, mut seen: Seen) -> Seen {
        for id in call.objects() {
            seen.guarded &= match side {
                Side::Real => self.objects[id.0].real.is_guarded(),
                Side::Ours => self.objects[id.0].ours.is_guarded(),
            };
            seen.errors.push(self.error(side, id));
            seen.pickles.push(self.is_created(id).then(|| self.pickled(side, id)).flatten());
        }
        seen
    }

    /// Whether both did the same; an error if not, and nothing explains it.
    fn compare(&mut self, situation: &Situation<'_>) -> Result<bool, Mismatch> {
        let (real, ours) = (situation.real, situation.ours);
        if self.is_same(situation, real) {
            return Ok(true);
        }
        let mut expected = real.clone();
        let rewritten = if self.twins { Vec::new() } else { differences::rewrite(situation, &mut expected) };
        if !rewritten.is_empty() && self.is_same(situation, &expected) {
            rewritten.into_iter().for_each(|difference| self.record.explained(difference));
            return Ok(true);
        }
        let difference = if self.twins { None } else { differences::explain(situation) };
        let Some(difference) = difference else { return Err(Mismatch::new(situation, &self.recent)) };
        self.record.explained(difference);
        for (index, id) in situation.call.objects().enumerate() {
            self.objects[id.0].same_error = real.errors[index] == ours.errors[index];
        }
        Ok(false)
    }

    /// Whether ours did what is expected.
    fn is_same(&mut self, situation: &Situation<'_>, expected: &Seen) -> bool {
        let ours = situation.ours;
        // Whoever asks for the last error sees what is compared below.
        let asks_for_error = situation.name().contains("_last_error");
        let mut same = (expected.value == ours.value || asks_for_error)
            && expected.blocks == ours.blocks
            && expected.pickles == ours.pickles
            && (ours.guarded || self.twins)
            && expected.guarded == ours.guarded;
        for (index, id) in situation.call.objects().enumerate() {
            let errors = expected.errors[index] == ours.errors[index];
            if self.objects[id.0].same_error {
                same &= errors;
            } else if errors {
                self.objects[id.0].same_error = true;
            } else {
                // Earlier, one of them failed alone: each may remember its own error until both fail.
                same &= expected.errors[index] == situation.errors[2 * index]
                    && ours.errors[index] == situation.errors[2 * index + 1];
            }
        }
        same
    }
}

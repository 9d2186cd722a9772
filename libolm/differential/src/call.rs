//! A call that goes to both libraries, and what is seen of it.

use crate::library::Value;

/// One of the objects of a pair, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Id(pub(crate) usize);

#[derive(Clone, Debug)]
pub(crate) enum Argument {
    Object(Id),
    /// Memory with this content, of which each library gets a copy of its own.
    Bytes(Vec<u8>),
    Null,
    Size(usize),
    Number(u32),
}

/// What output buffers hold before a call.
pub(crate) const EMPTY: u8 = 0xee;

/// A function and its arguments.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) name: String,
    pub(crate) arguments: Vec<Argument>,
    /// What the caller knows about the arguments, for `differences`.
    pub(crate) notes: Vec<&'static str>,
}

impl Call {
    pub(crate) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), arguments: Vec::new(), notes: Vec::new() }
    }

    fn with(mut self, argument: Argument) -> Self {
        self.arguments.push(argument);
        self
    }

    pub(crate) fn object(self, id: Id) -> Self {
        self.with(Argument::Object(id))
    }

    /// Bytes and their length.
    pub(crate) fn bytes(self, bytes: &[u8]) -> Self {
        self.with(Argument::Bytes(bytes.to_vec())).size(bytes.len())
    }

    /// An output buffer and its length.
    pub(crate) fn room(self, length: usize) -> Self {
        self.with(Argument::Bytes(vec![EMPTY; length])).size(length)
    }

    /// A place for a `uint32_t`, or whatever comes without a length.
    pub(crate) fn place(self, length: usize) -> Self {
        self.memory(vec![EMPTY; length])
    }

    /// Memory with this content.
    pub(crate) fn memory(self, content: Vec<u8>) -> Self {
        self.with(Argument::Bytes(content))
    }

    pub(crate) fn null(self) -> Self {
        self.with(Argument::Null)
    }

    pub(crate) fn size(self, size: usize) -> Self {
        self.with(Argument::Size(size))
    }

    pub(crate) fn number(self, number: u32) -> Self {
        self.with(Argument::Number(number))
    }

    pub(crate) fn note(mut self, note: &'static str) -> Self {
        self.notes.push(note);
        self
    }

    pub(crate) fn objects(&self) -> impl Iterator<Item = Id> {
        self.arguments.iter().filter_map(|argument| match argument {
            Argument::Object(id) => Some(*id),
            _ => None,
        })
    }

    /// The blocks of memory of the call, as they were before it.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = &[u8]> {
        self.arguments.iter().filter_map(|argument| match argument {
            Argument::Bytes(bytes) => Some(bytes.as_slice()),
            _ => None,
        })
    }
}

/// What one library did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) value: Value,
    /// The memory of the call afterwards, in the order of its arguments.
    pub(crate) blocks: Vec<Vec<u8>>,
    /// Whether it wrote nowhere else.
    pub(crate) guarded: bool,
    /// Code and text of the last error of each object of the call.
    pub(crate) errors: Vec<(u32, String)>,
    /// The pickles of the objects of the call that have some.
    pub(crate) pickles: Vec<Option<Vec<u8>>>,
}

impl Seen {
    pub(crate) fn failed(&self) -> bool {
        self.value == Value::ERROR
    }

    /// The code of the first object's last error.
    pub(crate) fn code(&self) -> u32 {
        self.errors.first().map_or(0, |(code, _)| *code)
    }
}

/// A call, and what the two libraries did.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) real: Seen,
    pub(crate) ours: Seen,
    /// Whether they did the same. If not, a named difference explains it.
    pub(crate) same: bool,
}

impl Outcome {
    /// Whether both succeeded, and did the same.
    pub(crate) fn succeeded(&self) -> bool {
        self.same && !self.ours.failed()
    }

    /// A block of memory afterwards.
    pub(crate) fn block(&self, index: usize) -> &[u8] {
        &self.ours.blocks[index]
    }

    /// The number of bytes or keys that was returned.
    pub(crate) fn size(&self) -> usize {
        match self.ours.value {
            Value::Size(size) => size,
            _ => 0,
        }
    }
}

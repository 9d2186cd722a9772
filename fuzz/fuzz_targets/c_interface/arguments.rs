//! The arguments of a call: what the header asks for, mostly, and one that is wrong, now and then.

use std::ffi::c_void;
use std::ptr;

use crate::callbacks::{self, File, Generator};
use crate::groups::{Group, Named};
use crate::header::Declared;
use crate::interface::Function;
use crate::memory::Block;
use crate::objects::Object;
use crate::shapes::Word;
use crate::world::{Give, World};

/// What is wrong with an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misuse {
    Null,
    Misaligned,
    AnotherKind,
    Freed,
    TooLong,
}

/// What a block of memory is lent for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be read.
    Input,
    InPlace,
    /// A buffer for so many elements of this type, and which block takes its length.
    Output {
        of: String,
        element: usize,
        capacity: usize,
        text: bool,
        length: usize,
    },
    Length,
    OutFixed,
    Place {
        of: String,
    },
    NewHandle {
        kind: String,
    },
    Details,
}

#[derive(Debug)]
pub struct Lent {
    pub name: String,
    pub purpose: Purpose,
    pub block: Block,
    /// Which argument leads there.
    pub word: usize,
}

/// An object of a call.
#[derive(Debug)]
pub struct Used {
    pub name: String,
    pub object: Object,
    pub constant: bool,
}

#[derive(Default)]
pub struct Arguments {
    pub words: Vec<Word>,
    pub lent: Vec<Lent>,
    pub used: Vec<Used>,
    /// What is wrong, and with which group.
    pub misuse: Option<(usize, Misuse)>,
    generator: Option<Box<Generator>>,
    /// What the generator was at first.
    first: (u64, usize),
    count: usize,
}

impl Arguments {
    /// Whether the generator may say that it failed.
    pub fn may_fail_at_random(&self) -> bool {
        self.generator.as_ref().is_some_and(|_| self.first.1 != usize::MAX)
    }

    /// Makes everything as it was before the call, with another capacity of one of the buffers.
    pub fn with_capacity(&mut self, buffer: usize, needed: usize) {
        if let Some(generator) = &mut self.generator {
            (generator.seed, generator.room) = self.first;
        }
        for lent in &mut self.lent {
            let before = lent.block.before().to_vec();
            lent.block.put(0, &before);
        }
        let lent = &mut self.lent[buffer];
        if let Purpose::Output { element, capacity, .. } = &mut lent.purpose {
            *capacity = needed;
            lent.block = Block::empty(needed * *element, 0);
            self.words[lent.word] = Word::Pointer(lent.block.address());
            self.words[lent.word + 1] = Word::Size(needed);
        }
    }

    /// Lends a block, and gives back where it is.
    fn lend(&mut self, name: &str, purpose: Purpose, mut block: Block) -> *mut c_void {
        let address = block.address();
        self.lent.push(Lent { name: name.to_owned(), purpose, block, word: self.words.len() });
        address
    }
}

impl World<'_> {
    /// Arguments for a function; those that are given, and others.
    pub fn arguments(
        &mut self,
        function: &Function,
        given: &[(&str, Give<'_>)],
        misuse: Option<(usize, Misuse)>,
    ) -> Arguments {
        let mut arguments = Arguments { misuse, count: self.count(function, given), ..Arguments::default() };
        for (place, named) in function.groups.iter().enumerate() {
            let given = given.iter().find(|(name, _)| *name == named.name).map(|(_, give)| give);
            let misuse = misuse.filter(|(wrong, _)| *wrong == place).map(|(_, misuse)| misuse);
            self.argument(function, named, given, misuse, &mut arguments);
        }
        arguments
    }

    fn argument(
        &mut self,
        function: &Function,
        named: &Named,
        given: Option<&Give<'_>>,
        misuse: Option<Misuse>,
        arguments: &mut Arguments,
    ) {
        let name = &named.name;
        let null = Word::Pointer(ptr::null_mut());
        let is_null = misuse == Some(Misuse::Null);
        let offset = usize::from(misuse == Some(Misuse::Misaligned));
        match &named.group {
            Group::Handle { kind, constant } => {
                let pointer = self.handle(kind, name, *constant, given, misuse, arguments);
                arguments.words.push(Word::Pointer(pointer));
            }
            Group::Input { .. } | Group::InPlace => {
                let bytes = match given {
                    Some(Give::Bytes(bytes)) => bytes.to_vec(),
                    _ => self.input(function, name),
                };
                let in_place = named.group == Group::InPlace;
                let purpose = if in_place { Purpose::InPlace } else { Purpose::Input };
                let address = arguments.lend(name, purpose, Block::new(&bytes, self.offset()));
                let is_too_long = misuse == Some(Misuse::TooLong);
                // No bytes may be nowhere.
                let may_be = bytes.is_empty() && !is_too_long && !self.careful;
                let nowhere = is_null || (may_be && self.choices.once_in(2));
                arguments.words.push(if nowhere { null } else { Word::Pointer(address) });
                arguments.words.push(Word::Size(if is_too_long { usize::MAX } else { bytes.len() }));
            }
            Group::Fixed { length } => {
                let bytes = match given {
                    Some(Give::Bytes(bytes)) => bytes.to_vec(),
                    _ => self.array(name, *length),
                };
                let address = arguments.lend(name, Purpose::Input, Block::new(&bytes, self.offset()));
                arguments.words.push(if is_null { null } else { Word::Pointer(address) });
            }
            Group::Keys => {
                let bytes: Vec<_> = (0..arguments.count).flat_map(|_| self.array(name, 32)).collect();
                let address = arguments.lend(name, Purpose::Input, Block::new(&bytes, self.offset()));
                arguments.words.push(Word::Pointer(address));
            }
            Group::Handles { kind } => {
                let pointers: Vec<_> = (0..arguments.count)
                    .flat_map(|_| {
                        let pointer = self.handle(kind, name, true, None, None, arguments);
                        pointer.expose_provenance().to_ne_bytes()
                    })
                    .collect();
                let address = arguments.lend(name, Purpose::Input, Block::new(&pointers, 0));
                arguments.words.push(Word::Pointer(address));
            }
            Group::Structure { of } | Group::Structures { of } => {
                let count = if matches!(named.group, Group::Structure { .. }) { 1 } else { arguments.count };
                let bytes: Vec<_> = (0..count).flat_map(|_| self.structure(of, arguments)).collect();
                let address = arguments.lend(name, Purpose::Input, Block::new(&bytes, offset));
                // The default limits.
                let nothing =
                    is_null || (of == "cliquet_limits" && name == "limits" && self.prefers_defaults());
                arguments.words.push(if nothing { null } else { Word::Pointer(address) });
            }
            Group::Random => self.generator(is_null, arguments),
            Group::Source => self.source(arguments),
            Group::Progress => {
                self.told.push(Box::new(0));
                let context: *mut u64 = &raw mut **self.told.last_mut().expect("it was just pushed");
                let functions: [*mut c_void; 2] = [callbacks::tell as *mut c_void, context.cast()];
                let address = arguments.lend(name, Purpose::Input, Block::new(&pointers(&functions), 0));
                arguments.words.push(if self.choices.once_in(2) { null } else { Word::Pointer(address) });
            }
            Group::NewHandle { kind } => {
                let purpose = Purpose::NewHandle { kind: kind.clone() };
                let address = arguments.lend(name, purpose, Block::empty(8, offset));
                arguments.words.push(if is_null { null } else { Word::Pointer(address) });
            }
            Group::OutFixed { length } => {
                let address = arguments.lend(name, Purpose::OutFixed, Block::empty(*length, self.offset()));
                arguments.words.push(if is_null { null } else { Word::Pointer(address) });
            }
            Group::Place { of } => {
                let (size, align) = self.interface.header.layout(of);
                let offset = if align > 1 { offset } else { 0 };
                let address =
                    arguments.lend(name, Purpose::Place { of: of.clone() }, Block::empty(size, offset));
                arguments.words.push(if is_null { null } else { Word::Pointer(address) });
            }
            Group::Details => {
                let size = self.interface.header.layout("cliquet_details").0;
                let address = arguments.lend(name, Purpose::Details, Block::empty(size, offset));
                let nowhere = is_null || (offset == 0 && self.choices.once_in(8));
                arguments.words.push(if nowhere { null } else { Word::Pointer(address) });
            }
            Group::Output { of, element, text } => {
                let capacity = self.capacity();
                let (of, length) = (of.clone(), arguments.lent.len() + 1);
                let purpose = Purpose::Output { of, element: *element, capacity, text: *text, length };
                let address = arguments.lend(name, purpose, Block::empty(capacity * element, 0));
                arguments.words.push(if capacity == 0 { null } else { Word::Pointer(address) });
                arguments.words.push(Word::Size(capacity));
                let address =
                    arguments.lend(&format!("length of {name}"), Purpose::Length, Block::empty(8, offset));
                arguments.words.push(if is_null { null } else { Word::Pointer(address) });
            }
            Group::Count => arguments.words.push(Word::Size(arguments.count)),
            Group::Size => {
                let size = self.size(name);
                arguments.words.push(Word::Size(size));
            }
            Group::Number { of } => {
                let number = match given {
                    Some(Give::Number(number)) => *number,
                    _ => self.number(&function.name, name, of),
                };
                arguments.words.push(Word::Number(number));
            }
            Group::Long => {
                let long = u64::from(self.number(&function.name, name, "")) << self.choices.below(33);
                arguments.words.push(Word::Long(long));
            }
            Group::Flag => arguments.words.push(Word::Flag(i32::from(self.choices.byte()) - 1)),
        }
    }

    /// An object of this kind, or what is none.
    fn handle(
        &mut self,
        kind: &str,
        name: &str,
        constant: bool,
        given: Option<&Give<'_>>,
        misuse: Option<Misuse>,
        arguments: &mut Arguments,
    ) -> *mut c_void {
        if let Some(misuse) = misuse {
            return self.no_handle(kind, misuse, arguments);
        }
        let object = match given {
            Some(Give::Object(object)) => Some((*object).clone()),
            _ => {
                let all = self.objects.of(kind);
                let place =
                    if self.careful { all.len().saturating_sub(1) } else { self.choices.below(all.len()) };
                all.get(place).map(|object| (*object).clone())
            }
        };
        // There is always one, but for lists.
        let Some(object) = object else { return ptr::null_mut() };
        arguments.used.push(Used { name: name.to_owned(), object: object.clone(), constant });
        object.pointer
    }

    fn no_handle(&mut self, kind: &str, misuse: Misuse, arguments: &mut Arguments) -> *mut c_void {
        let freed: Vec<_> = self.objects.freed.iter().filter(|object| object.kind == kind).collect();
        let others = self.objects.not_of(kind);
        let found = match misuse {
            Misuse::Null => return ptr::null_mut(),
            Misuse::Misaligned => {
                return arguments.lend("no object", Purpose::Input, Block::new(&[0x3c; 64], 1));
            }
            Misuse::Freed => self.choices.pick(&freed),
            _ => self.choices.pick(&others),
        };
        match found {
            Some(object) => object.pointer,
            None => arguments.lend("no object", Purpose::Input, Block::new(&[0x3c; 64], 0)),
        }
    }

    /// A structure, field by field.
    fn structure(&mut self, of: &str, arguments: &mut Arguments) -> Vec<u8> {
        let interface = self.interface;
        let structure = &interface.header.structures[of];
        let mut bytes = vec![0; interface.header.layout(of).0];
        let mut put =
            |offset: usize, field: &[u8]| bytes[offset..offset + field.len()].copy_from_slice(field);
        let offsets = interface.header.offsets(structure);
        for (place, (field, (offset, _))) in structure.fields.iter().zip(&offsets).enumerate() {
            let next = structure.fields.get(place + 1).filter(|next| next.is_size());
            match (field, next) {
                (Declared { pointers: 1, of, name, .. }, _) if interface.header.opaque.contains(of) => {
                    let pointer = self.handle(of, name, true, None, None, arguments);
                    put(*offset, &pointer.expose_provenance().to_ne_bytes());
                }
                (Declared { pointers: 1, name, .. }, Some(_)) => {
                    let text = self.text(of, name);
                    let address = arguments.lend(name, Purpose::Input, Block::new(&text, 0));
                    put(*offset, &address.expose_provenance().to_ne_bytes());
                    put(offsets[place + 1].0, &text.len().to_ne_bytes());
                }
                (Declared { pointers: 1, name, .. }, None) => {
                    let key = self.array(name, 32);
                    let address = arguments.lend(name, Purpose::Input, Block::new(&key, 0));
                    put(*offset, &address.expose_provenance().to_ne_bytes());
                }
                (Declared { array: Some(length), name, .. }, _) => {
                    let array = self.array(name, *length);
                    put(*offset, &array);
                }
                (Declared { of, .. }, _) if interface.header.structures.contains_key(of) => {
                    let inner = self.structure(of, arguments);
                    put(*offset, &inner);
                }
                // Written with the pointer before it.
                (field, _) if field.is_size() => {}
                (Declared { of, name, .. }, _) => {
                    let number = self.number("", name, of);
                    put(*offset, &number.to_ne_bytes());
                }
            }
        }
        bytes
    }

    /// A generator, which fails now and then; or none that can be called.
    fn generator(&mut self, is_null: bool, arguments: &mut Arguments) {
        let room =
            if !self.careful && self.choices.once_in(8) { self.choices.below(256) } else { usize::MAX };
        arguments.first = (self.seed(), room);
        let mut generator = Box::new(Generator { seed: arguments.first.0, room });
        let context: *mut Generator = &raw mut *generator;
        arguments.generator = Some(generator);
        let fill = if is_null { ptr::null_mut() } else { callbacks::fill as *mut c_void };
        let functions = pointers(&[fill, context.cast()]);
        let address = arguments.lend("random", Purpose::Input, Block::new(&functions, 0));
        arguments.words.push(Word::Pointer(address));
    }

    fn source(&mut self, arguments: &mut Arguments) {
        let latest = self.pool.latest_text("cliquet_attachment_info", "bytes").filter(|_| self.careful);
        let bytes =
            latest.unwrap_or_else(|| self.pool.text(&mut self.choices, "cliquet_attachment_info", "bytes"));
        let fails = !self.careful && self.choices.once_in(4);
        let calls_before_failure = if fails { self.choices.below(16) } else { usize::MAX };
        let piece = 1 + self.choices.below(256);
        self.files.push(Box::new(File { bytes, position: 0, piece, calls_before_failure }));
        let context: *mut File = &raw mut **self.files.last_mut().expect("it was just pushed");
        let functions: [*mut c_void; 3] =
            [callbacks::read as *mut c_void, callbacks::seek as *mut c_void, context.cast()];
        let address = arguments.lend("source", Purpose::Input, Block::new(&pointers(&functions), 0));
        arguments.words.push(Word::Pointer(address));
    }
}

fn pointers(all: &[*mut c_void]) -> Vec<u8> {
    all.iter().flat_map(|pointer| pointer.expose_provenance().to_ne_bytes()).collect()
}

//! The objects that are alive, those that were freed, and what can be seen of one from outside.

use std::ffi::c_void;

use crate::groups::Group;
use crate::interface::{Function, Interface};
use crate::shapes::{self, Word};

/// A pointer that the library has given out, and the type it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    pub kind: String,
    pub pointer: *mut c_void,
}

/// So many of a kind live at a time.
const MOST: usize = 6;

unsafe extern "C" {
    fn free(memory: *mut c_void);
}

#[derive(Default)]
pub struct Objects {
    alive: Vec<Object>,
    pub freed: Vec<Object>,
}

impl Objects {
    pub fn add(&mut self, object: Object) {
        self.alive.push(object);
    }

    /// Notes that the library was told to free it.
    pub fn remove(&mut self, object: &Object) {
        self.alive.retain(|other| other != object);
        self.freed.push(object.clone());
    }

    pub fn of(&self, kind: &str) -> Vec<&Object> {
        self.alive.iter().filter(|object| object.kind == kind).collect()
    }

    pub fn not_of(&self, kind: &str) -> Vec<&Object> {
        self.alive.iter().filter(|object| object.kind != kind).collect()
    }

    /// The oldest one of a kind of which there are too many.
    pub fn surplus(&self, kind: &str) -> Option<Object> {
        let of = self.of(kind);
        (of.len() > MOST).then(|| of[0].clone())
    }

    pub fn last(&self) -> Option<Object> {
        self.alive.last().cloned()
    }

    /// Gives back what a debug build of the library keeps of freed objects, to tell that they were.
    ///
    /// # Safety
    ///
    /// Nothing is called with one of them afterwards.
    pub unsafe fn give_back(&mut self) {
        for object in self.freed.drain(..) {
            // SAFETY: the library has them from the default allocator of Rust, which is that of C, and looks at them no more.
            unsafe { free(object.pointer) };
        }
    }
}

/// All that can be seen of an object without changing it, one entry for each function that tells something.
pub fn seen(interface: &Interface, object: &Object) -> Vec<(i32, Vec<u8>)> {
    let observers = interface.observers.get(&object.kind);
    let all = observers.into_iter().flatten();
    all.map(|place| observe(interface, &interface.functions[*place], object)).collect()
}

/// What one function tells of an object: its status, and the last of its outputs.
pub fn observe(interface: &Interface, function: &Function, object: &Object) -> (i32, Vec<u8>) {
    let short = interface.header.status("CLIQUET_SHORT_BUFFER");
    let mut capacity = 0;
    loop {
        let (mut output, mut length) = (vec![0_u64; capacity / 8 + 16], 0_usize);
        let mut words = vec![Word::Pointer(object.pointer)];
        let (mut element, mut written, mut meaningful) = (0, 0, vec![true]);
        for named in &function.groups[1..] {
            let address = Word::Pointer(output.as_mut_ptr().cast());
            match &named.group {
                Group::Output { of, element: size, .. } => {
                    (element, meaningful) = (*size, interface.header.meaningful(of));
                    words.extend([
                        address,
                        Word::Size(capacity / size),
                        Word::Pointer((&raw mut length).cast()),
                    ]);
                }
                Group::OutFixed { length } => {
                    written = *length;
                    words.push(address);
                }
                Group::Place { of } => {
                    meaningful = interface.header.meaningful(of);
                    written = meaningful.len();
                    words.push(address);
                }
                _ => words.push(Word::Pointer(std::ptr::null_mut())),
            }
        }
        // SAFETY: the object is alive, and each output has room for what the header says.
        let status = unsafe { shapes::call(function.address(), &words) };
        if status == short && capacity == 0 {
            capacity = (length + 1) * element;
            continue;
        }
        let length = if element > 0 { length * element } else { written };
        let written = if status == 0 { length } else { 0 };
        let bytes = output.iter().flat_map(|word| word.to_ne_bytes()).take(written);
        let bytes = bytes.zip(meaningful.iter().cycle()).map(|(byte, means)| if *means { byte } else { 0 });
        return (status, bytes.collect());
    }
}

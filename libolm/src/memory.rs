//! Objects in the caller's memory: a header there, and the state, once there is one, behind it on the heap.
//!
//! A header begins with a word that says of what it is the header, and where it was made. A pointer to something else
//! finds another word there, and so no call takes it for an object; nor a copy of an object, whose state the first one
//! has. A header of zeros is what `olm_clear_*` leaves: an object without state, of whatever type comes next, so that
//! memory that was cleared can be used again at once, as with libolm.
//!
//! A header is read and written part by part, because it may lie at any address, and because threads may share an object
//! that all of them only read: [`read`] writes nothing but the code of a failure, which is one byte and so can be atomic
//! at any address.

use std::ffi::c_void;
use std::mem::offset_of;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::code::Code;

/// What a function returns that failed.
pub(crate) const OLM_ERROR: usize = usize::MAX;

/// The code of what is no object: there is too little behind the pointer.
const NO_OBJECT: Code = Code::INPUT_BUFFER_TOO_SMALL;

/// An opaque type of the headers, and what is behind it.
pub(crate) trait Object {
    /// What an object has once it was created, initialised or unpickled.
    type State: Send + Sync;

    /// A number that no other type has.
    const KIND: u8;

    /// The code of a call that needs the state where there is none.
    const WITHOUT_STATE: Code;
}

/// Where the parts of an object are: it has the same size on every machine.
#[repr(C)]
struct Header {
    mark: u64,
    last_error: u8,
    /// Fills the gap that would be here else.
    reserved: [u8; 7],
    /// From a `Box`, or NULL.
    state: *mut c_void,
    /// Fills up a pointer that is shorter than eight bytes.
    rest: [u8; 8 - size_of::<*mut c_void>()],
}

const _: () = assert!(size_of::<Header>() == 24, "libolm/README.md says so");

impl Header {
    unsafe fn part<O, T: Copy>(object: *const O, offset: usize) -> T {
        // SAFETY: the caller promises as many bytes as a header has, and asks for a part of it that may have any bits.
        unsafe { object.cast::<u8>().wrapping_add(offset).cast::<T>().read_unaligned() }
    }

    unsafe fn put<O, T>(object: *mut O, offset: usize, part: T) {
        // SAFETY: the caller promises as many bytes as a header has, and names a part of it.
        unsafe { object.cast::<u8>().wrapping_add(offset).cast::<T>().write_unaligned(part) };
    }

    /// The state of an object, which may be NULL, or nothing if there is no object. The last error is not looked at.
    unsafe fn state<O: Object>(object: *const O) -> Option<*mut O::State> {
        if object.is_null() {
            return None;
        }
        // SAFETY: the caller's promise; both may have any bits.
        let (found, state) = unsafe {
            let found: u64 = Self::part(object, offset_of!(Self, mark));
            (found, Self::part::<_, *mut c_void>(object, offset_of!(Self, state)))
        };
        let is_object = found == mark(object) || (found == 0 && state.is_null());
        is_object.then_some(state.cast())
    }

    unsafe fn put_state<O: Object>(object: *mut O, state: *mut O::State) {
        // SAFETY: the caller's promise.
        unsafe {
            Self::put(object, offset_of!(Self, mark), mark(object));
            Self::put(object, offset_of!(Self, state), state.cast::<c_void>());
        }
    }

    unsafe fn last_error<'a, O: Object>(object: *const O) -> &'a AtomicU8 {
        let place = object.cast::<u8>().cast_mut().wrapping_add(offset_of!(Self, last_error));
        // SAFETY: the caller promises that the byte is there, and that while this lives, the byte is touched by atomics only.
        unsafe { AtomicU8::from_ptr(place) }
    }

    unsafe fn put_zeros<O>(object: *mut O) {
        // SAFETY: the caller promises as many bytes as a header has.
        unsafe { object.cast::<u8>().write_bytes(0, size()) };
    }
}

/// Seven bytes that no other memory is likely to hold, and the kind, mixed with the address.
fn mark<O: Object>(object: *const O) -> u64 {
    let address = u64::try_from(object.addr()).unwrap_or_default();
    u64::from_be_bytes([b'c', b'l', b'i', b'q', b'o', b'l', 0xf7, O::KIND]) ^ address.rotate_left(8)
}

/// The state of an object that a call reads, if there is one.
pub(crate) struct View<'a, O: Object>(Option<&'a O::State>);

impl<'a, O: Object> View<'a, O> {
    pub(crate) fn get(&self) -> Result<&'a O::State, Code> {
        self.0.ok_or(O::WITHOUT_STATE)
    }

    pub(crate) fn if_any(&self) -> Option<&'a O::State> {
        self.0
    }
}

/// The state of an object that a call may change, if there is one.
pub(crate) struct Slot<O: Object>(Option<Box<O::State>>);

impl<O: Object> Slot<O> {
    /// Takes the state out of an object.
    unsafe fn of(state: *mut O::State) -> Self {
        // SAFETY: the caller promises that it is NULL, or from `change`, and that nothing else leads there any more.
        Self(if state.is_null() { None } else { Some(unsafe { Box::from_raw(state) }) })
    }

    pub(crate) fn get_mut(&mut self) -> Result<&mut O::State, Code> {
        self.0.as_deref_mut().ok_or(O::WITHOUT_STATE)
    }

    pub(crate) fn if_any(&self) -> Option<&O::State> {
        self.0.as_deref()
    }

    pub(crate) fn if_any_mut(&mut self) -> Option<&mut O::State> {
        self.0.as_deref_mut()
    }

    /// Takes the place of whatever was there, which is wiped.
    pub(crate) fn put(&mut self, state: O::State) {
        self.0 = Some(Box::new(state));
    }

    /// Another object that the call reads beside this one: of another type, so that the same pointer twice leads to one
    /// object at most, and never to the state that is being changed.
    ///
    /// # Safety
    ///
    /// As [`look`], until the result is no longer used.
    pub(crate) unsafe fn beside<'a, P: Object>(
        &self,
        object: *const P,
    ) -> Result<Option<&'a P::State>, Code> {
        const { assert!(O::KIND != P::KIND, "one object twice") };
        // SAFETY: the caller's promise.
        let state = unsafe { Header::state(object) }.ok_or(NO_OBJECT)?;
        // SAFETY: a header with the mark of this type leads to a state that nobody changes, or nowhere.
        Ok(unsafe { state.as_ref() })
    }
}

pub(crate) const fn size() -> usize {
    size_of::<Header>()
}

/// Makes an object without state of memory whose content does not count.
///
/// # Safety
///
/// `memory` is NULL, or leads to [`size()`] bytes that may be written.
pub(crate) unsafe fn initialise<O: Object>(memory: *mut c_void) -> *mut O {
    let object: *mut O = memory.cast();
    if !object.is_null() {
        // SAFETY: the caller's promise.
        unsafe {
            Header::put_zeros(object);
            Header::put_state(object, ptr::null_mut());
        }
    }
    object
}

/// Drops and wipes the state, and leaves a header of zeros.
///
/// # Safety
///
/// `object` is NULL, or leads to [`size()`] bytes that may be read and written, which nobody else uses until the call ends.
pub(crate) unsafe fn clear<O: Object>(object: *mut O) -> usize {
    // SAFETY: the caller's promise.
    let Some(state) = (unsafe { Header::state(object) }) else { return OLM_ERROR };
    // SAFETY: the header is one of this type, and the only one that leads to its state.
    let slot = unsafe {
        Header::put_zeros(object);
        Slot::<O>::of(state)
    };
    match catch_unwind(AssertUnwindSafe(|| drop(slot))) {
        Ok(()) => size(),
        Err(_) => OLM_ERROR,
    }
}

/// Why the last call failed that did.
///
/// # Safety
///
/// As [`look`].
pub(crate) unsafe fn last_error<O: Object>(object: *const O) -> Code {
    // SAFETY: the caller's promise.
    let found = unsafe { Header::state(object).map(|_| Header::last_error(object).load(Ordering::Relaxed)) };
    found.map_or(NO_OBJECT, Code)
}

/// Asks an object something that cannot fail. `otherwise` is the answer where there is no object.
///
/// # Safety
///
/// `object` is NULL, or leads to [`size()`] bytes that may be read, which nobody changes until the call ends; but other
/// threads may [`read`].
pub(crate) unsafe fn look<O: Object, T>(
    object: *const O,
    otherwise: T,
    body: impl FnOnce(Option<&O::State>) -> T,
) -> T {
    // SAFETY: the caller's promise.
    let Some(state) = (unsafe { Header::state(object) }) else { return otherwise };
    // SAFETY: a header with the mark of this type leads to a state that nobody changes, or nowhere.
    let state = unsafe { state.as_ref() };
    catch_unwind(AssertUnwindSafe(|| body(state))).unwrap_or(otherwise)
}

/// Runs the body of a call that reads an object: what it returns is returned, or its code is kept in the object, of which
/// nothing else is written. Many threads may do so at once.
///
/// No panic leaves the library.
///
/// # Safety
///
/// As [`look`]; the object may be written, too.
pub(crate) unsafe fn read<O: Object>(
    object: *mut O,
    body: impl FnOnce(View<'_, O>) -> Result<usize, Code>,
) -> usize {
    // SAFETY: the caller's promise.
    let Some(state) = (unsafe { Header::state(object) }) else { return OLM_ERROR };
    // SAFETY: a header with the mark of this type leads to a state that nobody changes, or nowhere.
    let view = View(unsafe { state.as_ref() });
    let outcome = catch_unwind(AssertUnwindSafe(|| body(view))).unwrap_or(Err(O::WITHOUT_STATE));
    // SAFETY: the caller's promise.
    unsafe { end(object, outcome) }
}

/// Runs the body of a call that may change an object: what it returns is returned, or its code is kept in the object.
///
/// No panic leaves the library. The state that one may have left half changed is given up.
///
/// # Safety
///
/// As [`clear`].
pub(crate) unsafe fn change<O: Object>(
    object: *mut O,
    body: impl FnOnce(&mut Slot<O>) -> Result<usize, Code>,
) -> usize {
    // SAFETY: the caller's promise.
    let Some(state) = (unsafe { Header::state(object) }) else { return OLM_ERROR };
    // SAFETY: the header is one of this type, and gets another state below whatever happens.
    let mut slot = unsafe { Slot::<O>::of(state) };
    let outcome = catch_unwind(AssertUnwindSafe(move || {
        let outcome = body(&mut slot);
        (outcome, slot)
    }));
    let (outcome, state) = match outcome {
        Ok((outcome, slot)) => (outcome, slot.0.map_or(ptr::null_mut(), Box::into_raw)),
        Err(_) => (Err(O::WITHOUT_STATE), ptr::null_mut()),
    };
    // SAFETY: the caller's promise.
    unsafe {
        Header::put_state(object, state);
        end(object, outcome)
    }
}

/// What a call returns; the code of one that failed is kept.
unsafe fn end<O: Object>(object: *const O, outcome: Result<usize, Code>) -> usize {
    outcome.unwrap_or_else(|Code(code)| {
        // SAFETY: the caller promises that there is an object.
        unsafe { Header::last_error(object) }.store(code, Ordering::Relaxed);
        OLM_ERROR
    })
}

/// The five functions that every type has, by their names.
macro_rules! object {
    (
        $name:ident = $kind:literal: $state:ty, $without:ident;
        $size:ident, $initialise:ident, $last_error:ident, $last_error_code:ident, $clear:ident
    ) => {
        #[repr(C)]
        pub struct $name {
            opaque: [u8; 0],
        }

        impl $crate::memory::Object for $name {
            type State = $state;
            const KIND: u8 = $kind;
            const WITHOUT_STATE: $crate::code::Code = $crate::code::Code::$without;
        }

        #[unsafe(no_mangle)]
        pub extern "C" fn $size() -> usize {
            $crate::memory::size()
        }

        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $initialise(memory: *mut std::ffi::c_void) -> *mut $name {
            unsafe { $crate::memory::initialise(memory) }
        }

        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $last_error(object: *const $name) -> *const std::ffi::c_char {
            unsafe { $crate::memory::last_error(object) }.name().as_ptr()
        }

        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $last_error_code(object: *const $name) -> u32 {
            unsafe { $crate::memory::last_error(object) }.0.into()
        }

        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $clear(object: *mut $name) -> usize {
            unsafe { $crate::memory::clear(object) }
        }
    };
}
pub(crate) use object;

//! Objects in the caller's memory: a header there, and the state, once there is one, behind it on the heap.
//!
//! A header begins with a word that says of what it is the header, and where it was made. A pointer to something else finds another word there, and
//! so no call takes it for an object; nor a copy of an object, whose state the first one has. A header of zeros is what `olm_clear_*` leaves: an object without state, of whatever type comes next, so that memory that
//! was cleared can be used again at once, as with libolm. Headers are read and written as unaligned bytes.

use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

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

#[repr(C)]
#[derive(Clone, Copy)]
struct Header {
    mark: u64,
    last_error: u32,
    /// Always zero; fills the gap that would be here else.
    reserved: u32,
    /// From a `Box`, or NULL.
    state: *mut c_void,
}

impl Header {
    const ZEROS: Self = Self { mark: 0, last_error: 0, reserved: 0, state: ptr::null_mut() };

    fn empty<O: Object>(object: *const O) -> Self {
        Self { mark: mark(object), ..Self::ZEROS }
    }

    /// The header of an object, or nothing if there is none.
    unsafe fn read<O: Object>(object: *const O) -> Option<Self> {
        if object.is_null() {
            return None;
        }
        // SAFETY: the caller promises as many bytes as a header has; every bit pattern is one.
        let header = unsafe { object.cast::<Self>().read_unaligned() };
        match header.mark {
            0 if header.state.is_null() => Some(Self::empty(object)),
            found if found == mark(object) => Some(header),
            _ => None,
        }
    }

    unsafe fn write<O>(self, object: *mut O) {
        // SAFETY: the caller promises as many bytes as a header has.
        unsafe { object.cast::<Self>().write_unaligned(self) };
    }

    /// The state, to be dropped or to go back into a header.
    unsafe fn take<O: Object>(&mut self) -> Slot<O> {
        let state = std::mem::replace(&mut self.state, ptr::null_mut()).cast::<O::State>();
        // SAFETY: a header with the mark of this type has a state from `put`, and is the only one that leads there.
        Slot(if state.is_null() { None } else { Some(unsafe { Box::from_raw(state) }) })
    }

    fn put<O: Object>(&mut self, slot: Slot<O>) {
        self.state = slot.0.map_or(ptr::null_mut(), |state| Box::into_raw(state).cast());
    }
}

/// Seven bytes that no other memory is likely to hold, and the kind, mixed with the address.
fn mark<O: Object>(object: *const O) -> u64 {
    let address = u64::try_from(object.addr()).unwrap_or_default();
    u64::from_be_bytes([b'c', b'l', b'i', b'q', b'o', b'l', 0xf7, O::KIND]) ^ address.rotate_left(8)
}

/// The state of an object that a call may change, if there is one.
pub(crate) struct Slot<O: Object>(Option<Box<O::State>>);

impl<O: Object> Slot<O> {
    pub(crate) fn get(&self) -> Result<&O::State, Code> {
        self.0.as_deref().ok_or(O::WITHOUT_STATE)
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
        unsafe { Header::empty(object).write(object) };
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
    let Some(mut header) = (unsafe { Header::read(object) }) else { return OLM_ERROR };
    // SAFETY: the header is one of this type, and is overwritten.
    let slot = unsafe {
        Header::ZEROS.write(object);
        header.take::<O>()
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
    unsafe { Header::read(object) }.map_or(NO_OBJECT, |header| Code(header.last_error))
}

/// Asks an object something; nothing is written, so that many may ask at once. `otherwise` is the answer where there is no object.
///
/// # Safety
///
/// `object` is NULL, or leads to [`size()`] bytes that may be read, which nobody changes until the call ends.
pub(crate) unsafe fn look<O: Object, T>(
    object: *const O,
    otherwise: T,
    body: impl FnOnce(Option<&O::State>) -> T,
) -> T {
    // SAFETY: the caller's promise.
    let Some(header) = (unsafe { Header::read(object) }) else { return otherwise };
    // SAFETY: a header with the mark of this type leads to a state that nobody changes, or nowhere.
    let state = unsafe { header.state.cast::<O::State>().as_ref() };
    catch_unwind(AssertUnwindSafe(|| body(state))).unwrap_or(otherwise)
}

/// Another object that a call reads beside the one that it changes.
///
/// # Safety
///
/// As [`look`], until the result is no longer used.
pub(crate) unsafe fn beside<'a, O: Object>(object: *const O) -> Result<Option<&'a O::State>, Code> {
    // SAFETY: the caller's promise.
    let header = unsafe { Header::read(object) }.ok_or(NO_OBJECT)?;
    // SAFETY: a header with the mark of this type leads to a state that nobody changes, or nowhere.
    Ok(unsafe { header.state.cast::<O::State>().as_ref() })
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
    let Some(mut header) = (unsafe { Header::read(object) }) else { return OLM_ERROR };
    // SAFETY: the header is one of this type, and is overwritten below whatever happens.
    let mut slot = unsafe { header.take::<O>() };
    let outcome = catch_unwind(AssertUnwindSafe(move || {
        let outcome = body(&mut slot);
        (outcome, slot)
    }));
    let outcome = match outcome {
        Ok((outcome, slot)) => {
            header.put(slot);
            outcome
        }
        Err(_) => Err(O::WITHOUT_STATE),
    };
    let result = outcome.unwrap_or_else(|Code(code)| {
        header.last_error = code;
        OLM_ERROR
    });
    // SAFETY: the caller's promise.
    unsafe { header.write(object) };
    result
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
            unsafe { $crate::memory::last_error(object) }.0
        }

        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $clear(object: *mut $name) -> usize {
            unsafe { $crate::memory::clear(object) }
        }
    };
}
pub(crate) use object;

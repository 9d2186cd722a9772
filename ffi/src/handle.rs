//! Opaque objects behind pointers, and what can be noticed of a pointer that is none of them.
//!
//! An object begins with a word that says what it is and how it is: idle, or being changed, or left half changed by a panic.
//! A pointer to something else finds another word there, and so does, in a debug build, one to an object that was freed:
//! its memory is not given back there. In a release build the use of a freed object is undefined, as everywhere in C.

use std::cell::UnsafeCell;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU64, Ordering};
use std::{ptr, thread};

use cliquet_core::HandedBack;

use crate::failure::Failure;
use crate::status;

/// An opaque type of the header, and what is behind it.
pub(crate) trait Handle {
    /// What a pointer to it leads to.
    type Value: Send + Sync;

    /// A number that no other handle has.
    const KIND: u8;
}

/// Says what is behind an opaque type: `handle!(cliquet_account = 1: Account)`.
macro_rules! handle {
    ($name:ident = $kind:literal: $value:ty) => {
        impl $crate::handle::Handle for $name {
            type Value = $value;
            const KIND: u8 = $kind;
        }
    };
}
pub(crate) use handle;

#[repr(C)]
struct Object<T> {
    mark: AtomicU64,
    value: UnsafeCell<T>,
}

/// Nobody changes the object.
const IDLE: u8 = 0;
/// A call changes the object.
const BUSY: u8 = 1;
/// A panic ended a call that changed the object.
const POISONED: u8 = 2;
/// The object is no more.
const FREED: u8 = 3;

/// The word in front of an object: five bytes that no other memory is likely to hold, kind, state, and a byte unlike the others.
const fn mark<H: Handle>(state: u8) -> u64 {
    u64::from_be_bytes([b'c', b'l', b'i', b'q', b'u', H::KIND, state, 0xf7])
}

/// Where the caller wants a handle.
pub(crate) struct Slot<H>(*mut *mut H);

impl<H: Handle> Slot<H> {
    /// Checks the place; nothing is written before [`put`](Self::put).
    ///
    /// # Safety
    ///
    /// `place` is NULL, or a pointer may be written there until the call ends.
    pub(crate) unsafe fn at(place: *mut *mut H) -> Result<Self, Failure> {
        checked(place)?;
        Ok(Self(place))
    }

    /// Makes an object and gives it to the caller.
    pub(crate) fn put(self, value: H::Value) {
        let object = Object { mark: AtomicU64::new(mark::<H>(IDLE)), value: UnsafeCell::new(value) };
        let handle = Box::into_raw(Box::new(object)).cast();
        // SAFETY: `at` was promised that the place may be written, and found it neither NULL nor misaligned.
        unsafe { self.0.write(handle) };
    }
}

/// Looks at an object of the caller.
///
/// # Safety
///
/// `handle` is NULL, or points to eight bytes that may be read; if these say that they begin an object, it is one that nobody
/// changes or frees until the call ends.
pub(crate) unsafe fn look<'a, H: Handle>(handle: *const H) -> Result<&'a H::Value, Failure> {
    let object: *const Object<H::Value> = handle.cast();
    // SAFETY: the caller's promise.
    let state = unsafe { state::<H>(object)? };
    match state.load(Ordering::Acquire) {
        // SAFETY: the object is of this kind, and nobody changes it.
        now if now == mark::<H>(IDLE) => Ok(unsafe { &*(*object).value.get() }),
        now => Err(refusal::<H>(now)),
    }
}

/// Borrows an object of the caller, to change it.
///
/// # Safety
///
/// As [`look`], and nobody else looks at the object until the result is dropped.
pub(crate) unsafe fn change<'a, H: Handle>(handle: *mut H) -> Result<Changing<'a, H>, Failure> {
    let object: *mut Object<H::Value> = handle.cast();
    // SAFETY: the caller's promise.
    let state = unsafe { state::<H>(object)? };
    state
        .compare_exchange(mark::<H>(IDLE), mark::<H>(BUSY), Ordering::Acquire, Ordering::Relaxed)
        .map_err(refusal::<H>)?;
    // SAFETY: the object is of this kind and was idle; whoever comes now is told that it is busy.
    let value = unsafe { &mut *(*object).value.get() };
    Ok(Changing { state, value })
}

/// Ends an object of the caller, and wipes what is secret in it. NULL is nothing to end.
///
/// # Safety
///
/// As [`change`], and the handle is not used again.
pub(crate) unsafe fn free<H: Handle>(handle: *mut H) -> Result<(), Failure> {
    if handle.is_null() {
        return Ok(());
    }
    let object: *mut Object<H::Value> = handle.cast();
    // SAFETY: the caller's promise.
    let state = unsafe { state::<H>(object)? };
    let (idle, poisoned, freed) = (mark::<H>(IDLE), mark::<H>(POISONED), mark::<H>(FREED));
    state
        .compare_exchange(idle, freed, Ordering::Acquire, Ordering::Relaxed)
        .or_else(|_| state.compare_exchange(poisoned, freed, Ordering::Acquire, Ordering::Relaxed))
        .map_err(refusal::<H>)?;
    if cfg!(debug_assertions) {
        // SAFETY: the object is of this kind, and is dropped once, because it says that it is freed. Its memory stays, to say so.
        unsafe { ptr::drop_in_place((*object).value.get()) };
    } else {
        // SAFETY: the object is of this kind, and came from a `Box` in `Slot::put`.
        drop(unsafe { Box::from_raw(object) });
    }
    Ok(())
}

/// The word in front of an object.
unsafe fn state<'a, H: Handle>(object: *const Object<H::Value>) -> Result<&'a AtomicU64, Failure> {
    checked(object)?;
    // SAFETY: the pointer is aligned and not NULL, and the caller promises that eight bytes may be read.
    Ok(unsafe { &(*object).mark })
}

/// Refuses a pointer that is NULL or that no object of its type can be at.
pub(crate) fn checked<T>(pointer: *const T) -> Result<(), Failure> {
    match pointer {
        pointer if pointer.is_null() => Err(Failure::new(status::CLIQUET_NULL_POINTER)),
        pointer if !pointer.is_aligned() => Err(Failure::new(status::CLIQUET_MISALIGNED)),
        _ => Ok(()),
    }
}

/// Why an object with this word in front is none that can be used.
fn refusal<H: Handle>(found: u64) -> Failure {
    Failure::new(match found {
        found if found == mark::<H>(BUSY) => status::CLIQUET_BUSY,
        found if found == mark::<H>(POISONED) => status::CLIQUET_POISONED,
        found if found == mark::<H>(FREED) => status::CLIQUET_FREED,
        _ => status::CLIQUET_WRONG_HANDLE,
    })
}

/// An object that a call changes.
pub(crate) struct Changing<'a, H: Handle> {
    state: &'a AtomicU64,
    value: &'a mut H::Value,
}

impl<H: Handle> Deref for Changing<'_, H> {
    type Target = H::Value;

    fn deref(&self) -> &H::Value {
        self.value
    }
}

impl<H: Handle> DerefMut for Changing<'_, H> {
    fn deref_mut(&mut self) -> &mut H::Value {
        self.value
    }
}

impl<H: Handle> Drop for Changing<'_, H> {
    fn drop(&mut self) {
        let state = if thread::panicking() { POISONED } else { IDLE };
        self.state.store(mark::<H>(state), Ordering::Release);
    }
}

/// A value that one call uses up. The handle stays, to be freed by the caller like every other.
pub(crate) struct UsedOnce<T>(Option<T>);

impl<T> UsedOnce<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Some(value))
    }

    /// The value, to look at.
    pub(crate) fn get(&self) -> Result<&T, Failure> {
        self.0.as_ref().ok_or_else(|| Failure::new(status::CLIQUET_USED_UP))
    }

    /// The value, to change.
    pub(crate) fn get_mut(&mut self) -> Result<&mut T, Failure> {
        self.0.as_mut().ok_or_else(|| Failure::new(status::CLIQUET_USED_UP))
    }

    /// Uses the value up for something that cannot fail.
    pub(crate) fn take(&mut self) -> Result<T, Failure> {
        self.0.take().ok_or_else(|| Failure::new(status::CLIQUET_USED_UP))
    }

    /// Uses the value up, unless it is handed back.
    pub(crate) fn use_up<U, E>(
        &mut self,
        operation: impl FnOnce(T) -> Result<U, HandedBack<T, E>>,
    ) -> Result<U, Failure>
    where
        Failure: From<E>,
    {
        operation(self.take()?).map_err(|HandedBack { receiver, error, .. }| {
            self.0 = Some(receiver);
            error.into()
        })
    }
}

//! Opaque objects behind pointers, and what can be noticed of a pointer that is none of them.
//!
//! An object begins with a word that says what it is. A pointer to something else finds another word there, and so does, in a debug build, one to
//! an object that was freed: its memory is not given back there. In a release build the use of a freed object is undefined, as everywhere in C.
//!
//! Then it says how it is used: looked at by so many calls, changed by one, or left half changed by a panic. So no two calls meet that must not.

use std::cell::UnsafeCell;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::{ptr, thread};

use cliquet_core::HandedBack;

use crate::failure::Failure;
use crate::status;

/// An opaque type of the header, and what is behind it.
pub(crate) trait Handle {
    /// What a pointer to it leads to.
    type Value: Send + Sync;

    /// The name in C, which no other handle has.
    const NAME: &str;
}

/// Says what is behind an opaque type: `handle!(cliquet_account: Account)`.
macro_rules! handle {
    ($name:ident: $value:ty) => {
        impl $crate::handle::Handle for $name {
            type Value = $value;
            const NAME: &str = stringify!($name);
        }
    };
}
pub(crate) use handle;

#[repr(C)]
struct Object<T> {
    mark: AtomicU64,
    uses: AtomicU32,
    value: UnsafeCell<T>,
}

/// The word in front of an object while it lives: a hash of its name (FNV-1a), which no other memory is likely to hold.
const fn alive<H: Handle>() -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut rest = H::NAME.as_bytes();
    while let [first, others @ ..] = rest {
        hash = (hash ^ u64::from_le_bytes([*first, 0, 0, 0, 0, 0, 0, 0])).wrapping_mul(0x0000_0100_0000_01b3);
        rest = others;
    }
    hash
}

/// The same word afterwards.
const fn freed<H: Handle>() -> u64 {
    !alive::<H>()
}

/// A call changes or ends the object; any smaller number counts the calls that look at it.
const BUSY: u32 = u32::MAX - 1;
/// A panic ended a call that changed the object.
const POISONED: u32 = u32::MAX;

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
        let object = Object {
            mark: AtomicU64::new(alive::<H>()),
            uses: AtomicU32::new(0),
            value: UnsafeCell::new(value),
        };
        let handle = Box::into_raw(Box::new(object)).cast();
        // SAFETY: `at` was promised that the place may be written, and found it neither NULL nor misaligned.
        unsafe { self.0.write(handle) };
    }
}

/// Looks at an object of the caller.
///
/// # Safety
///
/// `handle` is NULL, or points to eight bytes that may be read; if these say that they begin an object, it is one that is not given back until the
/// call ends.
pub(crate) unsafe fn look<'a, H: Handle>(handle: *const H) -> Result<Looking<'a, H>, Failure> {
    // SAFETY: the caller's promise.
    let object = unsafe { object::<H>(handle)? };
    let one_more = |uses: u32| uses.checked_add(1).filter(|uses| *uses < BUSY);
    object.uses.fetch_update(Ordering::Acquire, Ordering::Relaxed, one_more).map_err(refusal)?;
    // SAFETY: nobody changes the object: whoever wants to is told that it is busy.
    Ok(Looking { uses: &object.uses, value: unsafe { &*object.value.get() } })
}

/// Borrows an object of the caller, to change it.
///
/// # Safety
///
/// As [`look`].
pub(crate) unsafe fn change<'a, H: Handle>(handle: *mut H) -> Result<Changing<'a, H>, Failure> {
    // SAFETY: the caller's promise.
    let object = unsafe { object::<H>(handle)? };
    object.uses.compare_exchange(0, BUSY, Ordering::Acquire, Ordering::Relaxed).map_err(refusal)?;
    // SAFETY: nobody else uses the object: whoever wants to is told that it is busy.
    Ok(Changing { uses: &object.uses, value: unsafe { &mut *object.value.get() } })
}

/// Ends an object of the caller, and wipes what is secret in it. NULL is nothing to end.
///
/// # Safety
///
/// As [`look`], and the handle is not used again.
pub(crate) unsafe fn free<H: Handle>(handle: *mut H) -> Result<(), Failure> {
    if handle.is_null() {
        return Ok(());
    }
    // SAFETY: the caller's promise.
    let object = unsafe { object::<H>(handle)? };
    let end = |uses: u32| (uses == 0 || uses == POISONED).then_some(BUSY);
    object.uses.fetch_update(Ordering::Acquire, Ordering::Relaxed, end).map_err(refusal)?;
    object.mark.store(freed::<H>(), Ordering::Relaxed);
    if cfg!(debug_assertions) {
        // SAFETY: nobody else uses the object, and its value is dropped once, because it says that it is freed. Its memory stays, to say so.
        unsafe { ptr::drop_in_place(object.value.get()) };
    } else {
        // SAFETY: nobody else uses the object, and it came from a `Box` in `Slot::put`.
        drop(unsafe { Box::from_raw(handle.cast::<Object<H::Value>>()) });
    }
    Ok(())
}

/// The object behind a pointer, if it is one of this kind.
///
/// # Safety
///
/// As [`look`].
unsafe fn object<'a, H: Handle>(handle: *const H) -> Result<&'a Object<H::Value>, Failure> {
    let object: *const Object<H::Value> = handle.cast();
    checked(object)?;
    // SAFETY: the pointer is aligned and not NULL, and the caller promises that eight bytes may be read.
    let found = unsafe { &(*object).mark }.load(Ordering::Relaxed);
    match found {
        // SAFETY: the word says that an object of this kind is there.
        found if found == alive::<H>() => Ok(unsafe { &*object }),
        found if found == freed::<H>() => Err(Failure::new(status::CLIQUET_FREED)),
        _ => Err(Failure::new(status::CLIQUET_WRONG_HANDLE)),
    }
}

/// Refuses a pointer that is NULL or that no object of its type can be at.
pub(crate) fn checked<T>(pointer: *const T) -> Result<(), Failure> {
    match pointer {
        pointer if pointer.is_null() => Err(Failure::new(status::CLIQUET_NULL_POINTER)),
        pointer if !pointer.is_aligned() => Err(Failure::new(status::CLIQUET_MISALIGNED)),
        _ => Ok(()),
    }
}

/// Why an object that is used like this cannot be used now.
fn refusal(uses: u32) -> Failure {
    Failure::new(if uses == POISONED { status::CLIQUET_POISONED } else { status::CLIQUET_BUSY })
}

/// An object that a call looks at.
pub(crate) struct Looking<'a, H: Handle> {
    uses: &'a AtomicU32,
    value: &'a H::Value,
}

impl<H: Handle> Deref for Looking<'_, H> {
    type Target = H::Value;

    fn deref(&self) -> &H::Value {
        self.value
    }
}

impl<H: Handle> Drop for Looking<'_, H> {
    fn drop(&mut self) {
        self.uses.fetch_sub(1, Ordering::Release);
    }
}

/// An object that a call changes.
pub(crate) struct Changing<'a, H: Handle> {
    uses: &'a AtomicU32,
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
        self.uses.store(if thread::panicking() { POISONED } else { 0 }, Ordering::Release);
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

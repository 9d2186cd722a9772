//! What the reader of an attachment asks its caller for: the ciphertext, and to be told how far it is.

use std::error::Error;
use std::ffi::c_void;
use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};

use crate::failure::Failure;
use crate::{input, status};

/// Where the ciphertext of an attachment comes from: a file, say, behind functions of the caller.
///
/// The functions are called by whatever thread makes or uses the reader, one at a time, until the reader is freed. They must not throw, jump out of
/// the call, or use the objects of the call that they serve.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_source {
    /// Reads the next bytes to `bytes`, at least one and at most `length`, writes how many to `count`, and returns 0. A count of 0 says that the
    /// ciphertext has ended. Anything else that is returned says that reading failed: the source must stand
    /// where it stood if the call is to be repeated.
    pub read: Option<
        unsafe extern "C" fn(context: *mut c_void, bytes: *mut u8, length: usize, count: *mut usize) -> i32,
    >,
    /// Goes to a position, counted in bytes from the first one of the ciphertext, and returns 0; anything else says that it failed.
    pub seek: Option<unsafe extern "C" fn(context: *mut c_void, position: u64) -> i32>,
    /// Handed to both as it is.
    pub context: *mut c_void,
}

/// Who is told how far a long call is.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_progress {
    /// Is told now and then how much is done. It must not throw, jump out of the call, or use the objects of the call that it serves.
    pub tell: Option<unsafe extern "C" fn(context: *mut c_void, done: u64)>,
    /// Handed to `tell` as it is.
    pub context: *mut c_void,
}

type ReadFunction = unsafe extern "C" fn(*mut c_void, *mut u8, usize, *mut usize) -> i32;
type SeekFunction = unsafe extern "C" fn(*mut c_void, u64) -> i32;
type TellFunction = unsafe extern "C" fn(*mut c_void, u64);

/// A source of the caller, and where it stands.
pub(crate) struct Source {
    read: ReadFunction,
    seek: SeekFunction,
    context: *mut c_void,
    position: u64,
}

// SAFETY: the caller promises that the functions may be called with the context in whatever thread uses the reader.
unsafe impl Send for Source {}
// SAFETY: nothing is called, and the context not looked at, through a shared reference.
unsafe impl Sync for Source {}

impl Source {
    /// The source, which goes to its first byte.
    ///
    /// # Safety
    ///
    /// `source` is NULL, or points to a source whose functions may be called with its context as long as the result lives, in any thread.
    pub(super) unsafe fn of(source: *const cliquet_source) -> Result<Self, Failure> {
        // SAFETY: the caller's promise.
        match unsafe { input::optional(source)? } {
            Some(&cliquet_source { read: Some(read), seek: Some(seek), context }) => {
                Ok(Self { read, seek, context, position: 0 })
            }
            _ => Err(Failure::new(status::CLIQUET_NULL_POINTER)),
        }
    }
}

impl Read for Source {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let (mut count, length) = (0, bytes.len());
        // SAFETY: `of` was promised that the function may be called with its context; the bytes and the count are ours to write.
        let returned = unsafe { (self.read)(self.context, bytes.as_mut_ptr(), length, &raw mut count) };
        if returned != 0 || count > length {
            return Err(io::Error::other(SourceFailed(returned)));
        }
        self.position = self.position.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        Ok(count)
    }
}

impl Seek for Source {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let SeekFrom::Start(position) = to else { return Err(io::ErrorKind::Unsupported.into()) };
        // SAFETY: `of` was promised that the function may be called with its context.
        match unsafe { (self.seek)(self.context, position) } {
            0 => self.position = position,
            returned => return Err(io::Error::other(SourceFailed(returned))),
        }
        Ok(position)
    }

    fn stream_position(&mut self) -> io::Result<u64> {
        Ok(self.position)
    }
}

/// What a function of the source has returned, or 0 if it told of more bytes than there was room for.
#[derive(Debug)]
struct SourceFailed(i32);

impl fmt::Display for SourceFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the source failed")
    }
}

impl Error for SourceFailed {}

/// What went wrong with the source; 0 stands for all that no function of it has said.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let said = error.get_ref().and_then(|error| error.downcast_ref());
        let returned = said.map_or(0, |&SourceFailed(returned)| returned);
        Self::with(status::CLIQUET_SOURCE, returned.cast_unsigned(), 0_u32)
    }
}

/// Who is told how far a call is, if anybody.
pub(super) struct Progress(Option<(TellFunction, *mut c_void)>);

impl Progress {
    /// # Safety
    ///
    /// `progress` is NULL, or points to a function that may be called with its context until the call ends.
    pub(super) unsafe fn of(progress: *const cliquet_progress) -> Result<Self, Failure> {
        // SAFETY: the caller's promise.
        match unsafe { input::optional(progress)? } {
            None => Ok(Self(None)),
            Some(&cliquet_progress { tell: Some(tell), context }) => Ok(Self(Some((tell, context)))),
            Some(cliquet_progress { tell: None, .. }) => Err(Failure::new(status::CLIQUET_NULL_POINTER)),
        }
    }

    pub(super) fn tell(&self, done: u64) {
        if let Some((tell, context)) = self.0 {
            // SAFETY: `of` was promised that the function may be called with its context.
            unsafe { tell(context, done) };
        }
    }
}

//! A library that is opened from its file, and the proof that its functions come from there.

#![allow(unsafe_code, reason = "the libraries are in C")]

use std::collections::BTreeMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::path::{Path, PathBuf};
use std::{env, fs, mem, ptr};

use libloading::os::unix::{Library as Opened, RTLD_LOCAL, RTLD_NOW};

use crate::header::{Function, Functions, Kind, Returns};

/// An argument as C gets it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Word {
    Pointer(*mut c_void),
    Size(usize),
    Number(u32),
}

/// What a call gave back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Nothing,
    Size(usize),
    Int(c_int),
    Number(u32),
    Text(String),
    /// Whether it is the object in the memory that was passed first.
    Object {
        in_place: bool,
    },
}

impl Value {
    /// The value of `olm_error()`.
    pub(crate) const ERROR: Self = Self::Size(usize::MAX);
}

/// One of the two libraries.
#[derive(Debug)]
pub(crate) struct Library {
    path: PathBuf,
    /// As numbers, because functions may be called from any thread.
    addresses: BTreeMap<String, usize>,
    /// Keeps the addresses valid; nothing if the library is part of this program.
    _opened: Option<Opened>,
}

/// glibc's `Dl_info`.
#[repr(C)]
struct Origin {
    file: *const c_char,
    base: *mut c_void,
    symbol: *const c_char,
    address: *mut c_void,
}

unsafe extern "C" {
    fn dladdr(address: *const c_void, origin: *mut Origin) -> c_int;
}

impl Library {
    /// Opens the file and looks up all functions, each of which must come from this very file.
    pub(crate) fn open(path: &Path, functions: &Functions) -> Result<Self, String> {
        let path = fs::canonicalize(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let name = path.to_str().ok_or("the path of a library is no text")?;
        // SAFETY: the library runs nothing when it is opened.
        let opened = unsafe { Opened::open(Some(name), RTLD_LOCAL | RTLD_NOW) };
        let opened = opened.map_err(|error| format!("cannot open {}: {error}", path.display()))?;
        let mut addresses = BTreeMap::new();
        for name in functions.keys() {
            // SAFETY: only the address is taken here.
            let symbol = unsafe { opened.get::<*const c_void>(name.as_str()) };
            let symbol = symbol.map_err(|error| format!("{} lacks {name}: {error}", path.display()))?;
            let address: *const c_void = symbol.as_raw_ptr();
            let origin = origin(address).ok_or_else(|| format!("{name} comes from no file"))?;
            if origin != path {
                return Err(format!("{name} comes from {}, not from {}", origin.display(), path.display()));
            }
            addresses.insert(name.clone(), address.expose_provenance());
        }
        Ok(Self { path, addresses, _opened: Some(opened) })
    }

    /// Takes the functions that are linked into this program, and that no other library may find by their names.
    pub(crate) fn linked(
        linked: &[(&str, *const c_void)],
        functions: &Functions,
        other: &Self,
    ) -> Result<Self, String> {
        let path = env::current_exe().and_then(fs::canonicalize).map_err(|error| error.to_string())?;
        let mut addresses = BTreeMap::new();
        for (name, address) in linked {
            if !functions.contains_key(*name) {
                return Err(format!("no header declares {name}"));
            }
            // SAFETY: only the address is taken here.
            if unsafe { Opened::this().get::<*const c_void>(*name) }.is_ok() {
                return Err(format!(
                    "{name} is exported, so that the other library might call it as its own"
                ));
            }
            if origin(*address) == Some(other.path.clone()) {
                return Err(format!("{name} comes from {}", other.path.display()));
            }
            addresses.insert((*name).to_owned(), address.expose_provenance());
        }
        match functions.keys().find(|name| !addresses.contains_key(*name)) {
            Some(name) => Err(format!("{name} is not linked")),
            None => Ok(Self { path, addresses, _opened: None }),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Calls the function of this name.
    pub(crate) fn call(&self, name: &str, function: &Function, words: &[Word]) -> Value {
        let address = ptr::with_exposed_provenance(self.addresses[name]);
        let kinds = function.parameters.iter().map(|parameter| parameter.kind);
        assert!(words.iter().map(Word::kind).eq(kinds), "{name} does not take {words:?}");
        // SAFETY: the header declares the function with these parameters and this result; what pointers point to is as
        // long as the lengths beside them say, which is what the generator of the calls sees to.
        unsafe {
            match function.returns {
                Returns::Nothing => {
                    invoke::<()>(address, words);
                    Value::Nothing
                }
                Returns::Size => Value::Size(invoke(address, words)),
                Returns::Int => Value::Int(invoke(address, words)),
                Returns::Number => Value::Number(invoke(address, words)),
                Returns::Text => {
                    let text: *const c_char = invoke(address, words);
                    Value::Text(if text.is_null() { "(null)".to_owned() } else { owned(text) })
                }
                Returns::Object => {
                    let object: *mut c_void = invoke(address, words);
                    Value::Object {
                        in_place: matches!(words.first(), Some(Word::Pointer(memory)) if ptr::eq(*memory, object)),
                    }
                }
            }
        }
    }
}

unsafe fn owned(text: *const c_char) -> String {
    // SAFETY: the caller says that it is a text.
    unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned()
}

/// The file from which an address comes.
fn origin(address: *const c_void) -> Option<PathBuf> {
    let mut origin =
        Origin { file: ptr::null(), base: ptr::null_mut(), symbol: ptr::null(), address: ptr::null_mut() };
    // SAFETY: the structure is glibc's, and lives until it was read.
    let file = unsafe {
        if dladdr(address, &raw mut origin) == 0 || origin.file.is_null() {
            return None;
        }
        owned(origin.file)
    };
    fs::canonicalize(file).ok()
}

impl Word {
    const fn kind(&self) -> Kind {
        match self {
            Self::Pointer(_) => Kind::Pointer,
            Self::Size(_) => Kind::Size,
            Self::Number(_) => Kind::Number,
        }
    }
}

/// The types that arguments have in C, with a letter each, so that a list of parameters is a word.
type P = *mut c_void;
type N = usize;
type U = u32;

trait Argument {
    fn of(word: Word) -> Self;
}

impl Argument for P {
    fn of(word: Word) -> Self {
        if let Word::Pointer(pointer) = word { pointer } else { ptr::null_mut() }
    }
}

impl Argument for N {
    fn of(word: Word) -> Self {
        if let Word::Size(size) = word { size } else { 0 }
    }
}

impl Argument for U {
    fn of(word: Word) -> Self {
        if let Word::Number(number) = word { number } else { 0 }
    }
}

/// Calls through a pointer to a function with the parameters of one of these lists.
macro_rules! call_as {
    ($address:ident, $words:ident, $R:ty: $([$($P:ident)*])*) => {{
        let kinds: Vec<Kind> = $words.iter().map(Word::kind).collect();
        let mut words = $words.iter().copied();
        $(if kinds == [$(kind_of!($P)),*] {
            let function: unsafe extern "C" fn($($P),*) -> $R = unsafe { mem::transmute($address) };
            return unsafe { function($(<$P as Argument>::of(words.next().unwrap())),*) };
        })*
        panic!("no function of libolm takes {kinds:?}")
    }};
}

macro_rules! kind_of {
    (P) => {
        Kind::Pointer
    };
    (N) => {
        Kind::Size
    };
    (U) => {
        Kind::Number
    };
}

unsafe fn invoke<R>(address: *const c_void, words: &[Word]) -> R {
    // SAFETY: the caller vouches for the parameters and the result.
    call_as! { address, words, R:
        [] [P] [U] [P P] [P P P] [P N] [P P N] [P P N U] [P P P N] [P N P N] [P P N P N] [P P P N P N] [P N P N P N]
        [P P N P N P] [P P N P N P N] [P P P N P N P N] [P P N P N P N P N] [P P N P N P N P N P N]
    }
}

//! Calls through an address, by the shape of the list of parameters: which of them are pointers, and which numbers of what width.

use std::ffi::c_void;
use std::{mem, ptr};

/// An argument as C gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    Pointer(*mut c_void),
    Size(usize),
    Long(u64),
    Number(u32),
    Flag(i32),
}

/// The types of C, with a letter each, so that a list of parameters is a word.
type P = *mut c_void;
type N = usize;
type L = u64;
type U = u32;
type I = i32;

trait Argument {
    fn of(word: Word) -> Self;
}

/// Takes an argument out of its word; the shape has been compared before.
macro_rules! argument {
    ($($letter:ident $word:ident $none:expr;)*) => {
        $(impl Argument for $letter {
            fn of(word: Word) -> Self {
                if let Word::$word(value) = word { value } else { $none }
            }
        })*
    };
}

argument! {
    P Pointer ptr::null_mut();
    N Size 0;
    L Long 0;
    U Number 0;
    I Flag 0;
}

macro_rules! is_of_letter {
    ($word:expr, P) => {
        matches!($word, Word::Pointer(_))
    };
    ($word:expr, N) => {
        matches!($word, Word::Size(_))
    };
    ($word:expr, L) => {
        matches!($word, Word::Long(_))
    };
    ($word:expr, U) => {
        matches!($word, Word::Number(_))
    };
    ($word:expr, I) => {
        matches!($word, Word::Flag(_))
    };
}

/// Calls through a pointer to a function with the parameters of one of these shapes.
macro_rules! call_as {
    ($address:ident, $words:ident: $([$($letter:ident)+])*) => {
        $({
            let mut words = $words.iter();
            if $(words.next().is_some_and(|word| is_of_letter!(word, $letter)) &&)+ words.next().is_none() {
                let function: unsafe extern "C" fn($($letter),+) -> i32 = unsafe { mem::transmute($address) };
                let mut words = $words.iter().copied();
                return unsafe { function($(<$letter as Argument>::of(words.next().expect("they are as many"))),+) };
            }
        })*
    };
}

/// Calls the function at this address, and gives back its status.
///
/// # Safety
///
/// The header declares the function with these parameters, and the arguments keep the contract that stands at its top.
pub unsafe fn call(address: *const c_void, words: &[Word]) -> i32 {
    // SAFETY: the caller's promise; the shape is that of the words.
    call_as! { address, words:
        [P] [P I] [P N] [P P] [P N P] [P P N] [P P P] [P U P] [U P P] [L P N P] [P N P N] [P N P P] [P N U P]
        [P P N P] [P P P P] [U P N P] [U P P P] [P N P N P] [P N P P P] [P N U P P] [P P N P P] [P P N U P]
        [P P P N P] [P P P P P] [P U P N P] [U P N P P] [U P P P P] [P N P N P P] [P N P P P P] [P N P U P P]
        [P N U P P P] [P P N N P P] [P P N P N P] [P P N U P P] [P P P N P P] [P P P P N P] [P P U P N P]
        [P U P N P P] [P N P N P P P] [P N P P N P P] [P N P U P P P] [P P N P N P P] [P P P N N P P]
        [P P P N P N P] [P P P U P P P] [P P U P P P P] [P N P N P N P P] [P N P N P P P P] [P P N P N P N P]
        [P P N P P N P P] [P P P N P P N P] [P P P N P P P P] [P P P P U P P P] [P P P U P P P P]
        [P P U P P N P P] [P U P N P N P N] [P P N P N P N P P] [P P P P N P P P P] [P U P N P N P N P]
        [P P N P N P P N P P] [P P N P N P P P N P] [P P P P N P P N P P] [P P P U P P P N P P P]
        [P N P P N P N P P P N P]
    }
    panic!("no function has the shape of {words:?}")
}

//! The functions of `ffi/include/cliquet.h`: the fuzzer chooses the calls and their arguments, right ones and wrong ones, but
//! none that the header calls undefined. What is claimed is what the top of the header promises, for every function alike.
//!
//! What there is to call, and what its parameters are for, is read from the header itself. A function that is declared and not
//! entered in `functions.rs` ends the target when it starts. With TRACE=1 in the environment, every call is printed.

#![no_main]

mod arguments;
mod call;
mod callbacks;
mod choices;
mod claims;
mod functions;
mod groups;
mod header;
mod interface;
mod memory;
mod objects;
mod pool;
mod scenes;
mod sealed;
mod shapes;
mod values;
mod world;

use std::sync::OnceLock;

use interface::Interface;
use libfuzzer_sys::fuzz_target;
use world::World;

static INTERFACE: OnceLock<Interface> = OnceLock::new();

fuzz_target!(
    init: {
        assert!(!functions::version().is_empty(), "the library tells its version");
        INTERFACE.get_or_init(Interface::new);
    },
    |input: &[u8]| World::new(INTERFACE.get_or_init(Interface::new), input).play()
);

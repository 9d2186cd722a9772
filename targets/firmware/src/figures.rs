//! The sizes of the program, as the linker laid it out.

use cortex_m_semihosting::hprintln;

unsafe extern "C" {
    // Where the sections begin and end; they are places, not values.
    static __vector_table: u32;
    static __etext: u32;
    static __srodata: u32;
    static __erodata: u32;
    static __sdata: u32;
    static __edata: u32;
    static __sbss: u32;
    static __ebss: u32;
}

/// The bytes from `start` to `end`.
fn between(start: *const u32, end: *const u32) -> usize {
    end as usize - start as usize
}

/// Prints what the program takes of flash and of static RAM.
pub fn print_figures() {
    let code = between(&raw const __vector_table, &raw const __etext);
    let constants = between(&raw const __srodata, &raw const __erodata);
    let data = between(&raw const __sdata, &raw const __edata);
    let zeroed = between(&raw const __sbss, &raw const __ebss);
    hprintln!("flash {} (.text {}, .rodata {}, .data {})", code + constants + data, code, constants, data);
    hprintln!("static RAM {} (.data {}, .bss {})", data + zeroed, data, zeroed);
}

//! What each operation takes of stack and heap.

use crate::{exit::fail, heap, stack};
use conversation::Meter;
use cortex_m_semihosting::hprintln;

/// More rows than the conversation has operations.
const ROWS: usize = 32;

/// One row: an operation, and the most that it took of stack and of heap, in bytes.
#[derive(Clone, Copy)]
struct Row {
    operation: &'static str,
    stack: usize,
    heap: usize,
}

/// The most that each operation took, in the order of the conversation.
pub struct Table {
    rows: [Row; ROWS],
    length: usize,
    heap: usize,
}

impl Table {
    /// An empty table.
    #[must_use]
    #[allow(clippy::new_without_default, reason = "a program has one")]
    pub const fn new() -> Self {
        Self { rows: [Row { operation: "", stack: 0, heap: 0 }; ROWS], length: 0, heap: 0 }
    }

    fn note(&mut self, new: Row) {
        let used = self.rows.get_mut(..self.length).unwrap_or_default();
        if let Some(row) = used.iter_mut().find(|row| row.operation == new.operation) {
            row.stack = row.stack.max(new.stack);
            row.heap = row.heap.max(new.heap);
        } else if let Some(row) = self.rows.get_mut(self.length) {
            *row = new;
            self.length += 1;
        } else {
            fail("the table is full");
        }
    }

    /// Prints all rows and the peaks of both.
    pub fn print(&self) {
        hprintln!("{:<36}{:>8}{:>8}", "operation", "stack", "heap");
        let mut stack = 0;
        for row in self.rows.iter().take(self.length) {
            hprintln!("{:<36}{:>8}{:>8}", row.operation, row.stack, row.heap);
            stack = stack.max(row.stack);
        }
        hprintln!("peak stack of an operation {}", stack);
        hprintln!("peak heap of the conversation {}", self.heap);
    }
}

impl Meter for Table {
    #[inline(never)]
    fn measure<T>(&mut self, operation: &'static str, work: impl FnOnce() -> T) -> T {
        let before = heap::used();
        heap::forget_peak();
        let painted = stack::paint();
        let result = work();
        let (stack, peak) = (painted.used(), heap::peak());
        if painted.is_full() {
            fail("the stack is full");
        }
        self.heap = self.heap.max(peak);
        self.note(Row { operation, stack, heap: peak.saturating_sub(before) });
        result
    }
}

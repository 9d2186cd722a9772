use std::{
    cell::Cell,
    panic::{self, AssertUnwindSafe},
    sync::Once,
};

use super::Answer;

thread_local! {
    /// Whether a peer is being asked.
    static ASKING: Cell<bool> = const { Cell::new(false) };
}

/// The answer of a peer, which may be a panic. The fuzzer's own hook ends the process on any panic, so a hook in front of it lets those
/// of a peer through: they unwind, and a row of the table must allow them.
pub fn ask_peer(ask: impl FnOnce() -> Answer) -> Answer {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !ASKING.get() {
                previous(info);
            }
        }));
    });
    ASKING.set(true);
    let answer = panic::catch_unwind(AssertUnwindSafe(ask));
    ASKING.set(false);
    answer.unwrap_or(Answer::Panics)
}

//! The conversation on a target that has an operating system.

use conversation::{NoMeter, run};

#[test]
fn the_conversation_is_the_same_as_on_every_other_target() {
    let compared = run(&mut NoMeter).unwrap();
    assert!(compared > 30, "only {compared} digests were compared");
}

//! What must be found: whatever is left on purpose, in each place and each form.

use std::{
    hint::black_box,
    panic::{catch_unwind, resume_unwind},
};

use crate::{
    documents,
    draws::Draws,
    expected::{Expected, ON_THE_STACK},
    known::Known,
    pickles,
    under_test::{FOR_CURVES, with_wiped_stack},
    verification,
    watch::Watch,
};

/// A secret on the heap, so that no test leaves it on its own stack.
fn secret() -> Vec<u8> {
    Draws::new("control").block(0).to_vec()
}

/// A watch for the secret alone.
fn watch() -> Watch {
    let mut known = Known::default();
    known.hmac_key("control", secret().first_chunk().unwrap());
    Watch::new(known)
}

/// How many findings an operation on the secret gives.
fn findings(operation: impl FnOnce(&[u8])) -> usize {
    findings_with(&secret(), operation)
}

fn findings_with(secret: &[u8], operation: impl FnOnce(&[u8])) -> usize {
    let mut watch = watch();
    watch.run("operation", || operation(secret));
    watch.report().len()
}

/// Half a secret, in the middle of an array that nobody wipes.
#[inline(never)]
fn copy(secret: &[u8]) {
    let mut array = [0_u8; 99];
    array[7..23].copy_from_slice(&secret[8..24]);
    black_box(&mut array);
}

#[test]
fn what_is_left_on_the_stack_is_found() {
    assert_eq!(findings(copy), 1);
    let pad: Vec<_> = secret().iter().map(|byte| byte ^ 0x5c).collect();
    assert_eq!(findings_with(&pad, copy), 1);
    assert_eq!(findings(|secret| assert_ne!(black_box(secret), [0; 32])), 0);
}

#[test]
fn what_is_freed_is_found() {
    assert_eq!(findings(|secret| drop(black_box(secret.to_vec()))), 1);
    // Moved to a larger block: what stays behind is freed, and what moved is wiped.
    assert_eq!(
        findings(|secret| {
            let mut moved = black_box(secret.to_vec());
            moved.reserve_exact(1_000);
            zeroize::Zeroize::zeroize(black_box(&mut moved));
        }),
        1
    );
    assert_eq!(
        findings(|secret| {
            let mut wiped = black_box(secret.to_vec());
            zeroize::Zeroize::zeroize(black_box(&mut wiped));
        }),
        0
    );
}

#[test]
fn what_is_never_freed_is_found() {
    assert_eq!(findings(|secret| assert_ne!(*black_box(Box::<[u8]>::leak(secret.into())), [0; 32])), 1);
}

#[test]
#[should_panic(expected = "a secret that is used up is still there")]
fn what_is_kept_too_long_is_found() {
    let (mut watch, secret) = (watch(), secret());
    let _kept = watch.run("operation", || secret.clone());
    watch.gone(&secret);
}

/// How many findings work gives that panics.
fn findings_of_a_panic(work: fn(&[u8])) -> usize {
    findings(|secret| assert!(catch_unwind(|| work(secret)).is_err()))
}

/// A copy deeper than an unwinder reaches, and a panic that prints nothing.
#[inline(never)]
fn copy_and_panic(secret: &[u8]) {
    let mut frame = [0_u8; 12 << 10];
    frame[7..23].copy_from_slice(&secret[8..24]);
    black_box(&mut frame);
    resume_unwind(Box::new(()));
}

#[test]
fn a_panic_leaves_nothing_on_a_stack_that_is_to_be_wiped() {
    assert_eq!(findings_of_a_panic(copy_and_panic), 1);
    assert_eq!(findings_of_a_panic(|secret| with_wiped_stack::<FOR_CURVES, _>(|| copy_and_panic(secret))), 0);
}

/// The list of what is expected holds nothing that does not happen: the ciphers of a file and of a channel are enough to see all of it.
#[test]
fn what_is_expected_happens() {
    let seen = [
        documents::secret_storage_leaves(),
        verification::ecies_leaves(),
        pickles::dehydrated_devices_leave(),
    ];
    let seen = seen.concat();
    for expected in ON_THE_STACK {
        let is_left = seen.iter().any(|(operation, secret)| expected.allows(operation, secret));
        assert!(is_left, "{} is no longer left: {}", expected.secret, expected.reason);
    }
}

#[test]
fn what_is_expected_of_one_operation_is_allowed_after_no_other() {
    const EXPECTED: Expected = Expected { secret: "control", operations: &["op"], reason: "" };
    assert!(EXPECTED.allows("operation", "control"));
    assert!(!EXPECTED.allows("no operation", "control") && !EXPECTED.allows("operation", "other"));
}

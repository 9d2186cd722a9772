//! The example `conversation` is killed at random moments and started again on the same folder, until it ends: every device
//! has read and opened exactly what was sent.

#![cfg(all(feature = "attachment", feature = "getrandom", feature = "signed-json", feature = "std", unix))]
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may panic")]

mod built_example;
#[path = "conversation/folder.rs"]
mod folder;

use std::{
    fs::{self, File},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use built_example::built_example;
use folder::{Conversation, LATE_JOINER, MEMBERS, files, is_empty};
use rand::{RngExt, SeedableRng, rngs::StdRng};

fn random_file(length: usize, rng: &mut StdRng) -> Vec<u8> {
    let mut file = vec![0; length];
    rng.fill(&mut file[..]);
    file
}

#[test]
fn a_run_that_nobody_disturbs_reads_everything() {
    for length in [0, 1, 100_000] {
        let conversation = Conversation::new(random_file(length, &mut StdRng::seed_from_u64(1)));
        let output = conversation.run();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        conversation.check_end();
    }
}

#[test]
fn a_run_that_is_killed_again_and_again_reads_everything_once() {
    /// Fewer would hit too few of the moments that matter.
    const LEAST_KILLS: u32 = 100;
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos();
    println!("seed {seed}");
    let mut rng = StdRng::seed_from_u64(seed.into());

    // Short enough for some ten kills in each conversation, on this machine and as busy as it is.
    let longest = duration_of_a_run(&mut rng) / 5;

    let (mut conversations, mut kills) = (0, 0);
    while kills < LEAST_KILLS {
        let conversation = Conversation::new(random_file(10_000, &mut rng));
        kills += run_with_kills(&conversation, longest, &mut rng);
        conversation.check_end();
        conversations += 1;
        assert!(conversations < 50, "{kills} kills alone");
    }
    println!("{kills} kills in {conversations} conversations");
}

fn duration_of_a_run(rng: &mut StdRng) -> Duration {
    let conversation = Conversation::new(random_file(10_000, rng));
    built_example("conversation");
    let start = Instant::now();
    assert!(conversation.run().status.success());
    start.elapsed()
}

/// Starts the conversation again after each kill, until it ends by itself. Returns how often it was killed.
fn run_with_kills(conversation: &Conversation, longest: Duration, rng: &mut StdRng) -> u32 {
    let mut kills = 0;
    loop {
        let mut child = conversation.start();
        // Longer and longer, so that it ends even if the machine has become slow.
        let delay = longest.mul_f64(rng.random_range(0.0..1.0)) + longest * kills / 50;
        thread::sleep(delay);
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success(), "the conversation does not go on after {kills} kills");
            return kills;
        }
        child.kill().unwrap();
        // It may have ended by itself in this very moment, but not in an error.
        let status = child.wait().unwrap();
        assert!(status.success() || status.code().is_none(), "error after {kills} kills: {status}");
        conversation.check_any_moment();
        kills += 1;
    }
}

#[test]
fn a_run_that_is_killed_in_the_middle_of_an_attachment_goes_on() {
    let uploaded = killed_while_writing_to(Conversation::media);
    let opened_first = killed_while_writing_to(|conversation| conversation.attachments(MEMBERS[0]));
    let opened_last = killed_while_writing_to(|conversation| conversation.attachments(LATE_JOINER));
    for conversation in [uploaded, opened_first, opened_last] {
        conversation.check_any_moment();
        assert!(conversation.run().status.success());
        conversation.check_end();
    }
}

/// A conversation that was killed when there was a part of a file in a folder.
fn killed_while_writing_to(folder: impl Fn(&Conversation) -> PathBuf) -> Conversation {
    for seed in 0..20 {
        // Long enough to take some time, and more than one piece.
        let conversation = Conversation::new(random_file(100_000, &mut StdRng::seed_from_u64(seed)));
        let folder = folder(&conversation);
        let mut child = conversation.start();
        wait_until_it_writes_to(&folder, &mut child);
        child.kill().unwrap();
        child.wait().unwrap();
        if !is_empty(&folder) && files(&folder).is_empty() {
            return conversation;
        }
    }
    panic!("the moment was missed each time");
}

fn wait_until_it_writes_to(folder: &Path, child: &mut Child) {
    while is_empty(folder) && child.try_wait().unwrap().is_none() {
        thread::sleep(Duration::from_micros(100));
    }
}

/// The state after a whole run, with which a test then does something.
fn finished() -> Conversation {
    let conversation = Conversation::new(b"a short text".to_vec());
    assert!(conversation.run().status.success());
    conversation
}

fn assert_refused(conversation: &Conversation, reason: &str) {
    let output = conversation.run();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "the run did not notice");
    assert!(error.contains(reason), "{error}");
}

#[test]
fn two_runs_at_once_are_refused() {
    let conversation = finished();
    let lock = File::open(conversation.state().join("lock")).unwrap();
    lock.lock().unwrap();
    assert_refused(&conversation, "cannot lock");
    lock.unlock().unwrap();
    assert!(conversation.run().status.success());
}

#[test]
fn pickles_in_each_others_place_are_refused() {
    let conversation = finished();
    let account = |name| conversation.device(name).join("pickles/account");
    fs::copy(account(MEMBERS[0]), account(MEMBERS[1])).unwrap();
    assert_refused(&conversation, "the key or the context is wrong");
}

#[test]
fn another_file_is_refused() {
    let conversation = finished();
    fs::write(conversation.folder.path().join("sent"), "another text").unwrap();
    assert_refused(&conversation, "sends another file");
}

#[test]
fn an_attachment_that_is_there_is_not_opened_again() {
    let conversation = finished();
    fs::remove_dir_all(conversation.media()).unwrap();
    assert!(conversation.run().status.success());
    conversation.check_end();
}

#[test]
fn another_attachment_than_was_sent_is_refused_and_nothing_of_it_stays() {
    let conversation = finished();
    let (media, attachments) = (conversation.media(), conversation.attachments(MEMBERS[3]));
    let (name, uploaded) = files(&media).pop_first().unwrap();
    assert_ne!(uploaded, conversation.file, "the server can read the attachment");

    let (mut first_byte, mut last_byte) = (uploaded.clone(), uploaded.clone());
    first_byte[0] ^= 1;
    *last_byte.last_mut().unwrap() ^= 0x80;
    let cut_short = uploaded[..uploaded.len() - 1].to_vec();
    let prolonged = [&uploaded[..], b"!"].concat();
    for changed in [first_byte, last_byte, cut_short, prolonged, Vec::new()] {
        fs::remove_dir_all(&attachments).unwrap();
        fs::write(media.join(&name), changed).unwrap();
        assert_refused(&conversation, "of bruno/phone: the attachment has another hash than its event says");
        assert!(is_empty(&attachments), "something of it stays");
    }
    fs::remove_file(media.join(&name)).unwrap();
    assert_refused(&conversation, &format!("of bruno/phone: cannot download mxc://example.org/{name}"));
    assert!(is_empty(&attachments));

    fs::write(media.join(&name), uploaded).unwrap();
    assert!(conversation.run().status.success());
    conversation.check_end();
}

#[test]
fn an_attachment_that_is_exchanged_while_it_is_read_is_refused_and_nothing_of_it_stays() {
    let conversation = Conversation::new(random_file(300_000, &mut StdRng::seed_from_u64(2)));
    assert!(conversation.run().status.success());
    let attachments = conversation.attachments(MEMBERS[3]);
    let (name, uploaded) = files(&conversation.media()).pop_first().unwrap();
    let media = conversation.media().join(name);

    for _ in 0..20 {
        fs::write(&media, &uploaded).unwrap();
        fs::remove_dir_all(&attachments).unwrap();
        let mut child = conversation.command().stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        // It begins to write when it has checked the hash.
        wait_until_it_writes_to(&attachments, &mut child);
        let last = uploaded.len() - 1;
        File::options()
            .write(true)
            .open(&media)
            .unwrap()
            .write_at(&[!uploaded[last]], last.try_into().unwrap())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        if !output.status.success() {
            let error = String::from_utf8_lossy(&output.stderr);
            assert!(error.contains("of bruno/phone: the attachment has another hash"), "{error}");
            assert!(is_empty(&attachments), "something of it stays");
            return;
        }
    }
    panic!("the moment was missed each time");
}

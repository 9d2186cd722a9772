//! How memory grows, of states that live and of their pickles.

use super::CountingHeap;
use crate::{
    Result,
    chart::{Panel, Series},
    libraries::{Accounts, Cliquet, Libolm, OlmSessions, Rooms, Saved, Vodozemac},
    rows::{pickles, same},
};

/// libolm stores no more one-time keys.
const LIBOLM_KEYS: usize = 100;
/// The most messages that all three skip.
const GAP: usize = 2_000;
/// Messages in a room.
const MESSAGES: usize = 1_000;

/// How many bytes a state takes while it lives: its own size, and what is on the heap.
fn live<T>(heap: &CountingHeap, make: impl FnOnce() -> Result<T>) -> Result<usize> {
    let before = heap.live();
    let state = make()?;
    let taken = heap.live().saturating_sub(before);
    drop(state);
    Ok(taken.saturating_add(size_of::<T>()))
}

/// Accounts with more and more one-time keys.
pub(super) fn accounts(heap: &CountingHeap) -> Result<Panel> {
    let counts = [1, 3, 10, 30, 100, 300, 1_000, 5_000];
    let few: Vec<_> = counts.into_iter().filter(|count| *count <= LIBOLM_KEYS).collect();
    let mut series = Vec::new();
    series.extend(lines("cliquet", &counts, |count| account::<Cliquet>(heap, count))?);
    series.extend(lines("vodozemac", &counts, |count| account::<Vodozemac>(heap, count))?);
    series.extend(lines("libolm", &few, |count| account::<Libolm>(heap, count))?);
    Ok(Panel {
        title: "An account in memory, and its pickle (dashed)",
        x: "one-time keys (libolm ends at 100)",
        y: "bytes",
        ticks: &[(1.0, "1"), (10.0, "10"), (100.0, "100"), (1e3, "1 000"), (5e3, "5 000")],
        series,
    })
}

fn account<L: Accounts>(heap: &CountingHeap, count: usize) -> Result<(usize, usize)>
where
    L::Account: Saved,
{
    let mut account = L::account()?;
    // In steps: libolm is asked to list no more than it can hold.
    for _ in 0..count {
        L::one_time_keys(&mut account, 1)?;
    }
    let text = account.save()?;
    Ok((live(heap, || L::Account::open(&text))?, text.len()))
}

/// Olm sessions in which more and more messages are missing.
pub(super) fn olm_sessions(heap: &CountingHeap) -> Result<Panel> {
    let gaps = [1, 2, 5, 10, 20, 40, 100, 300, 1_000, GAP];
    let mut series = Vec::new();
    series.extend(lines("cliquet", &gaps, |gap| olm_session::<Cliquet>(heap, gap))?);
    series.extend(lines("vodozemac", &gaps, |gap| olm_session::<Vodozemac>(heap, gap))?);
    series.extend(lines("libolm", &gaps, |gap| olm_session::<Libolm>(heap, gap))?);
    Ok(Panel {
        title: "An Olm session in memory, and its pickle (dashed)",
        x: "missing messages before the last",
        y: "bytes",
        ticks: &[(1.0, "1"), (10.0, "10"), (100.0, "100"), (1e3, "1 000"), (2e3, "")],
        series,
    })
}

fn olm_session<L: OlmSessions>(heap: &CountingHeap, gap: usize) -> Result<(usize, usize)>
where
    L::Session: Saved,
{
    let (mut first, second) = L::pair()?;
    let receiver = second.save()?;
    for _ in 0..gap {
        L::encrypt(&mut first, b"missing")?;
    }
    let message = L::encrypt(&mut first, b"the one that comes")?;
    let receive = || {
        let mut session = L::Session::open(&receiver)?;
        same(&L::decrypt(&mut session, &message)?, b"the one that comes")?;
        Ok(session)
    };
    Ok((live(heap, receive)?, receive()?.save()?.len()))
}

/// Olm sessions of longer and longer conversations, in which each message is answered.
pub(super) fn conversations(heap: &CountingHeap) -> Result<Panel> {
    let turns = [1, 2, 3, 4, 5, 6, 8, 10, 30, 100, 300, 1_000];
    let mut series = Vec::new();
    series.extend(lines("cliquet", &turns, |turns| conversation::<Cliquet>(heap, turns))?);
    series.extend(lines("vodozemac", &turns, |turns| conversation::<Vodozemac>(heap, turns))?);
    series.extend(lines("libolm", &turns, |turns| conversation::<Libolm>(heap, turns))?);
    Ok(Panel {
        title: "An Olm session as it ages, and its pickle (dashed)",
        x: "answers, each with a chain of its own",
        y: "bytes",
        ticks: &[(1.0, "1"), (10.0, "10"), (100.0, "100"), (1e3, "1 000")],
        series,
    })
}

fn conversation<L: OlmSessions>(heap: &CountingHeap, turns: usize) -> Result<(usize, usize)>
where
    L::Session: Saved,
{
    let (mut first, mut second) = L::pair()?;
    take_turns::<L>(&mut first, &mut second, turns)?;
    let text = second.save()?;
    Ok((live(heap, || L::Session::open(&text))?, text.len()))
}

/// Lets the second answer the first, and the first the second, so many times.
fn take_turns<L: OlmSessions>(first: &mut L::Session, second: &mut L::Session, turns: usize) -> Result<()> {
    for _ in 0..turns {
        let answer = L::encrypt(second, b"turn")?;
        L::decrypt(first, &answer)?;
        let message = L::encrypt(first, b"turn")?;
        L::decrypt(second, &message)?;
    }
    Ok(())
}

/// Inbound group sessions that have read more and more messages, the newest first, which is what makes most of checkpoints.
pub(super) fn readers(heap: &CountingHeap) -> Result<Panel> {
    let counts = [1, 4, 16, 64, 256, 1_024, 4_096];
    let mut series = Vec::new();
    series.extend(lines("cliquet", &counts, |count| reader::<Cliquet>(heap, count))?);
    series.extend(lines("vodozemac", &counts, |count| reader::<Vodozemac>(heap, count))?);
    series.extend(lines("libolm", &counts, |count| reader::<Libolm>(heap, count))?);
    Ok(Panel {
        title: "An inbound group session, and its pickle (dashed)",
        x: "messages read, the newest first",
        y: "bytes",
        ticks: &[(1.0, "1"), (16.0, "16"), (256.0, "256"), (4_096.0, "4 096")],
        series,
    })
}

fn reader<L: Rooms>(heap: &CountingHeap, count: usize) -> Result<(usize, usize)>
where
    L::Reader: Saved,
{
    let mut sender = L::sender()?;
    let session_key = L::session_key(&sender)?;
    let messages = (0..count).map(|_| L::send(&mut sender, b"a message")).collect::<Result<Vec<_>>>()?;
    let read = || {
        let mut reader = L::reader(&session_key)?;
        for message in messages.iter().rev() {
            same(&L::read(&mut reader, message)?.0, b"a message")?;
        }
        Ok(reader)
    };
    Ok((live(heap, read)?, read()?.save()?.len()))
}

/// What a library's state takes alive, and as a pickle dashed, at each point.
fn lines(
    class: &'static str,
    points: &[usize],
    figures: impl Fn(usize) -> Result<(usize, usize)>,
) -> Result<[Series; 2]> {
    let mut series = [false, true].map(|dashed| Series { class, dashed, points: Vec::new() });
    for point in points {
        eprint!(".");
        let (alive, pickled) = figures(*point)?;
        for (line, bytes) in series.iter_mut().zip([alive, pickled]) {
            line.points.push((as_f64(*point), as_f64(bytes)));
        }
    }
    eprintln!();
    Ok(series)
}

/// What usual states take.
pub(super) fn states(heap: &CountingHeap) -> Result<Vec<pickles::Size>> {
    macro_rules! bytes {
        ($state:literal, $L:ident => $bytes:expr) => {
            pickles::Size {
                state: $state,
                cliquet: {
                    type $L = Cliquet;
                    $bytes
                },
                vodozemac: {
                    type $L = Vodozemac;
                    $bytes
                },
                libolm: {
                    type $L = Libolm;
                    $bytes
                },
            }
        };
    }
    Ok(vec![
        bytes!("account, 100 one-time keys", L => opened(heap, &pickles::account::<L>()?.state)?),
        bytes!("Olm session, 5 receiver chains", L => opened(heap, &pickles::olm_session::<L>()?.state)?),
        bytes!("the same, and 40 skipped message keys", L => olm_session_with_skipped_keys::<L>(heap)?),
        bytes!("outbound group session", L => opened(heap, &pickles::sender::<L>()?.state)?),
        bytes!("inbound group session", L => opened(heap, &pickles::reader::<L>()?.state)?),
        bytes!("the same, after 1 000 messages", L => reader_after::<L>(heap)?),
        bytes!("the same, after 1 000 messages backwards", L => reader::<L>(heap, MESSAGES)?.0),
    ])
}

/// What a state takes once it was opened.
fn opened<T: Saved>(heap: &CountingHeap, state: &T) -> Result<usize> {
    let text = state.save()?;
    live(heap, || T::open(&text))
}

fn olm_session_with_skipped_keys<L: OlmSessions>(heap: &CountingHeap) -> Result<usize>
where
    L::Session: Saved,
{
    let (mut first, mut second) = L::pair()?;
    take_turns::<L>(&mut first, &mut second, 6)?;
    for _ in 0..40 {
        L::encrypt(&mut first, b"missing")?;
    }
    let message = L::encrypt(&mut first, b"the one that comes")?;
    let text = second.save()?;
    live(heap, || {
        let mut session = L::Session::open(&text)?;
        same(&L::decrypt(&mut session, &message)?, b"the one that comes")?;
        Ok(session)
    })
}

fn reader_after<L: Rooms>(heap: &CountingHeap) -> Result<usize> {
    let mut sender = L::sender()?;
    let session_key = L::session_key(&sender)?;
    let messages = (0..MESSAGES).map(|_| L::send(&mut sender, b"a message")).collect::<Result<Vec<_>>>()?;
    live(heap, || {
        let mut reader = L::reader(&session_key)?;
        messages.iter().try_for_each(|message| L::read(&mut reader, message).map(drop))?;
        Ok(reader)
    })
}

fn as_f64(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::NAN, f64::from)
}

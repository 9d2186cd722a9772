//! How times grow.

use std::time::Duration;

use cliquet::olm::{Limits, Session};

use crate::{
    Result,
    chart::{Panel, Series},
    libraries::{Cliquet, Libolm, OlmSessions, Saved, Vodozemac},
    measure::{self, Contestant, contestant},
    rows::{megolm, same},
};

/// Who is measured at one point, each if it goes that far.
type Contestants = [Option<Box<dyn Contestant>>; 3];

const CLASSES: [&str; 3] = ["cliquet", "vodozemac", "libolm"];

/// The most messages that may be missing in front of one, with the default limits of all three.
const USUAL_GAP: u32 = 2_000;

/// Reading one message so many indexes from the beginning, where the ratchet turns most often for its size.
pub(super) fn distances(budget: Duration) -> Result<Panel> {
    let distances = (1..=31).map(|bits| u32::MAX >> 32_u32.saturating_sub(bits));
    let series = measure(budget, distances, |distance| {
        Ok([
            Some(megolm::decrypt_at::<Cliquet>(distance)?),
            Some(megolm::decrypt_at::<Vodozemac>(distance)?),
            Some(megolm::decrypt_at::<Libolm>(distance)?),
        ])
    })?;
    Ok(Panel {
        title: "Megolm: one message far from the first index",
        x: "distance of its index (2ⁿ − 1, the dearest)",
        y: "µs",
        ticks: &[
            (1.0, "1"),
            (255.0, "2⁸"),
            (65_535.0, "2¹⁶"),
            (16_777_215.0, "2²⁴"),
            (2_147_483_647.0, "2³¹"),
        ],
        series,
    })
}

/// Reading one Olm message behind so many that are missing.
pub(super) fn gaps(budget: Duration) -> Result<Panel> {
    let gaps = [1, 2, 5, 10, 20, 40, 100, 200, 500, 1_000, 2_000, 10_000, 30_000, 100_000];
    let series = measure(budget, gaps, |gap| {
        let usual = gap <= USUAL_GAP;
        Ok([
            Some(after_gap::<Cliquet>(gap, widen)?),
            usual.then(|| after_gap::<Vodozemac>(gap, |_| Ok(()))).transpose()?,
            usual.then(|| after_gap::<Libolm>(gap, |_| Ok(()))).transpose()?,
        ])
    })?;
    Ok(Panel {
        title: "Olm: one message behind missing ones",
        x: "missing messages (the peers end at 2 000)",
        y: "µs",
        ticks: &[(1.0, "1"), (10.0, "10"), (100.0, "100"), (1e3, "1 000"), (1e4, "10 000"), (1e5, "100 000")],
        series,
    })
}

/// Reading a room from its newest message to its first.
pub(super) fn backwards(budget: Duration) -> Result<Panel> {
    let series = measure(budget, [1, 4, 16, 64, 256, 1_024], |count| {
        Ok([
            Some(megolm::backwards::<Cliquet>(count)?),
            Some(megolm::backwards::<Vodozemac>(count)?),
            Some(megolm::backwards::<Libolm>(count)?),
        ])
    })?;
    Ok(Panel {
        title: "Megolm: a room read backwards",
        x: "messages in the room",
        y: "µs for each message",
        ticks: &[(1.0, "1"), (4.0, "4"), (16.0, "16"), (64.0, "64"), (256.0, "256"), (1_024.0, "1 024")],
        series,
    })
}

/// Reading many messages in one call; the peers have none for it.
pub(super) fn bulk(budget: Duration) -> Result<Panel> {
    let series = measure(budget, [1, 2, 4, 8, 16, 32, 64, 256, 1_024, 4_096], |count| {
        Ok([
            Some(megolm::bulk::<Cliquet>(count)?),
            Some(megolm::decrypt::<Vodozemac>(32)?),
            Some(megolm::decrypt::<Libolm>(32)?),
        ])
    })?;
    Ok(Panel {
        title: "Megolm: messages in one call (the peers one by one)",
        x: "messages in the call",
        y: "µs for each message",
        ticks: &[
            (1.0, "1"),
            (4.0, "4"),
            (16.0, "16"),
            (64.0, "64"),
            (256.0, "256"),
            (1_024.0, "1 024"),
            (4_096.0, "4 096"),
        ],
        series,
    })
}

/// A line for each library, through the points.
fn measure(
    budget: Duration,
    points: impl IntoIterator<Item = u32>,
    contestants: impl Fn(u32) -> Result<Contestants>,
) -> Result<Vec<Series>> {
    let mut series = CLASSES.map(|class| Series { class, dashed: false, points: Vec::new() });
    for point in points {
        eprint!(".");
        let present = series.iter_mut().zip(contestants(point)?);
        let (lines, mut sides): (Vec<_>, Vec<_>) =
            present.filter_map(|(line, side)| Some((line, side?))).unzip();
        let times = measure::medians(&mut sides, budget)?;
        for (line, time) in lines.into_iter().zip(times) {
            line.points.push((f64::from(point), time));
        }
    }
    eprintln!();
    Ok(series.into())
}

/// Decrypts the message behind so many that did not arrive, with a session that has not seen any of them.
fn after_gap<L: OlmSessions>(
    gap: u32,
    prepare: impl Fn(&mut L::Session) -> Result<()>,
) -> Result<Box<dyn Contestant>>
where
    L::Session: Saved,
{
    let (mut first, mut second) = L::pair()?;
    prepare(&mut second)?;
    let receiver = second.save()?;
    for _ in 0..gap {
        L::encrypt(&mut first, b"missing")?;
    }
    let message = L::encrypt(&mut first, b"the one that comes")?;
    Ok(contestant(
        message,
        move |_| L::Session::open(&receiver),
        |message, mut session| L::decrypt(&mut session, message),
        |_, found| same(&found, b"the one that comes"),
    ))
}

/// Lets a session accept any gap that it may be told to accept.
fn widen(session: &mut Session) -> Result<()> {
    session.set_limits(Limits::default().with_message_gap(100_000)?);
    Ok(())
}

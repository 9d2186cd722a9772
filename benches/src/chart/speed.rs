//! What each operation takes beside vodozemac.

use super::{Canvas, Scale};
use crate::{report, rows::Side, speed::Row};

const WIDTH: f64 = 900.0;
const ROW: f64 = 20.0;
const TOP: f64 = 84.0;
/// Where the plot begins and ends, from left to right, and where the columns of figures end.
const PLOT: (f64, f64) = (240.0, 712.0);
const TIME: f64 = 792.0;
const RATIO: f64 = 838.0;
const GOAL: f64 = 884.0;
const TICKS: [(f64, &str); 12] = [
    (1.0 / 32.0, "1/32"),
    (1.0 / 16.0, "1/16"),
    (0.125, "1/8"),
    (0.25, "1/4"),
    (0.5, "1/2"),
    (1.0, "1"),
    (2.0, "2"),
    (4.0, "4"),
    (8.0, "8"),
    (16.0, "16"),
    (32.0, "32"),
    (64.0, "64"),
];

/// Draws a row for each operation: from vodozemac's time, which is 1, to cliquet's, with those of libolm and of the floor, and the goal.
pub(crate) fn speed(rows: &[Row]) -> String {
    let bottom = rows.iter().fold(TOP, |y, _| y + ROW);
    let mut canvas = Canvas::new(WIDTH, bottom + 34.0);
    let scale = Scale { values: (1.0 / 40.0, 80.0), places: PLOT };
    canvas.text("title", (16.0, 26.0), "Time for one operation, vodozemac = 1");
    canvas.text("quiet", (16.0, 44.0), "logarithmic; left is faster");
    legend(&mut canvas);
    for (x, name) in [(TIME, "cliquet"), (RATIO, "ratio"), (GOAL, "goal")] {
        canvas.text("quiet end", (x, TOP - 10.0), name);
    }

    for (number, _) in rows.iter().enumerate().filter(|(number, _)| number % 2 == 0) {
        let y = rows.iter().take(number).fold(TOP, |y, _| y + ROW);
        canvas.rectangle("shade", (8.0, y), (WIDTH - 16.0, ROW), 3.0);
    }
    for (value, label) in TICKS {
        let x = scale.place(value);
        canvas.path(if value == 1.0 { "axis" } else { "hair" }, [(x, TOP), (x, bottom)]);
        canvas.text("quiet middle", (x, bottom + 18.0), label);
    }
    let mut y = TOP + ROW / 2.0;
    for row in rows {
        draw(&mut canvas, &scale, y, row);
        y += ROW;
    }
    canvas.finish()
}

fn legend(canvas: &mut Canvas) {
    let y = 22.0;
    canvas.rectangle("cliquet", (396.0, y - 3.0), (22.0, 6.0), 3.0);
    canvas.dot("cliquet", (418.0, y), 5.0);
    canvas.text("bold", (428.0, y + 4.0), "cliquet");
    canvas.dot("vodozemac", (500.0, y), 4.0);
    canvas.text("", (509.0, y + 4.0), "vodozemac 0.11.1");
    canvas.dot("libolm", (638.0, y), 4.0);
    canvas.text("", (647.0, y + 4.0), "libolm 3.2.16");
    canvas.path("floor", [(750.0, y - 7.0), (750.0, y + 7.0)]);
    canvas.text("", (757.0, y + 4.0), "primitives alone");
    mark(canvas, "met", 428.0, y + 26.0);
    canvas.text("", (438.0, y + 24.0), "goal, met");
    mark(canvas, "missed", 514.0, y + 26.0);
    canvas.text("", (524.0, y + 24.0), "goal, missed");
}

fn draw(canvas: &mut Canvas, scale: &Scale, y: f64, row: &Row) {
    canvas.text("end", (PLOT.0 - 14.0, y + 4.0), row.operation);
    let place = |side| {
        let ratio = row.time(side)? / row.time(Side::Vodozemac)?;
        Some(scale.place(ratio))
    };
    let (ours, one) = (place(Side::Cliquet), place(Side::Vodozemac));
    if let (Some(x), Some(one)) = (ours, one) {
        canvas.rectangle("cliquet", (x.min(one), y - 3.0), ((x - one).abs(), 6.0), 0.0);
    }
    // What matters most comes last, on top.
    for (side, class, radius) in
        [(one, "vodozemac", 4.0), (place(Side::Libolm), "libolm", 4.0), (ours, "cliquet", 5.0)]
    {
        if let Some(x) = side {
            canvas.dot(class, (x, y), radius);
        }
    }
    if let Some(x) = place(Side::Floor) {
        canvas.path("floor", [(x, y - 8.0), (x, y + 8.0)]);
    }
    let class = if row.meets_its_goal() == Some(false) { "missed" } else { "met" };
    if let Some(goal) = row.goal {
        mark(canvas, class, scale.place(goal), y);
        canvas.text("quiet end", (GOAL, y + 4.0), format!("{goal:.2}"));
    }
    canvas.text("end", (TIME, y + 4.0), format!("{} µs", report::time(row.time(Side::Cliquet))));
    if let Some(ratio) = row.ratio(Side::Vodozemac) {
        let class = if class == "missed" { "end bold missed" } else { "end bold" };
        canvas.text(class, (RATIO, y + 4.0), format!("{ratio:.2}"));
    }
}

/// A wedge that points down, to where the bar should reach.
fn mark(canvas: &mut Canvas, class: &str, x: f64, y: f64) {
    canvas.path(class, [(x - 4.0, y - 10.0), (x + 4.0, y - 10.0), (x, y - 3.0), (x - 4.0, y - 10.0)]);
}

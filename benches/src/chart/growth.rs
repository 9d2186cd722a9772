//! How cost grows: one panel for each question.

use super::{Canvas, Scale};

const PANEL: (f64, f64) = (440.0, 268.0);
const HEAD: f64 = 64.0;
const COLUMNS: usize = 2;

/// Where horizontal lines may lie, at 1, 2, 5, 10 and so on.
const LEVELS: [(f64, &str); 21] = [
    (1.0, "1"),
    (2.0, "2"),
    (5.0, "5"),
    (1e1, "10"),
    (2e1, "20"),
    (5e1, "50"),
    (1e2, "100"),
    (2e2, "200"),
    (5e2, "500"),
    (1e3, "1 k"),
    (2e3, "2 k"),
    (5e3, "5 k"),
    (1e4, "10 k"),
    (2e4, "20 k"),
    (5e4, "50 k"),
    (1e5, "100 k"),
    (2e5, "200 k"),
    (5e5, "500 k"),
    (1e6, "1 M"),
    (2e6, "2 M"),
    (5e6, "5 M"),
];

/// One line in a panel.
pub(crate) struct Series {
    /// The library: it gives the line its colour.
    pub(crate) class: &'static str,
    /// Another way of looking at the same library.
    pub(crate) dashed: bool,
    pub(crate) points: Vec<(f64, f64)>,
}

/// A question, with what was measured.
pub(crate) struct Panel {
    pub(crate) title: &'static str,
    pub(crate) x: &'static str,
    pub(crate) y: &'static str,
    /// What stands at the bottom, where.
    pub(crate) ticks: &'static [(f64, &'static str)],
    pub(crate) series: Vec<Series>,
}

/// Draws the panels, both of whose axes are logarithmic.
pub(crate) fn growth(panels: &[Panel]) -> String {
    let rows = panels.chunks(COLUMNS).fold(HEAD, |y, _| y + PANEL.1);
    let mut canvas = Canvas::new(PANEL.0 * 2.0, rows);
    canvas.text("title", (16.0, 26.0), "How cost grows");
    canvas.text("quiet", (16.0, 44.0), "both axes logarithmic; k thousand, M million");
    for (x, class, name) in [
        (500.0, "cliquet", "cliquet"),
        (580.0, "vodozemac", "vodozemac 0.11.1"),
        (736.0, "libolm", "libolm 3.2.16"),
    ] {
        canvas.path(&format!("line {class}"), [(x, 22.0), (x + 18.0, 22.0)]);
        canvas.text("", (x + 24.0, 26.0), name);
    }
    let mut y = HEAD;
    for row in panels.chunks(COLUMNS) {
        let mut x = 0.0;
        for panel in row {
            draw(&mut canvas, (x, y), panel);
            x += PANEL.0;
        }
        y += PANEL.1;
    }
    canvas.finish()
}

fn draw(canvas: &mut Canvas, (left, top): (f64, f64), panel: &Panel) {
    let points = || panel.series.iter().flat_map(|series| &series.points);
    let values = |axis: fn(&(f64, f64)) -> f64| {
        points()
            .map(axis)
            .fold((f64::INFINITY, 0.0), |(low, high): (f64, f64), value| (low.min(value), high.max(value)))
    };
    let (low, high) = values(|point| point.1);
    let (low, high) = (low / 1.5, high * 1.5);
    // Lines at 1, 10 and 100; where there are hardly any, at 2 and 5 as well.
    let between = if high / low < 300.0 { 3 } else { 1 };
    let across = Scale { values: values(|point| point.0), places: (left + 54.0, left + PANEL.0 - 34.0) };
    let up = Scale { values: (low, high), places: (top + PANEL.1 - 56.0, top + 34.0) };

    canvas.text("bold", (left + 16.0, top + 14.0), panel.title);
    canvas.text("quiet", (left + 16.0, top + 28.0), panel.y);
    canvas.text("quiet end", (left + PANEL.0 - 34.0, top + PANEL.1 - 22.0), panel.x);
    for (value, label) in LEVELS.iter().enumerate().filter(|(n, _)| n % 3 < between).map(|(_, level)| *level)
    {
        if (low..=high).contains(&value) {
            let y = up.place(value);
            canvas.path("hair", [(across.places.0, y), (across.places.1, y)]);
            canvas.text("quiet end", (across.places.0 - 6.0, y + 4.0), label);
        }
    }
    canvas.path("axis", [(across.places.0, up.places.0), (across.places.1, up.places.0)]);
    for (value, label) in panel.ticks {
        let x = across.place(*value);
        canvas.path("hair", [(x, up.places.0), (x, up.places.0 + 4.0)]);
        canvas.text("quiet middle", (x, up.places.0 + 16.0), label);
    }
    for Series { class, dashed, points } in panel.series.iter().rev() {
        let dashed = if *dashed { "dashed" } else { "" };
        canvas.path(
            &format!("line {class} {dashed}"),
            points.iter().map(|(x, y)| (across.place(*x), up.place(*y))),
        );
    }
}

//! The charts, drawn as SVG that follows the reader's light or dark theme.
//!
//! Crates that draw charts write each colour into each shape, which makes two pictures of one, and know no chart like that of the speeds: what is
//! drawn here by hand would be as long with them.

mod growth;
mod speed;

use std::fmt::{Display, Write};

pub(crate) use self::{
    growth::{Panel, Series, growth},
    speed::speed,
};

/// What does not depend on the theme.
const SHAPES: &str = "svg{font:12px system-ui,'DejaVu Sans',sans-serif}.title{font-weight:600;font-size:14px}.bold{font-weight:600}\
.end{text-anchor:end}.middle{text-anchor:middle}path{fill:none}.floor{stroke-width:1.5}.line{stroke-width:2;stroke-linejoin:round}\
.dashed{stroke-dasharray:4 3;stroke-width:1.5}";

/// The classes of one role, `fill` of areas and texts, `stroke` of lines, and its colour in the light and in the dark.
const COLOURS: [(&str, &str, &str, &str); 17] = [
    ("text", "fill", "#1f2328", "#e6edf3"),
    (".quiet", "fill", "#59636e", "#9aa4af"),
    (".paper", "fill", "#ffffff", "#0d1117"),
    (".shade", "fill", "#f4f6f8", "#161b22"),
    (".hair", "stroke", "#d9dee4", "#343b44"),
    (".axis", "stroke", "#59636e", "#9aa4af"),
    (".floor", "stroke", "#1f2328", "#e6edf3"),
    (".cliquet", "fill", "#1a64d6", "#5ea2ff"),
    (".vodozemac", "fill", "#c2570c", "#f0914a"),
    (".libolm", "fill", "#8a929c", "#7d8792"),
    ("path.met", "fill", "#1a7f37", "#3fb950"),
    ("path.missed", "fill", "#cf222e", "#ff7b72"),
    ("text.missed", "fill", "#cf222e", "#ff7b72"),
    ("circle", "stroke", "#ffffff", "#0d1117"), // apart from what lies below
    ("path.cliquet", "fill:none;stroke", "#1a64d6", "#5ea2ff"),
    ("path.vodozemac", "fill:none;stroke", "#c2570c", "#f0914a"),
    ("path.libolm", "fill:none;stroke", "#8a929c", "#7d8792"),
];

/// Plain rules, which every program that shows SVG understands, and those of the dark for the programs that know of themes.
fn style() -> String {
    let rules = |dark| {
        COLOURS.map(|(class, what, light, night)| {
            format!("{class}{{{what}:{}}}", if dark { night } else { light })
        })
    };
    format!("{SHAPES}{}@media(prefers-color-scheme:dark){{{}}}", rules(false).concat(), rules(true).concat())
}

/// What is drawn so far.
struct Canvas(String);

impl Canvas {
    fn new(width: f64, height: f64) -> Self {
        let head = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\
            <style>{}</style>\n",
            style()
        );
        let mut canvas = Self(head);
        canvas.rectangle("paper", (0.0, 0.0), (width, height), 6.0);
        canvas
    }

    fn finish(self) -> String {
        self.0 + "</svg>\n"
    }

    fn text(&mut self, class: &str, (x, y): (f64, f64), text: impl Display) {
        let _ =
            writeln!(self.0, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", escaped(text));
    }

    fn rectangle(&mut self, class: &str, (x, y): (f64, f64), (width, height): (f64, f64), radius: f64) {
        let _ = writeln!(
            self.0,
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{radius}\"/>"
        );
    }

    fn dot(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        let _ = writeln!(self.0, "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\"/>");
    }

    /// A line from point to point.
    fn path(&mut self, class: &str, points: impl IntoIterator<Item = (f64, f64)>) {
        let points: Vec<_> = points.into_iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        let _ = writeln!(self.0, "<path class=\"{class}\" d=\"M{}\"/>", points.join("L"));
    }
}

/// Text as it stands in XML.
fn escaped(text: impl Display) -> String {
    text.to_string().replace('&', "&amp;").replace('<', "&lt;")
}

/// A logarithmic scale from a range of values to a range of places.
#[derive(Clone, Copy)]
struct Scale {
    values: (f64, f64),
    places: (f64, f64),
}

impl Scale {
    /// The place of a value; what lies outside is put on the edge.
    fn place(&self, value: f64) -> f64 {
        let (first, last) = self.values;
        let share = (value.max(first).min(last) / first).ln() / (last / first).ln();
        self.places.0 + share * (self.places.1 - self.places.0)
    }
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;
    use crate::{
        rows::{PROTOCOLS, Side},
        speed::Row,
    };

    /// Whether the text stands in the drawing.
    fn says(drawing: &Document<'_>, text: &str) -> bool {
        drawing.descendants().any(|node| node.is_text() && node.text() == Some(text))
    }

    #[test]
    fn the_chart_of_speeds_is_well_formed_and_names_every_operation() {
        let times =
            vec![(Side::Cliquet, 1.0), (Side::Vodozemac, 2.5), (Side::Libolm, 90.0), (Side::Floor, 0.9)];
        let row = |operation, goal| Row { operation, goal, times: times.clone() };
        let rows: Vec<_> = PROTOCOLS.iter().map(|plan| row(plan.operation, plan.goal)).collect();
        let drawing = speed(&rows);
        let drawing = Document::parse(&drawing).unwrap();
        assert!(rows.iter().all(|row| says(&drawing, row.operation)));
        assert!(says(&drawing, "0.40") && says(&drawing, "0.27"));
    }

    #[test]
    fn the_chart_of_growth_is_well_formed_and_stays_in_its_frame() {
        let points = vec![(1.0, 0.1), (10.0, 5e6), (100.0, 3.0)];
        let series = vec![Series { class: "cliquet", dashed: true, points }];
        let panel = Panel {
            title: "a < b & c",
            x: "messages",
            y: "µs",
            ticks: &[(1.0, "1"), (100.0, "100")],
            series,
        };
        let drawing = growth(&[panel]);
        let drawing = Document::parse(&drawing).unwrap();
        assert!(says(&drawing, "a < b & c"));
        let height: f64 = drawing.root_element().attribute("height").unwrap().parse().unwrap();
        for path in drawing.descendants().filter_map(|node| node.attribute("d")) {
            let numbers = path.split(['M', 'L', ' ']).filter(|number| !number.is_empty());
            let numbers: Vec<f64> = numbers.map(|number| number.parse().unwrap()).collect();
            assert!(numbers.chunks(2).all(|point| (0.0..=height).contains(&point[1])), "{path}");
        }
    }
}

//! The report as one page of HTML that needs nothing besides itself.

use super::report::{Part, Report, Row, Table, Verdict, duration};
use super::text::details;
use crate::figures::Figure;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");

pub(super) fn page(report: &Report) -> String {
    let provenance = escape(&super::provenance(report)).replace('`', "");
    // Nothing that is put in can be taken for one of the marks: escaped text has none, and the rest is made here.
    PAGE.replace("<!--title-->", super::TITLE)
        .replace("<!--style-->", STYLE.trim_end())
        .replace("<!--verdict-->", &verdict(report))
        .replace("<!--parts-->", &report.parts.iter().map(part).collect::<String>())
        .replace("<!--notes-->", &notes(report))
        .replace("<!--versions-->", &report.tables.iter().map(table).collect::<String>())
        .replace("<!--provenance-->", &provenance)
}

/// What came of it all, and a mark for each claim.
fn verdict(report: &Report) -> String {
    let (class, _) = names(report.verdict());
    let headline = report.headline();
    let (word, explanation) = headline.split_once(": ").unwrap_or((&headline, ""));
    let marks = report.rows().map(|row| format!("<i class=\"{}\"></i>", names(row.verdict).0));
    format!(
        "<section class=\"verdict {class}\">{}<div><h2>{}</h2><p>{}</p></div><p class=\"counts\">{}</p></section>\n\
        <div class=\"strip\" aria-hidden=\"true\">{}</div>",
        icon(report.verdict()),
        escape(word),
        escape(explanation),
        counts(report),
        marks.collect::<String>(),
    )
}

/// Class and word of a verdict.
fn names(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Passed => ("passed", "passed"),
        Verdict::Failed => ("failed", "FAILED"),
        Verdict::NotRun => ("not-run", "not run"),
    }
}

fn icon(verdict: Verdict) -> String {
    let (class, _) = names(verdict);
    format!("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#{class}\"/></svg>")
}

fn counts(report: &Report) -> String {
    let count = |verdict| {
        let (class, word) = names(verdict);
        format!("<span class=\"{class}\"><b>{}</b> {}</span>", report.count(verdict), word.to_lowercase())
    };
    [Verdict::Passed, Verdict::Failed, Verdict::NotRun].map(count).concat()
}

fn part(part: &Part) -> String {
    let mut rows = String::new();
    for (number, row) in part.rows.iter().enumerate() {
        let title = if number == 0 {
            format!("<th scope=\"rowgroup\" rowspan=\"{}\">{}</th>", part.rows.len(), escape(part.title))
        } else {
            String::new()
        };
        rows += &self::row(row, &title);
    }
    format!("<tbody>\n{rows}</tbody>\n")
}

fn row(row: &Row, title: &str) -> String {
    let (class, word) = names(row.verdict);
    let figures = row.figures.iter().filter(|figure| !figure.is_detail);
    let figures: Vec<_> = figures.map(figure).collect();
    format!(
        "<tr class=\"{class}\">{title}<td class=\"word\">{}{word}</td><td>{}</td><td class=\"figures\">{}</td>\
        <td><code>{}</code></td><td class=\"time\">{}</td></tr>\n",
        icon(row.verdict),
        escape(&row.says),
        figures.join(", "),
        escape(&row.step),
        row.seconds.map(|seconds| escape(&duration(seconds))).unwrap_or_default(),
    )
}

fn figure(figure: &Figure) -> String {
    // A number stays on one line.
    let value = escape(&figure.value).replace(' ', "\u{202f}");
    format!("<b>{value}</b> {}", escape(&figure.what))
}

/// The small print, and what failed or was not run, and why.
fn notes(report: &Report) -> String {
    let item = |verdict: Verdict, steps: &str, text: &str| {
        let text = escape(text).replace(" · ", " <span>·</span> ").replace('`', "");
        let class = names(verdict).0;
        format!("<li class=\"{class}\">{}<code>{}</code> {text}</li>", icon(verdict), escape(steps))
    };
    let reasons = report.reasons();
    let reasons: String =
        reasons.iter().map(|(verdict, steps, reason)| item(*verdict, steps, reason)).collect();
    let details: String =
        details(report).map(|(row, details)| item(row.verdict, &row.step, &details)).collect();
    let list = |title: &str, items: String| {
        if items.is_empty() {
            items
        } else {
            format!("<section class=\"notes\"><h3>{title}</h3><ul>{items}</ul></section>\n")
        }
    };
    list("Failed or not run, and why", reasons) + &list("In detail", details)
}

fn table(table: &Table) -> String {
    // A long list of short texts stands in two columns.
    const LONG: usize = 8;
    let long = if table.rows.len() > LONG { " class=\"long\"" } else { "" };
    let rows = table
        .rows
        .iter()
        .map(|(name, value)| format!("<div><dt>{}</dt><dd>{}</dd></div>", escape(name), escape(value)));
    format!("<div><h3>{}</h3><dl{long}>{}</dl></div>", escape(table.title), rows.collect::<String>())
}

/// Text that is no markup, whatever is in it.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

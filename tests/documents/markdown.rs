//! As much of Markdown as documents here have: paragraphs, tables, headings, blocks of code, code within text, links.

use std::collections::BTreeSet;

/// What a document names.
#[derive(Default)]
pub(crate) struct Named {
    /// Text without its code.
    pub(crate) texts: Vec<String>,
    /// Code within text, on one line.
    pub(crate) code: Vec<String>,
    /// Lines of blocks of code.
    pub(crate) lines: Vec<String>,
    /// Where links lead.
    pub(crate) links: Vec<String>,
    /// What a link can lead to within the document.
    pub(crate) anchors: BTreeSet<String>,
    /// Paragraphs with an opening mark of code and no closing one.
    pub(crate) unbalanced: Vec<String>,
}

pub(crate) fn read(text: &str) -> Named {
    let mut named = Named::default();
    let (mut paragraph, mut in_block) = (String::new(), false);
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
            named.end(&mut paragraph);
        } else if in_block {
            named.lines.push(line.to_owned());
        } else if line.starts_with('#') {
            named.end(&mut paragraph);
            named.anchors.insert(anchor(line.trim_start_matches('#').trim()));
            named.end(&mut line.to_owned());
        } else {
            // A row of a table, an item of a list and an empty line begin something new.
            let begin = line.trim_start();
            if begin.is_empty() || ["|", "* ", "- "].iter().any(|mark| begin.starts_with(mark)) {
                named.end(&mut paragraph);
            }
            paragraph.push_str(line.trim());
            paragraph.push(' ');
        }
    }
    named.end(&mut paragraph);
    named
}

impl Named {
    fn end(&mut self, paragraph: &mut String) {
        let text = std::mem::take(paragraph);
        let parts: Vec<&str> = text.split('`').collect();
        if parts.len().is_multiple_of(2) {
            self.unbalanced.push(text);
            return;
        }
        self.texts.extend(parts.iter().step_by(2).map(|text| (*text).to_owned()));
        self.code.extend(parts.iter().skip(1).step_by(2).map(|code| (*code).to_owned()));
        // The text of a link may be code.
        for (before, rest) in text.split("](").zip(text.split("](").skip(1)) {
            if before.contains('[') {
                self.links.extend(rest.split_once(')').map(|(target, _)| target.to_owned()));
            }
        }
    }
}

/// The name that a heading gives to links.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|character| character.is_alphanumeric() || " -_".contains(*character));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

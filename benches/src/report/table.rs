//! A table, as plain text and as Markdown.

use std::iter;

/// Lines of cells: what is measured on the left, figures on the right of each column.
pub(crate) struct Table {
    head: Vec<String>,
    lines: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(head: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { head: head.into_iter().map(Into::into).collect(), lines: Vec::new() }
    }

    pub(super) fn line(&mut self, cells: impl IntoIterator<Item = String>) {
        self.lines.push(cells.into_iter().collect());
    }

    /// Whether nothing was measured.
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub(crate) fn plain(&self) -> String {
        let widths = self.widths();
        let rule: Vec<_> = widths.iter().map(|width| "-".repeat(*width)).collect();
        let lines = iter::once(&self.head).chain(iter::once(&rule)).chain(&self.lines);
        lines.map(|cells| padded(cells, &widths).join("  ").trim_end().to_owned() + "\n").collect()
    }

    pub(crate) fn markdown(&self) -> String {
        let widths = self.widths();
        let rule: Vec<_> = iter::once("---").chain(iter::repeat("---:")).take(widths.len()).collect();
        let rule = format!("|{}|\n", rule.join("|"));
        let line = |cells: &Vec<String>| format!("| {} |\n", padded(cells, &widths).join(" | "));
        iter::once(line(&self.head)).chain(iter::once(rule)).chain(self.lines.iter().map(line)).collect()
    }

    /// The longest text of each column.
    fn widths(&self) -> Vec<usize> {
        let mut widths = vec![3; self.head.len()];
        for cells in iter::once(&self.head).chain(&self.lines) {
            for (width, cell) in widths.iter_mut().zip(cells) {
                *width = cell.chars().count().max(*width);
            }
        }
        widths
    }
}

/// The first cell is filled up on the right, the others on the left.
fn padded(cells: &[String], widths: &[usize]) -> Vec<String> {
    let cells = cells.iter().zip(widths).enumerate();
    cells
        .map(
            |(column, (cell, width))| {
                if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
            },
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms() {
        let mut table = Table::new(["operation", "µs"]);
        table.line(["encrypt".to_owned(), "1.62".to_owned()]);
        assert_eq!(table.plain(), "operation    µs\n---------  ----\nencrypt    1.62\n");
        assert_eq!(table.markdown(), "| operation |   µs |\n|---|---:|\n| encrypt   | 1.62 |\n");
    }
}

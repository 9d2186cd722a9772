//! The table of allowed differences, as data. `fuzz/README.md` has the same rows, in the section "Where the peers differ".

mod conversation;
mod decoders;
mod facts;
mod pickles;
mod stored;

use super::Row;

/// All rows.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    [decoders::ROWS, pickles::ROWS, conversation::ROWS].into_iter().flatten()
}

/// Whether the section of the document has the rows of the table and no others.
pub(super) fn check_document(document: &str) -> Result<(), String> {
    let section = document.split("\n## ").find(|section| section.starts_with("Where the peers differ"));
    let section = section.ok_or("fuzz/README.md has no section \"Where the peers differ\"")?;
    let written: Vec<String> =
        section.lines().filter(|line| line.starts_with("| ")).skip(1).map(str::to_owned).collect();
    let expected: Vec<String> = rows()
        .map(|row| format!("| {} | {:?} | {} | {} | {} |", row.name, row.peer, row.ours, row.theirs, row.why))
        .collect();
    let missing = expected.iter().find(|line| !written.contains(line));
    let foreign = written.iter().find(|line| !expected.contains(line));
    match (missing, foreign) {
        (None, None) => Ok(()),
        (Some(line), _) => Err(format!("fuzz/README.md lacks this row of the table:\n{line}")),
        (_, Some(line)) => Err(format!("fuzz/README.md has a row that the table has not:\n{line}")),
    }
}

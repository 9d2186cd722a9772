//! The figures in the README files: what lies between the comments `<!-- figures: NAME -->` and `<!-- end -->`, and the charts beside them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::Result;

const END: &str = "<!-- end -->";

/// README files that show figures, from the root of the repository.
pub(crate) const README: &str = "README.md";
pub(crate) const BENCHES: &str = "benches/README.md";

fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)
}

/// Writes other figures into a README file.
pub(crate) fn replace(file: &str, name: &str, figures: &str) -> Result<()> {
    let path = path(file);
    let text = fs::read_to_string(&path)?;
    let replaced = replaced(&text, name, figures).ok_or_else(|| format!("{file} has no place for {name}"))?;
    Ok(fs::write(path, replaced)?)
}

fn replaced(text: &str, name: &str, figures: &str) -> Option<String> {
    let (before, rest) = text.split_once(&format!("<!-- figures: {name} -->\n"))?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}<!-- figures: {name} -->\n{}\n{END}{after}", figures.trim_end()))
}

/// Writes a chart.
pub(crate) fn chart(name: &str, drawing: &str) -> Result<()> {
    Ok(fs::write(path("docs").join(name), drawing)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{growth, speed};

    #[test]
    fn what_lies_between_the_comments_is_replaced() {
        let text =
            "a\n<!-- figures: one -->\nold\n<!-- end -->\nb\n<!-- figures: two -->\nstays\n<!-- end -->\n";
        let expected = text.replace("old", "new");
        assert_eq!(replaced(text, "one", "new\n"), Some(expected));
        assert_eq!(replaced(text, "three", "new"), None);
    }

    #[test]
    fn every_figure_has_its_place() {
        let all = speed::FIGURES.into_iter().chain(growth::FIGURES);
        for (file, name) in all {
            let text = fs::read_to_string(path(file)).unwrap();
            assert!(replaced(&text, name, "").is_some(), "{name} in {file}");
        }
    }
}

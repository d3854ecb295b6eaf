//! The canonical layout of a program (design, section 2): tree to text.
//!
//! `items`, `procedures` and `exprs` turn the tree into lines, each knowing what it stands for in the
//! text as it was; `written` tells behind which words comments stand, so that lines are broken there;
//! `weave` puts comments and empty lines back where they belong. Printing a printed text changes nothing,
//! and its tree is the same.

mod columns;
mod exprs;
mod items;
mod lines;
mod procedures;
mod weave;
mod written;

use crate::base::FileId;
use crate::syntax::{self, ast::File};

/// The text of a file in canonical layout, with every comment, ending in a line end. `text` is what was
/// read; nothing is looked up in it where there are no comments.
///
/// It holds what the tree holds: print only what was read without findings of `syntax`.
#[must_use]
pub fn print(file: &File, text: &str) -> String {
    let mut lines = lines::Lines::new(written::Written::new(text, &file.comments));
    for item in &file.items {
        items::item(&mut lines, item);
    }
    weave::weave(lines.finish(), &file.comments, &file.blank_lines)
}

/// Whether a printed text says what the file says: it is read without findings, its tree is the same
/// but for the places, and so are its comments and their order. Anything else is a fault of ours.
#[must_use]
pub fn keeps(file: &File, printed: &str) -> bool {
    let again = syntax::parse(FileId(0), printed);
    let comments = |file: &File| -> Vec<String> { file.comments.iter().map(|one| one.text.value.clone()).collect() };
    again.findings.is_empty() && again.file.items == file.items && comments(&again.file) == comments(file)
}

#[cfg(test)]
mod tests;

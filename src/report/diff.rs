//! The difference of two texts, line by line. The only file that names `similar`.

use std::fmt::Write;

use similar::{ChangeTag, TextDiff};

use crate::report::Style;
use crate::report::style::Ink;

/// Lines shown before and after a change.
const CONTEXT: usize = 3;

/// What changes from `old` to `new`: `-` before a line that goes, `+` before one that comes, some
/// lines around; stretches of unchanged lines are left out. Empty where nothing changes.
#[must_use]
pub fn lines(old: &str, new: &str, style: Style) -> String {
    let diff = TextDiff::from_lines(old, new);
    let mut out = String::new();
    for (number, group) in diff.grouped_ops(CONTEXT).iter().enumerate() {
        if number > 0 {
            let _ = writeln!(out, "{}", style.paint(Ink::Faint, "  …"));
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let (sign, ink) = match change.tag() {
                ChangeTag::Delete => ('-', Some(Ink::Red)),
                ChangeTag::Insert => ('+', Some(Ink::Green)),
                ChangeTag::Equal => (' ', None),
            };
            let line = format!("{sign} {}", change.value().trim_end_matches(['\r', '\n']));
            let line = line.trim_end();
            let _ = writeln!(out, "{}", ink.map_or_else(|| line.to_owned(), |ink| style.paint(ink, line)));
        }
    }
    out
}

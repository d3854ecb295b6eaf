//! The difference of two texts: for people, and as a unified diff, as reviewers know it from git. The
//! only file that names `similar`.

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

/// What has to change to make `new` of `old`, both called `name`; empty where they are the same.
#[must_use]
pub fn unified(name: &str, old: &str, new: &str, style: Style) -> String {
    let diff = TextDiff::from_lines(old, new);
    let text = diff.unified_diff().context_radius(3).header(name, name).to_string();
    text.split_inclusive('\n').enumerate().map(|(at, line)| painted(at, line, style)).collect()
}

fn painted(at: usize, line: &str, style: Style) -> String {
    let content = line.strip_suffix('\n').unwrap_or(line);
    let ink = match content.chars().next() {
        _ if at < 2 => Ink::Strong,
        Some('+') => Ink::Green,
        Some('-') => Ink::Red,
        Some('@') => Ink::Blue,
        _ => return line.to_owned(),
    };
    let end = if content.len() == line.len() { "" } else { "\n" };
    style.paint(ink, content) + end
}

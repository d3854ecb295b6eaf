//! The difference of two texts as a unified diff, as reviewers know it from git.

use similar::TextDiff;

use crate::report::Style;
use crate::report::style::Ink;

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

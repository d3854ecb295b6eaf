//! A declaration that nothing uses, deleted with its comment.

use std::ops::Range;

use super::{Here, Way, pieces};
use crate::ide::actions::lines;
use crate::syntax::ast::{Item, Name};

pub(super) fn deleted(here: &Here<'_>) -> Vec<Way> {
    let range = here.workspace.trees().flat_map(|tree| &tree.items).find_map(|item| match item {
        Item::Ledger(ledger) => {
            ledger.recipients.iter().any(|role| role.span == here.span).then(|| of_list(here.text, here.span.range()))
        }
        _ => (name(item)?.span == here.span).then(|| with_comments(here.text, item.head().span.range())),
    });
    let title = format!("Delete `{}`", here.marked());
    range.map(|range| (title, vec![here.edit(range, "")])).into_iter().collect()
}

const fn name(item: &Item) -> Option<&Name> {
    match item {
        Item::Template(it) => Some(&it.name),
        Item::Calendar(it) => Some(&it.name),
        Item::Action(it) => Some(&it.name),
        Item::Define(it) => Some(&it.name),
        _ => None,
    }
}

/// A declaration with the comment above it and the blank lines below.
fn with_comments(text: &str, range: Range<usize>) -> Range<usize> {
    if lines::indentation(text, range.start).is_none() || !lines::ends_line(text, range.end) {
        return pieces::whole(text, range);
    }
    let mut end = lines::next_line(text, range.end);
    while text.get(end..lines::line_end(text, end)).is_some_and(|line| line.trim().is_empty()) && end < text.len() {
        end = lines::next_line(text, end);
    }
    lines::with_comments(text, range.start)..end
}

/// A name of a list: with the comma behind it or before it; with the word before it where it is the only one.
fn of_list(text: &str, range: Range<usize>) -> Range<usize> {
    let (before, after) = (text.get(..range.start).unwrap_or(""), text.get(range.end..).unwrap_or(""));
    if let Some(rest) = after.trim_start().strip_prefix(',') {
        return range.start..text.len() - rest.trim_start().len();
    }
    if let Some(rest) = before.trim_end().strip_suffix(',') {
        return rest.len()..range.end;
    }
    pieces::with_words(text, range.clone(), &["recipient"]).map_or(range, |range| pieces::whole(text, range))
}

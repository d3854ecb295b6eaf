//! Pieces of a text: taken out, put behind others, with the words before them.

use std::ops::Range;

use crate::ide::actions::lines;

/// What to delete so that nothing is left of a stretch: with its line, if it is alone there, else with the blanks
/// before it.
pub(super) fn whole(text: &str, range: Range<usize>) -> Range<usize> {
    let is_alone = lines::indentation(text, range.start).is_some()
        && text.get(range.end..lines::line_end(text, range.end)).unwrap_or("").trim().is_empty();
    if is_alone {
        return lines::line_start(text, range.start)..lines::next_line(text, range.end);
    }
    let before = text.get(..range.start).unwrap_or("");
    let is_inner = text.get(range.end..).is_some_and(|after| after.starts_with(char::is_whitespace));
    let start = if is_inner { before.trim_end_matches([' ', '\t']).len() } else { range.start };
    start..range.end
}

/// The same stretch with these words before it, where they are there.
pub(super) fn with_words(text: &str, range: Range<usize>, words: &[&str]) -> Option<Range<usize>> {
    let mut start = range.start;
    for word in words.iter().rev() {
        start = text.get(..start)?.trim_end().strip_suffix(word)?.len();
    }
    Some(start..range.end)
}

/// The same stretch with the comment behind it, where it has a line of its own.
pub(super) fn with_comment(text: &str, range: Range<usize>) -> Range<usize> {
    let has_line = lines::indentation(text, range.start).is_some() && lines::ends_line(text, range.end);
    let end =
        if has_line { text.get(..lines::line_end(text, range.end)).unwrap_or("").trim_end().len() } else { range.end };
    range.start..end
}

/// Where something comes that follows a stretch, and what to write before it: on a line of its own if that has one.
pub(super) fn behind(text: &str, range: &Range<usize>) -> (usize, String) {
    match lines::indentation(text, range.start).filter(|_| lines::ends_line(text, range.end)) {
        Some(indentation) => (lines::line_end(text, range.end), format!("{}{indentation}", lines::ending(text))),
        None => (range.end, " ".to_owned()),
    }
}

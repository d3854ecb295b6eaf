//! The line around a place, looked at no further than a message needs: a line may be a megabyte long.

use crate::syntax::spelling::is_blank;

/// How many bytes of a line are looked at.
const REACH: usize = 400;

/// Whether nothing but blanks stands before an offset on its line.
pub(super) fn begins_line(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    before.chars().rev().find(|sign| !is_blank(*sign)).is_none_or(|sign| sign == '\n')
}

/// How far a line is indented that begins at an offset; `None` if something stands before it.
pub(super) fn indentation(text: &str, at: usize) -> Option<usize> {
    begins_line(text, at).then(|| line_before(text, at).chars().count())
}

/// The text of the line before an offset.
pub(super) fn line_before(text: &str, at: usize) -> &str {
    let start = text.floor_char_boundary(at.saturating_sub(REACH));
    let before = text.get(start..at).unwrap_or("");
    before.rsplit('\n').next().unwrap_or("")
}

/// The text of the line from an offset on.
pub(super) fn line_after(text: &str, at: usize) -> &str {
    let end = text.floor_char_boundary(at.saturating_add(REACH));
    let after = text.get(at..end).unwrap_or("");
    after.split('\n').next().unwrap_or("")
}

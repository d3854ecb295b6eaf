//! Positions in texts as a client works them out, apart from how the server does it.

use serde_json::{Value, json};

/// What a client counts columns in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Utf8,
    Utf16,
}

impl Unit {
    /// Its name in the protocol.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
        }
    }

    fn width(self, letter: char) -> usize {
        match self {
            Self::Utf8 => letter.len_utf8(),
            Self::Utf16 => letter.len_utf16(),
        }
    }
}

/// Where a line begins, and where it ends without its line end.
fn lines(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut lines = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < bytes.len() {
        let length = match bytes[at] {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => 2,
            b'\r' | b'\n' => 1,
            _ => 0,
        };
        if length > 0 {
            lines.push((start, at));
            start = at + length;
        }
        at += length.max(1);
    }
    lines.push((start, text.len()));
    lines
}

/// The protocol's position of a byte.
pub(super) fn position(text: &str, offset: usize, unit: Unit) -> Value {
    let lines = lines(text);
    let line = lines.partition_point(|(start, _)| *start <= offset) - 1;
    let (start, end) = lines[line];
    let column: usize = text[start..offset.min(end)].chars().map(|letter| unit.width(letter)).sum();
    json!({ "line": line, "character": column })
}

/// The protocol's range of a stretch.
pub(super) fn range(text: &str, start: usize, end: usize, unit: Unit) -> Value {
    json!({ "start": position(text, start, unit), "end": position(text, end, unit) })
}

/// The byte at a position of the protocol; `None` where there is none.
pub(super) fn offset(text: &str, position: &Value, unit: Unit) -> Option<usize> {
    let number = |name: &str| usize::try_from(position[name].as_u64()?).ok();
    let (line, column) = (number("line")?, number("character")?);
    let (start, end) = *lines(text).get(line)?;
    let mut at = 0;
    for (index, letter) in text[start..end].char_indices() {
        if at >= column {
            return (at == column).then_some(start + index);
        }
        at += unit.width(letter);
    }
    (at == column).then_some(end)
}

/// The stretch of a range of the protocol; `None` where it is none of this text.
pub(super) fn stretch(text: &str, range: &Value, unit: Unit) -> Option<(usize, usize)> {
    let (start, end) = (offset(text, &range["start"], unit)?, offset(text, &range["end"], unit)?);
    (start <= end).then_some((start, end))
}

/// The byte at a line and a column as `dunlin check` prints them: from 1, lines by `\n`, columns in letters.
pub(super) fn printed(text: &str, line: &Value, column: &Value) -> Option<usize> {
    let number = |value: &Value| usize::try_from(value.as_u64()?).ok()?.checked_sub(1);
    let (line, column) = (number(line)?, number(column)?);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    Some(start + text[start..].chars().take(column).map(char::len_utf8).sum::<usize>())
}

/// A place where a text may be cut: between letters, and not within a line end.
pub(super) fn cut(text: &str, offset: usize) -> usize {
    let at = text.floor_char_boundary(offset);
    let is_within = at > 0 && text.as_bytes()[at - 1] == b'\r' && text.as_bytes().get(at) == Some(&b'\n');
    if is_within { at - 1 } else { at }
}

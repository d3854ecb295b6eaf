//! Byte offsets to the positions of the protocol and back: line and column from 0, columns in code units.

use std::borrow::Cow;
use std::ops::Range;

use tower_lsp::ls_types::{self as protocol, Position};

/// How the columns of positions are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// In bytes.
    Utf8,
    /// In UTF-16 code units: what every client understands.
    #[default]
    Utf16,
}

impl Encoding {
    fn width(self, character: char) -> usize {
        match self {
            Self::Utf8 => character.len_utf8(),
            Self::Utf16 => character.len_utf16(),
        }
    }
}

/// The byte order mark, which the client may count and the program never sees.
const MARK: char = '\u{feff}';

/// Where the lines of a text start. Offsets are those of the program, which leaves a byte order mark out;
/// positions are the client's, who has it. Lines end as the protocol says: `\n`, `\r\n` or `\r`.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    text: Cow<'a, str>,
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'a> Lines<'a> {
    /// The lines of a text as the client has it.
    pub(crate) fn new(text: impl Into<Cow<'a, str>>, encoding: Encoding) -> Self {
        let text = text.into();
        let bytes = text.as_bytes();
        let ends_line = |at: usize, byte: u8| byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        let ends = bytes.iter().enumerate().filter(|(at, byte)| ends_line(*at, **byte));
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, starts, encoding }
    }

    /// How many bytes of the client's text the program does not see.
    fn skipped(&self) -> usize {
        if self.text.starts_with(MARK) { MARK.len_utf8() } else { 0 }
    }

    /// Where an offset lies; one beyond the end is the end.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset.saturating_add(self.skipped()));
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = self.text.get(start..offset).unwrap_or("");
        let column: usize = before.chars().map(|character| self.encoding.width(character)).sum();
        Position { line: clip(line), character: clip(column) }
    }

    /// Where a stretch lies.
    pub(crate) fn range(&self, range: &Range<usize>) -> protocol::Range {
        protocol::Range { start: self.position(range.start), end: self.position(range.end) }
    }

    /// The offset of a position; one beyond the end of its line is that end, one beyond the last line the end.
    pub(crate) fn offset(&self, position: Position) -> usize {
        self.client_offset(position).saturating_sub(self.skipped())
    }

    /// The stretch between two positions, in whatever order they are.
    pub(crate) fn stretch(&self, range: protocol::Range) -> Range<usize> {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        start.min(end)..end.max(start)
    }

    /// The offset of a position in the client's text.
    pub(crate) fn client_offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(start) = self.starts.get(line).copied() else { return self.text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let content = self.text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r']);
        let mut left = position.character as usize;
        let before = content.chars().take_while(|character| {
            let width = self.encoding.width(*character);
            let fits = width <= left;
            left = if fits { left - width } else { 0 };
            fits
        });
        start + before.map(char::len_utf8).sum::<usize>()
    }
}

fn clip(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn columns_count_code_units() {
        let text = "a\né𝄞x";
        let x = text.find('x').expect("x");
        for (encoding, column) in [(Encoding::Utf16, 3), (Encoding::Utf8, 6)] {
            let lines = Lines::new(text, encoding);
            assert_eq!(lines.position(x), at(1, column));
            assert_eq!(lines.offset(at(1, column)), x);
            assert_eq!(lines.position(99), at(1, column + 1));
        }
        // The middle of a character is its start.
        assert_eq!(Lines::new(text, Encoding::Utf16).offset(at(1, 2)), text.find('𝄞').expect("a clef"));
        assert_eq!(Lines::new(text, Encoding::Utf8).offset(at(1, 1)), text.find('é').expect("a letter"));
    }

    #[test]
    fn what_lies_beyond_is_the_end() {
        let lines = Lines::new("ab\r\nc\rd", Encoding::Utf16);
        assert_eq!(lines.offset(at(0, 9)), 2);
        assert_eq!(lines.offset(at(1, 9)), 5);
        assert_eq!(lines.offset(at(2, 1)), 7);
        assert_eq!(lines.offset(at(9, 0)), 7);
        assert_eq!(lines.position(6), at(2, 0));
    }

    #[test]
    fn a_byte_order_mark_is_the_client_s_alone() {
        let lines = Lines::new("\u{feff}ab\ncd", Encoding::Utf16);
        assert_eq!(lines.position(0), at(0, 1));
        assert_eq!(lines.offset(at(0, 0)), 0);
        assert_eq!(lines.offset(at(0, 2)), 1);
        assert_eq!(lines.offset(at(1, 1)), 4);
        assert_eq!(lines.position(4), at(1, 1));
    }
}

//! A text with small repairs, and the way back from it to the text as written.
//!
//! What the user certainly meant (`==` for `=`, `procedur` for `procedure`) is reported and mended,
//! and the mended text is read, so that the rest of the file keeps its meaning.

use std::ops::Range;

use crate::base::{Diagnostic, FileId, Span};

/// A replacement in the text as written, and the finding that it mends.
#[derive(Debug, Clone)]
pub(super) struct Repair {
    /// What is replaced; empty to insert.
    pub(super) range: Range<usize>,
    /// The new text.
    pub(super) text: String,
    /// What is told to the user.
    pub(super) finding: Diagnostic,
}

/// A text after its repairs.
pub(super) struct Mended {
    /// The text to read.
    pub(super) text: String,
    file: FileId,
    /// For each repair: where it lies in the mended text and where in the written one.
    pieces: Vec<(Range<usize>, Range<usize>)>,
}

impl Mended {
    /// Applies repairs, which are sorted and do not overlap.
    pub(super) fn new(file: FileId, written: &str, repairs: &[Repair]) -> Self {
        let mut text = String::with_capacity(written.len());
        let mut pieces = Vec::with_capacity(repairs.len());
        let mut copied = 0;
        for repair in repairs {
            text.push_str(written.get(copied..repair.range.start).unwrap_or(""));
            let start = text.len();
            text.push_str(&repair.text);
            pieces.push((start..text.len(), repair.range.clone()));
            copied = repair.range.end;
        }
        text.push_str(written.get(copied..).unwrap_or(""));
        Self { text, file, pieces }
    }

    /// Where a stretch of the mended text lies in the written one.
    pub(super) fn written(&self, range: Range<usize>) -> Range<usize> {
        let start = self.written_start(range.start);
        start..self.written_end(range.end).max(start)
    }

    /// [`Mended::written`] as a span.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let written = self.written(range);
        Span::new(self.file, written.start, written.end)
    }

    fn written_start(&self, offset: usize) -> usize {
        let after = self.pieces.partition_point(|(mended, _)| mended.start <= offset);
        match after.checked_sub(1).and_then(|at| self.pieces.get(at)) {
            None => offset,
            Some((mended, written)) if offset < mended.end => written.start,
            Some((mended, written)) => written.end + (offset - mended.end),
        }
    }

    fn written_end(&self, offset: usize) -> usize {
        let after = self.pieces.partition_point(|(mended, _)| mended.start < offset);
        match after.checked_sub(1).and_then(|at| self.pieces.get(at)) {
            None => offset,
            Some((mended, written)) if offset <= mended.end => written.end,
            Some((mended, written)) => written.end + (offset - mended.end),
        }
    }
}

/// Adds a repair in its place; `false` if it would touch another one, which then stands.
pub(super) fn insert(repairs: &mut Vec<Repair>, repair: Repair) -> bool {
    let at = repairs.partition_point(|known| known.range.start <= repair.range.start);
    let clear_before = at.checked_sub(1).and_then(|index| repairs.get(index)).is_none_or(|known| {
        known.range.end <= repair.range.start && !(known.range.is_empty() && known.range == repair.range)
    });
    let clear_after = repairs.get(at).is_none_or(|known| repair.range.end <= known.range.start);
    if clear_before && clear_after {
        repairs.insert(at, repair);
    }
    clear_before && clear_after
}

//! The text around a place: its declaration, and texts on one line.

use std::ops::Range;

use crate::base::Span;
use crate::workspace::Workspace;

/// The bytes of the declaration at an offset, up to where the next one begins; before the first one,
/// the beginning of the file.
#[must_use]
pub fn declaration(workspace: &Workspace, path: &str, offset: usize) -> Range<usize> {
    let end = workspace.text(path).map_or(0, str::len);
    let starts =
        workspace.parsed(path).into_iter().flat_map(|(file, _)| &file.items).map(|item| item.head().span.range().start);
    let mut around = 0..end;
    for start in starts {
        if start <= offset {
            around.start = start;
        } else {
            around.end = start.max(offset);
            break;
        }
    }
    around
}

/// A stretch of the program on one line, its blanks made one.
#[must_use]
pub fn one_line(workspace: &Workspace, span: Span) -> String {
    workspace.sources().slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}

//! Selecting more and more around the cursor: word, expression, clause, step, procedure, file.

use std::ops::Range;

use crate::ide::places;
use crate::workspace::Workspace;

/// The stretches around a byte of a file, the smallest first; the last is the whole file.
#[must_use]
pub fn around(workspace: &Workspace, path: &str, offset: usize) -> Vec<Range<usize>> {
    let Some((file, _)) = workspace.parsed(path) else { return Vec::new() };
    let whole = 0..workspace.text(path).map_or(0, str::len);
    let mut stretches = vec![whole];
    stretches.extend(places::around(file, offset).into_iter().map(crate::base::Span::range));
    stretches.dedup();
    stretches.reverse();
    stretches
}

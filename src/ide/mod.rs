//! What an editor can ask: one file per feature, plain data and byte offsets, nothing of a protocol.
//!
//! Every answer follows from a [`Workspace`] alone; what a name means is read off the checker's
//! mentions (`check::mentions`), never worked out a second time.

use std::ops::Range;

use crate::base::Span;
use crate::check::mentions::Mention;
use crate::workspace::Workspace;

pub mod diagnostics;
pub mod fixes;
pub mod folding;
pub mod formatting;
pub mod lens;
pub mod links;
pub mod places;
pub mod selection;
pub mod symbols;

/// A stretch of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file's path in the workspace.
    pub path: String,
    /// The bytes of its text.
    pub range: Range<usize>,
}

impl Location {
    /// Where a span lies; `None` for what is built in or no longer there.
    #[must_use]
    pub fn of(workspace: &Workspace, span: Span) -> Option<Self> {
        let source = workspace.sources().get(span.file)?;
        let is_held = workspace.file(&source.path) == Some(span.file);
        is_held.then(|| Self { path: source.path.to_string(), range: span.range() })
    }
}

/// A change of a file: the bytes of `range` become `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Where.
    pub location: Location,
    /// What stands there afterwards.
    pub text: String,
}

/// The name at an offset of a file, its end included.
#[must_use]
pub fn name_at<'w>(workspace: &'w Workspace, path: &str, offset: usize) -> Option<&'w Mention> {
    workspace.checked().mentions.at(workspace.file(path)?, offset)
}

//! What an editor can ask: one file per feature, plain data and byte offsets, nothing of a protocol.
//!
//! Every answer follows from a [`Workspace`] alone; what a name means is read off the checker's
//! mentions (`check::mentions`), never worked out a second time.

use std::ops::Range;

use crate::base::Span;
use crate::check::mentions::Mention;
use crate::workspace::Workspace;

pub mod actions;
pub mod around;
pub mod calls;
pub mod completion;
pub mod declarations;
pub mod definition;
pub mod diagnostics;
pub mod fixes;
pub mod folding;
pub mod formatting;
pub mod hover;
pub mod inlay_hints;
pub mod lens;
pub mod links;
pub mod nodes;
pub mod places;
pub mod references;
pub mod rename;
pub mod selection;
pub mod semantic_tokens;
pub mod signature_help;
pub mod symbols;
pub mod trial;

#[cfg(test)]
mod companies;
mod exprs;
mod layout;

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

impl Edit {
    /// The change of the bytes of `range` of a file.
    #[must_use]
    pub fn new(path: &str, range: Range<usize>, text: impl Into<String>) -> Self {
        Self { location: Location { path: path.to_owned(), range }, text: text.into() }
    }

    /// The change of what stands at a span; `None` for what is built in or no longer there.
    #[must_use]
    pub fn of(workspace: &Workspace, span: Span, text: impl Into<String>) -> Option<Self> {
        Some(Self { location: Location::of(workspace, span)?, text: text.into() })
    }
}

/// A text with changes of it, whatever file they name; `None` where they overlap.
fn spliced<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> Option<String> {
    let mut edits: Vec<&Edit> = edits.into_iter().collect();
    edits.sort_by_key(|edit| (edit.location.range.start, edit.location.range.end));
    let mut result = String::with_capacity(text.len());
    let mut copied = 0;
    for Edit { location: Location { range, .. }, text: new } in edits {
        result.push_str(text.get(copied..range.start)?);
        result.push_str(new);
        copied = range.end;
    }
    result.push_str(text.get(copied..)?);
    Some(result)
}

/// The one change that makes a text another one: from their first difference to their last.
fn changed(old: &str, new: &str) -> (Range<usize>, String) {
    let same = |(old, new): &(char, char)| old == new;
    let start: usize = old.chars().zip(new.chars()).take_while(same).map(|(letter, _)| letter.len_utf8()).sum();
    let (old_rest, new_rest) = (old.get(start..).unwrap_or(""), new.get(start..).unwrap_or(""));
    let back = old_rest.chars().rev().zip(new_rest.chars().rev()).take_while(same);
    let end: usize = back.map(|(letter, _)| letter.len_utf8()).sum();
    (start..old.len() - end, new_rest.get(..new_rest.len() - end).unwrap_or("").to_owned())
}

/// The name at an offset of a file, its end included.
#[must_use]
pub fn name_at<'w>(workspace: &'w Workspace, path: &str, offset: usize) -> Option<&'w Mention> {
    workspace.checked().mentions.at(workspace.file(path)?, offset)
}

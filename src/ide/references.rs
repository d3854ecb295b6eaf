//! Every place where a name is written: in the whole program and its templates, or in one file.

use std::ops::Range;

use crate::ide::definition::now;
use crate::ide::{Location, name_at};
use crate::workspace::Workspace;

/// A place of a name in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// The bytes of the name.
    pub range: Range<usize>,
    /// Whether it is declared here: written, where the others read it.
    pub is_declaration: bool,
}

/// Every place of the name at an offset, by file and place. Of an earlier name (`was`), the places of
/// what has it; of what is built in, wherever it is used.
#[must_use]
pub fn references(workspace: &Workspace, path: &str, offset: usize, with_declaration: bool) -> Vec<Location> {
    let Some(mention) = name_at(workspace, path, offset) else { return Vec::new() };
    let all = workspace.checked().mentions.of(now(&mention.symbol));
    let mut places: Vec<Location> = all
        .filter(|mention| with_declaration || !mention.is_declaration)
        .filter_map(|mention| Location::of(workspace, mention.span))
        .collect();
    places.sort_by(|a, b| (&a.path, a.range.start).cmp(&(&b.path, b.range.start)));
    places
}

/// The places of the name at an offset in its own file.
#[must_use]
pub fn highlights(workspace: &Workspace, path: &str, offset: usize) -> Vec<Highlight> {
    let (Some(mention), Some(file)) = (name_at(workspace, path, offset), workspace.file(path)) else {
        return Vec::new();
    };
    let all = workspace.checked().mentions.in_file(file).iter();
    all.filter(|other| other.symbol == mention.symbol)
        .map(|mention| Highlight { range: mention.span.range(), is_declaration: mention.is_declaration })
        .collect()
}

//! Changes that are offered where nothing need be wrong: one file each.
//!
//! Nothing is offered that makes a new mistake: where that cannot be seen beforehand, the program is
//! checked with the change (`ide::trial`).

mod create_file;
mod extract;
mod inline;
mod language;
mod lines;
mod mend;
mod sort_steps;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::ide::{Edit, Location};
use crate::workspace::Workspace;

/// A change that is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What it does.
    pub title: String,
    /// Which kind of change it is.
    pub kind: Kind,
    /// The changed texts; the edits do not overlap.
    pub edits: Vec<Edit>,
    /// Files to be made, where they are not there.
    pub files: Vec<NewFile>,
    /// The code of the finding that it mends.
    pub mends: Option<&'static str>,
    /// Where that finding is shown, if it is one alone.
    pub of: Option<Range<usize>>,
    /// A name that wants a better one: where it stands afterwards.
    pub names: Option<Location>,
}

/// What kind of change an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It mends something.
    Mend,
    /// A part gets a name of its own.
    Extract,
    /// What has a name is written out.
    Inline,
    /// The same, or more, in another form.
    Rewrite,
}

/// A file to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its path in the workspace.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl Action {
    fn new(title: impl Into<String>, kind: Kind, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), kind, edits, files: Vec::new(), mends: None, of: None, names: None }
    }
}

/// What is offered for a stretch of a file, an empty one for a cursor; of the kinds that are wanted.
pub fn at(workspace: &Workspace, path: &str, range: &Range<usize>, wanted: impl Fn(Kind) -> bool) -> Vec<Action> {
    let mut actions = Vec::new();
    if wanted(Kind::Mend) {
        actions.extend(mend::actions(workspace, path, range));
        actions.extend(create_file::actions(workspace, path, range));
        actions.extend(sort_steps::actions(workspace, path, range));
    }
    if wanted(Kind::Extract) {
        actions.extend(extract::actions(workspace, path, range));
    }
    if wanted(Kind::Inline) {
        actions.extend(inline::actions(workspace, path, range.start));
    }
    if wanted(Kind::Rewrite) {
        actions.extend(language::actions(workspace, path, range));
    }
    actions
}

/// Whether two stretches meet.
const fn touches(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start <= other.end && other.start <= one.end
}

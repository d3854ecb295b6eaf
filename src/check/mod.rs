//! Syntax trees to a checked program: names, types, the rules of procedures.

pub mod calendars;
pub mod rules;
pub mod templates;
pub mod tree;

use std::sync::Arc;

use crate::base::FileId;

/// The files beside the program that it names: templates and lists of days.
pub trait Resources {
    /// The text of the file at `path`, relative to the program's folder, and its name for spans;
    /// `None` if there is no such file.
    fn file(&self, path: &str) -> Option<(FileId, Arc<str>)>;
}

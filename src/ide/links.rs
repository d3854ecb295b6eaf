//! The files that a text names: those of templates, and those with the days of calendars.

use std::ops::Range;

use crate::base::Spanned;
use crate::syntax::ast::{Holidays, Item};
use crate::workspace::Workspace;

/// A place that leads to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The bytes between the quotes.
    pub range: Range<usize>,
    /// The file it leads to.
    pub target: String,
    /// What that file is.
    pub title: String,
}

/// The links in a file to files that are there, by place.
#[must_use]
pub fn links(workspace: &Workspace, path: &str) -> Vec<Link> {
    let Some((file, _)) = workspace.parsed(path) else { return Vec::new() };
    let mut links = Vec::new();
    for item in &file.items {
        match item {
            Item::Template(template) => {
                links.extend(template.files.iter().map(|(language, file)| {
                    link(file, format!("template {} in {}", template.name.value, language.value))
                }));
            }
            Item::Calendar(calendar) => {
                let files = calendar.holidays.iter().filter_map(|holidays| match holidays {
                    Holidays::File(file) => Some(file),
                    Holidays::Country(_) => None,
                });
                links.extend(files.map(|file| link(file, format!("days of calendar {}", calendar.name.value))));
            }
            _ => {}
        }
    }
    links.retain(|link| workspace.file(&link.target).is_some());
    links
}

fn link(file: &Spanned<String>, title: String) -> Link {
    let quoted = file.span.range();
    Link { range: quoted.start + 1..quoted.end.saturating_sub(1), target: file.value.clone(), title }
}

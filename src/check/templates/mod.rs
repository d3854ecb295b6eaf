//! Templates: their files and languages, and whether what they show exists.
//!
//! A template sees exactly `customer`, `covered`, `amount`, `procedure`, `step`, `dip`,
//! `recipient` and `today` (design, section 2): the documents and their amount where the action
//! that uses it covers documents, the recipient where it has one. A template used in several
//! places must hold for all of them.

mod engine;
mod exprs;
mod files;
mod offer;
mod reword;
mod shape;
#[cfg(test)]
mod tests;
pub(super) mod uses;
mod walk;

use std::sync::Arc;

use crate::base::{Diagnostic, Span, code};
use crate::check::Resources;
use crate::check::mentions::{Mention, Wanted};
use crate::check::named_files::no_file;
use crate::check::templates::uses::Use;
use crate::syntax::ast::{self, Item, Template};

/// Every finding about templates, in no particular order; the fields and defines they name go to `mentions`.
///
/// `uses` are those where an action does not offer everything; `resources` has the texts of the template files.
pub(super) fn findings(
    files: &[Arc<ast::File>],
    uses: &[&Use],
    resources: &dyn Resources,
    mentions: &mut Vec<Mention>,
) -> Vec<Diagnostic> {
    let world = shape::World::new(files);
    let mut out = Vec::new();
    for template in files.iter().flat_map(|file| &file.items).filter_map(as_template) {
        files::check(template, &mut out);
        for (_, path) in &template.files {
            match resources.file(&path.value) {
                None => out.push(no_file(code::TEMPLATE_FILE_MISSING, path)),
                Some((file, text)) => {
                    let seen = walk::read(file, &text, &world, &mut walk::Notes::new(&mut out, mentions));
                    let own = uses.iter().filter(|found| found.template.value == template.name.value);
                    offer::check(&seen, own.copied(), &mut out);
                }
            }
        }
    }
    out.sort_by(|left, right| left.sort_key().cmp(&right.sort_key()));
    out.dedup();
    out
}

/// What could stand at `cursor` in a text of the template file `path`; what its names stand for goes to `mentions`.
pub(super) fn look(
    files: &[Arc<ast::File>],
    path: &str,
    text: &str,
    cursor: Span,
    mentions: &mut Vec<Mention>,
) -> Vec<Wanted> {
    let templates = files.iter().flat_map(|file| &file.items).filter_map(as_template);
    let is_one = templates.flat_map(|template| &template.files).any(|(_, file)| file.value == path);
    if !is_one {
        return Vec::new();
    }
    let mut notes = walk::Notes { findings: &mut Vec::new(), mentions, cursor: Some(cursor), wanted: Vec::new() };
    walk::read(cursor.file, text, &shape::World::new(files), &mut notes);
    notes.wanted
}

const fn as_template(item: &Item) -> Option<&Template> {
    match item {
        Item::Template(template) => Some(template),
        _ => None,
    }
}

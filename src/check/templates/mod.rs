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

use crate::base::{Diagnostic, Span, code};
use crate::check::Resources;
use crate::check::context::Context;
use crate::check::mentions::{Mention, Wanted};
use crate::check::named_files::no_file;
use crate::check::templates::uses::Use;

/// Every finding about templates, in no particular order; the fields and defines they name go to `mentions`.
///
/// `uses` are those where an action does not offer everything; `resources` has the texts of the template files.
pub(super) fn findings(
    context: &Context<'_>,
    uses: &[&Use],
    resources: &dyn Resources,
    mentions: &mut Vec<Mention>,
) -> Vec<Diagnostic> {
    let world = shape::World::new(context);
    let mut out = Vec::new();
    for template in context.items.templates.iter().copied() {
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
    context: &Context<'_>,
    path: &str,
    text: &str,
    cursor: Span,
    mentions: &mut Vec<Mention>,
) -> Vec<Wanted> {
    let is_one =
        context.items.templates.iter().flat_map(|template| &template.files).any(|(_, file)| file.value == path);
    if !is_one {
        return Vec::new();
    }
    let mut notes = walk::Notes { findings: &mut Vec::new(), mentions, cursor: Some(cursor), wanted: Vec::new() };
    walk::read(cursor.file, text, &shape::World::new(context), &mut notes);
    notes.wanted
}

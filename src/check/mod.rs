//! Syntax trees to a checked program: names, types, the rules of procedures.
//!
//! Every finding of every stage is made at once: a wrong type hides no wrong rule.

pub mod look;
pub mod mentions;
pub mod tree;

mod action_types;
mod actions;
mod blocks;
mod calendars;
mod changes;
mod context;
mod defines;
mod durations;
mod expr;
mod from_syntax;
mod from_units;
mod items;
mod ledger;
mod members;
mod named_files;
mod names;
mod place;
mod procedures;
mod rules;
mod spelling;
mod story;
mod symbols;
mod templates;
#[cfg(test)]
mod tests;
mod units;
mod unused;

use std::sync::{Arc, OnceLock};

use crate::base::{Diagnostic, FileId, Severity};
use crate::check::context::Context;
use crate::check::mentions::Mentions;
use crate::check::names::NameSpaces;
use crate::check::units::{FileUnits, Units};
use crate::schema::LedgerSchema;
use crate::syntax::ast;

/// A program after checking.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Every finding, in the order of files and lines, each once.
    pub findings: Vec<Diagnostic>,
    /// What every name stands for, as far as it could be understood.
    pub mentions: Mentions,
    /// Whether no finding is an error, and everything could be read.
    is_sound: bool,
    program: OnceLock<Option<tree::Program>>,
    /// The files that were checked.
    files: Vec<Arc<ast::File>>,
    /// What is known of each declaration.
    units: Units,
    /// The file of the built-in actions.
    prelude: Option<FileId>,
    ledger: LedgerSchema,
    /// The days of the lists that calendars name, by path.
    own_days: calendars::OwnDays,
    /// The numbers that stand for names in `units`.
    names: NameSpaces,
}

impl Checked {
    /// The checked tree: there exactly when no finding is an error. It is built when it is first asked for.
    #[must_use]
    pub fn program(&self) -> Option<&tree::Program> {
        self.program.get_or_init(|| self.is_sound.then(|| from_units::program(self))).as_ref()
    }
}

/// The files beside the program that it names: templates and lists of days.
pub trait Resources {
    /// The text of the file at `path`, relative to the program's folder, and its name for spans;
    /// `None` if there is no such file.
    fn file(&self, path: &str) -> Option<(FileId, Arc<str>)>;
}

/// Checks a program: its `files`, with the built-in actions of `prelude` and the files it names.
/// What is known from `before`, an earlier state of the same program, is not worked out again.
pub fn check(
    files: &[Arc<ast::File>],
    prelude: &ast::File,
    resources: &dyn Resources,
    before: Option<&Checked>,
) -> Checked {
    let before = before.filter(|before| !before.names.is_crowded(files));
    let names = before.map(|before| before.names.clone()).unwrap_or_default();
    let kept = before.map(|before| units::kept(before, files, prelude)).unwrap_or_default();
    let context = Context::new(files, prelude, &names, &kept);
    let all = files.iter().map(|file| &**file).chain([prelude]);
    let is_new = |file: &&ast::File| file.id().is_none_or(|id| !kept.contains_key(&id));
    let new: Vec<&ast::File> = all.filter(is_new).collect();
    context.check_files(new.iter().copied());
    context.check_titles();
    context.report_all(rules::of_all(&context.rules()));
    let (mut parts, mut findings) = context.take_checked();
    let new = new.into_iter().filter_map(|file| Some((file.id()?, file)));
    let mut units = kept.clone();
    units.extend(new.map(|(id, file)| {
        let parts = parts.remove(&id).unwrap_or_default();
        (id, Arc::new(FileUnits::new(id, file, parts, |item| context.summary(item))))
    }));
    findings.extend(unused::findings(&context, &units));
    let offers: Vec<_> = units.values().flat_map(|file| &file.notes.offers).collect();
    let mut of_templates = Vec::new();
    findings.extend(templates::findings(&context, &offers, resources, &mut of_templates));
    let (of_calendars, own_days) = calendars::findings(&context.items, resources);
    findings.extend(of_calendars);
    findings.extend(units.values().flat_map(|file| &file.notes.findings).cloned());
    sort(&mut findings);
    let is_error = |finding: &Diagnostic| finding.severity() == Severity::Error;
    Checked {
        is_sound: !findings.iter().any(is_error) && !units.values().any(|file| file.notes.unreadable),
        findings,
        mentions: Mentions::new(&units, of_templates),
        program: OnceLock::new(),
        files: files.to_vec(),
        units,
        prelude: prelude.id(),
        ledger: context.symbols.ledger.clone(),
        own_days,
        names: context.into_names(),
    }
}

/// Orders findings by place; the same finding twice is one finding.
fn sort(findings: &mut Vec<Diagnostic>) {
    findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    findings.dedup();
}

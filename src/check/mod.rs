//! Syntax trees to a checked program: names, types, the rules of procedures.
//!
//! Every finding of every stage is made at once: a wrong type hides no wrong rule.

pub mod calendars;
pub mod mentions;
pub mod rules;
pub mod templates;
pub mod tree;

mod action_types;
mod actions;
mod blocks;
mod context;
mod defines;
mod durations;
mod expr;
mod from_syntax;
mod ledger;
pub mod look;
mod members;
mod named_files;
mod place;
mod procedures;
mod spelling;
mod story;
mod symbols;
#[cfg(test)]
mod tests;
mod units;
mod unused;

use std::sync::Arc;

use crate::base::{Diagnostic, FileId, Severity};
use crate::check::mentions::Mentions;
use crate::check::units::{Kept, Units};
use crate::syntax::ast;

/// A program after checking.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The checked tree: there exactly when no finding is an error.
    pub program: Option<tree::Program>,
    /// Every finding, in the order of files and lines, each once.
    pub findings: Vec<Diagnostic>,
    /// What every name stands for, as far as it could be understood.
    pub mentions: Mentions,
    /// The files that were checked.
    files: Vec<Arc<ast::File>>,
    /// What is known of each declaration.
    units: Units,
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
    let kept = Kept::of(before, files);
    let context = context::Context::new(files, prelude, &kept);
    let mut program = context.program();
    context.check_tests();
    context.report_all(rules::of_all(&context.rules));
    let (mut whole, units) = context.into_notes();
    let offers: Vec<_> = units.values().flat_map(|file| &file.notes.offers).collect();
    whole.findings.extend(templates::findings(files, &offers, resources, &mut whole.mentions));
    whole.findings.extend(calendars::findings(files, resources));
    let mentions = Mentions::new(&whole.mentions, &units, files, prelude, &kept);
    let mut findings = whole.findings;
    findings.extend(units.values().flat_map(|file| &file.notes.findings).cloned());
    sort(&mut findings);
    if findings.iter().any(|finding| finding.severity() == Severity::Error) {
        program = None;
    }
    if let Some(program) = &mut program {
        calendars::add_own_days(program, files, resources);
    }
    Checked { program, findings, mentions, files: files.to_vec(), units }
}

/// Orders findings by place; the same finding twice is one finding.
fn sort(findings: &mut Vec<Diagnostic>) {
    findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    findings.dedup();
}

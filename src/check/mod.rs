//! Syntax trees to a checked program: names, types, the rules of procedures.
//!
//! Every finding of every stage is made at once: a wrong type hides no wrong rule.

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
mod members;
mod place;
mod procedures;
mod symbols;
mod unused;

use std::sync::Arc;

use crate::base::Diagnostic;
use crate::syntax::ast;

/// A program after checking.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The checked tree: there exactly when no finding is an error.
    pub program: Option<tree::Program>,
    /// Every finding, in the order of files and lines, each once.
    pub findings: Vec<Diagnostic>,
}

/// The files that a program names: templates, days of its own calendars.
pub trait Resources {
    /// The text of a file, by its path relative to the program's folder; `None` if there is none.
    fn text(&self, path: &str) -> Option<Arc<str>>;
}

/// Checks a program: its `files`, with the built-in actions of `prelude`.
pub fn check(files: &[ast::File], prelude: &ast::File, _resources: &dyn Resources) -> Checked {
    let context = context::Context::new(files, prelude);
    let program = context.program();
    let mut findings = context.into_findings();
    sort(&mut findings);
    Checked { program, findings }
}

/// Orders findings by place; the same finding twice is one finding.
fn sort(findings: &mut Vec<Diagnostic>) {
    findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    findings.dedup();
}

//! The rules of procedures: what is well written and well typed, and still cannot mean what its
//! author wants (design, section 3).
//!
//! They look at the syntax tree alone, so that an unknown name or a wrong type elsewhere hides none
//! of them, and they are silent about what could not be read. One file for each group.

mod assignment;
mod days;
mod followed;
mod lead;
mod logic;
mod parts;
mod renamed;
mod repeats;
mod results;
mod stop;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::base::{Diagnostic, code};
use crate::schema::DEFAULT_STATUSES;
use crate::syntax::ast::{self, ActionDecl, Assign, Define, Item, Ledger, Procedure, Step, TimingKind};

/// Every finding about one procedure.
pub(super) fn of_procedure(program: &Program<'_>, procedure: &Procedure) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    parts::check(procedure, &mut out);
    days::check(program, procedure, &mut out);
    repeats::check(procedure, &mut out);
    stop::check(procedure, &mut out);
    results::check(program, procedure, &mut out);
    followed::check(program, procedure, &mut out);
    lead::check(program, procedure, &mut out);
    renamed::check_steps(procedure, &mut out);
    out
}

/// Every finding about the rules of one `assign`.
pub(super) fn of_assign(assign: &Assign) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    assignment::order(assign, &mut out);
    out
}

/// What has no meaning at its place, as far as the declaration itself tells: `after` where days are counted, a rule
/// behind `otherwise`.
pub(super) fn out_of_place(item: &Item) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    match item {
        Item::Procedure(procedure) => {
            if clock(procedure) == Clock::Dip {
                days::dip(procedure, &mut out);
            }
            stop::check(procedure, &mut out);
        }
        Item::Assign(assign) => assignment::order(assign, &mut out),
        _ => {}
    }
    let codes = [code::AFTER_IN_DIP, code::AT_STOP_AND_DAY, code::NOTHING_STOPS, code::RULE_AFTER_OTHERWISE];
    out.retain(|finding| codes.contains(&finding.code));
    out
}

/// Every finding that concerns several procedures.
pub(super) fn of_all(program: &Program<'_>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    assignment::check(program, &mut out);
    renamed::check(program, &mut out);
    out
}

/// The declarations of all files that the rules look at.
pub(super) struct Program<'a> {
    procedures: Vec<&'a Procedure>,
    assigns: Vec<&'a Assign>,
    defines: Vec<&'a Define>,
    /// The actions, built in or declared.
    pub(super) actions: Vec<&'a ActionDecl>,
    /// The statuses of a document.
    statuses: Vec<&'a str>,
}

impl<'a> Program<'a> {
    /// Collects them; `prelude` declares the built-in actions.
    pub(super) fn new(files: &'a [Arc<ast::File>], prelude: &'a ast::File) -> Self {
        let mut program =
            Self { procedures: vec![], assigns: vec![], defines: vec![], actions: vec![], statuses: vec![] };
        for item in files.iter().map(|file| &**file).chain([prelude]).flat_map(|file| &file.items) {
            match item {
                Item::Procedure(procedure) => program.procedures.push(procedure),
                Item::Assign(assign) => program.assigns.push(assign),
                Item::Define(define) => program.defines.push(define),
                Item::Action(action) => program.actions.push(action),
                Item::Ledger(ledger) => program.statuses.extend(declared_statuses(ledger)),
                Item::Calendar(_) | Item::Template(_) | Item::ContactPolicy(_) | Item::Test(_) => {}
            }
        }
        if program.statuses.is_empty() {
            program.statuses.extend(DEFAULT_STATUSES);
        }
        program
    }

    /// The action with this name.
    fn action(&self, name: &str) -> Option<&'a ActionDecl> {
        self.actions.iter().copied().find(|action| action.name.value == name)
    }
}

fn declared_statuses(ledger: &Ledger) -> impl Iterator<Item = &str> {
    let fields = ledger.document.iter().filter(|field| field.name.value == "status");
    fields.flat_map(|field| &field.ty).map(|value| value.value.as_str())
}

/// Which clock a procedure has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clock {
    /// `timing dip`
    Dip,
    /// `timing after previous`
    AfterPrevious,
    /// None is written: most rules cannot be decided.
    Unknown,
}

fn clock(procedure: &Procedure) -> Clock {
    match procedure.timing.as_ref().map(|timing| &timing.kind) {
        Some(TimingKind::Dip { .. }) => Clock::Dip,
        Some(TimingKind::AfterPrevious) => Clock::AfterPrevious,
        None => Clock::Unknown,
    }
}

fn starts_by_assignment(procedure: &Procedure) -> bool {
    procedure.start.as_ref().is_some_and(|start| start.when.is_none())
}

fn is_for_document(procedure: &Procedure) -> bool {
    procedure.scope.as_ref().is_some_and(|scope| scope.value == "document")
}

/// The steps that have their place in the sequence: all but those `at stop`.
fn sequence(procedure: &Procedure) -> impl DoubleEndedIterator<Item = &Step> {
    procedure.steps.iter().filter(|step| step.at_stop.is_none())
}

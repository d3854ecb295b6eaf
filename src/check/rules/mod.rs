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

use crate::base::{Diagnostic, code};
use crate::check::defines::Defines;
use crate::check::items::Items;
use crate::check::symbols::Table;
use crate::schema::DEFAULT_STATUSES;
use crate::syntax::ast::{Assign, Item, Ledger, Procedure, Step, TimingKind};

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

/// The declarations that the rules look at.
pub(super) struct Program<'p> {
    items: &'p Items<'p>,
    defines: &'p Defines<'p>,
    procedures: &'p Table<'p, Procedure>,
    /// The statuses of a document.
    statuses: Vec<&'p str>,
}

impl<'p> Program<'p> {
    /// The rules look at these.
    pub(super) fn new(items: &'p Items<'p>, defines: &'p Defines<'p>, procedures: &'p Table<'p, Procedure>) -> Self {
        let mut statuses: Vec<&str> = items.ledgers.iter().copied().flat_map(declared_statuses).collect();
        if statuses.is_empty() {
            statuses.extend(DEFAULT_STATUSES);
        }
        Self { items, defines, procedures, statuses }
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

pub(super) fn starts_by_assignment(procedure: &Procedure) -> bool {
    procedure.start.as_ref().is_some_and(|start| start.when.is_none())
}

fn is_for_document(procedure: &Procedure) -> bool {
    procedure.scope.as_ref().is_some_and(|scope| scope.value == "document")
}

/// The steps that have their place in the sequence: all but those `at stop`.
fn sequence(procedure: &Procedure) -> impl DoubleEndedIterator<Item = &Step> {
    procedure.steps.iter().filter(|step| step.at_stop.is_none())
}

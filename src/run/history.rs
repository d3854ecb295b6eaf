//! Outcomes in the table `history` that no step of the program takes (`S7`, `S25`): they change
//! nothing, so what was done may be suggested again, and that must not happen in silence.

use std::collections::BTreeMap;

use crate::base::{Diagnostic, code, text};
use crate::check::tree::Scope;
use crate::ledger::CustomerRow;
use crate::ledger::snapshot::{HistoryEntry, Outcome};
use crate::plan::Plan;
use crate::run::context::Context;

/// Why an outcome is not taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    Procedure(String),
    Step(String, String),
    WithDocument(String),
    WithoutDocument(String),
}

/// One finding for each reason, with the number of rows and the first one.
pub(super) fn findings(run: &Context<'_>) -> Vec<Diagnostic> {
    let mut lost: BTreeMap<Reason, (i64, String)> = BTreeMap::new();
    for customer in (0u32..).take(run.snapshot.customers.len()) {
        for entry in run.snapshot.history.of(customer) {
            if let Some(reason) = reason(run.plan, entry) {
                let id = |row: CustomerRow| run.snapshot.customers.id.get(row.0 as usize).to_owned();
                let first = || format!("{} for customer `{}`", entry.date, id(CustomerRow(customer)));
                lost.entry(reason).or_insert_with(|| (0, first())).0 += 1;
            }
        }
    }
    lost.into_iter().map(|(reason, (count, first))| finding(run.plan, &reason, count, &first)).collect()
}

fn reason(plan: &Plan, entry: &HistoryEntry) -> Option<Reason> {
    let (Some(named), Some(step)) = (&entry.procedure, &entry.step) else { return None };
    if entry.outcome == Outcome::Contact {
        return None;
    }
    let known = |names: &[String], name: &str| names.iter().any(|known| known == name);
    let Some(procedure) = plan.procedures.iter().find(|procedure| known(&procedure.known_as, named)) else {
        return Some(Reason::Procedure(named.to_string()));
    };
    let mut steps = procedure.steps.iter().chain(&procedure.at_stop);
    if !steps.any(|candidate| known(&candidate.known_as, step)) {
        return Some(Reason::Step(procedure.name.clone(), step.to_string()));
    }
    match (procedure.scope, entry.document) {
        (Scope::Customer, Some(_)) => Some(Reason::WithDocument(procedure.name.clone())),
        (Scope::Document, None) => Some(Reason::WithoutDocument(procedure.name.clone())),
        (Scope::Customer, None) | (Scope::Document, Some(_)) => None,
    }
}

fn finding(plan: &Plan, reason: &Reason, count: i64, first: &str) -> Diagnostic {
    let rows = text::count(count, "outcome", "outcomes");
    let near = |word: &str, names: Vec<&str>| {
        text::nearest(word, names).map_or(String::new(), |near| format!("did you mean `{near}`? "))
    };
    let (what, help) = match reason {
        Reason::Procedure(named) => {
            let names = plan.procedures.iter().map(|procedure| procedure.name.as_str()).collect();
            let help =
                format!("{}if the procedure was renamed, write `was {named}` behind its name", near(named, names));
            (format!("the procedure `{named}`, which the program does not have"), help)
        }
        Reason::Step(procedure, step) => {
            let of = plan.procedures.iter().find(|candidate| candidate.name == *procedure);
            let names = of.map_or(Vec::new(), |of| of.steps.iter().map(|step| step.name.as_str()).collect());
            let help = format!("{}if the step was renamed, write `was {step}` behind it", near(step, names));
            (format!("the step `{step}`, which procedure `{procedure}` does not have"), help)
        }
        Reason::WithDocument(procedure) => (
            format!("a document, but procedure `{procedure}` is for customers"),
            "leave the cell `document` empty in these rows".to_owned(),
        ),
        Reason::WithoutDocument(procedure) => (
            format!("no document, but procedure `{procedure}` is for documents"),
            "write the document's id into these rows".to_owned(),
        ),
    };
    let message = format!("{rows} in `history` name {what}, the first on {first}; they count for nothing");
    Diagnostic::new(code::OUTCOME_NOT_TAKEN, message).help(help)
}

//! Outcomes in history and journal that no step of the program takes (`S7`, `S25`): they change
//! nothing, so what was done may be suggested again, and that must not happen in silence.

use std::collections::BTreeMap;

use crate::base::{Diagnostic, code, text};
use crate::check::tree::Scope;
use crate::journal::{Entry, Memory};
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

/// Where an outcome is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Table,
    Journal,
}

/// How many outcomes there are, and the first.
type Lost = BTreeMap<(Source, Reason), (i64, String)>;

/// One finding for each reason, with the number of outcomes and the first one, and one for what the
/// journal says of customers and documents that the ledger does not have.
pub(super) fn findings(run: &Context<'_>, memory: &Memory) -> Vec<Diagnostic> {
    let mut lost = Lost::new();
    for customer in (0u32..).take(run.snapshot.customers.len()).map(CustomerRow) {
        for entry in run.snapshot.history.of(customer.0) {
            lose(run, &mut lost, Source::Table, customer, entry);
        }
    }
    for (customer, entry) in memory.outcomes() {
        lose(run, &mut lost, Source::Journal, customer, entry);
    }
    let taken = lost.iter().map(|((source, reason), (count, first))| finding(run.plan, *source, reason, *count, first));
    taken.chain(strangers(&memory.strangers)).collect()
}

fn lose(run: &Context<'_>, lost: &mut Lost, source: Source, customer: CustomerRow, entry: &HistoryEntry) {
    let Some(reason) = reason(run.plan, entry) else { return };
    let id = || run.snapshot.customers.id.get(customer.0 as usize);
    let first = || (0, format!("{} for customer `{}`", entry.date, id()));
    lost.entry((source, reason)).or_insert_with(first).0 += 1;
}

/// What the journal says of customers and documents that the ledger does not have.
fn strangers(entries: &[Entry]) -> Option<Diagnostic> {
    let first = entries.first()?;
    let number = i64::try_from(entries.len()).unwrap_or(i64::MAX);
    let count = text::count(number, "entry of the journal is", "entries of the journal are");
    let about = match (&first.customer, &first.document) {
        (Some(customer), Some(document)) => format!("document `{document}` of customer `{customer}`"),
        (customer, _) => format!("customer `{}`", customer.as_deref().unwrap_or_default()),
    };
    let which = if number == 1 { "on" } else { "the first on" };
    let counts = counts(number);
    let message = format!(
        "{count} about what the ledger does not have, {which} {} about {about}; {counts} for nothing",
        first.date
    );
    let help = "if the ledger leaves out old customers and documents, nothing is to be done; if an id was changed, what was done under the old one may be suggested again";
    Some(Diagnostic::new(code::NOT_IN_LEDGER, message).help(help))
}

const fn counts(number: i64) -> &'static str {
    if number == 1 { "it counts" } else { "they count" }
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

fn finding(plan: &Plan, source: Source, reason: &Reason, count: i64, first: &str) -> Diagnostic {
    let outcomes = text::count(count, "outcome", "outcomes");
    let (place, name) = match (source, count) {
        (Source::Table, 1) => ("`history`", "names"),
        (Source::Table, _) => ("`history`", "name"),
        (Source::Journal, 1) => ("the journal", "names"),
        (Source::Journal, _) => ("the journal", "name"),
    };
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
            match source {
                Source::Table => "leave the cell `document` empty in these rows".to_owned(),
                Source::Journal => {
                    "a procedure that was for documents needs a new name when it becomes one for customers".to_owned()
                }
            },
        ),
        Reason::WithoutDocument(procedure) => (
            format!("no document, but procedure `{procedure}` is for documents"),
            match source {
                Source::Table => "write the document's id into these rows".to_owned(),
                Source::Journal => {
                    "a procedure that was for customers needs a new name when it becomes one for documents".to_owned()
                }
            },
        ),
    };
    let which = if count == 1 { "on" } else { "the first on" };
    let counts = counts(count);
    let message = format!("{outcomes} in {place} {name} {what}, {which} {first}; {counts} for nothing");
    Diagnostic::new(code::OUTCOME_NOT_TAKEN, message).help(help)
}

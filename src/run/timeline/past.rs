//! The past of a timeline: what history and journal tell, but what was taken back (`S25`).

use crate::journal::RowKey;
use crate::journal::memory::Kind;
use crate::ledger::DocumentRow;
use crate::ledger::snapshot::Outcome;
use crate::run::customer::Customer;
use crate::run::timeline::lanes::Lanes;
use crate::run::timeline::{Act, Mark, Time, What, complete};

/// Adds what is on record.
pub(super) fn add(customer: &Customer<'_>, lanes: &mut Lanes<'_>) {
    let documents = &customer.run.snapshot.documents;
    let id = |document: Option<DocumentRow>| document.map(|row| documents.id.get(row.0 as usize));
    for record in &customer.records {
        let entry = record.entry;
        let what = match entry.outcome {
            Outcome::Done => What::Done,
            Outcome::Skipped => What::Skipped,
            Outcome::Contact => What::Contact,
        };
        let text = |text: &Option<std::sync::Arc<str>>| text.as_ref().map(ToString::to_string);
        let mark = Mark {
            step: text(&entry.step),
            actions: record.row.map(act).into_iter().collect(),
            due: record.since,
            result: text(&entry.result),
            by: text(&entry.by),
            reason: text(&entry.reason),
            ..Mark::new(entry.date, Time::Past, what)
        };
        let document = if entry.procedure.is_some() { id(entry.document) } else { None };
        lanes.add(entry.procedure.as_deref(), document, mark);
    }
    for event in &customer.events {
        let (what, reason) = match &event.kind {
            Kind::Started { because, .. } => (What::Started, because.as_deref()),
            Kind::Ended { because } => (What::Ended, because.as_deref()),
            Kind::Completed { resting } => (What::Completed, Some(complete(*resting))),
            // What is put off today, the run of today says.
            Kind::Deferred { step, row, until } if event.date < customer.run.date => {
                let mark = Mark {
                    step: step.as_ref().map(ToString::to_string),
                    actions: vec![act(row)],
                    until: Some(*until),
                    ..Mark::new(event.date, Time::Past, What::PutOff)
                };
                lanes.add(event.procedure.as_deref(), id(event.document), mark);
                continue;
            }
            Kind::Deferred { .. } | Kind::Outcome { .. } | Kind::Undone(_) => continue,
        };
        let due = match event.kind {
            Kind::Started { since, .. } => Some(since),
            _ => None,
        };
        let reason = reason.map(str::to_owned);
        let mark = Mark { due, reason, ..Mark::new(event.date, Time::Past, what) };
        lanes.add(event.procedure.as_deref(), id(event.document), mark);
    }
}

/// What a row of the journal tells of its action.
fn act(row: &RowKey) -> Act {
    Act {
        action: row.action.clone(),
        recipient: row.recipient.clone(),
        mode: None,
        amount: None,
        documents: Vec::new(),
    }
}

//! What a committed run writes into the journal (`S25`): starts, stops, completions, deferrals.

use crate::base::{Date, Sources, Span};
use crate::journal::{Entry, Event};
use crate::plan::{Plan, Start};
use crate::run::customer::Customer;
use crate::run::follow::Following;
use crate::run::found::Found;
use crate::run::instance::Instance;
use crate::run::progress::{Change, End};
use crate::run::worklist::{Deferred, Worklist};

/// An entry to be, and why it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The entry, without its reason.
    entry: Entry,
    because: Because,
}

/// Why an entry is made; conditions are told as they are written in the program.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Because {
    Holds(Span),
    NoLonger(Span),
    Text(String),
}

impl Notice {
    /// The entry of the journal; `sources` gives the conditions as they are written.
    #[must_use]
    pub fn entry(&self, sources: &Sources) -> Entry {
        let written = |span: Span| sources.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        let reason = match &self.because {
            Because::Holds(span) => written(*span),
            Because::NoLonger(span) => format!("no longer {}", written(*span)),
            Because::Text(text) => text.clone(),
        };
        Entry { reason: Some(reason), ..self.entry.clone() }
    }

    /// The entry without the reason, for runs that nobody will read about.
    pub(crate) const fn bare(&self) -> &Entry {
        &self.entry
    }
}

/// The entries of a commit: what is new, and that the run of `date` was committed. `None` where
/// that is known already and nothing is new.
#[must_use]
pub fn entries(worklist: &Worklist, sources: &Sources, date: Date, committed: bool) -> Option<Vec<Entry>> {
    let mut entries: Vec<Entry> = worklist.notices.iter().map(|notice| notice.entry(sources)).collect();
    if entries.is_empty() && committed {
        return None;
    }
    entries.push(Entry::new(Event::Committed, date));
    Some(entries)
}

/// Notes what a run changes in the life of an instance.
pub(super) fn change(customer: &Customer<'_>, instance: &Instance<'_>, change: &Change, found: &mut Found) {
    let procedure = instance.procedure;
    let (event, since, because) = match change {
        Change::Starts(since) => (Event::Started, Some(*since), started(instance)),
        Change::Completes { resting } => (Event::Completed, resting.then_some(customer.run.date), completed(instance)),
        Change::Ends(end @ End::Reassigned(_)) => (Event::Reassigned, None, ended(customer.run.plan, end)),
        Change::Ends(end) => (Event::Stopped, None, ended(customer.run.plan, end)),
    };
    let entry = Entry {
        customer: Some(customer.id().to_owned()),
        document: instance.document().map(|place| customer.document_id(place).to_owned()),
        procedure: Some(procedure.name.clone()),
        since,
        ..Entry::new(event, customer.run.date)
    };
    found.notices.push(Notice { entry, because });
}

fn started(instance: &Instance<'_>) -> Because {
    match (&instance.life.running, &instance.procedure.start) {
        (Some(_), _) => Because::Text("its steps have outcomes".to_owned()),
        (None, Start::Assignment { .. }) => Because::Text("assigned".to_owned()),
        (None, Start::Conditions { start, .. }) => Because::Holds(start.span),
    }
}

fn completed(instance: &Instance<'_>) -> Because {
    match (&instance.life.running, &instance.procedure.start) {
        (Some(running), Start::Conditions { start, .. }) if running.completed => Because::NoLonger(start.span),
        _ => Because::Text("its last step has an outcome".to_owned()),
    }
}

fn ended(plan: &Plan, end: &End) -> Because {
    match end {
        End::Stop(span) => Because::Holds(*span),
        End::NoLonger(span) => Because::NoLonger(*span),
        other => Because::Text(in_words(plan, other)),
    }
}

/// Why an instance ends, where no condition of it says so.
pub(super) fn in_words(plan: &Plan, end: &End) -> String {
    match end {
        End::Stop(_) => "its stop condition holds".to_owned(),
        End::NoLonger(_) => "its start condition holds no longer".to_owned(),
        End::Reassigned(to) => match to.and_then(|id| plan.procedures.get(id.0)) {
            Some(procedure) => format!("{} is assigned now", procedure.name),
            None => "no procedure is assigned now".to_owned(),
        },
        End::NotFollowed(Some(Following::Archived)) => "the document is not open any more".to_owned(),
        End::NotFollowed(Some(_)) => "the document is not followed any more".to_owned(),
        End::NotFollowed(None) => "no document is followed any more".to_owned(),
    }
}

/// Notes that a row is put off.
pub(super) fn deferral(customer: &Customer<'_>, deferred: &Deferred, found: &mut Found) {
    let entry = Entry { until: Some(deferred.until), ..deferred.row.entry(Event::Deferred, customer.run.date) };
    found.notices.push(Notice { entry, because: Because::Text(deferred.reason.clone()) });
}

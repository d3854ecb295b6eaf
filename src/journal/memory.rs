//! The journal as a run sees it: what happened, customer by customer of one snapshot.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::Date;
use crate::journal::{Entry, Event, RowKey};
use crate::ledger::snapshot::{HistoryEntry, Outcome};
use crate::ledger::{CustomerRow, DocumentRow, Snapshot};

/// What the journal says of the customers of a snapshot.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// Of each customer that it names, in the order of the journal.
    happenings: BTreeMap<CustomerRow, Vec<Happening>>,
    /// The days of the commits, in order.
    commits: Vec<Date>,
    /// The number of its last entry; 0 for an empty one.
    pub head: u64,
    /// Entries about customers or documents that the ledger does not have, in the order of the journal.
    pub strangers: Vec<Entry>,
}

/// An entry about a customer of the snapshot.
#[derive(Debug, Clone)]
pub struct Happening {
    /// Its place in the journal.
    pub number: u64,
    /// The day it belongs to.
    pub date: Date,
    /// The document, where the subject is one.
    pub document: Option<DocumentRow>,
    /// The procedure, by its name then.
    pub procedure: Option<Arc<str>>,
    /// What happened.
    pub kind: Kind,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Kind {
    /// The procedure started for the subject.
    Started {
        /// The day from which it counts.
        since: Date,
        /// The condition as it was written.
        because: Option<Arc<str>>,
    },
    /// It ended.
    Ended {
        /// Why.
        because: Option<Arc<str>>,
    },
    /// Its last step had an outcome.
    Completed {
        /// Whether its start condition did not hold then, so that it may start again (`S11`).
        resting: bool,
    },
    /// A row was put off.
    Deferred {
        /// Its step.
        step: Option<Arc<str>>,
        /// Which row.
        row: RowKey,
        /// To when.
        until: Date,
    },
    /// A step has an outcome, or the customer was contacted.
    Outcome {
        /// What, as the table `history` would have it.
        entry: Box<HistoryEntry>,
        /// Which row of the step; `None` for all.
        row: Option<RowKey>,
        /// The day on which the step was reached or fell due.
        since: Option<Date>,
    },
    /// An earlier entry is taken back.
    Undone(u64),
}

impl Memory {
    /// What `entries`, in the order of the journal, say of the customers of `snapshot`.
    #[must_use]
    pub fn new(entries: &[Entry], snapshot: &Snapshot) -> Self {
        let mut memory = Self::default();
        for entry in entries {
            memory.head = memory.head.max(entry.number);
            match (entry.event, happening(entry, snapshot)) {
                (Event::Committed, _) => memory.commits.push(entry.date),
                (_, Some((customer, happening))) => memory.happenings.entry(customer).or_default().push(happening),
                (_, None) => memory.strangers.push(entry.clone()),
            }
        }
        memory.commits.sort_unstable();
        memory
    }

    /// What happened to a customer, in the order of the journal.
    #[must_use]
    pub fn of(&self, customer: CustomerRow) -> &[Happening] {
        self.happenings.get(&customer).map_or(&[], Vec::as_slice)
    }

    /// The outcomes that were not taken back, by customer in the order of the journal.
    pub fn outcomes(&self) -> impl Iterator<Item = (CustomerRow, &HistoryEntry)> {
        self.happenings.iter().flat_map(|(customer, happenings)| {
            let undone = |number| happenings.iter().any(|other| matches!(other.kind, Kind::Undone(of) if of == number));
            happenings.iter().filter_map(move |happening| match &happening.kind {
                Kind::Outcome { entry, .. } if !undone(happening.number) => Some((*customer, &**entry)),
                _ => None,
            })
        })
    }

    /// The days on or before `date` for which a run was committed, in order.
    #[must_use]
    pub fn commits(&self, date: Date) -> &[Date] {
        let seen = self.commits.partition_point(|commit| *commit <= date);
        self.commits.get(..seen).unwrap_or(&[])
    }

    /// The day of the last commit.
    #[must_use]
    pub fn last_commit(&self) -> Option<Date> {
        self.commits.last().copied()
    }
}

/// An entry with its customer and document looked up; `None` where the ledger does not have them,
/// and for what is about no customer.
#[must_use]
pub fn happening(entry: &Entry, snapshot: &Snapshot) -> Option<(CustomerRow, Happening)> {
    let customer = snapshot.customers.find(entry.customer.as_deref()?)?;
    let document = match &entry.document {
        None => None,
        Some(id) => Some(document(snapshot, customer, id)?),
    };
    let share = |text: &Option<String>| text.as_deref().map(Arc::from);
    let procedure = share(&entry.procedure);
    let outcome = |outcome: Outcome| Kind::Outcome {
        entry: Box::new(HistoryEntry {
            date: entry.date,
            document,
            procedure: procedure.clone(),
            step: share(&entry.step),
            outcome,
            result: share(&entry.result),
            by: share(&entry.by),
            reason: share(&entry.reason),
        }),
        row: entry.row.clone(),
        since: entry.since,
    };
    let kind = match entry.event {
        Event::Committed => return None,
        Event::Started => Kind::Started { since: entry.since.unwrap_or(entry.date), because: share(&entry.reason) },
        Event::Stopped | Event::Reassigned => Kind::Ended { because: share(&entry.reason) },
        Event::Completed => Kind::Completed { resting: entry.since.is_some() },
        Event::Deferred => Kind::Deferred { step: share(&entry.step), row: entry.row.clone()?, until: entry.until? },
        Event::Done => outcome(Outcome::Done),
        Event::Skipped => outcome(Outcome::Skipped),
        Event::Contact => outcome(Outcome::Contact),
        Event::Undone => Kind::Undone(entry.undoes?),
    };
    Some((customer, Happening { number: entry.number, date: entry.date, document, procedure, kind }))
}

/// The document of a customer with this id.
fn document(snapshot: &Snapshot, customer: CustomerRow, id: &str) -> Option<DocumentRow> {
    let mut documents = snapshot.documents.of(customer);
    documents.find(|row| snapshot.documents.id.get(row.0 as usize) == id)
}

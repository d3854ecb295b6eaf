//! One customer as of the run date: documents, holds, promises, contacts, and what derives from
//! them (`S2`, `S3`, `S17`, `S19`, `S20`, `S22`).

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;

use crate::base::{Currency, Date, Decimal, Money, decimal::round_half_even};
use crate::check::tree::{CalendarId, DefineId};
use crate::journal::memory::Kind;
use crate::journal::{Happening, RowKey};
use crate::ledger::snapshot::{HistoryEntry, Hold, Outcome, Promise};
use crate::ledger::{CustomerRow, DocumentRow};
use crate::run::amounts::MoneyFold;
use crate::run::clock::Counter;
use crate::run::context::Context;
use crate::run::datum::Datum;
use crate::run::fault::Fault;

/// A customer as of the run date.
pub(crate) struct Customer<'a> {
    /// The run.
    pub(crate) run: &'a Context<'a>,
    /// Which customer.
    pub(crate) row: CustomerRow,
    /// The documents that exist on the date, by id.
    pub(crate) documents: Vec<Document>,
    /// Whether the customer as a whole is on hold (`S19`).
    pub(crate) held: bool,
    /// Every hold of the customer and its documents.
    pub(crate) holds: &'a [Hold],
    /// The promises made on or before the date.
    pub(crate) promises: &'a [Promise],
    /// Outcomes and contacts of history and journal, up to and including the date, in one sequence (`S25`).
    pub(crate) records: Vec<Record<'a>>,
    /// What the journal says up to and including the date, but outcomes and what was taken back.
    pub(crate) events: Vec<&'a Happening>,
    contacts: OnceCell<Vec<Record<'a>>>,
    total_due: Cell<Option<Money>>,
    overdue_total: Cell<Option<Money>>,
    /// Values of the defines about the customer, once known, by `DefineId`.
    pub(super) defines: Vec<Cell<Option<Option<Datum<'a>>>>>,
    /// Values of the costly defines about documents, once known.
    pub(super) document_defines: RefCell<HashMap<(DefineId, usize), Option<Datum<'a>>>>,
}

/// A document as of the run date.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Document {
    /// Which document.
    pub(crate) row: DocumentRow,
    /// What is still to be paid.
    pub(crate) open_amount: Decimal,
    /// Its currency.
    pub(crate) currency: Currency,
    /// The code of its kind.
    pub(crate) kind: u16,
    /// The code of its status.
    pub(crate) status: u16,
    /// Its due date.
    pub(crate) due_date: Date,
    /// The day on which it was settled, if that is on or before the date.
    pub(crate) settled_on: Option<Date>,
    /// Whether it is open.
    pub(crate) open: bool,
    /// Whether it or its customer is on hold (`S19`).
    pub(crate) held: bool,
}

/// An outcome or a contact, from history or journal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record<'a> {
    /// What happened.
    pub(crate) entry: &'a HistoryEntry,
    /// Its number in the journal; 0 for a row of history.
    pub(crate) number: u64,
    /// The row of the worklist it is about; `None` for the whole step.
    pub(crate) row: Option<&'a RowKey>,
    /// The day on which the step of that row was reached or fell due.
    pub(crate) since: Option<Date>,
}

impl Document {
    /// What is still to be paid.
    pub(crate) const fn claim(&self) -> Money {
        Money::new(self.open_amount, self.currency)
    }
}

/// Whether a hold is on on `date`; both ends included.
pub(crate) fn is_on(hold: &Hold, date: Date) -> bool {
    hold.from.is_none_or(|from| from <= date) && hold.until.is_none_or(|until| date <= until)
}

impl<'a> Customer<'a> {
    /// The customer `row` as of the run date.
    pub(crate) fn new(run: &'a Context<'a>, row: CustomerRow, happenings: &'a [Happening]) -> Self {
        let snapshot = run.snapshot;
        let holds = snapshot.holds.of(row.0);
        let promises = snapshot.promises.of(row.0);
        let held = holds.iter().any(|hold| hold.document.is_none() && is_on(hold, run.date));
        let made = promises.partition_point(|promise| promise.made_on <= run.ledger_date);
        let (records, events) = told(run, snapshot.history.of(row.0), happenings);
        let mut customer = Self {
            run,
            row,
            documents: Vec::new(),
            held,
            holds,
            promises: promises.get(..made).unwrap_or(promises),
            records,
            events,
            contacts: OnceCell::new(),
            total_due: Cell::new(None),
            overdue_total: Cell::new(None),
            defines: vec![Cell::new(None); run.plan.defines.len()],
            document_defines: RefCell::default(),
        };
        customer.documents = snapshot.documents.of(row).filter_map(|document| customer.document(document)).collect();
        customer
    }

    fn document(&self, row: DocumentRow) -> Option<Document> {
        let documents = &self.run.snapshot.documents;
        let place = row.0 as usize;
        let state = self.run.snapshot.document_at(row, self.run.ledger_date)?;
        let on_hold = |hold: &Hold| hold.document == Some(row) && is_on(hold, self.run.date);
        Some(Document {
            row,
            open_amount: state.open_amount,
            currency: *documents.currency.get(place)?,
            kind: *documents.kind.get(place)?,
            status: state.status,
            due_date: *documents.due_date.get(place)?,
            settled_on: state.settled_on,
            open: state.open,
            held: self.held || self.holds.iter().any(on_hold),
        })
    }

    /// Its id.
    pub(crate) fn id(&self) -> &'a str {
        self.run.snapshot.customers.id.get(self.row.0 as usize)
    }

    /// Its currency; the reporting currency where the ledger has none.
    pub(crate) fn currency(&self) -> Currency {
        let known = self.run.snapshot.customers.currency.get(self.row.0 as usize).copied().flatten();
        known.unwrap_or(self.run.plan.ledger.currency)
    }

    /// The id of one of its documents.
    pub(crate) fn document_id(&self, document: usize) -> &'a str {
        self.documents.get(document).map_or("", |document| self.run.snapshot.documents.id.get(document.row.0 as usize))
    }

    /// Whether a document is an invoice.
    pub(crate) fn is_invoice(&self, document: &Document) -> bool {
        Some(document.kind) == self.run.invoice
    }

    /// Days since the due date, negative before it (`S3`).
    pub(crate) fn days_overdue(&self, document: &Document) -> i64 {
        self.run.date.days_since(document.due_date)
    }

    /// Whether it is an invoice more than 0 days past its due date (`S3`).
    pub(crate) fn is_overdue(&self, document: &Document) -> bool {
        self.is_invoice(document) && self.days_overdue(document) > 0
    }

    /// The open invoices that are overdue.
    pub(crate) fn overdue(&self) -> impl Iterator<Item = &Document> {
        self.documents.iter().filter(|document| document.open && self.is_overdue(document))
    }

    /// The open amount of every open document (`S17`).
    pub(crate) fn total_due(&self) -> Result<Money, Box<Fault>> {
        let open = self.documents.iter().filter(|document| document.open);
        self.total(&self.total_due, open)
    }

    /// The open amount of the overdue invoices (`S17`).
    pub(crate) fn overdue_total(&self) -> Result<Money, Box<Fault>> {
        self.total(&self.overdue_total, self.overdue())
    }

    fn total<'d>(
        &self,
        known: &Cell<Option<Money>>,
        documents: impl Iterator<Item = &'d Document>,
    ) -> Result<Money, Box<Fault>> {
        if let Some(total) = known.get() {
            return Ok(total);
        }
        let mut sum = MoneyFold::sum(self.run.exchange());
        for document in documents {
            sum.push(document.claim(), |fault| fault.about(document.row));
        }
        let total = sum.finish()?.unwrap_or(Money::new(Decimal::ZERO, self.run.plan.ledger.currency));
        known.set(Some(total));
        Ok(total)
    }

    /// Days overdue of the invoice that is overdue longest; 0 when none is.
    pub(crate) fn oldest_days_overdue(&self) -> i64 {
        self.overdue().map(|document| self.days_overdue(document)).max().unwrap_or(0)
    }

    /// Average days from due date to settlement over the settled invoices.
    pub(crate) fn payment_behaviour(&self) -> Option<i64> {
        let settled = self.documents.iter().filter(|document| self.is_invoice(document));
        let days = settled.filter_map(|document| Some(document.settled_on?.days_since(document.due_date)));
        let (sum, count) = days.fold((0i128, 0i128), |(sum, count), days| (sum + i128::from(days), count + 1));
        round_half_even(sum, count).and_then(|average| i64::try_from(average).ok())
    }

    /// The latest promise that concerns a document (`S20`). One without a document concerns those
    /// that existed when it was made; of two made on one day the one that names the document counts.
    pub(crate) fn promise_of(&self, document: &Document) -> Option<&'a Promise> {
        let issued = self.run.snapshot.documents.issue_date.get(document.row.0 as usize).copied();
        let concerns = |promise: &&Promise| match promise.document {
            Some(row) => row == document.row,
            None => issued.is_some_and(|issued| issued <= promise.made_on),
        };
        let promises = self.promises.iter().filter(concerns);
        promises.max_by_key(|promise| (promise.made_on, promise.document.is_some(), promise.due_on))
    }

    /// Whether a promise to pay a document is open: up to and on its date (`S20`).
    pub(crate) fn promise_open(&self, document: &Document) -> bool {
        document.open && self.promise_of(document).is_some_and(|promise| self.run.date <= promise.due_on)
    }

    /// Whether a promise to pay a document was broken: its date is past and the document still open (`S20`).
    pub(crate) fn promise_broken(&self, document: &Document) -> bool {
        document.open && self.promise_of(document).is_some_and(|promise| self.run.date > promise.due_on)
    }

    /// The contacts that were made, by date (`S22`): those recorded as such, and the rows and steps
    /// done that reach the customer. What one run suggested for one step, action and recipient is one.
    pub(crate) fn contacts(&self) -> &[Record<'a>] {
        self.contacts.get_or_init(|| {
            let mut contacts: Vec<Record<'a>> = Vec::new();
            for record in self.records.iter().filter(|record| self.is_contact(record)) {
                if !contacts.iter().any(|known| is_one_contact(known, record)) {
                    contacts.push(*record);
                }
            }
            contacts
        })
    }

    fn is_contact(&self, record: &Record<'_>) -> bool {
        match record.entry.outcome {
            Outcome::Contact => true,
            Outcome::Skipped => false,
            Outcome::Done => !self.is_recorded_as_contact(record.entry) && self.run.reaches_customer(record),
        }
    }

    /// Whether another row says of the same step on the same day that it was a contact.
    fn is_recorded_as_contact(&self, entry: &HistoryEntry) -> bool {
        let same = |other: &HistoryEntry| {
            other.outcome == Outcome::Contact
                && (other.date, other.document) == (entry.date, entry.document)
                && (&other.procedure, &other.step) == (&entry.procedure, &entry.step)
        };
        self.records.iter().any(|other| same(other.entry))
    }

    /// How days are counted for a document (for the customer where `None`): without those on which a
    /// hold froze the clock, which is every day of a freezing hold after its first (`S19`).
    pub(crate) fn counter(&self, document: Option<DocumentRow>, working: Option<CalendarId>) -> Counter<'a> {
        let mut stretches = Vec::new();
        for hold in self.holds {
            let concerns = hold.document.is_none() || hold.document == document;
            let first = hold.from.map_or_else(|| Date::new(Date::FIRST_YEAR, 1, 1), |from| from.plus_days(1));
            let last = hold.until.or_else(|| Date::new(Date::LAST_YEAR, 12, 31));
            if let (true, true, Some(first), Some(last)) = (hold.freezes, concerns, first, last) {
                stretches.push((first, last));
            }
        }
        Counter::new(working.and_then(|calendar| self.run.calendar(calendar)), stretches)
    }
}

/// Whether two records are of one contact: the rows of one step, action and recipient on one day (`S22`).
fn is_one_contact(one: &Record<'_>, other: &Record<'_>) -> bool {
    let key = |record: &Record<'_>| {
        let row = record.row.map(|row| (row.action.clone(), row.recipient.clone()));
        (record.entry.date, record.entry.procedure.clone(), record.entry.step.clone(), row)
    };
    one.row.is_some() && other.row.is_some() && key(one) == key(other)
}

/// History and journal up to and including the run date as one sequence: by date, rows of history
/// before entries of the journal, those in their order. What was taken back is left out, and an
/// outcome found in both counts once (`S25`).
fn told<'a>(
    run: &Context<'_>,
    history: &'a [HistoryEntry],
    happenings: &'a [Happening],
) -> (Vec<Record<'a>>, Vec<&'a Happening>) {
    let seen = history.partition_point(|entry| entry.date <= run.date.min(run.recorded_until));
    let history = history.get(..seen).unwrap_or(history);
    let whole = |entry| Record { entry, number: 0, row: None, since: None };
    if happenings.is_empty() {
        return (history.iter().map(whole).collect(), Vec::new());
    }
    let known = || happenings.iter().filter(|happening| happening.date <= run.date);
    let undone: Vec<u64> = known()
        .filter_map(|happening| match happening.kind {
            Kind::Undone(number) => Some(number),
            _ => None,
        })
        .collect();
    let mut records = Vec::new();
    let mut events = Vec::new();
    for happening in known().filter(|happening| !undone.contains(&happening.number)) {
        match &happening.kind {
            Kind::Outcome { entry, row, since } => {
                records.push(Record { entry, number: happening.number, row: row.as_ref(), since: *since });
            }
            Kind::Undone(_) => {}
            _ => events.push(happening),
        }
    }
    for entry in history {
        let same = |record: &Record<'_>| record.number > 0 && is_same_outcome(run, record.entry, entry);
        // Of rows that are only a part of the step, history knows that the others were dealt with, too.
        if !is_whole(records.iter().filter(|record| same(record))) {
            records.retain(|record| !same(record));
            records.push(whole(entry));
        }
    }
    records.sort_by_key(|record| (record.entry.date, record.number));
    (records, events)
}

/// Whether two entries tell of the same outcome of the same step of the same subject on the same day,
/// whatever procedure and step were called then.
fn is_same_outcome(run: &Context<'_>, one: &HistoryEntry, other: &HistoryEntry) -> bool {
    let what = |entry: &HistoryEntry| (entry.date, entry.document, entry.outcome);
    let names = |entry: &HistoryEntry| (entry.procedure.clone(), entry.step.clone());
    what(one) == what(other)
        && match (run.step_of(one), run.step_of(other)) {
            (None, None) => names(one) == names(other),
            (one, other) => one == other,
        }
}

/// Whether records of one step and day are of the whole step: of all its rows, or not of rows at all.
fn is_whole<'r, 'a: 'r>(records: impl Iterator<Item = &'r Record<'a>>) -> bool {
    let (mut rows, mut wanted) = (0, usize::MAX);
    for record in records {
        match record.row {
            None => return true,
            Some(row) => {
                rows += 1;
                wanted = usize::try_from(row.of).unwrap_or(usize::MAX);
            }
        }
    }
    rows >= wanted
}

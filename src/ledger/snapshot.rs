//! The ledger in columns: customers interned and sorted by id, documents grouped by customer.
//!
//! Rows are found by number; the order is that of the ids, so the order of rows and files of the
//! ledger leaves no trace (`S1`). What a document is worth on a date is [`super::as_of`]'s.

use std::ops::Range;
use std::sync::Arc;

use crate::base::{Currency, Date, Decimal, Diagnostic};

/// The number of a customer: its place in the order of ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CustomerRow(pub u32);

/// The number of a document: its place in the order of customer, then id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentRow(pub u32);

/// A ledger, read and grouped.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// The customers.
    pub customers: Customers,
    /// The documents.
    pub documents: Documents,
    /// Payments, grouped by document, then by date.
    pub payments: Grouped<Payment>,
    /// Who plays which role, grouped by customer, then by role.
    pub recipients: Grouped<Recipient>,
    /// Promises to pay, grouped by customer, then by the date they were made.
    pub promises: Grouped<Promise>,
    /// Holds, grouped by customer.
    pub holds: Grouped<Hold>,
    /// Exchange rates.
    pub rates: Rates,
    /// Statuses by date, grouped by document, then by date; `None` without the table (`S2`). A document
    /// whose first entry is later than its issue date has the first status of the list before.
    pub status_history: Option<Grouped<StatusChange>>,
    /// Outcomes that other systems recorded, grouped by customer, then by date.
    pub history: Grouped<HistoryEntry>,
    /// Everything that could not be read, in the order of files and lines.
    pub faults: Vec<Fault>,
}

/// Something wrong with the data (`S21`). An error sets the customer it touches aside; a warning does not.
#[derive(Debug, Clone)]
pub struct Fault {
    /// What and where.
    pub diagnostic: Diagnostic,
    /// The id of the customer it touches, as far as the row tells; the customer need not exist.
    pub customer: Option<String>,
}

/// The columns of the customers.
#[derive(Debug, Default)]
pub struct Customers {
    /// Ids, sorted.
    pub id: Texts,
    /// Names.
    pub name: Interned,
    /// Languages.
    pub language: Interned,
    /// Countries.
    pub country: Interned,
    /// E-mail addresses.
    pub email: Interned,
    /// Telephone numbers.
    pub phone: Interned,
    /// Credit limits, in the customer's currency.
    pub credit_limit: Vec<Option<Decimal>>,
    /// Currencies.
    pub currency: Vec<Option<Currency>>,
    /// The company's own fields, in the order of the schema.
    pub declared: Vec<Column>,
    /// Whether the customer is set aside because of a fault.
    pub set_aside: Vec<bool>,
}

/// The columns of the documents.
#[derive(Debug, Default)]
pub struct Documents {
    /// Ids, sorted within a customer.
    pub id: Texts,
    /// Whose it is.
    pub customer: Vec<CustomerRow>,
    /// Code in the list of kinds.
    pub kind: Vec<u16>,
    /// Code in the list of statuses.
    pub status: Vec<u16>,
    /// Dates on the document.
    pub issue_date: Vec<Date>,
    /// Due dates; the issue date where a credit note or payment has none (`S3`).
    pub due_date: Vec<Date>,
    /// Full amounts, in the document's currency.
    pub amount: Vec<Decimal>,
    /// Open amounts as the table has them, in the document's currency; the amount where the table has none.
    pub open_amount: Vec<Decimal>,
    /// Currencies.
    pub currency: Vec<Currency>,
    /// Settlement dates as the table has them.
    pub settled_on: Vec<Option<Date>>,
    /// When they came to be known.
    pub first_seen: Vec<Option<Date>>,
    /// The company's own fields, in the order of the schema.
    pub declared: Vec<Column>,
    /// For each customer, where its documents start; one more entry than customers.
    pub starts: Vec<u32>,
}

/// A column of a field that the program declares.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "one per type of the language")]
pub enum Column {
    Text(Interned),
    Number(Vec<Option<Decimal>>),
    Percent(Vec<Option<Decimal>>),
    /// In the currency of the customer or document.
    Money(Vec<Option<Decimal>>),
    Date(Vec<Option<Date>>),
    Days(Vec<Option<i64>>),
    Flag(Vec<Option<bool>>),
    Choice(Vec<Option<u16>>),
}

/// Texts that are mostly different, packed one behind the other.
#[derive(Debug, Default, Clone)]
pub struct Texts {
    bytes: String,
    ends: Vec<usize>,
}

impl Texts {
    /// Adds a text.
    pub fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
    }

    /// The text at `row`; empty where there is none.
    #[must_use]
    pub fn get(&self, row: usize) -> &str {
        let start = row.checked_sub(1).map_or(0, |before| self.ends.get(before).copied().unwrap_or(0));
        let end = self.ends.get(row).copied().unwrap_or(start);
        self.bytes.get(start..end).unwrap_or("")
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The row of a text among sorted ones.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.get(middle).cmp(text) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

/// Texts that repeat: each different one is kept once. A missing cell has no text.
#[derive(Debug, Default, Clone)]
pub struct Interned {
    /// The different texts.
    pub pool: Vec<Arc<str>>,
    /// For each row the place in the pool; `u32::MAX` where the cell is missing.
    pub rows: Vec<u32>,
}

impl Interned {
    /// The text at `row`; `None` where it is missing.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&Arc<str>> {
        self.rows.get(row).and_then(|place| self.pool.get(*place as usize))
    }
}

/// Rows of a smaller table, grouped by customer or by document.
#[derive(Debug, Clone)]
pub struct Grouped<T> {
    /// All rows, group after group.
    pub rows: Vec<T>,
    /// For each owner where its rows start; one more entry than owners. Empty without the table.
    pub starts: Vec<u32>,
}

impl<T> Default for Grouped<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), starts: Vec::new() }
    }
}

impl<T> Grouped<T> {
    /// The rows of an owner.
    #[must_use]
    pub fn of(&self, owner: u32) -> &[T] {
        self.rows.get(group(&self.starts, owner)).unwrap_or(&[])
    }
}

fn group(starts: &[u32], owner: u32) -> Range<usize> {
    let at = |index: usize| starts.get(index).map_or(0, |start| *start as usize);
    let owner = owner as usize;
    if owner + 1 < starts.len() { at(owner)..at(owner + 1) } else { 0..0 }
}

/// A payment of a document, in the document's currency.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of design section 5")]
pub struct Payment {
    pub date: Date,
    pub amount: Decimal,
}

/// Who plays a role for a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of design section 5")]
pub struct Recipient {
    pub role: Arc<str>,
    pub name: Option<Arc<str>>,
    pub email: Option<Arc<str>>,
    pub phone: Option<Arc<str>>,
    pub language: Option<Arc<str>>,
}

/// A promise to pay (`S20`).
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of design section 5")]
pub struct Promise {
    /// `None` for all of the customer's.
    pub document: Option<DocumentRow>,
    pub amount: Option<Decimal>,
    pub currency: Option<Currency>,
    pub made_on: Date,
    pub due_on: Date,
}

/// A hold (`S19`); both dates inclusive.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of design section 5")]
pub struct Hold {
    /// `None` for all of the customer's.
    pub document: Option<DocumentRow>,
    /// `None`: since ever.
    pub from: Option<Date>,
    /// `None`: for ever.
    pub until: Option<Date>,
    pub reason: Option<Arc<str>>,
    pub freezes: bool,
}

/// A status from a date on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of design section 5")]
pub struct StatusChange {
    pub date: Date,
    pub status: u16,
}

/// What history says happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the outcomes of design section 5")]
pub enum Outcome {
    Done,
    Skipped,
    Contact,
}

/// An entry of the table `history`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of design section 5")]
pub struct HistoryEntry {
    pub date: Date,
    pub document: Option<DocumentRow>,
    pub procedure: Option<Arc<str>>,
    pub step: Option<Arc<str>>,
    pub outcome: Outcome,
    pub result: Option<Arc<str>>,
    pub by: Option<Arc<str>>,
    pub reason: Option<Arc<str>>,
}

/// Exchange rates: the reporting currency for one unit, ten digits after the point.
#[derive(Debug, Default, Clone)]
pub struct Rates {
    /// Currency, date, rate in ten-thousand-millionths (10^-10); sorted by currency, then date.
    pub rows: Vec<(Currency, Date, i128)>,
}

impl Rates {
    /// One unit of rate in the integers of `rows`.
    pub const SCALE: i128 = 10_000_000_000;

    /// The latest rate on or before `date` and its date (`S16`); `None` if there is none.
    #[must_use]
    pub fn on(&self, currency: Currency, date: Date) -> Option<(Date, i128)> {
        let after = self.rows.partition_point(|(known, day, _)| (*known, *day) <= (currency, date));
        let (known, day, rate) = self.rows.get(after.checked_sub(1)?)?;
        (*known == currency).then_some((*day, *rate))
    }
}

impl Documents {
    /// The documents of a customer.
    pub fn of(&self, customer: CustomerRow) -> impl Iterator<Item = DocumentRow> + use<> {
        let range = group(&self.starts, customer.0);
        range.filter_map(|row| u32::try_from(row).ok()).map(DocumentRow)
    }

    /// How many documents there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.customer.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.customer.is_empty()
    }
}

impl Customers {
    /// The number of the customer with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<CustomerRow> {
        self.id.find(id).and_then(|row| u32::try_from(row).ok()).map(CustomerRow)
    }

    /// How many customers there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.id.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.id.is_empty()
    }
}

//! What a run gives: the worklist of a date and everything that was not suggested, with the reason.

use serde::Serialize;

use crate::base::{Date, Decimal, Diagnostic, Money};
use crate::journal::{Entry, Event, RowKey};
use crate::run::notices::Notice;

/// The result of a run, complete and in a fixed order (`S1`).
#[derive(Debug, Clone, Default)]
pub struct Worklist {
    /// The suggested actions, by customer, procedure, step, position of the action, recipient, currency.
    pub rows: Vec<Row>,
    /// Rows that the contact policy puts off (`S22`, `S23`).
    pub deferred: Vec<Deferred>,
    /// Communications that would claim nothing (`S17`).
    pub withheld: Vec<Withheld>,
    /// Steps that were passed over without an outcome (`S7`).
    pub passed_over: Vec<PassedOver>,
    /// Customers whose data cannot be trusted (`S21`), by id.
    pub set_aside: Vec<SetAside>,
    /// What a commit of the run writes into the journal, by customer and procedure (`S25`).
    pub notices: Vec<Notice>,
    /// What is to be said about the run as a whole.
    pub findings: Vec<Diagnostic>,
    /// What was looked at.
    pub totals: Totals,
}

/// How much a run looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Customers of the ledger.
    pub customers: u64,
    /// Documents that are open on the date, of customers not set aside.
    pub open_documents: u64,
    /// Invoices that are overdue on the date, of customers not set aside.
    pub overdue_documents: u64,
}

/// Who executes a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RowMode {
    /// The program.
    Automatic,
    /// A person.
    Manual,
}

/// One action for one recipient in one currency (`S24`). The fields up to `priority` are the columns
/// of every format, in this order; the others are for the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Stable over repeated runs: see `run::identity`.
    pub id: String,
    /// The run date.
    pub date: Date,
    /// The customer's id.
    pub customer: String,
    /// The procedure's name.
    pub procedure: String,
    /// The step's name.
    pub step: String,
    /// The action's name.
    pub action: String,
    /// Who executes it.
    pub mode: RowMode,
    /// `customer` or a role; empty for an action without recipient.
    pub recipient: String,
    /// The recipient's language as the template has it; `None` where none applies.
    pub language: Option<String>,
    /// The ids of the covered documents, by due date, then id.
    pub documents: Vec<String>,
    /// What it claims or computes; the currency is its own.
    pub amount: Option<Money>,
    /// Days in procedure; `None` where there is no leading document.
    pub dip: Option<i64>,
    /// The day on which the step was reached or fell due.
    pub reached_on: Date,
    /// The procedure's priority: amounts in the reporting currency, days and numbers as they are.
    pub priority: Option<Decimal>,
    /// The document, in a procedure for document.
    pub document: Option<String>,
    /// The position of the action in its step, counted from 1.
    pub position: u32,
    /// How many rows its step has, those done included and those withheld not.
    pub of: u32,
    /// Whether it is a contact (`S22`).
    pub contact: bool,
}

impl Row {
    /// The row as an entry of the journal names it.
    #[must_use]
    pub fn key(&self) -> RowKey {
        RowKey {
            id: self.id.clone(),
            position: self.position,
            action: self.action.clone(),
            recipient: self.recipient.clone(),
            currency: self.amount.map(|amount| amount.currency),
            of: self.of,
        }
    }

    /// An entry of the journal about the row.
    #[must_use]
    pub fn entry(&self, event: Event, date: Date) -> Entry {
        Entry {
            customer: Some(self.customer.clone()),
            document: self.document.clone(),
            procedure: Some(self.procedure.clone()),
            step: Some(self.step.clone()),
            row: Some(self.key()),
            since: Some(self.reached_on),
            ..Entry::new(event, date)
        }
    }
}

/// A row that is put off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deferred {
    /// The row.
    pub row: Row,
    /// The first day on which it would be allowed.
    pub until: Date,
    /// Why.
    pub reason: String,
}

/// A row that is not suggested because it would claim zero or less.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// The row.
    pub row: Row,
    /// Why.
    pub reason: String,
}

/// A step that was reached, has no outcome and is not suggested any more.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PassedOver {
    /// The customer's id.
    pub customer: String,
    /// The procedure's name.
    pub procedure: String,
    /// The step's name.
    pub step: String,
    /// The document, in a procedure for document.
    pub document: Option<String>,
    /// The day on which it was reached.
    pub reached_on: Date,
}

/// A customer that was not looked at, because of a fault in the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// The customer's id as the row has it; empty where the row does not tell.
    pub customer: String,
    /// What is wrong, and where.
    pub diagnostic: Diagnostic,
}

//! The row of a worklist as it comes back in a file. Its id is a hash of what it is about, so it can
//! be believed even when no run suggests it any more.

use crate::base::{Currency, Date};
use crate::check::tree::Scope;
use crate::journal::{Entry, Event, RowKey};
use crate::plan::Plan;
use crate::run::identity::Identity;

/// More actions than a step ever has.
const MOST_ACTIONS: u32 = 64;

/// What a file says of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// Its id.
    pub id: String,
    /// The customer's id.
    pub customer: String,
    /// The procedure's name.
    pub procedure: String,
    /// The step's name.
    pub step: String,
    /// The action's name.
    pub action: String,
    /// `customer`, a role, or empty.
    pub recipient: String,
    /// The covered documents.
    pub documents: Vec<String>,
    /// Its currency.
    pub currency: Option<Currency>,
    /// The day on which its step was reached or fell due.
    pub reached_on: Date,
    /// The day of the worklist.
    pub date: Option<Date>,
    /// How many rows of the same step, documents and day the file has.
    pub of: u32,
}

impl SheetRow {
    /// An entry about the row; `None` if its id is not that of what it says.
    pub(super) fn entry(&self, plan: &Plan, event: Event, date: Date) -> Option<Entry> {
        let procedure = plan.procedures.iter().find(|one| one.known_as.contains(&self.procedure))?;
        let mut steps = procedure.steps.iter().chain(&procedure.at_stop);
        let step = steps.find(|one| one.known_as.contains(&self.step))?;
        let documents: Vec<Option<&str>> = match procedure.scope {
            Scope::Customer => vec![None],
            Scope::Document => self.documents.iter().map(|document| Some(document.as_str())).collect(),
        };
        let names = (procedure.lasting_name(), step.lasting_name());
        let (document, position) = documents
            .into_iter()
            .flat_map(|document| (1..=MOST_ACTIONS).map(move |position| (document, position)))
            .find(|(document, position)| self.identity(names, *document, *position) == self.id)?;
        let row = RowKey {
            id: self.id.clone(),
            position,
            action: self.action.clone(),
            recipient: self.recipient.clone(),
            currency: self.currency,
            // Rows that the file does not show are waited for: rather once too often than never.
            of: self.of.max(u32::try_from(step.actions.len()).unwrap_or(u32::MAX)),
        };
        Some(Entry {
            customer: Some(self.customer.clone()),
            document: document.map(str::to_owned),
            procedure: Some(self.procedure.clone()),
            step: Some(self.step.clone()),
            row: Some(row),
            since: Some(self.reached_on),
            ..Entry::new(event, date)
        })
    }

    fn identity(&self, (procedure, step): (&str, &str), document: Option<&str>, position: u32) -> String {
        let identity = Identity {
            procedure,
            customer: &self.customer,
            document,
            step,
            reached_on: self.reached_on,
            position: position as usize,
            action: &self.action,
            recipient: &self.recipient,
            currency: self.currency,
        };
        identity.id()
    }
}

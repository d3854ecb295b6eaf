//! `why`: everything that decided about one customer, as plain data.
//!
//! It looks at the customer with the same functions as the run and tells what they gave, so it
//! can never disagree with the worklist.

mod conditions;
mod documents;
mod overview;
mod procedures;
mod steps;

use serde::Serialize;

use crate::base::{Date, Diagnostic, Place, Severity, Sources, Span};
use crate::journal::Memory;
use crate::ledger::Snapshot;
use crate::plan::Plan;
use crate::run::context::Context;
use crate::run::customer::Customer;
use crate::run::fault::Fault;
use crate::run::found::Found;
use crate::run::worklist::{Deferred, PassedOver, Row, Withheld};

/// What decided about one customer on one date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The customer's id.
    pub customer: String,
    /// The customer's name.
    pub name: Option<String>,
    /// The run date.
    pub date: Date,
    /// What there is to tell: the customer, the assignment, then procedure by procedure.
    pub sections: Vec<Section>,
    /// The rows of the worklist, in its order; none for a customer that is set aside.
    pub rows: Vec<Row>,
    /// The rows that the contact policy puts off.
    pub deferred: Vec<Deferred>,
    /// The rows that are withheld.
    pub withheld: Vec<Withheld>,
    /// The steps that were passed over.
    pub passed_over: Vec<PassedOver>,
}

/// Lines about one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it is about: `procedure standard, "Standard procedure" (primary)`.
    pub title: String,
    /// Where that is declared.
    pub source: Option<Span>,
    /// What is told, in order.
    pub lines: Vec<Line>,
}

/// One thing that was found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What came of it.
    pub verdict: Verdict,
    /// A sentence without full stop that can stand alone.
    pub text: String,
    /// Where in the program it is decided.
    pub source: Option<Span>,
    /// What follows from it or explains it, to be indented.
    pub details: Vec<Line>,
}

/// What came of a condition, a document, a step or an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A condition holds.
    Holds,
    /// A condition does not hold.
    DoesNotHold,
    /// The document leads.
    Leads,
    /// The document is followed.
    Followed,
    /// The document is not followed.
    NotFollowed,
    /// The step or action is suggested.
    Suggested,
    /// The action is put off by the contact policy.
    Deferred,
    /// The action is withheld.
    Withheld,
    /// The step comes later.
    NotYet,
    /// The step is passed over.
    PassedOver,
    /// The step is done or skipped.
    Processed,
    /// The procedure does not run.
    NotRunning,
    /// The customer is set aside.
    SetAside,
    /// Something worth knowing.
    Note,
}

impl Explanation {
    /// Whether the customer is set aside (`S21`).
    #[must_use]
    pub fn is_set_aside(&self) -> bool {
        self.sections.iter().flat_map(|section| &section.lines).any(|line| line.verdict == Verdict::SetAside)
    }
}

impl Line {
    fn new(verdict: Verdict, text: impl Into<String>) -> Self {
        Self { verdict, text: text.into(), source: None, details: Vec::new() }
    }

    fn at(mut self, span: Span) -> Self {
        self.source = Some(span);
        self
    }
}

/// What there is to tell of one customer, while it is gathered.
struct Teller<'v, 'a> {
    customer: &'v Customer<'a>,
    sources: &'v Sources,
    sections: Vec<Section>,
    /// What the run gives for the customer.
    found: Found,
}

/// Everything that decided about `customer` on `date`; `None` if the ledger has no such customer.
/// `sources` gives the conditions as they are written.
#[must_use]
pub fn why(
    plan: &Plan,
    snapshot: &Snapshot,
    memory: &Memory,
    date: Date,
    customer: &str,
    sources: &Sources,
) -> Option<Explanation> {
    let row = snapshot.customers.find(customer)?;
    let context = Context::new(plan, snapshot, memory, date);
    let seen = Customer::new(&context, row, memory.of(row));
    let name = snapshot.customers.name.get(row.0 as usize).map(|name| (**name).to_owned());
    let set_aside = snapshot.customers.set_aside.get(row.0 as usize).copied().unwrap_or(false);
    let mut teller = Teller { customer: &seen, sources, sections: Vec::new(), found: Found::default() };
    if set_aside {
        teller.sections.push(unreadable(snapshot, customer));
    } else if let Err(fault) = teller.everything() {
        let finding = fault.finding(&context, row);
        let mut line = Line { source: fault.span, ..Line::new(Verdict::SetAside, finding.message) };
        line.details.extend(finding.help.map(|help| Line::new(Verdict::Note, help)));
        teller.sections.push(Section { title: SET_ASIDE.to_owned(), source: None, lines: vec![line] });
        teller.found = Found::default();
    }
    let (sections, found) = (teller.sections, teller.found.worklist());
    Some(Explanation {
        customer: customer.to_owned(),
        name,
        date,
        sections,
        rows: found.rows,
        deferred: found.deferred,
        withheld: found.withheld,
        passed_over: found.passed_over,
    })
}

const SET_ASIDE: &str = "set aside";

/// The rows of the ledger that could not be read.
fn unreadable(snapshot: &Snapshot, customer: &str) -> Section {
    let faults = snapshot
        .faults
        .iter()
        .filter(|fault| fault.customer.as_deref() == Some(customer) && fault.diagnostic.severity() == Severity::Error);
    let lines = faults.map(|fault| {
        let mut line = Line::new(Verdict::SetAside, with_place(&fault.diagnostic));
        line.details.extend(fault.diagnostic.help.iter().map(|help| Line::new(Verdict::Note, help)));
        line
    });
    Section { title: SET_ASIDE.to_owned(), source: None, lines: lines.collect() }
}

/// What is wrong, and the file and line where it stands.
fn with_place(finding: &Diagnostic) -> String {
    let place = finding.labels.iter().find_map(|label| match &label.place {
        Place::Data(place) => Some(place),
        Place::Text(_) => None,
    });
    place.map_or_else(
        || finding.message.clone(),
        |place| {
            let line = place.line.map_or_else(String::new, |line| format!(":{line}"));
            format!("{}, in {}{line}", finding.message, place.file)
        },
    )
}

impl Teller<'_, '_> {
    fn everything(&mut self) -> Result<(), Box<Fault>> {
        crate::run::look(self.customer, &mut self.found, &mut |_, _, _| {})?;
        self.found.sort();
        self.overview();
        let primary = self.assignment()?;
        self.procedures(primary)
    }

    fn section(&mut self, title: impl Into<String>, source: Option<Span>, lines: Vec<Line>) {
        self.sections.push(Section { title: title.into(), source, lines });
    }
}

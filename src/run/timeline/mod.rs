//! The timeline of one customer: what history and journal tell, what is suggested today, and what
//! is planned (`S27`). One lane for each procedure and subject.

mod lanes;
mod past;
mod planned;

use serde::Serialize;

use crate::base::{Date, Diagnostic, Money, Severity, Sources};
use crate::journal::{Happening, Memory};
use crate::ledger::Snapshot;
use crate::plan::Plan;
use crate::run::context::Context;
use crate::run::customer::Customer;
use crate::run::worklist::RowMode;

/// A customer over time.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// The customer's id.
    pub customer: String,
    /// The customer's name.
    pub name: Option<String>,
    /// The day of what there is to tell first; today where that is nothing.
    pub from: Date,
    /// The run date.
    pub today: Date,
    /// The last day that is planned.
    pub until: Date,
    /// The primary procedure, then the others in the order of the program, each document by its id;
    /// at the end what the program does not have any more, and contacts outside of procedures.
    pub lanes: Vec<Lane>,
    /// Why nothing is suggested or planned any more from that day on: a fault in the data (`S21`).
    pub set_aside: Option<(Date, Diagnostic)>,
}

/// A procedure for one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// The procedure's name; `None` for contacts outside of procedures.
    pub procedure: Option<String>,
    /// Its title.
    pub title: String,
    /// Whether it is the primary procedure today.
    pub primary: bool,
    /// The document, in a procedure for document.
    pub document: Option<String>,
    /// How it stands today.
    pub state: State,
    /// What leads today.
    pub leading: Option<Leading>,
    /// When it runs, from and to; without an end as far as is known.
    pub stretches: Vec<(Date, Option<Date>)>,
    /// What happened, is suggested and is planned, in order.
    pub marks: Vec<Mark>,
}

/// How a lane stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It runs.
    Running,
    /// Its last step has an outcome (`S11`).
    Complete,
    /// It is the primary procedure or runs, and follows no document.
    Idle,
    /// Its subject is on hold.
    OnHold,
    /// It does not run.
    NotRunning,
}

/// The leading document of a lane.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leading {
    /// Its id.
    pub document: String,
    /// The day from which its days in procedure count.
    pub anchor: Date,
    /// Days in procedure today.
    pub dip: i64,
}

/// Something on a lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The day.
    pub date: Date,
    /// Whether it was, is, or will be.
    pub time: Time,
    /// What it is.
    pub what: What,
    /// The step.
    pub step: Option<String>,
    /// The title of the step.
    pub title: Option<String>,
    /// The actions of the step that it is about.
    pub actions: Vec<Act>,
    /// The day on which the step was reached or fell due, where that is another.
    pub due: Option<Date>,
    /// The day to which it is put off.
    pub until: Option<Date>,
    /// What was reported back.
    pub result: Option<String>,
    /// Who said so.
    pub by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// An action of a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Its name.
    pub action: String,
    /// `customer`, a role, or empty.
    pub recipient: String,
    /// Who executes it; not known of what was done.
    pub mode: Option<RowMode>,
    /// What it claims or computes; not known of what was done.
    pub amount: Option<Money>,
    /// The documents it covers; not known of what was done.
    pub documents: Vec<String>,
}

/// Whether a mark was, is, or will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Time {
    /// It is on record.
    Past,
    /// The run of today says so.
    Today,
    /// It will be, if nothing else changes (`S27`).
    Planned,
}

/// What a mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The procedure starts.
    Started,
    /// A step was reached and is not suggested any more (`S7`).
    PassedOver,
    /// Actions are put off by the contact policy (`S22`).
    PutOff,
    /// Actions are withheld (`S17`).
    Withheld,
    /// Actions are suggested.
    Suggested,
    /// Actions, or a whole step, were done.
    Done,
    /// They were left out on purpose.
    Skipped,
    /// The customer was contacted.
    Contact,
    /// The last step has an outcome.
    Completed,
    /// The procedure ends.
    Ended,
}

/// Why an instance is complete, or is said to be so once more: `resting` where its start condition did
/// not hold any more (`S11`).
const fn complete(resting: bool) -> &'static str {
    if resting {
        "its start condition does not hold any more: it may start again"
    } else {
        "its last step has an outcome"
    }
}

impl Mark {
    /// A mark without more to it.
    pub(crate) const fn new(date: Date, time: Time, what: What) -> Self {
        Self {
            date,
            time,
            what,
            step: None,
            title: None,
            actions: Vec::new(),
            due: None,
            until: None,
            result: None,
            by: None,
            reason: None,
        }
    }
}

/// The timeline of the customer `id`, planned until `until`; `None` where the ledger does not have it.
/// `sources` gives the conditions as they are written.
#[must_use]
pub fn timeline(
    plan: &Plan,
    snapshot: &Snapshot,
    memory: &Memory,
    today: Date,
    until: Date,
    id: &str,
    sources: &Sources,
) -> Option<Timeline> {
    let row = snapshot.customers.find(id)?;
    let name = snapshot.customers.name.get(row.0 as usize).map(ToString::to_string);
    let context = Context::new(plan, snapshot, memory, today);
    // What is dated after today is not seen, on the planned days neither (`S25`).
    let told: Vec<Happening> = memory.of(row).iter().filter(|told| told.date <= today).cloned().collect();
    let customer = Customer::new(&context, row, &told);
    let mut lanes = lanes::Lanes::new(&customer);
    past::add(&customer, &mut lanes);
    let distrusted = snapshot.customers.set_aside.get(row.0 as usize).copied().unwrap_or(false);
    let set_aside = if distrusted {
        let errors = snapshot.faults.iter().filter(|fault| fault.diagnostic.severity() == Severity::Error);
        let mut own = errors.filter(|fault| fault.customer.as_deref() == Some(id));
        own.next().map(|fault| (today, fault.diagnostic.clone()))
    } else {
        match lanes.judge(&customer) {
            Ok(()) => planned::add(&context, row, &told, until, sources, &mut lanes),
            Err(fault) => Some((today, fault.finding(&context, row))),
        }
    };
    let lanes = lanes.finish();
    let dates = lanes.iter().flat_map(|lane| {
        let starts = lane.stretches.iter().map(|(from, _)| *from);
        lane.marks.iter().map(|mark| mark.date).chain(starts)
    });
    let from = dates.min().map_or(today, |first| first.min(today));
    Some(Timeline { customer: id.to_owned(), name, from, today, until, lanes, set_aside })
}

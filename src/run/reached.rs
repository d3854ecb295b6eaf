//! On which date a document reaches the day of each step, for who wants to see it beside the step.
//!
//! It is counted with the same functions as in a run, so it cannot disagree with the worklist.

use std::collections::BTreeMap;

use crate::base::Date;
use crate::journal::Memory;
use crate::ledger::{DocumentRow, Snapshot};
use crate::plan::{Plan, Procedure, Step};
use crate::run::context::Context;
use crate::run::customer::Customer;
use crate::run::fault::Fault;
use crate::run::follow::Followed;
use crate::run::instance::Instance;
use crate::run::legible;

/// When a document reaches the day of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The day of the step.
    pub day: i64,
    /// The date from which it is counted (`S5`, `S6`).
    pub anchor: Date,
    /// The calendar whose working days are counted; `None` for calendar days.
    pub calendar: Option<String>,
    /// How many days a hold froze the clock in between (`S19`).
    pub frozen: i64,
    /// The first date on which so many days have elapsed; `None` if the clock stands still before.
    pub on: Option<Date>,
}

/// When a document reaches the days of a program's steps, by procedure and step, seen on `date`: in each
/// procedure as if it led, whether or not the procedure follows it. Empty if there is no such document on
/// that date or its customer is set aside; without the procedures for which its data has a fault (`S21`).
#[must_use]
pub fn reached(
    plan: &Plan,
    snapshot: &Snapshot,
    memory: &Memory,
    document: &str,
    date: Date,
) -> BTreeMap<(String, String), Reached> {
    let context = Context::new(plan, snapshot, memory, date);
    let Some((customer, document)) = find(&context, memory, document) else { return BTreeMap::new() };
    let of_each = plan.procedures.iter().filter_map(|procedure| of_procedure(&customer, procedure, document).ok());
    of_each.flatten().collect()
}

/// A document by its id: its customer, and its place among the customer's.
fn find<'a>(context: &'a Context<'a>, memory: &'a Memory, id: &str) -> Option<(Customer<'a>, usize)> {
    let documents = &context.snapshot.documents;
    let place = (0..documents.len()).find(|place| documents.id.get(*place) == id)?;
    let owner = documents.customer.get(place)?.0 as usize;
    let row = legible(context.snapshot, owner..owner + 1).next()?;
    let customer = Customer::new(context, row, memory.of(row));
    let row = DocumentRow(u32::try_from(place).ok()?);
    let place = customer.documents.iter().position(|document| document.row == row)?;
    Some((customer, place))
}

type OfStep = ((String, String), Reached);

fn of_procedure<'a>(
    customer: &Customer<'a>,
    procedure: &'a Procedure,
    document: usize,
) -> Result<Vec<OfStep>, Box<Fault>> {
    let instance = Instance::led_by(customer, procedure, document)?;
    let mut reached = Vec::new();
    for step in &procedure.steps {
        if let Some(of_step) = of_step(customer, &instance, step)? {
            reached.push(((procedure.name.clone(), step.name.clone()), of_step));
        }
    }
    Ok(reached)
}

fn of_step<'a>(
    customer: &Customer<'a>,
    instance: &Instance<'a>,
    step: &'a Step,
) -> Result<Option<Reached>, Box<Fault>> {
    let (Some(day), Some(leading)) = (step.at_day, instance.leading) else { return Ok(None) };
    let followed = Followed { document: leading.document, anchor: leading.anchor };
    let Some(anchor) = instance.anchor(customer, step, followed)? else { return Ok(None) };
    let on = instance.reached_on(customer, step, followed)?;
    let clock = instance.clock(customer, leading.document);
    let calendar = instance.procedure.clock.working().and_then(|id| customer.run.plan.calendars.get(id.0));
    Ok(Some(Reached {
        day,
        anchor,
        calendar: calendar.map(|calendar| calendar.name.clone()),
        frozen: on.map_or(0, |on| clock.frozen_between(anchor, on)),
        on,
    }))
}

//! The interpreter: a plan and a snapshot to the worklist of a date.
//!
//! One pass over each customer, in parallel; no customer sees another, and results are put together
//! in the order of customers, so that threads leave no trace (`S1`). A fault in the data of one
//! customer sets that customer aside (`S21`).

mod amounts;
mod arithmetic;
mod assign;
mod clock;
mod context;
mod coverage;
mod customer;
mod datum;
mod dip;
mod evaluate;
mod fault;
mod fields;
mod follow;
mod found;
mod history;
mod identity;
mod instance;
mod language;
mod life;
mod limits;
pub mod notices;
pub mod outcomes;
pub mod play;
mod policy;
mod progress;
mod questions;
pub mod reached;
pub mod recorder;
mod rounds;
mod rows;
pub mod simulate;
pub mod standing;
mod stop;
pub mod survey;
#[cfg(test)]
mod tests;
pub mod timeline;
mod waiting;
pub mod why;
pub mod worklist;

pub use amounts::{Worth, worth};
pub use reached::{Reached, reached};
pub use recorder::Recorder;
pub use why::{Explanation, why};
pub use worklist::Worklist;

use std::ops::Range;

use rayon::prelude::*;

use crate::base::{Date, Severity};
use crate::check::tree::ProcedureId;
use crate::journal::{Happening, Memory};
use crate::ledger::{CustomerRow, Snapshot};
use crate::plan::{Plan, Procedure, Start, Step};
use crate::run::assign::Assigned;
use crate::run::context::Context;
use crate::run::customer::Customer;
use crate::run::fault::Fault;
use crate::run::found::Found;
use crate::run::instance::Instance;
use crate::run::progress::{Change, State, Verdict};
use crate::run::worklist::{PassedOver, SetAside};

/// Customers looked at in one go by one thread.
const BATCH: usize = 1024;

/// The worklist of `date` (`S1`): the same for the same plan, snapshot, journal and date, whatever
/// the number of threads. Customers with faults in their data are set aside, the rest run (`S21`).
#[must_use]
pub fn run(plan: &Plan, snapshot: &Snapshot, memory: &Memory, date: Date) -> Worklist {
    run_recorded(plan, snapshot, memory, date, None)
}

/// The same, and notes in `recorder` what of the program was used.
#[must_use]
pub fn run_recorded(
    plan: &Plan,
    snapshot: &Snapshot,
    memory: &Memory,
    date: Date,
    recorder: Option<&Recorder>,
) -> Worklist {
    let context = Context::new(plan, snapshot, memory, date).recorded(recorder);
    let batches: Vec<Found> = batches(snapshot).map(|rows| batch(&context, memory, rows)).collect();
    let mut found = Found::default();
    for batch in batches {
        found.append(batch);
    }
    whole(&context, memory, found)
}

/// The customers that are looked at in one go by one thread.
fn batches(snapshot: &Snapshot) -> impl IndexedParallelIterator<Item = Range<usize>> {
    let customers = snapshot.customers.len();
    let starts: Vec<usize> = (0..customers).step_by(BATCH).collect();
    starts.into_par_iter().map(move |start| start..(start + BATCH).min(customers))
}

/// The worklist of what was found out about all customers.
fn whole(context: &Context<'_>, memory: &Memory, mut found: Found) -> Worklist {
    let snapshot = context.snapshot;
    found.totals.customers = snapshot.customers.len() as u64;
    let mut findings = limits::findings(context, memory, &found);
    for fault in &snapshot.faults {
        if fault.diagnostic.severity() == Severity::Error {
            let customer = fault.customer.clone().unwrap_or_default();
            found.set_aside.push(SetAside { customer, diagnostic: fault.diagnostic.clone() });
        } else {
            findings.push(fault.diagnostic.clone());
        }
    }
    found.set_aside.sort_by(|left, right| {
        (&left.customer, left.diagnostic.sort_key()).cmp(&(&right.customer, right.diagnostic.sort_key()))
    });
    Worklist { findings, ..found.worklist() }
}

fn batch(context: &Context<'_>, memory: &Memory, rows: Range<usize>) -> Found {
    let mut all = Found::default();
    for row in legible(context.snapshot, rows) {
        all.append(one_customer(context, row, memory.of(row)));
    }
    all
}

/// The customers that are not set aside already by how their data was read.
fn legible(snapshot: &Snapshot, rows: Range<usize>) -> impl Iterator<Item = CustomerRow> {
    let set_aside = |row: usize| snapshot.customers.set_aside.get(row).copied().unwrap_or(false);
    rows.filter(move |row| !set_aside(*row)).filter_map(|row| u32::try_from(row).ok()).map(CustomerRow)
}

/// What is found out about one customer; after a fault nothing but the fault.
fn one_customer(context: &Context<'_>, row: CustomerRow, happenings: &[Happening]) -> Found {
    one_customer_seen(context, row, happenings, &mut |_, _, _| {}).0
}

/// The same, and who is told of every instance and its state; with what assignment decides.
fn one_customer_seen(
    context: &Context<'_>,
    row: CustomerRow,
    happenings: &[Happening],
    seen: &mut Observer<'_>,
) -> (Found, Option<Assigned>) {
    let customer = Customer::new(context, row, happenings);
    let mut found = Found::default();
    let mut assigned = None;
    match look(&customer, &mut found, seen) {
        Ok(decided) => {
            assigned = Some(decided);
            found.sort();
        }
        Err(fault) => {
            let set_aside = SetAside { customer: customer.id().to_owned(), diagnostic: fault.finding(context, row) };
            found = Found { set_aside: vec![set_aside], ..Found::default() };
        }
    }
    (found, assigned)
}

/// Who is told of every instance that is looked at, and its state.
type Observer<'o> = dyn FnMut(&Customer<'_>, &Instance<'_>, &State) + 'o;

fn look(customer: &Customer<'_>, found: &mut Found, seen: &mut Observer<'_>) -> Result<Assigned, Box<Fault>> {
    found.totals.open_documents = customer.documents.iter().filter(|document| document.open).count() as u64;
    found.totals.overdue_documents = customer.overdue().count() as u64;
    let assigned = assign::assign(customer)?;
    let primary = assigned.procedure;
    for procedure in procedures(customer, primary) {
        for mut instance in instance::of(customer, procedure, primary)? {
            let (state, changes) = settled_state(customer, &mut instance)?;
            seen(customer, &instance, &state);
            report(customer, &instance, &state, found)?;
            for change in changes {
                notices::change(customer, &instance, &change, found);
            }
        }
    }
    policy::apply(customer, primary, found);
    Ok(assigned)
}

/// The procedures that concern a customer: the primary one, all that start by conditions, and those
/// of which the journal says that they ran.
fn procedures<'a>(customer: &Customer<'a>, primary: Option<ProcedureId>) -> Vec<&'a Procedure> {
    let concerns = |procedure: &&Procedure| {
        matches!(procedure.start, Start::Conditions { .. })
            || primary == Some(procedure.id)
            || customer
                .events
                .iter()
                .filter_map(|event| event.procedure.as_deref())
                .any(|name| procedure.known_as.iter().any(|known| known == name))
    };
    customer.run.plan.procedures.iter().filter(concerns).collect()
}

/// The state of an instance. A step is processed, too, when every row that is left of it has an
/// outcome, though rows that are not there any more had none (`S24`).
fn settled_state<'a>(customer: &Customer<'a>, instance: &mut Instance<'a>) -> Result<(State, Vec<Change>), Box<Fault>> {
    loop {
        let (state, changes) = progress::state(customer, instance)?;
        let Some(settled) = settled_step(customer, instance, &state)? else { return Ok((state, changes)) };
        instance.settled.push(settled);
    }
}

fn settled_step<'a>(
    customer: &Customer<'a>,
    instance: &Instance<'a>,
    state: &State,
) -> Result<Option<usize>, Box<Fault>> {
    for (step, verdict) in steps(instance, state) {
        let Verdict::Suggested(since) = verdict else { continue };
        if instance.settled.contains(&step.place) || instance.done_rows(customer, step)?.is_empty() {
            continue;
        }
        let mut left = Found::default();
        rows::suggest(customer, instance, step, since, &mut left)?;
        if left.rows.is_empty() {
            return Ok(Some(step.place));
        }
    }
    Ok(None)
}

/// The steps of which a state tells, with what it says of them.
fn steps<'a>(instance: &Instance<'a>, state: &State) -> Vec<(&'a Step, Verdict)> {
    let (steps, progress) = match state {
        State::Running(progress) => (&instance.procedure.steps, progress),
        State::Ended(progress) => (&instance.procedure.at_stop, progress),
        _ => return Vec::new(),
    };
    steps.iter().zip(progress.steps.iter().copied()).collect()
}

/// Adds the rows of what is suggested, and what was passed over.
fn report<'a>(
    customer: &Customer<'a>,
    instance: &Instance<'a>,
    state: &State,
    found: &mut Found,
) -> Result<(), Box<Fault>> {
    if *state == State::Unknown {
        found.unknown_instance(instance.procedure.id.0, customer.id());
    }
    for (step, verdict) in steps(instance, state) {
        match verdict {
            Verdict::Suggested(since) => {
                if let Some(recorder) = customer.run.recorder {
                    recorder.step(instance.procedure.id, step.place);
                }
                rows::suggest(customer, instance, step, since, found)?;
            }
            Verdict::PassedOver(reached_on) => found.passed_over.push(PassedOver {
                customer: customer.id().to_owned(),
                procedure: instance.procedure.name.clone(),
                step: step.name.clone(),
                document: instance.document().map(|place| customer.document_id(place).to_owned()),
                reached_on,
            }),
            _ => {}
        }
    }
    Ok(())
}

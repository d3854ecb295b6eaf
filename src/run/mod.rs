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
mod limits;
mod progress;
mod questions;
mod rows;
#[cfg(test)]
mod tests;
mod waiting;
pub mod why;
pub mod worklist;

pub use why::{Explanation, why};
pub use worklist::Worklist;

use rayon::prelude::*;

use crate::base::{Date, Severity};
use crate::ledger::{CustomerRow, Snapshot};
use crate::plan::{Plan, Procedure, Start};
use crate::run::context::Context;
use crate::run::customer::Customer;
use crate::run::fault::Fault;
use crate::run::found::Found;
use crate::run::instance::Instance;
use crate::run::progress::{Progress, State, Verdict};
use crate::run::worklist::{PassedOver, SetAside};

/// Customers looked at in one go by one thread.
const BATCH: usize = 1024;

/// The worklist of `date` (`S1`): the same for the same plan, snapshot and date, whatever the
/// number of threads. Customers with faults in their data are set aside, the rest run (`S21`).
#[must_use]
pub fn run(plan: &Plan, snapshot: &Snapshot, date: Date) -> Worklist {
    let context = Context::new(plan, snapshot, date);
    let customers = snapshot.customers.len();
    let starts: Vec<usize> = (0..customers).step_by(BATCH).collect();
    let batches: Vec<Found> =
        starts.into_par_iter().map(|start| batch(&context, start..(start + BATCH).min(customers))).collect();
    let mut found = Found::default();
    for batch in batches {
        found.append(batch);
    }
    found.totals.customers = customers as u64;
    let mut findings = limits::findings(&context, &found);
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

fn batch(context: &Context<'_>, rows: std::ops::Range<usize>) -> Found {
    let mut all = Found::default();
    for row in rows {
        let set_aside = context.snapshot.customers.set_aside.get(row).copied().unwrap_or(false);
        if let (false, Ok(row)) = (set_aside, u32::try_from(row)) {
            all.append(one_customer(context, CustomerRow(row)));
        }
    }
    all
}

/// What is found out about one customer; after a fault nothing but the fault.
fn one_customer(context: &Context<'_>, row: CustomerRow) -> Found {
    let customer = Customer::new(context, row);
    let mut found = Found::default();
    match look(&customer, &mut found) {
        Ok(()) => found.sort(),
        Err(fault) => {
            let set_aside = SetAside { customer: customer.id().to_owned(), diagnostic: fault.finding(context, row) };
            found = Found { set_aside: vec![set_aside], ..Found::default() };
        }
    }
    found
}

fn look(customer: &Customer<'_>, found: &mut Found) -> Result<(), Box<Fault>> {
    found.totals.open_documents = customer.documents.iter().filter(|document| document.open).count() as u64;
    found.totals.overdue_documents = customer.overdue().count() as u64;
    for procedure in procedures(customer)? {
        for instance in instance::of(customer, procedure)? {
            match progress::state(customer, &instance)? {
                State::Running(progress) => report(customer, &instance, &progress, found)?,
                State::Unknown => found.unknown_instance(procedure.id.0, customer.id()),
                State::Idle | State::NotStarted | State::Stopped | State::Suspended => {}
            }
        }
    }
    Ok(())
}

/// The procedures that concern a customer: the primary one, and all that start by conditions.
fn procedures<'a>(customer: &Customer<'a>) -> Result<Vec<&'a Procedure>, Box<Fault>> {
    let primary = assign::assign(customer)?.procedure;
    let run = customer.run;
    let concerns = |procedure: &&Procedure| {
        let by_conditions = matches!(procedure.start, Start::Conditions { .. });
        let left_out = run.left_out.get(procedure.id.0).copied().unwrap_or(false);
        !left_out && (by_conditions || primary == Some(procedure.id))
    };
    Ok(run.plan.procedures.iter().filter(concerns).collect())
}

/// Adds the rows of what is suggested, and what was passed over.
fn report<'a>(
    customer: &Customer<'a>,
    instance: &Instance<'a>,
    progress: &Progress,
    found: &mut Found,
) -> Result<(), Box<Fault>> {
    for (step, verdict) in instance.procedure.steps.iter().zip(&progress.steps) {
        match *verdict {
            Verdict::Suggested(since) => rows::suggest(customer, instance, step, since, found)?,
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

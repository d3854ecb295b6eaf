//! A run, and beside its worklist where everybody stands: for who wants numbers about the program itself.
//!
//! One pass over the customers, which can be broken off.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::base::Date;
use crate::journal::Memory;
use crate::ledger::{CustomerRow, Snapshot};
use crate::plan::{Plan, Step};
use crate::run::context::Context;
use crate::run::found::Found;
use crate::run::progress::Verdict;
use crate::run::standing::Running;
use crate::run::worklist::Worklist;
use crate::run::{batches, legible, one_customer_seen, steps, whole};

/// A run, and where everybody stands.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    /// What the run gives: the same as `run` does.
    pub worklist: Worklist,
    /// Where the customers stand, in the order of the ledger, without those set aside (`S21`).
    pub places: Vec<Place>,
    /// The steps that somebody has come to, today or before, by procedure and step.
    pub come_to: BTreeSet<(String, String)>,
}

/// Where a customer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The customer's id.
    pub customer: String,
    /// The rule of assignment that decides (`S15`), by its place in `Plan::assignment`.
    pub rule: Option<usize>,
    /// What runs, in the order of the program.
    pub running: Vec<Running>,
}

/// Runs the plan for `date`; `None` if `is_over` says before the end that nobody wants to know any more.
/// It is asked before each customer.
#[must_use]
pub fn survey(
    plan: &Plan,
    snapshot: &Snapshot,
    memory: &Memory,
    date: Date,
    is_over: &(dyn Fn() -> bool + Sync),
) -> Option<Survey> {
    let context = Context::new(plan, snapshot, memory, date);
    let parts: Vec<Part> = batches(snapshot)
        .map(|rows| {
            let mut part = Part::default();
            for row in legible(snapshot, rows) {
                if is_over() {
                    return None;
                }
                part.add(&context, row, memory);
            }
            Some(part)
        })
        .collect::<Option<_>>()?;
    let mut all = Part { come_to: recorded(&context, memory), ..Part::default() };
    for part in parts {
        all.found.append(part.found);
        all.places.extend(part.places);
        all.come_to.extend(part.come_to);
    }
    let name = |(procedure, place): (usize, usize)| {
        let procedure = plan.procedures.get(procedure)?;
        let step = procedure.steps.iter().chain(&procedure.at_stop).find(|step| step.place == place)?;
        Some((procedure.name.clone(), step.name.clone()))
    };
    Some(Survey {
        worklist: whole(&context, memory, all.found),
        places: all.places,
        come_to: all.come_to.into_iter().filter_map(name).collect(),
    })
}

/// What was found out about some customers.
#[derive(Default)]
struct Part {
    found: Found,
    places: Vec<Place>,
    /// By the places of procedure and step.
    come_to: BTreeSet<(usize, usize)>,
}

impl Part {
    fn add(&mut self, context: &Context<'_>, row: CustomerRow, memory: &Memory) {
        let mut running = Vec::new();
        let come_to = &mut self.come_to;
        let (found, assigned) = one_customer_seen(context, row, memory.of(row), &mut |customer, instance, state| {
            let procedure = instance.procedure.id.0;
            come_to.extend(steps(instance, state).iter().filter_map(|of| is_come_to(of).map(|step| (procedure, step))));
            running.extend(Running::of(customer, instance, state));
        });
        self.found.append(found);
        if let Some(assigned) = assigned {
            let customer = context.snapshot.customers.id.get(row.0 as usize).to_owned();
            self.places.push(Place { customer, rule: assigned.rule, running });
        }
    }
}

fn is_come_to((step, verdict): &(&Step, Verdict)) -> Option<usize> {
    let is_far = matches!(
        verdict,
        Verdict::Suggested(_) | Verdict::PassedOver(_) | Verdict::Processed(..) | Verdict::Repeats(..)
    );
    is_far.then_some(step.place)
}

/// The steps of which history or journal have an outcome, whoever is in the procedure now.
fn recorded(context: &Context<'_>, memory: &Memory) -> BTreeSet<(usize, usize)> {
    let history = context.snapshot.history.rows.iter();
    let told = memory.outcomes().map(|(_, entry)| entry);
    let seen = history.chain(told).filter(|entry| entry.date <= context.date);
    seen.filter_map(|entry| context.step_of(entry)).collect()
}

//! A run, and beside its worklist where everybody stands: for who wants numbers about the program itself.
//!
//! One pass over the customers, which can be broken off; or one after the other over the days of a period,
//! with what is assumed in between.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::base::Date;
use crate::journal::Memory;
use crate::ledger::{CustomerRow, Snapshot};
use crate::plan::{Plan, Step};
use crate::run::assign::Assigned;
use crate::run::context::Context;
use crate::run::found::Found;
use crate::run::play::{Assumptions, Player};
use crate::run::progress::Verdict;
use crate::run::standing::Running;
use crate::run::worklist::{Row, Worklist};
use crate::run::{BATCH, Observer, batches, legible, one_customer_seen, steps, whole};

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
    /// The procedure that assignment names (`S15`).
    pub primary: Option<String>,
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
                part.add(&context, row, |seen| one_customer_seen(&context, row, memory.of(row), seen));
            }
            Some(part)
        })
        .collect::<Option<_>>()?;
    Some(together(&context, memory, parts))
}

/// A program played day by day over the ledger, some of the days seen as a whole.
pub struct Days<'a> {
    /// The context of the first day.
    first: Context<'a>,
    memory: &'a Memory,
    /// The days that may be seen.
    dates: &'a [Date],
    /// The customers that are not set aside by how their data was read, in the order of the ledger.
    players: Vec<Player>,
    /// The day that is played next; `None` after the last day there is.
    next: Option<Date>,
    /// What was done on days that are not among `dates`, since the last one that is.
    past: Vec<Row>,
}

impl<'a> Days<'a> {
    /// Before the first of `dates`, which stand in order; `None` if there are none. What history and journal
    /// record on or after it is left out: what is assumed takes its place.
    #[must_use]
    pub fn over(
        dates: &'a [Date],
        plan: &'a Plan,
        snapshot: &'a Snapshot,
        memory: &'a Memory,
        assumptions: Assumptions,
    ) -> Option<Self> {
        let first = *dates.first()?;
        let player = |row| Player::since(first, memory, row, assumptions);
        let players = legible(snapshot, 0..snapshot.customers.len()).map(player).collect();
        let context = Context::opening(plan, snapshot, memory, first);
        Some(Self { first: context, memory, dates, players, next: Some(first), past: Vec::new() })
    }

    /// How many days are played for that of `date`.
    #[must_use]
    pub fn until(&self, date: Date) -> usize {
        self.next.and_then(|next| usize::try_from(date.days_since(next)).ok()).map_or(0, |days| days + 1)
    }

    /// Plays on up to `date`, one of the dates, and tells of that day; and of what was done on days before it
    /// that are not among the dates. Days are asked for in their order.
    #[must_use]
    pub fn day(&mut self, date: Date) -> Survey {
        while let Some(day) = self.next.filter(|day| *day < date) {
            self.pass(day);
        }
        let context = self.context(date);
        let parts = self.players.par_chunks_mut(BATCH).map(|players| {
            let mut part = Part::default();
            for player in players {
                part.add(&context, player.customer(), |seen| player.run_seen(&context, seen));
            }
            part
        });
        let mut survey = together(&context, self.memory, parts.collect());
        survey.worklist.rows.splice(0..0, self.past.drain(..));
        self.next = date.plus_days(1);
        survey
    }

    fn context(&self, date: Date) -> Context<'a> {
        if date == self.first.date { self.first.clone() } else { self.first.played(date) }
    }

    /// Plays a day that nobody wants to see.
    fn pass(&mut self, date: Date) {
        let context = self.context(date);
        let done = self.players.par_iter_mut().with_min_len(BATCH).flat_map_iter(|player| {
            let played = player.run(&context);
            let rows = played.found.rows.into_iter().zip(played.rows);
            rows.filter(|(_, of)| of.is_done).map(|((_, row), _)| row)
        });
        let done: Vec<Row> = done.collect();
        if self.dates.binary_search(&date).is_ok() {
            self.past.clear();
        } else {
            self.past.extend(done);
        }
        self.next = date.plus_days(1);
    }
}

/// What was found out about all customers.
fn together(context: &Context<'_>, memory: &Memory, parts: Vec<Part>) -> Survey {
    let mut all = Part { come_to: recorded(context, memory), ..Part::default() };
    for part in parts {
        all.found.append(part.found);
        all.places.extend(part.places);
        all.come_to.extend(part.come_to);
    }
    let name = |(procedure, place): (usize, usize)| {
        let procedure = context.plan.procedures.get(procedure)?;
        let step = procedure.steps.iter().chain(&procedure.at_stop).find(|step| step.place == place)?;
        Some((procedure.name.clone(), step.name.clone()))
    };
    Survey {
        worklist: whole(context, memory, all.found),
        places: all.places,
        come_to: all.come_to.into_iter().filter_map(name).collect(),
    }
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
    fn add(
        &mut self,
        context: &Context<'_>,
        row: CustomerRow,
        run: impl FnOnce(&mut Observer<'_>) -> (Found, Option<Assigned>),
    ) {
        let mut running = Vec::new();
        let come_to = &mut self.come_to;
        let (found, assigned) = run(&mut |customer, instance, state| {
            let procedure = instance.procedure.id.0;
            come_to.extend(steps(instance, state).iter().filter_map(|of| is_come_to(of).map(|step| (procedure, step))));
            running.extend(Running::of(customer, instance, state));
        });
        self.found.append(found);
        if let Some(assigned) = assigned {
            let customer = context.snapshot.customers.id.get(row.0 as usize).to_owned();
            let procedure = assigned.procedure.and_then(|id| context.plan.procedures.get(id.0));
            let primary = procedure.map(|procedure| procedure.name.clone());
            self.places.push(Place { customer, rule: assigned.rule, primary, running });
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

//! A program played day by day over a period, with the ledger as it was on each day (`S2`).
//!
//! Customers are independent of each other, so each is played through all days on its own, in
//! parallel; what is counted is added up in the order of customers (`S1`).

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;
use serde::Serialize;

use crate::base::{Date, Diagnostic, Severity};
use crate::journal::{Event, Memory};
use crate::ledger::{CustomerRow, Snapshot};
use crate::plan::{Plan, Procedure, Step};
use crate::run::context::Context;
use crate::run::limits;
use crate::run::play::{Assumptions, Played, Player};
use crate::run::worklist::{PassedOver, Row, RowMode};

/// Customers played in one go by one thread.
const BATCH: usize = 64;

/// What is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day; not before the first.
    pub to: Date,
    /// What is assumed of outcomes.
    pub assumptions: Assumptions,
}

/// What a simulation found.
#[derive(Debug, Clone)]
pub struct Simulation {
    /// What was simulated.
    pub period: Period,
    /// Customers of the ledger.
    pub customers: u64,
    /// Every day of the period.
    pub days: Vec<Day>,
    /// Every step of the program, in its order.
    pub steps: Vec<StepTotals>,
    /// The rows suggested and done, by action.
    pub actions: BTreeMap<String, Flow>,
    /// The rows suggested and done, by recipient: `customer`, a role, or empty.
    pub recipients: BTreeMap<String, Flow>,
    /// Who reached the last step of a procedure, by customer, then day.
    pub last_steps: Vec<LastStep>,
    /// Customers that were set aside on some days, by id.
    pub set_aside: Vec<Aside>,
    /// What is to be said about the simulation as a whole.
    pub findings: Vec<Diagnostic>,
}

/// A number of rows, apart by who executes them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Split {
    /// By the program.
    pub automatic: u64,
    /// By hand.
    pub manual: u64,
}

/// Rows suggested and done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Flow {
    /// Suggested for the first time.
    pub suggested: Split,
    /// Assumed done.
    pub done: Split,
}

/// One day of a simulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Day {
    /// Which one.
    pub date: Date,
    /// Customers with rows on the worklist of the day.
    pub customers: u64,
    /// Rows on the worklist of the day.
    pub worklist: Split,
    /// Those of them that were never suggested before.
    pub new: Split,
    /// Those of them that are assumed done on the day.
    pub done: Split,
    /// Those of them that are left at the end of the day.
    pub open: Split,
    /// Rows that the contact policy put off on that day, or put off further.
    pub deferred: u64,
    /// Instances that started.
    pub started: u64,
    /// Instances that ended.
    pub ended: u64,
}

/// What became of a step. Its rows on one occasion count once: a customer or document reaches the
/// step, or it repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepTotals {
    /// The name of its procedure.
    pub procedure: String,
    /// Its name.
    pub step: String,
    /// Its title.
    pub title: String,
    /// On how many occasions it was suggested.
    pub suggested: u64,
    /// On how many of them all its rows were done.
    pub done: u64,
    /// How often it was passed over without an outcome (`S7`).
    pub passed_over: u64,
}

/// A customer or document that reached the last step of a procedure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LastStep {
    /// The customer's id.
    pub customer: String,
    /// The day of the first worklist with the step.
    pub on: Date,
    /// The procedure's name.
    pub procedure: String,
    /// The step's name.
    pub step: String,
    /// The document, in a procedure for document.
    pub document: Option<String>,
}

/// A customer that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// The customer's id; empty where the row of the ledger does not tell.
    pub customer: String,
    /// The first day and the number of days; `None` for all of them.
    pub days: Option<(Date, u64)>,
    /// What is wrong, and where.
    pub diagnostic: Diagnostic,
}

impl Split {
    /// Both together.
    #[must_use]
    pub const fn total(self) -> u64 {
        self.automatic + self.manual
    }

    const fn count(&mut self, mode: RowMode) {
        match mode {
            RowMode::Automatic => self.automatic += 1,
            RowMode::Manual => self.manual += 1,
        }
    }

    const fn add(&mut self, other: Self) {
        self.automatic += other.automatic;
        self.manual += other.manual;
    }
}

impl Flow {
    const fn add(&mut self, other: Self) {
        self.suggested.add(other.suggested);
        self.done.add(other.done);
    }
}

impl Simulation {
    /// The first of the days with the longest worklist, as `rows` measures it; `None` if all are empty.
    #[must_use]
    pub fn peak(&self, rows: impl Fn(Split) -> u64) -> Option<(Date, u64)> {
        let longest = self.days.iter().map(|day| rows(day.worklist)).max().filter(|most| *most > 0)?;
        let day = self.days.iter().find(|day| rows(day.worklist) == longest)?;
        Some((day.date, longest))
    }
}

/// Plays `plan` over the ledger from day to day. Outcomes that history and journal record on or after
/// the first day are left out: what is assumed takes their place. `progress` is told how many
/// customers are through, from several threads.
#[must_use]
pub fn simulate(
    plan: &Plan,
    snapshot: &Snapshot,
    memory: &Memory,
    period: Period,
    progress: &(dyn Fn(u64) + Sync),
) -> Simulation {
    let days = days(plan, snapshot, memory, period);
    let customers = snapshot.customers.len();
    let starts: Vec<usize> = (0..customers).step_by(BATCH).collect();
    let batch = |mut part: Part, start: usize| {
        let end = (start + BATCH).min(customers);
        for row in start..end {
            let set_aside = snapshot.customers.set_aside.get(row).copied().unwrap_or(false);
            if let (false, Ok(row)) = (set_aside, u32::try_from(row)) {
                part.play(&days, memory, CustomerRow(row), period);
            }
        }
        progress((end - start) as u64);
        part
    };
    let new = || Part::new(plan, &days);
    let part = starts.into_par_iter().fold(new, batch).reduce(new, Part::add);
    let mut findings = days.first().map_or_else(Vec::new, |first| limits::of_period(first, memory, period.to));
    let mut set_aside = part.set_aside;
    for fault in &snapshot.faults {
        let diagnostic = fault.diagnostic.clone();
        if diagnostic.severity() == Severity::Error {
            set_aside.push(Aside { customer: fault.customer.clone().unwrap_or_default(), days: None, diagnostic });
        } else {
            findings.push(diagnostic);
        }
    }
    set_aside.sort_by(|one, other| {
        (&one.customer, one.diagnostic.sort_key()).cmp(&(&other.customer, other.diagnostic.sort_key()))
    });
    Simulation {
        period,
        customers: customers as u64,
        days: part.days,
        steps: part.steps.into_iter().flatten().map(|(_, totals)| totals).collect(),
        actions: part.actions,
        recipients: part.recipients,
        last_steps: part.last_steps,
        set_aside,
        findings,
    }
}

/// The rows of one customer on each day of a period, and whether they are done then: what a simulation counts.
#[must_use]
pub fn days_of(
    plan: &Plan,
    snapshot: &Snapshot,
    memory: &Memory,
    period: Period,
    customer: CustomerRow,
) -> Vec<Vec<(Row, bool)>> {
    let mut player = Player::since(period.from, memory, customer, period.assumptions);
    let mut next = Some(period.from);
    let day = |context: &Context<'_>| {
        if next.is_none_or(|next| context.date < next) {
            return Vec::new();
        }
        let played = player.run(context);
        next = player.next_day(context, &played);
        let rows = played.found.rows.into_iter().zip(&played.rows);
        rows.map(|((_, row), of)| (row, of.is_done)).collect()
    };
    days(plan, snapshot, memory, period).iter().map(day).collect()
}

/// What is shared by all customers, for each day.
fn days<'a>(plan: &'a Plan, snapshot: &'a Snapshot, memory: &Memory, period: Period) -> Vec<Context<'a>> {
    let first = Context::opening(plan, snapshot, memory, period.from);
    let mut days = Vec::new();
    let mut date = Some(period.from);
    while let Some(day) = date.filter(|day| *day <= period.to) {
        days.push(if days.is_empty() { first.clone() } else { first.played(day) });
        date = day.plus_days(1);
    }
    days
}

/// What was counted of some customers.
struct Part {
    days: Vec<Day>,
    /// By `ProcedureId`, in the order of its steps; each with the step's place as rows have it.
    steps: Vec<Vec<(usize, StepTotals)>>,
    actions: BTreeMap<String, Flow>,
    recipients: BTreeMap<String, Flow>,
    last_steps: Vec<LastStep>,
    set_aside: Vec<Aside>,
    /// The place of the last step of each procedure.
    last_places: Vec<Option<usize>>,
}

/// What is remembered of one customer from day to day.
#[derive(Default)]
struct Known {
    /// Whether the rows of an occasion were all done.
    occasions: HashMap<Occasion, bool>,
    /// Steps passed over on the day before.
    passed_over: Vec<PassedOver>,
    ever_passed_over: HashSet<PassedOver>,
    /// Procedures whose last step was suggested, with the document.
    last_steps: HashSet<(usize, Option<String>)>,
    aside: Option<Aside>,
}

/// A time that a step was suggested: procedure, place of the step, document, day reached.
type Occasion = (usize, usize, Option<String>, Date);

impl Part {
    fn new(plan: &Plan, days: &[Context<'_>]) -> Self {
        let day = |context: &Context<'_>| Day {
            date: context.date,
            customers: 0,
            worklist: Split::default(),
            new: Split::default(),
            done: Split::default(),
            open: Split::default(),
            deferred: 0,
            started: 0,
            ended: 0,
        };
        Self {
            days: days.iter().map(day).collect(),
            steps: plan.procedures.iter().map(totals).collect(),
            actions: BTreeMap::new(),
            recipients: BTreeMap::new(),
            last_steps: Vec::new(),
            set_aside: Vec::new(),
            last_places: plan.procedures.iter().map(|procedure| Some(procedure.steps.last()?.place)).collect(),
        }
    }

    fn play(&mut self, days: &[Context<'_>], memory: &Memory, row: CustomerRow, period: Period) {
        let mut player = Player::since(period.from, memory, row, period.assumptions);
        let mut known = Known::default();
        let Some(snapshot) = days.first().map(|context| context.snapshot) else { return };
        let mut next = Some(period.from);
        for (place, context) in days.iter().enumerate() {
            if next.is_none_or(|next| context.date < next) {
                continue;
            }
            let played = player.run(context);
            next = player.next_day(context, &played);
            self.day(place, context, &played);
            self.rows(context.date, snapshot.customers.id.get(row.0 as usize), &played, &mut known);
            self.pass_over(played.found.passed_over, &mut known);
            for aside in played.found.set_aside {
                let customer = aside.customer;
                let new = || Aside { customer, days: Some((context.date, 0)), diagnostic: aside.diagnostic };
                if let Some((_, days)) = &mut known.aside.get_or_insert_with(new).days {
                    *days += 1;
                }
            }
        }
        self.set_aside.extend(known.aside);
    }

    fn day(&mut self, place: usize, context: &Context<'_>, played: &Played) {
        let Some(day) = self.days.get_mut(place) else { return };
        day.customers += u64::from(!played.found.rows.is_empty());
        for ((_, row), of) in played.found.rows.iter().zip(&played.rows) {
            day.worklist.count(row.mode);
            if of.is_new {
                day.new.count(row.mode);
            }
            if of.is_done { day.done.count(row.mode) } else { day.open.count(row.mode) }
        }
        for notice in &played.found.notices {
            let entry = notice.bare();
            debug_assert_eq!(entry.date, context.date);
            match entry.event {
                Event::Deferred => day.deferred += 1,
                Event::Started => day.started += 1,
                Event::Stopped | Event::Reassigned => day.ended += 1,
                _ => {}
            }
        }
    }

    fn rows(&mut self, date: Date, customer: &str, played: &Played, known: &mut Known) {
        let put_off: Vec<Occasion> =
            played.found.deferred.iter().map(|(place, put)| occasion(place.procedure, place.step, &put.row)).collect();
        let mut today: Vec<(Occasion, bool)> = Vec::new();
        for ((place, row), of) in played.found.rows.iter().zip(&played.rows) {
            self.flows(row, of.is_new, of.is_done);
            let occasion = occasion(place.procedure, place.step, row);
            match today.iter_mut().find(|(seen, _)| *seen == occasion) {
                Some((_, done)) => *done &= of.is_done,
                None => today.push((occasion, of.is_done)),
            }
        }
        for (occasion, done) in today {
            let done = done && !put_off.contains(&occasion);
            let before = known.occasions.get(&occasion).copied();
            let (procedure, step, document, _) = &occasion;
            // A last step that repeats was reached once: on its first day.
            let is_last = self.last_places.get(*procedure) == Some(&Some(*step))
                && known.last_steps.insert((*procedure, document.clone()));
            if let Some(totals) = self.totals(*procedure, *step) {
                totals.suggested += u64::from(before.is_none());
                totals.done += u64::from(done && before != Some(true));
                let reached = LastStep {
                    customer: customer.to_owned(),
                    on: date,
                    procedure: totals.procedure.clone(),
                    step: totals.step.clone(),
                    document: document.clone(),
                };
                self.last_steps.extend(is_last.then_some(reached));
            }
            known.occasions.insert(occasion, done);
        }
    }

    fn flows(&mut self, row: &Row, is_new: bool, is_done: bool) {
        for (flows, name) in [(&mut self.actions, &row.action), (&mut self.recipients, &row.recipient)] {
            if !flows.contains_key(name) {
                flows.insert(name.clone(), Flow::default());
            }
            let Some(flow) = flows.get_mut(name) else { continue };
            if is_new {
                flow.suggested.count(row.mode);
            }
            if is_done {
                flow.done.count(row.mode);
            }
        }
    }

    fn pass_over(&mut self, today: Vec<PassedOver>, known: &mut Known) {
        for step in &today {
            if known.passed_over.contains(step) || !known.ever_passed_over.insert(step.clone()) {
                continue;
            }
            let mut all = self.steps.iter_mut().flatten().map(|(_, totals)| totals);
            if let Some(totals) = all.find(|totals| totals.procedure == step.procedure && totals.step == step.step) {
                totals.passed_over += 1;
            }
        }
        known.passed_over = today;
    }

    fn totals(&mut self, procedure: usize, step: usize) -> Option<&mut StepTotals> {
        let steps = self.steps.get_mut(procedure)?;
        steps.iter_mut().find(|(place, _)| *place == step).map(|(_, totals)| totals)
    }

    /// With what was counted of the customers that follow.
    fn add(mut self, next: Self) -> Self {
        for (day, more) in self.days.iter_mut().zip(next.days) {
            day.customers += more.customers;
            day.worklist.add(more.worklist);
            day.new.add(more.new);
            day.done.add(more.done);
            day.open.add(more.open);
            day.deferred += more.deferred;
            day.started += more.started;
            day.ended += more.ended;
        }
        for ((_, totals), (_, more)) in self.steps.iter_mut().flatten().zip(next.steps.into_iter().flatten()) {
            totals.suggested += more.suggested;
            totals.done += more.done;
            totals.passed_over += more.passed_over;
        }
        for (flows, more) in [(&mut self.actions, next.actions), (&mut self.recipients, next.recipients)] {
            for (name, flow) in more {
                flows.entry(name).or_default().add(flow);
            }
        }
        self.last_steps.extend(next.last_steps);
        self.set_aside.extend(next.set_aside);
        self
    }
}

fn occasion(procedure: usize, step: usize, row: &Row) -> Occasion {
    (procedure, step, row.document.clone(), row.reached_on)
}

fn totals(procedure: &Procedure) -> Vec<(usize, StepTotals)> {
    let of = |step: &Step| {
        let totals = StepTotals {
            procedure: procedure.name.clone(),
            step: step.name.clone(),
            title: step.title.clone(),
            suggested: 0,
            done: 0,
            passed_over: 0,
        };
        (step.place, totals)
    };
    procedure.steps.iter().chain(&procedure.at_stop).map(of).collect()
}

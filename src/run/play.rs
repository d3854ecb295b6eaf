//! One customer played day by day: every day is a committed run, and what it suggests is done as assumed.

use std::collections::HashMap;

use crate::base::Date;
use crate::check::tree::Scope;
use crate::journal::memory::{Kind, happening};
use crate::journal::{Entry, Event, Happening, Memory};
use crate::ledger::{CustomerRow, Snapshot};
use crate::plan::{Plan, Start};
use crate::run::assign::Assigned;
use crate::run::context::Context;
use crate::run::found::Found;
use crate::run::worklist::{Row, RowMode};
use crate::run::{Observer, one_customer, one_customer_seen};

/// What is assumed to happen to a suggested row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assumption {
    /// It is done on the day on which it is suggested.
    DoneAtOnce,
    /// It is done so many days after it was first suggested, if it is still suggested then.
    DoneAfter(u32),
    /// It is never done.
    Never,
}

/// What is assumed of the rows of each mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assumptions {
    /// Of those that the program executes.
    pub automatic: Assumption,
    /// Of those that a person executes.
    pub manual: Assumption,
}

impl Assumptions {
    /// The same for both modes.
    #[must_use]
    pub const fn both(assumption: Assumption) -> Self {
        Self { automatic: assumption, manual: assumption }
    }

    /// What is assumed of a mode.
    #[must_use]
    pub const fn of(&self, mode: RowMode) -> Assumption {
        match mode {
            RowMode::Automatic => self.automatic,
            RowMode::Manual => self.manual,
        }
    }
}

/// A customer whose days are played one after the other.
pub(crate) struct Player {
    row: CustomerRow,
    assumptions: Assumptions,
    /// What the journal says of the customer, and what the days played so far have added.
    happenings: Vec<Happening>,
    /// The number of the last entry.
    number: u64,
    /// When each row was first suggested, by id.
    first: HashMap<String, Date>,
}

/// What one run of a played customer gave.
pub(crate) struct Played {
    /// The run.
    pub(crate) found: Found,
    /// Of each of its rows, in their order: whether it was never suggested before, and whether it is done at once.
    pub(crate) rows: Vec<RowPlayed>,
}

/// What becomes of a suggested row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RowPlayed {
    /// Whether it was never suggested before.
    pub(crate) is_new: bool,
    /// Whether it is done on this day.
    pub(crate) is_done: bool,
}

impl Player {
    /// The customer `row` of whom the journal says `told`.
    pub(crate) fn new(row: CustomerRow, told: Vec<Happening>, assumptions: Assumptions) -> Self {
        let taken_back = told.iter().filter_map(|told| match told.kind {
            Kind::Undone(number) => Some(number),
            _ => None,
        });
        let number = told.iter().map(|told| told.number).chain(taken_back).max().unwrap_or(0);
        Self { row, assumptions, happenings: told, number, first: HashMap::new() }
    }

    /// The customer of whom the journal says what is known before the first day.
    pub(crate) fn since(first: Date, memory: &Memory, row: CustomerRow, assumptions: Assumptions) -> Self {
        let told = memory.of(row).iter().filter(|told| told.date < first).cloned().collect();
        Self::new(row, told, assumptions)
    }

    /// Who is played.
    pub(crate) const fn customer(&self) -> CustomerRow {
        self.row
    }

    /// Runs the customer, commits the run, and does what is assumed.
    pub(crate) fn run(&mut self, context: &Context<'_>) -> Played {
        let found = one_customer(context, self.row, &self.happenings);
        let rows = self.go_on(context, &found);
        Played { found, rows }
    }

    /// The same, and who is told of every instance and its state; with what assignment decides.
    pub(crate) fn run_seen(&mut self, context: &Context<'_>, seen: &mut Observer<'_>) -> (Found, Option<Assigned>) {
        let (found, assigned) = one_customer_seen(context, self.row, &self.happenings, seen);
        self.go_on(context, &found);
        (found, assigned)
    }

    /// Commits a run, and does what is assumed.
    fn go_on(&mut self, context: &Context<'_>, found: &Found) -> Vec<RowPlayed> {
        for notice in &found.notices {
            self.write(notice.bare(), context.snapshot);
        }
        let mut rows = Vec::with_capacity(found.rows.len());
        for (_, row) in &found.rows {
            let known = self.first.get(&row.id).copied();
            let first = known.unwrap_or(context.date);
            let is_done = match self.assumptions.of(row.mode) {
                Assumption::DoneAtOnce => true,
                Assumption::DoneAfter(days) => context.date.days_since(first) >= i64::from(days),
                Assumption::Never => false,
            };
            if known.is_none() {
                self.first.insert(row.id.clone(), first);
            }
            rows.push(RowPlayed { is_new: known.is_none(), is_done });
        }
        for ((_, row), _) in found.rows.iter().zip(&rows).filter(|(_, played)| played.is_done) {
            self.done(row, context);
        }
        rows
    }

    /// The next day on which anything can happen after a run; `None` if there is none. While nothing
    /// is open, nothing runs and every procedure needs an open document, that is the day on which a
    /// document is issued, settled or paid.
    pub(crate) fn next_day(&self, context: &Context<'_>, played: &Played) -> Option<Date> {
        let (found, snapshot) = (&played.found, context.snapshot);
        let is_quiet = found.totals.open_documents == 0
            && found.is_empty()
            && snapshot.holds.of(self.row.0).is_empty()
            && needs_open_documents(context.plan);
        if !is_quiet {
            return context.date.plus_days(1);
        }
        let documents = &snapshot.documents;
        let dates = documents.of(self.row).flat_map(|document| {
            let place = document.0 as usize;
            let issued = documents.issue_date.get(place).copied();
            let settled = documents.settled_on.get(place).copied().flatten();
            let paid = snapshot.payments.of(document.0).iter().map(|payment| payment.date);
            issued.into_iter().chain(settled).chain(paid)
        });
        dates.filter(|date| *date > context.date).min()
    }

    fn done(&mut self, row: &Row, context: &Context<'_>) {
        self.write(&row.entry(Event::Done, context.date), context.snapshot);
    }

    fn write(&mut self, entry: &Entry, snapshot: &Snapshot) {
        if let Some((_, happening)) = happening(entry, snapshot) {
            self.number += 1;
            self.happenings.push(Happening { number: self.number, ..happening });
        }
    }
}

/// Whether no procedure has anything to do for a customer of whom no document is open: each follows
/// documents and ends with them.
fn needs_open_documents(plan: &Plan) -> bool {
    plan.procedures.iter().all(|procedure| {
        let follows = procedure.scope == Scope::Document || matches!(procedure.start, Start::Assignment { .. });
        follows && procedure.at_stop.is_empty()
    })
}

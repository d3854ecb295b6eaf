//! From the outcomes of rows to the outcomes of steps (`S24`): a step is processed when each of its
//! rows is done or skipped, on the date of the last.

use crate::base::Date;
use crate::ledger::snapshot::Outcome;
use crate::run::customer::Record;
use crate::run::life::Told;

/// A step that was processed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StepOutcome<'a> {
    /// When: the date of the last of its rows.
    pub(crate) date: Date,
    /// Which step: its place among all steps of the procedure as written.
    pub(crate) step: usize,
    /// What was reported back last.
    pub(crate) result: Option<&'a str>,
    /// Done, or skipped if each of its rows was.
    pub(crate) outcome: Outcome,
}

/// The outcomes of one step, in the order in which they were reported.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rounds<'a> {
    /// Each time it was processed.
    pub(crate) closed: Vec<StepOutcome<'a>>,
    /// The rows that have an outcome, of a time that is not over.
    pub(crate) open: Vec<Record<'a>>,
}

/// The rounds of `step` among outcomes dated on or after `since`.
pub(crate) fn rounds<'a>(told: &[Told<'a>], step: usize, since: Option<Date>) -> Rounds<'a> {
    let mut rounds = Rounds::default();
    let wanted = |told: &&Told<'a>| told.step == step && since.is_none_or(|since| since <= told.record.entry.date);
    for Told { record, .. } in told.iter().filter(wanted) {
        rounds.add(step, *record);
    }
    rounds
}

impl<'a> Rounds<'a> {
    fn add(&mut self, step: usize, record: Record<'a>) {
        let Some(row) = record.row else {
            self.open.push(record);
            self.close(step);
            return;
        };
        // The same row of another day: the round before it was over, though rows of it had vanished.
        let is_next = |open: &Record<'_>| same_row(open, &record) && open.since != record.since;
        if self.open.iter().any(is_next) {
            self.close(step);
        }
        if !self.open.iter().any(|open| same_row(open, &record)) {
            self.open.push(record);
        }
        if usize::try_from(row.of).is_ok_and(|of| self.open.len() >= of) {
            self.close(step);
        }
    }

    /// Ends the open round, because nothing of it is left to do.
    pub(crate) fn close(&mut self, step: usize) {
        let open = std::mem::take(&mut self.open);
        let Some(date) = open.iter().map(|record| record.entry.date).max() else { return };
        let result = open.iter().rev().find_map(|record| record.entry.result.as_deref());
        let done = open.iter().any(|record| record.entry.outcome == Outcome::Done);
        let outcome = if done { Outcome::Done } else { Outcome::Skipped };
        self.closed.push(StepOutcome { date, step, result, outcome });
    }
}

fn same_row(one: &Record<'_>, other: &Record<'_>) -> bool {
    let key = |record: &Record<'_>| {
        record.row.map(|row| (row.position, row.action.clone(), row.recipient.clone(), row.currency))
    };
    key(one) == key(other)
}

//! Today and what is planned (`S27`): today's ledger, no payment, every suggestion executed on the
//! day on which it is due, conditions evaluated on that day, the contact policy applied.

use std::collections::{HashMap, HashSet};

use crate::base::{Date, Diagnostic, Sources};
use crate::journal::{Event, Happening};
use crate::ledger::CustomerRow;
use crate::run::context::Context;
use crate::run::play::{Assumption, Assumptions, Played, Player};
use crate::run::timeline::lanes::Lanes;
use crate::run::timeline::{Mark, Time, What, complete};
use crate::run::worklist::PassedOver;

/// Runs of one planned day: a step at once after one that is done on the day comes on the day too.
const MOST_ROUNDS: usize = 50;

/// Adds what is suggested today and planned until `until`. A fault in the data ends it.
pub(super) fn add(
    context: &Context<'_>,
    row: CustomerRow,
    told: &[Happening],
    until: Date,
    sources: &Sources,
    lanes: &mut Lanes<'_>,
) -> Option<(Date, Diagnostic)> {
    let mut player = Player::new(row, told.to_vec(), Assumptions::both(Assumption::DoneAtOnce));
    let mut seen = Seen { sources, put_off: HashMap::new(), passed_over: HashSet::new() };
    let mut date = Some(context.date);
    while let Some(day) = date.filter(|day| *day <= until) {
        for round in 0..MOST_ROUNDS {
            let is_run_of_today = day == context.date && round == 0;
            let played = if is_run_of_today { player.run(context) } else { player.run(&context.planned(day)) };
            let mut faults = played.found.set_aside.iter().map(|aside| aside.diagnostic.clone());
            if let Some(fault) = faults.next() {
                return Some((day, fault));
            }
            let time = if is_run_of_today { Time::Today } else { Time::Planned };
            seen.take(day, time, &played, lanes);
            if played.found.rows.is_empty() && played.found.notices.is_empty() {
                break;
            }
        }
        date = day.plus_days(1);
    }
    None
}

/// What was told already.
struct Seen<'s> {
    /// For the conditions as they are written.
    sources: &'s Sources,
    /// Why rows were put off, by id.
    put_off: HashMap<String, String>,
    passed_over: HashSet<PassedOver>,
}

impl Seen<'_> {
    fn take(&mut self, day: Date, time: Time, played: &Played, lanes: &mut Lanes<'_>) {
        let found = &played.found;
        let is_today = time == Time::Today;
        for (_, row) in &found.rows {
            let reason = self.put_off.get(&row.id).cloned();
            lanes.add_row(row, Mark { reason, ..Mark::new(day, time, What::Suggested) });
        }
        for (_, put) in &found.deferred {
            if is_today {
                let mark = Mark::new(day, time, What::PutOff);
                lanes.add_row(&put.row, Mark { until: Some(put.until), reason: Some(put.reason.clone()), ..mark });
            }
            // The reason is of this day, and is told on a later one.
            let reason = put.reason.strip_suffix(" today").map(|reason| format!("{reason} on {day}"));
            let reason = reason.unwrap_or_else(|| put.reason.clone());
            self.put_off.entry(put.row.id.clone()).or_insert_with(|| format!("put off: {reason}"));
        }
        for (_, kept) in found.withheld.iter().filter(|_| is_today) {
            let mark = Mark::new(day, time, What::Withheld);
            lanes.add_row(&kept.row, Mark { reason: Some(kept.reason.clone()), ..mark });
        }
        for step in &found.passed_over {
            if self.passed_over.insert(step.clone()) {
                let (date, time) = if is_today { (step.reached_on, Time::Past) } else { (day, Time::Planned) };
                let mark = Mark { step: Some(step.step.clone()), ..Mark::new(date, time, What::PassedOver) };
                lanes.add(Some(&step.procedure), step.document.as_deref(), mark);
            }
        }
        for notice in &found.notices {
            let entry = notice.entry(self.sources);
            let (what, reason) = match entry.event {
                Event::Started => (What::Started, entry.reason),
                Event::Stopped | Event::Reassigned => (What::Ended, entry.reason),
                Event::Completed => (What::Completed, Some(complete(entry.since.is_some()).to_owned())),
                _ => continue,
            };
            let mark = Mark { due: entry.since, reason, ..Mark::new(day, time, what) };
            lanes.add(entry.procedure.as_deref(), entry.document.as_deref(), mark);
        }
    }
}

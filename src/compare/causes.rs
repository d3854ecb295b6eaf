//! Which change of the source brings a difference about: tried out on programs between the two.
//!
//! First each change alone: made in the older program, with the fewest others without which that does
//! not check. A difference that comes about is put down to it. For what is left, each change is left
//! out of the newer program, with those that do not check without it: a difference that then does not
//! come about needs the change. All it needs are its cause together.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::base::{Date, Diagnostic};
use crate::compare::changes::Versions;
use crate::compare::differences;
use crate::compare::look::Look;
use crate::compare::parts::Ready;
use crate::compare::{Cause, Change, Difference, How, Ledger, Part, Progress, Trace};
use crate::journal::Memory;
use crate::ledger::Snapshot;
use crate::plan::Plan;
use crate::run::play::Assumptions;
use crate::run::survey::{Days, survey};
use crate::schema::LedgerSchema;

/// How many customers are looked at for causes at most, counted on each date and for each trial.
const MOST_CUSTOMERS: usize = 20_000_000;
/// How many dates are looked at whatever the number of customers, and at most.
const LOOKS: (usize, usize) = (50, 5_000);
/// How many programs are put together at most.
const MOST_PROGRAMS: usize = 3_000;

type Chosen = BTreeSet<usize>;
type Read = (Snapshot, Memory);
type Reading = Result<Rc<Read>, Vec<Diagnostic>>;
type Looks = BTreeMap<Date, Look>;
type ByDate = BTreeMap<Date, BTreeSet<Difference>>;

/// How programs are run.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way<'a> {
    /// Each date on its own.
    Apart,
    /// Day by day from the first of these to the last, with what is assumed in between.
    Played(&'a [Date], Assumptions),
}

/// A program run on one date after the other.
pub(super) struct Course<'r> {
    ready: &'r Ready,
    read: &'r Read,
    /// The days, where the program is played.
    days: Option<Days<'r>>,
}

impl<'r> Course<'r> {
    /// Before the first date.
    pub(super) fn new(ready: &'r Ready, read: &'r Read, way: Way<'r>) -> Self {
        let days = match way {
            Way::Apart => None,
            Way::Played(dates, assumed) => Days::over(dates, &ready.plan, &read.0, &read.1, assumed),
        };
        Self { ready, read, days }
    }

    /// What the program gives on a date.
    pub(super) fn look(&mut self, date: Date) -> Look {
        let survey = match &mut self.days {
            Some(days) => days.day(date),
            None => survey(&self.ready.plan, &self.read.0, &self.read.1, date, &|| false).unwrap_or_default(),
        };
        Look::new(self.ready, survey)
    }

    /// How many runs that takes.
    fn runs(&self, date: Date) -> usize {
        self.days.as_ref().map_or(1, |days| days.until(date))
    }
}

/// Programs between two versions, tried over a ledger.
pub(super) struct Trials<'a> {
    versions: &'a Versions<'a>,
    changes: &'a [Change],
    ledger: &'a Ledger<'a>,
    /// How the programs are run.
    way: Way<'a>,
    /// The ledger as each schema reads it, or why it cannot.
    read: Vec<(LedgerSchema, Reading)>,
    programs: BTreeMap<Chosen, Option<Rc<Ready>>>,
    looks_left: Option<usize>,
    progress: &'a Progress<'a>,
    /// How many runs are through, and how many there are to be.
    runs: (usize, usize),
    /// Whether not everything was tried.
    pub(super) capped: bool,
}

impl<'a> Trials<'a> {
    /// Nothing is tried yet.
    pub(super) fn new(
        versions: &'a Versions<'a>,
        changes: &'a [Change],
        ledger: &'a Ledger<'a>,
        way: Way<'a>,
        progress: &'a Progress<'a>,
    ) -> Self {
        let (read, programs) = (Vec::new(), BTreeMap::new());
        Self { versions, changes, ledger, way, read, programs, looks_left: None, progress, runs: (0, 0), capped: false }
    }

    /// So many more runs are to come.
    pub(super) fn expect(&mut self, more: usize) {
        self.runs.1 += more;
        (self.progress)(self.runs.0, self.runs.1);
    }

    /// So many runs are through, or turned out not to be needed.
    fn through(&mut self, runs: usize) {
        self.runs.0 = runs;
        (self.progress)(self.runs.0, self.runs.1);
    }

    /// What a program gives on the next date.
    pub(super) fn look(&mut self, course: &mut Course<'_>, date: Date) -> Look {
        let look = course.look(date);
        self.through(self.runs.0 + 1);
        look
    }

    /// The ledger as a plan reads it.
    pub(super) fn read(&mut self, plan: &Plan) -> Reading {
        if let Some((_, read)) = self.read.iter().find(|(known, _)| *known == plan.ledger) {
            return read.clone();
        }
        let read = (self.ledger)(&plan.ledger).map(Rc::new);
        self.read.push((plan.ledger.clone(), read.clone()));
        read
    }

    /// The older program with some changes made; `None` where that has errors.
    fn program(&mut self, chosen: &Chosen) -> Option<Rc<Ready>> {
        if let Some(known) = self.programs.get(chosen) {
            return known.clone();
        }
        if self.programs.len() >= MOST_PROGRAMS {
            self.capped = true;
            return None;
        }
        let parts: BTreeSet<&Part> =
            chosen.iter().filter_map(|place| self.changes.get(*place)).map(|change| &change.part).collect();
        let ready = self.versions.between(&parts).ready().map(Rc::new);
        self.programs.insert(chosen.clone(), ready.clone());
        ready
    }

    /// What follows on each of `dates` if some changes are made, as far as that is found out; `looks` is
    /// what the older program gives.
    fn follows(&mut self, chosen: &Chosen, dates: &[Date], looks: &Looks) -> ByDate {
        let mut found = ByDate::new();
        let Some(ready) = self.program(chosen) else { return found };
        let Ok(read) = self.read(&ready.plan) else { return found };
        let mut course = Course::new(&ready, &read, self.way);
        for date in dates {
            let Some(old) = looks.get(date) else { continue };
            if !self.affords(course.runs(*date), read.0.customers.len()) {
                break;
            }
            let look = self.look(&mut course, *date);
            found.insert(*date, differences::between(old, &look));
        }
        found
    }

    /// Takes so many runs over so many customers from those that are left, if they suffice.
    fn affords(&mut self, runs: usize, customers: usize) -> bool {
        let affordable = MOST_CUSTOMERS / customers.max(1);
        let left = self.looks_left.get_or_insert(affordable.clamp(LOOKS.0, LOOKS.1));
        let rest = left.checked_sub(runs);
        *left = rest.unwrap_or(0);
        self.capped |= rest.is_none();
        rest.is_some()
    }

    /// The changes that can be made or left out: renaming comes before all.
    fn choices(&self) -> Chosen {
        let places = self.changes.iter().enumerate();
        places.filter(|(_, change)| change.how != How::Renamed).map(|(place, _)| place).collect()
    }

    fn renamings(&self) -> Vec<usize> {
        let places = self.changes.iter().enumerate();
        places.filter(|(_, change)| change.how == How::Renamed).map(|(place, _)| place).collect()
    }

    /// What causes the differences of each date; `looks` is what the older program gives.
    pub(super) fn causes(&mut self, differences: &ByDate, looks: &Looks) -> Vec<Cause> {
        let mut left = differences.clone();
        let mut causes = Causes::default();
        self.alone(&mut left, looks, &mut causes);
        self.together(&mut left, looks, &mut causes);
        let rest: BTreeSet<(Date, Difference)> = flat(left);
        if !rest.is_empty() {
            let all: Vec<usize> = (0..self.changes.len()).collect();
            let trace = if all.len() > 1 { Trace::NotTraced } else { Trace::Alone };
            rest.into_iter().for_each(|difference| causes.add(&all, trace, difference));
        }
        causes.finish()
    }

    /// Puts down what a change brings about alone.
    fn alone(&mut self, left: &mut ByDate, looks: &Looks, causes: &mut Causes) {
        let choices = self.choices();
        let renamings = self.renamings();
        let mut trials: Vec<(Vec<usize>, Chosen)> = Vec::new();
        if !renamings.is_empty() {
            trials.push((renamings, Chosen::new()));
        }
        let mut bundles: Vec<(usize, Chosen)> =
            choices.iter().map(|place| (*place, self.with_what_it_needs(*place, &choices))).collect();
        bundles.sort_by_key(|(place, bundle)| (bundle.len(), *place));
        for (place, bundle) in bundles {
            // The change itself first, then what it needs.
            let others = bundle.iter().copied().filter(|other| *other != place);
            let named: Vec<usize> = std::iter::once(place).chain(others).collect();
            if !trials.iter().any(|(_, known)| *known == bundle) {
                trials.push((named, bundle));
            }
        }
        let (before, dates) = (self.runs.1, open_dates(left).len());
        self.expect(trials.len() * dates);
        for (number, (named, bundle)) in (1..).zip(trials) {
            for (date, found) in self.follows(&bundle, &open_dates(left), looks) {
                let Some(open) = left.get_mut(&date) else { continue };
                for difference in found.iter().filter_map(|difference| open.take(difference)) {
                    causes.add(&named, Trace::Alone, (date, difference));
                }
            }
            self.through(before + number * dates);
        }
    }

    /// The fewest changes that check and have this one among them: of all of them as many are left
    /// out as can be.
    fn with_what_it_needs(&mut self, place: usize, choices: &Chosen) -> Chosen {
        let alone = Chosen::from([place]);
        if self.program(&alone).is_some() {
            return alone;
        }
        let mut chosen = choices.clone();
        for other in choices.iter().rev().filter(|other| **other != place) {
            chosen.remove(other);
            if self.program(&chosen).is_none() {
                chosen.insert(*other);
            }
        }
        chosen
    }

    /// The most changes that check without this one.
    fn without_it(&mut self, place: usize, choices: &Chosen) -> Chosen {
        let mut chosen = choices.clone();
        chosen.remove(&place);
        if self.program(&chosen).is_some() {
            return chosen;
        }
        let mut chosen = Chosen::new();
        for other in choices.iter().filter(|other| **other != place) {
            // Changes that check only together are added together.
            let needed = self.with_what_it_needs(*other, choices);
            if !needed.contains(&place) {
                let more: Chosen = chosen.union(&needed).copied().collect();
                if self.program(&more).is_some() {
                    chosen = more;
                }
            }
        }
        chosen
    }

    /// Puts down what only several changes bring about.
    fn together(&mut self, left: &mut ByDate, looks: &Looks, causes: &mut Causes) {
        if left.values().all(BTreeSet::is_empty) {
            return;
        }
        let choices = self.choices();
        let mut needed: BTreeMap<(Date, Difference), Vec<usize>> =
            flat(left.clone()).into_iter().map(|difference| (difference, Vec::new())).collect();
        let dates = open_dates(left);
        let before = self.runs.1;
        self.expect(choices.len() * dates.len());
        for (number, place) in (1..).zip(choices.iter().copied()) {
            let others = self.without_it(place, &choices);
            let followed = self.follows(&others, &dates, looks);
            if followed.len() < dates.len() {
                return;
            }
            for (date, found) in followed {
                for difference in left.get(&date).into_iter().flat_map(|open| open.difference(&found)) {
                    needed.entry((date, difference.clone())).or_default().push(place);
                }
            }
            self.through(before + number * dates.len());
        }
        for ((date, difference), changes) in needed {
            if !changes.is_empty()
                && let Some(open) = left.get_mut(&date)
            {
                open.remove(&difference);
                let trace = if changes.len() > 1 { Trace::Together } else { Trace::Alone };
                causes.add(&changes, trace, (date, difference));
            }
        }
    }
}

/// The dates on which there is a difference without a cause.
fn open_dates(left: &ByDate) -> Vec<Date> {
    left.iter().filter(|(_, open)| !open.is_empty()).map(|(date, _)| *date).collect()
}

fn flat(left: ByDate) -> BTreeSet<(Date, Difference)> {
    left.into_iter().flat_map(|(date, open)| open.into_iter().map(move |difference| (date, difference))).collect()
}

/// Causes while they are gathered.
#[derive(Default)]
struct Causes(Vec<Cause>);

impl Causes {
    fn add(&mut self, changes: &[usize], trace: Trace, difference: (Date, Difference)) {
        match self.0.iter_mut().find(|cause| cause.changes == changes && cause.trace == trace) {
            Some(cause) => {
                cause.differences.insert(difference);
            }
            None => self.0.push(Cause { changes: changes.to_vec(), trace, differences: BTreeSet::from([difference]) }),
        }
    }

    /// By the first of their changes; what was not traced comes last.
    fn finish(mut self) -> Vec<Cause> {
        self.0.sort_by_key(|cause| {
            (cause.trace == Trace::NotTraced, cause.changes.first().copied(), cause.changes.len())
        });
        self.0
    }
}

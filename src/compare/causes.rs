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
use crate::schema::LedgerSchema;

/// How many customers are looked at for causes at most, counted on each date and for each trial.
const MOST_CUSTOMERS: usize = 20_000_000;
/// How many dates are looked at whatever the number of customers, and at most.
const LOOKS: (usize, usize) = (50, 5_000);
/// How many programs are put together at most.
const MOST_PROGRAMS: usize = 3_000;

type Chosen = BTreeSet<usize>;
type Read = (Snapshot, Memory);

/// Programs between two versions, tried over a ledger.
pub(super) struct Trials<'a> {
    versions: &'a Versions<'a>,
    changes: &'a [Change],
    ledger: &'a Ledger<'a>,
    /// The ledger as each schema reads it; `None` where it cannot.
    read: Vec<(LedgerSchema, Option<Rc<Read>>)>,
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
        progress: &'a Progress<'a>,
    ) -> Self {
        let (read, programs) = (Vec::new(), BTreeMap::new());
        Self { versions, changes, ledger, read, programs, looks_left: None, progress, runs: (0, 0), capped: false }
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

    /// What a program gives on a date: a run.
    pub(super) fn look(&mut self, ready: &Ready, date: Date) -> Result<Look, Vec<Diagnostic>> {
        let read = self.read(&ready.plan.ledger)?;
        let look = read.map_or_else(Look::default, |read| Look::new(ready, &read.0, &read.1, date));
        self.through(self.runs.0 + 1);
        Ok(look)
    }

    fn read(&mut self, schema: &LedgerSchema) -> Result<Option<Rc<Read>>, Vec<Diagnostic>> {
        if let Some((_, read)) = self.read.iter().find(|(known, _)| known == schema) {
            return Ok(read.clone());
        }
        let read = (self.ledger)(schema).map(|read| Some(Rc::new(read)));
        self.read.push((schema.clone(), read.as_ref().ok().cloned().flatten()));
        read
    }

    /// The number of customers, as a plan reads the ledger.
    pub(super) fn customers(&mut self, plan: &Plan) -> u64 {
        self.read(&plan.ledger).ok().flatten().map_or(0, |read| read.0.customers.len() as u64)
    }

    /// The names of the customers that differences are about, by id.
    pub(super) fn names<'d>(
        &mut self,
        plan: &Plan,
        differences: impl Iterator<Item = &'d Difference>,
    ) -> BTreeMap<String, String> {
        let Ok(Some(read)) = self.read(&plan.ledger) else { return BTreeMap::new() };
        let ids: BTreeSet<&String> = differences.map(|difference| &difference.customer).collect();
        let customers = &read.0.customers;
        let name = |id: &String| Some(customers.name.get(customers.find(id)?.0 as usize)?.to_string());
        ids.into_iter().filter_map(|id| Some((id.clone(), name(id)?))).collect()
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

    /// What follows on a date if some changes are made; `None` where that is not found out.
    fn follows(&mut self, chosen: &Chosen, date: Date, old: &Look) -> Option<BTreeSet<Difference>> {
        let ready = self.program(chosen)?;
        let customers = self.customers(&ready.plan);
        let affordable = MOST_CUSTOMERS / usize::try_from(customers).unwrap_or(usize::MAX).max(1);
        let left = self.looks_left.get_or_insert(affordable.clamp(LOOKS.0, LOOKS.1));
        if *left == 0 {
            self.capped = true;
            return None;
        }
        *left -= 1;
        let look = self.look(&ready, date).ok()?;
        Some(differences::between(old, &look))
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
    pub(super) fn causes(
        &mut self,
        differences: &BTreeMap<Date, BTreeSet<Difference>>,
        looks: &BTreeMap<Date, Look>,
    ) -> Vec<Cause> {
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
    fn alone(
        &mut self,
        left: &mut BTreeMap<Date, BTreeSet<Difference>>,
        looks: &BTreeMap<Date, Look>,
        causes: &mut Causes,
    ) {
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
        let (before, dates) = (self.runs.1, still_open(left));
        self.expect(trials.len() * dates);
        for (number, (named, bundle)) in (1..).zip(trials) {
            for (date, open) in left.iter_mut().filter(|(_, open)| !open.is_empty()) {
                let Some(old) = looks.get(date) else { continue };
                let Some(found) = self.follows(&bundle, *date, old) else { continue };
                for difference in found.iter().filter_map(|difference| open.take(difference)) {
                    causes.add(&named, Trace::Alone, (*date, difference));
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
    fn together(
        &mut self,
        left: &mut BTreeMap<Date, BTreeSet<Difference>>,
        looks: &BTreeMap<Date, Look>,
        causes: &mut Causes,
    ) {
        if left.values().all(BTreeSet::is_empty) {
            return;
        }
        let choices = self.choices();
        let mut needed: BTreeMap<(Date, Difference), Vec<usize>> =
            flat(left.clone()).into_iter().map(|difference| (difference, Vec::new())).collect();
        let (before, dates) = (self.runs.1, still_open(left));
        self.expect(choices.len() * dates);
        for (number, place) in (1..).zip(choices.iter().copied()) {
            let others = self.without_it(place, &choices);
            for (date, open) in left.iter().filter(|(_, open)| !open.is_empty()) {
                let Some(old) = looks.get(date) else { continue };
                let Some(found) = self.follows(&others, *date, old) else { return };
                for difference in open.difference(&found) {
                    needed.entry((*date, difference.clone())).or_default().push(place);
                }
            }
            self.through(before + number * dates);
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

/// On how many dates there is a difference without a cause.
fn still_open(left: &BTreeMap<Date, BTreeSet<Difference>>) -> usize {
    left.values().filter(|open| !open.is_empty()).count()
}

fn flat(left: BTreeMap<Date, BTreeSet<Difference>>) -> BTreeSet<(Date, Difference)> {
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

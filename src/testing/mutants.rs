//! Mutants: the program with one thing changed (a day by one, a comparison, an `and`, a step left
//! out, a status, a recipient). One that no test and no snapshot notices shows what they do not look at.

mod expressions;
mod sites;

use crate::base::{Sources, Span};
use crate::check::tree::Test;
use crate::ledger::Snapshot;
use crate::plan::Plan;
use crate::testing::play;
use crate::testing::suites::{Page, Suite};

/// A plan with one thing changed.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// The changed plan.
    pub plan: Plan,
    /// Where the change lies in the program.
    pub span: Span,
    /// What is changed: `day 15 becomes 16`.
    pub what: String,
}

/// What mutants showed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tried {
    /// How many a test or a snapshot notices.
    pub noticed: usize,
    /// Those that nothing notices.
    pub unnoticed: Vec<Unnoticed>,
    /// How many were not tried: the time was over.
    pub left: usize,
}

/// A change that no test and no snapshot notices.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unnoticed {
    /// Where it lies in the program.
    pub span: Span,
    /// What is changed: `day 15 becomes 16`.
    pub what: String,
}

/// What mutants are tried on: tests that pass, and what the suites give.
pub struct Bench<'a> {
    /// The plan itself.
    pub plan: &'a Plan,
    /// Its tests.
    pub tests: &'a [Test],
    /// Its suites with their ledgers.
    pub suites: &'a [(Suite, Snapshot)],
    /// The conditions as they are written.
    pub sources: &'a Sources,
    /// What the suites give without a change.
    pages: Vec<Page>,
}

impl<'a> Bench<'a> {
    /// A bench; the suites are run once, for what they give without a change.
    #[must_use]
    pub fn new(plan: &'a Plan, tests: &'a [Test], suites: &'a [(Suite, Snapshot)], sources: &'a Sources) -> Self {
        let pages = pages(plan, suites, sources).collect();
        Self { plan, tests, suites, sources, pages }
    }

    /// Whether a test fails on a changed plan, or a suite gives something else: the first difference
    /// tells. `None` where the time is over before that is known, which is asked before each test and day.
    #[must_use]
    pub fn notices(&self, changed: &Plan, is_over: &dyn Fn() -> bool) -> Option<bool> {
        for test in self.tests {
            if is_over() {
                return None;
            }
            let played = play(changed, std::slice::from_ref(test), self.sources, None);
            if played.iter().any(|played| !played.passed()) {
                return Some(true);
            }
        }
        let mut given = pages(changed, self.suites, self.sources);
        for known in &self.pages {
            if is_over() {
                return None;
            }
            if given.next().as_ref() != Some(known) {
                return Some(true);
            }
        }
        Some(false)
    }
}

/// What suites give, day by day.
fn pages<'a>(plan: &'a Plan, suites: &'a [(Suite, Snapshot)], sources: &'a Sources) -> impl Iterator<Item = Page> + 'a {
    suites.iter().flat_map(|(suite, snapshot)| suite.runs(plan, snapshot, sources, None))
}

/// The mutant of `plan` with a number, counted from 0; `None` after the last.
#[must_use]
pub fn mutant(plan: &Plan, number: usize) -> Option<Mutant> {
    let mut changed = plan.clone();
    let told = sites::change(&mut changed, number);
    told.map(|(span, what)| Mutant { plan: changed, span, what })
}

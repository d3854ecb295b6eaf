//! `test` items, executed (`S26`): each is a story over a small ledger of its own.

use rayon::prelude::*;

use crate::base::{Diagnostic, Sources, Span};
use crate::check::tree::Test;
use crate::plan::Plan;
use crate::run::Recorder;
use crate::testing::rows::Rows;
use crate::testing::story::Story;

/// A test that was executed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Played {
    /// What it shows.
    pub title: String,
    /// Where its title stands.
    pub span: Span,
    /// What did not come as expected; empty where the test passed.
    pub findings: Vec<Diagnostic>,
}

impl Played {
    /// Whether everything came as expected.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Executes tests of the program that `plan` stands for, in parallel; the result has their order.
/// Every expectation that is not met is a finding: what was expected, what came, and why.
/// `sources` gives conditions as they are written; what is used of the program is noted in `recorder`.
#[must_use]
pub fn play(plan: &Plan, tests: &[Test], sources: &Sources, recorder: Option<&Recorder>) -> Vec<Played> {
    tests
        .par_iter()
        .map(|test| Played {
            title: test.title.clone(),
            span: test.written.title.span,
            findings: findings(plan, test, sources, recorder),
        })
        .collect()
}

fn findings(plan: &Plan, test: &Test, sources: &Sources, recorder: Option<&Recorder>) -> Vec<Diagnostic> {
    let rows = match Rows::new(&test.written, &plan.ledger) {
        Ok(rows) => rows,
        Err(findings) => return findings,
    };
    match Story::new(plan, sources, recorder, rows) {
        Ok(story) => story.play(&test.written.events),
        Err(findings) => findings,
    }
}

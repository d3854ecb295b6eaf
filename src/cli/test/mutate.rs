//! `dunlin test --mutate`: what no test and no snapshot notices.

use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::cli::progress;
use crate::cli::terminal::Terminal;
use crate::testing::mutants::{Bench, Mutant, Tried, Unnoticed, mutant};

/// Tries every mutant that the time allows.
pub(super) fn run(bench: &Bench<'_>, seconds: u64, terminal: &Terminal) -> Tried {
    let mutants: Vec<Mutant> = (0..).map_while(|number| mutant(bench.plan, number)).collect();
    let bar = progress::bar(mutants.len(), "mutants", terminal);
    let end = Instant::now() + Duration::from_secs(seconds);
    let noticed: Vec<Option<bool>> = mutants
        .par_iter()
        .map(|mutant| {
            let noticed = bench.notices(&mutant.plan, &|| Instant::now() >= end);
            bar.inc(1);
            noticed
        })
        .collect();
    bar.finish_and_clear();
    let mut tried = Tried::default();
    for (mutant, noticed) in mutants.into_iter().zip(noticed) {
        match noticed {
            Some(true) => tried.noticed += 1,
            Some(false) => tried.unnoticed.push(Unnoticed { span: mutant.span, what: mutant.what }),
            None => tried.left += 1,
        }
    }
    tried
}

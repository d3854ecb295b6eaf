//! `dunlin test --mutate`: what no test and no snapshot notices.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

use crate::base::text::count;
use crate::cli::project::Project;
use crate::cli::terminal::{Terminal, Trouble};
use crate::testing::mutants::{Bench, Mutant, mutant};

/// Tries every mutant that the time allows, and names those that nothing notices.
pub(super) fn run(bench: &Bench<'_>, seconds: u64, project: &Project, terminal: &Terminal) -> Result<(), Trouble> {
    let mutants: Vec<Mutant> = (0..).map_while(|number| mutant(bench.plan, number)).collect();
    let bar = bar(mutants.len(), terminal);
    let end = Instant::now() + Duration::from_secs(seconds);
    let noticed: Vec<Option<bool>> = mutants
        .par_iter()
        .map(|mutant| {
            let noticed = (Instant::now() < end).then(|| bench.notices(&mutant.plan));
            bar.inc(1);
            noticed
        })
        .collect();
    bar.finish_and_clear();
    terminal.print(told(&mutants, &noticed, project))
}

fn told(mutants: &[Mutant], noticed: &[Option<bool>], project: &Project) -> String {
    let number = |wanted: Option<bool>| {
        i64::try_from(noticed.iter().filter(|noticed| **noticed == wanted).count()).unwrap_or(i64::MAX)
    };
    let view = project.view();
    let mut unnoticed: Vec<(String, u64, &str)> = mutants
        .iter()
        .zip(noticed)
        .filter(|(_, noticed)| **noticed == Some(false))
        .map(|(mutant, _)| {
            let place = view.span(mutant.span);
            (place.file, place.line.unwrap_or_default(), mutant.what.as_str())
        })
        .collect();
    unnoticed.sort();
    let mut out: String = unnoticed.iter().map(|(file, line, what)| format!("{file}:{line}  {what}\n")).collect();
    if !out.is_empty() {
        out = format!("No test and no snapshot notices\n{out}\n");
    }
    let tried = number(Some(true)) + number(Some(false));
    out += &format!("{} of {} noticed", number(Some(true)), count(tried, "mutant", "mutants"));
    if number(None) > 0 {
        out += &format!("; the time was over before {} more", number(None));
    }
    out + "\n"
}

fn bar(length: usize, terminal: &Terminal) -> ProgressBar {
    if !terminal.is_attended() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(length as u64), ProgressDrawTarget::stderr_with_hz(10));
    match ProgressStyle::with_template("{wide_bar} {pos} of {len} mutants, {eta} to go") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

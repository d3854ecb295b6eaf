//! `dunlin test --review`: one difference after the other, and a question about each.

use std::io::{self, BufRead};
use std::path::Path;

use crate::cli::terminal::{Terminal, Trouble};
use crate::cli::test::suites;
use crate::report::View;
use crate::report::testing::{difference, stale};
use crate::testing::results::{Day, State, SuiteResult};

/// What a person decided about a difference.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Decision {
    Accept,
    AcceptRest,
    Reject,
    Skip,
    SkipRest,
    Quit,
}

const DIFFERENCE: &str = "accept, reject, skip or quit; A and S accept and skip all the rest [a/r/s/q/A/S] ";
/// By the answer; `A` and `S` are not `a` and `s`, every other word may be in capital letters.
const DECISIONS: &[(&str, Decision)] = &[
    ("a", Decision::Accept),
    ("accept", Decision::Accept),
    ("r", Decision::Reject),
    ("reject", Decision::Reject),
    ("s", Decision::Skip),
    ("skip", Decision::Skip),
    ("", Decision::Skip),
    ("q", Decision::Quit),
    ("quit", Decision::Quit),
    ("A", Decision::AcceptRest),
    ("S", Decision::SkipRest),
];

const STALE: &str = "remove it? [y/n/q] ";
/// Whether to remove a stale text; `None` to quit.
const REMOVALS: &[(&str, Option<bool>)] = &[
    ("y", Some(true)),
    ("yes", Some(true)),
    ("n", Some(false)),
    ("no", Some(false)),
    ("", Some(false)),
    ("q", None),
    ("quit", None),
];

/// Shows every difference, then every stale text, and does what is answered, line by line from the
/// standard input.
pub(super) fn run(
    root: &Path,
    results: &mut [SuiteResult],
    view: View<'_>,
    terminal: &Terminal,
) -> Result<(), Trouble> {
    let style = terminal.finding_style();
    let days = results.iter_mut().flat_map(|suite| &mut suite.days);
    let days: Vec<&mut Day> = days.filter(|day| day.state() != State::Same).collect();
    let all = days.len();
    let mut rest = None;
    for (place, day) in days.into_iter().enumerate() {
        let decision = match rest {
            Some(decision) => decision,
            None => {
                terminal.tell(&(difference(day, view, style) + "\n"));
                ask(terminal, &format!("{} of {all}: {DIFFERENCE}", place + 1), DECISIONS)?.unwrap_or(Decision::Quit)
            }
        };
        match decision {
            Decision::Accept | Decision::AcceptRest => suites::accept_one(root, day)?,
            Decision::Reject => suites::reject(root, day)?,
            Decision::Skip | Decision::SkipRest => {}
            Decision::Quit => return Ok(()),
        }
        rest = rest.or((matches!(decision, Decision::AcceptRest | Decision::SkipRest)).then_some(decision));
    }
    let all: usize = results.iter().map(|suite| suite.stale.len()).sum();
    let mut place = 0;
    for suite in results {
        for one in suite.stale.clone() {
            place += 1;
            terminal.tell(&(stale(&one, view, style) + "\n"));
            match ask(terminal, &format!("{place} of {all}: {STALE}"), REMOVALS)?.flatten() {
                Some(true) => {
                    suites::remove_stale(root, &one)?;
                    suite.stale.retain(|other| *other != one);
                }
                Some(false) => {}
                None => return Ok(()),
            }
        }
    }
    Ok(())
}

/// Asks until the answer is one of `answers`; `None` where no more answers come.
fn ask<T: Copy>(terminal: &Terminal, question: &str, answers: &[(&str, T)]) -> Result<Option<T>, Trouble> {
    loop {
        terminal.tell(question);
        let mut answer = String::new();
        let read = io::stdin().lock().read_line(&mut answer);
        if read.map_err(|error| Trouble::system("cannot read the answer", &error))? == 0 {
            terminal.tell("\n");
            return Ok(None);
        }
        let find = |answer: &str| answers.iter().find(|(word, _)| *word == answer);
        if let Some((_, meant)) = find(answer.trim()).or_else(|| find(&answer.trim().to_lowercase())) {
            return Ok(Some(*meant));
        }
    }
}

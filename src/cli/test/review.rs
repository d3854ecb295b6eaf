//! `dunlin test --review`: one difference after the other, and a question about each.

use std::io::{self, BufRead};
use std::path::Path;

use crate::cli::terminal::{Terminal, Trouble};
use crate::cli::test::suites;
use crate::report::View;
use crate::report::testing::{difference, stale};
use crate::testing::results::{State, SuiteResult};

/// What a person decided about a difference.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Decision {
    Accept,
    Reject,
    Skip,
    Quit,
}

const DIFFERENCE: &str = "accept, reject, skip or quit? [a/r/s/q] ";
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
    for day in results.iter_mut().flat_map(|suite| &mut suite.days).filter(|day| day.state() != State::Same) {
        terminal.tell(&(difference(day, view, style) + "\n"));
        match ask(terminal, DIFFERENCE, DECISIONS)?.unwrap_or(Decision::Quit) {
            Decision::Accept => suites::accept_one(root, day)?,
            Decision::Reject => suites::reject(root, day)?,
            Decision::Skip => {}
            Decision::Quit => return Ok(()),
        }
    }
    for suite in results {
        for one in suite.stale.clone() {
            terminal.tell(&(stale(&one, view, style) + "\n"));
            match ask(terminal, STALE, REMOVALS)?.flatten() {
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
        let answer = answer.trim().to_lowercase();
        if let Some((_, meant)) = answers.iter().find(|(word, _)| *word == answer) {
            return Ok(Some(*meant));
        }
    }
}

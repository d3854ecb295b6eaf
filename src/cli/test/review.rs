//! `dunlin test --review`: one difference after the other, and a question about each.

use std::io::{self, BufRead};
use std::path::Path;

use crate::cli::terminal::{Terminal, Trouble};
use crate::cli::test::suites;
use crate::report::View;
use crate::report::testing::difference;
use crate::testing::results::{State, SuiteResult};

const QUESTION: &str = "accept, reject, skip or quit? [a/r/s/q] ";

/// What a person decided.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Decision {
    Accept,
    Reject,
    Skip,
    Quit,
}

/// Shows every difference and does what is answered, line by line from the standard input.
pub(super) fn run(
    root: &Path,
    results: &mut [SuiteResult],
    view: View<'_>,
    terminal: &Terminal,
) -> Result<(), Trouble> {
    for day in results.iter_mut().flat_map(|suite| &mut suite.days).filter(|day| day.state() != State::Same) {
        terminal.tell(&(difference(day, view, terminal.finding_style()) + "\n"));
        match ask(terminal)? {
            Decision::Accept => suites::accept_one(root, day)?,
            Decision::Reject => suites::reject(root, day)?,
            Decision::Skip => {}
            Decision::Quit => return Ok(()),
        }
    }
    Ok(())
}

/// Asks until the answer is understood; no more answers is to quit.
fn ask(terminal: &Terminal) -> Result<Decision, Trouble> {
    loop {
        terminal.tell(QUESTION);
        let mut answer = String::new();
        let read = io::stdin().lock().read_line(&mut answer);
        if read.map_err(|error| Trouble::system("cannot read the answer", &error))? == 0 {
            terminal.tell("\n");
            return Ok(Decision::Quit);
        }
        match answer.trim().to_lowercase().as_str() {
            "a" | "accept" => return Ok(Decision::Accept),
            "r" | "reject" => return Ok(Decision::Reject),
            "s" | "skip" | "" => return Ok(Decision::Skip),
            "q" | "quit" => return Ok(Decision::Quit),
            _ => {}
        }
    }
}

//! What the tests and suites of a program gave, as plain data: every format is made of it.

use crate::base::{DataPlace, Date, Diagnostic, Severity, code};
use crate::testing::mutants::Tried;
use crate::testing::{Coverage, Played};

/// What the tests and suites of a program gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Results {
    /// What stands against running anything, as the check finds it; there is nothing else then.
    pub check: Vec<Diagnostic>,
    /// Its `test` items, in the order of files and lines.
    pub tests: Vec<Played>,
    /// Its suites, by folder.
    pub suites: Vec<SuiteResult>,
    /// What they reached of the program, where that was asked for.
    pub coverage: Option<Coverage>,
    /// What mutants showed, where that was asked for.
    pub mutants: Option<Tried>,
}

/// What a suite gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SuiteResult {
    /// Its folder, seen from the program's.
    pub folder: String,
    /// Why it cannot be run; of its days nothing is known then.
    pub findings: Vec<Diagnostic>,
    /// Its runs, by day.
    pub days: Vec<Day>,
    /// Accepted texts that belong to no run.
    pub stale: Vec<Stale>,
}

/// An accepted text that belongs to no run: nothing compares it with anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// Where it is kept, seen from the program's folder.
    pub path: String,
    /// Why.
    pub reason: &'static str,
}

impl Stale {
    /// The suite does not have its day.
    pub const NO_DAY: &'static str = "the suite has no run of this day";
    /// Its folder is no suite any more.
    pub const NO_SUITE: &'static str = "its folder has no `suite.toml`";

    fn finding(&self) -> Diagnostic {
        let place = DataPlace { file: self.path.clone(), ..DataPlace::default() };
        let instead = match self.reason {
            Self::NO_SUITE => "bring `suite.toml` back",
            _ => "add the day to `dates` in `suite.toml`",
        };
        Diagnostic::new(code::SNAPSHOT_STALE, self.reason)
            .at_data(place, "")
            .help(format!("remove it: `dunlin test --accept` does, and `--review` asks; or {instead}"))
    }
}

/// A run of a suite, and what was accepted for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Where the accepted text is kept, seen from the program's folder.
    pub path: String,
    /// Where the suite states its days: there is no other place while nothing is accepted.
    pub stated: DataPlace,
    /// What the run gives.
    pub text: String,
    /// What was accepted; `None` where nothing is.
    pub accepted: Option<String>,
}

/// How a run compares with what was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It gives what was accepted.
    Same,
    /// It gives something else.
    Changed,
    /// Nothing was accepted yet.
    New,
}

impl State {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::New => "new",
        }
    }
}

impl Day {
    /// How it compares.
    #[must_use]
    pub fn state(&self) -> State {
        match &self.accepted {
            None => State::New,
            Some(accepted) if *accepted == self.text => State::Same,
            Some(_) => State::Changed,
        }
    }

    /// The finding about it, where it is not the same.
    #[must_use]
    pub fn finding(&self) -> Option<Diagnostic> {
        let message = match self.state() {
            State::Same => return None,
            State::Changed => format!("the run of {} does not give what was accepted", self.date),
            State::New => format!("nothing is accepted yet for the run of {}", self.date),
        };
        let (place, label) = match &self.accepted {
            Some(accepted) => {
                let line = self.first_difference();
                let place = DataPlace {
                    file: self.path.clone(),
                    line: Some(line as u64),
                    excerpt: accepted.lines().nth(line.saturating_sub(1)).map(str::to_owned),
                    ..DataPlace::default()
                };
                (place, "the first difference")
            }
            None => (self.stated.clone(), ""),
        };
        let help = "if this is what you want, accept it: `dunlin test --review`, or `dunlin test --accept`";
        Some(Diagnostic::new(code::SNAPSHOT_DIFFERS, message).at_data(place, label).help(help))
    }

    /// The first line that differs, counted from 1.
    fn first_difference(&self) -> usize {
        let accepted = self.accepted.as_deref().unwrap_or("");
        let same = accepted.lines().zip(self.text.lines()).take_while(|(old, new)| old == new).count();
        (same + 1).min(accepted.lines().count().max(1))
    }
}

impl SuiteResult {
    /// Every finding about it.
    #[must_use]
    pub fn findings(&self) -> Vec<Diagnostic> {
        let days = self.days.iter().filter_map(Day::finding);
        self.findings.iter().cloned().chain(days).chain(self.stale.iter().map(Stale::finding)).collect()
    }
}

impl Results {
    /// Every finding: of the check, of the tests, of the suites.
    #[must_use]
    pub fn findings(&self) -> Vec<Diagnostic> {
        let tests = self.tests.iter().flat_map(|test| test.findings.iter().cloned());
        let suites = self.suites.iter().flat_map(SuiteResult::findings);
        self.check.iter().cloned().chain(tests).chain(suites).collect()
    }

    /// Whether everything came as expected; stale texts are no failure.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.findings().iter().all(|finding| finding.severity() != Severity::Error)
    }

    /// How many runs of suites are in a state.
    #[must_use]
    pub fn days(&self, state: State) -> usize {
        self.suites.iter().flat_map(|suite| &suite.days).filter(|day| day.state() == state).count()
    }
}

//! Snapshot suites: a ledger and some dates, one text for each date.
//!
//! The texts are compared with those that were accepted earlier; reading and writing them is the
//! command line's. Their layout is that of `insta`, so that reviewers know what they see.

mod settings;
mod text;

use std::collections::BTreeSet;

use crate::base::{DataPlace, Date, Sources};
use crate::journal::{Entry, Event, Memory};
use crate::ledger::Snapshot;
use crate::plan::Plan;
use crate::run::worklist::RowMode;
use crate::run::{self, Recorder, Worklist, notices};

/// The folder below which suites lie.
pub const TESTS: &str = "tests";
/// The file that makes a folder a suite.
pub const SETTINGS: &str = "suite.toml";
/// The folder of its accepted texts.
pub const SNAPSHOTS: &str = "snapshots";
/// The ending of an accepted text.
pub const ENDING: &str = ".snap";
/// The ending of a text that waits to be accepted.
pub const PENDING: &str = ".snap.new";

/// A suite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suite {
    /// Its folder as it is called in messages, seen from the program's: `tests/march`.
    pub folder: String,
    /// The days of its runs.
    pub dates: BTreeSet<Date>,
    /// Where its settings state them.
    pub dates_at: DataPlace,
    /// The folder of its own ledger, seen from that of the program; `None` where it is that of the program.
    pub ledger: Option<String>,
    /// Whether each run is committed before the next, as in daily work.
    pub commit: bool,
    /// What is reported as done after each run.
    pub done: Done,
}

/// What a suite reports as done after each run, on its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Done {
    /// Nothing.
    #[default]
    Nothing,
    /// What the program executes.
    Automatic,
    /// Every action.
    Everything,
}

/// The text of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The day.
    pub date: Date,
    /// Front matter and what the run gave; ends with a line end.
    pub text: String,
}

impl Suite {
    /// Reads a `suite.toml`; `folder` is the suite's as it is called in messages, `is_folder` tells whether there is
    /// a folder, seen from that of the program.
    ///
    /// # Errors
    /// Everything in it that cannot be understood.
    pub fn from_toml(
        text: &str,
        folder: &str,
        is_folder: &dyn Fn(&str) -> bool,
    ) -> Result<Self, Vec<crate::base::Diagnostic>> {
        settings::read(text, folder, is_folder)
    }

    /// The path of its settings.
    #[must_use]
    pub fn settings(&self) -> String {
        format!("{}/{SETTINGS}", self.folder)
    }

    /// Its runs in the order of their days, over its ledger `snapshot`.
    #[must_use]
    pub fn pages(&self, plan: &Plan, snapshot: &Snapshot, sources: &Sources, recorder: Option<&Recorder>) -> Vec<Page> {
        self.runs(plan, snapshot, sources, recorder).collect()
    }

    /// Its runs as [`Suite::pages`] gives them, each when it is asked for.
    pub fn runs<'a>(
        &'a self,
        plan: &'a Plan,
        snapshot: &'a Snapshot,
        sources: &'a Sources,
        recorder: Option<&'a Recorder>,
    ) -> impl Iterator<Item = Page> + 'a {
        let mut journal: Vec<Entry> = Vec::new();
        self.dates.iter().copied().map(move |date| {
            let memory = Memory::new(&journal, snapshot);
            let worklist = run::run_recorded(plan, snapshot, &memory, date, recorder);
            if self.commit {
                let told = notices::entries(&worklist, sources, date, false).unwrap_or_default();
                for entry in told.into_iter().chain(self.outcomes(&worklist, date)) {
                    let number = journal.len() as u64 + 1;
                    journal.push(Entry { number, ..entry });
                }
            }
            let body = text::body(plan, &worklist, snapshot, sources, date);
            let head = format!("---\nsource: {}\nexpression: run of {date}\n---\n", self.settings());
            Page { date, text: head + &body }
        })
    }

    fn outcomes<'w>(&self, worklist: &'w Worklist, date: Date) -> impl Iterator<Item = Entry> + use<'w> {
        let done = self.done;
        let is_done = move |mode| match done {
            Done::Nothing => false,
            Done::Automatic => mode == RowMode::Automatic,
            Done::Everything => true,
        };
        worklist.rows.iter().filter(move |row| is_done(row.mode)).map(move |row| row.entry(Event::Done, date))
    }
}

/// The day of an accepted or pending text, by the name of its file.
#[must_use]
pub fn date_of(name: &str) -> Option<Date> {
    Date::parse(name.strip_suffix(PENDING).or_else(|| name.strip_suffix(ENDING))?)
}

/// Whether a text is the page of a run: it says so in its first lines.
#[must_use]
pub fn is_page(text: &str) -> bool {
    let mut lines = text.lines();
    let source = format!("/{SETTINGS}");
    lines.next() == Some("---")
        && lines.next().is_some_and(|line| line.starts_with("source: ") && line.ends_with(&source))
        && lines.next().is_some_and(|line| line.starts_with("expression: run of "))
}

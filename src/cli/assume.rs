//! What is assumed of suggestions, where a program is played day by day.

use clap::Args;

use crate::cli::terminal::Trouble;
use crate::run::play::{Assumption, Assumptions};

/// What is assumed of suggestions.
#[derive(Debug, Args)]
pub(super) struct Assumed {
    /// What becomes of what is suggested: `done-at-once`, `done-after-3` (days), `never`; for one mode
    /// `manual=done-after-3`, `automatic=never` [default: done-at-once]
    #[arg(long, value_name = "[MODE=]OUTCOME", value_parser = Assume::read)]
    assume: Vec<Assume>,
}

/// One `--assume`: for which mode, and what.
#[derive(Debug, Clone, Copy)]
struct Assume {
    /// `Some(true)` for automatic rows, `Some(false)` for those by hand, `None` for both.
    automatic: Option<bool>,
    outcome: Assumption,
}

impl Assume {
    /// An argument of `--assume`. What it says is shown after `invalid value '…' for '--assume …'`.
    fn read(written: &str) -> Result<Self, String> {
        let (automatic, outcome) = match written.split_once('=') {
            Some(("automatic", outcome)) => (Some(true), outcome),
            Some(("manual", outcome)) => (Some(false), outcome),
            _ => (None, written),
        };
        let after = outcome.strip_prefix("done-after").map(|days| days.trim_start_matches(['-', ' ', '=']));
        let outcome = match (outcome, after.map(str::parse)) {
            ("done-at-once", _) => Assumption::DoneAtOnce,
            ("never", _) => Assumption::Never,
            (_, Some(Ok(days))) => Assumption::DoneAfter(days),
            (_, Some(Err(_))) => return Err("write after how many days, such as `done-after-3`".to_owned()),
            _ => {
                return Err("write `done-at-once`, `done-after-3` or `never`, for one mode after `automatic=` or \
                            `manual=`"
                    .to_owned());
            }
        };
        Ok(Self { automatic, outcome })
    }
}

impl Assumed {
    /// Whether nothing is said.
    pub(super) const fn is_usual(&self) -> bool {
        self.assume.is_empty()
    }

    /// What is said, else that everything is done at once.
    pub(super) fn assumptions(&self) -> Result<Assumptions, Trouble> {
        let mut assumptions = Assumptions::both(Assumption::DoneAtOnce);
        for mode in [None, Some(true), Some(false)] {
            let mut meant = self.assume.iter().filter(|assume| assume.automatic == mode);
            let outcome = meant.next().map(|assume| assume.outcome);
            if meant.next().is_some() {
                return Err(Trouble::with_help(
                    "`--assume` says two things of the same actions",
                    "give it once, or once with `automatic=` and once with `manual=`",
                ));
            }
            match (mode, outcome) {
                (_, None) => {}
                (None, Some(outcome)) => assumptions = Assumptions::both(outcome),
                (Some(true), Some(outcome)) => assumptions.automatic = outcome,
                (Some(false), Some(outcome)) => assumptions.manual = outcome,
            }
        }
        Ok(assumptions)
    }
}

//! A simulation in every format: a report to read, one line per day, one object with everything.

pub mod csv;
pub mod json;
pub mod table;

use serde::Serialize;

use crate::base::Date;
use crate::base::text::count;
use crate::run::play::{Assumption, Assumptions};

/// What is assumed, as a sentence about suggested rows.
fn assumed(assumptions: Assumptions) -> String {
    if assumptions.automatic == assumptions.manual {
        return format!("every suggested action is {}", outcome(assumptions.manual));
    }
    let (automatic, manual) = (outcome(assumptions.automatic), outcome(assumptions.manual));
    format!("every automatic action is {automatic}, every one by hand {manual}")
}

/// The same as a sentence about days that were played from `first` on.
#[must_use]
pub fn assumed_from(first: Date, assumptions: Assumptions) -> String {
    format!("Assumed: {}; outcomes recorded on or after {first} do not count.", assumed(assumptions))
}

/// What is assumed, as JSON has it.
#[derive(Debug, Serialize)]
pub struct Assumed {
    automatic: String,
    manual: String,
}

impl From<Assumptions> for Assumed {
    fn from(assumptions: Assumptions) -> Self {
        Self { automatic: word(assumptions.automatic), manual: word(assumptions.manual) }
    }
}

fn outcome(assumption: Assumption) -> String {
    match assumption {
        Assumption::DoneAtOnce => "done on the day on which it is suggested".to_owned(),
        Assumption::DoneAfter(days) => {
            format!("done {} after it is first suggested, if it still is then", count(i64::from(days), "day", "days"))
        }
        Assumption::Never => "never done".to_owned(),
    }
}

/// An assumption as the command line takes it.
fn word(assumption: Assumption) -> String {
    match assumption {
        Assumption::DoneAtOnce => "done-at-once".to_owned(),
        Assumption::DoneAfter(days) => format!("done-after-{days}"),
        Assumption::Never => "never".to_owned(),
    }
}

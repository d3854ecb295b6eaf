//! A simulation in every format: a report to read, one line per day, one object with everything.

pub mod csv;
pub mod json;
pub mod table;

use crate::base::text::count;
use crate::run::play::{Assumption, Assumptions};

/// What is assumed, as a sentence about suggested rows.
#[must_use]
pub fn assumed(assumptions: Assumptions) -> String {
    if assumptions.automatic == assumptions.manual {
        return format!("every suggested action is {}", outcome(assumptions.manual));
    }
    let (automatic, manual) = (outcome(assumptions.automatic), outcome(assumptions.manual));
    format!("every automatic action is {automatic}, every one by hand {manual}")
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
#[must_use]
pub fn word(assumption: Assumption) -> String {
    match assumption {
        Assumption::DoneAtOnce => "done-at-once".to_owned(),
        Assumption::DoneAfter(days) => format!("done-after-{days}"),
        Assumption::Never => "never".to_owned(),
    }
}

//! How far an instance has come on the run date: the same for the worklist and for `why`.

use crate::base::Date;
use crate::ledger::snapshot::Outcome;
use crate::plan::{Clock, Start};
use crate::run::customer::Customer;
use crate::run::fault::Fault;
use crate::run::instance::Instance;
use crate::run::{dip, waiting};

/// The state of an instance on the run date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    /// No document is followed (`S5`, `S8`).
    Idle,
    /// The start condition does not hold, and nothing says that it ever did.
    NotStarted,
    /// Neither start nor stop condition holds, and history knows of no outcome: only a journal
    /// could tell whether it was running.
    Unknown,
    /// The stop condition holds (`S10`).
    Stopped,
    /// Its customer is on hold (`S10`).
    Suspended,
    /// It runs.
    Running(Progress),
}

/// The steps of a running instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Progress {
    /// When it started, in step-by-step timing.
    pub(crate) started_on: Option<Date>,
    /// What is to be said of each step, in the order of the plan.
    pub(crate) steps: Vec<Verdict>,
}

/// What is to be said of a step on the run date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Its actions are suggested; the day on which it was reached or fell due.
    Suggested(Date),
    /// Its day has not come: when it will, as far as is known.
    NotYet(Option<Date>),
    /// Its `when` does not hold: it is as if not written.
    Absent,
    /// It was reached on that day, has no outcome, and a later step is current (`S7`).
    PassedOver(Date),
    /// It has an outcome.
    Processed(Date, Outcome),
    /// It has an outcome and comes again on that day (`S12`).
    Repeats(Date, Option<Date>),
    /// Steps before it come first, or it lies before the last outcome (`S9`).
    OutOfTurn,
}

/// The state of an instance; a procedure by assignment is only looked at where it is assigned.
pub(crate) fn state<'a>(customer: &Customer<'a>, instance: &Instance<'a>) -> Result<State, Box<Fault>> {
    if let Start::Conditions { start, stop, .. } = &instance.procedure.start {
        let env = instance.env(customer);
        let starts = env.holds(start)?;
        let stops = stop.as_ref().map_or(Ok(!starts), |stop| env.holds(stop))?;
        match (starts, stops, instance.outcomes.is_empty()) {
            (false, true, true) => return Ok(State::NotStarted),
            (_, true, _) => return Ok(State::Stopped),
            (false, false, true) => return Ok(State::Unknown),
            (true, false, _) | (false, false, false) => {}
        }
        if customer.held {
            return Ok(State::Suspended);
        }
    }
    let needs_document = matches!(instance.procedure.clock, Clock::Dip { .. })
        || matches!(instance.procedure.start, Start::Assignment { .. });
    if needs_document && instance.followed().is_empty() {
        return Ok(State::Idle);
    }
    Ok(State::Running(match instance.procedure.clock {
        Clock::Dip { .. } => dip::progress(customer, instance)?,
        Clock::AfterPrevious => waiting::progress(customer, instance)?,
    }))
}

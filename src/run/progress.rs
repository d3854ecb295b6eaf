//! How far an instance has come on the run date: the same for the worklist and for `why`.

use crate::base::{Date, Span};
use crate::check::tree::ProcedureId;
use crate::ledger::snapshot::Outcome;
use crate::plan::{Clock, Start};
use crate::run::customer::Customer;
use crate::run::fault::Fault;
use crate::run::follow::Following;
use crate::run::instance::Instance;
use crate::run::{dip, stop, waiting};

/// The state of an instance on the run date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    /// It is the primary procedure, or runs, and no document is followed (`S5`).
    Idle,
    /// Its start condition does not hold, and it was not running.
    NotStarted,
    /// Neither start nor stop condition holds, nothing says that it ever ran, and no journal is kept
    /// that would know.
    Unknown,
    /// It was not running, and the stop condition holds.
    Stopped,
    /// Its subject is on hold (`S10`).
    Suspended,
    /// It runs.
    Running(Progress),
    /// It ended, today or earlier; its steps at the stop.
    Ended(Progress),
}

/// What a run changes in the life of an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    /// It starts, and counts from that day.
    Starts(Date),
    /// It ends.
    Ends(End),
    /// Its last step has an outcome; whether its start condition does not hold, so that it may start
    /// again as soon as it does (`S11`).
    Completes {
        /// Whether the start condition does not hold.
        resting: bool,
    },
}

/// Why an instance ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum End {
    /// The stop condition holds.
    Stop(Span),
    /// The start condition holds no longer.
    NoLonger(Span),
    /// Another procedure is assigned, or none.
    Reassigned(Option<ProcedureId>),
    /// Its document is not followed any more, for that reason; for a customer: nothing is.
    NotFollowed(Option<Following>),
}

/// The steps of an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Progress {
    /// When it started, in step-by-step timing; when it ended, of an instance that did.
    pub(crate) since: Option<Date>,
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

/// The state of an instance, and what the run changes in its life, in that order.
pub(crate) fn state<'a>(
    customer: &Customer<'a>,
    instance: &mut Instance<'a>,
) -> Result<(State, Vec<Change>), Box<Fault>> {
    let is_dip = matches!(instance.procedure.clock, Clock::Dip { .. });
    if is_dip {
        instance.told.clone_from(&instance.life.told);
    }
    if !instance.has_life() {
        return Ok((assigned_dip(customer, instance)?, Vec::new()));
    }
    let conditions = Conditions::of(customer, instance)?;
    if instance.life.running.is_some() {
        running(customer, instance, conditions)
    } else {
        not_running(customer, instance, &conditions)
    }
}

/// A dip procedure by assignment that has no life of its own: computed afresh on every run (`S15`).
fn assigned_dip<'a>(customer: &Customer<'a>, instance: &Instance<'a>) -> Result<State, Box<Fault>> {
    Ok(match (instance.assigned, instance.followed().is_empty(), instance.held_back) {
        (false, ..) => State::NotStarted,
        (true, true, true) => State::Suspended,
        (true, true, false) => State::Idle,
        (true, false, _) => State::Running(dip::progress(customer, instance)?),
    })
}

/// The conditions of an instance with a life of its own, on the run date.
struct Conditions {
    starts: bool,
    /// Why it ends, if it runs.
    ends: Option<End>,
    suspended: bool,
}

impl Conditions {
    fn of<'a>(customer: &Customer<'a>, instance: &Instance<'a>) -> Result<Self, Box<Fault>> {
        let left = instance.following().filter(|following| *following != Following::Followed);
        let suspended = customer.held || left == Some(Following::Held);
        let nothing = instance.followed().is_empty();
        let env = instance.env(customer);
        Ok(match &instance.procedure.start {
            Start::Assignment { .. } if !instance.assigned => {
                let to = crate::run::assign::assign(customer)?.procedure;
                Self { starts: false, ends: Some(End::Reassigned(to)), suspended }
            }
            Start::Assignment { .. } => Self {
                starts: !nothing,
                ends: nothing.then_some(End::NotFollowed(left)),
                suspended: suspended || (nothing && instance.held_back),
            },
            Start::Conditions { .. } if left.is_some() => {
                Self { starts: false, ends: Some(End::NotFollowed(left)), suspended }
            }
            Start::Conditions { start, stop, .. } => {
                let starts = env.holds(start)?;
                let ends = match stop {
                    Some(stop) => env.holds(stop)?.then_some(End::Stop(stop.span)),
                    None => (!starts).then_some(End::NoLonger(start.span)),
                };
                Self { starts, ends, suspended }
            }
        })
    }
}

/// An instance that was running when the run began.
fn running<'a>(
    customer: &Customer<'a>,
    instance: &mut Instance<'a>,
    conditions: Conditions,
) -> Result<(State, Vec<Change>), Box<Fault>> {
    let Some(life) = instance.life.running.clone() else { return Ok((State::NotStarted, Vec::new())) };
    if matches!(instance.procedure.clock, Clock::AfterPrevious) {
        instance.told.clone_from(&life.told);
    }
    if conditions.suspended {
        return Ok((State::Suspended, Vec::new()));
    }
    let state = match conditions.ends {
        // Of an instance that only its outcomes tell of, nobody noted that it ran, so nothing waits for
        // its end; that it ended is noted, or its outcomes would count for a later one.
        Some(ref end) if life.noted_on.is_none() => {
            return Ok((ended_before(customer, instance, &conditions)?, vec![Change::Ends(end.clone())]));
        }
        Some(end) => return ends(customer, instance, end),
        None => started(customer, instance, life.since)?,
    };
    let completes = is_complete(instance, &state);
    if completes && conditions.starts && life.resting {
        instance.life.running = None;
        instance.told.clear();
        return not_running(customer, instance, &conditions);
    }
    let resting = completes && !conditions.starts && !life.resting;
    let starts = life.noted_on.is_none().then_some(Change::Starts(life.since));
    let completes = (resting || (completes && !life.completed)).then_some(Change::Completes { resting });
    Ok((state, starts.into_iter().chain(completes).collect()))
}

fn ends<'a>(
    customer: &Customer<'a>,
    instance: &mut Instance<'a>,
    end: End,
) -> Result<(State, Vec<Change>), Box<Fault>> {
    if let Some(life) = &instance.life.running {
        instance.told.clone_from(&life.told);
    }
    let progress = stop::progress(customer, instance, customer.run.date)?;
    Ok((State::Ended(progress), vec![Change::Ends(end)]))
}

/// An instance that was not running when the run began.
fn not_running<'a>(
    customer: &Customer<'a>,
    instance: &mut Instance<'a>,
    conditions: &Conditions,
) -> Result<(State, Vec<Change>), Box<Fault>> {
    if !conditions.starts || conditions.ends.is_some() {
        return Ok((ended_before(customer, instance, conditions)?, Vec::new()));
    }
    if conditions.suspended {
        return Ok((State::Suspended, Vec::new()));
    }
    let since = instance.dated.unwrap_or(customer.run.date);
    let state = started(customer, instance, since)?;
    Ok((state, vec![Change::Starts(since)]))
}

/// The state of what does not run and does not start: its steps at the stop may be left to do.
fn ended_before<'a>(
    customer: &Customer<'a>,
    instance: &mut Instance<'a>,
    conditions: &Conditions,
) -> Result<State, Box<Fault>> {
    if let Some(ended) = &instance.life.ended {
        let on = ended.on;
        instance.told.clone_from(&ended.told);
        let progress = stop::progress(customer, instance, on)?;
        let waits = progress.steps.iter().any(|step| matches!(step, Verdict::Suggested(_)));
        return Ok(if waits && conditions.suspended { State::Suspended } else { State::Ended(progress) });
    }
    if instance.assigned && matches!(instance.procedure.start, Start::Assignment { .. }) {
        return Ok(if conditions.suspended { State::Suspended } else { State::Idle });
    }
    let hysteresis = matches!(&instance.procedure.start, Start::Conditions { stop: Some(_), .. });
    let between = hysteresis && !conditions.starts && conditions.ends.is_none();
    Ok(if between && !customer.run.remembers {
        State::Unknown
    } else if conditions.starts {
        State::Stopped
    } else {
        State::NotStarted
    })
}

/// The state of an instance that runs since `since`.
fn started<'a>(customer: &Customer<'a>, instance: &Instance<'a>, since: Date) -> Result<State, Box<Fault>> {
    Ok(match instance.procedure.clock {
        Clock::Dip { .. } if instance.followed().is_empty() => State::Idle,
        Clock::Dip { .. } => State::Running(dip::progress(customer, instance)?),
        Clock::AfterPrevious => State::Running(waiting::progress(customer, instance, since)?),
    })
}

/// Whether the last step of a step-by-step instance has an outcome, and nothing comes again (`S11`).
pub(crate) fn is_complete(instance: &Instance<'_>, state: &State) -> bool {
    let State::Running(progress) = state else { return false };
    matches!(instance.procedure.clock, Clock::AfterPrevious)
        && matches!(progress.steps.last(), Some(Verdict::Processed(..)))
}

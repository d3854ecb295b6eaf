//! Step by step: each step waits for the outcome of the one before (`S8` to `S13`).

use crate::base::Date;
use crate::check::tree::Interval;
use crate::plan::Step;
use crate::run::customer::Customer;
use crate::run::dip::again;
use crate::run::fault::Fault;
use crate::run::instance::Instance;
use crate::run::progress::{Progress, Verdict};
use crate::run::rounds::StepOutcome;

/// The steps of an instance in step-by-step timing that counts from `since`.
pub(super) fn progress<'a>(
    customer: &Customer<'a>,
    instance: &Instance<'a>,
    since: Date,
) -> Result<Progress, Box<Fault>> {
    // Position only moves forward: the outcome of the furthest step is the last (S9).
    let position = instance.outcomes().into_iter().max_by_key(|outcome| (outcome.step, outcome.date));
    let base = position.map_or(since, |last| last.date);
    let mut found = false;
    let mut verdicts = Vec::with_capacity(instance.procedure.steps.len());
    for step in &instance.procedure.steps {
        let outcomes = instance.outcomes_of(step.place, None);
        let last = outcomes.iter().max().copied();
        let waits = match (position, last) {
            _ if found => None,
            (Some(at), _) if step.place < at.step => None,
            (Some(at), Some(_)) if step.place == at.step => again(step, outcomes.len()),
            _ => Some(step.after.unwrap_or(AT_ONCE)),
        };
        verdicts.push(match (waits, last) {
            (None, None) => Verdict::OutOfTurn,
            (None, Some(last)) => Verdict::Processed(last.date, last.outcome),
            (Some(_), _) if !instance.env(customer).holds_if_written(step.when.as_ref())? => {
                last.map_or(Verdict::Absent, |last| Verdict::Processed(last.date, last.outcome))
            }
            (Some(interval), last) => {
                found = true;
                due(customer, instance, step, base, interval, last)?
            }
        });
    }
    Ok(Progress { since: Some(since), steps: verdicts })
}

const AT_ONCE: Interval = Interval { days: 0, working: None };

/// When the next step is due: so long after `base`, and where it has a day, not before the
/// leading document reaches it (`S9`).
fn due<'a>(
    customer: &Customer<'a>,
    instance: &Instance<'a>,
    step: &'a Step,
    base: Date,
    interval: Interval,
    last: Option<StepOutcome<'a>>,
) -> Result<Verdict, Box<Fault>> {
    let waited = after(customer, instance, base, interval);
    let on = match step.at_day {
        None => waited,
        Some(_) => {
            waited.zip(instance.leading_reached_on(customer, step)?).map(|(waited, reached)| waited.max(reached))
        }
    };
    Ok(match (on.filter(|on| *on <= customer.run.date), last) {
        (Some(due), _) => Verdict::Suggested(due),
        (None, Some(last)) => Verdict::Repeats(last.date, on),
        (None, None) => Verdict::NotYet(on),
    })
}

/// The day on which an interval after `base` is over; at once is `base` itself, a working day or not.
pub(super) fn after<'a>(
    customer: &Customer<'a>,
    instance: &Instance<'a>,
    base: Date,
    interval: Interval,
) -> Option<Date> {
    if interval.days == 0 {
        return Some(base);
    }
    instance.counter(customer, interval.working).reached_on(base, interval.days)
}

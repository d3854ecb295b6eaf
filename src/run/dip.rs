//! Steps by days in procedure (`S6`, `S7`, `S12`).

use crate::base::Date;
use crate::check::tree::Interval;
use crate::plan::Step;
use crate::run::customer::Customer;
use crate::run::fault::Fault;
use crate::run::instance::Instance;
use crate::run::progress::{Progress, Verdict};
use crate::run::waiting::after;

/// The steps of an instance in dip timing, computed afresh on every run.
pub(super) fn progress<'a>(customer: &Customer<'a>, instance: &Instance<'a>) -> Result<Progress, Box<Fault>> {
    let steps = &instance.procedure.steps;
    let mut verdicts = Vec::with_capacity(steps.len());
    let mut current: Option<(Date, usize)> = None;
    for (place, step) in steps.iter().enumerate() {
        let verdict = reached(customer, instance, step)?;
        if let Verdict::PassedOver(since) = verdict {
            current = current.max(Some((since, place)));
        }
        verdicts.push(verdict);
    }
    for (place, (step, verdict)) in steps.iter().zip(&mut verdicts).enumerate() {
        if let Verdict::PassedOver(since) = *verdict {
            let is_current = current.is_some_and(|(_, current)| current == place);
            *verdict = processed(customer, instance, step, since, is_current);
        }
    }
    Ok(Progress { since: None, steps: verdicts })
}

/// Whether a step is reached and exists today; if so it counts as passed over until more is known.
fn reached<'a>(customer: &Customer<'a>, instance: &Instance<'a>, step: &'a Step) -> Result<Verdict, Box<Fault>> {
    let on = instance.leading_reached_on(customer, step)?;
    let Some(since) = on.filter(|on| *on <= customer.run.date) else { return Ok(Verdict::NotYet(on)) };
    let exists = instance.env(customer).holds_if_written(step.when.as_ref())?;
    Ok(if exists { Verdict::PassedOver(since) } else { Verdict::Absent })
}

/// What outcomes since the day reached make of a step (`S7`, `S12`).
fn processed<'a>(
    customer: &Customer<'a>,
    instance: &Instance<'a>,
    step: &Step,
    since: Date,
    is_current: bool,
) -> Verdict {
    let outcomes = instance.outcomes_of(step.place, Some(since));
    let Some(last) = outcomes.iter().max() else {
        return if is_current { Verdict::Suggested(since) } else { Verdict::PassedOver(since) };
    };
    match again(step, outcomes.len()) {
        Some(interval) if is_current => {
            let on = after(customer, instance, last.date, interval);
            match on.filter(|on| *on <= customer.run.date) {
                Some(due) => Verdict::Suggested(due),
                None => Verdict::Repeats(last.date, on),
            }
        }
        _ => Verdict::Processed(last.date, last.outcome),
    }
}

/// After how long a step comes again that has so many outcomes; `None` if it does not (`S12`).
pub(super) fn again(step: &Step, outcomes: usize) -> Option<Interval> {
    let repeat = step.repeat?;
    let left = repeat.at_most.is_none_or(|most| usize::try_from(most).is_ok_and(|most| outcomes < most));
    left.then_some(repeat.every)
}

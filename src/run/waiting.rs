//! Step by step: each step waits for the outcome of the one before (`S8` to `S13`), as far as
//! history tells; what only a journal could know is left to it.

use crate::base::Date;
use crate::plan::Step;
use crate::run::customer::Customer;
use crate::run::dip::again;
use crate::run::fault::Fault;
use crate::run::instance::{Instance, StepOutcome};
use crate::run::progress::{Progress, Verdict};

/// The steps of an instance in step-by-step timing.
///
/// Without a journal it started where `start … from` says, else on the date of its first outcome,
/// else today.
pub(super) fn progress<'a>(customer: &Customer<'a>, instance: &Instance<'a>) -> Result<Progress, Box<Fault>> {
    let first = instance.outcomes.first().map(|outcome| outcome.date);
    let started_on = instance.dated.or(first).unwrap_or(customer.run.date);
    let position = position(instance);
    let base = position.map_or(started_on, |last| last.date);
    let mut found = false;
    let mut verdicts = Vec::with_capacity(instance.procedure.steps.len());
    for step in &instance.procedure.steps {
        let last = instance.outcomes_of(step.place, None).max();
        let waits = match (position, last) {
            _ if found => None,
            (Some(at), _) if step.place < at.step => None,
            (Some(at), Some(_)) if step.place == at.step => again(step, instance.outcomes_of(step.place, None).count()),
            _ => Some(step.after.map_or(0, |after| after.days)),
        };
        verdicts.push(match (waits, last) {
            (None, None) => Verdict::OutOfTurn,
            (None, Some(last)) => Verdict::Processed(last.date, last.outcome),
            (Some(_), _) if !instance.env(customer).holds_if_written(step.when.as_ref())? => {
                last.map_or(Verdict::Absent, |last| Verdict::Processed(last.date, last.outcome))
            }
            (Some(days), last) => {
                found = true;
                due(customer, instance, step, base, days, last)?
            }
        });
    }
    Ok(Progress { started_on: Some(started_on), steps: verdicts })
}

/// The last outcome: of the furthest step, since position only moves forward (`S9`).
fn position<'i, 'a>(instance: &'i Instance<'a>) -> Option<&'i StepOutcome<'a>> {
    let places = instance.procedure.steps.iter().map(|step| step.place);
    let known = instance.outcomes.iter().filter(|outcome| places.clone().any(|place| place == outcome.step));
    known.max_by_key(|outcome| (outcome.step, outcome.date))
}

/// When the next step is due: so many days after `base`, and where it has a day, not before the
/// leading document reaches it (`S9`).
fn due<'a>(
    customer: &Customer<'a>,
    instance: &Instance<'a>,
    step: &'a Step,
    base: Date,
    days: i64,
    last: Option<&StepOutcome<'a>>,
) -> Result<Verdict, Box<Fault>> {
    let waited = instance.frozen(customer).reached_on(base, days);
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

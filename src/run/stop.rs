//! The steps at the stop of an instance that ended (`S10`): suggested until they have an outcome, once.

use crate::base::Date;
use crate::run::customer::Customer;
use crate::run::fault::Fault;
use crate::run::instance::Instance;
use crate::run::progress::{Progress, Verdict};

/// The steps at the stop of an instance that ended on `on`.
pub(super) fn progress<'a>(customer: &Customer<'a>, instance: &Instance<'a>, on: Date) -> Result<Progress, Box<Fault>> {
    let mut steps = Vec::with_capacity(instance.procedure.at_stop.len());
    for step in &instance.procedure.at_stop {
        steps.push(match instance.outcomes_of(step.place, None).into_iter().max() {
            Some(last) => Verdict::Processed(last.date, last.outcome),
            None if instance.env(customer).holds_if_written(step.when.as_ref())? => Verdict::Suggested(on),
            None => Verdict::Absent,
        });
    }
    Ok(Progress { since: Some(on), steps })
}

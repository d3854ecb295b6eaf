//! Assignment: the first rule that holds gives the one primary procedure (`S15`).

use crate::check::tree::ProcedureId;
use crate::run::customer::Customer;
use crate::run::evaluate::Env;
use crate::run::fault::Fault;

/// What assignment decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Assigned {
    /// The rule that holds, by its place; `None` if none does.
    pub(crate) rule: Option<usize>,
    /// The procedure it names; `None` for `none` and without a rule.
    pub(crate) procedure: Option<ProcedureId>,
}

/// The primary procedure of a customer.
pub(crate) fn assign(customer: &Customer<'_>) -> Result<Assigned, Box<Fault>> {
    for (place, rule) in customer.run.plan.assignment.iter().enumerate() {
        if Env::customer(customer).holds_if_written(rule.when.as_ref())? {
            if let Some(recorder) = customer.run.recorder {
                recorder.rule(place);
            }
            return Ok(Assigned { rule: Some(place), procedure: rule.procedure });
        }
    }
    Ok(Assigned { rule: None, procedure: None })
}

//! What runs for a customer, and the step that is current.

use crate::base::Money;
use crate::plan::Step;
use crate::run::customer::Customer;
use crate::run::instance::Instance;
use crate::run::progress::{State, Verdict};
use crate::run::steps;

/// A procedure that runs for a customer or one of its documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// The procedure's name.
    pub procedure: String,
    /// The document, in a procedure for document.
    pub document: Option<String>,
    /// The step that is current, or was the last one; `None` before the first.
    pub step: Option<String>,
    /// What is open of the documents that it follows, each.
    pub open: Vec<Money>,
}

impl Running {
    /// An instance, where it runs.
    pub(super) fn of(customer: &Customer<'_>, instance: &Instance<'_>, state: &State) -> Option<Self> {
        matches!(state, State::Running(_)).then(|| Self {
            procedure: instance.procedure.name.clone(),
            document: instance.document().map(|place| customer.document_id(place).to_owned()),
            step: current(&steps(instance, state)).map(|step| step.name.clone()),
            open: instance
                .followed()
                .iter()
                .filter_map(|of| Some(customer.documents.get(of.document)?.claim()))
                .collect(),
        })
    }
}

/// The step that is suggested; where none is, the last one that was come to.
fn current<'a>(steps: &[(&'a Step, Verdict)]) -> Option<&'a Step> {
    let last = |of: fn(&Verdict) -> bool| steps.iter().rfind(|(_, verdict)| of(verdict)).map(|(step, _)| *step);
    let come_to =
        |verdict: &Verdict| matches!(verdict, Verdict::Processed(..) | Verdict::Repeats(..) | Verdict::PassedOver(_));
    last(|verdict| matches!(verdict, Verdict::Suggested(_))).or_else(|| last(come_to))
}

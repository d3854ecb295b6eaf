//! Where every customer stands on a date: the primary procedure and the steps that are current.
//!
//! It looks at customers with the same functions as the run, so it cannot disagree with the worklist.

use rayon::prelude::*;

use crate::base::Date;
use crate::journal::Memory;
use crate::ledger::{CustomerRow, Snapshot};
use crate::plan::{Plan, Step};
use crate::run::context::Context;
use crate::run::customer::Customer;
use crate::run::fault::Fault;
use crate::run::instance::Instance;
use crate::run::progress::{State, Verdict};
use crate::run::{assign, instance, procedures, settled_state, steps};

/// Where a customer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The customer's id.
    pub customer: String,
    /// The procedure that assignment names (`S15`).
    pub primary: Option<String>,
    /// What runs, in the order of the program.
    pub running: Vec<Running>,
}

/// A procedure that runs for a customer or one of its documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// The procedure's name.
    pub procedure: String,
    /// The document, in a procedure for document.
    pub document: Option<String>,
    /// The step that is current, or was the last one; `None` before the first.
    pub step: Option<String>,
}

/// Where the customers stand on `date`, in the order of the ledger, without those set aside (`S21`).
#[must_use]
pub fn standings(plan: &Plan, snapshot: &Snapshot, memory: &Memory, date: Date) -> Vec<Standing> {
    let context = Context::new(plan, snapshot, memory, date);
    let rows = (0..snapshot.customers.len()).into_par_iter().filter_map(|row| {
        let set_aside = snapshot.customers.set_aside.get(row).copied().unwrap_or(false);
        let row = u32::try_from(row).ok().filter(|_| !set_aside).map(CustomerRow)?;
        standing(&Customer::new(&context, row, memory.of(row))).ok()
    });
    rows.collect()
}

fn standing(customer: &Customer<'_>) -> Result<Standing, Box<Fault>> {
    let primary = assign::assign(customer)?.procedure;
    let mut running = Vec::new();
    for procedure in procedures(customer, primary) {
        for mut instance in instance::of(customer, procedure, primary)? {
            let (state, _) = settled_state(customer, &mut instance)?;
            running.extend(Running::of(customer, &instance, &state));
        }
    }
    let named = primary.and_then(|id| customer.run.plan.procedures.get(id.0)).map(|procedure| procedure.name.clone());
    Ok(Standing { customer: customer.id().to_owned(), primary: named, running })
}

impl Running {
    /// An instance, where it runs.
    pub(super) fn of(customer: &Customer<'_>, instance: &Instance<'_>, state: &State) -> Option<Self> {
        matches!(state, State::Running(_)).then(|| Self {
            procedure: instance.procedure.name.clone(),
            document: instance.document().map(|place| customer.document_id(place).to_owned()),
            step: current(&steps(instance, state)).map(|step| step.name.clone()),
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

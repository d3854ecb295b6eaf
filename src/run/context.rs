//! What every customer of one run shares.

use crate::base::Date;
use crate::check::tree::{Expr, ExprKind};
use crate::ledger::Snapshot;
use crate::ledger::snapshot::HistoryEntry;
use crate::plan::Plan;
use crate::run::amounts::Exchange;
use crate::run::limits::{assignment_needs_working_days, needs_working_days};

/// Plan, snapshot and date of a run, and what is looked up once.
pub(crate) struct Context<'a> {
    /// The plan.
    pub(crate) plan: &'a Plan,
    /// The ledger.
    pub(crate) snapshot: &'a Snapshot,
    /// The run date.
    pub(crate) date: Date,
    /// The code of the kind `invoice`.
    pub(crate) invoice: Option<u16>,
    /// Procedures that are left out because they need what a run cannot do yet, by `ProcedureId`.
    pub(crate) left_out: Vec<bool>,
    /// Defines that are worth remembering for each document: they ask a question or use another
    /// define, so that a chain of them would be computed over and over. By `DefineId`.
    pub(crate) costly_defines: Vec<bool>,
    /// Whether assignment is left out for the same reason.
    pub(crate) assignment_left_out: bool,
}

impl<'a> Context<'a> {
    /// The context of a run on `date`.
    pub(crate) fn new(plan: &'a Plan, snapshot: &'a Snapshot, date: Date) -> Self {
        Self {
            plan,
            snapshot,
            date,
            invoice: plan.ledger.kinds.code("invoice"),
            left_out: plan.procedures.iter().map(|procedure| needs_working_days(plan, procedure)).collect(),
            costly_defines: plan.defines.iter().map(|define| is_costly(&define.expr)).collect(),
            assignment_left_out: assignment_needs_working_days(plan),
        }
    }

    /// The rates of the run.
    pub(crate) const fn exchange(&self) -> Exchange<'a> {
        Exchange { rates: &self.snapshot.rates, reporting: self.plan.ledger.currency, date: self.date }
    }

    /// Whether an entry of history is the outcome of a step that reaches the customer (`S22`).
    pub(crate) fn reaches_customer(&self, entry: &HistoryEntry) -> bool {
        let (Some(procedure), Some(step)) = (&entry.procedure, &entry.step) else { return false };
        let known = |names: &[String], name: &str| names.iter().any(|known| known == name);
        let procedures = self.plan.procedures.iter().filter(|candidate| known(&candidate.known_as, procedure));
        let mut steps = procedures.flat_map(|procedure| procedure.steps.iter().chain(&procedure.at_stop));
        steps.any(|candidate| known(&candidate.known_as, step) && candidate.actions.iter().any(|action| action.contact))
    }
}

fn is_costly(expr: &Expr) -> bool {
    let mut costly = false;
    expr.walk(&mut |inner| costly |= matches!(inner.kind, ExprKind::Define(..) | ExprKind::Question(_)));
    costly
}

//! What is to be said about a run as a whole: what it cannot do yet, and what its date means for
//! the ledger (`S2`).

use rayon::prelude::*;

use crate::base::{Date, Diagnostic, code, text};
use crate::check::tree::{Coverage, DefineId, Expr, ExprKind, FieldRef, Mode};
use crate::ledger::Snapshot;
use crate::plan::{Clock, Plan, Procedure, Start, Step};
use crate::run::context::Context;
use crate::run::found::Found;
use crate::schema::Field;

/// Days after the newest date of the ledger from which a run date is surprising.
const ONE_YEAR: i64 = 366;

/// The findings about a run as a whole, in a fixed order.
pub(crate) fn findings(run: &Context<'_>, found: &Found) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    findings.extend(not_yet(run));
    findings.extend(crate::run::history::findings(run));
    findings.extend(outside(run));
    findings.extend(replay(run));
    for (procedure, tally) in &found.unknown {
        let Some(procedure) = run.plan.procedures.get(*procedure) else { continue };
        let subjects = text::count(i64::try_from(tally.count).unwrap_or(i64::MAX), "case", "cases");
        let message = format!(
            "procedure `{}` may have been running in {subjects}, the first for customer `{}`, but there is no record of it",
            procedure.name, tally.first
        );
        findings.push(
            Diagnostic::new(code::START_NOT_KNOWN, message)
                .label(procedure.span, "neither start nor stop condition holds")
                .help(
                    "it is not suggested there; a row in the table `history` for one of its steps tells that it runs",
                ),
        );
    }
    if run.snapshot.recipients.starts.len() > 1 {
        for (role, tally) in &found.roles {
            let rows = text::count(i64::try_from(tally.count).unwrap_or(i64::MAX), "row goes", "rows go");
            let message = format!(
                "{rows} to `{role}`, the first for customer `{}`, without a name in the table `recipients`",
                tally.first
            );
            findings.push(Diagnostic::new(code::ROLE_WITHOUT_NAME, message).help(format!(
                "add a row with the customer, the role `{role}` and an e-mail address to the table `recipients`"
            )));
        }
    }
    findings
}

/// What the program asks for and a run cannot do yet.
fn not_yet(run: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    if let (true, Some(rule)) = (run.assignment_left_out, run.plan.assignment.first()) {
        let message = "no customer is assigned a procedure: a rule counts working days, which a run cannot do yet";
        findings.push(
            Diagnostic::new(code::WORKING_DAYS_NOT_COUNTED, message)
                .label(rule.span, "")
                .help("write the same in calendar days"),
        );
    }
    for (procedure, left_out) in run.plan.procedures.iter().zip(&run.left_out) {
        if *left_out {
            let message = format!(
                "procedure `{}` is left out: it counts working days, which a run cannot do yet",
                procedure.name
            );
            findings.push(
                Diagnostic::new(code::WORKING_DAYS_NOT_COUNTED, message)
                    .label(procedure.span, "nothing of it is suggested")
                    .help("write the same in calendar days"),
            );
        }
        for step in &procedure.at_stop {
            let message = format!(
                "step `{}` of procedure `{}` is left out: a run cannot tell yet when a procedure stopped",
                step.name, procedure.name
            );
            findings.push(
                Diagnostic::new(code::STOP_STEP_LEFT_OUT, message)
                    .label(step.span, "comes when the procedure stops")
                    .help("do it by hand when the procedure ends"),
            );
        }
    }
    if let Some(policy) = &run.plan.policy {
        let message = "the contact policy is not applied yet: contacts beyond its limits are suggested";
        findings.push(
            Diagnostic::new(code::POLICY_NOT_APPLIED, message)
                .label(policy.span, "")
                .help("look at the last contact of a customer before reaching out"),
        );
    }
    findings
}

/// A run date that lies outside the dates of the ledger.
fn outside(run: &Context<'_>) -> Option<Diagnostic> {
    let first = run.snapshot.documents.issue_date.iter().min().copied()?;
    let newest = newest(run.snapshot)?;
    let message = if run.date < first {
        format!("on {} the ledger has no document yet: the first one is dated {first}", run.date)
    } else if run.date.days_since(newest) > ONE_YEAR {
        format!("{} is more than a year after the newest date in the ledger, {newest}", run.date)
    } else {
        return None;
    };
    Some(
        Diagnostic::new(code::DATE_OUTSIDE_LEDGER, message)
            .help(format!("did you mean a date such as `--date {newest}`?")),
    )
}

/// The newest date on which something was recorded in the ledger.
fn newest(snapshot: &Snapshot) -> Option<Date> {
    let documents = &snapshot.documents;
    let issued = documents.issue_date.par_iter().max().copied();
    let settled = documents.settled_on.par_iter().flatten().max().copied();
    let seen = documents.first_seen.par_iter().flatten().max().copied();
    let paid = snapshot.payments.rows.iter().map(|payment| payment.date).max();
    let history = snapshot.history.rows.iter().map(|entry| entry.date).max();
    let promised = snapshot.promises.rows.iter().map(|promise| promise.made_on).max();
    [issued, settled, seen, paid, history, promised].into_iter().flatten().max()
}

/// A replay without dated statuses, where statuses make a difference (`S2`).
fn replay(run: &Context<'_>) -> Option<Diagnostic> {
    let statuses = &run.snapshot.documents.status;
    let differ = statuses.first().is_some_and(|first| statuses.par_iter().any(|status| status != first));
    let newest = newest(run.snapshot)?;
    if run.snapshot.status_history.is_some() || run.date >= newest || !differ || !reads_status(run.plan) {
        return None;
    }
    let message = format!("the run of {} uses the statuses of documents as they are on {newest}", run.date);
    Some(Diagnostic::new(code::STATUS_NOT_DATED, message).help(
        "a table `status_history` with the columns document, date, status dates them; without it a document counts as disputed or promised on every day",
    ))
}

/// Whether anything in the program depends on a document's status.
fn reads_status(plan: &Plan) -> bool {
    plan.procedures.iter().any(|procedure| procedure.follow.only_status.is_some())
        || any_expression(plan, |kind| matches!(kind, ExprKind::Field(_, FieldRef::BuiltIn(Field::Status))))
}

/// Whether a procedure counts working days anywhere.
pub(crate) fn needs_working_days(plan: &Plan, procedure: &Procedure) -> bool {
    let counting = matches!(procedure.clock, Clock::Dip { working: Some(_), .. });
    let intervals = |step: &Step| {
        step.after.is_some_and(|after| after.working.is_some())
            || step.repeat.is_some_and(|repeat| repeat.every.working.is_some())
    };
    counting
        || procedure.steps.iter().any(intervals)
        || of_procedure(procedure).into_iter().any(|expr| adds_working_days(plan, expr))
}

/// Whether a rule of assignment counts working days.
pub(crate) fn assignment_needs_working_days(plan: &Plan) -> bool {
    plan.assignment.iter().filter_map(|rule| rule.when.as_ref()).any(|expr| adds_working_days(plan, expr))
}

fn adds_working_days(plan: &Plan, expr: &Expr) -> bool {
    mentions(plan, expr, &mut vec![false; plan.defines.len()], &|kind| matches!(kind, ExprKind::PlusWorkingDays(..)))
}

fn any_expression(plan: &Plan, wanted: impl Fn(&ExprKind) -> bool) -> bool {
    let rules = plan.assignment.iter().filter_map(|rule| rule.when.as_ref());
    let written = rules.chain(plan.procedures.iter().flat_map(of_procedure));
    let mut seen = vec![false; plan.defines.len()];
    written.into_iter().any(|expr| mentions(plan, expr, &mut seen, &wanted))
}

/// Whether an expression, or a define it uses, holds something wanted.
fn mentions(plan: &Plan, expr: &Expr, seen: &mut [bool], wanted: &dyn Fn(&ExprKind) -> bool) -> bool {
    let mut found = false;
    let mut used: Vec<DefineId> = Vec::new();
    expr.walk(&mut |inner| {
        found |= wanted(&inner.kind);
        if let ExprKind::Define(_, define) = &inner.kind {
            used.push(*define);
        }
    });
    found
        || used.into_iter().any(|define| match (seen.get_mut(define.0), plan.defines.get(define.0)) {
            (Some(seen_before), Some(written)) if !*seen_before => {
                *seen_before = true;
                mentions(plan, &written.expr, seen, wanted)
            }
            _ => false,
        })
}

/// Every expression of a procedure.
fn of_procedure(procedure: &Procedure) -> Vec<&Expr> {
    let mut all: Vec<&Expr> = Vec::new();
    match &procedure.start {
        Start::Assignment { from } => all.extend(from),
        Start::Conditions { start, stop, from } => all.extend(std::iter::once(start).chain(stop).chain(from)),
    }
    all.extend(&procedure.follow.filter);
    if let Clock::Dip { anchor, .. } = &procedure.clock {
        all.extend(anchor);
    }
    all.extend(&procedure.priority);
    for step in procedure.steps.iter().chain(&procedure.at_stop) {
        all.extend(step.from.iter().chain(&step.when));
        if let Mode::AutomaticIf(condition) = &step.mode {
            all.push(condition);
        }
        for action in &step.actions {
            all.extend(action.values.iter().map(|(_, value)| value));
            if let Some(Coverage::Documents(_, Some(filter))) = &action.covering {
                all.push(filter);
            }
        }
    }
    all
}

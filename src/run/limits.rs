//! What is to be said about a run as a whole: what it cannot do yet, and what its date means for
//! the ledger (`S2`).

use rayon::prelude::*;

use crate::base::{Date, Diagnostic, code, text};
use crate::check::tree::{Coverage, DefineId, Expr, ExprKind, FieldRef, Mode};
use crate::journal::Memory;
use crate::ledger::Snapshot;
use crate::plan::{Clock, Plan, Procedure, Start, Step};
use crate::run::context::Context;
use crate::run::found::Found;
use crate::schema::Field;

/// Days after the newest date of the ledger from which a run date is surprising.
const ONE_YEAR: i64 = 366;

/// The findings about a run as a whole, in a fixed order.
pub(crate) fn findings(run: &Context<'_>, memory: &Memory, found: &Found) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    findings.extend(at_stop(run));
    findings.extend(crate::run::history::findings(run, memory));
    findings.extend(outside(run, run.date, "--date"));
    findings.extend(replay(run, "the run of"));
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
                    "it is not suggested there; once runs are committed with `--commit`, the journal knows what runs",
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

/// The findings about a simulation that begins with `run` and ends on `to`, in a fixed order.
pub(crate) fn of_period(run: &Context<'_>, memory: &Memory, to: Date) -> Vec<Diagnostic> {
    let mut findings = crate::run::history::findings(run, memory);
    findings.extend(outside(run, to, "--from"));
    findings.extend(replay(run, "the simulation from"));
    findings
}

/// Steps at the stop, where no journal is kept that would know what ran.
fn at_stop(run: &Context<'_>) -> Vec<Diagnostic> {
    let procedures = run.plan.procedures.iter().filter(|_| !run.remembers);
    let steps = procedures.flat_map(|procedure| procedure.at_stop.iter().map(move |step| (procedure, step)));
    let finding = |(procedure, step): (&Procedure, &Step)| {
        let message = format!(
            "step `{}` of procedure `{}` does not come yet: no run was committed, so it is not known what ran",
            step.name, procedure.name
        );
        Diagnostic::new(code::STOP_NEEDS_JOURNAL, message)
            .label(step.span, "comes when the procedure stops")
            .help("run with `--commit`: then the journal knows what started, and the step comes when it stops")
    };
    steps.map(finding).collect()
}

/// A run date that lies outside the dates of the ledger.
fn outside(run: &Context<'_>, to: Date, option: &str) -> Option<Diagnostic> {
    let first = run.snapshot.documents.issue_date.iter().min().copied()?;
    let newest = newest(run.snapshot)?;
    let message = if to < first {
        format!("on {to} the ledger has no document yet: the first one is dated {first}")
    } else if run.date.days_since(newest) > ONE_YEAR {
        format!("{} is more than a year after the newest date in the ledger, {newest}", run.date)
    } else {
        return None;
    };
    Some(
        Diagnostic::new(code::DATE_OUTSIDE_LEDGER, message)
            .help(format!("did you mean a date such as `{option} {newest}`?")),
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
fn replay(run: &Context<'_>, what: &str) -> Option<Diagnostic> {
    let statuses = &run.snapshot.documents.status;
    let differ = statuses.first().is_some_and(|first| statuses.par_iter().any(|status| status != first));
    let newest = newest(run.snapshot)?;
    if run.snapshot.status_history.is_some() || run.date >= newest || !differ || !reads_status(run.plan) {
        return None;
    }
    let message = format!("{what} {} uses the statuses of documents as they are on {newest}", run.date);
    Some(Diagnostic::new(code::STATUS_NOT_DATED, message).help(
        "a table `status_history` with the columns document, date, status dates them; without it a document counts as disputed or promised on every day",
    ))
}

/// Whether anything in the program depends on a document's status.
fn reads_status(plan: &Plan) -> bool {
    plan.procedures.iter().any(|procedure| procedure.follow.only_status.is_some())
        || any_expression(plan, |kind| matches!(kind, ExprKind::Field(_, FieldRef::BuiltIn(Field::Status))))
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

//! Which statuses a procedure follows, as far as its text tells (`S4`, `S10`).

use crate::base::{Diagnostic, code};
use crate::check::rules::logic::{Truth, holds_for_status};
use crate::check::rules::{Clock, Program, clock, is_for_document, sequence};
use crate::schema::FOLLOWED;
use crate::syntax::ast::{Action, ArgumentValue, ExprKind, Name, Procedure, Step};

pub(super) fn check(program: &Program<'_>, procedure: &Procedure, out: &mut Vec<Diagnostic>) {
    out.extend(follows_nothing(program, procedure));
    let steps: Vec<&Step> = sequence(procedure).collect();
    for pair in steps.windows(2) {
        if let [step, next] = pair {
            out.extend(comes_after_release(procedure, step, next));
        }
    }
}

/// Whether a procedure goes on looking at a document once it has this status: whether it follows it
/// and, for a procedure for document, whether its instance goes on.
pub(super) fn keeps(procedure: &Procedure, status: &str) -> Truth {
    let followed = match procedure.follow.as_ref().map(|follow| &follow.filter) {
        Some(Some(filter)) => holds_for_status(filter, status),
        Some(None) => Truth::Yes,
        None if is_for_document(procedure) => Truth::Yes,
        None if status == FOLLOWED => Truth::Yes,
        None => Truth::No,
    };
    if !is_for_document(procedure) {
        return followed;
    }
    let starts = procedure.start.as_ref().and_then(|start| start.when.as_ref());
    let goes_on = match (&procedure.stop, starts) {
        (Some(stop), _) => holds_for_status(stop, status).not(),
        (None, Some(start)) => holds_for_status(start, status),
        (None, None) => Truth::Yes,
    };
    followed.and(goes_on)
}

/// The status that an action of `set_status` gives.
pub(super) fn status_set(action: &Action) -> Option<Name> {
    let first = action.arguments.first().filter(|_| action.name.value == "set_status")?;
    match &first.value {
        ArgumentValue::Expr(expr) => match &expr.kind {
            ExprKind::Name(name) => Some(Name::new(name.clone(), expr.at())),
            _ => None,
        },
        ArgumentValue::Documents { .. } => None,
    }
}

/// A `follow` for which no status is right, or none for which the procedure would start.
fn follows_nothing(program: &Program<'_>, procedure: &Procedure) -> Option<Diagnostic> {
    let filter = procedure.follow.as_ref()?.filter.as_ref()?;
    let starts = procedure.start.as_ref().and_then(|start| start.when.as_ref());
    let starts = starts.filter(|_| is_for_document(procedure));
    let followed = |status: &&str| holds_for_status(filter, status) != Truth::No;
    let started = |status: &str| starts.is_none_or(|start| holds_for_status(start, status) != Truth::No);
    if program.statuses.iter().filter(|status| followed(status)).any(|status| started(status)) {
        return None;
    }
    let name = &procedure.name.value;
    let finding = Diagnostic::new(code::FOLLOWS_NOTHING, format!("procedure `{name}` never follows a document"));
    Some(match starts.filter(|_| program.statuses.iter().any(followed)) {
        Some(start) => finding
            .label(filter.at(), "it follows these")
            .label(start.at(), "it starts for others")
            .help("remove `follow`, or write the same status in both"),
        None => finding
            .label(filter.at(), "no status is right for this")
            .help("a document has one status at a time: write `status in (open, dispute)` for several"),
    })
}

/// A step that gives every document it concerns a status the procedure does not go on with leaves
/// none for the steps after it.
fn comes_after_release(procedure: &Procedure, step: &Step, next: &Step) -> Option<Diagnostic> {
    let each_for_itself = clock(procedure) == Clock::Dip || is_for_document(procedure);
    if !each_for_itself || step.when.is_some() || step.from != next.from {
        return None;
    }
    // With `covering` it may concern only some of them.
    let plain = step.actions.iter().filter(|action| action.arguments.len() == 1);
    let status = plain.filter_map(status_set).find(|status| keeps(procedure, &status.value) == Truth::No)?;
    Some(
        Diagnostic::new(code::STEP_AFTER_RELEASE, format!("no document is left for step `{}`", next.name.value))
            .label(next.name.span, "this step comes later")
            .label(status.span, format!("documents with status `{}` are no longer in this procedure", status.value))
            .help("give the status in the last step, or let `follow` include it"),
    )
}

//! Results of steps: who reports them, and when they are known (`S13`, `S24`).

use crate::base::{Diagnostic, code};
use crate::check::rules::{Clock, Program, clock};
use crate::syntax::ast::{ArgumentValue, Expr, ExprKind, ModeKind, Name, Procedure, Step};

pub(super) fn check(program: &Program<'_>, procedure: &Procedure, out: &mut Vec<Diagnostic>) {
    for (place, step) in procedure.steps.iter().enumerate() {
        if step.at_stop.is_none() {
            expressions(step).into_iter().for_each(|expr| too_early(procedure, place, expr, out));
        }
        out.extend(automatic_by_hand(program, step));
    }
}

/// The steps whose results an expression asks for.
fn results_in(expr: &Expr) -> Vec<&Name> {
    let mut names = Vec::new();
    expr.walk(&mut |inner| {
        if let ExprKind::ResultOf(name) = &inner.kind {
            names.push(name);
        }
    });
    names
}

/// Every expression of a step that is evaluated when the step is due.
fn expressions(step: &Step) -> Vec<&Expr> {
    let automatic_if = match step.mode.as_ref().map(|mode| &mode.kind) {
        Some(ModeKind::AutomaticIf(condition)) => Some(condition),
        _ => None,
    };
    let arguments = step.actions.iter().flat_map(|action| &action.arguments);
    let values = arguments.filter_map(|argument| match &argument.value {
        ArgumentValue::Expr(expr) => Some(expr),
        ArgumentValue::Documents { filter, .. } => filter.as_ref(),
    });
    step.when.iter().chain(automatic_if).chain(values).collect()
}

/// A later step has not been suggested yet, and a step that does not repeat is suggested until it
/// has its only outcome. In dip timing steps on clocks of their own may come in any order.
fn too_early(procedure: &Procedure, place: usize, expr: &Expr, out: &mut Vec<Diagnostic>) {
    let Some(step) = procedure.steps.get(place) else { return };
    for name in results_in(expr) {
        let Some(asked) = procedure.steps.iter().position(|other| other.name == *name) else { continue };
        let Some(other) = procedure.steps.get(asked) else { continue };
        let is_own = asked == place && step.repeat.is_none();
        let is_later = asked > place && (clock(procedure) == Clock::AfterPrevious || other.from == step.from);
        let why = match (is_own, is_later, other.at_stop) {
            (true, ..) => "a step does not know its own result",
            (_, true, Some(_)) => "that step comes when the procedure ends",
            (_, true, None) => "that step comes later",
            _ => continue,
        };
        out.push(
            Diagnostic::new(
                code::RESULT_NEVER_KNOWN,
                format!("no result of `{}` is known when step `{}` comes", name.value, step.name.value),
            )
            .label(name.span, why)
            .help(suggestion(procedure, place)),
        );
    }
}

fn suggestion(procedure: &Procedure, place: usize) -> String {
    let before = procedure.steps.get(..place).unwrap_or(&[]).iter().rev().find(|step| step.at_stop.is_none());
    before.map_or_else(
        || "remove it: this is the first step".to_owned(),
        |before| format!("name a step before this one: `result of {}`", before.name.value),
    )
}

fn automatic_by_hand(program: &Program<'_>, step: &Step) -> Option<Diagnostic> {
    let mode = step.mode.as_ref().filter(|mode| mode.kind != ModeKind::Manual)?;
    let first = step.actions.first()?;
    let by_hand = |name: &Name| program.items.action(&name.value).is_some_and(|action| action.by_hand.is_some());
    if !step.actions.iter().all(|action| by_hand(&action.name)) {
        return None;
    }
    Some(
        Diagnostic::new(
            code::AUTOMATIC_BY_HAND,
            format!("step `{}` stays manual: `{}` is done by a person", step.name.value, first.name.value),
        )
        .label(mode.span.0, "this changes nothing")
        .label(first.name.span, "always done by hand")
        .help("remove it"),
    )
}

//! Steps `at stop` (`S10`).

use crate::base::{Diagnostic, Span, code};
use crate::check::rules::{Clock, clock, is_for_document, starts_by_assignment};
use crate::syntax::ast::{Procedure, Step};

pub(super) fn check(procedure: &Procedure, out: &mut Vec<Diagnostic>) {
    for step in &procedure.steps {
        let Some(at_stop) = step.at_stop else { continue };
        if has_no_instances(procedure) {
            out.push(
                Diagnostic::new(
                    code::NOTHING_STOPS,
                    format!("step `{}` waits for an end that never comes", step.name.value),
                )
                .label(at_stop.0, format!("procedure `{}` has no end", procedure.name.value))
                .help("write `at day N`, or `start when …` for a procedure that starts and stops by itself"),
            );
        } else if let Some((what, span)) = other_time(step) {
            out.push(
                Diagnostic::new(
                    code::AT_STOP_AND_DAY,
                    format!("step `{}` comes when the procedure ends, so `{what}` has no meaning", step.name.value),
                )
                .label(span, "this is never looked at")
                .label(at_stop.0, "the step comes once, when the procedure ends")
                .help(format!("remove `{what}`, or remove `at stop`")),
            );
        }
    }
}

/// A procedure for customer in dip timing that starts by assignment is computed afresh on every
/// run and remembers nothing that could end (`S14`, `S15`).
fn has_no_instances(procedure: &Procedure) -> bool {
    clock(procedure) == Clock::Dip && starts_by_assignment(procedure) && !is_for_document(procedure)
}

/// Another word about time that the step has.
fn other_time(step: &Step) -> Option<(&'static str, Span)> {
    let at_day = step.at_day.as_ref().map(|day| ("at day", day.span));
    let after = step.after.as_ref().map(|after| ("after", after.span.0));
    let repeat = step.repeat.as_ref().map(|repeat| ("repeat", repeat.span.0));
    let from = step.from.as_ref().map(|from| ("from", from.at()));
    at_day.or(after).or(repeat).or(from)
}

//! What a procedure and a step cannot be without, and how a procedure starts and stops.

use crate::base::{Diagnostic, code};
use crate::check::rules::{Clock, clock, logic};
use crate::syntax::ast::{Action, Procedure, Start, Step};

pub(super) fn check(procedure: &Procedure, out: &mut Vec<Diagnostic>) {
    if !procedure.head.damaged {
        missing_parts(procedure, out);
    }
    if let Some(start) = &procedure.start {
        start_and_stop(procedure, start, out);
    }
    for step in &procedure.steps {
        for (place, action) in step.actions.iter().enumerate() {
            let before = step.actions.get(..place).unwrap_or(&[]);
            if let Some(first) = before.iter().find(|other| *other == action && !action.name.value.is_empty()) {
                out.push(same_action(step, action, first));
            }
        }
    }
    for step in procedure.steps.iter().filter(|step| step.actions.is_empty() && !step.head.damaged) {
        out.push(
            Diagnostic::new(code::STEP_WITHOUT_ACTION, format!("step `{}` does nothing", step.name.value))
                .label(step.name.span, "this step has no action")
                .help("write what it does between its braces: `{ email customer using reminder }`"),
        );
    }
}

fn same_action(step: &Step, action: &Action, first: &Action) -> Diagnostic {
    Diagnostic::new(
        code::SAME_ACTION_TWICE,
        format!("step `{}` does the same thing twice: `{}`", step.name.value, action.name.value),
    )
    .label(action.span.0, "again here")
    .label(first.span.0, "first here")
    .help("remove one of them, or write `repeat` for a step that comes several times")
}

fn missing_parts(procedure: &Procedure, out: &mut Vec<Diagnostic>) {
    let name = &procedure.name;
    let parts = [
        (
            procedure.start.is_none(),
            code::NO_START,
            "does not say when it starts",
            "write `start by assignment` or `start when …` in it",
        ),
        (
            procedure.timing.is_none(),
            code::NO_TIMING,
            "does not say how its steps are timed",
            "write `timing dip` (days after the due date) or `timing after previous` (days after the step before) in it",
        ),
        (
            procedure.steps.is_empty(),
            code::NO_STEPS,
            "has no steps",
            "write a step in it: `step reminder \"First reminder\" at day 7 { email customer using reminder }`",
        ),
    ];
    for (_, code, what, help) in parts.into_iter().filter(|(missing, ..)| *missing) {
        out.push(
            Diagnostic::new(code, format!("procedure `{}` {what}", name.value))
                .label(name.span, "of this procedure")
                .help(help),
        );
    }
}

fn start_and_stop(procedure: &Procedure, start: &Start, out: &mut Vec<Diagnostic>) {
    let name = &procedure.name.value;
    match (&start.when, &procedure.stop) {
        (None, Some(stop)) => out.push(
            Diagnostic::new(
                code::STOP_WITHOUT_START,
                format!("procedure `{name}` stops on a condition, but starts by assignment"),
            )
            .label(stop.at(), "this condition is never looked at")
            .label(start.span.0, "it starts, and ends, with its assignment")
            .help("remove `stop`, or write `start when …` for a procedure that starts and stops by itself"),
        ),
        (Some(when), Some(stop)) if logic::implies(when, stop) => out.push(
            Diagnostic::new(code::NEVER_STARTS, format!("procedure `{name}` can never start"))
                .label(stop.at(), "whenever it would start, this says that it stops")
                .label(when.at(), "it would start when this holds")
                .help("write the opposite after `stop when`, or remove it: then it stops when the start condition no longer holds"),
        ),
        _ => {}
    }
    if let Some(from) = &start.from
        && clock(procedure) == Clock::Dip
    {
        out.push(
            Diagnostic::new(code::START_DATE_UNUSED, format!("the start date of procedure `{name}` changes nothing"))
                .label(from.at(), "days in procedure do not count from the start")
                .help("write the date after the timing to count from it (`timing dip from …`), or remove it here"),
        );
    }
}

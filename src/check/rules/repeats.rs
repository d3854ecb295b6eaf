//! Repetition of steps (`S12`).

use crate::base::text::count;
use crate::base::{Diagnostic, code};
use crate::check::rules::days::calendar_days;
use crate::check::rules::{Clock, clock, sequence};
use crate::syntax::ast::{Procedure, Repeat, Step, TimingKind};

pub(super) fn check(procedure: &Procedure, out: &mut Vec<Diagnostic>) {
    let steps: Vec<&Step> = sequence(procedure).collect();
    for (place, step) in steps.iter().enumerate() {
        let Some(repeat) = &step.repeat else { continue };
        let next = steps.get(place + 1).copied();
        let finding = without_end(step, repeat, next)
            .or_else(|| only_once(step, repeat))
            .or_else(|| overtaken(procedure, step, repeat, next));
        out.extend(finding);
    }
}

fn without_end(step: &Step, repeat: &Repeat, next: Option<&Step>) -> Option<Diagnostic> {
    let next = next.filter(|_| repeat.at_most.is_none())?;
    Some(
        Diagnostic::new(
            code::REPEAT_WITHOUT_END,
            format!("step `{}` repeats without end, and more steps come after it", step.name.value),
        )
        .label(repeat.span.0, "nothing says how often")
        .label(next.name.span, "this step comes after it")
        .help("write how often in all, for instance `at most 3 times`; only the last step may repeat without end"),
    )
}

fn only_once(step: &Step, repeat: &Repeat) -> Option<Diagnostic> {
    let at_most = repeat.at_most.as_ref().filter(|times| times.value.replace('_', "").parse() == Ok(1))?;
    Some(
        Diagnostic::new(
            code::REPEAT_ONCE,
            format!("step `{}` repeats at most 1 time, so it does not repeat", step.name.value),
        )
        .label(at_most.span, "the first time counts")
        .help("write `at most 2 times` for one repetition, or remove `repeat`"),
    )
}

/// In dip timing a later step that is reached ends the repetition: one that is reached no later
/// than the first repetition leaves none. A step with a condition may be let through, and days of
/// different clocks or calendars do not compare.
fn overtaken(procedure: &Procedure, step: &Step, repeat: &Repeat, next: Option<&Step>) -> Option<Diagnostic> {
    if clock(procedure) != Clock::Dip || counts_working_days(procedure) {
        return None;
    }
    let next = next.filter(|next| next.when.is_none() && next.from == step.from)?;
    let (day, next_day) = (step.at_day.as_ref()?, next.at_day.as_ref()?);
    let every = calendar_days(&repeat.every)?;
    if next_day.value <= day.value || next_day.value > day.value.saturating_add(every) {
        return None;
    }
    Some(
        Diagnostic::new(
            code::REPEAT_OVERTAKEN,
            format!("step `{}` never repeats: step `{}` comes first", step.name.value, next.name.value),
        )
        .label(repeat.span.0, format!("the first repetition would come on day {}", day.value.saturating_add(every)))
        .label(
            next_day.span,
            format!("`{}` comes {} after it", next.name.value, count(next_day.value - day.value, "day", "days")),
        )
        .help("write a shorter time after `every`, a later day for the next step, or remove `repeat`"),
    )
}

fn counts_working_days(procedure: &Procedure) -> bool {
    let kind = procedure.timing.as_ref().map(|timing| &timing.kind);
    matches!(kind, Some(TimingKind::Dip { counting: Some(_), .. }))
}

//! The days of steps: on which day a step comes, and whether that day can come (`S6`, `S9`).

use crate::base::text::count;
use crate::base::{Diagnostic, code};
use crate::check::rules::{Clock, Program, clock, is_for_document, logic, sequence};
use crate::syntax::ast::{Duration, DurationUnit, Procedure, Step};

pub(super) fn check(program: &Program<'_>, procedure: &Procedure, out: &mut Vec<Diagnostic>) {
    match clock(procedure) {
        Clock::Dip => dip(procedure, out),
        Clock::AfterPrevious => after_previous(program, procedure, out),
        Clock::Unknown => {}
    }
}

pub(super) fn dip(procedure: &Procedure, out: &mut Vec<Diagnostic>) {
    let steps: Vec<&Step> = sequence(procedure).collect();
    for (place, step) in steps.iter().enumerate() {
        let before = earlier(&steps, place);
        if let Some(after) = &step.after {
            out.push(after_in_dip(step, after, before));
        } else if step.at_day.is_none() && !step.head.damaged {
            out.push(
                Diagnostic::new(code::STEP_WITHOUT_DAY, format!("step `{}` has no day", step.name.value))
                    .label(step.name.span, "nothing says when it comes")
                    .help("write `at day 7`, for a step that comes 7 days after the due date"),
            );
        }
        if let Some(finding) = not_rising(step, before) {
            out.push(finding);
        }
    }
}

/// The step before, in written order, among those with the same clock and a day.
fn earlier<'a>(steps: &[&'a Step], place: usize) -> Option<&'a Step> {
    let step = steps.get(place)?;
    let before = steps.get(..place)?;
    before.iter().rev().copied().find(|other| other.from == step.from && other.at_day.is_some())
}

fn not_rising(step: &Step, before: Option<&Step>) -> Option<Diagnostic> {
    let day = step.at_day.as_ref()?;
    let before = before?;
    let before_day = before.at_day.as_ref().filter(|before| day.value <= before.value)?;
    let (name, other) = (&step.name.value, &before.name.value);
    let message = if day.value == before_day.value {
        format!("steps `{other}` and `{name}` come on the same day")
    } else {
        format!("step `{name}` comes before step `{other}`, which is written above it")
    };
    Some(
        Diagnostic::new(code::DAYS_NOT_RISING, message)
            .label(day.span, format!("day {} is not after day {}", day.value, before_day.value))
            .label(before_day.span, format!("`{other}` comes here"))
            .help(format!(
                "write `at day {}` or later, or move the step up so that the days rise",
                before_day.value + 1
            )),
    )
}

fn after_in_dip(step: &Step, after: &Duration, before: Option<&Step>) -> Diagnostic {
    let finding = Diagnostic::new(
        code::AFTER_IN_DIP,
        format!("step `{}` waits for the step before, but the procedure counts days in procedure", step.name.value),
    )
    .label(after.span.0, "`after` has no meaning here");
    if step.at_day.is_some() {
        return finding.help("remove `after …`: `at day` says when the step comes");
    }
    let start = before.and_then(|before| before.at_day.as_ref()).map_or(0, |day| day.value);
    let day = calendar_days(after).map_or_else(|| "N".to_owned(), |days| (start + days).to_string());
    finding.help(format!(
        "write `at day {day}`, counted from the due date, or `timing after previous` for a procedure that waits"
    ))
}

/// The length of a duration where it is one of calendar days.
pub(super) fn calendar_days(duration: &Duration) -> Option<i64> {
    let number: i64 = duration.number.value.replace('_', "").parse().ok()?;
    match duration.unit {
        DurationUnit::Days => Some(number),
        DurationUnit::Weeks => number.checked_mul(7),
        DurationUnit::WorkingDays(_) => None,
    }
}

fn after_previous(program: &Program<'_>, procedure: &Procedure, out: &mut Vec<Diagnostic>) {
    let steps: Vec<&Step> = sequence(procedure).collect();
    for (place, step) in steps.iter().enumerate() {
        match (&step.at_day, &step.from) {
            (None, Some(from)) if !step.head.damaged => out.push(
                Diagnostic::new(
                    code::CLOCK_WITHOUT_DAY,
                    format!("step `{}` has a date to count from, but no day", step.name.value),
                )
                .label(from.at(), "nothing is counted from this date")
                .help("write `at day 0` before `from`, for a step that comes on that date, or remove `from …`"),
            ),
            (Some(_), _) => {
                out.extend(comes_however_late(program, procedure, step));
                out.extend(already_reached(step, earlier(&steps, place)));
            }
            (None, _) => {}
        }
    }
}

/// What tells a step that the day is past: with one of these in its `when` it may well be let through.
const ABOUT_TIME: &[&str] =
    &["dip", "leading", "today", "due_date", "days_overdue", "overdue", "overdue_total", "oldest_days_overdue", "age"];

/// A waiting procedure suggests a step on every run from its day on, so one meant for the days
/// before the due date comes long after it, when the procedure starts late (`S9`).
fn comes_however_late(program: &Program<'_>, procedure: &Procedure, step: &Step) -> Option<Diagnostic> {
    let day = step.at_day.as_ref().filter(|day| day.value < 0)?;
    let about_time = |name: &str| ABOUT_TIME.contains(&name);
    if step.when.as_ref().is_some_and(|when| !logic::is_readable(when) || logic::mentions(program, when, &about_time)) {
        return None;
    }
    let condition = match (&step.from, is_for_document(procedure)) {
        (Some(_), _) => "when …` with a condition that fails once it is too late".to_owned(),
        (None, true) => "when dip < 0 days`".to_owned(),
        (None, false) => "when (dip or else 0 days) < 0 days`".to_owned(),
    };
    Some(
        Diagnostic::new(
            code::PRE_DUE_COMES_LATE,
            format!(
                "step `{}` is meant for {} before, but comes however late it is",
                step.name.value,
                count(-day.value, "day", "days")
            ),
        )
        .label(day.span, "a procedure that waits does not leave a step out because its day is past")
        .help(format!("write `{condition}, so that the step is left out when it is too late")),
    )
}

/// A day that the step before has already waited for delays nothing.
fn already_reached(step: &Step, before: Option<&Step>) -> Option<Diagnostic> {
    let day = step.at_day.as_ref()?;
    let before = before.filter(|before| before.when.is_none())?;
    let before_day = before.at_day.as_ref().filter(|before| day.value < before.value)?;
    Some(
        Diagnostic::new(
            code::DAY_ALREADY_REACHED,
            format!("day {} has always passed when step `{}` is next", day.value, step.name.value),
        )
        .label(day.span, "this delays nothing")
        .label(before_day.span, format!("`{}` has already waited for this day", before.name.value))
        .help(format!("write a day after {}, or `after N days` to wait after the step before", before_day.value)),
    )
}

//! When a step comes, in words: its days in procedure, or its place in a procedure that waits.

use crate::base::text::count;
use crate::ide::around::one_line;
use crate::syntax::ast::{Counting, Duration, DurationUnit, ModeKind, Procedure, Step, Timing, TimingKind};
use crate::workspace::Workspace;

/// When a step comes, who does it, and how often: a sentence each.
#[must_use]
pub(super) fn described(workspace: &Workspace, procedure: &Procedure, step: &Step) -> Vec<String> {
    let mut said = vec![when(workspace, procedure, step)];
    if let Some(condition) = &step.when {
        said.push(format!("Only when `{}`.", one_line(workspace, condition.at())));
    }
    if let Some(repeat) = &step.repeat {
        let most = repeat.at_most.as_ref().map_or_else(String::new, |most| format!(", {} times in all", most.value));
        said.push(format!("Again every {}{most}.", length(&repeat.every)));
    }
    said.push(match step.mode.as_ref().map(|mode| &mode.kind) {
        Some(ModeKind::Automatic) => "Done by the program.".to_owned(),
        Some(ModeKind::AutomaticIf(condition)) => {
            format!("Done by the program if `{}`, else by a person.", one_line(workspace, condition.at()))
        }
        Some(ModeKind::Manual) | None => "Done by a person.".to_owned(),
    });
    let actions: Vec<String> = step.actions.iter().map(|it| format!("`{}`", one_line(workspace, it.span.0))).collect();
    if !actions.is_empty() {
        said.push(format!("It does {}.", actions.join(", ")));
    }
    said.retain(|sentence| !sentence.is_empty());
    said
}

/// The rules that say when a step comes.
#[must_use]
pub(super) fn rules(procedure: &Procedure, step: &Step) -> &'static [&'static str] {
    match procedure.timing.as_ref().map(|timing| &timing.kind) {
        _ if step.at_stop.is_some() => &["S10"],
        Some(TimingKind::AfterPrevious) => &["S9"],
        Some(TimingKind::Dip { .. }) | None => &["S6", "S7"],
    }
}

fn when(workspace: &Workspace, procedure: &Procedure, step: &Step) -> String {
    if step.at_stop.is_some() {
        return "When the procedure ends, once.".to_owned();
    }
    match procedure.timing.as_ref().map(|timing| &timing.kind) {
        Some(TimingKind::AfterPrevious) => waiting(workspace, procedure, step),
        _ => by_days(workspace, procedure, step),
    }
}

/// `Days 15 to 20 in procedure, then call_2.`
fn by_days(workspace: &Workspace, procedure: &Procedure, step: &Step) -> String {
    let Some(day) = step.at_day.as_ref().map(|day| day.value) else { return String::new() };
    let clock = clock(workspace, procedure, step);
    let mut later = procedure.steps.iter().skip_while(|other| other.name != step.name).skip(1);
    let next = later.find(|other| other.at_stop.is_none() && other.from == step.from && other.at_day.is_some());
    let after = next.and_then(|next| Some((next, next.at_day.as_ref()?.value)).filter(|(_, after)| *after > day));
    let Some((next, after)) = after else { return format!("From day {day} {clock} on.") };
    let last = after - 1;
    let days = if last == day { format!("Day {day} {clock}") } else { format!("Days {day} to {last} {clock}") };
    match &next.when {
        None => format!("{days}, then `{}`.", next.name.value),
        Some(condition) => format!(
            "{days}, then `{}` when `{}`; else it goes on.",
            next.name.value,
            one_line(workspace, condition.at())
        ),
    }
}

/// What the days of a step are counted in and from.
fn clock(workspace: &Workspace, procedure: &Procedure, step: &Step) -> String {
    let (from, counting) = match procedure.timing.as_ref() {
        Some(Timing { kind: TimingKind::Dip { from, counting }, .. }) => (from.as_ref(), counting.as_ref()),
        _ => (None, None),
    };
    let days = match counting {
        Some(Counting { calendar: Some(calendar), .. }) => {
            format!("in procedure, in working days of `{}`", calendar.value)
        }
        Some(_) => "in procedure, in working days".to_owned(),
        None => "in procedure".to_owned(),
    };
    match step.from.as_ref().or(from) {
        Some(from) => format!("{days} (counted from `{}`)", one_line(workspace, from.at())),
        None => days,
    }
}

/// `Step 2 of 4: 3 days after inform. Then escalate.`
fn waiting(workspace: &Workspace, procedure: &Procedure, step: &Step) -> String {
    let sequence: Vec<&Step> = procedure.steps.iter().filter(|other| other.at_stop.is_none()).collect();
    let place = sequence.iter().position(|other| other.name == step.name).unwrap_or(0);
    let before = place.checked_sub(1).and_then(|before| sequence.get(before));
    let since = before.map_or_else(|| "the start".to_owned(), |before| format!("`{}`", before.name.value));
    let mut said = match &step.after {
        Some(after) => format!("{} after {since}", length(after)),
        None if step.at_day.is_some() => format!("after {since}"),
        None => format!("at once after {since}"),
    };
    if let Some(day) = &step.at_day {
        let clock = clock(workspace, procedure, step);
        said += &format!(", and not before day {} {clock}", day.value);
    }
    let then = sequence.get(place + 1).map_or_else(String::new, |next| match &next.when {
        Some(condition) => format!(" Then `{}` when `{}`.", next.name.value, one_line(workspace, condition.at())),
        None => format!(" Then `{}`.", next.name.value),
    });
    format!("Step {} of {}: {said}.{then}", place + 1, sequence.len())
}

/// `3 working days of belgium`
fn length(duration: &Duration) -> String {
    let number = duration.number.value.replace('_', "").parse().unwrap_or(0);
    match &duration.unit {
        DurationUnit::Days => count(number, "day", "days"),
        DurationUnit::Weeks => count(number, "week", "weeks"),
        DurationUnit::WorkingDays(None) => count(number, "working day", "working days"),
        DurationUnit::WorkingDays(Some(calendar)) => {
            format!("{} of `{}`", count(number, "working day", "working days"), calendar.value)
        }
    }
}

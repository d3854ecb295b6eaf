//! Sorting the steps of a procedure by their days, where they do not rise (`S6`).
//!
//! Steps with the same `from` change places among themselves, steps without a day stay. A step takes
//! along the comments directly above it and the one behind it.

use std::ops::Range;

use crate::base::{Span, code};
use crate::ide::actions::{Action, Kind, lines, touches};
use crate::ide::{Edit, Location, trial};
use crate::syntax::ast::{Item, Procedure, Step, TimingKind};
use crate::workspace::Workspace;

/// Sorts the steps of the procedure at the range.
pub(super) fn actions(workspace: &Workspace, path: &str, range: &Range<usize>) -> Vec<Action> {
    let Some((file, _)) = workspace.parsed(path) else { return Vec::new() };
    let procedures = file.items.iter().filter_map(|item| match item {
        Item::Procedure(procedure) if touches(&procedure.head.span.range(), range) => Some(procedure),
        _ => None,
    });
    procedures
        .filter(|procedure| is_reported(workspace, procedure.head.span))
        .filter_map(|it| sorted(workspace, it, path))
        .collect()
}

/// Whether the days of the procedure at `span` do not rise.
fn is_reported(workspace: &Workspace, span: Span) -> bool {
    let findings = &workspace.checked().findings;
    let places = findings.iter().filter(|it| it.code == code::DAYS_NOT_RISING).filter_map(|it| it.span());
    places.filter_map(|place| Location::of(workspace, place)).any(|place| {
        Location::of(workspace, span)
            .is_some_and(|whole| whole.path == place.path && touches(&whole.range, &place.range))
    })
}

fn sorted(workspace: &Workspace, procedure: &Procedure, path: &str) -> Option<Action> {
    let counts_days = procedure.timing.as_ref().is_some_and(|timing| matches!(timing.kind, TimingKind::Dip { .. }));
    let text = workspace.text(path)?;
    let whole: Option<Vec<Range<usize>>> = procedure.steps.iter().map(|step| lines_of(step, text)).collect();
    let whole = whole.filter(|_| counts_days)?;
    let mut order: Vec<usize> = (0..procedure.steps.len()).collect();
    let mut done: Vec<&Step> = Vec::new();
    for step in procedure.steps.iter().filter(|step| step.at_day.is_some()) {
        if done.iter().any(|other| other.from == step.from) {
            continue;
        }
        done.push(step);
        let mut days: Vec<(i64, usize)> = Vec::new();
        for (place, other) in procedure.steps.iter().enumerate() {
            days.extend(other.at_day.as_ref().filter(|_| other.from == step.from).map(|day| (day.value, place)));
        }
        let places: Vec<usize> = days.iter().map(|(_, place)| *place).collect();
        days.sort_unstable();
        for (place, (_, step)) in places.into_iter().zip(days) {
            *order.get_mut(place)? = step;
        }
    }
    let edits: Option<Vec<Edit>> = order
        .iter()
        .enumerate()
        .filter(|(place, step)| place != *step)
        .map(|(place, step)| {
            let moved = text.get(whole.get(*step)?.clone())?;
            Some(Edit::new(path, whole.get(place)?.clone(), moved))
        })
        .collect();
    let edits = edits.filter(|edits| !edits.is_empty())?;
    if trial::new_mistake(workspace, &trial::applied(workspace, &edits)).is_some() {
        return None;
    }
    let title = format!("Sort the steps of `{}` by day", procedure.name.value);
    Some(Action { mends: Some(code::DAYS_NOT_RISING.id), ..Action::new(title, Kind::Mend, edits) })
}

/// The lines of a step with its comments; `None` where it shares a line with something else.
fn lines_of(step: &Step, text: &str) -> Option<Range<usize>> {
    let span = step.head.span.range();
    lines::indentation(text, span.start)?;
    lines::ends_line(text, span.end).then(|| lines::with_comments(text, span.start)..lines::line_end(text, span.end))
}

//! A timeline in every format: lanes to read in a terminal, a picture, one object with everything.

pub mod json;
pub mod svg;
pub mod table;

use crate::base::Date;
use crate::report::worklist::mode_word;
use crate::run::timeline::{Act, Lane, Mark, State, Time, Timeline, What};
use crate::run::worklist::RowMode;

/// What a planned mark takes for granted (`S27`).
pub const PLANNED: &str = "Planned: the ledger stays as it is today, nobody pays, every action is done on its day.";

/// Days that are drawn after the last mark.
const AFTER_LAST: i64 = 7;
/// Days that are drawn after today at least.
const LEAST_AHEAD: i64 = 30;

/// How a lane is called: `standard`, `dispute F3`.
fn lane_name(lane: &Lane) -> String {
    let name = lane.procedure.as_deref().unwrap_or("contacts");
    lane.document.as_ref().map_or_else(|| name.to_owned(), |document| format!("{name} {document}"))
}

/// How a lane stands today: `primary; F2 leads: day 16, counted from 2026-02-14`.
fn lane_state(lane: &Lane) -> String {
    let mut parts = Vec::new();
    if lane.primary {
        parts.push("primary".to_owned());
    }
    match lane.state {
        State::Running => {}
        State::Complete => parts.push("complete".to_owned()),
        State::Idle => parts.push("idle: no document is followed".to_owned()),
        State::OnHold => parts.push("on hold".to_owned()),
        State::NotRunning if lane.procedure.is_some() => parts.push("not running today".to_owned()),
        State::NotRunning => {}
    }
    if let Some(leading) = &lane.leading {
        let own = lane.document.as_ref() == Some(&leading.document);
        let who = if own { String::new() } else { format!("{} leads: ", leading.document) };
        parts.push(format!("{who}day {}, counted from {}", leading.dip, leading.anchor));
    }
    parts.join("; ")
}

/// What a mark is, in a word or two: `done`, `suggested today`.
const fn word(mark: &Mark) -> &'static str {
    match (mark.what, mark.time) {
        (What::Started, Time::Past) => "started",
        (What::Started, _) => "starts",
        (What::Completed, _) => "complete",
        (What::Ended, Time::Past) => "ended",
        (What::Ended, _) => "ends",
        (What::PassedOver, _) => "passed over",
        (What::PutOff, _) => "put off",
        (What::Withheld, _) => "withheld",
        (What::Suggested, Time::Planned) => "planned",
        (What::Suggested, _) => "suggested today",
        (What::Done, _) => "done",
        (What::Skipped, _) => "skipped",
        (What::Contact, _) => "contact",
    }
}

/// Everything about a mark but its date and step: `suggested today: call customer by hand 1,450.00 EUR (F2)`.
fn sentence(mark: &Mark) -> String {
    let mut text = word(mark).to_owned();
    if let Some(until) = mark.until {
        text.push_str(&format!(" to {until}"));
    }
    if let Some(result) = &mark.result {
        text.push_str(&format!(" ({result})"));
    }
    if !mark.actions.is_empty() {
        let acts: Vec<String> = mark.actions.iter().map(act).collect();
        text.push_str(&format!(": {}", acts.join("; ")));
    }
    match (mark.what, mark.due) {
        (_, None) => {}
        (What::Started, Some(since)) => text.push_str(&format!(", counts from {since}")),
        (_, Some(due)) => text.push_str(&format!(", due since {due}")),
    }
    if let Some(by) = &mark.by {
        text.push_str(&format!(", by {by}"));
    }
    if let Some(reason) = &mark.reason {
        text.push_str(&format!("; {reason}"));
    }
    text
}

fn act(act: &Act) -> String {
    let mut words = vec![act.action.clone()];
    words.extend(Some(act.recipient.clone()).filter(|recipient| !recipient.is_empty()));
    words.extend(act.mode.map(|mode| match mode {
        RowMode::Automatic => mode_word(mode).to_owned(),
        RowMode::Manual => "by hand".to_owned(),
    }));
    words.extend(act.amount.map(|amount| amount.to_string()));
    if !act.documents.is_empty() {
        words.push(format!("({})", act.documents.join(" ")));
    }
    words.join(" ")
}

/// The last day that is drawn: a little after the last mark, at least a month from today, at most the
/// last day that is planned.
fn drawn_until(timeline: &Timeline) -> Date {
    let marks = timeline.lanes.iter().flat_map(|lane| lane.marks.iter().map(|mark| mark.date));
    let last = marks.max().and_then(|last| last.plus_days(AFTER_LAST));
    let month = timeline.today.plus_days(LEAST_AHEAD);
    last.max(month).map_or(timeline.until, |day| day.min(timeline.until))
}

/// The first days of the months from the first to the last day of a drawing. In front of them stands
/// the first day of all, if the month it lies in has more than ten days left.
fn months(timeline: &Timeline, until: Date) -> Vec<Date> {
    let left = timeline.from.end_of_month().days_since(timeline.from);
    let mut months: Vec<Date> = (left > 10).then_some(timeline.from).into_iter().collect();
    let mut first = timeline.from.end_of_month().plus_days(1);
    while let Some(month) = first.filter(|month| *month <= until) {
        months.push(month);
        first = month.end_of_month().plus_days(1);
    }
    months
}

/// What stands at the beginning of a month: `Mar`, for January the year.
fn month_name(month: Date) -> String {
    let name = chrono::NaiveDate::from(month).format("%b").to_string();
    if name == "Jan" { month.year().to_string() } else { name }
}

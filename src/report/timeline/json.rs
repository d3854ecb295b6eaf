//! A timeline as JSON: one object with everything.

use serde::Serialize;

use crate::base::{Currency, Date};
use crate::report::View;
use crate::report::timeline::PLANNED;
use crate::report::worklist::mode_word;
use crate::run::timeline::{Act, Lane, Leading, Mark, State, Time, Timeline, What};

#[derive(Serialize)]
struct Everything<'a> {
    customer: &'a str,
    name: Option<&'a str>,
    from: Date,
    today: Date,
    until: Date,
    assumed: &'static str,
    lanes: Vec<LaneLine<'a>>,
    set_aside: Option<SetAside<'a>>,
}

#[derive(Serialize)]
struct LaneLine<'a> {
    procedure: Option<&'a str>,
    title: &'a str,
    primary: bool,
    document: Option<&'a str>,
    state: State,
    leading: Option<&'a Leading>,
    runs: Vec<Stretch>,
    marks: Vec<MarkLine<'a>>,
}

#[derive(Serialize)]
struct Stretch {
    from: Date,
    to: Option<Date>,
}

#[derive(Serialize)]
struct MarkLine<'a> {
    date: Date,
    time: Time,
    what: What,
    step: Option<&'a str>,
    title: Option<&'a str>,
    actions: Vec<ActLine<'a>>,
    due: Option<Date>,
    until: Option<Date>,
    result: Option<&'a str>,
    by: Option<&'a str>,
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct ActLine<'a> {
    action: &'a str,
    recipient: Option<&'a str>,
    mode: Option<&'static str>,
    documents: &'a [String],
    amount: Option<String>,
    currency: Option<Currency>,
}

#[derive(Serialize)]
struct SetAside<'a> {
    from: Date,
    code: &'static str,
    message: &'a str,
    file: String,
    line: Option<u64>,
}

/// The timeline as one object over several lines.
///
/// # Errors
/// None that can occur: everything here can be written as JSON.
pub fn object(timeline: &Timeline, view: View<'_>) -> serde_json::Result<String> {
    let set_aside = timeline.set_aside.as_ref().map(|(from, diagnostic)| {
        let place = view.locate(diagnostic);
        let (code, message) = (diagnostic.code.id, diagnostic.message.as_str());
        SetAside { from: *from, code, message, file: place.file, line: place.line }
    });
    let everything = Everything {
        customer: &timeline.customer,
        name: timeline.name.as_deref(),
        from: timeline.from,
        today: timeline.today,
        until: timeline.until,
        assumed: PLANNED,
        lanes: timeline.lanes.iter().map(lane).collect(),
        set_aside,
    };
    serde_json::to_string_pretty(&everything).map(|text| text + "\n")
}

fn lane(lane: &Lane) -> LaneLine<'_> {
    LaneLine {
        procedure: lane.procedure.as_deref(),
        title: &lane.title,
        primary: lane.primary,
        document: lane.document.as_deref(),
        state: lane.state,
        leading: lane.leading.as_ref(),
        runs: lane.stretches.iter().map(|(from, to)| Stretch { from: *from, to: *to }).collect(),
        marks: lane.marks.iter().map(mark).collect(),
    }
}

fn mark(mark: &Mark) -> MarkLine<'_> {
    MarkLine {
        date: mark.date,
        time: mark.time,
        what: mark.what,
        step: mark.step.as_deref(),
        title: mark.title.as_deref(),
        actions: mark.actions.iter().map(act).collect(),
        due: mark.due,
        until: mark.until,
        result: mark.result.as_deref(),
        by: mark.by.as_deref(),
        reason: mark.reason.as_deref(),
    }
}

fn act(act: &Act) -> ActLine<'_> {
    ActLine {
        action: &act.action,
        recipient: Some(act.recipient.as_str()).filter(|recipient| !recipient.is_empty()),
        mode: act.mode.map(mode_word),
        documents: &act.documents,
        amount: act.amount.map(crate::base::Money::plain),
        currency: act.amount.map(|amount| amount.currency),
    }
}

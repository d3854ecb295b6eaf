//! A comparison as JSON: one object with everything.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::base::Date;
use crate::compare::{
    Action, Cause, Change, Comparison, Difference, Facts, Kind, Position, Status, Totals, Trace, Written,
};
use crate::report::compare::{headline, how_word};
use crate::report::simulation::Assumed;
use crate::report::worklist::mode_word;

#[derive(Serialize)]
struct Everything<'a> {
    summary: String,
    changed: bool,
    dates: &'a [Date],
    /// What is assumed where the days were played one after the other.
    assumed: Option<Assumed>,
    settings_differ: bool,
    customers: u64,
    causes: Vec<JsonCause<'a>>,
    without_effect: Vec<Source<'a>>,
    actions: BTreeMap<&'a str, Figures>,
    steps: BTreeMap<&'a str, Figures>,
    /// The customers for whom what is passed over differs.
    passed_over: &'a BTreeSet<String>,
    complete: bool,
}

#[derive(Serialize)]
struct JsonCause<'a> {
    changes: Vec<Source<'a>>,
    trace: &'static str,
    differences: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Source<'a> {
    how: &'static str,
    part: String,
    old: Option<Text<'a>>,
    new: Option<Text<'a>>,
}

#[derive(Serialize)]
struct Text<'a> {
    file: &'a str,
    line: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct Figures {
    before: u64,
    now: u64,
    appear: u64,
    vanish: u64,
    change: u64,
}

#[derive(Serialize)]
struct Line<'a> {
    date: Date,
    customer: &'a str,
    #[serde(flatten)]
    what: What<'a>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum What<'a> {
    Reassigned {
        old: Place<'a>,
        new: Place<'a>,
    },
    Moves {
        procedure: &'a str,
        document: Option<&'a str>,
        old: Option<Place<'a>>,
        new: Option<Place<'a>>,
    },
    Appears(Row<'a>),
    Vanishes(Row<'a>),
    Changes {
        #[serde(flatten)]
        action: Which<'a>,
        what: &'static str,
        old: &'a str,
        new: &'a str,
    },
    SetAside {
        message: &'a str,
    },
    NoLongerSetAside {
        message: &'a str,
    },
}

#[derive(Serialize)]
struct Place<'a> {
    procedure: Option<&'a str>,
    step: Option<&'a str>,
}

#[derive(Serialize)]
struct Which<'a> {
    procedure: &'a str,
    step: &'a str,
    document: Option<&'a str>,
    action: &'a str,
    recipient: Option<&'a str>,
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    action: Which<'a>,
    state: &'static str,
    until: Option<Date>,
    mode: &'static str,
    language: Option<&'a str>,
    documents: &'a [String],
    amount: Option<String>,
    currency: Option<&'a str>,
    dip: Option<i64>,
    reached_on: Date,
    priority: Option<crate::base::Decimal>,
}

/// The comparison as one object over several lines.
///
/// # Errors
/// None that can occur: everything here can be written as JSON.
pub fn object(comparison: &Comparison) -> serde_json::Result<String> {
    let changes =
        |places: &[usize]| places.iter().filter_map(|place| comparison.changes.get(*place)).map(source).collect();
    let everything = Everything {
        summary: headline(comparison),
        changed: !comparison.is_empty(),
        dates: &comparison.dates,
        assumed: comparison.assumed.map(Assumed::from),
        settings_differ: comparison.settings_differ,
        customers: comparison.customers,
        causes: comparison
            .causes
            .iter()
            .map(|cause| JsonCause {
                changes: changes(&cause.changes),
                trace: trace(cause),
                differences: cause.differences.iter().map(|(date, difference)| line(*date, difference)).collect(),
            })
            .collect(),
        without_effect: changes(&comparison.without_effect()),
        actions: figures(&comparison.actions),
        steps: figures(&comparison.steps),
        passed_over: &comparison.passed_over,
        complete: !comparison.capped,
    };
    serde_json::to_string_pretty(&everything).map(|text| text + "\n")
}

fn source(change: &Change) -> Source<'_> {
    Source {
        how: how_word(change.how),
        part: change.part.to_string(),
        old: change.old.as_ref().map(text),
        new: change.new.as_ref().map(text),
    }
}

fn text(written: &Written) -> Text<'_> {
    Text { file: &written.file, line: written.line, text: &written.text }
}

const fn trace(cause: &Cause) -> &'static str {
    match cause.trace {
        Trace::Alone => "alone",
        Trace::Together => "together",
        Trace::NotTraced => "not_traced",
    }
}

fn figures(totals: &BTreeMap<String, Totals>) -> BTreeMap<&str, Figures> {
    let figures = |totals: &Totals| Figures {
        before: totals.old,
        now: totals.new,
        appear: totals.appear,
        vanish: totals.vanish,
        change: totals.change,
    };
    totals.iter().map(|(name, totals)| (name.as_str(), figures(totals))).collect()
}

fn line(date: Date, difference: &Difference) -> Line<'_> {
    let what = match &difference.kind {
        Kind::Reassigned { old, new } => What::Reassigned { old: place(old), new: place(new) },
        Kind::Moves { procedure, document, old, new } => What::Moves {
            procedure,
            document: document.as_deref(),
            old: old.as_ref().map(place),
            new: new.as_ref().map(place),
        },
        Kind::Appears(action, facts) => What::Appears(row(action, facts)),
        Kind::Vanishes(action, facts) => What::Vanishes(row(action, facts)),
        Kind::Changes { action, what, old, new } => {
            What::Changes { action: which(action), what: super::aspect_word(*what), old, new }
        }
        Kind::SetAside(message) => What::SetAside { message },
        Kind::NoLongerSetAside(message) => What::NoLongerSetAside { message },
    };
    Line { date, customer: &difference.customer, what }
}

fn place(position: &Position) -> Place<'_> {
    Place { procedure: position.procedure.as_deref(), step: position.step.as_deref() }
}

fn which(action: &Action) -> Which<'_> {
    Which {
        procedure: &action.procedure,
        step: &action.step,
        document: action.document.as_deref(),
        action: &action.action,
        recipient: Some(action.recipient.as_str()).filter(|recipient| !recipient.is_empty()),
    }
}

fn row<'a>(action: &'a Action, facts: &'a Facts) -> Row<'a> {
    let (state, until) = match facts.status {
        Status::Suggested => ("suggested", None),
        Status::PutOff(until) => ("put_off", Some(until)),
        Status::Withheld => ("withheld", None),
    };
    Row {
        action: which(action),
        state,
        until,
        mode: mode_word(facts.mode),
        language: facts.language.as_deref(),
        documents: &facts.documents,
        amount: facts.amount.map(crate::base::Money::plain),
        currency: action.currency.as_deref(),
        dip: facts.dip,
        reached_on: facts.reached_on,
        priority: facts.priority,
    }
}

//! The worklist as JSON: one object with `date`, `rows`, `deferred`, `set_aside`, and what was
//! `withheld` and `passed_over`.

use serde::Serialize;

use crate::base::{Date, Decimal};
use crate::report::View;
use crate::report::worklist::mode_word;
use crate::run::Worklist;
use crate::run::worklist::{PassedOver, Row, SetAside};

#[derive(Serialize)]
struct Everything<'a> {
    date: Date,
    rows: Vec<Line<'a>>,
    deferred: Vec<Put<'a>>,
    set_aside: Vec<Aside<'a>>,
    withheld: Vec<Kept<'a>>,
    passed_over: &'a [PassedOver],
}

/// A row, its fields in the order of the columns.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    date: Date,
    customer: &'a str,
    procedure: &'a str,
    step: &'a str,
    action: &'a str,
    mode: &'static str,
    recipient: Option<&'a str>,
    language: Option<&'a str>,
    documents: &'a [String],
    amount: Option<String>,
    currency: Option<String>,
    dip: Option<i64>,
    reached_on: Date,
    priority: Option<Decimal>,
}

#[derive(Serialize)]
struct Put<'a> {
    #[serde(flatten)]
    row: Line<'a>,
    until: Date,
    reason: &'a str,
}

#[derive(Serialize)]
struct Kept<'a> {
    #[serde(flatten)]
    row: Line<'a>,
    reason: &'a str,
}

#[derive(Serialize)]
struct Aside<'a> {
    customer: &'a str,
    code: &'static str,
    message: &'a str,
    file: String,
    line: Option<u64>,
}

/// The result of the run of `date` as one object over several lines.
///
/// # Errors
/// None that can occur: everything here can be written as JSON.
pub fn object(worklist: &Worklist, date: Date, view: View<'_>) -> serde_json::Result<String> {
    let everything = Everything {
        date,
        rows: worklist.rows.iter().map(line).collect(),
        deferred: worklist
            .deferred
            .iter()
            .map(|put| Put { row: line(&put.row), until: put.until, reason: &put.reason })
            .collect(),
        set_aside: worklist.set_aside.iter().map(|aside| set_aside(aside, view)).collect(),
        withheld: worklist.withheld.iter().map(|kept| Kept { row: line(&kept.row), reason: &kept.reason }).collect(),
        passed_over: &worklist.passed_over,
    };
    serde_json::to_string_pretty(&everything).map(|text| text + "\n")
}

fn line(row: &Row) -> Line<'_> {
    Line {
        id: &row.id,
        date: row.date,
        customer: &row.customer,
        procedure: &row.procedure,
        step: &row.step,
        action: &row.action,
        mode: mode_word(row.mode),
        recipient: Some(row.recipient.as_str()).filter(|recipient| !recipient.is_empty()),
        language: row.language.as_deref(),
        documents: &row.documents,
        amount: row.amount.map(crate::base::Money::plain),
        currency: row.amount.map(|amount| amount.currency.to_string()),
        dip: row.dip,
        reached_on: row.reached_on,
        priority: row.priority,
    }
}

fn set_aside<'a>(aside: &'a SetAside, view: View<'_>) -> Aside<'a> {
    let place = view.locate(&aside.diagnostic);
    Aside {
        customer: &aside.customer,
        code: aside.diagnostic.code.id,
        message: &aside.diagnostic.message,
        file: place.file,
        line: place.line,
    }
}

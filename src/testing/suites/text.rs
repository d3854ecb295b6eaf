//! What a run gave, as a text for a pull request: customer by customer, one action on a line, no
//! columns to line up, so that a change touches no line but its own.

use std::fmt::Write;

use crate::base::text::count;
use crate::base::{Date, Diagnostic, Place, Sources};
use crate::ledger::Snapshot;
use crate::plan::Plan;
use crate::run::Worklist;
use crate::run::worklist::{Row, RowMode};

/// The text of a run of `plan`.
pub(super) fn body(plan: &Plan, worklist: &Worklist, snapshot: &Snapshot, sources: &Sources, date: Date) -> String {
    let action = |row: &Row| action(row, plan, sources);
    let named = |row: &Row| named(row, &action(row));
    let actions = i64::try_from(worklist.rows.len()).unwrap_or(i64::MAX);
    let mut out = format!("Worklist of {date}: {}\n", count(actions, "action", "actions"));
    suggested(&mut out, worklist, snapshot, action);
    section(
        &mut out,
        "Put off",
        worklist.deferred.iter().map(|late| format!("{}\n    until {}: {}", named(&late.row), late.until, late.reason)),
    );
    section(
        &mut out,
        "Withheld",
        worklist.withheld.iter().map(|held| format!("{}\n    {}", named(&held.row), held.reason)),
    );
    section(
        &mut out,
        "Passed over",
        worklist.passed_over.iter().map(|step| {
            let of = step.document.as_ref().map_or_else(String::new, |document| format!(" of {document}"));
            format!("{} {}.{}{of}, reached on {}", step.customer, step.procedure, step.step, step.reached_on)
        }),
    );
    section(
        &mut out,
        "Set aside",
        worklist.set_aside.iter().map(|aside| {
            let customer = if aside.customer.is_empty() { "(no customer)" } else { &aside.customer };
            let finding = &aside.diagnostic;
            format!("{customer} {} {}{}", finding.code.id, finding.message, place(finding, sources))
        }),
    );
    out
}

fn suggested(out: &mut String, worklist: &Worklist, snapshot: &Snapshot, action: impl Fn(&Row) -> String) {
    let mut before: Option<&Row> = None;
    for row in &worklist.rows {
        if before.is_none_or(|before| before.customer != row.customer) {
            let customers = &snapshot.customers;
            let name = customers.find(&row.customer).and_then(|found| customers.name.get(found.0 as usize));
            let name = name.map_or_else(String::new, |name| format!(" {name}"));
            let _ = writeln!(out, "\n{}{name}", row.customer);
        }
        let step = |row: &Row| (row.customer.clone(), row.document.clone(), row.procedure.clone(), row.step.clone());
        if before.is_none_or(|before| step(before) != step(row)) {
            let _ = writeln!(out, "  {}", headline(row));
        }
        let _ = writeln!(out, "    {}", action(row));
        before = Some(row);
    }
}

/// `standard.reminder of F1, day 7, since 2026-03-09`
fn headline(row: &Row) -> String {
    let of = row.document.as_ref().map_or_else(String::new, |document| format!(" of {document}"));
    let day = row.dip.map_or_else(String::new, |dip| format!(", day {dip}"));
    let priority = row.priority.map_or_else(String::new, |priority| format!(", priority {priority}"));
    format!("{}.{}{of}{day}, since {}{priority}", row.procedure, row.step, row.reached_on)
}

/// `email customer using reminder in nl, automatic, 500.00 EUR, F1 F2`
fn action(row: &Row, plan: &Plan, sources: &Sources) -> String {
    let planned = plan.action(&row.procedure, &row.step, row.position);
    let template = planned.and_then(|action| action.template).and_then(|id| plan.templates.get(id.0));
    let mut out = row.action.clone();
    let mut add = |before: &str, text: &str| {
        if !text.is_empty() {
            out.push_str(before);
            out.push_str(text);
        }
    };
    add(" ", &row.recipient);
    add(" using ", template.map_or("", |template| template.name.value.as_str()));
    add(" ", &planned.map(|action| action.arguments(sources)).unwrap_or_default());
    add(" in ", row.language.as_deref().unwrap_or(""));
    add(", ", if row.mode == RowMode::Automatic { "automatic" } else { "by hand" });
    add(", ", &row.amount.map(|amount| amount.to_string()).unwrap_or_default());
    add(", ", &row.documents.join(" "));
    out
}

fn named(row: &Row, action: &str) -> String {
    let of = row.document.as_ref().map_or_else(String::new, |document| format!(" of {document}"));
    format!("{} {}.{}{of}: {action}", row.customer, row.procedure, row.step)
}

/// Where a fault of the data lies.
fn place(finding: &Diagnostic, sources: &Sources) -> String {
    match finding.labels.first().map(|label| &label.place) {
        None => String::new(),
        Some(Place::Text(span)) => format!(" ({})", sources.place(*span)),
        Some(Place::Data(data)) => {
            let line = data.line.map_or_else(String::new, |line| format!(":{line}"));
            format!(" ({}{line})", data.file)
        }
    }
}

fn section(out: &mut String, title: &str, lines: impl ExactSizeIterator<Item = String>) {
    if lines.len() > 0 {
        let _ = writeln!(out, "\n{title}");
        for line in lines {
            let _ = writeln!(out, "  {line}");
        }
    }
}

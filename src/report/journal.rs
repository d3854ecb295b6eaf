//! The journal for people: one line for each entry.

use crate::base::text::count;
use crate::journal::{Entry, Event};
use crate::report::Style;
use crate::report::grid::{self, Column};

/// The entries as a table with their number below; `all` is the number in the journal.
#[must_use]
pub fn table(entries: &[&Entry], all: usize, style: Style) -> String {
    let mut out = String::new();
    if !entries.is_empty() {
        for line in grid::lines(columns(entries), 0, style) {
            out.push_str(&line);
            out.push('\n');
        }
        out.push('\n');
    }
    out + &sentence(entries.len(), all) + "\n"
}

fn sentence(shown: usize, all: usize) -> String {
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    match (shown, all) {
        (_, 0) => "the journal is empty".to_owned(),
        (shown, all) if shown == all => count(number(all), "entry", "entries"),
        (shown, all) => format!("{shown} of {}", count(number(all), "entry", "entries")),
    }
}

fn columns(entries: &[&Entry]) -> Vec<Column> {
    let text = |of: &Option<String>| of.clone().unwrap_or_default();
    let of_each = |cell: &dyn Fn(&Entry) -> String| entries.iter().map(|entry| cell(entry)).collect::<Vec<_>>();
    let row = |entry: &Entry| entry.row.as_ref().map_or_else(String::new, |row| row.id.clone());
    vec![
        Column::new("entry", of_each(&|entry| entry.number.to_string())).right(),
        Column::new("date", of_each(&|entry| entry.date.to_string())),
        Column::new("event", of_each(&|entry| entry.event.word().to_owned())),
        Column::new("customer", of_each(&|entry| text(&entry.customer))).shrinks_to(8),
        Column::new("document", of_each(&|entry| text(&entry.document))).shrinks_to(8).expendable(),
        Column::new("step", of_each(&step)).shrinks_to(16),
        Column::new("action", of_each(&action)).shrinks_to(8).expendable(),
        Column::new("row", of_each(&row)).expendable(),
        Column::new("by", of_each(&|entry| text(&entry.by))).shrinks_to(6).expendable(),
        Column::new("what is said about it", of_each(&remark)).shrinks_to(24),
    ]
}

/// `standard.call_1`, or the procedure alone.
fn step(entry: &Entry) -> String {
    let names = [entry.procedure.as_deref(), entry.step.as_deref()];
    names.into_iter().flatten().collect::<Vec<_>>().join(".")
}

fn action(entry: &Entry) -> String {
    let Some(row) = &entry.row else { return String::new() };
    let currency = row.currency.map_or_else(String::new, |currency| currency.to_string());
    let words = [row.action.as_str(), &row.recipient, &currency];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn remark(entry: &Entry) -> String {
    let since = entry.since.filter(|_| entry.event == Event::Started).map(|date| format!("from {date}"));
    let until = entry.until.map(|date| format!("until {date}"));
    let undone = entry.undoes.map(|number| format!("takes back entry {number}"));
    let parts = [entry.result.clone(), since, until, undone, entry.reason.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

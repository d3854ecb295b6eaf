//! From a text to entries: all of them, or everything that is wrong with it.

use std::collections::HashSet;

use crate::base::{DataPlace, Diagnostic, code};
use crate::journal::columns::{self, Cell, Fault, WIDTH};
use crate::journal::{Entry, Event};

use super::{csv, json};

/// What one entry is made of, and the line on which it starts.
pub(super) struct Line<'t> {
    pub(super) number: u64,
    pub(super) cells: [Cell<'t>; WIDTH],
}

/// The entries of a CSV or JSON text: it is JSON if it starts with a bracket. `file` is its name in messages.
///
/// # Errors
/// Everything that is wrong, with its line.
pub fn read(text: &str, file: &str) -> Result<Vec<Entry>, Vec<Diagnostic>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reading = Reading { file, written: text.lines().collect(), findings: Vec::new(), numbers: HashSet::new() };
    let is_json = text.trim_start().starts_with(['[', '{']);
    let lines = if is_json { json::lines(text, &mut reading) } else { csv::lines(text, &mut reading) };
    let entries = lines.into_iter().filter_map(|line| reading.entry(line)).collect();
    if reading.findings.is_empty() {
        return Ok(entries);
    }
    // What cannot be split into cells was found before what stands in the cells.
    reading.findings.sort_by(|left, right| left.sort_key().0.cmp(&right.sort_key().0));
    Err(reading.findings)
}

/// What was found so far.
pub(super) struct Reading<'t> {
    file: &'t str,
    /// The text, line by line.
    written: Vec<&'t str>,
    findings: Vec<Diagnostic>,
    /// The numbers of the entries read.
    numbers: HashSet<u64>,
}

impl Reading<'_> {
    /// Notes that the file as a whole cannot be read.
    pub(super) fn refuse_file(&mut self, line: u64, message: impl Into<String>, help: impl Into<String>) {
        let finding = Diagnostic::new(code::NO_JOURNAL_FILE, message).at_data(self.place(line, None), "");
        self.findings.push(finding.help(help));
    }

    /// Notes that an entry cannot be taken.
    pub(super) fn refuse_entry(
        &mut self,
        line: u64,
        column: Option<&str>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let finding = Diagnostic::new(code::BAD_ENTRY, message).at_data(self.place(line, column), "");
        self.findings.push(finding.help(help));
    }

    fn place(&self, line: u64, column: Option<&str>) -> DataPlace {
        let at = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
        DataPlace {
            file: self.file.to_owned(),
            line: Some(line),
            column: None,
            field: column.map(str::to_owned),
            excerpt: self.written.get(at).map(|line| (*line).to_owned()),
        }
    }

    fn entry(&mut self, line: Line<'_>) -> Option<Entry> {
        // A database cannot keep it, and no name or remark has it.
        if line.cells.iter().any(|cell| matches!(cell, Cell::Text(text) if text.contains('\0'))) {
            self.refuse_entry(line.number, None, "a text has a sign with the number 0", "leave it out");
            return None;
        }
        let faults = match columns::entry(line.cells) {
            Ok(entry) => {
                let faults = self.contradictions(&entry);
                if faults.is_empty() {
                    return Some(entry);
                }
                faults
            }
            Err(faults) => faults,
        };
        for fault in faults {
            self.refuse_entry(line.number, Some(fault.column), fault.message, fault.help);
        }
        None
    }

    /// What an entry says that cannot be, by itself or beside those before it.
    fn contradictions(&mut self, entry: &Entry) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut fault = |column, message: String, help: &str| {
            faults.push(Fault { column, message, help: help.to_owned() });
        };
        let word = entry.event.word();
        let is_of_all = matches!(entry.event, Event::Committed | Event::Undone);
        if entry.customer.is_none() && !is_of_all {
            fault("customer", format!("an entry `{word}` is about a customer"), "write the id of the customer");
        }
        if entry.event == Event::Deferred && entry.until.is_none() {
            fault("until", format!("an entry `{word}` says until when"), "write the day in `until`");
        }
        match entry.undoes {
            None if entry.event == Event::Undone => {
                fault(
                    "undoes",
                    format!("an entry `{word}` says what it takes back"),
                    "write the number of the other entry",
                );
            }
            Some(other) if !self.numbers.contains(&other) => {
                let message = format!("the entry {other}, which this one takes back, does not stand before it");
                fault("undoes", message, "put it before this one, with its number");
            }
            _ => {}
        }
        if entry.number > 0 && !self.numbers.insert(entry.number) {
            let message = format!("there are two entries with the number {}", entry.number);
            fault("number", message, "leave one of them out");
        }
        faults
    }
}

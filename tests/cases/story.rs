//! A story: days with committed runs, and what people report in between.

use std::collections::BTreeSet;

use dunlin::base::{Date, Sources};
use dunlin::journal::{Entry, Event, Memory};
use dunlin::ledger::Snapshot;
use dunlin::plan::Plan;
use dunlin::run::worklist::{Row, RowMode, Worklist};
use dunlin::run::{self, notices};

use super::describe;
use super::header::{Header, Report};

/// A journal that grows.
pub(crate) struct Story<'a> {
    plan: &'a Plan,
    snapshot: &'a Snapshot,
    sources: &'a Sources,
    entries: Vec<Entry>,
}

impl<'a> Story<'a> {
    pub(crate) fn new(plan: &'a Plan, snapshot: &'a Snapshot, sources: &'a Sources) -> Self {
        Self { plan, snapshot, sources, entries: Vec::new() }
    }

    pub(crate) fn memory(&self) -> Memory {
        Memory::new(&self.entries, self.snapshot)
    }

    /// Day by day: what was suggested, what the journal got, what was reported. Days on which nothing
    /// is different are counted.
    pub(crate) fn tell(&mut self, header: &Header) -> String {
        let days: BTreeSet<Date> =
            header.commits.iter().copied().chain(header.reports.iter().map(|report| report.date)).collect();
        let mut out = String::new();
        let mut before = String::new();
        let mut same = Vec::new();
        for day in days {
            let list = self.run(day);
            let suggested = suggested(&list);
            let mut written = String::new();
            if header.commits.contains(&day) {
                written += &self.commit(&list, day);
            }
            written += &self.reports(header, &list, day);
            if suggested == before && written.is_empty() {
                same.push(day);
                continue;
            }
            out += &unchanged(&same);
            same.clear();
            out += &format!("{day}\n{suggested}{written}");
            before = if written.is_empty() { suggested } else { String::new() };
        }
        out + &unchanged(&same)
    }

    fn run(&self, date: Date) -> Worklist {
        run::run(self.plan, self.snapshot, &self.memory(), date)
    }

    fn append(&mut self, entry: Entry) -> String {
        let number = self.entries.len() as u64 + 1;
        let told = format!("    {}\n", told(&entry));
        self.entries.push(Entry { number, ..entry });
        told
    }

    fn commit(&mut self, list: &Worklist, date: Date) -> String {
        let committed = self.memory().commits(date).last() == Some(&date);
        let entries = notices::entries(list, self.sources, date, committed).unwrap_or_default();
        let told: Vec<String> = entries.into_iter().map(|entry| self.append(entry)).collect();
        let told: String = told.into_iter().filter(|line| !line.contains("committed")).collect();
        let again = self.run(date);
        assert_eq!(suggested(&again), suggested(list), "a second run of {date} differs from the first");
        assert!(notices::entries(&again, self.sources, date, true).is_none(), "a second commit of {date} writes again");
        told
    }

    fn reports(&mut self, header: &Header, list: &Worklist, date: Date) -> String {
        let mut told = String::new();
        for row in list.rows.iter().filter(|row| header.automatic && row.mode == RowMode::Automatic) {
            told += &self.append(row.entry(Event::Done, date));
        }
        for report in header.reports.iter().filter(|report| report.date == date) {
            told += &match report.word.as_str() {
                "undo" => self.undo(report),
                "imported" => self.imported(report),
                word => self.outcome(report, word),
            };
        }
        told
    }

    fn outcome(&mut self, report: &Report, word: &str) -> String {
        let event = if word == "done" { Event::Done } else { Event::Skipped };
        let rows: Vec<Row> = self.run(report.of).rows.into_iter().filter(|row| is_meant(report, row)).collect();
        assert!(!rows.is_empty(), "nothing to report: {} {} {}", report.date, report.customer, report.step);
        let entry = |row: &Row| Entry { result: report.result.clone(), ..row.entry(event, report.date) };
        let entries: Vec<Entry> = rows.iter().map(entry).collect();
        entries.into_iter().map(|entry| self.append(entry)).collect()
    }

    /// An outcome of a whole step, whatever is suggested.
    fn imported(&mut self, report: &Report) -> String {
        let (procedure, step) = report.step.split_once('.').expect("procedure.step");
        self.append(Entry {
            customer: Some(report.customer.clone()),
            document: report.only.clone(),
            procedure: Some(procedure.to_owned()),
            step: Some(step.to_owned()),
            result: report.result.clone(),
            ..Entry::new(Event::Done, report.date)
        })
    }

    fn undo(&mut self, report: &Report) -> String {
        let (procedure, step) = report.step.split_once('.').expect("procedure.step");
        let is_meant = |entry: &&Entry| {
            matches!(entry.event, Event::Done | Event::Skipped)
                && entry.customer.as_ref() == Some(&report.customer)
                && entry.procedure.as_deref() == Some(procedure)
                && entry.step.as_deref() == Some(step)
        };
        let last = self.entries.iter().rev().find(is_meant).expect("an outcome to undo").clone();
        let undone = Entry { event: Event::Undone, undoes: Some(last.number), date: report.date, ..last };
        self.append(undone)
    }
}

fn is_meant(report: &Report, row: &Row) -> bool {
    let currency = row.amount.map(|amount| amount.currency.to_string());
    let only =
        |only: &String| row.document.as_ref() == Some(only) || row.action == *only || currency.as_ref() == Some(only);
    row.customer == report.customer
        && format!("{}.{}", row.procedure, row.step) == report.step
        && report.only.as_ref().is_none_or(only)
}

/// What a run says, without its findings: those of the case's runs show them.
fn suggested(list: &Worklist) -> String {
    let mut lines: Vec<String> = list.rows.iter().map(describe::row).collect();
    lines.extend(
        list.deferred
            .iter()
            .map(|late| format!("to {}: {}\n        {}", late.until, describe::row(&late.row), late.reason)),
    );
    lines.extend(list.withheld.iter().map(|held| format!("withheld: {}: {}", describe::row(&held.row), held.reason)));
    lines.extend(list.set_aside.iter().map(|aside| format!("set aside: {}", aside.customer)));
    let without_dip = |line: &str| {
        let words = line.split(' ').collect::<Vec<_>>();
        let at = words.iter().position(|word| *word == "dip");
        let kept = words.iter().enumerate().filter(|(place, _)| at.is_none_or(|at| *place != at && *place != at + 1));
        kept.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
    };
    if lines.is_empty() {
        return "    nothing\n".to_owned();
    }
    lines.iter().map(|line| format!("    {}\n", without_dip(line))).collect()
}

/// An entry of the journal in short: `started dispute F1 since 2026-03-02 (status = dispute)`.
fn told(entry: &Entry) -> String {
    let mut words = vec![format!("· {}", entry.event.word())];
    words.extend(entry.customer.clone());
    let name = match (&entry.procedure, &entry.step) {
        (Some(procedure), Some(step)) => Some(format!("{procedure}.{step}")),
        (procedure, _) => procedure.clone(),
    };
    words.extend(name);
    words.extend(entry.document.clone());
    words.extend(entry.row.as_ref().map(|row| row.action.clone()));
    words.extend(entry.row.as_ref().and_then(|row| row.currency).map(|currency| currency.to_string()));
    words.extend(entry.since.map(|since| format!("since {since}")));
    words.extend(entry.until.map(|until| format!("until {until}")));
    words.extend(entry.result.as_ref().map(|result| format!("result {result}")));
    words.extend(entry.reason.as_ref().map(|reason| format!("({reason})")));
    words.join(" ")
}

fn unchanged(days: &[Date]) -> String {
    match days {
        [] => String::new(),
        [day] => format!("{day} the same\n"),
        [first, .., last] => format!("{first} to {last} the same\n"),
    }
}

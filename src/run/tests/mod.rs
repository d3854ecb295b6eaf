//! The run, end to end: small programs over small ledgers in memory.

mod conditions;
mod dip;
mod money;
mod remembered;
mod stories;
mod surveys;
mod timelines;
mod waiting;

use crate::base::{Date, FileId, Sources};
use crate::check::{self, Resources};
use crate::journal::Memory;
use crate::ledger::{self, Config, MemoryFiles, Snapshot};
use crate::plan::{self, Plan};
use crate::run::worklist::{Row, RowMode};
use crate::run::{Worklist, run, why};

/// A program over a ledger.
pub(super) struct World {
    pub(super) plan: Plan,
    pub(super) snapshot: Snapshot,
    pub(super) sources: Sources,
}

struct Letters;

impl Resources for Letters {
    fn file(&self, path: &str) -> Option<(FileId, std::sync::Arc<str>)> {
        path.ends_with(".md").then(|| (FileId(9), "Dear customer".into()))
    }
}

/// The world of a program and tables: each begins with its name, then a line of columns, then rows.
pub(super) fn world(program: &str, tables: &[&str]) -> World {
    let mut sources = Sources::default();
    let prelude_id = sources.add(crate::schema::PRELUDE_PATH, crate::schema::PRELUDE);
    let id = sources.add("test.proc", program);
    let prelude = crate::syntax::parse(prelude_id, crate::schema::PRELUDE);
    let parsed = crate::syntax::parse(id, program);
    assert!(parsed.findings.is_empty(), "{:#?}", parsed.findings);
    let checked = check::check(&[std::sync::Arc::new(parsed.file)], &prelude.file, &Letters, None);
    let said: Vec<_> = checked.findings.iter().map(|said| (said.code.id, &said.message, &said.help)).collect();
    let program = checked.program().cloned().unwrap_or_else(|| panic!("{said:#?}"));
    let plan = plan::from_check::lower(&program);
    let mut files = MemoryFiles::default();
    for table in tables {
        let (name, rows) = table.trim().split_once('\n').unwrap_or((table.trim(), ""));
        let rows: Vec<&str> = rows.lines().map(str::trim).collect();
        files.insert(&format!("ledger/{name}.csv"), rows.join("\n") + "\n");
    }
    let snapshot = ledger::read(&files, &Config::default(), &plan.ledger).unwrap_or_else(|found| panic!("{found:#?}"));
    World { plan, snapshot, sources }
}

impl World {
    pub(super) fn run(&self, date: &str) -> Worklist {
        run(&self.plan, &self.snapshot, &Memory::default(), day(date))
    }

    /// The rows in short: `C1 standard.reminder email [F1 F2] 620.00 EUR`.
    pub(super) fn rows(&self, date: &str) -> Vec<String> {
        let list = self.run(date);
        let messages: Vec<_> = list.set_aside.iter().map(|aside| &aside.diagnostic.message).collect();
        assert!(messages.is_empty(), "{messages:?}");
        list.rows.iter().map(short).collect()
    }

    /// The steps suggested: `standard.reminder`.
    pub(super) fn steps(&self, date: &str) -> Vec<String> {
        self.run(date).rows.iter().map(|row| format!("{}.{}", row.procedure, row.step)).collect()
    }

    /// What `why` tells, indented.
    pub(super) fn why(&self, date: &str, customer: &str) -> String {
        let told = why(&self.plan, &self.snapshot, &Memory::default(), day(date), customer, &self.sources)
            .expect("a known customer");
        let mut text = String::new();
        for section in &told.sections {
            text.push_str(&format!("== {}\n", section.title));
            for line in &section.lines {
                show(line, 0, &mut text);
            }
        }
        text
    }
}

fn show(line: &why::Line, depth: usize, text: &mut String) {
    let verdict = format!("{:?}", line.verdict);
    text.push_str(&format!("{}{verdict}: {}\n", "  ".repeat(depth), line.text));
    for detail in &line.details {
        show(detail, depth + 1, text);
    }
}

pub(super) fn short(row: &Row) -> String {
    let amount = row.amount.map_or(String::new(), |amount| format!(" {amount}"));
    let mode = if row.mode == RowMode::Automatic { " automatic" } else { "" };
    format!(
        "{} {}.{} {} [{}]{amount}{mode}",
        row.customer,
        row.procedure,
        row.step,
        row.action,
        row.documents.join(" ")
    )
}

pub(super) fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

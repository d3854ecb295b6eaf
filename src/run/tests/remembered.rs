//! What the journal of one program means for a changed one (`S11`, `S25`).

use super::{day, world};
use crate::journal::{Entry, Event, Memory};
use crate::run::{notices, run};

const TABLES: &[&str] = &[
    "customers\nid\nC1",
    "documents\nid,customer,issue_date,due_date,amount,status\nF1,C1,2026-01-01,2026-01-31,100,dispute",
];

fn program(name: &str, steps: &str) -> String {
    format!(
        "ledger {{ currency EUR\n recipient sales }}
        procedure {name} for document {{
            start when status = dispute
            timing after previous
            {steps}
        }}"
    )
}

/// The journal of a program whose suggestions are executed on the days given.
fn journal(program: &str, days: &[&str]) -> Vec<Entry> {
    let world = world(program, TABLES);
    let mut entries: Vec<Entry> = Vec::new();
    for date in days {
        let list = run(&world.plan, &world.snapshot, &Memory::new(&entries, &world.snapshot), day(date));
        let written = notices::entries(&list, &world.sources, day(date), false).unwrap_or_default();
        let done = list.rows.iter().map(|row| row.entry(Event::Done, day(date)));
        for entry in written.into_iter().chain(done) {
            entries.push(Entry { number: entries.len() as u64 + 1, ..entry });
        }
    }
    entries
}

fn steps(program: &str, entries: &[Entry], date: &str) -> Vec<String> {
    let world = world(program, TABLES);
    let list = run(&world.plan, &world.snapshot, &Memory::new(entries, &world.snapshot), day(date));
    list.rows.iter().map(|row| format!("{}.{}", row.procedure, row.step)).collect()
}

const ONE: &str = "step one { task sales text \"one\" }";

#[test]
fn s11_a_changed_program_with_a_further_step_goes_on() {
    let entries = journal(&program("p", ONE), &["2026-03-02", "2026-03-03"]);
    assert_eq!(entries.last().map(|entry| entry.event), Some(Event::Committed));
    assert!(entries.iter().any(|entry| entry.event == Event::Completed), "{entries:#?}");
    let longer = program("p", &format!("{ONE} step two after 2 days {{ task sales text \"two\" }}"));
    assert!(steps(&longer, &entries, "2026-03-03").is_empty());
    assert_eq!(steps(&longer, &entries, "2026-03-04"), ["p.two"]);
}

#[test]
fn s25_what_was_renamed_goes_on_under_its_new_name() {
    let both = "step uno was one { task sales text \"one\" } step two after 2 days { task sales text \"two\" }";
    let entries = journal(&program("p", ONE), &["2026-03-02"]);
    assert_eq!(steps(&program("q was p", both), &entries, "2026-03-04"), ["q.two"]);
    assert_eq!(steps(&program("q", both), &entries, "2026-03-04"), ["q.uno"]);
}

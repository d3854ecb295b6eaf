//! A simulation keeps the contact policy on every day, gives each customer at most one primary
//! procedure, is the runs of its days, and does not depend on the number of threads.

use std::collections::{BTreeMap, BTreeSet};

use dunlin::base::{Date, Sources};
use dunlin::journal::{Entry, Event, Memory};
use dunlin::ledger::{CustomerRow, Snapshot};
use dunlin::plan::{Plan, Start};
use dunlin::run::play::{Assumption, Assumptions};
use dunlin::run::simulate::{Period, Simulation, days_of, simulate};
use dunlin::run::worklist::{Row, RowMode};
use dunlin::run::{self, notices};
use proptest::prelude::*;
use proptest::sample::select;

use super::run::{PROGRAMS, Table, snapshot, tables, with_threads, world, worlds};

/// A program that has nothing to do while no document is open.
const QUIET: &str = r#"
ledger { currency EUR  recipient sales }
assign { waiting when total_due > 300 EUR  otherwise standard }
procedure standard { start by assignment  timing dip
    step one at day 1 { notify sales }
    step two at day 9 { call customer }
}
procedure waiting { start by assignment  timing after previous
    step one { call customer }
    step two after 3 days { notify sales }
}
procedure dispute for document { start when status = dispute  stop when days_overdue > 30 days  timing after previous
    step inform after 0 days { notify sales }
}
"#;

fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

fn period(from: &str, days: i64, assumptions: Assumptions) -> Period {
    let from = day(from);
    Period { from, to: from.plus_days(days - 1).expect("near"), assumptions }
}

fn assumption() -> impl Strategy<Value = Assumption> {
    prop_oneof![Just(Assumption::DoneAtOnce), (0..6u32).prop_map(Assumption::DoneAfter), Just(Assumption::Never)]
}

fn assumptions() -> impl Strategy<Value = Assumptions> {
    (assumption(), assumption()).prop_map(|(automatic, manual)| Assumptions { automatic, manual })
}

/// A limit of contacts: how many, in how many days, and whether these are working days.
type Limit = (usize, i64, bool);

fn limit() -> impl Strategy<Value = Limit> {
    (1..4usize, 1..12i64, any::<bool>())
}

/// A program with a contact policy.
fn with_policy(limits: &[Limit], working_days: bool) -> (Plan, Sources) {
    let mut policy = String::from("\ncalendar office { weekend saturday, sunday }\ncontact_policy {\n");
    for (most, days, working) in limits {
        let (contacts, word) =
            (if *most == 1 { "contact" } else { "contacts" }, if *working { "working " } else { "" });
        let days = format!("{days} {word}{}", if *days == 1 { "day" } else { "days" });
        policy += &format!("    at most {most} {contacts} every {days}\n");
    }
    if working_days {
        policy += "    only on working days\n";
    }
    world(&format!("{}{policy}}}\n", PROGRAMS[0]))
}

/// The tables with the history of before a day only.
fn before(tables: &[Table], from: &str) -> Vec<Table> {
    let mut tables = tables.to_vec();
    for (_, _, rows) in tables.iter_mut().filter(|(name, ..)| *name == "history") {
        rows.retain(|row| row.as_str() < from);
    }
    tables
}

fn is_working(date: Date) -> bool {
    date.weekday().num_days_from_monday() < 5
}

/// The first day of a window that ends on `end`: so many calendar days or working days back. A day off
/// belongs to the working day before it.
fn window(end: Date, days: i64, working: bool) -> Date {
    let mut first = end;
    let mut left = days - i64::from(!working || is_working(end));
    while left > 0 {
        first = first.plus_days(-1).expect("near");
        left -= i64::from(!working || is_working(first));
    }
    first
}

fn customers(snapshot: &Snapshot) -> impl Iterator<Item = CustomerRow> {
    (0..u32::try_from(snapshot.customers.len()).expect("few")).map(CustomerRow)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_contact_policy_holds_in_every_window(
        tables in tables(), limits in prop::collection::vec(limit(), 1..3), working_days: bool, assumptions in assumptions(),
    ) {
        let (plan, _) = with_policy(&limits, working_days);
        let period = period("2026-02-01", 60, assumptions);
        let snapshot = snapshot(&plan, &before(&tables, "2026-02-01"));
        for customer in customers(&snapshot) {
            // Rows of one step, action and recipient on one day are one contact (S22).
            let mut contacts: BTreeMap<Date, BTreeSet<(String, String, String, String)>> = BTreeMap::new();
            for (row, done) in days_of(&plan, &snapshot, &Memory::default(), period, customer).into_iter().flatten() {
                prop_assert!(!(row.contact && working_days) || is_working(row.date), "{row:?}");
                if row.contact && done {
                    contacts.entry(row.date).or_default().insert((row.procedure, row.step, row.action, row.recipient));
                }
            }
            for end in contacts.keys() {
                for (most, days, working) in &limits {
                    let first = window(*end, *days, *working);
                    let made: usize = contacts.range(first..=*end).map(|(_, contacts)| contacts.len()).sum();
                    prop_assert!(made <= *most, "{made} contacts from {first} to {end}: {contacts:#?}");
                }
            }
        }
    }

    #[test]
    fn there_is_at_most_one_primary_procedure(tables in tables(), assumptions in assumptions()) {
        for (plan, _) in worlds() {
            let snapshot = snapshot(plan, &tables);
            let is_primary = |row: &Row| plan.procedures.iter().any(|procedure| {
                let is_its_step = procedure.steps.iter().any(|step| step.name == row.step);
                procedure.name == row.procedure && matches!(procedure.start, Start::Assignment { .. }) && is_its_step
            });
            for customer in customers(&snapshot) {
                for rows in days_of(plan, &snapshot, &Memory::default(), period("2026-02-01", 45, assumptions), customer) {
                    let primaries: BTreeSet<&str> =
                        rows.iter().map(|(row, _)| row).filter(|row| is_primary(row)).map(|row| row.procedure.as_str()).collect();
                    prop_assert!(primaries.len() <= 1, "{primaries:?}");
                }
            }
        }
    }

    #[test]
    fn it_is_the_committed_runs_of_its_days(tables in tables(), from in select(vec!["2026-01-25", "2026-02-15", "2026-03-01"]), done: bool) {
        let period = period(from, 25, Assumptions::both(if done { Assumption::DoneAtOnce } else { Assumption::Never }));
        // Its procedures need open documents: days without any are not played.
        let quiet = world(QUIET);
        for (plan, sources) in worlds().iter().chain([&quiet]) {
            let snapshot = snapshot(plan, &before(&tables, from));
            let simulation = simulate(plan, &snapshot, &Memory::default(), period, &|_| ());
            let mut played: Vec<Vec<Row>> = vec![Vec::new(); simulation.days.len()];
            for customer in customers(&snapshot) {
                for (day, rows) in days_of(plan, &snapshot, &Memory::default(), period, customer).into_iter().enumerate() {
                    played[day].extend(rows.into_iter().map(|(row, _)| row));
                }
            }
            let mut journal: Vec<Entry> = Vec::new();
            for (day, rows) in simulation.days.iter().zip(played) {
                let list = run::run(plan, &snapshot, &Memory::new(&journal, &snapshot), day.date);
                prop_assert_eq!(&list.rows, &rows);
                let manual = list.rows.iter().filter(|row| row.mode == RowMode::Manual).count() as u64;
                prop_assert_eq!((manual, list.rows.len() as u64), (day.worklist.manual, day.worklist.total()));
                let noted = notices::entries(&list, sources, day.date, false).unwrap_or_default();
                let reported = list.rows.iter().filter(|_| done).map(|row| row.entry(Event::Done, day.date));
                for entry in noted.into_iter().chain(reported) {
                    let number = journal.len() as u64 + 1;
                    journal.push(Entry { number, ..entry });
                }
            }
        }
    }

    #[test]
    fn threads_leave_no_trace(tables in tables(), assumptions in assumptions()) {
        let period = period("2026-02-01", 30, assumptions);
        let shown = |simulation: &Simulation| format!("{simulation:#?}");
        for (plan, _) in worlds() {
            let snapshot = snapshot(plan, &tables);
            let alone = with_threads(1, || simulate(plan, &snapshot, &Memory::default(), period, &|_| ()));
            let many = with_threads(4, || simulate(plan, &snapshot, &Memory::default(), period, &|_| ()));
            prop_assert_eq!(shown(&alone), shown(&many));
        }
    }
}

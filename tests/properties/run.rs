//! A checked program never fails at run time, whatever the ledger; neither the order of rows nor
//! the number of threads changes the worklist; and `why` tells what the run gave.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use dunlin::base::{Date, Severity, Sources};
use dunlin::journal::Memory;
use dunlin::ledger::{self, Config, MemoryFiles, Snapshot};
use dunlin::plan::{self, Plan};
use dunlin::run::{self, Worklist, why};
use dunlin::workspace::Workspace;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;

/// Programs that between them use every form of expression and procedure.
pub(crate) const PROGRAMS: &[&str] = &[include_str!("../data/run.proc"), include_str!("../data/memory.proc")];
/// Findings that are the data's, not the program's.
pub(super) const OF_THE_DATA: &[&str] = &["E0801", "E0802", "E0803"];

/// The programs, checked and lowered once.
pub(super) fn worlds() -> &'static [(Plan, Sources)] {
    static WORLDS: OnceLock<Vec<(Plan, Sources)>> = OnceLock::new();
    WORLDS.get_or_init(|| PROGRAMS.iter().map(|text| world(text)).collect())
}

pub(super) fn world(text: &str) -> (Plan, Sources) {
    let mut workspace = Workspace::new([("program.proc", text)]);
    workspace.set_resource("letter.md", Some("Dear customer\n"));
    let said: Vec<_> =
        workspace.findings().iter().map(|said| format!("{} {} {:?}", said.code.id, said.message, said.help)).collect();
    let program = workspace.checked().program().unwrap_or_else(|| panic!("{said:#?}"));
    (plan::from_check::lower(program), workspace.sources().clone())
}

/// A table: its name, its columns, its rows.
pub(crate) type Table = (&'static str, &'static str, Vec<String>);

fn date(around: &'static str, days: i64) -> impl Strategy<Value = String> {
    let start = Date::parse(around).expect("a date");
    (-days..=days).prop_map(move |shift| start.plus_days(shift).expect("near").to_string())
}

fn or_empty(strategy: impl Strategy<Value = String> + 'static) -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), strategy.boxed()]
}

fn customers() -> impl Strategy<Value = Vec<String>> {
    let row = (
        select(vec!["", "en", "nl", "fr"]),
        select(vec!["", "10", "35.5", "80"]),
        select(vec!["good", "bad"]),
        select(vec!["", "yes", "no"]),
        date("2025-12-15", 60),
        select(vec!["0", "12.5", "99"]),
        select(vec!["", "1", "4"]),
        select(vec!["", "100", "0.01"]),
    );
    prop::collection::vec(row, 4).prop_map(|rows| {
        let numbered = rows.into_iter().enumerate();
        let line = |(number, (language, score, rating, vip, since, share, patience, reserve)): (
            usize,
            (_, _, _, _, String, _, _, _),
        )| {
            let fields: [&str; 7] = [language, score, rating, vip, share, patience, reserve];
            let [language, score, rating, vip, share, patience, reserve] = fields;
            format!("C{number},{language},{score},{rating},{vip},{since},{share},{patience},{reserve}")
        };
        numbered.map(line).collect()
    })
}

/// Owner, kind, status, issued, days to pay, amount, currency, settled, agreed.
type DocumentCells = (usize, &'static str, &'static str, String, i64, &'static str, &'static str, String, String);

fn documents() -> impl Strategy<Value = Vec<String>> {
    let row = (
        0..4usize,
        select(vec!["invoice", "invoice", "invoice", "credit_note", "payment"]),
        select(vec!["open", "open", "open", "dispute", "plan"]),
        date("2026-01-20", 30),
        0..60i64,
        select(vec!["0", "5", "99.99", "310.0050", "1200"]),
        select(vec!["EUR", "EUR", "EUR", "USD", "GBP"]),
        or_empty(date("2026-02-20", 20)),
        or_empty(date("2026-03-01", 20)),
    );
    prop::collection::vec(row, 0..24).prop_map(|rows| {
        let line = |(number, row): (usize, DocumentCells)| {
            let (owner, kind, status, issued, due, amount, currency, settled, agreed) = row;
            let due = Date::parse(&issued).and_then(|issued| issued.plus_days(due)).expect("near");
            let sign = if kind == "invoice" || amount == "0" { "" } else { "-" };
            format!("F{number},C{owner},{kind},{status},{issued},{due},{sign}{amount},{currency},{settled},{agreed}")
        };
        rows.into_iter().enumerate().map(line).collect()
    })
}

fn dealings() -> impl Strategy<Value = [Vec<String>; 4]> {
    let subject = || (0..4usize, prop_oneof![Just(None), (0..24usize).prop_map(Some)]);
    let history = (
        subject(),
        date("2026-02-25", 12),
        select(vec![
            "standard,reminder",
            "standard,call_1",
            "standard,notice",
            "strict,account",
            "strict,again",
            "dispute,inform",
            "dispute,ask",
            "dispute,chase",
            "credit,look",
            "new_customers,hello",
            "exposed,stop_it",
            ",",
            "gone,away",
        ]),
        select(vec!["done", "done", "skipped", "contact"]),
        select(vec!["", "promised", "refused", "settled"]),
    );
    let hold =
        (subject(), or_empty(date("2026-02-20", 15)), or_empty(date("2026-03-05", 5)), select(vec!["yes", "no"]));
    let promise = (subject(), date("2026-02-20", 15), 0..20i64);
    let payment = (0..24usize, date("2026-02-20", 15), select(vec!["5", "50.5", "99.99"]));
    (
        prop::collection::vec(history, 0..20),
        prop::collection::vec(hold, 0..4),
        prop::collection::vec(promise, 0..4),
        prop::collection::vec(payment, 0..6),
    )
        .prop_map(|(history, holds, promises, payments)| {
            let document = |document: Option<usize>| document.map_or(String::new(), |number| format!("F{number}"));
            [
                history
                    .into_iter()
                    .map(|((owner, of), date, step, outcome, result)| {
                        format!("{date},C{owner},{},{step},{outcome},{result}", document(of))
                    })
                    .collect(),
                holds
                    .into_iter()
                    .map(|((owner, of), from, until, freezes)| {
                        format!("C{owner},{},{from},{until},{freezes}", document(of))
                    })
                    .collect(),
                promises
                    .into_iter()
                    .map(|((owner, of), made, days)| {
                        let due = Date::parse(&made).and_then(|made| made.plus_days(days)).expect("near");
                        format!("C{owner},{},{made},{due}", document(of))
                    })
                    .collect(),
                payments.into_iter().map(|(of, date, amount)| format!("F{of},{date},{amount}")).collect(),
            ]
        })
}

/// A small ledger; rows about a document name its customer, and those about one that is not there are left out.
pub(crate) fn tables() -> impl Strategy<Value = Vec<Table>> {
    let rates = select(vec![vec!["USD,2026-01-01,0.9", "GBP,2026-02-20,1.2"], vec!["USD,2026-01-01,0.9"], vec![]]);
    (customers(), documents(), dealings(), rates).prop_map(
        |(customers, documents, [history, holds, promises, payments], rates)| {
            let owner = |id: &str| {
                let of = |row: &String| row.split(',').take(2).map(str::to_owned).collect::<Vec<_>>();
                documents.iter().map(of).find(|of| of[0] == id).map(|of| of[1].clone())
            };
            let belonging = |row: String, customer: usize, document: usize| {
                let mut cells: Vec<String> = row.split(',').map(str::to_owned).collect();
                if !cells[document].is_empty() {
                    cells[customer] = owner(&cells[document])?;
                }
                Some(cells.join(","))
            };
            let history = history.into_iter().filter_map(|row| belonging(row, 1, 2)).collect();
            let holds = holds.into_iter().filter_map(|row| belonging(row, 0, 1)).filter(|row| ordered(row)).collect();
            let promises = promises.into_iter().filter_map(|row| belonging(row, 0, 1)).collect();
            let payments =
                payments.into_iter().filter(|row| owner(row.split(',').next().unwrap_or("")).is_some()).collect();
            vec![
                ("customers", "id,language,score,rating,vip,since,share,patience,reserve", customers),
                (
                    "documents",
                    "id,customer,kind,status,issue_date,due_date,amount,currency,settled_on,agreed",
                    documents,
                ),
                ("history", "date,customer,document,procedure,step,outcome,result", history),
                ("holds", "customer,document,from,until,freezes", holds),
                ("promises", "customer,document,made_on,due_on", promises),
                ("payments", "document,date,amount", payments),
                ("recipients", "customer,role,language", vec!["C1,sales,nl".to_owned(), "C2,sales,".to_owned()]),
                ("rates", "currency,date,rate", rates.into_iter().map(str::to_owned).collect()),
            ]
        },
    )
}

/// Whether a hold ends after it begins, as far as both are given.
fn ordered(row: &str) -> bool {
    let cells: Vec<&str> = row.split(',').collect();
    cells[2].is_empty() || cells[3].is_empty() || cells[2] <= cells[3]
}

pub(super) fn snapshot(plan: &Plan, tables: &[Table]) -> Snapshot {
    ledger::read(&files(tables), &config(), &plan.ledger).unwrap_or_else(|found| panic!("{found:#?}"))
}

pub(crate) fn files(tables: &[Table]) -> MemoryFiles {
    let mut files = MemoryFiles::default();
    for (name, columns, rows) in tables {
        files.insert(&format!("ledger/{name}.csv"), format!("{columns}\n{}\n", rows.join("\n")));
    }
    files
}

pub(crate) fn config() -> Config {
    Config::from_toml("[format]\ndecimal = \".\"\n", "dunlin.toml").expect("settings that fit")
}

/// Everything a worklist says, without the places of data rows and their order, which move with the rows.
pub(super) fn shown(list: &Worklist) -> String {
    let aside: Vec<_> = list
        .set_aside
        .iter()
        .map(|aside| (&aside.customer, aside.diagnostic.code.id, &aside.diagnostic.message))
        .collect();
    let mut said: Vec<_> = list.findings.iter().map(|said| (said.code.id, &said.message)).collect();
    said.sort_unstable();
    format!("{:#?}", (&list.rows, &list.deferred, &list.withheld, &list.passed_over, aside, said, list.totals))
}

pub(super) fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads").install(work)
}

/// The generated ledgers are worth something: every step of the programs comes up in one of them.
#[test]
fn every_step_is_suggested_for_some_ledger() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    // Only of the first: the steps of the others come after what a journal knows.
    for (plan, _) in worlds().iter().take(1) {
        let steps = |procedure: &plan::Procedure| {
            procedure.steps.iter().map(|step| (procedure.name.clone(), step.name.clone())).collect::<Vec<_>>()
        };
        let mut missing: BTreeSet<_> = plan.procedures.iter().flat_map(steps).collect();
        for number in 0..600 {
            let tables = tables().new_tree(&mut runner).expect("a ledger").current();
            let date = Date::parse("2026-01-25").and_then(|date| date.plus_days(number % 75)).expect("near");
            for row in run::run(plan, &snapshot(plan, &tables), &Memory::default(), date).rows {
                missing.remove(&(row.procedure, row.step));
            }
        }
        assert!(missing.is_empty(), "never suggested: {missing:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_checked_program_never_fails(tables in tables(), day in -40..120i64) {
        let date = Date::parse("2026-02-20").and_then(|date| date.plus_days(day)).expect("near");
        for (plan, sources) in worlds() {
            let snapshot = snapshot(plan, &tables);
            let unread: Vec<_> = snapshot.faults.iter().map(|fault| &fault.diagnostic).filter(|said| said.severity() == Severity::Error).collect();
            prop_assert!(unread.is_empty(), "{unread:#?}");
            let list = run::run(plan, &snapshot, &Memory::default(), date);
            for aside in &list.set_aside {
                prop_assert!(OF_THE_DATA.contains(&aside.diagnostic.code.id), "{:?}", aside.diagnostic.message);
            }
            for number in 0..snapshot.customers.len() {
                let id = snapshot.customers.id.get(number);
                let told = why::why(plan, &snapshot, &Memory::default(), date, id, sources).expect("a customer of the ledger");
                let rows: Vec<_> = list.rows.iter().filter(|row| row.customer == id).cloned().collect();
                prop_assert_eq!(&rows, &told.rows);
                let deferred: Vec<_> = list.deferred.iter().filter(|late| late.row.customer == id).cloned().collect();
                prop_assert_eq!(&deferred, &told.deferred);
                let withheld: Vec<_> = list.withheld.iter().filter(|held| held.row.customer == id).cloned().collect();
                prop_assert_eq!(&withheld, &told.withheld);
                let order = |step: &run::worklist::PassedOver| (step.procedure.clone(), step.document.clone(), step.step.clone());
                let mut passed: Vec<_> = list.passed_over.iter().filter(|step| step.customer == id).cloned().collect();
                let mut also = told.passed_over.clone();
                passed.sort_by_key(order);
                also.sort_by_key(order);
                prop_assert_eq!(passed, also);
            }
            let mut ids: Vec<_> = list.rows.iter().map(|row| &row.id).collect();
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), list.rows.len(), "no two rows have the same id");
        }
    }

    #[test]
    fn neither_rows_nor_threads_leave_a_trace(
        tables in tables(), swaps in prop::collection::vec((any::<Index>(), any::<Index>()), 40), day in 0..60i64,
    ) {
        let date = Date::parse("2026-02-10").and_then(|date| date.plus_days(day)).expect("near");
        let mut shuffled = tables.clone();
        for (_, _, rows) in shuffled.iter_mut().filter(|(_, _, rows)| !rows.is_empty()) {
            for (one, other) in &swaps {
                let (one, other) = (one.index(rows.len()), other.index(rows.len()));
                rows.swap(one, other);
            }
        }
        for (plan, _) in worlds() {
            let (first, second) = (snapshot(plan, &tables), snapshot(plan, &shuffled));
            let alone = with_threads(1, || run::run(plan, &first, &Memory::default(), date));
            let many = with_threads(4, || run::run(plan, &second, &Memory::default(), date));
            let (one, other) = (shown(&alone), shown(&many));
            let differing = one.lines().zip(other.lines()).find(|(one, other)| one != other);
            prop_assert!(one == other, "{differing:#?}");
        }
    }
}

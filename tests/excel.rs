//! The worklist as Excel, read back by another program: what it shows is what the CSV says.

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use dunlin::base::{Currency, Date, Decimal, Diagnostic, Money, Sources, code};
use dunlin::ledger::{self, Config, DiskFiles};
use dunlin::report::View;
use dunlin::report::worklist::{COLUMNS, csv, xlsx};
use dunlin::run::Worklist;
use dunlin::run::worklist::{Deferred, SetAside};
use dunlin::{disk, plan, run};

fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

/// The run of an example, some of its rows changed to what is rare.
fn worklist() -> (Worklist, Sources) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/international");
    let config = std::fs::read_to_string(root.join("dunlin.toml")).expect("settings");
    let config = Config::from_toml(&config, "dunlin.toml").expect("settings");
    let workspace = disk::program(&root).workspace;
    let plan = plan::from_check::lower(workspace.checked().program().expect("a program"));
    let snapshot = ledger::read(&DiskFiles::new(&root), &config, &plan.ledger).expect("a ledger");
    let memory = dunlin::journal::Memory::new(&[], &snapshot);
    let mut worklist = run::run(&plan, &snapshot, &memory, day("2026-03-02"));
    assert!(worklist.rows.len() > 3, "{} rows", worklist.rows.len());
    let money = |text: &str, currency: &str| {
        Some(Money::new(Decimal::parse(text).expect("a number"), Currency::parse(currency).expect("a currency")))
    };
    for (row, amount) in worklist.rows.iter_mut().zip([
        money("999999999999999.99", "EUR"),
        money("-1234.5", "JPY"),
        money("0.125", "BHD"),
        None,
    ]) {
        row.amount = amount;
    }
    worklist.rows[0].customer = "=1+1".to_owned();
    worklist.rows[1].documents = (0..9_000).map(|number| format!("F{number}")).collect();
    worklist.rows[2].dip = Some(-5);
    let row = worklist.rows[0].clone();
    worklist.deferred = vec![Deferred { row, until: day("2026-03-09"), reason: "later".to_owned() }];
    let diagnostic = Diagnostic::new(code::BAD_DATE, "`x` is no date");
    worklist.set_aside = vec![SetAside { customer: "C9".to_owned(), diagnostic }];
    (worklist, workspace.sources().clone())
}

fn written(worklist: &Worklist, sources: &Sources) -> Vec<u8> {
    xlsx::workbook(worklist, day("2026-03-02"), View { sources, folder: "" }).expect("a file")
}

/// A cell as CSV writes it; numbers with as many places as `like` has.
fn plain(cell: &Data, like: &str) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::Float(number) => {
            let places = like.split_once('.').map_or(0, |(_, places)| places.len());
            format!("{number:.places$}")
        }
        other => panic!("{other:?}"),
    }
}

fn sheet(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str) -> Range<Data> {
    book.worksheet_range(name).expect("a sheet")
}

#[test]
fn says_what_the_csv_says() {
    let (worklist, sources) = worklist();
    let bytes = written(&worklist, &sources);
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    assert_eq!(book.sheet_names(), ["Worklist", "Deferred", "Set aside"]);
    let rows = sheet(&mut book, "Worklist");
    let csv = String::from_utf8(csv::rows(&worklist).expect("a table")).expect("a text");
    assert_eq!(rows.height(), csv.lines().count());
    for (row, line) in rows.rows().zip(csv.lines()) {
        for (cell, wanted) in row.iter().zip(line.split(',')) {
            let wanted = wanted.trim_matches('"').trim_start_matches('\'');
            if wanted.len() > 32_767 {
                let shown = plain(cell, wanted);
                assert!(shown.ends_with(" …") && wanted.starts_with(shown.trim_end_matches('…')));
            } else {
                assert_eq!(plain(cell, wanted), wanted);
            }
        }
    }
    let at = |row: u32, name: &str| {
        let column = COLUMNS.iter().position(|column| *column == name).expect("a column");
        rows.get_value((row, u32::try_from(column).expect("few"))).expect("a cell")
    };
    assert!(matches!(at(1, "date"), Data::DateTime(_)) && matches!(at(1, "reached_on"), Data::DateTime(_)));
    assert_eq!(at(1, "amount"), &Data::String("999999999999999.99".to_owned()), "more digits than Excel keeps");
    assert_eq!(at(2, "amount"), &Data::Float(-1234.0));
    assert_eq!(at(3, "amount"), &Data::Float(0.125));
    assert_eq!(at(3, "dip"), &Data::Float(-5.0));
    assert_eq!(at(1, "customer"), &Data::String("=1+1".to_owned()), "a text is no formula");
}

#[test]
fn what_is_not_suggested_has_sheets_of_its_own() {
    let (worklist, sources) = worklist();
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(written(&worklist, &sources))).expect("a workbook");
    let deferred = sheet(&mut book, "Deferred");
    let texts =
        |row: Option<&[Data]>| -> Vec<String> { row.expect("a row").iter().map(|cell| plain(cell, "")).collect() };
    assert_eq!(texts(deferred.rows().next())[13..], ["reached_on", "priority", "until", "reason"]);
    assert_eq!(texts(deferred.rows().nth(1))[15..], ["2026-03-09", "later"]);
    let aside = sheet(&mut book, "Set aside");
    assert_eq!(texts(aside.rows().next()), ["customer", "code", "message", "file", "line"]);
    assert_eq!(texts(aside.rows().nth(1))[..3], ["C9", "E0713", "`x` is no date"]);
    let empty = Worklist::default();
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(written(&empty, &sources))).expect("a workbook");
    assert_eq!(sheet(&mut book, "Worklist").height(), 1, "the header alone");
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let (worklist, sources) = worklist();
    let first = written(&worklist, &sources);
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert_eq!(first, written(&worklist, &sources));
}

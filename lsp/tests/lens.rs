//! The lens at work: it holds nobody up, is broken off, looks again when something has changed, and says so.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use dunlin::base::Date;
use dunlin::journal::{self, Appended, Entry, Event, Location};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Session, modern, uri};
use crate::harness::files::commit;

const REFRESH: &str = "workspace/codeLens/refresh";
/// A step that waits longer than a test may take, where a lens takes this long for each customer.
const SLOW: u64 = 50_000;

fn program(day: u32) -> String {
    format!(
        "ledger {{ currency EUR }}\nassign {{ otherwise standard }}\nprocedure standard {{\n    start by assignment\n    \
         timing dip\n    step reminder at day {day} {{ call customer }}\n}}\n"
    )
}

/// A company with as many customers, each with an invoice that is 10 days overdue; and its text of procedures.
fn company(customers: usize) -> (TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, "dunlin.toml", "date = \"2026-03-02\"\n");
    write(root, "main.proc", &program(7));
    let mut names = "id,name\n".to_owned();
    let mut documents = "id,customer,kind,status,issue_date,due_date,amount,open_amount,currency\n".to_owned();
    for number in 1..=customers {
        writeln!(names, "C{number},Customer {number}").expect("a text");
        writeln!(documents, "F{number},C{number},invoice,open,2026-01-20,2026-02-20,10.00,10.00,EUR").expect("a text");
    }
    write(root, "ledger/customers.csv", &names);
    write(root, "ledger/documents.csv", &documents);
    let file = uri(&root.canonicalize().expect("a folder").join("main.proc"));
    (folder, file)
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn session(folder: &TempDir, abilities: Value) -> Session {
    Session::of_editor(&folder.path().canonicalize().expect("a folder"), abilities, Value::Null).0
}

/// What stands above the step now.
fn above_step(session: &mut Session, file: &str) -> Vec<String> {
    let answer = session.request("textDocument/codeLens", json!({ "textDocument": { "uri": file } }));
    let lenses = answer["result"].as_array().expect("a list").iter().filter(|lens| lens["range"]["start"]["line"] == 5);
    lenses.map(|lens| lens["command"]["title"].as_str().expect("a title").to_owned()).collect()
}

/// The same when the lens has nothing more to do.
fn settled(session: &mut Session, file: &str) -> Vec<String> {
    above_step(session, file);
    session.lens_is_idle();
    above_step(session, file)
}

fn begun(session: &mut Session, runs: u64) {
    let started = Instant::now();
    while session.lens(None)["begun"].as_u64() < Some(runs) {
        assert!(started.elapsed() < Duration::from_secs(30), "the lens does not begin");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn whoever_types_does_not_wait_for_the_lens() {
    let (folder, file) = company(2000);
    let mut session = session(&folder, modern());
    session.lens(Some(SLOW));
    session.open(&file, &program(7));
    assert_eq!(above_step(&mut session, &file), Vec::<String>::new(), "it is answered at once");
    begun(&mut session, 1);

    // It would take a minute. An edit breaks it off, and no edit and no question waits.
    let mut slowest = Duration::ZERO;
    for version in 2..100 {
        session.change(&file, version, &program(u32::try_from(version % 8).expect("a day")));
        let asked = Instant::now();
        session.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": file } }));
        above_step(&mut session, &file);
        slowest = slowest.max(asked.elapsed());
    }
    assert!(slowest < Duration::from_secs(2), "an answer took {slowest:?}");

    session.lens(Some(0));
    session.change(&file, 100, &program(8));
    assert_eq!(settled(&mut session, &file), ["2,000 customers · 20,000.00 EUR"]);
}

#[test]
fn an_edit_breaks_it_off() {
    let (folder, file) = company(2000);
    let mut session = session(&folder, modern());
    session.lens(Some(SLOW));
    session.open(&file, &program(7));
    above_step(&mut session, &file);
    begun(&mut session, 1);
    session.change(&file, 2, &program(8));
    let edited = Instant::now();
    while session.lens(None)["brokenOff"] != 1 {
        assert!(edited.elapsed() < Duration::from_secs(10), "it goes on");
        thread::sleep(Duration::from_millis(10));
    }
    begun(&mut session, 2);
    session.change(&file, 3, "procedure {\n");
    session.lens_is_idle();
    let counts = session.lens(None);
    assert_eq!((&counts["begun"], &counts["brokenOff"], &counts["ended"]), (&json!(2), &json!(2), &json!(0)));
}

#[test]
fn the_editor_is_told_when_there_are_numbers() {
    let (folder, file) = company(3);
    let mut can = session(&folder, modern());
    can.open(&file, &program(7));
    assert_eq!(above_step(&mut can, &file), Vec::<String>::new());
    can.wait_for(|message| message["method"] == REFRESH);
    assert_eq!(above_step(&mut can, &file), ["3 customers · 30.00 EUR"]);

    // The same numbers are no news.
    can.change(&file, 2, &(program(7) + "# a remark\n"));
    assert_eq!(settled(&mut can, &file), ["3 customers · 30.00 EUR"]);
    assert!(!can.has_come(REFRESH));

    // Whoever cannot be told is answered when they are there.
    let mut cannot = session(&folder, json!({}));
    cannot.open(&file, &program(7));
    assert_eq!(above_step(&mut cannot, &file), ["3 customers · 30.00 EUR"]);
    cannot.change(&file, 2, &program(20));
    assert_eq!(above_step(&mut cannot, &file), ["never reached"]);
    assert!(!cannot.has_come(REFRESH));
}

#[test]
fn nothing_is_run_for_an_editor_that_does_not_ask() {
    let (folder, file) = company(3);
    let mut session = session(&folder, modern());
    session.open(&file, &program(7));
    session.findings(&file, Some(1));
    thread::sleep(Duration::from_millis(400));
    assert_eq!(session.lens(None)["begun"], 0);
}

#[test]
fn the_last_numbers_stand_until_there_are_new_ones() {
    let (folder, file) = company(3);
    let mut session = session(&folder, modern());
    session.open(&file, &program(7));
    assert_eq!(settled(&mut session, &file), ["3 customers · 30.00 EUR"]);

    session.change(&file, 2, &program(20));
    assert_eq!(above_step(&mut session, &file), ["3 customers · 30.00 EUR"]);
    assert_eq!(settled(&mut session, &file), ["never reached"]);

    // The text does not jump while somebody writes what is not yet right.
    session.change(&file, 3, &program(20).replace("at day", "at dya"));
    assert_eq!(settled(&mut session, &file), ["never reached · before the error"]);
    session.change(&file, 4, &program(20));
    assert_eq!(settled(&mut session, &file), ["never reached"]);

    // Nor while a name is written; a line goes with its step, and a step more has none yet.
    session.change(&file, 5, &program(7));
    assert_eq!(settled(&mut session, &file), ["3 customers · 30.00 EUR"]);
    session.change(&file, 6, &program(20).replace("reminder", "other"));
    assert_eq!(above_step(&mut session, &file), ["3 customers · 30.00 EUR"]);
    assert_eq!(settled(&mut session, &file), ["never reached"]);
    let one_more = "    step early at day 1 { call customer }\n    step other";
    session.change(&file, 7, &program(20).replace("    step reminder", one_more));
    assert_eq!(above_step(&mut session, &file), Vec::<String>::new());
    assert_eq!(settled(&mut session, &file), ["3 customers · 30.00 EUR"]);
}

#[test]
fn ledger_settings_and_date_are_looked_at_again() {
    let (folder, file) = company(3);
    let root = folder.path();
    let mut session = session(&folder, modern());
    session.open(&file, &program(7));
    assert_eq!(settled(&mut session, &file), ["3 customers · 30.00 EUR"]);
    let told = |session: &mut Session, path: &str| {
        let changes = json!([{ "uri": uri(&root.join(path)), "type": 2 }]);
        session.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    };

    let ledger = fs::read_to_string(root.join("ledger/documents.csv")).expect("a file");
    write(root, "ledger/documents.csv", &ledger.replace("10.00,10.00", "20.00,20.00"));
    told(&mut session, "ledger/documents.csv");
    assert_eq!(settled(&mut session, &file), ["3 customers · 60.00 EUR"]);

    write(root, "dunlin.toml", "date = \"2026-02-21\"\n");
    told(&mut session, "dunlin.toml");
    assert_eq!(settled(&mut session, &file), ["never reached"]);

    let settings = json!({ "settings": { "dunlin": { "lens": { "date": "2026-03-01" } } } });
    session.notify("workspace/didChangeConfiguration", settings);
    assert_eq!(settled(&mut session, &file), ["3 customers · 60.00 EUR"]);

    // A table that was not there when the ledger was read.
    write(root, "ledger/holds.csv", "customer,document,from,until,reason,freezes\nC1,,,,,no\n");
    told(&mut session, "ledger/holds.csv");
    assert_eq!(settled(&mut session, &file), ["2 customers · 40.00 EUR"]);
}

/// Otherwise there would be nothing to see, and nobody would know why.
#[test]
fn a_document_that_there_is_not_is_said_once() {
    const SAID: &str = "window/showMessage";
    let (folder, file) = company(12);
    let mut session = session(&folder, modern());
    session.open(&file, &program(7));
    let hints = |session: &mut Session| {
        let all = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
        let parameters = json!({ "textDocument": { "uri": file }, "range": all });
        session.request("textDocument/inlayHint", parameters)["result"].as_array().map_or(0, Vec::len)
    };
    hints(&mut session);
    let choose = |session: &mut Session, document: &str| {
        let settings = json!({ "settings": { "dunlin": { "inlayHints": { "document": document } } } });
        session.notify("workspace/didChangeConfiguration", settings);
    };
    choose(&mut session, "F122");
    let said = session.wait_for(|message| message["method"] == SAID)["params"].clone();
    let text = "no dates are shown beside steps: the ledger has no document `F122`; did you mean `F12`?";
    assert_eq!(said, json!({ "type": 2, "message": text }));
    session.change(&file, 2, &program(8));
    session.lens_is_idle();
    choose(&mut session, "F12");
    session.lens_is_idle();
    assert_eq!(hints(&mut session), 1);
    assert!(!session.has_come(SAID));
}

#[test]
fn what_the_journal_says_counts() {
    let (folder, file) = company(3);
    let root = folder.path();
    let mut session = session(&folder, modern());
    session.open(&file, &program(7));
    assert_eq!(settled(&mut session, &file), ["3 customers · 30.00 EUR"]);

    let path = root.join(".dunlin/journal.db");
    fs::create_dir_all(root.join(".dunlin")).expect("a folder");
    let mut journal = journal::open(&Location::File(path.clone())).expect("a journal");
    let entry = Entry {
        customer: Some("C1".to_owned()),
        procedure: Some("standard".to_owned()),
        step: Some("reminder".to_owned()),
        recorded_at: "2026-03-01T00:00:00Z".to_owned(),
        ..Entry::new(Event::Done, Date::new(2026, 3, 1).expect("a date"))
    };
    assert_eq!(journal.append(0, &[entry]), Ok(Appended::Added));
    drop(journal);
    let changes = json!([{ "uri": uri(&path), "type": 1 }]);
    session.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    assert_eq!(settled(&mut session, &file), ["2 customers · 20.00 EUR"]);

    fs::write(&path, "this is no journal").expect("a file");
    session.change(&file, 2, &(program(7) + "\n"));
    settled(&mut session, &file);
    let answer = session.request("textDocument/codeLens", json!({ "textDocument": { "uri": file } }));
    let title = answer["result"][0]["command"]["title"].as_str().expect("a title").to_owned();
    assert!(title.starts_with("no numbers: ") && title.contains("is no journal"), "{title}");
    assert_eq!(answer["result"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_commit_is_the_new_measure() {
    let (folder, file) = company(3);
    let root = folder.path();
    commit(root);
    let mut session = session(&folder, modern());
    session.open(&file, &program(20));
    assert_eq!(settled(&mut session, &file), ["never reached", "−3 against the last commit"]);

    write(root, "main.proc", &program(20));
    commit(root);
    let changes = json!([{ "uri": uri(&root.join(".git/logs/HEAD")), "type": 2 }]);
    session.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    assert_eq!(settled(&mut session, &file), ["never reached"]);
}

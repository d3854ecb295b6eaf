//! Processes that are killed while they commit: afterwards each commit is there or not, and running
//! again gives exactly what lacks.

use std::fmt::Write;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use dunlin::base::Date;
use dunlin::journal::{Entry, Event};

use super::{Stage, date, dunlin};

/// The days of a company's story.
const DAYS: i64 = 25;
/// Documents that get into dispute each day: so many entries has a commit.
const DISPUTES: i64 = 12;
/// Processes that are let run before giving up on killing enough of them.
const MOST: usize = 10_000;

const PROGRAM: &str = "ledger { currency EUR }

procedure dispute for document {
    start when status = dispute
    timing after previous

    step inform after 0 days { task customer text \"call\" }
}
";

/// A company of which, day after day, some more invoices get into dispute: the first ones on 2026-03-01.
pub(super) fn company(folder: &Path) {
    let ledger = folder.join("ledger");
    fs::create_dir(&ledger).expect("a folder can be made");
    let mut documents = "id,customer,issue_date,due_date,amount\n".to_owned();
    let mut statuses = "document,date,status\n".to_owned();
    for document in 0..DAYS * DISPUTES {
        let _ = writeln!(documents, "F{document},C1,2025-01-01,2025-02-01,100");
        let _ = writeln!(statuses, "F{document},{},dispute", day(document / DISPUTES));
    }
    let files = [
        (folder.join("dispute.proc"), PROGRAM),
        (ledger.join("customers.csv"), "id\nC1\n"),
        (ledger.join("documents.csv"), &documents),
        (ledger.join("status_history.csv"), &statuses),
    ];
    for (path, text) in files {
        fs::write(path, text).expect("a file can be written");
    }
}

fn day(number: i64) -> Date {
    date("2026-03-01").plus_days(number).expect("a day")
}

/// The process that commits the run of a day and is killed.
fn committing(stage: &Stage, number: i64) -> Command {
    let mut command = dunlin(stage.folder.path());
    command.args(["run", "--commit", "--format", "csv", "--date", &day(number).to_string(), "--journal", &stage.place]);
    command.env("SOURCE_DATE_EPOCH", "1772400000").stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

#[test]
fn a_killed_process_leaves_whole_commits_in_a_file() {
    killed(500, || Some(Stage::file()));
}

#[test]
fn a_killed_process_leaves_whole_commits_in_a_database() {
    killed(100, Stage::postgres);
}

/// What the journal holds when nobody is killed.
fn undisturbed() -> Vec<Entry> {
    let stage = Stage::file();
    company(stage.folder.path());
    for number in 0..DAYS {
        assert!(committing(&stage, number).status().expect("dunlin starts").success());
    }
    let entries = stage.entries();
    assert_eq!(entries.len() as i64, DAYS * (DISPUTES + 1), "each day starts its disputes and is committed");
    entries
}

fn killed(kills: usize, new: impl Fn() -> Option<Stage>) {
    let wanted = undisturbed();
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    // About how long a process takes, in microseconds; found out on the way.
    let mut usual: u64 = 20_000;
    let (mut killed, mut started, mut half_written) = (0, 0, 0);
    while killed < kills {
        let Some(stage) = new() else { return };
        company(stage.folder.path());
        let mut number = 0;
        while killed < kills && number < DAYS {
            let mut child = committing(&stage, number).spawn().expect("dunlin starts");
            std::thread::sleep(Duration::from_micros(usual / 4 + dice.throw(usual)));
            child.kill().expect("the process can be killed");
            let status = child.wait().expect("the process ends");
            let was_killed = status.signal() == Some(9);
            assert!(was_killed || status.success(), "{status}");
            killed += usize::from(was_killed);
            usual = if was_killed { usual + usual / 50 } else { usual - usual / 20 };
            started += 1;
            assert!(started < MOST, "only {killed} of {started} processes were killed");
            half_written +=
                usize::from(fs::metadata(format!("{}-journal", stage.place)).is_ok_and(|file| file.len() > 0));

            let entries = stage.entries();
            assert_eq!(entries, wanted[..entries.len()], "after {killed} kills");
            let last = entries.last().map(|last| (last.event, last.date));
            let is_whole = last == Some((Event::Committed, day(number)));
            let is_absent = last == (number > 0).then(|| (Event::Committed, day(number - 1)));
            assert!(is_whole || is_absent, "a part of the commit of {} is there: {last:?}", day(number));
            assert!(was_killed || is_whole, "a process that was not killed did its work");
            number += i64::from(is_whole);
        }
        for number in number..DAYS {
            assert!(committing(&stage, number).status().expect("dunlin starts").success());
        }
        assert_eq!(stage.entries(), wanted, "running again gives exactly the rest");
        if !stage.place.starts_with("postgres") && killed >= kills {
            assert!(half_written > 0, "none of {killed} processes was killed while it wrote");
        }
    }
}

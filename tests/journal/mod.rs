//! The journal (S25) under hard conditions: writers at once, crashes, a full disk, earlier and later versions.

mod crash;
mod disk;
mod files;
mod refused;
mod server;
mod together;
mod versions;

use std::path::Path;
use std::process::{Command, Output, Stdio};

use dunlin::base::{Currency, Date};
use dunlin::journal::{self, Entry, Event, Journal, Location, RowKey};

/// A journal that a test works on, for itself.
struct Stage {
    /// Where it lies, as the command line takes it.
    place: String,
    /// A folder for the files of the test.
    folder: tempfile::TempDir,
}

impl Stage {
    /// A journal in a file, which is not there yet.
    fn file() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let place = folder.path().join(Location::USUAL).display().to_string();
        Self { place, folder }
    }

    /// A journal in an empty database; none where there is no server.
    fn postgres() -> Option<Self> {
        let place = server::Server::running()?.database();
        Some(Self { place, folder: tempfile::tempdir().expect("a folder for the test") })
    }

    /// Both stores, or only the file where there is no server.
    fn both() -> Vec<Self> {
        [Some(Self::file()), Self::postgres()].into_iter().flatten().collect()
    }

    fn location(&self) -> Location {
        Location::parse(&self.place)
    }

    fn open(&self) -> Box<dyn Journal> {
        journal::open(&self.location()).expect("the journal can be opened")
    }

    /// What the journal holds; nothing where there is none.
    fn entries(&self) -> Vec<Entry> {
        let journal = journal::open_existing(&self.location()).expect("the journal can be opened");
        journal.map_or_else(Vec::new, |mut journal| journal.entries().expect("the journal can be read"))
    }

    /// Runs `dunlin journal … --journal PLACE` in the folder of the test.
    fn dunlin(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("dunlin starts")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = dunlin(self.folder.path());
        command.arg("journal").args(arguments).args(["--journal", &self.place]);
        command
    }

    /// Writes a file of entries and says where.
    fn export(&self, name: &str, entries: &[Entry]) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, csv(entries)).expect("the file can be written");
        path.display().to_string()
    }
}

fn dunlin(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dunlin"));
    command.current_dir(folder).env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

fn csv(entries: &[Entry]) -> Vec<u8> {
    journal::text::to_csv(entries).expect("entries can be written")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn date(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

/// As many entries of different kinds, numbered from 1; `name` tells them from those of other calls.
fn sample(name: &str, number: u64) -> Vec<Entry> {
    let of = |number: u64| {
        let event = if number % 3 == 1 { Event::Started } else { Event::Done };
        let row = RowKey {
            id: format!("{number:016x}"),
            position: 1,
            action: "call".to_owned(),
            recipient: "customer".to_owned(),
            currency: Some(Currency::EUR),
            of: 2,
        };
        Entry {
            number,
            recorded_at: "2026-03-02T06:00:11Z".to_owned(),
            customer: Some(format!("C{number}")),
            procedure: Some("standard".to_owned()),
            step: Some("call_1".to_owned()).filter(|_| event == Event::Done),
            row: Some(row).filter(|_| event == Event::Done),
            since: Some(date("2026-02-28")),
            reason: Some(name.to_owned()),
            ..Entry::new(event, date("2026-03-02"))
        }
    };
    (1..=number).map(of).collect()
}

/// Says on the terminal, past the test harness, that something was not tested.
fn tell_skipped(what: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "\nNOT TESTED: {what}");
}

//! Journals of earlier versions open, those of later ones are refused, and so is what is no journal.

use std::fs;

use dunlin::journal::Entry;
use rusqlite::Connection;

use super::server::Server;
use super::{Stage, sample, text};

/// A journal of version 1, as SQL. Never to be changed: such files are out there.
const FILE_OF_VERSION_1: &str = include_str!("../journals/version_1.sqlite.sql");
const DATABASE_OF_VERSION_1: &str = include_str!("../journals/version_1.postgres.sql");
/// What they hold, as today's version sees it.
const EXPORT_OF_VERSION_1: &str = include_str!("../journals/version_1.csv");

fn file_of_version_1() -> Stage {
    let stage = Stage { place: String::new(), ..Stage::file() };
    let place = stage.folder.path().join("journal.db").display().to_string();
    Connection::open(&place).and_then(|file| file.execute_batch(FILE_OF_VERSION_1)).expect("a journal of version 1");
    Stage { place, ..stage }
}

fn database_of_version_1() -> Option<Stage> {
    let stage = Stage::postgres()?;
    let database = stage.place.rsplit_once('/').expect("the name of a database").1;
    Server::running()?.client(database).batch_execute(DATABASE_OF_VERSION_1).expect("a journal of version 1");
    Some(stage)
}

/// The version of the layout.
fn version(stage: &Stage) -> i32 {
    if let Some((_, database)) = stage.place.strip_prefix("postgres://").and_then(|rest| rest.rsplit_once('/')) {
        let mut client = Server::running().expect("a server").client(database);
        return client.query_one("SELECT version FROM dunlin_journal_version", &[]).expect("a version").get(0);
    }
    let file = Connection::open(&stage.place).expect("a file");
    file.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version")
}

#[test]
fn an_earlier_version_is_read_as_it_is_and_upgraded_by_the_first_write() {
    for stage in [Some(file_of_version_1()), database_of_version_1()].into_iter().flatten() {
        let before = fs::read(&stage.place).ok();
        let output = stage.dunlin(&["export"]);
        assert_eq!(text(&output.stdout), EXPORT_OF_VERSION_1, "{}", text(&output.stderr));
        assert_eq!(version(&stage), 1, "reading changes nothing");
        assert_eq!(fs::read(&stage.place).ok(), before, "reading changes nothing");
        let old = stage.entries();

        let new: Vec<Entry> = sample("new", 3);
        assert!(stage.dunlin(&["import", &stage.export("new.csv", &new)]).status.success());
        assert_eq!(version(&stage), 2);
        let entries = stage.entries();
        assert_eq!(entries[..old.len()], old);
        assert_eq!(entries[old.len()..].iter().map(|entry| entry.number).collect::<Vec<_>>(), [5, 6, 7]);
    }
}

#[test]
fn appending_alone_upgrades_too() {
    for stage in [Some(file_of_version_1()), database_of_version_1()].into_iter().flatten() {
        let mut journal = dunlin::journal::open_existing(&stage.location()).expect("it opens").expect("it is there");
        assert_eq!(journal.append(4, &sample("new", 1)).expect("added"), dunlin::journal::Appended::Added);
        assert_eq!(version(&stage), 2);
        assert_eq!(stage.entries().len(), 5);
    }
}

#[test]
fn a_later_version_is_refused_and_left_alone() {
    for stage in Stage::both() {
        let file = stage.export("few.csv", &sample("few", 3));
        assert!(stage.dunlin(&["import", &file]).status.success());
        if let Some((_, database)) = stage.place.strip_prefix("postgres://").and_then(|rest| rest.rsplit_once('/')) {
            let mut client = Server::running().expect("a server").client(database);
            client.batch_execute("UPDATE dunlin_journal_version SET version = 7").expect("a later version");
        } else {
            let later = Connection::open(&stage.place).and_then(|file| file.pragma_update(None, "user_version", 7));
            later.expect("a later version");
        }
        let before = fs::read(&stage.place).ok();
        for arguments in [&["list"][..], &["export"], &["import", &file]] {
            let output = stage.dunlin(arguments);
            let error = text(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{error}");
            let wanted = "was written by a later dunlin: it has version 7, and this dunlin knows 2\n  \
                          help: update dunlin; the journal was not changed\n";
            assert!(error.ends_with(wanted), "{error}");
            assert_eq!(text(&output.stdout), "");
        }
        assert_eq!(fs::read(&stage.place).ok(), before);
    }
}

#[test]
fn what_is_no_journal_is_refused_and_left_alone() {
    let stage = Stage::file();
    let file = stage.export("few.csv", &sample("few", 3));
    let folder = stage.folder.path();
    fs::write(folder.join("notes.txt"), "Dear diary, today I have seen a dunlin. ".repeat(10)).expect("a file");
    let other = Connection::open(folder.join("other.db")).expect("a file");
    other.execute_batch("CREATE TABLE mine (a); INSERT INTO mine VALUES (1)").expect("a table");
    drop(other);
    fs::create_dir(folder.join("folder.db")).expect("a folder");
    for name in ["notes.txt", "other.db", "folder.db"] {
        let stage =
            Stage { place: folder.join(name).display().to_string(), folder: tempfile::tempdir().expect("a folder") };
        let before = fs::read(&stage.place).ok();
        for arguments in [&["list"][..], &["import", &file]] {
            let output = stage.dunlin(arguments);
            let error = text(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{name}: {error}");
            assert!(error.contains("is no journal\n"), "{name}: {error}");
        }
        assert_eq!(fs::read(&stage.place).ok(), before, "{name}");
    }
}

#[test]
fn a_damaged_journal_is_an_error() {
    let stage = Stage::file();
    assert!(stage.dunlin(&["import", &stage.export("many.csv", &sample("many", 2_000))]).status.success());
    let whole = fs::read(&stage.place).expect("the journal");
    let mut torn = whole.clone();
    torn.truncate(whole.len() / 2);
    let mut scratched = whole;
    scratched[8192..12288].fill(0xA5);
    for damaged in [torn, scratched] {
        fs::write(&stage.place, damaged).expect("the file can be written");
        let output = stage.dunlin(&["export"]);
        let error = text(&output.stderr);
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), String::new()), "{error}");
        assert!(error.contains("is damaged: "), "{error}");
    }
}

#[test]
fn entries_are_neither_changed_nor_deleted() {
    for stage in Stage::both() {
        assert!(stage.dunlin(&["import", &stage.export("few.csv", &sample("few", 3))]).status.success());
        let before = stage.entries();
        if let Some((_, database)) = stage.place.strip_prefix("postgres://").and_then(|rest| rest.rsplit_once('/')) {
            let mut client = Server::running().expect("a server").client(database);
            for change in
                ["UPDATE dunlin_journal SET reason = 'x'", "DELETE FROM dunlin_journal", "TRUNCATE dunlin_journal"]
            {
                let error = client.batch_execute(change).expect_err("it is refused");
                assert!(
                    error.as_db_error().is_some_and(|error| error.message().contains("neither changed nor deleted"))
                );
            }
        } else {
            let file = Connection::open(&stage.place).expect("the journal");
            for change in [
                "UPDATE entries SET reason = 'x'",
                "DELETE FROM entries",
                "INSERT INTO entries (number, date, event) VALUES (9, '', '')",
            ] {
                let error = file.execute_batch(change).expect_err("it is refused").to_string();
                assert!(error.contains("entries of a journal are"), "{error}");
            }
        }
        assert_eq!(stage.entries(), before);
    }
}

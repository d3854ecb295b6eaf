//! The journal in a file: an SQLite database with one table, to which entries are only ever added.
//!
//! It keeps a rollback journal and not a write-ahead log: then the journal is one file, which can be
//! copied and which can be read in a folder that is read-only. With `synchronous = EXTRA` what was
//! committed outlives a failure of the power.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior, params_from_iter};

use super::columns::{self, COLUMNS, Cell, WIDTH};
use super::{Appended, Entry, Journal, JournalError, Location, Problem};

/// What tells a journal from any other database: `Dunl`.
const APPLICATION: u32 = 0x4475_6E6C;

/// How long to wait for somebody else who is writing.
const PATIENCE: Duration = Duration::from_secs(30);

/// The way from each version of the layout to the next: the first makes version 1 of an empty file.
/// A released step is never changed; a new layout is a new step.
const MIGRATIONS: &[&str] = &[
    // The first builds did not note when an entry was written down.
    r#"CREATE TABLE entries (
        "number" INTEGER PRIMARY KEY CHECK ("number" > 0),
        "date" TEXT NOT NULL,
        "event" TEXT NOT NULL,
        "customer" TEXT,
        "document" TEXT,
        "procedure" TEXT,
        "step" TEXT,
        "row" TEXT,
        "position" INTEGER,
        "action" TEXT,
        "recipient" TEXT,
        "currency" TEXT,
        "rows" INTEGER,
        "since" TEXT,
        "until" TEXT,
        "result" TEXT,
        "by" TEXT,
        "reason" TEXT,
        "undoes" INTEGER
    ) STRICT"#,
    r#"ALTER TABLE entries ADD COLUMN "recorded_at" TEXT;
    CREATE TRIGGER entries_stay BEFORE DELETE ON entries
        BEGIN SELECT raise(ABORT, 'entries of a journal are not deleted'); END;
    CREATE TRIGGER entries_stand BEFORE UPDATE ON entries
        BEGIN SELECT raise(ABORT, 'entries of a journal are not changed'); END;
    CREATE TRIGGER entries_follow BEFORE INSERT ON entries
        WHEN new."number" <> (SELECT coalesce(max("number"), 0) + 1 FROM entries)
        BEGIN SELECT raise(ABORT, 'entries of a journal are only added at its end'); END"#,
];

/// A journal in a file.
pub(super) struct Sqlite {
    location: Location,
    connection: Connection,
}

/// Opens the journal at `path`; makes it, and its folder, where there is none.
pub(super) fn open(path: &Path) -> Result<Sqlite, Problem> {
    make_folder(path)?;
    let mut store = connect(path, OpenFlags::SQLITE_OPEN_CREATE)?;
    if version(&store.connection)? < newest() {
        let transaction = store.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        upgrade(&transaction)?;
        transaction.commit()?;
    }
    Ok(store)
}

/// Opens the journal at `path`, if there is one. An earlier version stays as it is until it is written to.
pub(super) fn open_existing(path: &Path) -> Result<Option<Sqlite>, Problem> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
        Ok(found) if found.is_dir() => return Err(Problem::NotAJournal),
        Ok(_) => {}
    }
    // Not read-only: what a process that was killed has left half done is taken back on opening.
    let store = connect(path, OpenFlags::empty())?;
    version(&store.connection)?;
    Ok(Some(store))
}

fn connect(path: &Path, extra: OpenFlags) -> Result<Sqlite, Problem> {
    if path.is_dir() {
        return Err(Problem::NotAJournal);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | extra;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    Ok(Sqlite { location: Location::File(path.to_owned()), connection })
}

/// Makes the folder of a journal. The usual one is kept out of git.
fn make_folder(path: &Path) -> Result<(), Problem> {
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) else { return Ok(()) };
    fs::create_dir_all(folder)?;
    let usual = Path::new(Location::USUAL).parent().and_then(Path::file_name);
    let ignored = folder.join(".gitignore");
    if folder.file_name() == usual && !path.exists() && !ignored.exists() {
        fs::write(ignored, "*\n")?;
    }
    Ok(())
}

fn newest() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX)
}

/// The version of the layout; 0 for an empty file.
fn version(connection: &Connection) -> Result<u32, Problem> {
    let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let is_empty = || connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get::<_, bool>(0));
    let version = u32::try_from(version).map_err(|_| Problem::NotAJournal)?;
    if application == i64::from(APPLICATION) && version > 0 {
        if version > newest() { Err(Problem::Newer { found: version, known: newest() }) } else { Ok(version) }
    } else if application == 0 && version == 0 && is_empty()? {
        Ok(0)
    } else {
        Err(Problem::NotAJournal)
    }
}

/// Brings a journal to the newest version. Inside of a transaction, so that it is all or nothing.
fn upgrade(connection: &Connection) -> Result<(), Problem> {
    let version = version(connection)?;
    if version == newest() {
        return Ok(());
    }
    for step in MIGRATIONS.iter().skip(version as usize) {
        connection.execute_batch(step)?;
    }
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", newest())?;
    Ok(())
}

impl Journal for Sqlite {
    fn entries(&mut self) -> Result<Vec<Entry>, JournalError> {
        self.read().map_err(|problem| JournalError::new(&self.location, problem))
    }

    fn append(&mut self, head: u64, entries: &[Entry]) -> Result<Appended, JournalError> {
        self.write(head, entries).map_err(|problem| JournalError::new(&self.location, problem))
    }
}

impl Sqlite {
    fn read(&mut self) -> Result<Vec<Entry>, Problem> {
        let transaction = self.connection.transaction()?;
        if version(&transaction)? == newest() {
            return entries(&transaction);
        }
        // An earlier version is read as it would be after the upgrade, which happens in a copy.
        let mut copy = Connection::open_in_memory()?;
        Backup::new(&transaction, &mut copy)?.run_to_completion(i32::MAX, Duration::ZERO, None)?;
        upgrade(&copy)?;
        entries(&copy)
    }

    fn write(&mut self, head: u64, entries: &[Entry]) -> Result<Appended, Problem> {
        // The lock is taken before the last number is read: until the end nobody else can add one.
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        upgrade(&transaction)?;
        let last: i64 = transaction.query_row("SELECT coalesce(max(number), 0) FROM entries", [], |row| row.get(0))?;
        if u64::try_from(last) != Ok(head) {
            return Ok(Appended::Moved);
        }
        let places = vec!["?"; WIDTH].join(", ");
        let mut insert = transaction.prepare(&format!("INSERT INTO entries ({}) VALUES ({places})", names()))?;
        for (number, entry) in (head + 1..).zip(entries) {
            let numbered = [Cell::Number(number)].into_iter().chain(columns::cells(entry).into_iter().skip(1));
            insert.execute(params_from_iter(numbered.map(value)))?;
        }
        drop(insert);
        transaction.commit()?;
        Ok(Appended::Added)
    }
}

fn names() -> String {
    COLUMNS.map(|name| format!("\"{name}\"")).join(", ")
}

fn value(cell: Cell<'_>) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Number(number) => i64::try_from(number).map_or(Value::Null, Value::Integer),
        Cell::Text(text) => Value::Text(text.into_owned()),
    }
}

fn entries(connection: &Connection) -> Result<Vec<Entry>, Problem> {
    let mut query = connection.prepare(&format!("SELECT {} FROM entries ORDER BY number", names()))?;
    let mut rows = query.query([])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        let mut cells = [const { Cell::Empty }; WIDTH];
        for (at, cell) in cells.iter_mut().enumerate() {
            *cell = match row.get_ref(at)? {
                ValueRef::Integer(number) => u64::try_from(number).map_or(Cell::Empty, Cell::Number),
                ValueRef::Text(text) => Cell::text(String::from_utf8_lossy(text)),
                _ => Cell::Empty,
            };
        }
        entries.push(columns::stored(cells)?);
    }
    Ok(entries)
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        let Some(code) = error.sqlite_error_code() else { return Self::Failed(error.to_string()) };
        match code {
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::ReadOnly => Self::ReadOnly,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::NotADatabase => Self::NotAJournal,
            ErrorCode::DatabaseCorrupt => Self::Damaged("its pages contradict each other".to_owned()),
            ErrorCode::PermissionDenied => Self::NoAccess("permission denied".to_owned()),
            ErrorCode::CannotOpen => Self::NoAccess("its folder or file cannot be read or written".to_owned()),
            ErrorCode::SystemIoFailure => Self::Failed("the disk cannot be read or written there".to_owned()),
            _ => Self::Failed(error.to_string()),
        }
    }
}

//! The journal in a PostgreSQL database, for teams: one table, to which entries are only ever added.
//!
//! The tables lie in the first schema of the `search_path`, so that one database can hold the journals
//! of several programs. Whoever adds entries holds a lock; who may only `SELECT` and `INSERT` can work.

mod connection;

use postgres::error::SqlState;
use postgres::types::ToSql;
use postgres::{Client, GenericClient};

use super::columns::{self, COLUMNS, Cell, WIDTH};
use super::{Appended, Entry, Journal, JournalError, Location, Problem};

/// The first half of the number of our locks, which tells them from those of other programs: `Dunl`.
const APPLICATION: i32 = 0x4475_6E6C;

/// How many entries go to the server at once.
const CHUNK: usize = 10_000;

/// The way from each version of the layout to the next: the first makes version 1 of nothing.
/// A released step is never changed; a new layout is a new step.
const MIGRATIONS: &[&str] = &[
    // The first builds did not note when an entry was written down.
    r#"CREATE TABLE dunlin_journal_version ("version" integer NOT NULL);
    CREATE TABLE dunlin_journal (
        "number" bigint PRIMARY KEY CHECK ("number" > 0),
        "date" text NOT NULL,
        "event" text NOT NULL,
        "customer" text,
        "document" text,
        "procedure" text,
        "step" text,
        "row" text,
        "position" bigint,
        "action" text,
        "recipient" text,
        "currency" text,
        "rows" bigint,
        "since" text,
        "until" text,
        "result" text,
        "by" text,
        "reason" text,
        "undoes" bigint
    )"#,
    r#"ALTER TABLE dunlin_journal ADD COLUMN "recorded_at" text;
    CREATE FUNCTION dunlin_journal_stays() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'entries of a journal are neither changed nor deleted'; END $$;
    CREATE TRIGGER dunlin_journal_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON dunlin_journal
        FOR EACH STATEMENT EXECUTE FUNCTION dunlin_journal_stays()"#,
];

/// A journal in a database.
pub(super) struct Postgres {
    location: Location,
    client: Client,
}

/// Opens the journal in the database at `address`; makes its tables where there are none.
pub(super) fn open(address: &str) -> Result<Postgres, Problem> {
    let mut store = connect(address)?;
    if version(&mut store.client)? < newest() {
        let mut transaction = store.client.transaction()?;
        upgrade(&mut transaction)?;
        transaction.commit()?;
    }
    Ok(store)
}

/// Opens the journal in the database at `address`, if there is one.
/// An earlier version stays as it is until it is written to.
pub(super) fn open_existing(address: &str) -> Result<Option<Postgres>, Problem> {
    let mut store = connect(address)?;
    let version = version(&mut store.client)?;
    Ok(Some(store).filter(|_| version > 0))
}

fn connect(address: &str) -> Result<Postgres, Problem> {
    let client = connection::open(address)?;
    Ok(Postgres { location: Location::Postgres(address.to_owned()), client })
}

fn newest() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX)
}

/// The version of the layout; 0 where there is no journal.
fn version(client: &mut impl GenericClient) -> Result<u32, Problem> {
    // Not `to_regclass`: within a transaction that may still answer from before the lock.
    let find =
        "SELECT EXISTS (SELECT FROM pg_class WHERE relname = 'dunlin_journal_version' AND pg_table_is_visible(oid))";
    if !client.query_one(find, &[])?.try_get::<_, bool>(0)? {
        return Ok(0);
    }
    let row = client.query_opt("SELECT max(version) FROM dunlin_journal_version", &[])?;
    let version = row.map(|row| row.try_get::<_, Option<i32>>(0)).transpose()?.flatten();
    let version = version.and_then(|version| u32::try_from(version).ok()).ok_or(Problem::NotAJournal)?;
    if version > newest() { Err(Problem::Newer { found: version, known: newest() }) } else { Ok(version) }
}

/// Waits until nobody else is adding to the journal, and keeps others waiting until the transaction ends.
fn lock(client: &mut impl GenericClient) -> Result<(), Problem> {
    // Journals in several schemas of a database do not wait for each other.
    let own = "SELECT pg_advisory_xact_lock($1, hashtext(current_schema()))";
    client.execute(own, &[&APPLICATION]).map(drop).map_err(Problem::from)
}

/// Brings a journal to the newest version. Inside of a transaction, so that it is all or nothing.
fn upgrade(client: &mut impl GenericClient) -> Result<(), Problem> {
    lock(client)?;
    let version = version(client)?;
    if version == newest() {
        return Ok(());
    }
    for step in MIGRATIONS.iter().skip(version as usize) {
        client.batch_execute(step)?;
    }
    client.batch_execute("DELETE FROM dunlin_journal_version")?;
    let newest = i32::try_from(newest()).unwrap_or(i32::MAX);
    client.execute("INSERT INTO dunlin_journal_version VALUES ($1)", &[&newest])?;
    Ok(())
}

impl Journal for Postgres {
    fn entries(&mut self) -> Result<Vec<Entry>, JournalError> {
        self.read().map_err(|problem| JournalError::new(&self.location, problem))
    }

    fn append(&mut self, head: u64, entries: &[Entry]) -> Result<Appended, JournalError> {
        self.write(head, entries).map_err(|problem| JournalError::new(&self.location, problem))
    }
}

impl Postgres {
    fn read(&mut self) -> Result<Vec<Entry>, Problem> {
        let mut transaction = self.client.transaction()?;
        match version(&mut transaction)? {
            0 => return Ok(Vec::new()),
            // An earlier version is read as it would be after the upgrade, which is then taken back.
            version if version < newest() => upgrade(&mut transaction)?,
            _ => {}
        }
        let rows = transaction.query(&format!("SELECT {} FROM dunlin_journal ORDER BY number", names()), &[])?;
        rows.iter().map(entry).collect()
    }

    fn write(&mut self, head: u64, entries: &[Entry]) -> Result<Appended, Problem> {
        let mut transaction = self.client.transaction()?;
        upgrade(&mut transaction)?;
        let last = transaction.query_one("SELECT coalesce(max(number), 0) FROM dunlin_journal", &[])?;
        if u64::try_from(last.try_get::<_, i64>(0)?) != Ok(head) {
            return Ok(Appended::Moved);
        }
        let statement = transaction.prepare(&insertion())?;
        for (from, chunk) in (head + 1..).step_by(CHUNK).zip(entries.chunks(CHUNK)) {
            let lists = lists(from, chunk);
            let parameters: Vec<&(dyn ToSql + Sync)> = lists.iter().map(List::parameter).collect();
            match transaction.execute(&statement, &parameters) {
                Ok(_) => {}
                // Somebody who sees the same table through another `search_path` holds another lock.
                Err(error) if error.code() == Some(&SqlState::UNIQUE_VIOLATION) => return Ok(Appended::Moved),
                Err(error) => return Err(error.into()),
            }
        }
        transaction.commit()?;
        Ok(Appended::Added)
    }
}

fn names() -> String {
    COLUMNS.map(|name| format!("\"{name}\"")).join(", ")
}

/// Adds many entries at once, one list for each column.
fn insertion() -> String {
    let list = |(place, name): (usize, &&str)| {
        let of = if columns::is_number(name) { "bigint" } else { "text" };
        format!("${place}::{of}[]")
    };
    let lists: Vec<String> = (1..).zip(&COLUMNS).map(list).collect();
    format!("INSERT INTO dunlin_journal ({}) SELECT * FROM unnest({})", names(), lists.join(", "))
}

/// The cells of a column.
enum List {
    Numbers(Vec<Option<i64>>),
    Texts(Vec<Option<String>>),
}

impl List {
    fn parameter(&self) -> &(dyn ToSql + Sync) {
        match self {
            Self::Numbers(numbers) => numbers,
            Self::Texts(texts) => texts,
        }
    }

    fn push(&mut self, cell: Cell<'_>) {
        match (self, cell) {
            (Self::Numbers(numbers), Cell::Number(number)) => numbers.push(i64::try_from(number).ok()),
            (Self::Numbers(numbers), _) => numbers.push(None),
            (Self::Texts(texts), Cell::Text(text)) => texts.push(Some(text.into_owned())),
            (Self::Texts(texts), _) => texts.push(None),
        }
    }
}

fn lists(from: u64, entries: &[Entry]) -> Vec<List> {
    let empty = |name: &str| {
        if columns::is_number(name) { List::Numbers(Vec::new()) } else { List::Texts(Vec::new()) }
    };
    let mut lists: Vec<List> = COLUMNS.iter().map(|name| empty(name)).collect();
    for (number, entry) in (from..).zip(entries) {
        let numbered = [Cell::Number(number)].into_iter().chain(columns::cells(entry).into_iter().skip(1));
        for (list, cell) in lists.iter_mut().zip(numbered) {
            list.push(cell);
        }
    }
    lists
}

fn entry(row: &postgres::Row) -> Result<Entry, Problem> {
    let mut cells = [const { Cell::Empty }; WIDTH];
    for ((at, name), cell) in COLUMNS.iter().enumerate().zip(&mut cells) {
        *cell = if columns::is_number(name) {
            let number = row.try_get::<_, Option<i64>>(at)?.and_then(|number| u64::try_from(number).ok());
            number.map_or(Cell::Empty, Cell::Number)
        } else {
            Cell::text(row.try_get::<_, Option<&str>>(at)?.unwrap_or(""))
        };
    }
    columns::stored(cells)
}

//! The ledgers and journals of programs: read once and kept until their files change. Read, never written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use dunlin::base::{Date, Diagnostic, Place};
use dunlin::disk;
use dunlin::journal::{self, Entry, Location, Memory};
use dunlin::ledger::{self, Config, Files, Snapshot};
use dunlin::schema::LedgerSchema;

use super::files::{NotedFiles, Seen};

/// How many ways of reading one ledger are kept: that of the program and that of its last commit.
const KEPT: usize = 2;
/// How long what a database says is taken for what it still says.
const DATABASE: Duration = Duration::from_secs(60);

/// What the program's folder says of a day: everything that a run needs but the program.
#[derive(Debug)]
pub(crate) struct Ledger {
    /// The ledger.
    pub(crate) snapshot: Arc<Snapshot>,
    /// The journal.
    pub(crate) memory: Memory,
    /// The date of the settings.
    pub(crate) date: Option<Date>,
}

impl Ledger {
    /// The name of a customer, by id.
    pub(crate) fn name(&self, id: &str) -> Option<String> {
        let customers = &self.snapshot.customers;
        customers.find(id).and_then(|row| customers.name.get(row.0 as usize)).map(ToString::to_string)
    }
}

/// Why there is no ledger to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoLedger {
    /// There is none, and nothing says that there should be one.
    None,
    /// It cannot be read, for this reason.
    Unreadable(String),
}

/// The ledgers of all programs, by folder.
#[derive(Debug, Default)]
pub(crate) struct Books(Mutex<BTreeMap<PathBuf, Arc<Mutex<Book>>>>);

impl Books {
    /// The ledger of the program in a folder, as it stands now.
    pub(crate) fn ledger(&self, folder: &Path, schema: &LedgerSchema) -> Result<Arc<Ledger>, NoLedger> {
        let book = {
            let mut books = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(books.entry(folder.to_owned()).or_default())
        };
        // Others wait while it is read, rather than read it too.
        let mut book = book.lock().unwrap_or_else(PoisonError::into_inner);
        book.ledger(folder, schema)
    }
}

/// What was read of one folder.
#[derive(Debug, Default)]
struct Book {
    settings: Kept<Config>,
    journal: Kept<Vec<Entry>>,
    /// By schema, the last used first.
    ledgers: Vec<OfSchema>,
}

/// A ledger as a program of some schema reads it.
#[derive(Debug)]
struct OfSchema {
    schema: LedgerSchema,
    config: Arc<Config>,
    snapshot: Kept<Snapshot>,
    /// What was put together of it, and of which entries.
    whole: Option<(Arc<Vec<Entry>>, Arc<Ledger>)>,
}

/// Something that was read, and the files that it was read from.
#[derive(Debug)]
struct Kept<T> {
    read: Option<Result<Arc<T>, NoLedger>>,
    seen: Seen,
    until: Option<Instant>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { read: None, seen: Seen::default(), until: None }
    }
}

impl<T> Kept<T> {
    /// What was read, read again where its files have changed since.
    fn get(
        &mut self,
        read: impl FnOnce(&mut Seen, &mut Option<Instant>) -> Result<T, NoLedger>,
    ) -> Result<Arc<T>, NoLedger> {
        let is_fresh = self.until.is_none_or(|until| Instant::now() < until) && self.seen.are_unchanged();
        if let Some(known) = self.read.as_ref().filter(|_| is_fresh) {
            return known.clone();
        }
        self.seen = Seen::default();
        self.until = None;
        let read = read(&mut self.seen, &mut self.until).map(Arc::new);
        self.read.insert(read).clone()
    }
}

impl Book {
    fn ledger(&mut self, folder: &Path, schema: &LedgerSchema) -> Result<Arc<Ledger>, NoLedger> {
        let config = self.settings.get(|seen, _| settings(folder, seen))?;
        let entries = self.journal.get(|seen, until| entries(folder, &config, seen, until));
        let place = self.ledgers.iter().position(|known| known.schema == *schema && known.config == config);
        let mut of_schema = match place {
            Some(place) => self.ledgers.remove(place),
            None => OfSchema { schema: schema.clone(), config, snapshot: Kept::default(), whole: None },
        };
        let ledger = of_schema.ledger(folder, entries);
        self.ledgers.insert(0, of_schema);
        self.ledgers.truncate(KEPT);
        ledger
    }
}

impl OfSchema {
    fn ledger(&mut self, folder: &Path, entries: Result<Arc<Vec<Entry>>, NoLedger>) -> Result<Arc<Ledger>, NoLedger> {
        let snapshot = self.snapshot.get(|seen, _| snapshot(folder, &self.config, &self.schema, seen))?;
        let entries = entries?;
        let is_same =
            |whole: &Ledger, of: &Arc<Vec<Entry>>| Arc::ptr_eq(&whole.snapshot, &snapshot) && Arc::ptr_eq(of, &entries);
        if let Some((_, whole)) = self.whole.as_ref().filter(|(of, whole)| is_same(whole, of)) {
            return Ok(Arc::clone(whole));
        }
        let memory = Memory::new(&entries, &snapshot);
        let whole = Arc::new(Ledger { snapshot, memory, date: self.config.date });
        self.whole = Some((entries, Arc::clone(&whole)));
        Ok(whole)
    }
}

fn settings(folder: &Path, seen: &mut Seen) -> Result<Config, NoLedger> {
    seen.look(folder.join(disk::SETTINGS));
    disk::settings(disk::read(folder, disk::SETTINGS)).map_err(|findings| unreadable(&findings))
}

fn snapshot(folder: &Path, config: &Config, schema: &LedgerSchema, seen: &mut Seen) -> Result<Snapshot, NoLedger> {
    let files = NotedFiles::new(folder);
    let is_expected = config.ledger != Config::LEDGER || !config.tables.is_empty();
    let read = if files.exists(&config.ledger) || is_expected {
        ledger::read(&files, config, schema).map_err(|findings| unreadable(&findings))
    } else {
        Err(NoLedger::None)
    };
    *seen = files.seen();
    read
}

fn entries(
    folder: &Path,
    config: &Config,
    seen: &mut Seen,
    until: &mut Option<Instant>,
) -> Result<Vec<Entry>, NoLedger> {
    let location = Location::parse(config.journal.as_deref().unwrap_or(Location::USUAL)).below(folder);
    match &location {
        Location::File(path) => {
            seen.look(path.clone());
            // A program that was never run for good has no journal: then it is not asked for either, so that
            // a server without SQLite does for it.
            if !path.exists() {
                return Ok(Vec::new());
            }
        }
        Location::Postgres(_) => *until = Some(Instant::now() + DATABASE),
    }
    let read = || match journal::open_existing(&location)? {
        Some(mut journal) => journal.entries(),
        None => Ok(Vec::new()),
    };
    read().map_err(|error| NoLedger::Unreadable(error.message()))
}

/// The reason, from the findings against reading something: the first one, with its place.
fn unreadable(findings: &[Diagnostic]) -> NoLedger {
    let Some(first) = findings.first() else { return NoLedger::Unreadable("it cannot be read".to_owned()) };
    let place = first.labels.iter().find_map(|label| match &label.place {
        Place::Data(place) => Some((place.file.clone(), place.line)),
        Place::Text(_) => None,
    });
    let place = match place {
        Some((file, Some(line))) => format!(" ({file}:{line})"),
        Some((file, None)) if !first.message.contains(&file) => format!(" ({file})"),
        _ => String::new(),
    };
    let more = if findings.len() > 1 { format!(" (and {} more)", findings.len() - 1) } else { String::new() };
    NoLedger::Unreadable(format!("{}{place}{more}", first.message))
}

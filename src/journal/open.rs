//! Opening a journal: which store keeps what lies at a place.

#[cfg(not(all(feature = "sqlite", feature = "postgres")))]
use super::Problem;
use super::{Journal, JournalError, Location};

/// Opens a journal for reading and writing; what is missing is made, what is of an earlier version is upgraded.
///
/// # Errors
/// If it cannot be opened, is none, or is of a later version.
pub fn open(location: &Location) -> Result<Box<dyn Journal>, JournalError> {
    match location {
        #[cfg(feature = "sqlite")]
        Location::File(path) => super::sqlite::open(path).map(|store| Box::new(store) as Box<dyn Journal>),
        #[cfg(feature = "postgres")]
        Location::Postgres(address) => super::postgres::open(address).map(|store| Box::new(store) as Box<dyn Journal>),
        #[cfg(not(all(feature = "sqlite", feature = "postgres")))]
        _ => Err(not_built_in(location)),
    }
    .map_err(|problem| JournalError::new(location, problem))
}

/// Opens a journal that is there; `None` if there is none yet. Nothing is made and nothing changed before
/// the first [`append`](Journal::append), so it does in a folder that is read-only.
///
/// # Errors
/// If it cannot be opened, is none, or is of a later version.
pub fn open_existing(location: &Location) -> Result<Option<Box<dyn Journal>>, JournalError> {
    match location {
        #[cfg(feature = "sqlite")]
        Location::File(path) => super::sqlite::open_existing(path).map(boxed),
        #[cfg(feature = "postgres")]
        Location::Postgres(address) => super::postgres::open_existing(address).map(boxed),
        #[cfg(not(all(feature = "sqlite", feature = "postgres")))]
        _ => Err(not_built_in(location)),
    }
    .map_err(|problem| JournalError::new(location, problem))
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn boxed<J: Journal + 'static>(store: Option<J>) -> Option<Box<dyn Journal>> {
    store.map(|store| Box::new(store) as Box<dyn Journal>)
}

#[cfg(not(all(feature = "sqlite", feature = "postgres")))]
fn not_built_in(location: &Location) -> Problem {
    Problem::NotBuiltIn(match location {
        Location::File(_) => "SQLite",
        Location::Postgres(_) => "PostgreSQL",
    })
}

//! What a store of entries can do, and where one lies. No input and output here.

use std::fmt;
use std::path::{Path, PathBuf};

use super::{Entry, JournalError};

/// A journal that is open.
///
/// Whoever adds to it reads, decides, and appends to what was read. If somebody else was faster the
/// answer is [`Appended::Moved`]: read again and decide anew. So nothing is lost and nothing doubled.
pub trait Journal {
    /// Every entry, by number.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn entries(&mut self) -> Result<Vec<Entry>, JournalError>;

    /// Adds `entries`, all or none, in one transaction, if the journal still ends at the number `head`
    /// (0: it is empty). They get the numbers after it, whatever theirs say.
    ///
    /// # Errors
    /// If the store cannot be written; then nothing was added. Only if the connection is lost
    /// ([`Problem::Lost`](super::Problem::Lost)) all or nothing may have been.
    fn append(&mut self, head: u64, entries: &[Entry]) -> Result<Appended, JournalError>;
}

/// What became of entries that were to be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "entries that were not added are lost"]
pub enum Appended {
    /// All are there.
    Added,
    /// None was added, for somebody else has added to the journal meanwhile.
    Moved,
}

/// Where a journal lies.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// In a file.
    File(PathBuf),
    /// In a PostgreSQL database, as its address says.
    Postgres(String),
}

impl Location {
    /// The journal of a program where nothing else is said, seen from the program's folder.
    pub const USUAL: &'static str = ".dunlin/journal.db";

    /// Reads `postgres://…` or `postgresql://…` as a database, everything else as a file.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let is_database = ["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
        if is_database { Self::Postgres(text.to_owned()) } else { Self::File(PathBuf::from(text)) }
    }

    /// The same, a relative path seen from `folder`.
    #[must_use]
    pub fn below(self, folder: &Path) -> Self {
        match self {
            Self::File(path) if folder != Path::new(".") => Self::File(folder.join(path)),
            other => other,
        }
    }
}

/// As it is named in messages: without the password and without settings, which may hold one.
impl fmt::Display for Location {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(out, "{}", path.display()),
            Self::Postgres(address) => out.write_str(&without_password(address)),
        }
    }
}

/// As [`fmt::Display`]: a password is shown nowhere.
impl fmt::Debug for Location {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Location({self})")
    }
}

fn without_password(address: &str) -> String {
    let address = address.split('?').next().unwrap_or("");
    let Some((scheme, rest)) = address.split_once("://") else { return String::new() };
    // A password may hold `@`, a host may not.
    let Some((person, place)) = rest.rsplit_once('@') else { return format!("{scheme}://{rest}") };
    let name = person.split(':').next().unwrap_or("");
    format!("{scheme}://{name}@{place}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown() {
        let shown = |address: &str| Location::parse(address).to_string();
        assert_eq!(
            shown("postgres://ann:secret@db.example/credit?password=secret"),
            "postgres://ann@db.example/credit"
        );
        assert_eq!(shown("postgresql://ann:se@cret@db.example"), "postgresql://ann@db.example");
        assert_eq!(shown("postgres:///credit?host=/run/postgresql"), "postgres:///credit");
        assert_eq!(shown("data/journal.db"), "data/journal.db");
    }
}

//! Why a journal cannot be used, and what to do about it.

use std::fmt;
use std::io;

use super::Location;
use crate::base::text::plainly;

/// A journal cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalError {
    /// Where the journal lies, without a password.
    pub place: String,
    /// Why.
    pub problem: Problem,
}

/// Why a journal cannot be used. The texts are those of the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The file cannot be opened or made, or the database refuses.
    NoAccess(String),
    /// There is something else at its place.
    NotAJournal,
    /// A later `dunlin` wrote it.
    Newer {
        /// The version of its layout.
        found: u32,
        /// The latest version known here.
        known: u32,
    },
    /// The disk is full.
    Full,
    /// It can be read, not written.
    ReadOnly,
    /// Somebody else keeps it locked.
    Busy,
    /// What it holds cannot be right.
    Damaged(String),
    /// The server cannot be reached or lets nobody in.
    Unreachable(String),
    /// The connection broke off.
    Lost(String),
    /// The address cannot be understood.
    BadAddress(String),
    /// This program was built without the store.
    NotBuiltIn(&'static str),
    /// Something else.
    Failed(String),
}

impl JournalError {
    /// The journal at `location` cannot be used.
    #[must_use]
    pub fn new(location: &Location, problem: Problem) -> Self {
        Self { place: location.to_string(), problem }
    }

    /// What is wrong, in one line.
    #[must_use]
    pub fn message(&self) -> String {
        let place = &self.place;
        match &self.problem {
            Problem::NoAccess(reason) => format!("the journal `{place}` cannot be opened: {reason}"),
            Problem::NotAJournal => format!("`{place}` is no journal"),
            Problem::Newer { found, known } => {
                format!(
                    "the journal `{place}` was written by a later dunlin: it has version {found}, and this dunlin knows {known}"
                )
            }
            Problem::Full => format!("the disk is full; nothing was written to the journal `{place}`"),
            Problem::ReadOnly => format!("the journal `{place}` cannot be written: its folder or file is read-only"),
            Problem::Busy => format!("the journal `{place}` is in use by somebody else for too long"),
            Problem::Damaged(reason) => format!("the journal `{place}` is damaged: {reason}"),
            Problem::Unreachable(reason) => format!("the journal `{place}` cannot be reached: {reason}"),
            Problem::Lost(reason) => format!("the connection to the journal `{place}` was lost: {reason}"),
            Problem::BadAddress(reason) => format!("the address of the journal `{place}` cannot be used: {reason}"),
            Problem::NotBuiltIn(store) => {
                format!("this dunlin was built without {store}, where the journal `{place}` lies")
            }
            Problem::Failed(reason) => format!("the journal `{place}` cannot be used: {reason}"),
        }
    }

    /// What to do.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match &self.problem {
            Problem::NoAccess(_) => "allow reading and writing it, or name another place with `--journal`",
            Problem::NotAJournal => "name another file with `--journal`; this one was not changed",
            Problem::Newer { .. } => "update dunlin; the journal was not changed",
            Problem::Full => "make room and run the same command again",
            Problem::ReadOnly => "allow writing there, or name another place with `--journal`",
            Problem::Busy => "wait until the other command has ended and run this one again",
            Problem::Damaged(_) => "put back a copy of it, or `dunlin journal import` its last export into a new one",
            Problem::Unreachable(_) => {
                "check the address, the name and the password (`PGPASSWORD`), and that the server runs"
            }
            Problem::Lost(_) => "run the same command again: it writes what is not there yet, and nothing twice",
            Problem::BadAddress(_) => "write it as `postgres://name@host/database`",
            Problem::NotBuiltIn(_) => "take a dunlin that was built with it, or name another place with `--journal`",
            Problem::Failed(_) => "nothing was written; mend it and run the same command again",
        }
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message())
    }
}

impl std::error::Error for JournalError {}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
                Self::NoAccess("there is a file where its folder should be".to_owned())
            }
            io::ErrorKind::PermissionDenied => Self::NoAccess("permission denied".to_owned()),
            _ => Self::NoAccess(plainly(&error.to_string())),
        }
    }
}

//! Files of a folder that notes what it was asked for, to know later whether anything of that has changed.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use bytes::Bytes;
use dunlin::ledger::{DiskFiles, Files};

/// What tells one state of a file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// There is none.
    Missing,
    /// A folder: what is in it is asked for by name.
    Folder,
    /// A file, as it was last written, and its bytes.
    File(Option<SystemTime>, u64),
}

impl State {
    fn of(path: &Path) -> Self {
        match fs::metadata(path) {
            Err(_) => Self::Missing,
            Ok(found) if found.is_dir() => Self::Folder,
            Ok(found) => Self::File(found.modified().ok(), found.len()),
        }
    }
}

/// Files, in the state in which they were looked at.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen(BTreeMap<PathBuf, State>);

impl Seen {
    /// Looks at a file, unless that was done before.
    pub(crate) fn look(&mut self, path: PathBuf) {
        self.0.entry(path).or_insert_with_key(|path| State::of(path));
    }

    /// Whether all of them are as they were.
    pub(crate) fn are_unchanged(&self) -> bool {
        self.0.iter().all(|(path, state)| State::of(path) == *state)
    }
}

/// The files below a folder, with a note of those that were asked for.
#[derive(Debug)]
pub(crate) struct NotedFiles {
    root: PathBuf,
    files: DiskFiles,
    seen: Mutex<Seen>,
}

impl NotedFiles {
    /// The files below `root`.
    pub(crate) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), files: DiskFiles::new(root), seen: Mutex::default() }
    }

    /// What was asked for so far.
    pub(crate) fn seen(self) -> Seen {
        self.seen.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Before it is read: what changes meanwhile counts as changed.
    fn note(&self, path: &str) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).look(self.root.join(path));
    }
}

impl Files for NotedFiles {
    fn read(&self, path: &str) -> io::Result<Bytes> {
        self.note(path);
        self.files.read(path)
    }

    fn exists(&self, path: &str) -> bool {
        self.note(path);
        self.files.exists(path)
    }
}

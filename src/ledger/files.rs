//! Where the files of a ledger come from: a folder on disk, or texts in memory.
//!
//! The only place of the ledger that touches the disk.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use bytes::Bytes;

/// The files a ledger is read from. Paths have `/` and are relative to the project's folder, where
/// `dunlin.toml` lies; absolute paths stand for themselves.
pub trait Files {
    /// The content of a file.
    ///
    /// # Errors
    /// As the system reports them; `NotFound` where there is no such file.
    fn read(&self, path: &str) -> io::Result<Bytes>;

    /// Whether there is a file or folder of this name.
    fn exists(&self, path: &str) -> bool;
}

/// The files below a folder on disk.
#[derive(Debug, Clone)]
pub struct DiskFiles {
    root: PathBuf,
}

impl DiskFiles {
    /// The files below `root`, the project's folder.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }
}

impl Files for DiskFiles {
    fn read(&self, path: &str) -> io::Result<Bytes> {
        std::fs::read(self.root.join(path)).map(Bytes::from)
    }

    fn exists(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }
}

/// Files in memory: for tests and for the examples of the manual.
#[derive(Debug, Clone, Default)]
pub struct MemoryFiles {
    files: BTreeMap<String, Bytes>,
}

impl MemoryFiles {
    /// Adds a file, or replaces it.
    pub fn insert(&mut self, path: &str, content: impl AsRef<[u8]>) {
        self.files.insert(path.to_owned(), Bytes::copy_from_slice(content.as_ref()));
    }

    /// The same files and one more.
    #[must_use]
    pub fn with(mut self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.insert(path, content);
        self
    }
}

impl Files for MemoryFiles {
    fn read(&self, path: &str) -> io::Result<Bytes> {
        self.files.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn exists(&self, path: &str) -> bool {
        let inside = |known: &String| known.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        path == "." || self.files.contains_key(path) || self.files.keys().any(inside)
    }
}

/// `file` as seen from the project's folder, when it is written relative to `folder`.
#[must_use]
pub fn join(folder: &str, file: &str) -> String {
    let folder = folder.trim_end_matches('/');
    if file.starts_with('/') || folder.is_empty() || folder == "." || std::path::Path::new(file).is_absolute() {
        return file.to_owned();
    }
    format!("{folder}/{file}")
}

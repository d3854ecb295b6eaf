//! All reading of files: the `.proc` files below a folder, `dunlin.toml`, and what a program refers to.

use std::fs;
use std::io;
use std::path::Path;

use ignore::WalkBuilder;

use crate::base::{DataPlace, Diagnostic, code};
use crate::cli::terminal::plainly;

/// A text file as it was found.
pub(super) struct Text {
    /// Its path, relative to the program's folder, with `/`.
    pub(super) path: String,
    /// What it says; what is not UTF-8 is replaced by `�`.
    pub(super) text: String,
    /// The offset of the first character that is not UTF-8.
    pub(super) broken_at: Option<usize>,
    /// Whether it is written in UTF-16, as some editors do.
    pub(super) utf16: bool,
}

/// The `.proc` files below a folder, by path, and what could not be read.
pub(super) struct Found {
    pub(super) texts: Vec<Text>,
    pub(super) findings: Vec<Diagnostic>,
}

/// Every `.proc` file below `root`. What `.gitignore` names, hidden files and `target` are passed by;
/// settings outside the folder do not count, so the same folder always gives the same program.
pub(super) fn programs(root: &Path) -> Found {
    let mut found = Found { texts: Vec::new(), findings: Vec::new() };
    let walk = WalkBuilder::new(root)
        .parents(false)
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .filter_entry(|entry| entry.depth() == 0 || entry.file_name() != "target")
        .build();
    for entry in walk {
        match entry {
            Ok(entry) => {
                let path = entry.path();
                if path.extension().is_some_and(|extension| extension == "proc") && path.is_file() {
                    match read(root, &relative(root, path)) {
                        Ok(text) => found.texts.push(text),
                        Err(error) => found.findings.push(unreadable(&relative(root, path), &error)),
                    }
                }
            }
            Err(error) => {
                let path = path_of(&error).map_or_else(String::new, |path| relative(root, path));
                let reason = error.into_io_error().unwrap_or_else(|| io::Error::other("it leads back to itself"));
                found.findings.push(unreadable(&path, &reason));
            }
        }
    }
    found.texts.sort_by(|left, right| left.path.cmp(&right.path));
    found.findings.sort_by(|left, right| left.sort_key().cmp(&right.sort_key()));
    found
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

/// A text file below `root`. A byte order mark at its start is no part of the text.
pub(super) fn read(root: &Path, path: &str) -> io::Result<Text> {
    Ok(decode(path, &fs::read(root.join(path))?))
}

/// The text that bytes stand for.
pub(super) fn decode(path: &str, bytes: &[u8]) -> Text {
    let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let broken_at = std::str::from_utf8(bytes).err().map(|error| error.valid_up_to());
    Text { path: path.to_owned(), text: String::from_utf8_lossy(bytes).into_owned(), broken_at, utf16 }
}

/// `path` as seen from `root`, with `/`.
pub(super) fn relative(root: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap_or(path);
    inner.to_string_lossy().replace('\\', "/")
}

/// The finding about a file or folder that the system does not let us read.
pub(super) fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    let place = DataPlace { file: path.to_owned(), ..DataPlace::default() };
    let what = if path.is_empty() { "the folder" } else { "the file" };
    Diagnostic::new(code::UNREADABLE_FILE, format!("{what} cannot be read: {}", plainly(error)))
        .at_data(place, "")
        .help("allow reading it, or move it out of the program's folder")
}

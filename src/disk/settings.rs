//! What the settings of a program and of its suites say, from files or from the texts of an editor.

use std::io::{self, ErrorKind};
use std::path::Path;

use crate::base::Diagnostic;
use crate::disk::{Text, encoding, unreadable};
use crate::ledger::Config;

/// The settings of a program's folder.
pub const SETTINGS: &str = "dunlin.toml";

/// The settings of a program, from its [`SETTINGS`] as they were read; a program needs none.
///
/// # Errors
/// Everything in them that cannot be understood, or why they cannot be read.
pub fn settings(read: io::Result<Text>) -> Result<Config, Vec<Diagnostic>> {
    match read {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Config::default()),
        read => understood(SETTINGS, read, |text| Config::from_toml(text, SETTINGS)),
    }
}

/// What a text beside the program stands for, called `path`, as it was read and as `parse` understands it.
///
/// # Errors
/// What is wrong with reading it, else what `parse` finds.
pub fn understood<T>(
    path: &str,
    read: io::Result<Text>,
    parse: impl FnOnce(&str) -> Result<T, Vec<Diagnostic>>,
) -> Result<T, Vec<Diagnostic>> {
    let text = read.map_err(|error| vec![unreadable(path, &error)])?;
    match encoding(&text) {
        Some(finding) => Err(vec![finding]),
        None => parse(&text.text),
    }
}

/// The folders at and below `folder` of a program, sorted, with what `look` makes of the names in each; without
/// those of which it makes nothing.
///
/// # Errors
/// The folder that cannot be read, and the reason.
pub fn folders<T>(
    root: &Path,
    folder: &str,
    look: &dyn Fn(&[String]) -> Option<T>,
) -> Result<Vec<(String, T)>, (String, io::Error)> {
    let mut found = Vec::new();
    let mut left = vec![folder.to_owned()];
    while let Some(folder) = left.pop() {
        let names = names(&root.join(&folder)).map_err(|error| (folder.clone(), error))?;
        left.extend(names.iter().map(|name| format!("{folder}/{name}")).filter(|inner| root.join(inner).is_dir()));
        found.extend(look(&names).map(|of| (folder, of)));
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(found)
}

/// The names in a folder, sorted; none if there is no such folder.
///
/// # Errors
/// As the system reports them.
pub fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    Ok(names)
}

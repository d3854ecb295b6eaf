//! The settings of a program and of its suites: no part of the program, but an editor shows what is wrong with them.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use dunlin::base::Diagnostic;
use dunlin::disk::{self, Text};
use dunlin::testing::suites::{self, Suite};

use crate::program::{Root, read};
use crate::texts::Texts;

/// The settings of a program and of its suites, and what is wrong with them.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    /// The paths of those on the disk; `None` where that has to be looked up.
    listed: Option<Vec<String>>,
    /// What each says.
    texts: BTreeMap<String, String>,
    findings: BTreeMap<String, Vec<Diagnostic>>,
}

impl Beside {
    /// What the files say, by path.
    pub(crate) const fn texts(&self) -> &BTreeMap<String, String> {
        &self.texts
    }

    /// What is wrong with them.
    pub(crate) fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings.values().flatten()
    }

    /// Whether a file is one of them.
    pub(crate) fn holds(&self, path: &str) -> bool {
        self.findings.contains_key(path)
    }

    /// Takes in what has changed: open texts, and after a change on the disk the files.
    pub(crate) fn bring_up_to_date(&mut self, root: &Root, texts: &Texts, disk_has_changed: bool) {
        // A file that was opened without a folder has a program of what lies beside it, and no settings.
        let Root::Tree(folder) = root else { return };
        if disk_has_changed {
            *self = Self::default();
        }
        let listed = self.listed.get_or_insert_with(|| on_disk(folder)).clone();
        let open = texts.iter().filter(|text| text.home == *root).map(|text| root.path(&text.file));
        let all: BTreeSet<String> = listed.into_iter().chain(open.filter(|path| are_settings(path))).collect();
        for path in all {
            let file = root.file(&path);
            match texts.of_file(&file) {
                Some(open) => self.take(folder, &path, Ok(disk::decode(&path, open.for_program().as_bytes()))),
                None if self.holds(&path) => {}
                None => self.take(folder, &path, read(&path, &file)),
            }
        }
    }

    fn take(&mut self, folder: &Path, path: &str, read: io::Result<Text>) {
        if let Ok(text) = &read {
            self.texts.insert(path.to_owned(), text.text.clone());
        }
        self.findings.insert(path.to_owned(), findings(folder, path, read));
    }
}

/// Whether a file of a program holds settings, by its path.
fn are_settings(path: &str) -> bool {
    path == disk::SETTINGS || suite(path).is_some()
}

/// The folder of the suite that a file makes, by its path.
fn suite(path: &str) -> Option<&str> {
    let folder = path.strip_suffix(suites::SETTINGS)?.strip_suffix('/')?;
    (folder.split('/').next() == Some(suites::TESTS)).then_some(folder)
}

/// The paths of the settings in a program's folder.
fn on_disk(folder: &Path) -> Vec<String> {
    let look = |names: &[String]| names.iter().any(|name| name == suites::SETTINGS).then_some(());
    let suites = disk::folders(folder, suites::TESTS, &look).unwrap_or_default();
    let suites = suites.into_iter().map(|(folder, ())| format!("{folder}/{}", suites::SETTINGS));
    let own = folder.join(disk::SETTINGS).exists().then(|| disk::SETTINGS.to_owned());
    own.into_iter().chain(suites).collect()
}

fn findings(root: &Path, path: &str, read: io::Result<Text>) -> Vec<Diagnostic> {
    let is_folder = |folder: &str| root.join(folder).is_dir();
    let understood = match suite(path) {
        None => disk::settings(read).map(|_| ()),
        Some(suite) => disk::understood(path, read, |text| Suite::from_toml(text, suite, &is_folder)).map(|_| ()),
    };
    understood.err().unwrap_or_default()
}

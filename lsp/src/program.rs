//! A program that is being edited: the files on the disk, with the open texts over them.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use dunlin::base::{Diagnostic, Severity};
use dunlin::disk;
use dunlin::ide::diagnostics::{self, Finding};
use dunlin::ide::inlay_hints::Remarks;
use dunlin::workspace::Workspace;

use crate::beside::Beside;
use crate::lens::known::Watch;
use crate::paths;
use crate::texts::Texts;

/// Which files make up a program.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Root {
    /// Everything below a folder.
    Tree(PathBuf),
    /// What lies in a folder itself: of a file that the editor opened without a folder.
    Folder(PathBuf),
    /// A text that was never saved, or is part of no program.
    Alone(PathBuf),
}

impl Root {
    /// The file that is called `path` in the program.
    pub(crate) fn file(&self, path: &str) -> PathBuf {
        match self {
            Self::Tree(folder) | Self::Folder(folder) => paths::plain(&folder.join(path)),
            Self::Alone(_) => PathBuf::from(path),
        }
    }

    /// What a file is called in the program.
    pub(crate) fn path(&self, file: &Path) -> String {
        let inner = match self {
            Self::Tree(folder) | Self::Folder(folder) => paths::relative(folder, file),
            Self::Alone(_) => None,
        };
        inner.unwrap_or_else(|| file.to_string_lossy().into_owned())
    }

    /// The folder, where there is one.
    pub(crate) fn folder(&self) -> Option<&Path> {
        match self {
            Self::Tree(folder) | Self::Folder(folder) => Some(folder),
            Self::Alone(_) => None,
        }
    }

    fn sources(&self, findings: &mut Vec<Diagnostic>) -> Vec<String> {
        match self {
            Self::Tree(folder) => disk::paths(folder, findings),
            Self::Folder(folder) => {
                let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
                let mut paths: Vec<String> =
                    entries.filter(|path| disk::is_source(path)).map(|path| self.path(&path)).collect();
                paths.sort_unstable();
                paths
            }
            Self::Alone(_) => Vec::new(),
        }
    }
}

/// A program that is being edited.
#[derive(Debug)]
pub(crate) struct Program {
    root: Root,
    workspace: Workspace,
    /// What is wrong with listing the files.
    listing: Vec<Diagnostic>,
    /// What is wrong with reading those that are not open, by path.
    reading: BTreeMap<String, Diagnostic>,
    /// The files that the program refers to and that were read, with what is wrong with that.
    resources: BTreeMap<String, Option<Diagnostic>>,
    /// Its settings and those of its suites.
    beside: Beside,
    /// The states of the open texts that were taken in.
    taken: BTreeSet<u64>,
    /// Whether the files may have changed since they were read.
    disk_has_changed: bool,
    /// Whether open texts may have changed since they were taken in.
    texts_have_changed: bool,
    findings: OnceCell<BTreeMap<String, Vec<Finding>>>,
    /// What the lens knows of it.
    pub(crate) watch: Watch,
}

impl Program {
    /// A program of which nothing was read yet.
    pub(crate) fn new(root: Root) -> Self {
        Self {
            root,
            workspace: Workspace::default(),
            listing: Vec::new(),
            reading: BTreeMap::new(),
            resources: BTreeMap::new(),
            beside: Beside::default(),
            taken: BTreeSet::new(),
            disk_has_changed: true,
            texts_have_changed: true,
            findings: OnceCell::new(),
            watch: Watch::default(),
        }
    }

    /// Which files it is made of.
    pub(crate) const fn root(&self) -> &Root {
        &self.root
    }

    /// What it says.
    pub(crate) const fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// What is to be remarked within its lines, where its ledger was read.
    pub(crate) fn remarks(&self) -> Option<&Remarks> {
        self.watch.known()?.remarks.as_ref()
    }

    /// Whether nothing that it says stands against running it; settings are a matter of the ledger.
    pub(crate) fn is_sound(&self) -> bool {
        let of_it = self.findings().iter().filter(|(path, _)| !self.beside.holds(path));
        let mut findings = of_it.flat_map(|(_, findings)| findings);
        !self.workspace.paths().is_empty() && findings.all(|finding| finding.severity != Severity::Error)
    }

    /// The texts beside the program that it may name.
    pub(crate) fn texts_beside(&self) -> Vec<String> {
        self.root.folder().map(disk::texts_beside).unwrap_or_default()
    }

    /// Its findings by file, with those of reading the files and of its settings.
    pub(crate) fn findings(&self) -> &BTreeMap<String, Vec<Finding>> {
        self.findings.get_or_init(|| {
            let unread = self.resources.values().flatten().chain(&self.listing).chain(self.reading.values());
            let unread = unread.chain(self.beside.findings());
            let findings = disk::findings(&self.workspace, unread.cloned().collect());
            diagnostics::by_file(&self.workspace, &findings, self.beside.texts())
        })
    }

    /// Lets go of what nobody needs once everything was worked out.
    pub(crate) fn let_go(&mut self) {
        self.workspace.let_go();
    }

    /// Tells that files may have changed.
    pub(crate) fn disk_has_changed(&mut self) {
        self.disk_has_changed = true;
        self.watch.forget();
    }

    /// Tells that an open text may have changed.
    pub(crate) const fn texts_have_changed(&mut self) {
        self.texts_have_changed = true;
    }

    /// Takes in what has changed.
    pub(crate) fn bring_up_to_date(&mut self, texts: &Texts) {
        if !self.disk_has_changed && !self.texts_have_changed {
            return;
        }
        self.findings.take();
        if self.disk_has_changed {
            self.read_sources(texts);
            self.resources.clear();
            self.taken.clear();
        }
        let before = std::mem::take(&mut self.taken);
        for text in texts.by_file().filter(|text| text.is_source) {
            self.taken.insert(text.state);
            if before.contains(&text.state) {
                continue;
            }
            let path = self.root.path(&text.file);
            if text.home == self.root || self.workspace.paths().binary_search(&path).is_ok() {
                self.workspace.set_text(&path, text.for_program());
                if text.is_untouched {
                    self.workspace.will_change(&path);
                }
                self.reading.remove(&path);
            }
        }
        self.read_resources(texts);
        self.beside.bring_up_to_date(&self.root, texts, self.disk_has_changed);
        self.disk_has_changed = false;
        self.texts_have_changed = false;
    }

    /// Reads the program's files that are not open. A file that says the same is not parsed again.
    fn read_sources(&mut self, texts: &Texts) {
        self.listing.clear();
        self.reading.clear();
        let listed = self.root.sources(&mut self.listing);
        let is_open = |path: &str| texts.of_file(&self.root.file(path)).is_some();
        let mut gone: Vec<String> = self.workspace.paths().to_vec();
        gone.retain(|path| !is_open(path) && listed.binary_search(path).is_err());
        for path in listed.iter().filter(|path| !is_open(path)) {
            match read(path, &self.root.file(path)) {
                Ok(text) => {
                    let id = self.workspace.set_text(path, &text.text);
                    self.workspace.rests(path);
                    self.reading.extend(disk::source_encoding(&text, id).map(|finding| (path.clone(), finding)));
                }
                Err(error) => {
                    self.reading.insert(path.clone(), disk::unreadable(path, &error));
                    gone.push(path.clone());
                }
            }
        }
        gone.iter().for_each(|path| self.workspace.remove(path));
    }

    /// Takes in the files that the program refers to: open texts, and what was not read yet.
    fn read_resources(&mut self, texts: &Texts) {
        let wanted = self.workspace.wanted_resources();
        self.resources.retain(|path, _| wanted.contains(path));
        for path in wanted {
            let file = self.root.file(&path);
            if let Some(text) = texts.of_file(&file) {
                self.resources.remove(&path);
                self.workspace.set_resource(&path, Some(text.for_program()));
            } else if !self.resources.contains_key(&path) {
                let finding = disk::resource(&mut self.workspace, &path, read(&path, &file));
                self.resources.insert(path, finding);
            }
        }
    }
}

/// A file on the disk, called `path` in the program. A text that was never saved has no files beside it.
pub(crate) fn read(path: &str, file: &Path) -> io::Result<disk::Text> {
    if file.is_absolute() { Ok(disk::decode(path, &fs::read(file)?)) } else { Err(io::ErrorKind::NotFound.into()) }
}

//! The programs that are being edited: open texts over the files on the disk.
//!
//! A file belongs to the program of the nearest folder upwards with a `dunlin.toml`, else of the
//! client's folder that holds it, else of its own folder. A text that was never saved is a program alone.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::path::{Path, PathBuf};

use dunlin::base::{Diagnostic, Severity, Source};
use dunlin::disk;
use dunlin::ide::diagnostics::{self, Finding, Related};
use dunlin::workspace::Workspace;
use serde_json::{Value, json};

use crate::paths;
use crate::position::Encoding;
use crate::worker::{Event, Introduction};

/// Every program that is being edited.
#[derive(Debug)]
pub(crate) struct Programs {
    client: Introduction,
    open: BTreeMap<String, Document>,
    programs: BTreeMap<PathBuf, Program>,
}

/// An open text.
#[derive(Debug)]
struct Document {
    version: Option<i64>,
    text: String,
    /// The folder of its program and its path there.
    home: (PathBuf, String),
}

#[derive(Debug, Default)]
struct Program {
    /// The files that have findings at the client, by the URI they were published under.
    published: BTreeSet<String>,
    /// Whether something has changed since.
    is_changed: bool,
    loaded: Option<disk::Program>,
}

impl Default for Programs {
    fn default() -> Self {
        Self {
            client: Introduction { encoding: Encoding::Utf16, folders: Vec::new() },
            open: BTreeMap::new(),
            programs: BTreeMap::new(),
        }
    }
}

impl Programs {
    /// Whether everything that has changed is published.
    pub(crate) fn are_settled(&self) -> bool {
        self.programs.values().all(|program| !program.is_changed)
    }

    /// Takes an event in.
    pub(crate) fn apply(&mut self, event: Event) {
        match event {
            Event::Initialize(client) => {
                for folder in client.folders.iter().filter(|folder| folder.join("dunlin.toml").is_file()) {
                    self.programs.entry(folder.clone()).or_default().is_changed = true;
                }
                self.client = client;
            }
            Event::Text { uri, version, text } => {
                let home = self.open.remove(&uri).map_or_else(|| self.home(&uri), |document| document.home);
                let program = self.programs.entry(home.0.clone()).or_default();
                program.is_changed = true;
                if let Some(loaded) = &mut program.loaded {
                    loaded.workspace.set_text(&home.1, &text);
                }
                self.open.insert(uri, Document { version, text, home });
            }
            Event::Close { uri } => {
                if let Some(document) = self.open.remove(&uri) {
                    self.reload(&document.home.0);
                }
            }
            Event::Disk => {
                for root in self.programs.keys().cloned().collect::<Vec<_>>() {
                    self.reload(&root);
                }
            }
        }
    }

    fn reload(&mut self, root: &Path) {
        if let Some(program) = self.programs.get_mut(root) {
            program.loaded = None;
            program.is_changed = true;
        }
    }

    /// The folder of a document's program, and its path there.
    fn home(&self, uri: &str) -> (PathBuf, String) {
        let alone = || (PathBuf::from(uri), uri.to_owned());
        let Some(path) = paths::of_uri(uri) else { return alone() };
        let marked = path.ancestors().skip(1).find(|folder| folder.join("dunlin.toml").is_file());
        let opened = || self.client.folders.iter().find(|folder| path.starts_with(folder)).map(PathBuf::as_path);
        let Some(root) = marked.or_else(opened).or_else(|| path.parent()) else { return alone() };
        paths::relative(root, &path).map_or_else(alone, |inner| (root.to_owned(), inner))
    }

    /// Publishes the findings of every program that has changed.
    pub(crate) fn publish(&mut self, send: &mut dyn FnMut(Value)) {
        for (root, program) in &mut self.programs {
            if !mem::take(&mut program.is_changed) {
                continue;
            }
            let open: Vec<(&String, &Document)> = self.open.iter().filter(|(_, text)| text.home.0 == *root).collect();
            program.publish(root, &open, self.client.encoding, send);
        }
    }
}

impl Program {
    fn publish(&mut self, root: &Path, open: &[(&String, &Document)], encoding: Encoding, send: &mut dyn FnMut(Value)) {
        let loaded = self.loaded.get_or_insert_with(|| load(root, open));
        let mut reading: Vec<_> = loaded.findings.clone();
        if root.is_dir() {
            disk::resources(root, &mut loaded.workspace, &mut reading);
        }
        let workspace = &loaded.workspace;
        reading.retain(|finding| !is_about_open_text(workspace, finding, open));
        reading.extend(workspace.findings());
        let view = Shown { root, open, encoding, workspace };
        let mut before = mem::take(&mut self.published);
        for (path, findings) in diagnostics::by_file(workspace, &reading) {
            let Some(uri) = view.uri(&path) else { continue };
            let document = open.iter().find(|(known, _)| **known == uri).map(|(_, document)| document);
            if !before.remove(&uri) && document.is_none() && findings.is_empty() {
                continue;
            }
            send(view.message(&uri, document.and_then(|document| document.version), &path, &findings));
            if !findings.is_empty() {
                self.published.insert(uri);
            }
        }
        for uri in before {
            send(json!({ "uri": uri, "diagnostics": [] }));
        }
    }
}

/// The program as it stands on the disk, with the open texts over it.
fn load(root: &Path, open: &[(&String, &Document)]) -> disk::Program {
    let mut program = if root.is_dir() { disk::program(root) } else { disk::Program::default() };
    for (_, document) in open {
        program.workspace.set_text(&document.home.1, &document.text);
    }
    program
}

/// Whether a finding of reading the disk concerns a text that the editor holds.
fn is_about_open_text(workspace: &Workspace, finding: &Diagnostic, open: &[(&String, &Document)]) -> bool {
    let source = finding.span().and_then(|span| workspace.sources().get(span.file));
    source.is_some_and(|source| open.iter().any(|(_, document)| document.home.1 == *source.path))
}

/// What findings are translated with.
struct Shown<'a> {
    root: &'a Path,
    open: &'a [(&'a String, &'a Document)],
    encoding: Encoding,
    workspace: &'a Workspace,
}

impl Shown<'_> {
    /// The client's name for a file of the program, where it is open; else one of ours.
    fn uri(&self, path: &str) -> Option<String> {
        let open = self.open.iter().find(|(_, document)| document.home.1 == path);
        open.map(|(uri, _)| (*uri).clone()).or_else(|| paths::to_uri(&self.root.join(path)))
    }

    fn message(&self, uri: &str, version: Option<i64>, path: &str, findings: &[Finding]) -> Value {
        let source = self.source(path);
        let all: Vec<Value> = findings.iter().map(|finding| self.diagnostic(&source, finding)).collect();
        let mut message = json!({ "uri": uri, "diagnostics": all });
        if let (Some(version), Some(object)) = (version, message.as_object_mut()) {
            object.insert("version".to_owned(), version.into());
        }
        message
    }

    fn diagnostic(&self, source: &Source, finding: &Finding) -> Value {
        json!({
            "range": self.encoding.range(source, &finding.range),
            "severity": severity(finding.severity),
            "code": finding.code,
            "source": "dunlin",
            "message": finding.message,
            "relatedInformation": finding.related.iter().filter_map(|place| self.related(place)).collect::<Vec<_>>(),
        })
    }

    fn related(&self, place: &Related) -> Option<Value> {
        let range = self.encoding.range(&self.source(&place.path), &place.range);
        Some(json!({ "location": { "uri": self.uri(&place.path)?, "range": range }, "message": place.message }))
    }

    /// The text of a file: of the program, or one that it refers to.
    fn source(&self, path: &str) -> Source {
        Source::new(path, self.workspace.text(path).unwrap_or(""))
    }
}

const fn severity(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Hint => 4,
    }
}

//! An editor as the soak plays it: files on the disk, open texts over them, and what the server says of them.
//!
//! Whatever comes is held against what may come: one answer to each request, no mistake of ours, versions that
//! never go back, ranges that lie in the text of the moment.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::answers;
use super::text::{Unit, cut, range};
use crate::client::Session;

/// Longer than anything takes on a busy machine.
pub(super) const PATIENCE: Duration = Duration::from_secs(120);

/// What the protocol calls what has happened to a file.
pub(super) const CREATED: u32 = 1;
pub(super) const CHANGED: u32 = 2;
pub(super) const DELETED: u32 = 3;

/// An editor.
pub(super) struct Editor {
    pub(super) session: Session,
    pub(super) root: PathBuf,
    pub(super) unit: Unit,
    /// The files, by their paths in the company's folder.
    pub(super) files: BTreeMap<String, File>,
    /// The findings that the server has sent or given, by path, with the name of those that were given.
    pub(super) held: BTreeMap<String, (Vec<Value>, Option<String>)>,
    /// The texts that were opened or changed since their findings were asked for.
    pub(super) unasked: BTreeSet<String>,
    /// Whether the server wants to be asked again for findings.
    pub(super) is_to_ask_again: bool,
    /// The last answer to each kind of request that led to something.
    pub(super) last: BTreeMap<String, Value>,
    pub(super) asked: BTreeMap<u64, Asked>,
    answers: BTreeMap<u64, Value>,
    /// What has been done, for the message of a failure.
    story: Vec<String>,
}

/// A file that is or was there.
#[derive(Debug, Default)]
pub(super) struct File {
    /// What it holds when nobody has touched it; nothing for one that does not belong there.
    pub(super) original: Option<String>,
    pub(super) disk: Option<Vec<u8>>,
    pub(super) open: Option<Open>,
    /// The last version that it was opened or changed with.
    version: i64,
    /// The last version that findings were sent for.
    published: i64,
}

/// An open text.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) text: String,
    /// What takes the last changes back.
    pub(super) undo: Vec<Change>,
}

/// The bytes from `0` to `1` become `2`.
pub(super) type Change = (usize, usize, String);

/// A request.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) method: String,
    /// The text that it is about, as it was then.
    pub(super) about: Option<(String, String)>,
    is_cancelled: bool,
    pub(super) is_answered: bool,
}

impl File {
    /// What counts: the open text, else what lies on the disk.
    pub(super) fn content(&self) -> Option<&[u8]> {
        self.open.as_ref().map(|open| open.text.as_bytes()).or(self.disk.as_deref())
    }

    /// Whether it is as nobody has touched it.
    pub(super) fn is_mended(&self) -> bool {
        let original = self.original.as_ref().map(String::as_bytes);
        self.content() == original && self.disk.as_deref() == original
    }
}

impl Editor {
    /// An editor in front of the files of a folder, which the server knows.
    pub(super) fn new(session: Session, root: &Path, unit: Unit, files: Vec<(String, String)>) -> Self {
        let file = |(path, text): (String, String)| {
            let disk = Some(text.clone().into_bytes());
            (path, File { original: Some(text), disk, ..File::default() })
        };
        Self {
            session,
            root: root.to_owned(),
            unit,
            files: files.into_iter().map(file).collect(),
            held: BTreeMap::new(),
            unasked: BTreeSet::new(),
            is_to_ask_again: false,
            last: BTreeMap::new(),
            asked: BTreeMap::new(),
            answers: BTreeMap::new(),
            story: Vec::new(),
        }
    }

    /// Notes what is done.
    pub(super) fn tell(&mut self, what: String) {
        self.story.push(what);
    }

    /// Ends the test, with what was done last.
    pub(super) fn fail(&self, reason: &str) -> ! {
        let last = self.story.iter().rev().take(60).rev().map(|line| format!("    {line}\n"));
        panic!("{reason}\nafter {} steps, the last:\n{}", self.story.len(), last.collect::<String>());
    }

    /// How the editor spells the URI of a file: some editors escape what has to be, some do not.
    pub(super) fn uri(&self, path: &str) -> String {
        let file = self.root.join(path);
        if path.contains("north") { format!("file://{}", file.display()) } else { crate::client::uri(&file) }
    }

    /// The file of a URI, however it is spelt.
    pub(super) fn path(&self, uri: &str) -> String {
        let file = url::Url::parse(uri).ok().and_then(|url| url.to_file_path().ok());
        let path = file.as_ref().and_then(|file| file.strip_prefix(&self.root).ok());
        path.map_or_else(|| self.fail(&format!("no file of ours: {uri}")), |path| path.to_string_lossy().into_owned())
    }

    pub(super) fn file(&mut self, path: &str) -> &mut File {
        self.files.entry(path.to_owned()).or_default()
    }

    /// The open text of a file.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        Some(&self.files.get(path)?.open.as_ref()?.text)
    }

    pub(super) fn open_paths(&self) -> Vec<String> {
        self.files.iter().filter(|(_, file)| file.open.is_some()).map(|(path, _)| path.clone()).collect()
    }

    pub(super) fn open(&mut self, path: &str) {
        self.unasked.insert(path.to_owned());
        let uri = self.uri(path);
        let file = self.file(path);
        file.version += 1;
        let text = String::from_utf8_lossy(file.disk.as_deref().unwrap_or_default()).into_owned();
        let language = if path.ends_with(".proc") { "dunlin" } else { "markdown" };
        let document = json!({ "uri": uri, "languageId": language, "version": file.version, "text": text });
        file.open = Some(Open { text, undo: Vec::new() });
        self.session.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub(super) fn close(&mut self, path: &str) {
        self.unasked.remove(path);
        self.file(path).open = None;
        let uri = self.uri(path);
        self.session.close(&uri);
    }

    pub(super) fn save(&mut self, path: &str) {
        let Some(text) = self.text(path).map(|text| text.as_bytes().to_vec()) else { return };
        let kind = self.write(path, Some(text));
        let uri = self.uri(path);
        self.session.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
        self.watched(&[(path, kind)]);
    }

    /// Writes a file, or takes it away; what that is called.
    pub(super) fn write(&mut self, path: &str, bytes: Option<Vec<u8>>) -> u32 {
        let file = self.root.join(path);
        let was_there = self.file(path).disk.is_some();
        if let Some(bytes) = &bytes {
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(file, bytes).expect("a file");
        } else if was_there {
            fs::remove_file(file).expect("a file");
        }
        let kind = if bytes.is_none() { DELETED } else { [CREATED, CHANGED][usize::from(was_there)] };
        self.file(path).disk = bytes;
        kind
    }

    /// Tells what has happened on the disk.
    pub(super) fn watched(&mut self, events: &[(&str, u32)]) {
        let changes: Vec<Value> =
            events.iter().map(|(path, kind)| json!({ "uri": self.uri(path), "type": kind })).collect();
        self.session.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    }

    /// Changes an open text, in the order given; each counts from the one before. What takes them back is kept.
    pub(super) fn change(&mut self, path: &str, changes: &[Change]) {
        self.unasked.insert(path.to_owned());
        let (uri, unit) = (self.uri(path), self.unit);
        let file = self.file(path);
        let Some(open) = file.open.as_mut() else { return };
        let mut events = Vec::new();
        for (start, end, words) in changes {
            let (start, end) = (cut(&open.text, *start), cut(&open.text, *end));
            events.push(json!({ "range": range(&open.text, start, end, unit), "text": words }));
            let before = open.text[start..end].to_owned();
            open.text.replace_range(start..end, words);
            open.undo.push((start, start + words.len(), before));
        }
        file.version += 1;
        let version = file.version;
        self.session.edit(&uri, version, Value::Array(events));
    }

    /// Gives an open text other words, as a whole.
    pub(super) fn replace(&mut self, path: &str, text: &str) {
        self.unasked.insert(path.to_owned());
        let uri = self.uri(path);
        let file = self.file(path);
        file.open = Some(Open { text: text.to_owned(), undo: Vec::new() });
        file.version += 1;
        let version = file.version;
        self.session.change(&uri, version, text);
    }

    /// Asks something; the answer is looked at when it comes.
    pub(super) fn ask(&mut self, method: &str, path: Option<&str>, parameters: Value) -> u64 {
        let about = path.and_then(|path| Some((path.to_owned(), self.text(path)?.to_owned())));
        let id = self.session.ask(method, parameters);
        let asked = Asked { method: method.to_owned(), about, is_cancelled: false, is_answered: false };
        self.asked.insert(id, asked);
        id
    }

    pub(super) fn cancel(&mut self, id: u64) {
        self.session.notify("$/cancelRequest", json!({ "id": id }));
        if let Some(asked) = self.asked.get_mut(&id) {
            asked.is_cancelled = true;
        }
    }

    /// Asks something and waits for the result.
    pub(super) fn request(&mut self, method: &str, path: Option<&str>, parameters: Value) -> Value {
        let id = self.ask(method, path, parameters);
        self.result(id)
    }

    /// Waits for the result of a request; `null` for a refusal.
    pub(super) fn result(&mut self, id: u64) -> Value {
        let deadline = Instant::now() + PATIENCE;
        while !self.asked.get(&id).is_some_and(|asked| asked.is_answered) {
            if Instant::now() > deadline {
                self.fail(&format!("no answer to {:?}", self.asked.get(&id)));
            }
            self.take_in(Duration::from_millis(50));
        }
        self.answers.remove(&id).unwrap_or_default()
    }

    /// Takes in what has come, and what comes within that time.
    pub(super) fn take_in(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while let Some(message) = self.session.next(until.saturating_duration_since(Instant::now())) {
            match (message["method"].as_str(), message.get("id")) {
                (Some(method), Some(id)) => {
                    self.is_to_ask_again |= method == "workspace/diagnostic/refresh";
                    self.session.write(&json!({ "jsonrpc": "2.0", "id": id, "result": null }).to_string());
                }
                (Some("textDocument/publishDiagnostics"), None) => self.findings(&message["params"]),
                (Some(method), None) => self.fail(&format!("unexpected: {method} {}", message["params"])),
                (None, _) => self.answer(&message),
            }
        }
    }

    fn findings(&mut self, sent: &Value) {
        let path = self.path(sent["uri"].as_str().unwrap_or_default());
        let file = self.files.entry(path.clone()).or_default();
        if let Some(version) = sent["version"].as_i64() {
            if version < file.published || version > file.version {
                let reason = format!("{path}: findings of version {version} after {}", file.published);
                self.fail(&format!("{reason}, where the text is in version {}", self.files[&path].version));
            }
            file.published = version;
        }
        self.held.insert(path, (sent["diagnostics"].as_array().cloned().unwrap_or_default(), None));
    }

    fn answer(&mut self, message: &Value) {
        let known = message["id"].as_u64().and_then(|id| Some((id, self.asked.get_mut(&id)?)));
        let Some((id, asked)) = known else { self.fail(&format!("an answer to nothing: {message}")) };
        if asked.is_answered {
            self.fail(&format!("a second answer: {message}"));
        }
        asked.is_answered = true;
        let about = asked.about.take();
        let asked = &self.asked[&id];
        match message.get("error") {
            Some(error) if !answers::is_refusal(&asked.method, error, asked.is_cancelled) => {
                self.fail(&format!("{} is refused: {error}", asked.method));
            }
            Some(_) => {}
            None => {
                if let Some(wrong) = about.as_ref().and_then(|(path, text)| {
                    answers::wrong(&asked.method, &message["result"], &self.uri(path), text, self.unit)
                }) {
                    self.fail(&format!("{}: {wrong}", asked.method));
                }
                if answers::leads_to_something(&message["result"]) {
                    self.last.insert(asked.method.clone(), message["result"].clone());
                }
                self.answers.insert(id, message["result"].clone());
            }
        }
    }

    /// The requests that wait for an answer.
    pub(super) fn unanswered(&self) -> BTreeSet<u64> {
        self.asked.iter().filter(|(_, asked)| !asked.is_answered).map(|(id, _)| *id).collect()
    }
}

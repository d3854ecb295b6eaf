//! The texts that are open in the editor, which count instead of the files on the disk.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::{Path, PathBuf};

use dunlin::check::mentions::Mentions;
use tower_lsp::ls_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use crate::convert::position::{Encoding, Lines};
use crate::paths;
use crate::prelude;
use crate::program::Root;

/// The open texts.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    by_uri: BTreeMap<String, Text>,
    /// The names under which a file is open: some editors spell one in several ways. The last counts.
    by_file: HashMap<PathBuf, Vec<String>>,
    /// How many states there were, of all texts.
    states: u64,
}

/// An open text.
#[derive(Debug)]
pub(crate) struct Text {
    /// The client's name for it.
    pub(crate) uri: Uri,
    /// Which state of it this is.
    pub(crate) version: i32,
    /// Where it lies on the disk; for a text that was never saved, its name.
    pub(crate) file: PathBuf,
    /// Which program it is part of.
    pub(crate) home: Root,
    /// Whether it is a text of procedures; else it may be one that they refer to.
    pub(crate) is_source: bool,
    /// Whether it has been changed since the editor last asked for its findings.
    pub(crate) is_edited: bool,
    /// Whether it is as it was opened.
    pub(crate) is_untouched: bool,
    /// The findings that the editor last asked for.
    pub(crate) given: Option<String>,
    /// What its names stood for when the editor last asked for their colours; `None` where it has changed since.
    pub(crate) coloured: Option<Mentions>,
    /// With the byte order mark, where the client gives one.
    content: String,
    /// What tells this state of it from every other.
    pub(crate) state: u64,
}

impl Text {
    /// The text as the client has it.
    pub(crate) fn for_client(&self) -> &str {
        &self.content
    }

    /// The text as the program has it: without a byte order mark.
    pub(crate) fn for_program(&self) -> &str {
        self.content.strip_prefix('\u{feff}').unwrap_or(&self.content)
    }

    /// Whether the editor asked for the findings and was given others than these.
    pub(crate) fn was_given_others(&self, id: &str) -> bool {
        self.given.as_ref().is_some_and(|given| given != id)
    }

    fn change(&mut self, change: TextDocumentContentChangeEvent, encoding: Encoding) {
        let Some(range) = change.range else {
            self.content = change.text;
            return;
        };
        let lines = Lines::new(&self.content, encoding);
        let (start, end) = (lines.client_offset(range.start), lines.client_offset(range.end));
        let stretch: Range<usize> = start.min(end)..end.max(start);
        self.content.replace_range(stretch, &change.text);
    }
}

impl Texts {
    /// Takes in a text that was opened; `home` tells the program of a file.
    pub(crate) fn open(&mut self, item: TextDocumentItem, home: impl FnOnce(&Path) -> Root) {
        let key = item.uri.as_str().to_owned();
        let file = file_of(&item.uri);
        let home = home(&file);
        let is_ours = file.extension().is_some_and(|extension| extension == "proc") || item.language_id == "dunlin";
        let is_source = is_ours && !prelude::is_it(&file);
        self.counts(&file, &key);
        let text = Text {
            uri: item.uri,
            version: item.version,
            file,
            home,
            is_source,
            is_edited: true,
            is_untouched: true,
            given: None,
            coloured: None,
            content: item.text,
            state: self.next_state(),
        };
        self.by_uri.insert(key, text);
    }

    /// Takes in changes, in their order; each counts from the one before.
    pub(crate) fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        let state = self.next_state();
        let Some(text) = self.by_uri.get_mut(uri.as_str()) else { return };
        text.version = version;
        text.state = state;
        text.is_edited = true;
        text.is_untouched = false;
        text.coloured = None;
        for change in changes {
            text.change(change, encoding);
        }
        let file = text.file.clone();
        self.counts(&file, uri.as_str());
    }

    const fn next_state(&mut self) -> u64 {
        self.states += 1;
        self.states
    }

    /// From now on the text with this name counts for its file.
    fn counts(&mut self, file: &Path, uri: &str) {
        let names = self.by_file.entry(file.to_owned()).or_default();
        names.retain(|name| name != uri);
        names.push(uri.to_owned());
    }

    /// Takes out a text that was closed.
    pub(crate) fn close(&mut self, uri: &Uri) {
        let Some(text) = self.by_uri.remove(uri.as_str()) else { return };
        let Some(names) = self.by_file.get_mut(&text.file) else { return };
        names.retain(|name| name != uri.as_str());
        if names.is_empty() {
            self.by_file.remove(&text.file);
        }
    }

    /// The text with this name.
    pub(crate) fn named(&self, uri: &str) -> Option<&Text> {
        self.by_uri.get(uri)
    }

    /// The text with this name, to be changed.
    pub(crate) fn named_mut(&mut self, uri: &str) -> Option<&mut Text> {
        self.by_uri.get_mut(uri)
    }

    /// The text of this file.
    pub(crate) fn of_file(&self, file: &Path) -> Option<&Text> {
        self.by_uri.get(self.by_file.get(file)?.last()?)
    }

    /// The texts of this file, as often as it is open; the last counts.
    pub(crate) fn all_of_file(&self, file: &Path) -> impl Iterator<Item = &Text> {
        self.by_file.get(file).into_iter().flatten().filter_map(|uri| self.by_uri.get(uri))
    }

    /// One text for each file.
    pub(crate) fn by_file(&self) -> impl Iterator<Item = &Text> {
        let counts =
            |(uri, text): &(&String, &Text)| self.by_file.get(&text.file).and_then(|all| all.last()) == Some(uri);
        self.by_uri.iter().filter(counts).map(|(_, text)| text)
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Text> {
        self.by_uri.values()
    }

    /// All of them, to be changed.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Text> {
        self.by_uri.values_mut()
    }
}

/// Where a text lies on the disk; for one that was never saved, its name.
pub(crate) fn file_of(uri: &Uri) -> PathBuf {
    paths::of_uri(uri.as_str()).map_or_else(|| PathBuf::from(uri.as_str()), |path| paths::plain(&path))
}

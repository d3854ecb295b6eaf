//! A program in memory: its texts, what they say, and everything that is wrong with them.
//!
//! Texts are set by path; what follows from them is computed when asked for and kept: a changed
//! text is parsed again, the others are not. There is no input or output here: the command line
//! and the language server read the files, each in its own way.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::base::{Diagnostic, FileId, Place, Sources, Span};
use crate::check::look::Look;
use crate::check::mentions::Mentions;
use crate::check::{self, Checked, Resources};
use crate::schema::{PRELUDE, PRELUDE_PATH};
use crate::syntax::pieces::Pieces;
use crate::syntax::{self, ast};

/// A program in memory. A clone shares its texts and what is known of them, and goes its own way.
#[derive(Debug, Clone)]
pub struct Workspace {
    sources: Sources,
    /// The id of every path that was ever set, so that it stays the same.
    ids: BTreeMap<String, FileId>,
    /// The program's files by path: the order of files leaves no trace (`S1`).
    paths: Vec<String>,
    trees: Vec<Arc<ast::File>>,
    parse_findings: Vec<Arc<[Diagnostic]>>,
    /// The pieces of the texts that have changed, as they were read.
    pieces: BTreeMap<FileId, Pieces>,
    resources: Texts,
    /// The files that each of the program's files refers to.
    wanted: Vec<Arc<[String]>>,
    prelude: Arc<ast::File>,
    checked: OnceLock<Arc<Checked>>,
    /// What was known before the last change.
    before: Option<Arc<Checked>>,
}

/// The texts that a program refers to: templates and the days of calendars, by path.
#[derive(Debug, Clone, Default)]
struct Texts(BTreeMap<String, (FileId, Arc<str>)>);

impl Resources for Texts {
    fn file(&self, path: &str) -> Option<(FileId, Arc<str>)> {
        self.0.get(path).cloned()
    }
}

impl Default for Workspace {
    fn default() -> Self {
        let mut sources = Sources::default();
        let id = sources.add(PRELUDE_PATH, PRELUDE);
        Self {
            sources,
            ids: BTreeMap::new(),
            paths: Vec::new(),
            trees: Vec::new(),
            parse_findings: Vec::new(),
            pieces: BTreeMap::new(),
            resources: Texts::default(),
            wanted: Vec::new(),
            prelude: Arc::new(syntax::parse(id, PRELUDE).file),
            checked: OnceLock::new(),
            before: None,
        }
    }
}

impl Workspace {
    /// A program of the files `texts`: path and text. Paths have `/` and are relative to its folder.
    #[must_use]
    pub fn new<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut workspace = Self::default();
        for (path, text) in texts {
            workspace.set_text(path, text);
        }
        workspace
    }

    /// Adds a file, or gives it another text; its id stays the same for ever.
    pub fn set_text(&mut self, path: &str, text: &str) -> FileId {
        let place = self.place(path);
        if place.is_ok() && self.text(path) == Some(text) {
            return self.hold(path, text);
        }
        let id = self.hold(path, text);
        let parsed = match place {
            // A text that has changed will change again: its pieces are worth keeping.
            Ok(_) => syntax::parse_again(id, text, self.pieces.entry(id).or_default()),
            Err(_) => syntax::parse(id, text),
        };
        let wanted: Arc<[String]> = parsed.file.items.iter().flat_map(files_of).collect();
        let (tree, findings) = (Arc::new(parsed.file), parsed.findings.into());
        match place {
            Ok(place) => {
                replace(&mut self.wanted, place, wanted);
                replace(&mut self.trees, place, tree);
                replace(&mut self.parse_findings, place, findings);
            }
            Err(place) => {
                self.paths.insert(place, path.to_owned());
                self.wanted.insert(place, wanted);
                self.trees.insert(place, tree);
                self.parse_findings.insert(place, findings);
            }
        }
        self.forget();
        id
    }

    /// Tells that somebody is about to edit a file: its pieces are read, so that the first letter takes no longer than
    /// those after it.
    pub fn will_change(&mut self, path: &str) {
        if let (Some(id), Ok(_), Some(text)) =
            (self.ids.get(path), self.place(path), self.text(path).map(str::to_owned))
        {
            let _ = syntax::parse_again(*id, &text, self.pieces.entry(*id).or_default());
        }
    }

    /// Tells that nobody edits a file any more: what is kept for that alone is let go of.
    pub fn rests(&mut self, path: &str) {
        if let Some(id) = self.ids.get(path) {
            self.pieces.remove(id);
        }
    }

    /// What is known is of an earlier state from now on.
    fn forget(&mut self) {
        if let Some(checked) = self.checked.take() {
            self.before = Some(checked);
        }
    }

    /// Where a file is among the program's, or where it would be.
    fn place(&self, path: &str) -> Result<usize, usize> {
        self.paths.binary_search_by(|known| known.as_str().cmp(path))
    }

    /// Puts a text among the sources.
    fn hold(&mut self, path: &str, text: &str) -> FileId {
        match self.ids.get(path).copied() {
            None => {
                let id = self.sources.add(path, text);
                self.ids.insert(path.to_owned(), id);
                id
            }
            Some(id) => {
                if self.text(path) != Some(text) {
                    self.sources.replace(id, text);
                }
                id
            }
        }
    }

    /// Takes a file out of the program.
    pub fn remove(&mut self, path: &str) {
        if let Ok(place) = self.place(path) {
            self.paths.remove(place);
            self.wanted.remove(place);
            self.rests(path);
            self.trees.remove(place);
            self.parse_findings.remove(place);
            self.forget();
        }
    }

    /// Sets the text of a template or calendar, or takes it out.
    pub fn set_resource(&mut self, path: &str, text: Option<&str>) {
        if self.resources.0.get(path).map(|(_, known)| &**known) == text {
            return;
        }
        match text {
            Some(text) => {
                let id = self.hold(path, text);
                self.resources.0.insert(path.to_owned(), (id, text.into()));
            }
            None => {
                self.resources.0.remove(path);
            }
        }
        self.forget();
    }

    /// The files that the program refers to: of templates and calendars, by path.
    #[must_use]
    pub fn wanted_resources(&self) -> Vec<String> {
        let mut paths: Vec<String> = self.wanted.iter().flat_map(|paths| &**paths).cloned().collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// The texts that spans refer to.
    #[must_use]
    pub const fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The paths of the program's files, sorted.
    #[must_use]
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// The text of a file, of the program or one that it refers to.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        self.ids.get(path).and_then(|id| self.sources.get(*id)).map(|source| &*source.text)
    }

    /// The text of a file that the program refers to, where it is there.
    #[must_use]
    pub fn resource(&self, path: &str) -> Option<&str> {
        self.resources.0.get(path).map(|(_, text)| &**text)
    }

    /// The syntax tree of a file and what is wrong with how it is written.
    #[must_use]
    pub fn parsed(&self, path: &str) -> Option<(&ast::File, &[Diagnostic])> {
        let place = self.place(path).ok()?;
        Some((&**self.trees.get(place)?, &**self.parse_findings.get(place)?))
    }

    /// Lets go of what was known before the last change, where everything was worked out since.
    pub fn let_go(&mut self) {
        if self.checked.get().is_some() {
            self.before = None;
        }
    }

    /// The checked program, where it has no errors, and the findings of checking it.
    #[must_use]
    pub fn checked(&self) -> &Checked {
        self.checked.get_or_init(|| {
            let before = self.before.as_deref();
            Arc::new(check::check(&self.trees, &self.prelude, &self.resources, before))
        })
    }

    /// The name that stands for a file in spans; `None` for one that the program has no more.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<FileId> {
        let is_held = self.place(path).is_ok() || self.resources.0.contains_key(path);
        self.ids.get(path).copied().filter(|_| is_held)
    }

    /// What the names of a file stand for, without checking the rest of the program, where that has
    /// not been done: quick enough for every keystroke.
    #[must_use]
    pub fn mentions_in(&self, path: &str) -> Mentions {
        let Some(file) = self.file(path) else { return Mentions::default() };
        if let Some(checked) = self.checked.get() {
            return checked.mentions.only(file);
        }
        let look = Look::new(&self.trees, &self.prelude);
        match self.place(path).ok().and_then(|place| self.trees.get(place)) {
            Some(tree) => look.mentions(tree).only(file),
            None => match self.resources.0.get(path) {
                Some((_, text)) => look.template(path, text, Span::new(file, 0, 0)).0,
                None => Mentions::default(),
            },
        }
    }

    /// A look at what could be written in this program.
    #[must_use]
    pub fn look(&self) -> Look<'_> {
        Look::new(&self.trees, &self.prelude)
    }

    /// The syntax trees of the program, and that of the built-in actions.
    pub fn trees(&self) -> impl Iterator<Item = &ast::File> {
        self.trees.iter().chain([&self.prelude]).map(|tree| &**tree)
    }

    /// Every finding, by place.
    #[must_use]
    pub fn findings(&self) -> Vec<Diagnostic> {
        let mut all: Vec<Diagnostic> = self
            .parse_findings
            .iter()
            .flat_map(|findings| &**findings)
            .chain(&self.checked().findings)
            .cloned()
            .collect();
        sort(&mut all, &self.sources);
        all
    }
}

/// Sorts findings by file name and place, whatever order their files were read in; those that lie in no file come first.
pub fn sort(findings: &mut [Diagnostic], sources: &Sources) {
    let key = |finding: &Diagnostic| match finding.labels.first().map(|label| label.place.clone()) {
        None => (String::new(), 0, 0),
        Some(Place::Text(span)) => {
            let path = sources.get(span.file).map_or_else(String::new, |source| source.path.to_string());
            (path, u64::from(span.start), u64::from(span.end))
        }
        Some(Place::Data(place)) => (place.file, place.line.unwrap_or(0), place.column.unwrap_or(0)),
    };
    findings.sort_by_cached_key(|finding| (key(finding), finding.code.id, finding.message.clone()));
}

/// The files that a declaration refers to.
fn files_of(item: &ast::Item) -> Vec<String> {
    match item {
        ast::Item::Template(template) => template.files.iter().map(|(_, path)| path.value.clone()).collect(),
        ast::Item::Calendar(calendar) => calendar
            .holidays
            .iter()
            .filter_map(|holidays| match holidays {
                ast::Holidays::File(path) => Some(path.value.clone()),
                ast::Holidays::Country(_) => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn replace<T>(list: &mut [T], place: usize, value: T) {
    if let Some(slot) = list.get_mut(place) {
        *slot = value;
    }
}

//! A program as the client sees it: paths and offsets on our side, URIs and positions on the other.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use dunlin::disk;
use dunlin::ide;
use dunlin::schema::{PRELUDE, PRELUDE_PATH};
use dunlin::workspace::Workspace;
use tower_lsp::ls_types::{
    DocumentChanges, Location, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, Uri,
    WorkspaceEdit,
};

use crate::convert::position::Lines;
use crate::editor::Editor;
use crate::program::Program;
use crate::settings::Settings;
use crate::texts::{Text, Texts};

/// A program as the client sees it.
pub(crate) struct View<'a> {
    /// What the editor can do.
    pub(crate) editor: &'a Editor,
    /// What the user has set.
    pub(crate) settings: &'a Settings,
    /// The program.
    pub(crate) program: &'a Program,
    texts: &'a Texts,
    lines: RefCell<BTreeMap<String, Rc<Lines<'a>>>>,
}

impl<'a> View<'a> {
    /// A program with the open texts.
    pub(crate) const fn new(
        editor: &'a Editor,
        settings: &'a Settings,
        texts: &'a Texts,
        program: &'a Program,
    ) -> Self {
        Self { editor, settings, program, texts, lines: RefCell::new(BTreeMap::new()) }
    }

    /// The program's texts and what they say.
    pub(crate) const fn workspace(&self) -> &'a Workspace {
        self.program.workspace()
    }

    /// The findings of a file.
    pub(crate) fn findings(&self, path: &str) -> &'a [ide::diagnostics::Finding] {
        self.program.findings().get(path).map_or(&[], Vec::as_slice)
    }

    /// The open text of a file.
    pub(crate) fn open(&self, path: &str) -> Option<&'a Text> {
        self.texts.of_file(&self.program.root().file(path))
    }

    /// The client's name for a file, where it is open; else one of ours. The built-in actions have none.
    pub(crate) fn uri(&self, path: &str) -> Option<Uri> {
        let on_disk = || crate::paths::to_uri(&self.program.root().file(path)).filter(|_| path != PRELUDE_PATH);
        self.open(path).map(|text| text.uri.clone()).or_else(on_disk)
    }

    /// The paths of the open texts.
    pub(crate) fn open_paths(&self) -> BTreeSet<String> {
        self.texts.iter().map(|text| self.program.root().path(&text.file)).collect()
    }

    /// The client's names for a file: of each of its open texts, as often as it is open; else one of ours.
    pub(crate) fn names(&self, path: &str) -> Vec<(Uri, Option<&'a Text>)> {
        let file = self.program.root().file(path);
        let open = self.texts.all_of_file(&file);
        let open: Vec<_> = open.map(|text| (text.uri.clone(), Some(text))).collect();
        if open.is_empty() { self.uri(path).map(|uri| (uri, None)).into_iter().collect() } else { open }
    }

    /// Whether there is such a file: open, or on the disk.
    pub(crate) fn is_there(&self, path: &str) -> bool {
        self.open(path).is_some() || self.program.root().file(path).is_file()
    }

    /// What a file says that is not part of the program: open, or on the disk.
    pub(crate) fn text_beside(&self, path: &str) -> Option<String> {
        self.open(path).map(|text| text.for_program().to_owned()).or_else(|| self.on_disk(path))
    }

    fn on_disk(&self, path: &str) -> Option<String> {
        Some(disk::read(self.program.root().folder()?, path).ok()?.text)
    }

    /// Whether a file is shown as part of this program, and not of one of `others` whose folder lies within this one's.
    pub(crate) fn is_at_home(&self, others: &[View<'_>], path: &str) -> bool {
        let root = self.program.root();
        let file = root.file(path);
        let nearer = |other: &View<'_>| {
            let folders = root.folder().zip(other.program.root().folder());
            folders.is_some_and(|(own, other)| other != own && other.starts_with(own) && file.starts_with(other))
        };
        !others.iter().any(nearer)
    }

    /// The lines of a file, to tell positions from offsets.
    pub(crate) fn lines(&self, path: &str) -> Rc<Lines<'a>> {
        let mut known = self.lines.borrow_mut();
        let lines = known.entry(path.to_owned()).or_insert_with(|| {
            let open = self.open(path).map(Text::for_client);
            let held = || if path == PRELUDE_PATH { Some(PRELUDE) } else { self.workspace().text(path) };
            let known = open.or_else(held).map(Cow::Borrowed);
            let text = known.unwrap_or_else(|| self.on_disk(path).map_or(Cow::Borrowed(""), Cow::Owned));
            Rc::new(Lines::new(text, self.editor.encoding()))
        });
        Rc::clone(lines)
    }

    /// A place as the client knows it.
    pub(crate) fn location(&self, place: &ide::Location) -> Option<Location> {
        Some(Location { uri: self.uri(&place.path)?, range: self.lines(&place.path).range(&place.range) })
    }

    /// Replacements in one file.
    pub(crate) fn text_edits(&self, edits: &[ide::Edit]) -> Vec<TextEdit> {
        let edit = |edit: &ide::Edit| TextEdit {
            range: self.lines(&edit.location.path).range(&edit.location.range),
            new_text: edit.text.clone(),
        };
        edits.iter().map(edit).collect()
    }

    /// Replacements in any files, for the texts in the state they are in.
    pub(crate) fn workspace_edit(&self, edits: &[ide::Edit]) -> Option<WorkspaceEdit> {
        let mut by_path: BTreeMap<&str, Vec<ide::Edit>> = BTreeMap::new();
        for edit in edits {
            by_path.entry(&edit.location.path).or_default().push(edit.clone());
        }
        let files = by_path.into_iter().map(|(path, edits)| Some((path, self.uri(path)?, self.text_edits(&edits))));
        let files: Vec<(&str, Uri, Vec<TextEdit>)> = files.collect::<Option<_>>()?;
        if !self.editor.checks_versions() {
            let changes = files.into_iter().map(|(_, uri, edits)| (uri, edits)).collect();
            return Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() });
        }
        let changes = files.into_iter().map(|(path, uri, edits)| TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                uri,
                version: self.open(path).map(|text| text.version),
            },
            edits: edits.into_iter().map(OneOf::Left).collect(),
        });
        let changes = DocumentChanges::Edits(changes.collect());
        Some(WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() })
    }
}

/// Where the client asks something: a path and an offset in its text.
#[derive(Debug, Clone)]
pub(crate) struct Here {
    /// The file.
    pub(crate) path: String,
    /// The byte of its text.
    pub(crate) offset: usize,
}

//! Everything that is being edited: the open texts, the programs they belong to, and what the editor was told.
//!
//! A file belongs to the program of the nearest folder upwards with a `dunlin.toml`, else of the
//! client's folder that holds it, else of the folder it lies in. A text that was never saved is a
//! program alone, and so are the declarations of the built-in actions.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::Datelike;
use dunlin::base::Date;
use dunlin::disk;
use dunlin::ide::semantic_tokens;
use serde_json::Value;
use tower_lsp::ls_types::{
    DidChangeTextDocumentParams, FileEvent, TextDocumentItem, Uri, WorkspaceFolder, WorkspaceFoldersChangeEvent,
};

use crate::editor::{Editor, Refresh};
use crate::lens::Lens;
use crate::lens::known::{Asked, Known};
use crate::lens::reckon::Job;
use crate::lens::why::Inquiry;
use crate::outbox::Outbox;
use crate::paths;
use crate::prelude;
use crate::program::{Program, Root};
use crate::publish::Published;
use crate::settings::Settings;
use crate::texts::{self, Texts};
use crate::view::View;

/// Everything that is being edited.
#[derive(Debug)]
pub(crate) struct Programs {
    editor: Editor,
    settings: Settings,
    folders: Vec<PathBuf>,
    texts: Texts,
    programs: BTreeMap<Root, Program>,
    published: Published,
    outbox: Outbox,
    lens: Lens,
    /// What the user was told since the settings were last changed.
    said: BTreeSet<String>,
    /// Whether something has changed since the editor was last told.
    is_changed: bool,
}

impl Programs {
    /// Nothing yet; what the editor is to be told goes to `outbox`, what programs do `lens` works out.
    pub(crate) fn new(outbox: Outbox, lens: Lens) -> Self {
        Self {
            editor: Editor::default(),
            settings: Settings::default(),
            folders: Vec::new(),
            texts: Texts::default(),
            programs: BTreeMap::new(),
            published: Published::default(),
            outbox,
            lens,
            said: BTreeSet::new(),
            is_changed: false,
        }
    }

    /// The client has introduced itself.
    pub(crate) fn introduce(&mut self, editor: Editor, folders: Vec<PathBuf>, settings: Settings) {
        self.editor = editor;
        self.folders = folders;
        self.settings = settings;
    }

    /// The client is ready: the programs of its folders are read before anything is opened.
    pub(crate) fn begin(&mut self) {
        for folder in self.folders.iter().flat_map(|folder| disk::programs(folder)) {
            let root = Root::Tree(folder);
            self.programs.entry(root.clone()).or_insert_with(|| Program::new(root));
        }
        self.is_changed = true;
    }

    /// A text is open.
    pub(crate) fn open(&mut self, item: TextDocumentItem) {
        let folders = &self.folders;
        self.texts.open(item, |file| home(folders, file));
        self.texts_have_changed();
    }

    /// An open text has changed.
    pub(crate) fn change(&mut self, it: DidChangeTextDocumentParams) {
        let document = it.text_document;
        self.texts.change(&document.uri, document.version, it.content_changes, self.editor.encoding());
        if let Some(text) = self.texts.named(document.uri.as_str()) {
            self.lens.stop(&text.home);
            if let Some(program) = self.programs.get_mut(&text.home) {
                program.watch.forget();
            }
        }
        self.texts_have_changed();
    }

    /// A text is no longer open: the file on the disk counts again.
    pub(crate) fn close(&mut self, uri: &Uri) {
        self.texts.close(uri);
        self.disk_has_changed();
    }

    /// A text was saved. Where the client watches the files it tells what else that changes.
    pub(crate) fn saved(&mut self) {
        if !self.editor.watches_files() {
            self.disk_has_changed();
        }
    }

    /// Files have changed on the disk.
    pub(crate) fn files_changed(&mut self, events: &[FileEvent]) {
        if events.iter().any(|event| event.uri.as_str().ends_with(disk::SETTINGS)) {
            // There may be another program.
            self.begin();
        }
        if !events.is_empty() {
            self.disk_has_changed();
        }
    }

    /// Folders were added or taken away.
    pub(crate) fn folders_changed(&mut self, event: WorkspaceFoldersChangeEvent) {
        let gone = paths_of(event.removed);
        self.folders.retain(|folder| !gone.contains(folder));
        self.folders.extend(paths_of(event.added));
        self.begin();
        self.disk_has_changed();
    }

    /// The user's settings have changed.
    pub(crate) fn configure(&mut self, sent: &Value) {
        let settings = Settings::read(sent);
        if self.settings != settings {
            self.settings = settings;
            self.said.clear();
            self.is_changed = true;
            self.refresh(Refresh::Lenses);
            self.refresh(Refresh::Hints);
        }
    }

    fn texts_have_changed(&mut self) {
        for text in self.texts.iter() {
            self.programs.entry(text.home.clone()).or_insert_with(|| Program::new(text.home.clone()));
        }
        self.programs.values_mut().for_each(Program::texts_have_changed);
        self.is_changed = true;
    }

    fn disk_has_changed(&mut self) {
        let folders = &self.folders;
        self.texts.iter_mut().for_each(|text| text.home = home(folders, &text.file));
        let is_wanted = |root: &Root| {
            let folder = root.folder();
            let is_open = || self.texts.iter().any(|text| text.home == *root);
            let is_shown =
                |folder: &Path| folders.iter().any(|open| folder.starts_with(open) || open.starts_with(folder));
            folder.is_some_and(is_shown) || is_open()
        };
        self.programs.retain(|root, _| is_wanted(root));
        self.programs.values_mut().for_each(Program::disk_has_changed);
        self.texts_have_changed();
    }

    /// Tells the editor to ask again for something, where it can be told.
    pub(crate) fn refresh(&self, what: Refresh) {
        if self.editor.refreshes(what) {
            self.outbox.refresh(what);
        }
    }

    /// A file with its program, brought up to date, and its path there.
    pub(crate) fn view(&mut self, uri: &Uri) -> Option<(View<'_>, String)> {
        let open = self.texts.named(uri.as_str());
        let file = open.map_or_else(|| texts::file_of(uri), |text| text.file.clone());
        let root = open.map_or_else(|| home(&self.folders, &file), |text| text.home.clone());
        let program = self.programs.entry(root.clone()).or_insert_with(|| Program::new(root));
        program.bring_up_to_date(&self.texts);
        let path = program.root().path(&file);
        Some((View::new(&self.editor, &self.settings, &self.texts, program), path))
    }

    /// The same for a question that needs the ledger: from now on that is looked at after every change.
    pub(crate) fn watched(&mut self, uri: &Uri, asked: Asked) -> Option<(View<'_>, String)> {
        let root = self.view(uri)?.0.program.root().clone();
        let program = self.programs.get_mut(&root)?;
        self.is_changed |= program.watch.ask(asked) || program.watch.is_of_another_day(today());
        self.view(uri)
    }

    /// Whether something newer will soon be known of what a file's program does.
    pub(crate) fn is_waiting(&mut self, uri: &Uri) -> bool {
        let is_waiting = self.watched(uri, Asked::Lenses).is_some_and(|(view, _)| view.program.watch.is_waiting());
        is_waiting || self.is_changed
    }

    /// What is known of the program of a file.
    pub(crate) fn known(&mut self, uri: &Uri) -> Option<Arc<Known>> {
        self.view(uri)?.0.program.watch.known().cloned()
    }

    /// The program of a file, to be asked about its ledger; the only one where no file is named.
    pub(crate) fn inquiry(&mut self, uri: Option<&Uri>) -> Option<Inquiry> {
        let books = Arc::clone(&self.lens.books);
        let date = self.settings.lens_date;
        let inquiry = |program: &Program| {
            let folder = program.root().folder()?.to_owned();
            let (workspace, is_sound) = (program.workspace().clone(), program.is_sound());
            Some(Inquiry { folder, workspace, is_sound, date, today: today(), books })
        };
        match uri {
            Some(uri) => inquiry(self.view(uri)?.0.program),
            None => match self.views().as_slice() {
                [only] => inquiry(only.program),
                _ => None,
            },
        }
    }

    /// The lens has worked out what a program does.
    pub(crate) fn lens_ready(&mut self, root: &Root, number: u64, known: Known) {
        let notice = known.notice.clone();
        let Some(news) = self.programs.get_mut(root).and_then(|program| program.watch.learn(number, known)) else {
            return;
        };
        if let Some(notice) = notice.filter(|notice| self.said.insert(notice.clone())) {
            self.outbox.say(notice);
        }
        if news.lenses {
            self.refresh(Refresh::Lenses);
        }
        if news.hints {
            self.refresh(Refresh::Hints);
        }
    }

    /// The lens.
    pub(crate) const fn lens(&self) -> &Lens {
        &self.lens
    }

    /// Gives the lens the programs that it is to look at.
    fn look(&mut self) {
        let today = today();
        for (root, program) in &mut self.programs {
            let Some(wishes) = program.watch.wishes(&self.settings, today) else { continue };
            if !program.is_sound() || program.watch.was_given(program.workspace(), &wishes) {
                continue;
            }
            let (workspace, number) = (program.workspace().clone(), self.lens.next());
            program.watch.give(workspace.clone(), wishes.clone(), number);
            self.lens.submit(Job { root: root.clone(), number, workspace, wishes });
        }
    }

    /// Every program, brought up to date.
    pub(crate) fn views(&mut self) -> Vec<View<'_>> {
        self.programs.values_mut().for_each(|program| program.bring_up_to_date(&self.texts));
        let view = |program| View::new(&self.editor, &self.settings, &self.texts, program);
        self.programs.values().map(view).collect()
    }

    /// The editor was given these findings of a text when it asked.
    pub(crate) fn gave(&mut self, uri: &Uri, id: &str) {
        if let Some(text) = self.texts.named_mut(uri.as_str()) {
            text.given = Some(id.to_owned());
            text.is_edited = false;
        }
    }

    /// The editor asks for the colours of a text. Where it can be told to do so again, what they are made of is kept.
    pub(crate) fn gives_colours(&mut self, uri: &Uri) {
        if !self.editor.refreshes(Refresh::Colours) {
            return;
        }
        let Some((view, path)) = self.view(uri) else { return };
        let mentions = view.workspace().mentions_in(&path);
        if let Some(text) = self.texts.named_mut(uri.as_str()) {
            text.coloured = Some(mentions);
        }
    }

    /// Whether names in open texts stand for others since their colours were asked for, by what was written elsewhere.
    fn are_recoloured(&mut self) -> bool {
        let mut any = false;
        for text in self.texts.iter_mut() {
            let (Some(before), Some(program)) = (&text.coloured, self.programs.get(&text.home)) else { continue };
            let now = program.workspace().mentions_in(&program.root().path(&text.file));
            if semantic_tokens::are_others(before, &now) {
                text.coloured = None;
                any = true;
            }
        }
        any
    }

    /// The editor asks for the findings of all files: it is not sent those of the files it has not opened.
    pub(crate) const fn asks_for_all(&mut self) {
        if !self.published.asks_for_all {
            self.published.asks_for_all = true;
            self.is_changed = true;
        }
    }

    /// Whether the editor knows of everything that has changed.
    pub(crate) const fn are_settled(&self) -> bool {
        !self.is_changed
    }

    /// Tells the editor of what has changed.
    pub(crate) fn settle(&mut self) {
        self.is_changed = false;
        self.programs.values_mut().for_each(|program| program.bring_up_to_date(&self.texts));
        let view = |program| View::new(&self.editor, &self.settings, &self.texts, program);
        let views: Vec<View<'_>> = self.programs.values().map(view).collect();
        let is_behind = self.published.publish(&self.editor, &views, &self.outbox);
        if is_behind {
            self.refresh(Refresh::Findings);
        }
        if self.are_recoloured() {
            self.refresh(Refresh::Colours);
        }
        self.programs.values_mut().for_each(Program::let_go);
        self.look();
    }

    /// After a mistake of ours: everything is read again when it is next asked for.
    pub(crate) fn start_over(&mut self) {
        self.programs.iter_mut().for_each(|(root, program)| *program = Program::new(root.clone()));
    }
}

/// What day it is here; nothing where the clock is beyond all reason.
fn today() -> Option<Date> {
    let today = chrono::Local::now().date_naive();
    Date::new(today.year(), today.month(), today.day())
}

/// The folders of the client that lie on the disk.
pub(crate) fn paths_of(folders: Vec<WorkspaceFolder>) -> Vec<PathBuf> {
    folders.into_iter().filter_map(|folder| paths::of_uri(folder.uri.as_str())).collect()
}

/// The program of a file.
fn home(folders: &[PathBuf], file: &Path) -> Root {
    let is_anywhere = file.is_absolute() && !prelude::is_it(file);
    let Some(parent) = file.parent().filter(|_| is_anywhere) else { return Root::Alone(file.to_owned()) };
    let opened =
        || folders.iter().filter(|folder| file.starts_with(folder)).max_by_key(|folder| folder.as_os_str().len());
    let tree = disk::program_around(parent).or_else(|| opened().map(PathBuf::as_path));
    tree.map_or_else(|| Root::Folder(parent.to_owned()), |folder| Root::Tree(folder.to_owned()))
}

//! The program's folder: which one is meant, and everything in it that the commands need.

use std::io;
use std::mem;
use std::path::{Component, Path, PathBuf};

use crate::base::{Diagnostic, Severity, code};
use crate::check::tree::Program;
use crate::cli::Status;
use crate::cli::terminal::{Terminal, Trouble};
use crate::disk;
use crate::ledger::Config;
use crate::report::{View, human};
use crate::workspace::Workspace;

pub(super) use crate::disk::SETTINGS;

/// A program's folder, read.
pub(super) struct Project {
    /// The folder as the working folder sees it.
    pub(super) root: PathBuf,
    /// The same for messages: with `/`, empty for the working folder itself.
    shown: String,
    /// The program.
    pub(super) workspace: Workspace,
    /// The text of `dunlin.toml`; empty where there is none.
    pub(super) settings: String,
    /// The settings; `None` where they cannot be understood.
    pub(super) config: Option<Config>,
    /// Every finding: of reading, of the settings, of the program; by place.
    pub(super) findings: Vec<Diagnostic>,
}

/// The folder that is meant: the command's own argument or `-C`, else the nearest one upwards with
/// a `dunlin.toml`, else the working folder.
pub(super) fn folder(argument: Option<&Path>, common: Option<&Path>) -> Result<PathBuf, Trouble> {
    match (argument, common) {
        (Some(_), Some(_)) => {
            Err(Trouble::with_help("the folder is given twice", "give it after the command or after `-C`, not both"))
        }
        (Some(folder), None) | (None, Some(folder)) => Ok(folder.to_owned()),
        (None, None) => Ok(nearest(&std::env::current_dir().unwrap_or_default())),
    }
}

fn nearest(working: &Path) -> PathBuf {
    let up = working.ancestors().position(|folder| folder.join(SETTINGS).is_file());
    match up {
        None | Some(0) => PathBuf::from("."),
        Some(levels) => std::iter::repeat_n("..", levels).collect(),
    }
}

impl Project {
    /// Reads the folder and checks the program. Whatever is wrong is among the findings.
    pub(super) fn open(root: PathBuf) -> Self {
        let mut project = Self::read(root);
        project.check();
        project
    }

    fn check(&mut self) {
        if !self.workspace.paths().is_empty() {
            self.findings = disk::findings(&self.workspace, mem::take(&mut self.findings));
        }
    }

    /// Reads the folder; the findings are only those of reading it.
    pub(super) fn read(root: PathBuf) -> Self {
        let mut project = Self::unread(root);
        if project.is_folder() {
            project.read_program();
            project.read_settings();
        }
        project
    }

    /// Reads the settings alone; the findings are only those of reading them.
    pub(super) fn settings(root: PathBuf) -> Self {
        let mut project = Self::unread(root);
        if project.is_folder() {
            project.read_settings();
        }
        project
    }

    /// A program that was read elsewhere, and its settings. `root` is the folder that the settings are about,
    /// `shown` stands before its paths in findings.
    pub(super) fn given(
        root: PathBuf,
        shown: String,
        program: disk::Program,
        settings: io::Result<disk::Text>,
    ) -> Self {
        let mut project = Self { shown, ..Self::unread(root) };
        project.take(program);
        project.take_settings(settings);
        project.check();
        project
    }

    fn unread(root: PathBuf) -> Self {
        let (settings, workspace) = (String::new(), Workspace::default());
        Self { shown: shown(&root), workspace, settings, config: None, findings: Vec::new(), root }
    }

    /// What findings are shown with.
    pub(super) fn view(&self) -> View<'_> {
        View { sources: self.workspace.sources(), folder: &self.shown }
    }

    /// The program, where nothing stands against running it.
    pub(super) fn program(&self) -> Option<&Program> {
        let is_sound = self.status() == Status::Fine && !self.workspace.paths().is_empty();
        self.workspace.checked().program().filter(|_| is_sound)
    }

    /// How a command ends that found nothing but the findings.
    pub(super) fn status(&self) -> Status {
        status(&self.findings)
    }

    /// Tells all findings, with their number below.
    pub(super) fn tell(&self, terminal: &Terminal) {
        tell(self.view(), &self.findings, terminal);
    }

    fn is_folder(&mut self) -> bool {
        let name = self.root.display();
        let finding = if !self.root.exists() {
            Diagnostic::new(code::NO_SUCH_FOLDER, format!("there is no folder `{name}`"))
                .help("check the spelling, or start a program there with `dunlin new`")
        } else if !self.root.is_dir() {
            let parent = self.root.parent().filter(|parent| !parent.as_os_str().is_empty());
            let parent = parent.unwrap_or_else(|| Path::new("."));
            Diagnostic::new(code::NOT_A_FOLDER, format!("`{name}` is a file; a program is a folder"))
                .help(format!("give its folder: `{}`", parent.display()))
        } else {
            return true;
        };
        self.findings.push(finding);
        false
    }

    fn read_program(&mut self) {
        self.take(disk::program(&self.root));
    }

    fn take(&mut self, program: disk::Program) {
        self.findings.extend(program.findings);
        self.workspace = program.workspace;
        if self.workspace.paths().is_empty() && self.findings.is_empty() {
            self.findings.push(no_procedures(&self.shown));
        }
    }

    fn read_settings(&mut self) {
        self.take_settings(disk::read(&self.root, SETTINGS));
    }

    fn take_settings(&mut self, read: io::Result<disk::Text>) {
        if let Ok(text) = &read {
            self.settings.clone_from(&text.text);
        }
        match disk::settings(read) {
            Ok(config) => self.config = Some(config),
            Err(findings) => self.findings.extend(findings),
        }
    }

    /// A path given on the command line, as it is written in the project's settings: relative to the folder.
    pub(super) fn seen_from_here(&self, path: &Path) -> String {
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let (root, target) = (normal(&absolute(&self.root)), normal(&absolute(path)));
        let shared = root.components().zip(target.components()).take_while(|(left, right)| left == right).count();
        let up = root.components().skip(shared).map(|_| Component::ParentDir);
        let way: PathBuf = up.chain(target.components().skip(shared)).collect();
        if way.as_os_str().is_empty() { ".".to_owned() } else { way.to_string_lossy().replace('\\', "/") }
    }
}

/// Tells findings, with their number below; nothing where there is none.
pub(super) fn tell(view: View<'_>, findings: &[Diagnostic], terminal: &Terminal) {
    if !findings.is_empty() {
        let style = terminal.finding_style();
        terminal.tell(&human::findings(view, findings, style));
        terminal.tell(&(human::summary(findings, style) + "\n"));
    }
}

/// How a command ends that found these.
pub(super) fn status(findings: &[Diagnostic]) -> Status {
    let out_of_reach = [
        code::NO_SUCH_FOLDER,
        code::NOT_A_FOLDER,
        code::NO_PROCEDURES,
        code::UNREADABLE_PROGRAM,
        code::MISSING_TABLE,
        code::UNREADABLE_FILE,
    ];
    if findings.iter().any(|finding| out_of_reach.contains(&finding.code)) {
        Status::Trouble
    } else if findings.iter().any(|finding| finding.severity() == Severity::Error) {
        Status::Findings
    } else {
        Status::Fine
    }
}

/// The finding about a folder without procedures, as it is called in messages.
pub(super) fn no_procedures(shown: &str) -> Diagnostic {
    let name = if shown.is_empty() { "this folder".to_owned() } else { format!("`{shown}`") };
    Diagnostic::new(code::NO_PROCEDURES, format!("there is no `.proc` file in {name} or below"))
        .help("write one, or start with an example: `dunlin new my_company`")
}

/// A path for messages: with `/`, empty for the working folder itself.
pub(super) fn shown(root: &Path) -> String {
    let plain = normal(root).to_string_lossy().replace('\\', "/");
    if plain == "." { String::new() } else { plain }
}

/// A path without `.` and without `a/..`, as far as its letters tell.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    if out.as_os_str().is_empty() { PathBuf::from(".") } else { out }
}

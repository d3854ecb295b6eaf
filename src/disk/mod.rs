//! A program's folder on the disk, or its files from elsewhere: finding its `.proc` files, reading them and
//! what they refer to.
//!
//! Shared by the command line and the language server. Everything here reads, nothing writes; what
//! cannot be read becomes a finding and the rest is read all the same.

pub mod git;
mod settings;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::base::{DataPlace, Diagnostic, FileId, Source, Span, code, text};
use crate::workspace::{self, Workspace};

pub use settings::{SETTINGS, folders, names, settings, understood};

/// A text file as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Its path, relative to the program's folder, with `/`.
    pub path: String,
    /// What it says, without a byte order mark; what is not UTF-8 is replaced by `�`.
    pub text: String,
    /// The offset of the first character that is not UTF-8.
    pub broken_at: Option<usize>,
    /// Whether it is written in UTF-16, as some editors do.
    pub utf16: bool,
}

/// A program as it stands on the disk.
#[derive(Debug, Default)]
pub struct Program {
    /// Its texts.
    pub workspace: Workspace,
    /// What is wrong with reading them. Those of the workspace are its own.
    pub findings: Vec<Diagnostic>,
}

/// Reads every `.proc` file below `root`, and the templates and calendars that they name.
#[must_use]
pub fn program(root: &Path) -> Program {
    let mut program = Program::default();
    let texts = texts(root, &mut program.findings);
    texts.into_iter().for_each(|text| program.add(text));
    resources(root, &mut program.workspace, &mut program.findings);
    program
}

/// The program in a folder of files that lie elsewhere, such as in a repository: what they hold by their
/// paths, those of the program and of `.gitignore` at least, above the folder too; and how the files are
/// read that the program names. The folder is empty or has a `/` at its end.
#[must_use]
pub fn program_of(files: &BTreeMap<String, Vec<u8>>, folder: &str, other: &mut Reader<'_>) -> Program {
    let mut program = Program::default();
    let ignored = Ignored::new(files);
    let sources = files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(folder)?, bytes)));
    for (path, bytes) in sources.filter(|(path, _)| path.ends_with(".proc") && !ignored.passes_by(folder, path)) {
        program.add(decode(path, bytes));
    }
    resources_of(&mut program.workspace, &mut program.findings, other);
    program
}

/// Every finding of a program, by place: those of reading it, and those of what it says. What cannot be read
/// in a file that is not written in UTF-8 follows from that.
#[must_use]
pub fn findings(workspace: &Workspace, reading: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let file = |finding: &Diagnostic| finding.span().map(|span| span.file);
    let broken = reading.iter().filter(|finding| finding.code == code::PROGRAM_NOT_UTF8);
    let broken: Vec<FileId> = broken.filter_map(file).collect();
    let follows =
        |finding: &Diagnostic| finding.code.is_of_syntax() && file(finding).is_some_and(|file| broken.contains(&file));
    let found = workspace.findings().into_iter().filter(|finding| !follows(finding));
    let mut all: Vec<Diagnostic> = reading.into_iter().chain(found).collect();
    workspace::sort(&mut all, workspace.sources());
    all
}

/// How a file is read, by its path.
pub type Reader<'a> = dyn FnMut(&str) -> io::Result<Text> + 'a;

impl Program {
    fn add(&mut self, text: Text) {
        let id = self.workspace.set_text(&text.path, &text.text);
        self.findings.extend(source_encoding(&text, id));
    }
}

/// What a walk through a folder passes by, of files that lie elsewhere: as `texts` does on the disk.
struct Ignored(Vec<BTreeMap<String, Gitignore>>);

impl Ignored {
    fn new(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let named = |name: &str| {
            let of_name = files.iter().filter_map(|(path, bytes)| {
                let folder = path.strip_suffix(name)?;
                (folder.is_empty() || folder.ends_with('/')).then_some((folder, bytes))
            });
            let rules = of_name.filter_map(|(folder, bytes)| {
                let mut builder = GitignoreBuilder::new(format!("/{folder}"));
                for line in String::from_utf8_lossy(bytes).lines() {
                    // A line that cannot be read is passed over, as on the disk.
                    let _ = builder.add_line(None, line);
                }
                Some((folder.to_owned(), builder.build().ok()?))
            });
            rules.collect()
        };
        Self(vec![named(".ignore"), named(".gitignore")])
    }

    /// Whether a walk through `folder` passes by the file `path` below it.
    fn passes_by(&self, folder: &str, path: &str) -> bool {
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        ends.filter_map(|end| path.get(..end)).any(|entry| {
            let name = entry.rsplit('/').next().unwrap_or(entry);
            let is_folder = entry.len() < path.len();
            name.starts_with('.') || name == "target" || self.names(&format!("{folder}{entry}"), is_folder)
        })
    }

    /// Whether the rules name an entry: the nearest folder with a rule about it decides.
    fn names(&self, entry: &str, is_folder: bool) -> bool {
        let folders: Vec<&str> = entry.match_indices('/').filter_map(|(at, _)| entry.get(..=at)).collect::<Vec<_>>();
        let nearest = || folders.iter().rev().copied().chain([""]);
        let rules = self.0.iter().flat_map(|rules| nearest().filter_map(|folder| rules.get(folder)));
        let mut said = rules.map(|rules| rules.matched(format!("/{entry}"), is_folder)).filter(|said| !said.is_none());
        said.next().is_some_and(|said| said.is_ignore())
    }
}

/// Reads the templates and calendars that a program names. One that is not there is the checker's to report.
pub fn resources(root: &Path, workspace: &mut Workspace, findings: &mut Vec<Diagnostic>) {
    resources_of(workspace, findings, &mut |path| read(root, path));
}

fn resources_of(workspace: &mut Workspace, findings: &mut Vec<Diagnostic>, read: &mut Reader<'_>) {
    for path in workspace.wanted_resources() {
        findings.extend(resource(workspace, &path, read(&path)));
    }
}

/// Takes in a file that the program refers to, as it was read; the finding about that, where there is one.
/// A file that is not there is the checker's to report.
pub fn resource(workspace: &mut Workspace, path: &str, read: io::Result<Text>) -> Option<Diagnostic> {
    match read {
        Ok(text) => {
            workspace.set_resource(path, Some(&text.text));
            encoding(&text)
        }
        Err(error) if names_no_file(&error) => {
            workspace.set_resource(path, None);
            None
        }
        Err(error) => {
            workspace.set_resource(path, Some(""));
            Some(unreadable(path, &error))
        }
    }
}

/// Whether nothing of this name can be a file: there is none, it is a folder or lies below a file, or no file
/// is called so.
fn names_no_file(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidFilename, InvalidInput, IsADirectory, NotADirectory, NotFound};
    matches!(error.kind(), NotFound | IsADirectory | NotADirectory | InvalidInput | InvalidFilename)
}

fn texts(root: &Path, findings: &mut Vec<Diagnostic>) -> Vec<Text> {
    let mut texts = Vec::new();
    for path in paths(root, findings) {
        match read(root, &path) {
            Ok(text) => texts.push(text),
            Err(error) => findings.push(unreadable(&path, &error)),
        }
    }
    findings.sort_by(|left, right| left.sort_key().cmp(&right.sort_key()));
    texts
}

/// The paths of the `.proc` files below a folder, sorted, relative to it, with `/`. What `.gitignore`
/// names, hidden files and `target` are passed by. A `.gitignore` above the folder counts up to the root of
/// its repository; the user's own settings of git do not, so the same repository always gives the same program.
#[must_use]
pub fn paths(root: &Path, findings: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut paths = Vec::new();
    for entry in walk(root) {
        match &entry {
            Ok(entry) if is_source(entry.path()) => paths.push(relative(root, entry.path())),
            Ok(_) => {}
            Err(error) => findings.push(unreadable_entry(root, error)),
        }
    }
    paths.sort_unstable();
    paths
}

/// The folders of the programs that a folder lies in or holds: the nearest upwards with [`SETTINGS`], else all below
/// that have one, not too deep; else the folder itself, if there are procedures in it.
#[must_use]
pub fn programs(folder: &Path) -> Vec<PathBuf> {
    const DEEPEST: usize = 6;
    if let Some(around) = program_around(folder) {
        return vec![around.to_owned()];
    }
    let (mut marked, mut holds_procedures) = (Vec::new(), false);
    for entry in walker(folder).max_depth(Some(DEEPEST)).build().filter_map(Result::ok) {
        match entry.path().parent() {
            Some(parent) if entry.file_name() == SETTINGS => marked.push(parent.to_owned()),
            _ => holds_procedures = holds_procedures || is_source(entry.path()),
        }
    }
    if marked.is_empty() && holds_procedures {
        marked.push(folder.to_owned());
    }
    marked.sort_unstable();
    marked
}

/// The folder of the program that a folder lies in: the nearest upwards with [`SETTINGS`].
#[must_use]
pub fn program_around(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| folder.join(SETTINGS).is_file())
}

/// The paths of the other files below a folder that a program may name: texts. At most so many.
#[must_use]
pub fn texts_beside(root: &Path) -> Vec<String> {
    const MOST: usize = 2_000;
    const ENDINGS: [&str; 5] = ["md", "txt", "html", "htm", "j2"];
    let is_text = |path: &Path| path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known));
    let files = walk(root).filter_map(Result::ok).filter(|entry| is_text(entry.path()) && entry.path().is_file());
    let mut paths: Vec<String> = files.take(MOST).map(|entry| relative(root, entry.path())).collect();
    paths.sort_unstable();
    paths
}

fn walk(root: &Path) -> ignore::Walk {
    walker(root).build()
}

fn walker(root: &Path) -> WalkBuilder {
    // With git, what lies above the root of the repository does not count; outside of one the folder is alone.
    let in_a_repository = is_in_a_repository(root);
    let mut walker = WalkBuilder::new(root);
    walker
        .parents(in_a_repository)
        .require_git(in_a_repository)
        .git_global(false)
        .git_exclude(false)
        .filter_entry(|entry| entry.depth() == 0 || entry.file_name() != "target");
    walker
}

/// Whether a folder lies in a git repository.
fn is_in_a_repository(folder: &Path) -> bool {
    let folder = folder.canonicalize().unwrap_or_default();
    folder.ancestors().any(|folder| folder.join(".git").exists())
}

/// Whether a path is a file of procedures, by its ending.
#[must_use]
pub fn is_source(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "proc") && path.is_file()
}

fn unreadable_entry(root: &Path, error: &ignore::Error) -> Diagnostic {
    let path = path_of(error).map_or_else(String::new, |path| relative(root, path));
    match error.io_error() {
        Some(reason) => unreadable(&path, reason),
        None => unreadable(&path, &io::Error::other(error.to_string())),
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

/// A text file below `root`.
///
/// # Errors
/// As the system reports them.
pub fn read(root: &Path, path: &str) -> io::Result<Text> {
    Ok(decode(path, &fs::read(root.join(path))?))
}

/// The text that the bytes of the file `path` stand for.
#[must_use]
pub fn decode(path: &str, bytes: &[u8]) -> Text {
    let utf16 = match bytes {
        [0xFF, 0xFE, rest @ ..] => Some((rest, u16::from_le_bytes as fn([u8; 2]) -> u16)),
        [0xFE, 0xFF, rest @ ..] => Some((rest, u16::from_be_bytes as fn([u8; 2]) -> u16)),
        _ => None,
    };
    if let Some((rest, unit)) = utf16 {
        // It is refused, and read all the same: what is wrong with the rest of the program does not depend on it.
        let units: Vec<u16> = rest.as_chunks().0.iter().map(|pair| unit(*pair)).collect();
        return Text { path: path.to_owned(), text: String::from_utf16_lossy(&units), broken_at: Some(0), utf16: true };
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let broken_at = std::str::from_utf8(bytes).err().map(|error| error.valid_up_to());
    Text { path: path.to_owned(), text: String::from_utf8_lossy(bytes).into_owned(), broken_at, utf16: false }
}

/// The finding about a source text of the program, known as `id`, that is not written in UTF-8.
#[must_use]
pub fn source_encoding(text: &Text, id: FileId) -> Option<Diagnostic> {
    let (at, finding) = not_utf8(text)?;
    let sign = text.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let span = Span::new(id, at, at + sign);
    Some(finding.label(span, UNREADABLE_CHARACTER))
}

/// The finding about a file that is not a source text of the program and is not written in UTF-8.
#[must_use]
pub fn encoding(text: &Text) -> Option<Diagnostic> {
    let (at, finding) = not_utf8(text)?;
    let source = Source::new(&text.path, &text.text);
    let (line, column) = source.line_column(at);
    let place = DataPlace {
        file: text.path.clone(),
        line: Some(line as u64),
        column: Some(column as u64),
        field: None,
        excerpt: Some(source.line(line).to_owned()),
    };
    Some(finding.at_data(place, UNREADABLE_CHARACTER))
}

/// The finding about a file or folder that the system does not let us read.
#[must_use]
pub fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    let place = DataPlace { file: path.to_owned(), ..DataPlace::default() };
    let what = if path.is_empty() { "the folder" } else { "the file" };
    Diagnostic::new(code::UNREADABLE_PROGRAM, format!("{what} cannot be read: {}", plainly(error)))
        .at_data(place, "")
        .help("allow reading it, or move it out of the program's folder")
}

/// What the system says, without its number and its capital letter.
#[must_use]
pub fn plainly(error: &io::Error) -> String {
    text::plainly(&error.to_string())
}

const UNREADABLE_CHARACTER: &str = "the first character that cannot be read";

fn not_utf8(text: &Text) -> Option<(usize, Diagnostic)> {
    let at = text.broken_at?;
    let encoding = if text.utf16 { "it is written in UTF-16" } else { "probably it is in Windows-1252 or ISO 8859" };
    let finding = Diagnostic::new(code::PROGRAM_NOT_UTF8, format!("the file is not written in UTF-8: {encoding}"));
    Some((at, finding.help("save it again with the encoding UTF-8")))
}

/// `path` as seen from `root`, with `/`.
fn relative(root: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap_or(path);
    inner.to_string_lossy().replace('\\', "/")
}

//! `dunlin fmt`: the canonical layout, with every comment.
//!
//! A file is written only when its new text, read again, says the same. One with syntax errors is
//! told of and left alone, and so is one that is not UTF-8; the others are written all the same.
//! The canonical text has line ends `\n` and no byte order mark, whatever the file had.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::base::text::count;
use crate::base::{Diagnostic, Sources, code};
use crate::cli::Status;
use crate::cli::files::replace;
use crate::cli::panic;
use crate::cli::project;
use crate::cli::terminal::{Terminal, Trouble};
use crate::disk;
use crate::format;
use crate::report::{View, diff};
use crate::syntax;

/// How the standard input is called where nothing else is said.
const INPUT: &str = "<stdin>";

/// Write the program in the canonical layout
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files, and folders with all their `.proc` files except what `.gitignore` names; `-` reads one file from the
    /// standard input and writes it to the standard output [default: the program's folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Change nothing; list the files that are not in the canonical layout, and end with status 1 if there are any
    #[arg(long)]
    check: bool,

    /// Change nothing; show what would change, as a unified diff
    #[arg(long)]
    diff: bool,

    /// Read one file from the standard input, as with `-`, and call it PATH in messages
    #[arg(long, value_name = "PATH")]
    stdin_path: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, folder: Option<&Path>, terminal: &Terminal) -> Result<Status, Trouble> {
    let reads_input = arguments.stdin_path.is_some() || arguments.paths.iter().any(|path| path == Path::new("-"));
    let mut work = Work { arguments, terminal, sources: Sources::default(), findings: Vec::new(), same: 0, others: 0 };
    let status = if reads_input { work.input()? } else { work.files(folder)? };
    let view = View { sources: &work.sources, folder: "" };
    project::tell(view, &work.findings, terminal);
    Ok(status.and(project::status(&work.findings)))
}

/// What becomes of a text.
enum Layout {
    /// It is in the canonical layout.
    Canonical,
    /// It should read like this.
    Other(String),
    /// It cannot be read, for these reasons.
    Unreadable(Vec<Diagnostic>),
    /// The canonical text would not say the same.
    Lost,
}

/// The files of one call.
struct Work<'a> {
    arguments: &'a Arguments,
    terminal: &'a Terminal,
    sources: Sources,
    findings: Vec<Diagnostic>,
    /// How many files are in the canonical layout.
    same: usize,
    /// How many are not.
    others: usize,
}

impl Work<'_> {
    const fn changes_nothing(&self) -> bool {
        self.arguments.check || self.arguments.diff
    }

    fn files(&mut self, folder: Option<&Path>) -> Result<Status, Trouble> {
        let mut status = Status::Fine;
        for (path, name) in self.targets(folder)? {
            match fs::read(&path) {
                Ok(bytes) => {
                    let done = self.file(&name, &bytes, |text| match replace(&path, text.as_bytes()) {
                        Ok(()) => Ok(()),
                        Err(error) => Err(Trouble::system(format!("cannot write `{name}`"), &error)),
                    });
                    // One file that cannot be written does not keep the others from it.
                    status = status.and(match done {
                        Err(Trouble::Closed) => return Err(Trouble::Closed),
                        done => done.unwrap_or_else(|trouble| self.terminal.explain(&trouble)),
                    });
                }
                Err(error) => self.findings.push(disk::unreadable(&name, &error)),
            }
        }
        self.sum_up();
        Ok(status)
    }

    /// One file from the standard input to the standard output; nothing comes out of what cannot be read.
    fn input(&mut self) -> Result<Status, Trouble> {
        let others = self.arguments.paths.iter().any(|path| path != Path::new("-"));
        if others {
            return Err(Trouble::with_help(
                "the standard input and files are given at once",
                "format the files with a call of their own",
            ));
        }
        let mut bytes = Vec::new();
        io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|error| Trouble::system("cannot read the standard input", &error))?;
        let name = self.arguments.stdin_path.as_deref().map_or_else(|| INPUT.to_owned(), project::shown);
        let terminal = self.terminal;
        let status = self.file(&name, &bytes, |text| terminal.print(text))?;
        if self.same > 0 && !self.changes_nothing() {
            terminal.print(&bytes)?;
        }
        Ok(status)
    }

    /// The files that are meant, each once: where they are and what they are called in messages.
    fn targets(&mut self, folder: Option<&Path>) -> Result<Vec<(PathBuf, String)>, Trouble> {
        let paths = match self.arguments.paths.as_slice() {
            [] => vec![project::folder(None, folder)?],
            [first, ..] if folder.is_some() => vec![project::folder(Some(first), folder)?],
            paths => paths.to_vec(),
        };
        let mut targets = Vec::new();
        for path in paths {
            let name = project::shown(&path);
            if path.is_dir() {
                self.folder(&path, &name, &mut targets);
            } else if disk::is_source(&path) {
                targets.push((path, name));
            } else {
                self.findings.push(no_source(&path));
            }
        }
        let mut seen = BTreeSet::new();
        targets.retain(|(path, _)| seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())));
        Ok(targets)
    }

    fn folder(&mut self, root: &Path, name: &str, targets: &mut Vec<(PathBuf, String)>) {
        let known = self.findings.len();
        let paths = disk::paths(root, &mut self.findings);
        if paths.is_empty() && self.findings.len() == known {
            self.findings.push(project::no_procedures(name));
        }
        let view = View { sources: &self.sources, folder: name };
        targets.extend(paths.into_iter().map(|path| (root.join(&path), view.path(&path).into_owned())));
    }

    /// Lays out one text; `write` takes the new one.
    fn file(
        &mut self,
        name: &str,
        bytes: &[u8],
        write: impl FnOnce(&str) -> Result<(), Trouble>,
    ) -> Result<Status, Trouble> {
        let Arguments { check, diff, .. } = *self.arguments;
        match layout(&mut self.sources, name, bytes) {
            Layout::Canonical => {
                self.same += 1;
                Ok(Status::Fine)
            }
            Layout::Other(text) => {
                if diff {
                    let old = String::from_utf8_lossy(bytes);
                    self.terminal.print(diff::unified(name, &old, &text, self.terminal.data_style()))?;
                } else if check {
                    self.terminal.print(format!("{name}\n"))?;
                } else {
                    write(&text)?;
                }
                self.others += 1;
                Ok(if check { Status::Findings } else { Status::Fine })
            }
            Layout::Unreadable(findings) => {
                self.findings.extend(findings);
                Ok(Status::Findings)
            }
            Layout::Lost => {
                self.terminal.tell(&panic::sentence(&format!(
                    "the layout of `{name}` would not say the same; it is left as it is"
                )));
                Ok(Status::Bug)
            }
        }
    }

    /// Says how many files there were, where there were any.
    fn sum_up(&self) {
        let files = |number: usize| count(i64::try_from(number).unwrap_or(i64::MAX), "file", "files");
        let text = match (self.same, self.others) {
            (0, 0) => return,
            (same, 0) => format!("{} in the canonical layout\n", files(same)),
            (same, others) if self.changes_nothing() => format!("{others} of {} would change\n", files(same + others)),
            (same, others) => format!("{others} of {} written\n", files(same + others)),
        };
        self.terminal.tell(&text);
    }
}

fn layout(sources: &mut Sources, name: &str, bytes: &[u8]) -> Layout {
    let text = disk::decode(name, bytes);
    let id = sources.add(name, &text.text);
    if let Some(finding) = disk::source_encoding(&text, id) {
        return Layout::Unreadable(vec![finding]);
    }
    let parsed = syntax::parse(id, &text.text);
    if !parsed.findings.is_empty() {
        return Layout::Unreadable(parsed.findings);
    }
    let printed = format::print(&parsed.file, &text.text);
    if printed.as_bytes() == bytes {
        Layout::Canonical
    } else if format::keeps(&parsed.file, &printed) {
        Layout::Other(printed)
    } else {
        Layout::Lost
    }
}

fn no_source(path: &Path) -> Diagnostic {
    let name = path.display();
    if path.exists() {
        Diagnostic::new(code::NO_PROCEDURES, format!("`{name}` is no `.proc` file"))
            .help("give files that end in `.proc`, or a folder with such files")
    } else {
        Diagnostic::new(code::NO_SUCH_FOLDER, format!("there is no file or folder `{name}`")).help("check the spelling")
    }
}

//! A program as a git revision has it, read from the repository: the work tree is neither looked at nor touched.
//!
//! The `git` program is asked, so that whatever it can open (worktrees, alternates, partial clones) can be read.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::disk::{self, Program, SETTINGS, Text, plainly};

/// A repository, seen from a folder in it.
#[derive(Debug)]
pub struct Repository {
    folder: PathBuf,
    /// The way from the root of the repository to the folder: empty or with a `/` at its end.
    prefix: String,
}

/// A program as a revision has it.
#[derive(Debug)]
pub struct Revision {
    /// The program.
    pub program: Program,
    /// Its `dunlin.toml`, as it was read.
    pub settings: io::Result<Text>,
    /// What stands before its paths in findings: `HEAD~1:folder`.
    pub shown: String,
}

/// Why a repository could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The reason.
    pub reason: String,
    /// What to do instead.
    pub help: Option<String>,
}

impl Trouble {
    fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), help: None }
    }

    fn with_help(reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self { reason: reason.into(), help: Some(help.into()) }
    }
}

/// The files of a revision: their names in the repository's store, by path from its root.
type Files = BTreeMap<String, String>;

impl Repository {
    /// The repository that a folder lies in.
    ///
    /// # Errors
    /// If it lies in none, or git cannot be asked.
    pub fn around(folder: &Path) -> Result<Self, Trouble> {
        if !folder.is_dir() {
            let reason = format!("there is no folder `{}`", folder.display());
            return Err(Trouble::with_help(reason, "check the spelling"));
        }
        let mut repository = Self { folder: folder.to_owned(), prefix: String::new() };
        let answer = repository.ask(&["rev-parse", "--show-prefix"])?;
        match answer {
            Ok(prefix) => repository.prefix = one_line(&prefix),
            Err(said) if said.contains("not a git repository") => {
                return Err(Trouble::with_help(
                    format!("`{}` is in no git repository", folder.display()),
                    "give two folders, `dunlin diff OLD NEW`, or the folder of a program in a repository with `-C`",
                ));
            }
            Err(said) => return Err(Trouble::new(format!("git cannot read the repository: {said}"))),
        }
        Ok(repository)
    }

    /// The commit that a revision stands for.
    ///
    /// # Errors
    /// If there is no such revision, or git cannot be asked.
    pub fn commit(&self, revision: &str) -> Result<String, Trouble> {
        let peeled = format!("{revision}^{{commit}}");
        let answer = self.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &peeled])?;
        answer.map(|commit| one_line(&commit)).map_err(|_| self.no_commit(revision))
    }

    /// Why a revision stands for no commit.
    fn no_commit(&self, revision: &str) -> Trouble {
        let is_known = |revision: &str| matches!(self.ask(&["rev-parse", "--verify", "--quiet", revision]), Ok(Ok(_)));
        if !is_known("HEAD") {
            return Trouble::with_help(
                format!("nothing is committed yet in the repository of `{}`", self.folder.display()),
                "commit the program first, or give two folders: `dunlin diff OLD NEW`",
            );
        }
        if self.is_shallow() {
            return Trouble::with_help(
                format!(
                    "there is no git revision `{revision}` in this shallow clone, which has only the newest commits"
                ),
                "`git fetch --unshallow` gets the others; a build server is told to (`fetch-depth: 0`)",
            );
        }
        Trouble::with_help(
            format!("there is no folder and no git revision `{revision}`"),
            "give a folder, or a revision that `git log` knows: a branch, a tag, a commit, `HEAD~1`; \
             `git fetch` gets those of a server",
        )
    }

    /// Whether the clone was made without its older commits.
    fn is_shallow(&self) -> bool {
        matches!(self.ask(&["rev-parse", "--is-shallow-repository"]), Ok(Ok(said)) if one_line(&said) == "true")
    }

    /// The name under which nothing but a branch or tag is known: `heads/main`; `None` where there is no such.
    #[must_use]
    pub fn full_name(&self, name: &str) -> Option<String> {
        let answer = self.ask(&["rev-parse", "--verify", "--quiet", "--symbolic-full-name", "--end-of-options", name]);
        let full = one_line(&answer.ok()?.ok()?);
        full.strip_prefix("refs/").map(str::to_owned)
    }

    /// The commit of a revision, and the folder that is meant in it, as `prefix`: the own one, or that of
    /// `main:finance/credit`, which is git's notation.
    fn place(&self, revision: &str) -> Result<(String, String), Trouble> {
        let Some((revision, folder)) = revision.split_once(':') else {
            return Ok((self.commit(revision)?, self.prefix.clone()));
        };
        let from = if folder.starts_with('.') { self.prefix.as_str() } else { "" };
        let folder = plain(&format!("{from}{folder}"))
            .ok_or_else(|| Trouble::new(format!("the folder `{folder}` leads out of the repository")))?;
        let end = if folder.is_empty() { "" } else { "/" };
        Ok((self.commit(revision)?, folder + end))
    }

    /// The last commit that both revisions come from, with the folder that is meant in the one on the left.
    ///
    /// # Errors
    /// If there is none, or git cannot be asked.
    pub fn merge_base(&self, left: &str, right: &str) -> Result<String, Trouble> {
        let ((one, folder), (other, _)) = (self.place(left)?, self.place(right)?);
        let answer = self.ask(&["merge-base", &one, &other])?;
        answer.map(|commit| format!("{}:{folder}", one_line(&commit))).map_err(|_| {
            let help = if self.is_shallow() {
                "this clone has only the newest commits; `git fetch --unshallow` gets the others".to_owned()
            } else {
                format!("compare them as they are: `{left}..{right}`")
            };
            Trouble::with_help(format!("`{left}` and `{right}` have no commit in common"), help)
        })
    }

    /// The program as a revision has it in the folder of the repository, or in the one that is named after a colon.
    ///
    /// # Errors
    /// If it has no program, or git cannot be asked.
    pub fn program(&self, revision: &str) -> Result<Revision, Trouble> {
        let (commit, prefix) = self.place(revision)?;
        let revision = revision.split(':').next().unwrap_or(revision);
        let files = self.files(&commit)?;
        let wanted = |path: &&String| {
            let name = path.rsplit('/').next().unwrap_or(path);
            let is_below = path.starts_with(&prefix);
            // Those above the folder count as well as those in it.
            let is_above = path.strip_suffix(name).is_some_and(|folder| prefix.starts_with(folder));
            is_below && name.ends_with(".proc") || (is_below || is_above) && [".gitignore", ".ignore"].contains(&name)
        };
        let texts = self.contents(&files, files.keys().filter(wanted))?;
        if !texts.keys().any(|path| path.ends_with(".proc")) || program_below(&prefix, &files).is_some() {
            return Err(self.no_program(revision, &prefix, &files));
        }
        let mut trouble = None;
        let mut read = |path: &str| {
            let place = plain(&format!("{prefix}{path}"));
            let found = place.filter(|place| files.contains_key(place)).ok_or(ErrorKind::NotFound)?;
            match self.contents(&files, std::iter::once(&found)) {
                Ok(contents) => {
                    let bytes = contents.into_values().next().unwrap_or_default();
                    Ok(disk::decode(path, &bytes))
                }
                Err(reason) => {
                    trouble = Some(reason);
                    Err(io::Error::from(ErrorKind::Other))
                }
            }
        };
        let settings = read(SETTINGS);
        let program = disk::program_of(&texts, &prefix, &mut read);
        if let Some(trouble) = trouble {
            return Err(trouble);
        }
        let shown = format!("{revision}:{}", prefix.trim_end_matches('/'));
        Ok(Revision { program, settings, shown })
    }

    /// Why there is no program in a folder of a revision.
    fn no_program(&self, revision: &str, prefix: &str, files: &Files) -> Trouble {
        let folder = prefix.trim_end_matches('/');
        if !folder.is_empty() && !files.keys().any(|path| path.starts_with(prefix)) {
            let help = "give a revision that has it, or another folder of the repository with `-C`";
            return Trouble::with_help(
                format!("`{revision}` has no folder `{folder}`"),
                elsewhere(revision, files).unwrap_or_else(|| help.to_owned()),
            );
        }
        if let Some(program) = program_below(prefix, files) {
            let is_own = prefix == self.prefix;
            return Trouble::with_help(
                format!("`{revision}` has no program in this folder, but one in `{program}`"),
                if is_own { format!("write `-C {program}`") } else { format!("write `{revision}:{prefix}{program}`") },
            );
        }
        let place = if folder.is_empty() { "it".to_owned() } else { format!("its folder `{folder}`") };
        let help = "give a revision that has one, or the folder of the program with `-C`";
        Trouble::with_help(
            format!("`{revision}` has no program: there is no `.proc` file in {place}"),
            elsewhere(revision, files).unwrap_or_else(|| help.to_owned()),
        )
    }

    /// Every file of a commit. Links and submodules are none.
    fn files(&self, commit: &str) -> Result<Files, Trouble> {
        let listed = self.ask(&["ls-tree", "-r", "-z", "--full-tree", commit])?;
        let listed = listed.map_err(|said| Trouble::new(format!("git cannot list the files of `{commit}`: {said}")))?;
        let text = String::from_utf8_lossy(&listed);
        // `100644 blob 0123abcd<TAB>folder/file`
        let entries = text.split('\0').filter_map(|entry| {
            let (about, path) = entry.split_once('\t')?;
            let mut words = about.split(' ');
            let is_file = words.next().is_some_and(|mode| mode.starts_with("100"));
            Some((path.to_owned(), words.nth(1)?.to_owned())).filter(|_| is_file)
        });
        Ok(entries.collect())
    }

    /// What files hold, by path.
    fn contents<'p>(
        &self,
        files: &Files,
        paths: impl Iterator<Item = &'p String>,
    ) -> Result<BTreeMap<String, Vec<u8>>, Trouble> {
        let named: Vec<(&String, &String)> = paths.filter_map(|path| Some((path, files.get(path)?))).collect();
        let asked: String = named.iter().map(|(_, name)| format!("{name}\n")).collect();
        let failed = |reason: &dyn std::fmt::Display| Trouble::new(format!("git cannot read files: {reason}"));
        let mut child = self
            .git(&["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| not_started(&error))?;
        let input = child.stdin.take();
        // Asking and listening at once: git answers before it has heard everything.
        let output = std::thread::scope(|scope| {
            let asking = scope.spawn(move || input.map_or(Ok(()), |mut input| input.write_all(asked.as_bytes())));
            let output = child.wait_with_output();
            let _ = asking.join();
            output
        });
        let output = output.map_err(|error| failed(&error))?;
        if !output.status.success() {
            return Err(failed(&String::from_utf8_lossy(&output.stderr).trim()));
        }
        let mut rest = output.stdout.as_slice();
        let mut contents = BTreeMap::new();
        for (path, _) in named {
            let bytes = next_answer(&mut rest).ok_or_else(|| failed(&format!("`{path}` is missing in the store")))?;
            contents.insert(path.clone(), bytes);
        }
        Ok(contents)
    }

    fn git(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        // What git says is looked at, so it is to be in English.
        command.arg("-C").arg(&self.folder).args(arguments).env("LC_ALL", "C").stdin(Stdio::null());
        // Nothing in the repository is written, not even what git remembers for itself.
        command.env("GIT_OPTIONAL_LOCKS", "0");
        command
    }

    /// What git answers, or what it says against it.
    fn ask(&self, arguments: &[&str]) -> Result<Result<Vec<u8>, String>, Trouble> {
        let output = self.git(arguments).output().map_err(|error| not_started(&error))?;
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.trim().trim_start_matches("fatal: ").to_owned();
        Ok(if output.status.success() { Ok(output.stdout) } else { Err(said) })
    }
}

fn not_started(error: &io::Error) -> Trouble {
    match error.kind() {
        ErrorKind::NotFound => Trouble::with_help(
            "the program `git` is not installed, and a revision is read with it",
            "install it, or give two folders: `dunlin diff OLD NEW`",
        ),
        _ => Trouble::new(format!("the program `git` cannot be started: {}", plainly(error))),
    }
}

/// The first folder below one of a revision with settings, where that has none and no program of its own.
fn program_below<'f>(prefix: &str, files: &'f Files) -> Option<&'f str> {
    let inner = || files.keys().filter_map(|path| path.strip_prefix(prefix));
    let is_own = |path: &str| path == SETTINGS || path.ends_with(".proc") && !path.contains('/');
    let below = inner().find_map(|path| path.strip_suffix(SETTINGS)?.strip_suffix('/'));
    below.filter(|_| !inner().any(is_own))
}

/// What to write where a revision has no program in a folder, but in others.
fn elsewhere(revision: &str, files: &Files) -> Option<String> {
    let of = |name: &str| {
        let paths = files.keys().map(|path| path.rsplit_once('/').unwrap_or(("", path)));
        paths.filter(|(_, file)| file.ends_with(name)).map(|(folder, _)| folder).collect::<BTreeSet<_>>()
    };
    let settings = of(SETTINGS);
    let folders = if settings.is_empty() { of(".proc") } else { settings };
    let written: Vec<String> = folders.iter().take(3).map(|folder| format!("`{revision}:{folder}`")).collect();
    (!written.is_empty()).then(|| format!("if it had another folder then, write {}", written.join(" or ")))
}

/// `0123abcd blob 12`, a line end, twelve bytes, a line end.
fn next_answer(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let header = std::str::from_utf8(rest.get(..end)?).ok()?;
    let size: usize = header.rsplit(' ').next()?.parse().ok()?;
    let bytes = rest.get(end + 1..end + 1 + size)?.to_vec();
    *rest = rest.get(end + 2 + size..)?;
    Some(bytes)
}

fn one_line(answer: &[u8]) -> String {
    String::from_utf8_lossy(answer).trim_end_matches(['\n', '\r']).to_owned()
}

/// A path without `.` and `..`; `None` for one that leads out of the repository.
fn plain(path: &str) -> Option<String> {
    let mut out: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                out.pop()?;
            }
            part => out.push(part),
        }
    }
    Some(out.join("/"))
}

//! `dunlin diff`: two versions of a program over one ledger.

use std::path::{Component, Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::base::{Date, Diagnostic};
use crate::cli::Status;
use crate::cli::assume::Assumed;
use crate::cli::journal::Use;
use crate::cli::ledger::{LedgerPlaces, day, read_date};
use crate::cli::output::Output;
use crate::cli::progress;
use crate::cli::project::{self, Project, SETTINGS};
use crate::cli::simulate::LONGEST;
use crate::cli::terminal::{Terminal, Trouble};
use crate::compare::{Comparison, Unreadable, compare};
use crate::disk::git::Repository;
use crate::journal::Memory;
use crate::ledger::Config;
use crate::ledger::config::state_the_same;
use crate::report::compare::{json, markdown, table};
use crate::run::play::Assumptions;

/// The most dates that are compared: two years.
const MOST_DATES: usize = 731;

/// Compare two versions of the program over one ledger: who gets something else, and why
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The older version: a folder or a git revision of the program; or both as `main..HEAD`, `main...HEAD` for what
    /// HEAD has changed since it left main [default: HEAD]
    #[arg(value_name = "OLD")]
    old: Option<String>,

    /// The newer version: a folder or a git revision of the program [default: the folder as it is]
    #[arg(value_name = "NEW")]
    new: Option<String>,

    /// A day to compare, as 2026-03-05; may be repeated [default: `date` of dunlin.toml, else today]
    #[arg(long, value_name = "DATE", value_parser = read_date, conflicts_with_all = ["from", "to"])]
    date: Vec<Date>,

    /// The first day of a period to compare
    #[arg(long, value_name = "DATE", value_parser = read_date, requires = "to")]
    from: Option<Date>,

    /// The last day of the period
    #[arg(long, value_name = "DATE", value_parser = read_date, requires = "from")]
    to: Option<Date>,

    /// Compare only every so many days of the period; what is done in between counts to the next
    #[arg(long, value_name = "DAYS", requires = "from", default_value = "1", hide_default_value = true,
          value_parser = clap::value_parser!(u16).range(1..))]
    every: u16,

    #[command(flatten)]
    assumed: Assumed,

    #[command(flatten)]
    ledger: LedgerPlaces,

    /// How it is written [default: table, or what the ending of the `--output` file says]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,

    #[command(flatten)]
    output: Output,

    /// Tell of every customer, not only of some
    #[arg(long)]
    all: bool,

    /// Exit with 1 when anybody gets something else
    #[arg(long)]
    fail_on_change: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To read in a terminal
    Table,
    /// One object, with everything
    Json,
    /// A comment for a pull request
    #[value(alias = "md")]
    Markdown,
}

/// A version as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Version {
    Folder(PathBuf),
    Revision(String),
    /// The last commit that both come from.
    Fork(String, String),
}

pub(super) fn run(arguments: &Arguments, folder: Option<&Path>, terminal: &Terminal) -> Result<Status, Trouble> {
    let (old, new) = arguments.versions(folder)?;
    let home = home(folder, [&old, &new])?;
    arguments.tell_hidden(&home, terminal);
    let (old, new) = (open(&old, &home)?, open(&new, &home)?);
    let mut status = Status::Fine;
    for version in [&old, &new] {
        if version.program().is_none() {
            version.tell(terminal);
            status = status.and(version.status()).and(Status::Findings);
        }
    }
    let Some(config) = new.config.as_ref().filter(|_| status == Status::Fine) else { return Ok(status) };
    let dates = arguments.dates(config, terminal)?;
    let assumed = arguments.assumed(&dates)?;
    let entries = arguments.ledger.journal.entries(&new, Use::Read, terminal)?;
    let ledger = |schema: &_| {
        let snapshot = arguments.ledger.read(&new, config, schema)?;
        let memory = Memory::new(&entries, &snapshot);
        Ok((snapshot, memory))
    };
    let bar = progress::bar(0, "runs", terminal);
    let moved = |through: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(through as u64);
    };
    let comparison = compare(&old.workspace, &new.workspace, &ledger, &dates, assumed, &moved);
    bar.finish_and_clear();
    let mut comparison = match comparison {
        Ok(Some(comparison)) => comparison,
        Ok(None) => return Ok(Status::Findings),
        Err(unreadable) => {
            let findings = findings(unreadable, &old);
            project::tell(new.view(), &findings, terminal);
            return Ok(project::status(&findings));
        }
    };
    comparison.settings_differ = !state_the_same(&old.settings, &new.settings);
    let bytes = arguments.written(&comparison, terminal)?;
    arguments.output.write(bytes, terminal)?;
    let fails = arguments.fail_on_change && !comparison.is_empty();
    Ok(if fails { Status::Findings } else { Status::Fine })
}

/// A folder, or else a revision. What can only be a path is none, even where there is no such folder.
fn named(name: &str) -> Version {
    let path = Path::new(name);
    // `main:../credit` is a folder of a revision.
    let is_inner = name.contains(':') && matches!(path.components().next(), Some(Component::Normal(_)));
    let is_path = !path.components().all(|part| matches!(part, Component::Normal(_))) || name.ends_with(['/', '\\']);
    if path.is_dir() || !is_inner && (is_path || name.ends_with(".proc")) {
        return Version::Folder(path.to_owned());
    }
    Version::Revision(name.to_owned())
}

/// Both versions of `main..HEAD` or `main...HEAD`; `None` for what is no range.
fn range(name: &str) -> Option<(Version, Version)> {
    let or_head = |name: &str| if name.is_empty() { "HEAD".to_owned() } else { name.to_owned() };
    if matches!(named(name), Version::Folder(_)) {
        return None;
    }
    if let Some((left, right)) = name.split_once("...") {
        return Some((Version::Fork(or_head(left), or_head(right)), Version::Revision(or_head(right))));
    }
    // `main:../credit` is no range.
    let (left, right) = name.split_once("..").filter(|(_, right)| !right.starts_with('/'))?;
    Some((Version::Revision(or_head(left)), Version::Revision(or_head(right))))
}

/// What stands against reading the ledger. What only the older version needs is not to be put right in the
/// program as it is.
fn findings(unreadable: Unreadable, old: &Project) -> Vec<Diagnostic> {
    let mut findings = unreadable.findings;
    if unreadable.is_older {
        let name = match old.view().folder {
            "" => ".",
            name => name,
        };
        let help = format!(
            "only the older version, `{name}`, reads the ledger so; give one that both versions can read: `--ledger DIR`"
        );
        findings.iter_mut().for_each(|finding| finding.help = Some(help.clone()));
    }
    findings
}

/// The folder that revisions are read of: that of the program, as for every command. Who stands in no program,
/// but above the one that is named, means that one: `dunlin diff HEAD~1 credit`.
fn home(folder: Option<&Path>, versions: [&Version; 2]) -> Result<PathBuf, Trouble> {
    let home = project::folder(None, folder)?;
    if folder.is_some() || home.join(SETTINGS).is_file() {
        return Ok(home);
    }
    let is_below = |named: &&PathBuf| match (named.canonicalize(), home.canonicalize()) {
        (Ok(named), Ok(home)) => named.is_dir() && named.starts_with(home),
        _ => false,
    };
    let mut named = versions.into_iter().filter_map(|version| match version {
        Version::Folder(folder) => Some(folder),
        Version::Revision(_) | Version::Fork(..) => None,
    });
    Ok(named.find(is_below).cloned().unwrap_or(home))
}

/// Reads a version; a revision as it has the folder `home`.
fn open(version: &Version, home: &Path) -> Result<Project, Trouble> {
    match version {
        Version::Folder(folder) => Ok(Project::open(folder.clone())),
        Version::Revision(revision) => committed(&Repository::around(home)?, revision, home),
        Version::Fork(left, right) => {
            let repository = Repository::around(home)?;
            committed(&repository, &repository.merge_base(left, right)?, home)
        }
    }
}

fn committed(repository: &Repository, revision: &str, home: &Path) -> Result<Project, Trouble> {
    let found = repository.program(revision)?;
    Ok(Project::given(home.to_owned(), found.shown, found.program, found.settings))
}

impl Arguments {
    /// The older and the newer version.
    fn versions(&self, folder: Option<&Path>) -> Result<(Version, Version), Trouble> {
        let as_it_is = || project::folder(None, folder).map(Version::Folder);
        let Some(old) = &self.old else { return Ok((Version::Revision("HEAD".to_owned()), as_it_is()?)) };
        match (range(old), &self.new) {
            (Some(_), Some(new)) => Err(Trouble::with_help(
                format!("`{old}` names both versions, and `{new}` is a third one"),
                format!("write `dunlin diff {old} -C {new}` if that is the folder of the program"),
            )),
            (Some(both), None) => Ok(both),
            (None, Some(new)) => Ok((named(old), named(new))),
            (None, None) => Ok((named(old), as_it_is()?)),
        }
    }

    /// Says that a folder was taken where a revision is called the same.
    fn tell_hidden(&self, home: &Path, terminal: &Terminal) {
        let names = [&self.old, &self.new].into_iter().flatten();
        let folders = names.filter(|name| !name.starts_with(['.', '/']) && Path::new(name).is_dir());
        for name in folders {
            let known = Repository::around(home).ok().and_then(|repository| repository.full_name(name));
            if let Some(full) = known {
                terminal.note(&format!(
                    "`{name}` is taken for the folder; `{full}` is the revision, `./{name}` surely the folder"
                ));
            }
        }
    }

    /// What is assumed from the first of several days to the last; nothing on a single one.
    fn assumed(&self, dates: &[Date]) -> Result<Option<Assumptions>, Trouble> {
        match dates {
            [first, .., last] if last.days_since(*first) >= LONGEST => Err(Trouble::with_help(
                format!("the days from {first} to {last} are more than 20 years"),
                "compare a shorter period",
            )),
            [_, _, ..] => self.assumed.assumptions().map(Some),
            _ if self.assumed.is_usual() => Ok(None),
            _ => Err(Trouble::with_help(
                "`--assume` says what is done from one day to the next, and there is only one",
                "compare a period: `--from DATE --to DATE`",
            )),
        }
    }

    /// The days, in order, each once.
    fn dates(&self, config: &Config, terminal: &Terminal) -> Result<Vec<Date>, Trouble> {
        let mut dates = self.date.clone();
        if let (Some(from), Some(to)) = (self.from, self.to) {
            if to < from {
                return Err(Trouble::with_help(
                    format!("the period ends on {to}, before it begins on {from}"),
                    format!("write `--from {to} --to {from}`"),
                ));
            }
            let days = (0..=to.days_since(from)).step_by(usize::from(self.every));
            dates = days.take(MOST_DATES + 1).filter_map(|days| from.plus_days(days)).collect();
        }
        if dates.is_empty() {
            dates.push(day(None, config, terminal)?);
        }
        if dates.len() > MOST_DATES {
            return Err(Trouble::with_help(
                format!("these are more than {MOST_DATES} days"),
                "take a shorter period, or only some of its days: `--every 7`",
            ));
        }
        dates.sort_unstable();
        dates.dedup();
        Ok(dates)
    }

    fn written(&self, comparison: &Comparison, terminal: &Terminal) -> Result<String, Trouble> {
        match self.format.or_else(|| self.output.format()).unwrap_or(Format::Table) {
            Format::Table => Ok(table::render(comparison, self.all, self.output.style(terminal))),
            Format::Markdown => Ok(markdown::comment(comparison, self.all)),
            Format::Json => json::object(comparison)
                .map_err(|error| Trouble::new(format!("the comparison cannot be written: {error}"))),
        }
    }
}

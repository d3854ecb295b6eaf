//! The suites of a program on the disk: finding them, running them, comparing and keeping their texts.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::base::Diagnostic;
use crate::base::text::count;
use crate::cli::project::Project;
use crate::cli::terminal::Trouble;
use crate::disk;
use crate::ledger::{self, Config, DiskFiles, Snapshot};
use crate::plan::{self, Plan};
use crate::run::Recorder;
use crate::testing::results::{Day, Stale, State, SuiteResult};
use crate::testing::suites::{ENDING, PENDING, SETTINGS, SNAPSHOTS, Suite, TESTS, date_of, is_page};

/// Runs the suites below the folder `tests` of the program that are meant, by folder. A folder that was
/// a suite once has nothing but what is stale.
pub(super) fn play(
    project: &Project,
    config: &Config,
    plan: &Plan,
    recorder: Option<&Recorder>,
    is_meant: &dyn Fn(&str) -> bool,
) -> Result<Vec<SuiteResult>, Trouble> {
    let mut results = Vec::new();
    for (folder, is_suite) in folders(project, is_meant)? {
        if is_suite {
            results.push(one(project, config, plan, recorder, &folder)?);
        } else {
            let stale = stale(&project.root, &folder, None)?;
            results.extend((!stale.is_empty()).then(|| SuiteResult { folder, stale, ..SuiteResult::default() }));
        }
    }
    Ok(results)
}

/// What stands against running the suites of a program, as far as it can be told: their settings, and, of a
/// program without errors, their ledgers.
pub(in crate::cli) fn findings(project: &Project) -> Result<Vec<Diagnostic>, Trouble> {
    let sound = project.program().map(plan::from_check::lower).zip(project.config.as_ref());
    let mut all = Vec::new();
    for (folder, _) in folders(project, &|_| true)?.into_iter().filter(|(_, is_suite)| *is_suite) {
        let read = match &sound {
            Some((plan, config)) => read(project, config, plan, &folder).map(|_| ()),
            None => settings(project, &folder).map(|_| ()),
        };
        all.extend(read.err().into_iter().flatten());
    }
    Ok(all)
}

/// The folders that are meant and are suites, or look as if they had been: they have accepted texts.
fn folders(project: &Project, is_meant: &dyn Fn(&str) -> bool) -> Result<Vec<(String, bool)>, Trouble> {
    let look = |names: &[String]| {
        let has = |wanted: &str| names.iter().any(|name| name == wanted);
        (has(SETTINGS) || has(SNAPSHOTS)).then(|| has(SETTINGS))
    };
    let found = disk::folders(&project.root, TESTS, &look);
    let mut folders = found.map_err(|(folder, error)| cannot_read(&project.root.join(folder), &error))?;
    folders.retain(|(folder, _)| is_meant(folder));
    Ok(folders)
}

/// The accepted texts of a folder that belong to no run. Texts of other programs are left alone: where
/// there is no suite any more, a text must say itself that it is one of ours.
fn stale(root: &Path, folder: &str, suite: Option<&Suite>) -> Result<Vec<Stale>, Trouble> {
    let reason = if suite.is_some() { Stale::NO_DAY } else { Stale::NO_SUITE };
    let mut stale = Vec::new();
    for name in names(&root.join(folder).join(SNAPSHOTS))? {
        let path = format!("{folder}/{SNAPSHOTS}/{name}");
        let date = date_of(&name);
        let has_run = suite.zip(date).is_some_and(|(suite, date)| suite.dates.contains(&date));
        let is_named = name.ends_with(ENDING) || name.ends_with(PENDING);
        let says_so = || fs::read(root.join(&path)).is_ok_and(|text| is_page(&String::from_utf8_lossy(&text)));
        if !has_run && is_named && (suite.is_some() && date.is_some() || says_so()) {
            stale.push(Stale { path, reason });
        }
    }
    Ok(stale)
}

/// The names in a folder, sorted; none if there is no such folder.
fn names(folder: &Path) -> Result<Vec<String>, Trouble> {
    disk::names(folder).map_err(|error| cannot_read(folder, &error))
}

fn cannot_read(path: &Path, error: &io::Error) -> Trouble {
    Trouble::system(format!("cannot read `{}`", path.display()), error)
}

/// The suites that are meant, with their ledgers: those that can be read.
pub(super) fn load(
    project: &Project,
    config: &Config,
    plan: &Plan,
    is_meant: &dyn Fn(&str) -> bool,
) -> Result<Vec<(Suite, Snapshot)>, Trouble> {
    let folders = folders(project, is_meant)?.into_iter().filter(|(_, is_suite)| *is_suite);
    Ok(folders.filter_map(|(folder, _)| read(project, config, plan, &folder).ok()).collect())
}

/// A suite with its ledger: its own, else that of the program.
fn read(project: &Project, config: &Config, plan: &Plan, folder: &str) -> Result<(Suite, Snapshot), Vec<Diagnostic>> {
    let suite = settings(project, folder)?;
    let config = Config { ledger: suite.ledger.clone().unwrap_or_else(|| config.ledger.clone()), ..config.clone() };
    let snapshot = ledger::read(&DiskFiles::new(&project.root), &config, &plan.ledger)?;
    Ok((suite, snapshot))
}

fn one(
    project: &Project,
    config: &Config,
    plan: &Plan,
    recorder: Option<&Recorder>,
    folder: &str,
) -> Result<SuiteResult, Trouble> {
    let mut result = SuiteResult { folder: folder.to_owned(), ..SuiteResult::default() };
    let (suite, snapshot) = match read(project, config, plan, folder) {
        Ok(read) => read,
        Err(findings) => return Ok(SuiteResult { findings, ..result }),
    };
    for page in suite.pages(plan, &snapshot, project.workspace.sources(), recorder) {
        let path = format!("{folder}/{SNAPSHOTS}/{}{ENDING}", page.date);
        let accepted = text(&project.root.join(&path))?;
        let stated = suite.dates_at.clone();
        result.days.push(Day { date: page.date, path, stated, text: page.text, accepted });
    }
    result.stale = stale(&project.root, folder, Some(&suite))?;
    Ok(result)
}

fn settings(project: &Project, folder: &str) -> Result<Suite, Vec<Diagnostic>> {
    let path = format!("{folder}/{SETTINGS}");
    let is_there = |folder: &str| project.root.join(folder).is_dir();
    disk::understood(&path, disk::read(&project.root, &path), |text| Suite::from_toml(text, folder, &is_there))
}

/// The text of a file with plain line ends, as some checkouts change them; `None` if there is no such file.
/// Signs that cannot be read are replaced, so that the text counts as changed.
fn text(path: &Path) -> Result<Option<String>, Trouble> {
    match fs::read(path) {
        Ok(text) => Ok(Some(String::from_utf8_lossy(&text).replace("\r\n", "\n"))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(cannot_read(path, &error)),
    }
}

/// Accepts what the suites give, and removes what is stale. Says what was done: `2 snapshots, 1 stale removed`.
pub(super) fn accept(root: &Path, suites: &mut [SuiteResult]) -> Result<String, Trouble> {
    let (mut written, mut removed) = (0, 0);
    for suite in suites {
        for day in &mut suite.days {
            written += i64::from(day.state() != State::Same);
            accept_one(root, day)?;
        }
        for stale in suite.stale.drain(..) {
            remove_stale(root, &stale)?;
            removed += 1;
        }
    }
    let mut told = Vec::new();
    told.extend((written > 0).then(|| count(written, "snapshot", "snapshots")));
    told.extend((removed > 0).then(|| format!("{removed} stale removed")));
    Ok(told.join(", "))
}

/// Removes a text that belongs to no run, and its folder if nothing is left in it.
pub(super) fn remove_stale(root: &Path, stale: &Stale) -> Result<(), Trouble> {
    let path = root.join(&stale.path);
    remove(&path)?;
    // A folder that holds something else stays.
    let _ = path.parent().map(fs::remove_dir);
    Ok(())
}

/// Accepts what a run gives.
pub(super) fn accept_one(root: &Path, day: &mut Day) -> Result<(), Trouble> {
    if day.state() != State::Same {
        write(&root.join(&day.path), &day.text)?;
        day.accepted = Some(day.text.clone());
    }
    reject(root, day)
}

/// Forgets the text that waits.
pub(super) fn reject(root: &Path, day: &Day) -> Result<(), Trouble> {
    remove(&root.join(pending(day)))
}

/// Leaves what a run gives beside what was accepted, for those who compare files; not on a build
/// server, where nobody will look. A text that waits no longer is removed.
pub(super) fn leave_pending(root: &Path, suites: &[SuiteResult]) -> Result<(), Trouble> {
    let on_a_server = std::env::var_os("CI").is_some_and(|ci| !ci.is_empty() && ci != "false");
    for day in suites.iter().flat_map(|suite| &suite.days) {
        match day.state() {
            State::Same => reject(root, day)?,
            State::Changed | State::New if on_a_server => {}
            State::Changed | State::New => write(&root.join(pending(day)), &day.text)?,
        }
    }
    Ok(())
}

fn pending(day: &Day) -> String {
    format!("{}{PENDING}", day.path.strip_suffix(ENDING).unwrap_or(&day.path))
}

fn write(path: &Path, text: &str) -> Result<(), Trouble> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    said(folder.and_then(|()| fs::write(path, text)), "write", path)
}

fn remove(path: &Path) -> Result<(), Trouble> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => said(other, "remove", path),
    }
}

fn said(done: io::Result<()>, what: &str, path: &Path) -> Result<(), Trouble> {
    done.map_err(|error| Trouble::system(format!("cannot {what} `{}`", path.display()), &error))
}

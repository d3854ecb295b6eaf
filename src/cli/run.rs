//! `dunlin run`: the worklist of a day.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::base::Diagnostic;
use crate::cli::Status;
use crate::cli::commit;
use crate::cli::journal::Use;
use crate::cli::ledger::{LedgerArguments, Ready};
use crate::cli::output::Output;
use crate::cli::project::{self, Project};
use crate::cli::terminal::{Terminal, Trouble};
use crate::report::worklist::{self, table::Table};
use crate::report::{Style, human};
use crate::run::{self, Worklist};

/// Findings about single customers that are told in full; more are only counted.
const MOST_TOLD: usize = 20;

/// Print the worklist of a day
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The program's folder
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,

    #[command(flatten)]
    ledger: LedgerArguments,

    /// How the worklist is written [default: table on a terminal, else csv]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,

    #[command(flatten)]
    output: Output,

    /// Write into the journal what started, stopped, is complete or put off
    #[arg(long)]
    commit: bool,

    /// Refuse to run when anything in the ledger cannot be read, instead of setting customers aside
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To read in a terminal
    Table,
    /// One line per row
    Csv,
    /// One object, with what was deferred and set aside
    Json,
    /// A Parquet file
    Parquet,
    /// An Excel file, with sheets of what was deferred and set aside
    Xlsx,
}

impl Format {
    /// How a file is called that is not for a terminal, and an example of a name.
    const fn binary(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Parquet => Some(("a Parquet file", "worklist.parquet")),
            Self::Xlsx => Some(("an Excel file", "worklist.xlsx")),
            Self::Table | Self::Csv | Self::Json => None,
        }
    }
}

pub(super) fn run(arguments: &Arguments, folder: Option<&Path>, terminal: &Terminal) -> Result<Status, Trouble> {
    let format = arguments.format(terminal)?;
    let binary = format.binary().filter(|_| !arguments.output.is_file() && terminal.is_watched());
    if let Some((what, name)) = binary {
        return Err(Trouble::with_help(format!("{what} is not for a terminal"), format!("give a file: `-o {name}`")));
    }
    let project = Project::open(project::folder(arguments.folder.as_deref(), folder)?);
    project.tell(terminal);
    let ready =
        match Ready::new(&project, &arguments.ledger, if arguments.commit { Use::Write } else { Use::Read }, terminal)?
        {
            Ok(ready) => ready,
            Err(status) => return Ok(status),
        };
    if arguments.strict && !ready.snapshot.faults.is_empty() {
        let faults: Vec<Diagnostic> = ready.snapshot.faults.iter().map(|fault| fault.diagnostic.clone()).collect();
        tell_some(&project, &faults, terminal);
        terminal.note("nothing was run, because of `--strict`");
        return Ok(Status::Findings);
    }
    let worklist = if arguments.commit {
        commit::run(&ready, &arguments.ledger.places.journal, &project, terminal)?
    } else {
        run::run(&ready.plan, &ready.snapshot, &ready.memory, ready.date)
    };
    tell_some(&project, &worklist.findings, terminal);
    if format != Format::Table {
        let faults: Vec<Diagnostic> = worklist.set_aside.iter().map(|aside| aside.diagnostic.clone()).collect();
        tell_some(&project, &faults, terminal);
    }
    let bytes = written(format, &worklist, &ready, &project, arguments.output.style(terminal))?;
    arguments.output.write(bytes, terminal)?;
    let is_fine = worklist.set_aside.is_empty() && project::status(&worklist.findings) == Status::Fine;
    Ok(if is_fine { Status::Fine } else { Status::Findings })
}

impl Arguments {
    /// The format asked for, else that of the file's ending, else what suits the output.
    fn format(&self, terminal: &Terminal) -> Result<Format, Trouble> {
        match (self.format.or_else(|| self.output.format()), self.output.ending()) {
            (Some(format), _) => Ok(format),
            (None, Some(ending)) => {
                let help =
                    "the endings .csv, .json, .parquet and .xlsx are known; or say how it is written with `--format`";
                Err(Trouble::with_help(format!("no worklist is written as `.{ending}`"), help))
            }
            (None, None) if !self.output.is_file() && terminal.is_watched() => Ok(Format::Table),
            (None, None) => Ok(Format::Csv),
        }
    }
}

fn written(
    format: Format,
    worklist: &Worklist,
    ready: &Ready,
    project: &Project,
    style: Style,
) -> Result<Vec<u8>, Trouble> {
    let failed = |error: &dyn std::fmt::Display| Trouble::new(format!("the worklist cannot be written: {error}"));
    match format {
        Format::Table => Ok(table(worklist, ready, project, style).into_bytes()),
        Format::Csv => worklist::csv::rows(worklist).map_err(|error| failed(&error)),
        Format::Json => worklist::json::object(worklist, ready.date, project.view())
            .map(String::into_bytes)
            .map_err(|error| failed(&error)),
        Format::Parquet => parquet(worklist),
        Format::Xlsx => xlsx(worklist, ready, project),
    }
}

fn table(worklist: &Worklist, ready: &Ready, project: &Project, style: Style) -> String {
    let name = |id: &str| ready.name(id);
    let procedures = &ready.plan.procedures;
    let title =
        |name: &str| procedures.iter().find(|procedure| procedure.name == name).map(|found| found.title.clone());
    Table { worklist, date: ready.date, name: &name, title: &title, view: project.view(), style }.render()
}

#[cfg(feature = "parquet")]
fn parquet(worklist: &Worklist) -> Result<Vec<u8>, Trouble> {
    worklist::parquet::rows(worklist)
        .map_err(|error| Trouble::new(format!("the worklist cannot be written as Parquet: {error}")))
}

#[cfg(not(feature = "parquet"))]
fn parquet(_: &Worklist) -> Result<Vec<u8>, Trouble> {
    Err(Trouble::new("this `dunlin` was built without Parquet"))
}

#[cfg(feature = "xlsx")]
fn xlsx(worklist: &Worklist, ready: &Ready, project: &Project) -> Result<Vec<u8>, Trouble> {
    let most = worklist::xlsx::MOST_ROWS;
    if [worklist.rows.len(), worklist.deferred.len(), worklist.set_aside.len()].iter().any(|rows| *rows > most) {
        let help = "write it as CSV or Parquet, which have no limit";
        return Err(Trouble::with_help(format!("a sheet of Excel holds {most} rows, and the worklist has more"), help));
    }
    worklist::xlsx::workbook(worklist, ready.date, project.view())
        .map_err(|error| Trouble::new(format!("the worklist cannot be written as Excel: {error}")))
}

#[cfg(not(feature = "xlsx"))]
fn xlsx(_: &Worklist, _: &Ready, _: &Project) -> Result<Vec<u8>, Trouble> {
    Err(Trouble::new("this `dunlin` was built without Excel"))
}

/// Tells the first findings in full and the number of all.
pub(super) fn tell_some(project: &Project, findings: &[Diagnostic], terminal: &Terminal) {
    let shown = findings.get(..MOST_TOLD).unwrap_or(findings);
    let style = terminal.finding_style();
    if findings.is_empty() {
        return;
    }
    terminal.tell(&human::findings(project.view(), shown, style));
    if findings.len() > shown.len() {
        terminal.tell(&format!("… and {} more\n\n", findings.len() - shown.len()));
    }
    terminal.tell(&(human::summary(findings, style) + "\n"));
}

//! `dunlin simulate`: day by day over a period.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::base::{Date, Diagnostic};
use crate::cli::Status;
use crate::cli::assume::Assumed;
use crate::cli::journal::Use;
use crate::cli::ledger::{LedgerPlaces, Ready, read_date};
use crate::cli::output::Output;
use crate::cli::progress;
use crate::cli::project::{self, Project};
use crate::cli::run::tell_some;
use crate::cli::terminal::{Terminal, Trouble};
use crate::report::Style;
use crate::report::simulation::{csv, json, table::Table};
use crate::run::simulate::{Period, Simulation, simulate};

/// The longest period, in days: 20 years.
pub(super) const LONGEST: i64 = 7305;

/// Play the program day by day over a period: the workload, and who got what
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The program's folder
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,

    /// The first day, as 2026-01-01
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    from: Date,

    /// The last day, as 2026-03-31
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    to: Date,

    #[command(flatten)]
    assumed: Assumed,

    #[command(flatten)]
    ledger: LedgerPlaces,

    /// How it is written [default: table on a terminal, else csv]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,

    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A report to read
    Table,
    /// One line per day
    Csv,
    /// One object, with everything
    Json,
}

pub(super) fn run(arguments: &Arguments, folder: Option<&Path>, terminal: &Terminal) -> Result<Status, Trouble> {
    let period = arguments.period()?;
    let project = Project::open(project::folder(arguments.folder.as_deref(), folder)?);
    project.tell(terminal);
    let ready = match Ready::on(&project, &arguments.ledger, Use::Read, period.to, terminal)? {
        Ok(ready) => ready,
        Err(status) => return Ok(status),
    };
    let bar = progress::bar(ready.snapshot.customers.len(), "customers", terminal);
    let simulation = simulate(&ready.plan, &ready.snapshot, &ready.memory, period, &|more| bar.inc(more));
    bar.finish_and_clear();
    tell_some(&project, &simulation.findings, terminal);
    let format = arguments.format(terminal);
    if format != Format::Table {
        let faults: Vec<Diagnostic> = simulation.set_aside.iter().map(|aside| aside.diagnostic.clone()).collect();
        tell_some(&project, &faults, terminal);
    }
    let bytes = written(format, &simulation, &ready, &project, arguments.output.style(terminal))?;
    arguments.output.write(bytes, terminal)?;
    let is_fine = simulation.set_aside.is_empty() && project::status(&simulation.findings) == Status::Fine;
    Ok(if is_fine { Status::Fine } else { Status::Findings })
}

impl Arguments {
    fn period(&self) -> Result<Period, Trouble> {
        let (from, to) = (self.from, self.to);
        if to < from {
            return Err(Trouble::with_help(
                format!("the period ends on {to}, before it begins on {from}"),
                format!("write `--from {to} --to {from}`"),
            ));
        }
        if to.days_since(from) >= LONGEST {
            return Err(Trouble::with_help(
                format!("the period from {from} to {to} is longer than 20 years"),
                "simulate a shorter one",
            ));
        }
        let assumptions = self.assumed.assumptions()?;
        Ok(Period { from, to, assumptions })
    }

    /// The format asked for, else that of the file's ending, else what suits the output.
    fn format(&self, terminal: &Terminal) -> Format {
        let usual = if !self.output.is_file() && terminal.is_watched() { Format::Table } else { Format::Csv };
        self.format.or_else(|| self.output.format()).unwrap_or(usual)
    }
}

fn written(
    format: Format,
    simulation: &Simulation,
    ready: &Ready,
    project: &Project,
    style: Style,
) -> Result<Vec<u8>, Trouble> {
    let failed = |error: &dyn std::fmt::Display| Trouble::new(format!("the report cannot be written: {error}"));
    match format {
        Format::Table => {
            let name = |id: &str| ready.name(id);
            Ok(Table { simulation, name: &name, view: project.view(), style }.render().into_bytes())
        }
        Format::Csv => csv::days(simulation).map_err(|error| failed(&error)),
        Format::Json => {
            json::object(simulation, project.view()).map(String::into_bytes).map_err(|error| failed(&error))
        }
    }
}

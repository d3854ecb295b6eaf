//! The day, the ledger and the journal of a run: what the command line says, else the settings, else
//! the usual place.

use std::path::PathBuf;

use chrono::Datelike;
use clap::Args;

use crate::base::{Date, Diagnostic};
use crate::cli::Status;
use crate::cli::journal::{JournalArguments, Use};
use crate::cli::project::{self, Project};
use crate::cli::terminal::{Terminal, Trouble};
use crate::journal::Memory;
use crate::ledger::files::DiskFiles;
use crate::ledger::{self, Config, Snapshot};
use crate::plan::{self, Plan};
use crate::schema::LedgerSchema;

/// Which day, which ledger and which journal.
#[derive(Debug, Args)]
pub(super) struct LedgerArguments {
    /// The day of the run, as 2026-03-05 [default: `date` of dunlin.toml, else today]
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    date: Option<Date>,

    #[command(flatten)]
    pub(super) places: LedgerPlaces,
}

/// Which ledger and which journal.
#[derive(Debug, Args)]
pub(super) struct LedgerPlaces {
    /// The folder of the ledger [default: `ledger` of dunlin.toml, else the folder `ledger` of the program]
    #[arg(long, value_name = "DIR")]
    ledger: Option<PathBuf>,

    #[command(flatten)]
    pub(super) journal: JournalArguments,
}

/// A date of the command line. What it says is shown after `invalid value '…' for '--date <DATE>'`.
pub(super) fn read_date(written: &str) -> Result<Date, String> {
    if let Some(date) = Date::parse(written.trim()) {
        return Ok(date);
    }
    // Year first, so there is only one reading.
    let numbers: Vec<Option<u32>> = written.trim().split(['-', '/', '.']).map(|part| part.parse().ok()).collect();
    Err(match numbers.as_slice() {
        [Some(year @ 1000..), Some(month), Some(day)] => {
            let date = i32::try_from(*year).ok().and_then(|year| Date::new(year, *month, *day));
            date.map_or_else(|| "there is no such day".to_owned(), |date| format!("write the date as {date}"))
        }
        _ => "write the date as year-month-day, such as 2026-03-05".to_owned(),
    })
}

/// Everything that a run needs.
pub(super) struct Ready {
    /// The program.
    pub(super) plan: Plan,
    /// The ledger.
    pub(super) snapshot: Snapshot,
    /// The journal, as it was read.
    pub(super) memory: Memory,
    /// The day.
    pub(super) date: Date,
}

impl Ready {
    /// The name of a customer, by id.
    pub(super) fn name(&self, id: &str) -> Option<String> {
        let customers = &self.snapshot.customers;
        customers.find(id).and_then(|row| customers.name.get(row.0 as usize)).map(ToString::to_string)
    }

    /// Lowers the program and reads the ledger, for the day of a run. Where findings stand against it
    /// they are told, and the inner error is how the command ends.
    pub(super) fn new(
        project: &Project,
        arguments: &LedgerArguments,
        wanted: Use,
        terminal: &Terminal,
    ) -> Result<Result<Self, Status>, Trouble> {
        let (Some(_), Some(config)) = (project.program(), &project.config) else {
            return Ok(Err(project.status().and(Status::Findings)));
        };
        let date = day(arguments.date, config, terminal)?;
        Self::on(project, &arguments.places, wanted, date, terminal)
    }

    /// The same for `date`.
    pub(super) fn on(
        project: &Project,
        places: &LedgerPlaces,
        wanted: Use,
        date: Date,
        terminal: &Terminal,
    ) -> Result<Result<Self, Status>, Trouble> {
        let (Some(program), Some(config)) = (project.program(), &project.config) else {
            return Ok(Err(project.status().and(Status::Findings)));
        };
        let plan = plan::from_check::lower(program);
        let snapshot = match places.read(project, config, &plan.ledger) {
            Ok(snapshot) => snapshot,
            Err(findings) => {
                project::tell(project.view(), &findings, terminal);
                return Ok(Err(project::status(&findings)));
            }
        };
        let memory = Memory::new(&places.journal.entries(project, wanted, terminal)?, &snapshot);
        Ok(Ok(Self { plan, snapshot, memory, date }))
    }
}

/// The day of the run. Nothing but this asks what day it is, and then says so.
pub(super) fn day(stated: Option<Date>, config: &Config, terminal: &Terminal) -> Result<Date, Trouble> {
    if let Some(date) = stated.or(config.date) {
        return Ok(date);
    }
    let today = chrono::Local::now().date_naive();
    let date = Date::new(today.year(), today.month(), today.day())
        .ok_or_else(|| Trouble::with_help("the clock of this machine is wrong", "give the day with `--date`"))?;
    terminal.note(&format!("the run is of today, {date}; `--date` takes another day"));
    Ok(date)
}

impl LedgerPlaces {
    /// The ledger as it stands on the disk.
    ///
    /// # Errors
    /// The findings that make it impossible to read as a whole.
    pub(super) fn read(
        &self,
        project: &Project,
        config: &Config,
        schema: &LedgerSchema,
    ) -> Result<Snapshot, Vec<Diagnostic>> {
        let mut config = config.clone();
        if let Some(folder) = &self.ledger {
            config.ledger = project.seen_from_here(folder);
        }
        ledger::read(&DiskFiles::new(&project.root), &config, schema)
    }
}

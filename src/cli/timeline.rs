//! `dunlin timeline`: one customer over time.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::base::Date;
use crate::cli::Status;
use crate::cli::journal::Use;
use crate::cli::ledger::{LedgerArguments, Ready, read_date};
use crate::cli::project::{self, Project};
use crate::cli::terminal::{Terminal, Trouble};
use crate::cli::why::unknown;
use crate::report::Style;
use crate::report::timeline::{json, svg, table};
use crate::run::timeline::timeline;

/// How far is planned, in days, where nothing is said.
const USUAL: i64 = 180;
/// How far can be planned, in days: 20 years.
const LONGEST: i64 = 7305;

/// Show what happened to a customer and what is planned, procedure by procedure
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The customer's id
    customer: String,

    #[command(flatten)]
    ledger: LedgerArguments,

    /// The last day that is planned [default: 180 days after the day of the run]
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    until: Option<Date>,

    /// How it is written [default: table, or what the ending of the `--output` file says]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,

    /// The file to write it to, instead of the standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To read in a terminal
    Table,
    /// One object, with everything
    Json,
    /// A picture
    Svg,
}

pub(super) fn run(arguments: &Arguments, folder: Option<&Path>, terminal: &Terminal) -> Result<Status, Trouble> {
    let project = Project::open(project::folder(None, folder)?);
    project.tell(terminal);
    let ready = match Ready::new(&project, &arguments.ledger, Use::Read, terminal)? {
        Ok(ready) => ready,
        Err(status) => return Ok(status),
    };
    let until = arguments.until(ready.date)?;
    let sources = project.workspace.sources();
    let customer = &arguments.customer;
    let timeline = timeline(&ready.plan, &ready.snapshot, &ready.memory, ready.date, until, customer, sources)
        .ok_or_else(|| unknown(customer, &ready))?;
    let style = if arguments.output.is_some() { Style::PLAIN } else { terminal.data_style() };
    let written = match arguments.format() {
        Format::Table => table::render(&timeline, project.view(), style),
        Format::Svg => svg::picture(&timeline),
        Format::Json => json::object(&timeline, project.view())
            .map_err(|error| Trouble::new(format!("the timeline cannot be written: {error}")))?,
    };
    match &arguments.output {
        None => terminal.print(written)?,
        Some(file) => fs::write(file, written)
            .map_err(|error| Trouble::system(format!("cannot write `{}`", file.display()), &error))?,
    }
    Ok(if timeline.set_aside.is_some() { Status::Findings } else { Status::Fine })
}

impl Arguments {
    fn until(&self, today: Date) -> Result<Date, Trouble> {
        let Some(until) = self.until else { return Ok(today.plus_days(USUAL).unwrap_or(today)) };
        if until < today {
            let reason = format!("the timeline cannot end on {until}, before the day of the run, {today}");
            return Err(Trouble::with_help(reason, "give a later `--until`, or an earlier day with `--date`"));
        }
        if until.days_since(today) >= LONGEST {
            let reason = format!("{until} is more than 20 years after the day of the run, {today}");
            return Err(Trouble::with_help(reason, "give an earlier `--until`"));
        }
        Ok(until)
    }

    /// The format asked for, else that of the file's ending, else the table.
    fn format(&self) -> Format {
        let by_ending = || {
            let ending = self.output.as_deref()?.extension()?.to_str()?;
            Format::value_variants()
                .iter()
                .copied()
                .find(|format| format.to_possible_value().is_some_and(|value| value.matches(ending, true)))
        };
        self.format.or_else(by_ending).unwrap_or(Format::Table)
    }
}

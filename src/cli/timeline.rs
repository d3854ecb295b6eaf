//! `dunlin timeline`: one customer over time.

use std::path::Path;

use clap::{Args, ValueEnum};

use crate::base::Date;
use crate::cli::Status;
use crate::cli::journal::Use;
use crate::cli::ledger::{LedgerArguments, Ready, read_date};
use crate::cli::output::Output;
use crate::cli::project::{self, Project};
use crate::cli::terminal::{Terminal, Trouble};
use crate::cli::why::unknown;
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

    #[command(flatten)]
    output: Output,
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
    let written = match arguments.format.or_else(|| arguments.output.format()).unwrap_or(Format::Table) {
        Format::Table => table::render(&timeline, project.view(), arguments.output.style(terminal)),
        Format::Svg => svg::picture(&timeline),
        Format::Json => json::object(&timeline, project.view())
            .map_err(|error| Trouble::new(format!("the timeline cannot be written: {error}")))?,
    };
    arguments.output.write(written, terminal)?;
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
}

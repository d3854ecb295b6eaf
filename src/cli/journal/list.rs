//! `dunlin journal list`: the entries, as a table.

use clap::Args;
use clap::builder::PossibleValue;

use crate::base::Date;
use crate::cli::Status;
use crate::cli::journal::{JournalArguments, existing};
use crate::cli::ledger::read_date;
use crate::cli::project::Project;
use crate::cli::terminal::{Terminal, Trouble};
use crate::journal::{Entry, Event};
use crate::report;

/// Show the entries, the newest last
#[derive(Debug, Args)]
pub(super) struct Listing {
    #[command(flatten)]
    journal: JournalArguments,

    /// Only those of a customer
    #[arg(long, value_name = "ID")]
    customer: Option<String>,

    /// Only those of a procedure
    #[arg(long, value_name = "NAME")]
    procedure: Option<String>,

    /// Only those of a step
    #[arg(long, value_name = "NAME")]
    step: Option<String>,

    /// Only those of a kind
    #[arg(long, value_name = "EVENT", value_parser = EventWord)]
    event: Option<Event>,

    /// Only those of this day and later
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    from: Option<Date>,

    /// Only those of this day and earlier
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    to: Option<Date>,

    /// Only the last so many of them
    #[arg(long, value_name = "NUMBER")]
    last: Option<usize>,
}

pub(super) fn run(arguments: &Listing, project: &Project, terminal: &Terminal) -> Result<Status, Trouble> {
    if let Some(mut journal) = existing(&arguments.journal, project, terminal)? {
        let entries = journal.entries()?;
        let mut chosen: Vec<&Entry> = entries.iter().filter(|entry| arguments.wants(entry)).collect();
        let surplus = chosen.len().saturating_sub(arguments.last.unwrap_or(usize::MAX));
        chosen.drain(..surplus);
        terminal.print(report::journal::table(&chosen, entries.len(), terminal.data_style()))?;
    }
    Ok(Status::Fine)
}

impl Listing {
    fn wants(&self, entry: &Entry) -> bool {
        let is_same = |wanted: &Option<String>, is: &Option<String>| wanted.is_none() || wanted == is;
        is_same(&self.customer, &entry.customer)
            && is_same(&self.procedure, &entry.procedure)
            && is_same(&self.step, &entry.step)
            && self.event.is_none_or(|event| event == entry.event)
            && self.from.is_none_or(|from| entry.date >= from)
            && self.to.is_none_or(|to| entry.date <= to)
    }
}

/// An event on the command line.
#[derive(Debug, Clone, Copy)]
struct EventWord;

impl clap::builder::TypedValueParser for EventWord {
    type Value = Event;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<Event, clap::Error> {
        let words = clap::builder::PossibleValuesParser::new(Event::WORDS.iter().map(|(_, word)| *word));
        let word = words.parse_ref(command, argument, value)?;
        Event::parse(&word).ok_or_else(|| clap::Error::new(clap::error::ErrorKind::InvalidValue))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Event::WORDS.iter().map(|(_, word)| PossibleValue::new(word))))
    }
}

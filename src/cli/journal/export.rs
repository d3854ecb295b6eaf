//! `dunlin journal export`: every entry, complete and exact.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::cli::Status;
use crate::cli::files::replace;
use crate::cli::journal::{JournalArguments, existing};
use crate::cli::project::Project;
use crate::cli::terminal::{Terminal, Trouble};
use crate::journal::{Entry, text};

/// Write every entry as CSV or JSON
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    journal: JournalArguments,

    /// How it is written [default: json for a file that ends so, else csv]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,

    /// The file to write it to, instead of the standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One line for each entry
    Csv,
    /// A list of objects
    Json,
}

pub(super) fn run(arguments: &Arguments, project: &Project, terminal: &Terminal) -> Result<Status, Trouble> {
    let entries = match existing(&arguments.journal, project, terminal)? {
        Some(mut journal) => journal.entries()?,
        None => Vec::new(),
    };
    let bytes = written(arguments.format(), &entries)?;
    match &arguments.output {
        None => terminal.print(bytes)?,
        Some(file) => {
            replace(file, &bytes)
                .map_err(|error| Trouble::system(format!("cannot write `{}`", file.display()), &error))?;
        }
    }
    Ok(Status::Fine)
}

impl Arguments {
    fn format(&self) -> Format {
        let ending = self.output.as_deref().and_then(Path::extension);
        let by_ending = if ending.is_some_and(|ending| ending == "json") { Format::Json } else { Format::Csv };
        self.format.unwrap_or(by_ending)
    }
}

fn written(format: Format, entries: &[Entry]) -> Result<Vec<u8>, Trouble> {
    let failed = |error: &dyn std::fmt::Display| Trouble::new(format!("the journal cannot be written: {error}"));
    match format {
        Format::Csv => text::to_csv(entries).map_err(|error| failed(&error)),
        Format::Json => text::to_json(entries).map_err(|error| failed(&error)),
    }
}

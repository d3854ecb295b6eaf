//! `dunlin journal import`: the entries of a file that the journal does not have yet.

use std::path::PathBuf;

use clap::Args;

use crate::base::text::count;
use crate::cli::Status;
use crate::cli::input;
use crate::cli::journal::JournalArguments;
use crate::cli::project::{self, Project};
use crate::cli::terminal::{Terminal, Trouble};
use crate::journal::{self, Appended, Entry, text};
use crate::report::View;

/// Add the entries of an export that the journal does not have yet
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    journal: JournalArguments,

    /// The file, CSV or JSON; `-` is the standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(super) fn run(arguments: &Arguments, project: &Project, terminal: &Terminal) -> Result<Status, Trouble> {
    let (name, text) = input::read(&arguments.file)?;
    let entries = match text::read(&text, &name) {
        Ok(entries) => entries,
        Err(findings) => {
            // The file is named as it was given, not seen from the program's folder.
            let view = View { sources: project.workspace.sources(), folder: "" };
            project::tell(view, &findings, terminal);
            terminal.note("nothing was imported");
            return Ok(Status::Findings);
        }
    };
    let added = add(&entries, arguments, project)?;
    let there = entries.len() - added;
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    terminal.print(format!("{} added, {} already there\n", count(number(added), "entry", "entries"), number(there)))?;
    Ok(Status::Fine)
}

/// Adds what the journal does not have, and says how much that was.
fn add(entries: &[Entry], arguments: &Arguments, project: &Project) -> Result<usize, Trouble> {
    let mut journal = arguments.journal.open(project)?;
    loop {
        let there = journal.entries()?;
        let missing = journal::missing(&there, entries);
        let head = there.last().map_or(0, |entry| entry.number);
        if missing.is_empty() || journal.append(head, &missing)? == Appended::Added {
            return Ok(missing.len());
        }
    }
}

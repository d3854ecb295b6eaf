//! `dunlin journal`: what is in the journal, and its way out and in as a file.

mod arguments;
mod export;
mod import;
mod list;

use std::path::Path;

use clap::{Args, Subcommand};

use crate::cli::Status;
use crate::cli::project::{self, Project};
use crate::cli::terminal::{Terminal, Trouble};
use crate::journal::{Journal, Location};

pub(super) use arguments::{JournalArguments, Use};

/// List the journal, export it, import into it
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    list: list::Listing,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::Listing),
    Export(export::Arguments),
    Import(import::Arguments),
}

pub(super) fn run(arguments: &Arguments, folder: Option<&Path>, terminal: &Terminal) -> Result<Status, Trouble> {
    // The program itself need not be right to look at what was done.
    let project = Project::settings(project::folder(None, folder)?);
    project.tell(terminal);
    if project.config.is_none() {
        return Ok(project.status());
    }
    match &arguments.command {
        None => list::run(&arguments.list, &project, terminal),
        Some(Command::List(arguments)) => list::run(arguments, &project, terminal),
        Some(Command::Export(arguments)) => export::run(arguments, &project, terminal),
        Some(Command::Import(arguments)) => import::run(arguments, &project, terminal),
    }
}

/// The journal, if there is one; otherwise says so.
fn existing(
    arguments: &JournalArguments,
    project: &Project,
    terminal: &Terminal,
) -> Result<Option<Box<dyn Journal>>, Trouble> {
    let journal = arguments.open_existing(project)?;
    if journal.is_none() {
        let place: Location = arguments.location(project)?;
        terminal.note(&format!("there is no journal yet at `{place}`; the first `dunlin run --commit` starts it"));
    }
    Ok(journal)
}

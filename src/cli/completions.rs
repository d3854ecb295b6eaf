//! `dunlin completions`: what a shell needs to complete our commands.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::cli::terminal::{Terminal, Trouble};
use crate::cli::{Dunlin, Status};

/// Print the completions for a shell
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Status, Trouble> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Dunlin::command(), "dunlin", &mut script);
    terminal.print(script)?;
    Ok(Status::Fine)
}

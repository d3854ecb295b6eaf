//! The command line: one file per command, each with its arguments and one function.
//!
//! Data goes to the standard output, findings to the error output. Exit status: 0 fine, 1 findings,
//! 2 usage or input and output, 101 a bug of ours.

mod assume;
mod check;
mod commit;
mod completions;
mod diff;
mod explain;
mod files;
mod fmt;
mod input;
mod journal;
mod ledger;
mod lsp;
mod new;
mod outcomes;
mod output;
mod panic;
mod progress;
mod project;
mod run;
mod simulate;
mod stamp;
mod terminal;
mod test;
mod timeline;
mod why;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use terminal::{Colour, Terminal};

/// Credit-collection procedures as text: checked, explained, run over a ledger.
#[derive(Debug, Parser)]
#[command(name = "dunlin", version, max_term_width = 100, disable_help_subcommand = true)]
struct Dunlin {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
struct Common {
    /// The program's folder [default: the nearest one upwards with a `dunlin.toml`, else the working folder]
    #[arg(short = 'C', id = "program", value_name = "DIR", global = true, display_order = 90)]
    folder: Option<PathBuf>,

    /// When to use colours: auto, always, never; auto heeds NO_COLOR
    #[arg(
        long,
        value_name = "WHEN",
        global = true,
        default_value = "auto",
        hide_possible_values = true,
        display_order = 91
    )]
    color: Colour,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(new::Arguments),
    Check(check::Arguments),
    Run(run::Arguments),
    Why(why::Arguments),
    Test(test::Arguments),
    Done(outcomes::Done),
    Skip(outcomes::Skip),
    Undo(outcomes::Undo),
    Journal(journal::Arguments),
    Timeline(timeline::Arguments),
    Simulate(simulate::Arguments),
    Diff(diff::Arguments),
    Explain(explain::Arguments),
    Fmt(fmt::Arguments),
    Lsp(lsp::Arguments),
    Completions(completions::Arguments),
}

/// How a command ended, the graver the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// As it should.
    Fine,
    /// There are errors in the program or the data.
    Findings,
    /// It was asked for something that cannot be done: usage, input, output.
    Trouble,
    /// The program itself is at fault.
    Bug,
}

impl Status {
    /// The graver of two.
    fn and(self, other: Self) -> Self {
        self.max(other)
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Fine => 0,
            Status::Findings => 1,
            Status::Trouble => 2,
            Status::Bug => 101,
        })
    }
}

/// The program: reads the arguments, does what they say, and tells how it ended.
#[must_use]
pub fn main() -> ExitCode {
    panic::install();
    let Dunlin { common, command } = Dunlin::parse();
    let terminal = Terminal::new(common.color);
    let folder = common.folder.as_deref();
    let ended = match command {
        Command::New(arguments) => new::run(&arguments, folder, &terminal),
        Command::Check(arguments) => check::run(&arguments, folder, &terminal),
        Command::Run(arguments) => run::run(&arguments, folder, &terminal),
        Command::Test(arguments) => test::run(&arguments, folder, &terminal),
        Command::Why(arguments) => why::run(&arguments, folder, &terminal),
        Command::Done(arguments) => outcomes::done(&arguments, folder, &terminal),
        Command::Skip(arguments) => outcomes::skip(&arguments, folder, &terminal),
        Command::Undo(arguments) => outcomes::undo(&arguments, folder, &terminal),
        Command::Journal(arguments) => journal::run(&arguments, folder, &terminal),
        Command::Timeline(arguments) => timeline::run(&arguments, folder, &terminal),
        Command::Simulate(arguments) => simulate::run(&arguments, folder, &terminal),
        Command::Diff(arguments) => diff::run(&arguments, folder, &terminal),
        Command::Explain(arguments) => explain::run(&arguments, &terminal),
        Command::Fmt(arguments) => fmt::run(&arguments, folder, &terminal),
        Command::Lsp(arguments) => lsp::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments, &terminal),
    };
    ended.unwrap_or_else(|trouble| terminal.explain(&trouble)).into()
}

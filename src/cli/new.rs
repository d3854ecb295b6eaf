//! `dunlin new`: a small company that runs at once.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::Status;
use crate::cli::terminal::{Terminal, Trouble};

/// Start a program: a small company that runs at once
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder to write it to; it must be empty or not exist yet
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

macro_rules! starter {
    ($($path:literal,)*) => {
        /// The files of the starter company: path and content.
        const STARTER: &[(&str, &str)] = &[$(($path, include_str!(concat!("starter/", $path)))),*];
    };
}

starter! {
    "README.md",
    "dunlin.toml",
    "company.proc",
    "standard.proc",
    "dispute.proc",
    "tests.proc",
    "tests/first_days/suite.toml",
    "tests/first_days/snapshots/2026-03-02.snap",
    "tests/first_days/snapshots/2026-03-03.snap",
    "tests/weeks_after/suite.toml",
    "tests/weeks_after/snapshots/2026-03-06.snap",
    "tests/weeks_after/snapshots/2026-03-19.snap",
    "tests/weeks_after/snapshots/2026-04-08.snap",
    "templates/statement.en.md",
    "templates/statement.nl.md",
    "templates/reminder.en.md",
    "templates/reminder.nl.md",
    "templates/dispute.en.md",
    "ledger/customers.csv",
    "ledger/documents.csv",
    "ledger/payments.csv",
    "ledger/recipients.csv",
    "ledger/rates.csv",
    "ledger/history.csv",
}

/// Names that start with a dot do not survive every copy of a source tree, so these are written here.
const IGNORED: &str = "# what runs leave behind\n*.parquet\nworklist.*\n*.snap.new\n";
const ATTRIBUTES: &str = "# the same line ends on every machine
*.proc text eol=lf
*.snap text eol=lf
*.toml text eol=lf
*.csv text eol=lf
templates/* text eol=lf
";

pub(super) fn run(arguments: &Arguments, common: Option<&Path>, terminal: &Terminal) -> Result<Status, Trouble> {
    let target = common.map_or_else(|| arguments.folder.clone(), |folder| folder.join(&arguments.folder));
    refuse_occupied(&target)?;
    for (path, text) in STARTER.iter().copied().chain([(".gitignore", IGNORED), (".gitattributes", ATTRIBUTES)]) {
        write(&target.join(path), text)?;
    }
    let name = target.display();
    terminal.print(format!(
        "A small company is in `{name}`. Next:\n\n    \
         cd {name}\n    \
         dunlin check               # is everything in order?\n    \
         dunlin run --format table  # the worklist of the day that dunlin.toml names\n    \
         dunlin why C004            # why a customer gets what he gets\n    \
         dunlin test                # does everybody get what the tests expect?\n\n\
         Then change a day in `standard.proc`, run again, and see what the tests say.\n"
    ))?;
    Ok(Status::Fine)
}

fn refuse_occupied(target: &Path) -> Result<(), Trouble> {
    match fs::read_dir(target).map(Iterator::count) {
        Ok(0) => Ok(()),
        Ok(_) => Err(Trouble::with_help(
            format!("the folder `{}` is not empty", target.display()),
            "give the name of a new folder; nothing was written",
        )),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Trouble::system(format!("cannot use `{}`", target.display()), &error)),
    }
}

fn write(path: &Path, text: &str) -> Result<(), Trouble> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder
        .and_then(|()| fs::write(path, text))
        .map_err(|error| Trouble::system(format!("cannot write `{}`", path.display()), &error))
}

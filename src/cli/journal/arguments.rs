//! Which journal: what the command line says, else the settings, else the usual place.

use std::path::Path;

use clap::Args;

use crate::cli::project::Project;
use crate::cli::terminal::{Terminal, Trouble};
use crate::journal::{self, Entry, Journal, JournalError, Location};

/// Which journal.
#[derive(Debug, Args)]
pub(in crate::cli) struct JournalArguments {
    /// The journal: a file, or postgres://NAME@HOST/DATABASE [default: `journal` of dunlin.toml, else
    /// the file `.dunlin/journal.db` of the program]
    #[arg(long, value_name = "PLACE")]
    journal: Option<String>,
}

/// What a command does with the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Use {
    /// It reads it. One that is named and is not there is a mistake: without it everything that was
    /// done would be suggested again.
    Read,
    /// It writes to it, and makes it where there is none.
    Write,
}

impl JournalArguments {
    /// Where the journal of a program lies. A path on the command line is seen from the working folder,
    /// one in the settings from the program's.
    pub(in crate::cli) fn location(&self, project: &Project) -> Result<Location, Trouble> {
        if let Some(stated) = &self.journal {
            if stated.trim().is_empty() {
                return Err(Trouble::with_help("`--journal` names no place", "write `--journal FILE`"));
            }
            return parse(stated);
        }
        let stated = project.config.as_ref().and_then(|config| config.journal.as_deref());
        Ok(parse(stated.unwrap_or(Location::USUAL))?.below(&project.root))
    }

    /// Opens the journal to add to it; makes it where there is none.
    pub(in crate::cli) fn open(&self, project: &Project) -> Result<Box<dyn Journal>, Trouble> {
        let location = self.location(project)?;
        // Its own folder is made; a whole path of folders is a slip of the pen.
        if let (Some(_), Location::File(path)) = (&self.journal, &location)
            && let Some(folder) = path.parent().and_then(Path::parent).filter(|folder| !is_there(folder))
        {
            let message = format!("there is no folder `{}` for the journal", folder.display());
            return Err(Trouble::with_help(message, "check the spelling, or make the folder first"));
        }
        Ok(journal::open(&location)?)
    }

    /// Opens the journal, if there is one; makes and changes nothing.
    pub(in crate::cli) fn open_existing(&self, project: &Project) -> Result<Option<Box<dyn Journal>>, Trouble> {
        Ok(journal::open_existing(&self.location(project)?)?)
    }

    /// Says that a journal is new, once the first entry is written: it might be a slip of the pen.
    pub(in crate::cli) fn tell_new(&self, project: &Project, head: u64, terminal: &Terminal) -> Result<(), Trouble> {
        if head == 0 {
            terminal.note(&format!("the journal `{}` is new", self.location(project)?));
        }
        Ok(())
    }

    /// What the journal holds; nothing where there is none yet.
    pub(in crate::cli) fn entries(
        &self,
        project: &Project,
        wanted: Use,
        terminal: &Terminal,
    ) -> Result<Vec<Entry>, Trouble> {
        if let Some(mut journal) = self.open_existing(project)? {
            return Ok(journal.entries()?);
        }
        let named_in_settings = project.config.as_ref().is_some_and(|config| config.journal.is_some());
        let place = self.location(project)?;
        match (wanted, &self.journal) {
            (Use::Read, Some(_)) => {
                return Err(Trouble::with_help(
                    format!("there is no journal at `{place}`"),
                    "check the spelling; the first `dunlin run --commit` starts one",
                ));
            }
            (Use::Read, None) if named_in_settings => {
                terminal
                    .note(&format!("there is no journal yet at `{place}`; the first `dunlin run --commit` starts it"));
            }
            _ => {}
        }
        Ok(Vec::new())
    }
}

fn is_there(folder: &Path) -> bool {
    folder.as_os_str().is_empty() || folder.is_dir()
}

/// A place as it is written.
fn parse(stated: &str) -> Result<Location, Trouble> {
    let location = Location::parse(stated);
    match (&location, stated.split_once("://")) {
        (Location::File(_), Some((kind, _))) => Err(Trouble::with_help(
            format!("a journal cannot be kept in `{kind}`"),
            "give a file, or the address of a PostgreSQL database: `postgres://NAME@HOST/DATABASE`",
        )),
        _ => Ok(location),
    }
}

impl From<JournalError> for Trouble {
    fn from(error: JournalError) -> Self {
        Self::with_help(error.message(), error.help())
    }
}

//! Which journal: what the command line says, else the settings, else the usual place.

use clap::Args;

use crate::cli::project::Project;
use crate::cli::terminal::Trouble;
use crate::journal::{self, Journal, JournalError, Location};

/// Which journal.
#[derive(Debug, Args)]
pub(in crate::cli) struct JournalArguments {
    /// The journal: a file, or postgres://NAME@HOST/DATABASE [default: `journal` of dunlin.toml, else
    /// the file `.dunlin/journal.db` of the program]
    #[arg(long, value_name = "PLACE")]
    journal: Option<String>,
}

impl JournalArguments {
    /// Where the journal of a program lies. A path on the command line is seen from the working folder,
    /// one in the settings from the program's.
    pub(in crate::cli) fn location(&self, project: &Project) -> Result<Location, Trouble> {
        if let Some(stated) = &self.journal {
            if stated.trim().is_empty() {
                return Err(Trouble::with_help("`--journal` names no place", "write `--journal FILE`"));
            }
            return Ok(Location::parse(stated));
        }
        let stated = project.config.as_ref().and_then(|config| config.journal.as_deref());
        Ok(Location::parse(stated.unwrap_or(Location::USUAL)).below(&project.root))
    }

    /// Opens the journal to add to it; makes it where there is none.
    pub(in crate::cli) fn open(&self, project: &Project) -> Result<Box<dyn Journal>, Trouble> {
        Ok(journal::open(&self.location(project)?)?)
    }

    /// Opens the journal, if there is one; makes and changes nothing.
    pub(in crate::cli) fn open_existing(&self, project: &Project) -> Result<Option<Box<dyn Journal>>, Trouble> {
        Ok(journal::open_existing(&self.location(project)?)?)
    }
}

impl From<JournalError> for Trouble {
    fn from(error: JournalError) -> Self {
        Self::with_help(error.message(), error.help())
    }
}

//! `dunlin test`
use std::path::{Path, PathBuf};
use clap::Args;
use crate::cli::Status;
use crate::cli::project::{self, Project};
use crate::cli::terminal::{Terminal, Trouble};
use crate::plan;
use crate::testing;

/// Run the tests of the program
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The program's folder
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, folder: Option<&Path>, terminal: &Terminal) -> Result<Status, Trouble> {
    let project = Project::open(project::folder(arguments.folder.as_deref(), folder)?);
    let Some(program) = project.program() else { project.tell(terminal); return Ok(Status::Findings) };
    let plan = plan::from_check::lower(program);
    let played = testing::play(&plan, &program.tests, project.workspace.sources(), None);
    for one in played {
        terminal.tell(&format!("{} {}\n", one.passed(), one.title));
        project::tell(project.view(), &one.findings, terminal);
    }
    Ok(Status::Fine)
}

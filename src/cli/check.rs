//! `dunlin check`: every finding of every file at once.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::base::text::count;
use crate::cli::Status;
use crate::cli::project::{self, Project};
use crate::cli::terminal::{Terminal, Trouble};
use crate::report::{concise, github, gitlab, json, junit, sarif};

/// Check the program and show every finding
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The program's folder
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,

    /// How findings are written; `full` goes to the error output, the others to the standard output
    #[arg(long, value_name = "FORMAT", default_value = "full")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// With the text and what to write instead
    Full,
    /// One line each
    Concise,
    /// An array of objects
    Json,
    /// SARIF 2.1.0, for code-scanning services
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
    /// Code Quality report of GitLab
    Gitlab,
    /// JUnit XML: a test for each finding
    Junit,
}

pub(super) fn run(arguments: &Arguments, folder: Option<&Path>, terminal: &Terminal) -> Result<Status, Trouble> {
    let project = Project::open(project::folder(arguments.folder.as_deref(), folder)?);
    let (view, findings) = (project.view(), project.findings.as_slice());
    let written = |text: serde_json::Result<String>| text.map_err(|error| Trouble::new(error.to_string()));
    match arguments.format {
        Format::Full => full(&project, terminal),
        Format::Concise => terminal.print(concise::findings(view, findings))?,
        Format::Json => terminal.print(written(json::findings(view, findings))?)?,
        Format::Sarif => terminal.print(written(sarif::findings(view, findings))?)?,
        Format::Github => terminal.print(github::findings(view, findings))?,
        Format::Gitlab => terminal.print(written(gitlab::findings(view, findings))?)?,
        Format::Junit => terminal.print(junit::findings(view, project.workspace.paths(), findings))?,
    }
    Ok(project.status())
}

fn full(project: &Project, terminal: &Terminal) {
    if project.findings.is_empty() {
        let files = i64::try_from(project.workspace.paths().len()).unwrap_or(i64::MAX);
        terminal.tell(&format!("no findings in {}\n", count(files, "file", "files")));
    }
    project.tell(terminal);
}

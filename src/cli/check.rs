//! `dunlin check`: every finding of every file at once.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::base::text::count;
use crate::cli::Status;
use crate::cli::output::Output;
use crate::cli::project::{self, Project};
use crate::cli::terminal::{Terminal, Trouble};
use crate::cli::test::suites;
use crate::report::{concise, github, gitlab, json, junit, sarif};

/// Check the program and show every finding
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The program's folder
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,

    /// How findings are written; `full` goes to the error output, the others to the standard output
    /// [default: full, or what the ending of the `--output` file says]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,

    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the text and what to write instead
    #[value(alias = "human")]
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
    #[value(alias = "xml")]
    Junit,
}

pub(super) fn run(arguments: &Arguments, folder: Option<&Path>, terminal: &Terminal) -> Result<Status, Trouble> {
    let format = arguments.format.or_else(|| arguments.output.format()).unwrap_or(Format::Full);
    if format == Format::Full && arguments.output.is_file() {
        let help = "say in which format, such as `--format sarif`";
        return Err(Trouble::with_help("findings to read are not written to a file", help));
    }
    let mut project = Project::open(project::folder(arguments.folder.as_deref(), folder)?);
    let mut status = project.status();
    let of_suites = suites::findings(&project)?;
    if !of_suites.is_empty() {
        status = status.and(Status::Findings);
        project.findings.extend(of_suites);
    }
    let data = written(format, &project).map_err(|error| Trouble::new(error.to_string()))?;
    if data.is_none() || arguments.output.is_file() {
        full(&project, terminal);
    }
    data.map_or(Ok(()), |data| arguments.output.write(data, terminal))?;
    Ok(status)
}

/// The findings as data; `None` where people read them.
fn written(format: Format, project: &Project) -> serde_json::Result<Option<String>> {
    let (view, findings) = (project.view(), project.findings.as_slice());
    Ok(Some(match format {
        Format::Full => return Ok(None),
        Format::Concise => concise::findings(view, findings),
        Format::Json => json::findings(view, findings)?,
        Format::Sarif => sarif::findings(view, findings)?,
        Format::Github => github::findings(view, findings),
        Format::Gitlab => gitlab::findings(view, findings)?,
        Format::Junit => junit::findings(view, project.workspace.paths(), findings),
    }))
}

fn full(project: &Project, terminal: &Terminal) {
    if project.findings.is_empty() {
        let files = i64::try_from(project.workspace.paths().len()).unwrap_or(i64::MAX);
        terminal.tell(&format!("no findings in {}\n", count(files, "file", "files")));
    }
    project.tell(terminal);
}

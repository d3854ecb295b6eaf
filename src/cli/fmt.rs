//! `dunlin fmt`: the canonical layout, with every comment.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::base::{Diagnostic, Severity};
use crate::cli::Status;
use crate::cli::project::{self, Project};
use crate::cli::terminal::{Terminal, Trouble};
use crate::disk;
use crate::format;
use crate::report::View;
use crate::workspace::Workspace;

/// Write the program in the canonical layout
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The program's folder; `-` reads one file from the standard input and writes it to the standard output
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,

    /// Change nothing; list the files that are not in the canonical layout, and end with status 1 if there are any
    #[arg(long)]
    check: bool,
}

pub(super) fn run(arguments: &Arguments, folder: Option<&Path>, terminal: &Terminal) -> Result<Status, Trouble> {
    if arguments.folder.as_deref() == Some(Path::new("-")) {
        return from_input(arguments.check, terminal);
    }
    let project = Project::read(project::folder(arguments.folder.as_deref(), folder)?);
    project.tell(terminal);
    let mut status = project.status();
    for path in project.workspace.paths() {
        let Some((tree, findings)) = project.workspace.parsed(path) else { continue };
        if has_errors(findings) {
            project::tell(project.view(), findings, terminal);
            status = status.and(Status::Findings);
        } else if !project.is_broken(path) {
            let text = format::print(tree);
            let is_same = project.workspace.text(path) == Some(&text);
            if !is_same && arguments.check {
                terminal.print(format!("{}\n", project.view().path(path)))?;
                status = status.and(Status::Findings);
            } else if !is_same {
                write(&project.root.join(path), &text)?;
            }
        }
    }
    Ok(status)
}

fn write(path: &Path, text: &str) -> Result<(), Trouble> {
    fs::write(path, text).map_err(|error| Trouble::system(format!("cannot write `{}`", path.display()), &error))
}

fn has_errors(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| finding.severity() == Severity::Error)
}

/// One file from the standard input to the standard output. What cannot be read comes out as it went in.
fn from_input(check: bool, terminal: &Terminal) -> Result<Status, Trouble> {
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes).map_err(|error| Trouble::system("cannot read the standard input", &error))?;
    let text = disk::decode("<stdin>", &bytes);
    if text.broken_at.is_some() {
        return Err(Trouble::new("the standard input is not written in UTF-8"));
    }
    let workspace = Workspace::new([("<stdin>", text.text.as_str())]);
    let Some((tree, findings)) = workspace.parsed("<stdin>") else { return Ok(Status::Fine) };
    if has_errors(findings) {
        project::tell(View { sources: workspace.sources(), folder: "" }, findings, terminal);
        return Ok(Status::Findings);
    }
    let printed = format::print(tree);
    if check {
        return Ok(if printed == text.text { Status::Fine } else { Status::Findings });
    }
    terminal.print(printed)?;
    Ok(Status::Fine)
}

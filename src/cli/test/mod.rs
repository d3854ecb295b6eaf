//! `dunlin test`: the `test` items and the snapshot suites of a program.

mod mutate;
mod output;
mod review;
pub(super) mod suites;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::cli::Status;
use crate::cli::output::Output;
use crate::cli::project::{self, Project};
use crate::cli::terminal::{Terminal, Trouble};
use crate::plan;
use crate::run::Recorder;
use crate::testing::mutants::Bench;
use crate::testing::{self, Coverage, Results};

/// Run the tests and the snapshot suites of the program
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The program's folder
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,

    /// Only tests and suites whose title or folder contains this, in small or capital letters
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,

    /// Accept all that the suites give now, changed and new, and remove the snapshots that are stale
    #[arg(long, conflicts_with = "review")]
    accept: bool,

    /// Show what the suites give now one by one, and ask whether to accept it; then ask about stale ones
    #[arg(long)]
    review: bool,

    /// Show which steps, rules and conditions were reached
    #[arg(long)]
    coverage: bool,

    /// Change one thing of the program at a time, and name the changes that nothing notices; as
    /// `human`, `json` or `github`
    #[arg(long, conflicts_with_all = ["accept", "review"])]
    mutate: bool,

    /// How long to try changes
    #[arg(long, value_name = "NUMBER", default_value_t = 300, requires = "mutate")]
    seconds: u64,

    /// How the results are written; where the program has errors, how these are [default: human, or what the
    /// ending of the `--output` file says]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,

    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To read in a terminal
    #[value(alias = "full")]
    Human,
    /// One object
    Json,
    /// JUnit XML, for build servers
    #[value(alias = "xml")]
    Junit,
    /// Workflow commands of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code-scanning services
    Sarif,
    /// Coverage as an LCOV tracefile
    #[value(alias = "info")]
    Lcov,
}

pub(super) fn run(arguments: &Arguments, folder: Option<&Path>, terminal: &Terminal) -> Result<Status, Trouble> {
    arguments.refuse_what_cannot_be_written()?;
    let project = Project::open(project::folder(arguments.folder.as_deref(), folder)?);
    let (Some(program), Some(config)) = (project.program(), &project.config) else {
        output::write_stopped(arguments, &project, terminal)?;
        return Ok(project.status().and(Status::Findings));
    };
    // Warnings and hints are the data of `check`; here they are told.
    project.tell(terminal);
    let only = arguments.only.as_ref().map(|only| only.trim_end_matches('/').to_lowercase());
    let is_meant = |name: &str| only.as_ref().is_none_or(|only| name.to_lowercase().contains(only));
    let plan = plan::from_check::lower(program);
    let sources = project.workspace.sources();
    let recorder = (arguments.coverage || arguments.format() == Format::Lcov).then(Recorder::default);
    let tests: Vec<_> = program.tests.iter().filter(|test| is_meant(&test.title)).cloned().collect();
    let mut results = Results {
        check: Vec::new(),
        tests: testing::play(&plan, &tests, sources, recorder.as_ref()),
        suites: suites::play(&project, config, &plan, recorder.as_ref(), &is_meant)?,
        coverage: None,
        mutants: None,
    };
    if let Some(only) = arguments.only.as_ref().filter(|_| results.tests.is_empty() && results.suites.is_empty()) {
        let help = "give a part of the title of a test, or of the folder of a suite";
        return Err(Trouble::with_help(format!("no test and no suite is called like `{only}`"), help));
    }
    results.coverage = recorder.map(|recorder| Coverage::new(&plan, &recorder.used()));
    let view = project.view();
    if arguments.accept {
        let accepted = suites::accept(&project.root, &mut results.suites)?;
        if !accepted.is_empty() {
            terminal.note(&format!("accepted: {accepted}"));
        }
    } else if arguments.review {
        review::run(&project.root, &mut results.suites, view, terminal)?;
    } else if let Err(Trouble::Refused(reason, _)) = suites::leave_pending(&project.root, &results.suites) {
        // Where nothing may be written, the results are the same.
        terminal.note(&format!("no new text is left beside the accepted ones: {reason}"));
    }
    if arguments.mutate && results.passed() {
        let suites = suites::load(&project, config, &plan, &is_meant)?;
        results.mutants = Some(mutate::run(&Bench::new(&plan, &tests, &suites, sources), arguments.seconds, terminal));
    }
    output::write(arguments, &results, view, terminal)?;
    if arguments.mutate && results.mutants.is_none() {
        let help = "mend what failed, or accept what is wanted";
        return Err(Trouble::with_help("changes are tried on tests that pass", help));
    }
    Ok(if results.passed() { Status::Fine } else { Status::Findings })
}

impl Arguments {
    /// The format asked for, else that of the file's ending, else what people read.
    fn format(&self) -> Format {
        self.format.or_else(|| self.output.format()).unwrap_or(Format::Human)
    }

    fn refuse_what_cannot_be_written(&self) -> Result<(), Trouble> {
        let format = self.format();
        if format == Format::Human && self.output.is_file() {
            let help = "say in which format, such as `--format junit`";
            return Err(Trouble::with_help("results to read are not written to a file", help));
        }
        if self.mutate && !matches!(format, Format::Human | Format::Json | Format::Github) {
            let help = "leave `--mutate` out, or write `--format json` or `--format github`";
            return Err(Trouble::with_help("changes that nothing notices have no place in this format", help));
        }
        Ok(())
    }
}

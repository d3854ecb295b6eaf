//! `dunlin done`, `skip`, `undo`: what came of the rows of a worklist.

use std::env;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::base::Diagnostic;
use crate::base::text::count;
use crate::cli::Status;
use crate::cli::input;
use crate::cli::journal::Use;
use crate::cli::ledger::{LedgerArguments, Ready};
use crate::cli::project::{self, Project};
use crate::cli::stamp::stamp;
use crate::cli::terminal::{Terminal, Trouble};
use crate::journal::{Appended, Entry, Event, Memory};
use crate::report::View;
use crate::run::outcomes::{self, Answer, Book, Report};

/// Outcomes that are told one by one; more are only counted.
const MOST_TOLD: usize = 20;

/// Report rows of the worklist as done
#[derive(Debug, Args)]
pub(super) struct Done {
    #[command(flatten)]
    rows: Rows,

    /// What came of it, such as `no_answer`: one of the `results` of the step
    #[arg(long, value_name = "RESULT")]
    result: Option<String>,
}

/// Leave rows of the worklist out, on purpose
#[derive(Debug, Args)]
pub(super) struct Skip {
    #[command(flatten)]
    rows: Rows,
}

/// Take back what was reported about rows
#[derive(Debug, Args)]
pub(super) struct Undo {
    #[command(flatten)]
    rows: Rows,
}

/// Which rows, and what all three commands take.
#[derive(Debug, Args)]
struct Rows {
    /// The ids of the rows, or their beginnings; `-` reads from the standard input
    #[arg(value_name = "ID", required_unless_present = "from")]
    ids: Vec<String>,

    /// A worklist with a column `outcome`, CSV or JSON, or a list of ids
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,

    /// Why; to skip a row needs a reason
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    /// Who says so [default: the name you are logged in with]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,

    #[command(flatten)]
    ledger: LedgerArguments,
}

pub(super) fn done(arguments: &Done, folder: Option<&Path>, terminal: &Terminal) -> Result<Status, Trouble> {
    arguments.rows.record(Event::Done, arguments.result.as_deref(), folder, terminal)
}

pub(super) fn skip(arguments: &Skip, folder: Option<&Path>, terminal: &Terminal) -> Result<Status, Trouble> {
    arguments.rows.record(Event::Skipped, None, folder, terminal)
}

pub(super) fn undo(arguments: &Undo, folder: Option<&Path>, terminal: &Terminal) -> Result<Status, Trouble> {
    arguments.rows.record(Event::Undone, None, folder, terminal)
}

impl Rows {
    fn record(
        &self,
        event: Event,
        result: Option<&str>,
        folder: Option<&Path>,
        terminal: &Terminal,
    ) -> Result<Status, Trouble> {
        let project = Project::open(project::folder(None, folder)?);
        // What is no error was told by the run of which this reports.
        if project.status() != Status::Fine {
            project.tell(terminal);
        }
        let ready = match Ready::new(&project, &self.ledger, Use::Write, terminal)? {
            Ok(ready) => ready,
            Err(status) => return Ok(status),
        };
        let reports = match self.reports(event, result)? {
            Ok(reports) => reports,
            Err(findings) => return Ok(refuse(&project, &findings, terminal)),
        };
        let mut journal = self.ledger.places.journal.open(&project)?;
        loop {
            let there = journal.entries()?;
            let memory = Memory::new(&there, &ready.snapshot);
            if let Some(last) = memory.last_commit().filter(|last| *last > ready.date) {
                return Err(Trouble::with_help(
                    format!("nothing can be reported for {} any more: the run of {last} is committed", ready.date),
                    format!("report it for {last} or later, with `--date`"),
                ));
            }
            let mut book = Book::new(&ready.plan, &ready.snapshot, &memory, &there, ready.date);
            let answers: Vec<Answer> = reports.iter().map(|report| book.answer(report)).collect();
            let refused: Vec<Diagnostic> = answers.iter().filter_map(refusal).collect();
            if !refused.is_empty() {
                return Ok(refuse(&project, &refused, terminal));
            }
            let mut entries: Vec<Entry> = answers.iter().filter_map(entry).collect();
            stamp(&mut entries);
            if entries.is_empty() {
                return tell(&answers, terminal);
            }
            if journal.append(memory.head, &entries)? == Appended::Added {
                self.ledger.places.journal.tell_new(&project, memory.head, terminal)?;
                return tell(&answers, terminal);
            }
        }
    }

    /// Everything that is reported: the ids of the command line, then those of the file.
    fn reports(&self, event: Event, result: Option<&str>) -> Result<Result<Vec<Report>, Vec<Diagnostic>>, Trouble> {
        let mut reports = Vec::new();
        let mut findings = Vec::new();
        let files = self.ids.iter().filter(|id| *id == "-").map(PathBuf::from).chain(self.from.clone());
        for id in self.ids.iter().filter(|id| *id != "-") {
            if id.contains(['.', '/', '\\']) && Path::new(id).is_file() {
                let help = format!("give it after `--from`: `--from {id}`");
                return Err(Trouble::with_help(format!("`{id}` is a file, not the id of a row"), help));
            }
            let id = id.trim().to_owned();
            reports.push(Report { id, event, result: None, by: None, reason: None, place: None, row: None });
        }
        for file in files {
            let (name, text) = input::read(&file)?;
            match outcomes::read(&text, &name, event) {
                Ok(more) => reports.extend(more),
                Err(more) => findings.extend(more),
            }
        }
        let said = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let by = said(self.by.as_deref()).or_else(logged_in);
        for report in &mut reports {
            report.result = report.result.take().or_else(|| said(result)).filter(|_| report.event == Event::Done);
            report.by = report.by.take().or_else(|| by.clone());
            report.reason = report.reason.take().or_else(|| said(self.reason.as_deref()));
        }
        Ok(if findings.is_empty() { Ok(reports) } else { Err(findings) })
    }
}

/// The name somebody is logged in with, as the system says.
fn logged_in() -> Option<String> {
    let known = ["USER", "USERNAME"].iter().find_map(|name| env::var(name).ok());
    known.filter(|name| !name.trim().is_empty())
}

fn refusal(answer: &Answer) -> Option<Diagnostic> {
    match answer {
        Answer::Refused(finding) => Some(finding.clone()),
        Answer::Entry(_) | Answer::Known(_) => None,
    }
}

fn entry(answer: &Answer) -> Option<Entry> {
    match answer {
        Answer::Entry(entry) => Some((**entry).clone()),
        Answer::Refused(_) | Answer::Known(_) => None,
    }
}

/// Says what is wrong; then nothing at all is recorded.
fn refuse(project: &Project, findings: &[Diagnostic], terminal: &Terminal) -> Status {
    // A file is named as it was given, not seen from the program's folder.
    project::tell(View { sources: project.workspace.sources(), folder: "" }, findings, terminal);
    terminal.note("nothing was recorded");
    Status::Findings
}

/// Says what was recorded, and what was known already.
fn tell(answers: &[Answer], terminal: &Terminal) -> Result<Status, Trouble> {
    let known: Vec<&String> = answers
        .iter()
        .filter_map(|answer| match answer {
            Answer::Known(told) => Some(told),
            _ => None,
        })
        .collect();
    let entries: Vec<Entry> = answers.iter().filter_map(entry).collect();
    for told in known.iter().take(MOST_TOLD) {
        terminal.note(told);
    }
    let mut out: String = entries.iter().take(MOST_TOLD).map(|entry| outcomes::sentence(entry) + "\n").collect();
    if entries.len() > MOST_TOLD || known.len() > MOST_TOLD || entries.is_empty() {
        let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let recorded = count(number(entries.len()), "outcome", "outcomes");
        out += &format!("{recorded} recorded, {} known already\n", number(known.len()));
    }
    terminal.print(out)?;
    Ok(Status::Fine)
}

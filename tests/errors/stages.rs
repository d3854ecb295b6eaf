//! The files of an example, through the stages they need: parse and check always, the ledger and a
//! run where the page is about data or brings some.

use dunlin::base::{Date, Diagnostic, Place, Sources};
use dunlin::check::tree::Program;
use dunlin::journal::{self, Event, Memory};
use dunlin::ledger::{self, Config, MemoryFiles};
use dunlin::run::outcomes::{self, Answer, Book};
use dunlin::workspace::Workspace;
use dunlin::{plan, run, testing};

use super::page::Block;

/// The run date of an example whose settings state none.
const DATE: &str = "2026-03-02";
/// The settings of a project.
const SETTINGS: &str = "dunlin.toml";
/// The file that is imported into a journal.
const JOURNAL: &str = "journal.csv";
/// The file that comes back with what was done.
const OUTCOMES: &str = "outcomes.csv";
/// The program of an example that brings data only.
const PROGRAM: &str = "ledger { currency EUR }
assign { otherwise standard }
procedure standard {
    start by assignment
    timing dip
    step call_1 at day 7 { call customer }
}
";
/// Files that always exist, unless an example brings its own.
const FILES: &[(&str, &str)] = &[
    ("letter.md", "Dear customer\n"),
    ("customers.csv", "id\nC1\n"),
    ("documents.csv", "id,customer,issue_date,due_date,amount\nF1,C1,2026-01-01,2026-01-31,100.00\n"),
];

/// A finding, as the test looks at it.
pub(super) struct Raised {
    /// Its code.
    pub(super) code: &'static str,
    /// All it says, for the message of a failed test and for the snapshot.
    pub(super) text: String,
}

/// What the files of an example raise; `with_data`: the ledger is read and the program run.
pub(super) fn findings(blocks: &[Block], with_data: bool) -> Vec<Raised> {
    let own = || blocks.iter().map(|block| (block.name.as_str(), block.text.as_str()));
    let programs: Vec<&str> = own().filter(|(name, _)| is_program(name)).map(|(_, text)| text).collect();
    let programs = if programs.is_empty() { vec![PROGRAM] } else { programs };
    let paths: Vec<String> = (1..=programs.len()).map(|number| format!("program{number}.proc")).collect();
    let mut workspace = Workspace::new(paths.iter().map(String::as_str).zip(programs));
    let beside = || {
        let given = FILES.iter().copied().filter(|(name, _)| own().all(|(other, _)| other != *name));
        own().filter(|(name, _)| !is_program(name)).chain(given)
    };
    for (path, text) in beside().filter(|(name, _)| !is_data(name)) {
        workspace.set_resource(path, Some(text));
    }
    let mut raised = workspace.findings();
    for (name, text) in own().filter(|(name, _)| *name == JOURNAL) {
        raised.extend(journal::text::read(text, name).err().into_iter().flatten());
    }
    if let (Some(program), true) = (&workspace.checked().program, with_data || own().any(|(name, _)| is_data(name))) {
        raised.extend(findings_of_data(program, beside()));
    }
    let sources = workspace.sources();
    if let Some(program) = &workspace.checked().program {
        let played = testing::play(&plan::from_check::lower(program), &program.tests, sources, None);
        raised.extend(played.into_iter().flat_map(|test| test.findings));
    }
    raised.iter().map(|finding| Raised { code: finding.code.id, text: text(finding, sources) }).collect()
}

fn is_program(name: &str) -> bool {
    name == "proc" || name.ends_with(".proc")
}

fn is_data(name: &str) -> bool {
    name == SETTINGS || [".csv", ".parquet"].iter().any(|ending| name.ends_with(ending))
}

fn findings_of_data<'b>(program: &Program, beside: impl Iterator<Item = (&'b str, &'b str)>) -> Vec<Diagnostic> {
    let mut files = MemoryFiles::default();
    let mut config = Ok(Config::default());
    let mut outcomes = None;
    for (name, text) in beside {
        if name == SETTINGS {
            config = Config::from_toml(text, SETTINGS);
        } else if name == OUTCOMES {
            outcomes = Some(text);
        } else {
            files.insert(&format!("{}/{name}", Config::LEDGER), text);
        }
    }
    let config = match config {
        Ok(config) => config,
        Err(findings) => return findings,
    };
    match ledger::read(&files, &config, &program.ledger) {
        Ok(snapshot) => {
            let date = config.date.or(Date::parse(DATE)).expect("a date");
            let (plan, memory) = (plan::from_check::lower(program), Memory::default());
            if let Some(text) = outcomes {
                return findings_of_outcomes(text, Book::new(&plan, &snapshot, &memory, &[], date));
            }
            let worklist = run::run(&plan, &snapshot, &memory, date);
            let set_aside = worklist.set_aside.into_iter().map(|aside| aside.diagnostic);
            worklist.findings.into_iter().chain(set_aside).collect()
        }
        Err(findings) => findings,
    }
}

fn findings_of_outcomes(text: &str, mut book: Book<'_>) -> Vec<Diagnostic> {
    let reports = match outcomes::read(text, OUTCOMES, Event::Done) {
        Ok(reports) => reports,
        Err(findings) => return findings,
    };
    let answers = reports.iter().map(|report| book.answer(report));
    let refused = answers.filter_map(|answer| match answer {
        Answer::Refused(finding) => Some(finding),
        Answer::Entry(_) | Answer::Known(_) => None,
    });
    refused.collect()
}

/// A finding in full: message, labels with the text they point at, help, fix.
fn text(finding: &Diagnostic, sources: &Sources) -> String {
    let mut lines = vec![format!("{} {:?}: {}", finding.code.id, finding.severity(), finding.message)];
    for label in &finding.labels {
        let place = match &label.place {
            Place::Text(span) => format!("{} `{}`", sources.place(*span), sources.slice(*span).replace('\n', "\\n")),
            Place::Data(place) => format!("{place:?}"),
        };
        lines.push(format!("    at {place}: {}", label.text));
    }
    lines.extend(finding.help.iter().map(|help| format!("    help: {help}")));
    lines.extend(finding.fix.iter().map(|fix| {
        let edits: Vec<String> = fix.edits.iter().map(|edit| format!("{:?}", edit.text)).collect();
        format!("    fix: {} ({})", fix.title, edits.join(", "))
    }));
    lines.join("\n")
}

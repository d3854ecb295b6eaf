//! The files of an example, through the stages they need: parse and check always, the ledger and a
//! run where the page is about data or brings some.

use dunlin::base::{Date, Diagnostic, Place, Sources};
use dunlin::check::tree::Program;
use dunlin::ide::{Edit, Location, actions, trial};
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
    let workspace = workspace(blocks);
    let raised = raised(&workspace, blocks, with_data);
    let sources = workspace.sources();
    raised.iter().map(|finding| Raised { code: finding.code.id, text: text(finding, sources) }).collect()
}

/// What is offered to mend the findings of an example: for each of these changes, what it does and whether it keeps
/// its promise, or how not.
pub(super) fn mended(blocks: &[Block], with_data: bool) -> Vec<(String, Result<(), String>)> {
    let before = workspace(blocks);
    let found = raised(&before, blocks, with_data);
    let mut mended = Vec::new();
    for finding in &found {
        for (title, after) in offers(&before, finding) {
            let mut known: Vec<&Diagnostic> = found.iter().collect();
            let mut new = raised(&after, blocks, with_data);
            let same = |one: &Diagnostic, other: &Diagnostic| one.code == other.code && one.message == other.message;
            new.retain(|found| match known.iter().position(|known| same(known, found)) {
                Some(at) => {
                    known.remove(at);
                    false
                }
                None => true,
            });
            let kept = match new.first() {
                Some(new) => Err(text(new, after.sources())),
                None if !known.iter().any(|gone| same(gone, finding)) => Err("the finding is still there".to_owned()),
                None => Ok(()),
            };
            mended.push((title, kept));
        }
    }
    mended
}

/// The program after each change that is offered for a finding.
fn offers(before: &Workspace, finding: &Diagnostic) -> Vec<(String, Workspace)> {
    let fixes = finding.fixes.iter().map(|fix| {
        let edits = fix.edits.iter().map(|edit| Edit::of(before, edit.span, edit.text.clone()).expect("a place"));
        (fix.title.clone(), trial::applied(before, &edits.collect::<Vec<_>>()))
    });
    let place = finding.span().and_then(|span| Location::of(before, span));
    let actions = place.map_or_else(Vec::new, |place| {
        let mut actions = actions::at(before, &place.path, &place.range, |kind| kind == actions::Kind::Mend);
        actions.retain(|action| action.mends == Some(finding.code.id));
        actions
    });
    let actions = actions.into_iter().map(|action| {
        let mut after = trial::applied(before, &action.edits);
        action.files.iter().for_each(|file| after.set_resource(&file.path, Some(&file.text)));
        (action.title, after)
    });
    fixes.chain(actions).collect()
}

fn workspace(blocks: &[Block]) -> Workspace {
    let programs: Vec<&str> = own(blocks).filter(|(name, _)| is_program(name)).map(|(_, text)| text).collect();
    let programs = if programs.is_empty() { vec![PROGRAM] } else { programs };
    let paths: Vec<String> = (1..=programs.len()).map(|number| format!("program{number}.proc")).collect();
    let mut workspace = Workspace::new(paths.iter().map(String::as_str).zip(programs));
    for (path, text) in beside(blocks).filter(|(name, _)| !is_data(name)) {
        workspace.set_resource(path, Some(text));
    }
    workspace
}

fn own(blocks: &[Block]) -> impl Iterator<Item = (&str, &str)> {
    blocks.iter().map(|block| (block.name.as_str(), block.text.as_str()))
}

fn beside(blocks: &[Block]) -> impl Iterator<Item = (&str, &str)> {
    let given = FILES.iter().copied().filter(|(name, _)| own(blocks).all(|(other, _)| other != *name));
    own(blocks).filter(|(name, _)| !is_program(name)).chain(given)
}

fn raised(workspace: &Workspace, blocks: &[Block], with_data: bool) -> Vec<Diagnostic> {
    let mut raised = workspace.findings();
    for (name, text) in own(blocks).filter(|(name, _)| *name == JOURNAL) {
        raised.extend(journal::text::read(text, name).err().into_iter().flatten());
    }
    let has_data = with_data || own(blocks).any(|(name, _)| is_data(name));
    if let (Some(program), true) = (workspace.checked().program(), has_data) {
        raised.extend(findings_of_data(program, beside(blocks)));
    }
    if let Some(program) = workspace.checked().program() {
        let played = testing::play(&plan::from_check::lower(program), &program.tests, workspace.sources(), None);
        raised.extend(played.into_iter().flat_map(|test| test.findings));
    }
    raised
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
    lines.extend(finding.fixes.iter().map(|fix| {
        let edits: Vec<String> = fix.edits.iter().map(|edit| format!("{:?}", edit.text)).collect();
        format!("    fix: {} ({})", fix.title, edits.join(", "))
    }));
    lines.join("\n")
}

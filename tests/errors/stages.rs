//! The files of an example, through the stages they need: parse and check always, the ledger and a
//! run where the example brings data.

use std::sync::Arc;

use dunlin::base::{Date, Diagnostic, FileId, Place, Sources};
use dunlin::check::{self, Resources, tree};
use dunlin::ledger::{self, Config, MemoryFiles};
use dunlin::plan::from_check::lower;
use dunlin::run;
use dunlin::schema::{PRELUDE, PRELUDE_PATH};
use dunlin::syntax;

use super::page::Block;

/// The template that always exists.
const LETTER: (&str, &str) = ("letter.md", "Dear customer\n");
/// The program of an example that brings data only.
const PROGRAM: &str = "ledger { currency EUR }
assign { otherwise standard }
procedure standard {
    start by assignment
    timing dip
    step call_1 at day 7 { call customer }
}
";

/// The tables of an example that brings other data, or settings, only.
const TABLES: [(&str, &str); 2] = [
    ("customers.csv", "id\nC1\n"),
    ("documents.csv", "id,customer,issue_date,due_date,amount\nF1,C1,2026-01-01,2026-01-31,100.00\n"),
];
/// The settings of a project.
const SETTINGS: &str = "dunlin.toml";
/// The day of the run.
const TODAY: &str = "2026-03-02";

/// A finding, as the test looks at it.
pub(super) struct Raised {
    /// Its code.
    pub(super) code: &'static str,
    /// All it says, for the message of a failed test and for the snapshot.
    pub(super) text: String,
}

/// What the files of an example raise.
pub(super) fn findings(blocks: &[Block]) -> Vec<Raised> {
    let mut sources = Sources::default();
    let prelude = syntax::parse(sources.add(PRELUDE_PATH, PRELUDE), PRELUDE);
    let mut raised = prelude.findings;
    let programs: Vec<&str> =
        blocks.iter().filter(|block| is_program(block)).map(|block| block.text.as_str()).collect();
    let programs = if programs.is_empty() { vec![PROGRAM] } else { programs };
    let mut files = Vec::new();
    for (place, text) in programs.into_iter().enumerate() {
        let parsed = syntax::parse(sources.add(&format!("program{}.proc", place + 1), text), text);
        files.push(parsed.file);
        raised.extend(parsed.findings);
    }
    let others =
        blocks.iter().filter(|block| !is_program(block)).map(|block| (block.name.as_str(), block.text.as_str()));
    let mut beside = Beside(Vec::new());
    for (path, text) in others.chain([LETTER]) {
        beside.0.push((path.to_owned(), sources.add(path, text), text.into()));
    }
    let checked = check::check(&files, &prelude.file, &beside);
    raised.extend(checked.findings);
    if let Some(program) = checked.program.filter(|_| blocks.iter().any(is_data)) {
        raised.extend(run_findings(&program, blocks));
    }
    raised.iter().map(|finding| Raised { code: finding.code.id, text: text(finding, &sources) }).collect()
}

fn is_program(block: &Block) -> bool {
    block.name == "proc" || block.name.ends_with(".proc")
}

fn is_data(block: &Block) -> bool {
    block.name == SETTINGS || block.name.ends_with(".csv") || block.name.ends_with(".parquet")
}

/// What reading the ledger and running the program over it finds.
fn run_findings(program: &tree::Program, blocks: &[Block]) -> Vec<Diagnostic> {
    let mut files = MemoryFiles::default();
    let given = blocks.iter().filter(|block| is_data(block)).map(|block| (block.name.as_str(), block.text.as_str()));
    for (name, text) in TABLES.into_iter().chain(given) {
        let path = if name == SETTINGS { name.to_owned() } else { format!("ledger/{name}") };
        files.insert(&path, text.to_owned());
    }
    let settings = blocks.iter().find(|block| block.name == SETTINGS).map_or("", |block| block.text.as_str());
    let plan = lower(program);
    let snapshot = Config::from_toml(settings, SETTINGS).and_then(|config| ledger::read(&files, &config, &plan.ledger));
    let snapshot = match snapshot {
        Ok(snapshot) => snapshot,
        Err(findings) => return findings,
    };
    let worklist = run::run(&plan, &snapshot, Date::parse(TODAY).expect("a date"));
    worklist.findings.into_iter().chain(worklist.set_aside.into_iter().map(|aside| aside.diagnostic)).collect()
}

/// The files of an example beside its program.
struct Beside(Vec<(String, FileId, Arc<str>)>);

impl Resources for Beside {
    fn file(&self, path: &str) -> Option<(FileId, Arc<str>)> {
        self.0.iter().find(|(name, ..)| name == path).map(|(_, file, text)| (*file, Arc::clone(text)))
    }
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

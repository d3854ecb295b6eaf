//! The files of an example, through the stages they need: parse and check always, the ledger and a
//! run where the example brings data.

use std::sync::Arc;

use dunlin::base::{Date, Diagnostic, FileId, Place, Sources};
use dunlin::check::{self, Resources};
use dunlin::ledger::{self, Config, MemoryFiles};
use dunlin::schema::{PRELUDE, PRELUDE_PATH};
use dunlin::{plan, run, syntax};

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
    if let Some(program) = &checked.program {
        raised.extend(of_data(blocks, program));
    }
    raised.iter().map(|finding| Raised { code: finding.code.id, text: text(finding, &sources) }).collect()
}

/// What reading the tables of an example raises and, where it shows `dunlin run --date …`, the run.
fn of_data(blocks: &[Block], program: &dunlin::check::tree::Program) -> Vec<Diagnostic> {
    let mut files = MemoryFiles::default();
    let mut config = Config::default();
    for block in blocks {
        match block.name.rsplit_once('.') {
            Some((_, "csv")) => files.insert(&format!("ledger/{}", block.name), block.text.clone()),
            Some(_) if block.name == "dunlin.toml" => match Config::from_toml(&block.text, &block.name) {
                Ok(read) => config = read,
                Err(findings) => return findings,
            },
            _ => {}
        }
    }
    if !blocks.iter().any(|block| block.name.ends_with(".csv")) {
        return Vec::new();
    }
    let plan = plan::from_check::lower(program);
    let snapshot = match ledger::read(&files, &config, &plan.ledger) {
        Ok(snapshot) => snapshot,
        Err(findings) => return findings,
    };
    let dates = blocks.iter().filter(|block| block.name == "sh").filter_map(|block| block.text.split_once("--date "));
    let Some(date) = dates.filter_map(|(_, date)| Date::parse(date.get(..10)?)).next() else {
        return snapshot.faults.into_iter().map(|fault| fault.diagnostic).collect();
    };
    let list = run::run(&plan, &snapshot, date);
    list.set_aside.into_iter().map(|aside| aside.diagnostic).chain(list.findings).collect()
}

fn is_program(block: &Block) -> bool {
    block.name == "proc" || block.name.ends_with(".proc")
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

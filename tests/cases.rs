//! The case files: `tests/cases/<area>/<name>.proc` is one test.
//!
//! A case is a program with a header of `#|` lines: what it shows, the run dates, and the tables of
//! its ledger. It goes through every stage, and one snapshot beside it shows what each made of it.
//! `#~ E0401` at the end of a line says that a finding with this code lies on that line, `#~^ E0401`
//! on the line above. Findings and markers must agree to the letter, whatever the snapshot says.

mod describe;
mod header;
mod story;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use dunlin::base::{Diagnostic, Place, Sources};
use dunlin::ledger::Snapshot;
use dunlin::plan::Plan;
use dunlin::workspace::Workspace;
use dunlin::{format, ledger, plan, run};
pub(crate) use header::Header;

/// How the program of a case is called in findings.
const PROGRAM: &str = "case.proc";

#[test]
fn cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let files = proc_files(&root);
    assert!(files.len() >= 120, "only {} case files below {}", files.len(), root.display());
    let only = std::env::var("CASE").unwrap_or_default();
    let chosen = files.iter().filter(|path| path.to_string_lossy().contains(&only));
    let failed: Vec<_> = chosen.filter(|path| catch_unwind(AssertUnwindSafe(|| case(path))).is_err()).collect();
    assert!(failed.is_empty(), "{} cases failed: {failed:#?}", failed.len());
}

pub(crate) fn proc_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut found: Vec<PathBuf> = entries
        .flat_map(|path| if path.is_dir() { proc_files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|ending| ending == "proc"))
        .collect();
    found.sort();
    found
}

fn case(path: &Path) {
    let text = std::fs::read_to_string(path).expect("a case file is text");
    let header = Header::read(&text);
    let shown = through_every_stage(&text, &header);
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(path.parent().expect("a case lies in an area"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(header.title.clone());
    let name = path.file_stem().expect("a case has a name").to_string_lossy().into_owned();
    settings.bind(|| insta::assert_snapshot!(name, shown));
}

/// The sections of a snapshot, in the order of the pipeline.
fn through_every_stage(text: &str, header: &Header) -> String {
    let mut workspace = Workspace::new([(PROGRAM, text)]);
    for (name, content) in header.resources() {
        workspace.set_resource(name, Some(content));
    }
    let mut sections = Sections::default();

    let (file, misspelt) = workspace.parsed(PROGRAM).expect("the case was given to the workspace");
    if misspelt.is_empty() {
        sections.add("format", &formatted(text, file));
    }
    let (findings, sources) = (workspace.findings(), workspace.sources());
    sections.add("findings", &listed(&findings, sources));
    markers_agree(text, &findings, sources);

    if let Some(program) = workspace.checked().program().filter(|_| misspelt.is_empty()) {
        let lowered = plan::from_check::lower(program);
        sections.add("plan", &describe::plan(&lowered, sources));
        if header.dates.is_empty() && header.commits.is_empty() {
            return sections.text;
        }
        match ledger::read(&header.files(), &header.config(), &lowered.ledger) {
            _ if !header.needs_ledger() => {}
            Err(findings) => sections.add("ledger", &listed(&findings, sources)),
            Ok(snapshot) => runs(header, &lowered, &snapshot, sources, &mut sections),
        }
    }
    sections.text
}

/// The story, then the runs, each with its explanations; they know what the story made happen.
fn runs(header: &Header, plan: &Plan, snapshot: &Snapshot, sources: &Sources, sections: &mut Sections) {
    let mut story = story::Story::new(plan, snapshot, sources);
    if !header.commits.is_empty() || !header.reports.is_empty() {
        sections.add("story", &story.tell(header));
    }
    let memory = story.memory();
    for date in &header.dates {
        let worklist = run::run(plan, snapshot, &memory, *date);
        sections.add(&format!("run {date}"), &describe::worklist(&worklist, sources));
        for customer in &header.why {
            let why = run::why(plan, snapshot, &memory, *date, customer, sources);
            sections.add(&format!("why {customer}"), &describe::why(why.as_ref(), sources));
        }
    }
}

/// The formatted text, if the formatter changes anything; and its promises, on every case.
fn formatted(text: &str, file: &dunlin::syntax::ast::File) -> String {
    let printed = format::print(file, text);
    let again = dunlin::syntax::parse(dunlin::base::FileId(0), &printed);
    assert!(again.findings.is_empty(), "the formatted text has findings: {:?}", again.findings);
    assert_eq!(again.file.items, file.items, "formatting changed the meaning");
    assert_eq!(format::print(&again.file, &printed), printed, "formatting twice changes something");
    if printed == text { "as written".to_owned() } else { header::without(&printed) }
}

/// One line a finding, with its help and fix below.
fn listed(findings: &[Diagnostic], sources: &Sources) -> String {
    findings.iter().map(|finding| describe::finding(finding, sources)).collect::<Vec<_>>().join("\n")
}

/// Every marker has a finding on its line, and every finding in the program a marker.
fn markers_agree(text: &str, findings: &[Diagnostic], sources: &Sources) {
    let mut marked: BTreeMap<(usize, String), i32> = BTreeMap::new();
    for (index, line) in text.lines().enumerate() {
        for (at, _) in line.match_indices("#~") {
            let words = &line[at + 2..];
            let above = words.starts_with('^');
            for code in words.trim_start_matches('^').split("#~").next().unwrap_or("").split_whitespace() {
                *marked.entry((index + 1 - usize::from(above), code.to_owned())).or_default() += 1;
            }
        }
    }
    let mut found: BTreeMap<(usize, String), i32> = BTreeMap::new();
    for finding in findings {
        if let Some(Place::Text(span)) = finding.labels.first().map(|label| &label.place) {
            let source = sources.get(span.file).expect("a finding lies in a known text");
            if &*source.path == PROGRAM {
                let line = source.line_column(span.start as usize).0;
                *found.entry((line, finding.code.id.to_owned())).or_default() += 1;
            }
        }
    }
    assert_eq!(marked, found, "markers (left) and findings (right) differ, as (line, code): how many");
}

/// A text of named sections.
#[derive(Default)]
struct Sections {
    text: String,
}

impl Sections {
    fn add(&mut self, title: &str, content: &str) {
        let content = if content.trim().is_empty() { "(nothing)" } else { content.trim_end() };
        self.text.push_str(&format!("── {title}\n{content}\n\n"));
    }
}

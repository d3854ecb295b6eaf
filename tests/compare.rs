//! Two versions of a program compared: every `tests/compare/*.md` is one test.
//!
//! A case is a page of fenced blocks: `proc old` and `proc new` are the programs, `documents.csv` and so on
//! the tables of the ledger, `letter.md old` and `letter.md new` texts, `dates` the days, `assumed` what becomes
//! of suggestions where the days are played, and `text` what the comparison says. After a wanted change: `COMPARE=overwrite cargo test --test all compare`, then
//! read the diff.

mod git;
mod same;

use std::cell::Cell;
use std::path::{Path, PathBuf};

use dunlin::base::Date;
use dunlin::compare::{Cause, Change, Comparison, Difference, How, Kind, Part, Trace, compare};
use dunlin::journal::Memory;
use dunlin::ledger::{self, Config, MemoryFiles};
use dunlin::report::Style;
use dunlin::report::compare::{json, markdown, table};
use dunlin::run::play::{Assumption, Assumptions};
use dunlin::schema::LedgerSchema;
use dunlin::workspace::Workspace;

/// A fenced block: its first line after the fence, and its text.
type Block = (String, String);

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compare");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("the cases").map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    files.sort();
    assert!(files.len() >= 12, "only {} cases", files.len());
    let overwrite = std::env::var_os("COMPARE").is_some_and(|mode| mode == "overwrite");
    let mut wrong = Vec::new();
    for path in files {
        let page = std::fs::read_to_string(&path).expect("a case is text");
        let blocks = blocks(&page);
        let expected = &blocks.last().filter(|(name, _)| name == "text").expect("a block `text` at the end").1;
        let comparison = compared(&blocks).unwrap_or_else(|| panic!("{}: a version has errors", path.display()));
        sound(&comparison);
        let said = table::render(&comparison, false, Style { colour: false, width: 100 });
        assert!(said.lines().all(|line| line.chars().count() <= 100 || comparison.is_empty()), "too wide:\n{said}");
        if overwrite {
            let kept = page.rfind("```text\n").expect("a block `text`");
            std::fs::write(&path, format!("{}```text\n{said}```\n", &page[..kept])).expect("the case can be written");
        } else if said != *expected {
            wrong.push(format!("{}\n--- expected\n{expected}--- said\n{said}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The comment for a pull request, with what can be opened; to be looked at rendered after a change.
#[test]
fn a_comment() {
    for case in ["a_new_define", "a_text", "several_documents", "step_by_step"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compare").join(format!("{case}.md"));
        let page = std::fs::read_to_string(&path).expect("a case is text");
        let comparison = compared(&blocks(&page)).expect("no errors");
        let mut settings = insta::Settings::new();
        settings.set_snapshot_path("compare");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(format!("{case}.comment"), markdown::comment(&comparison, false)));
    }
}

/// GitHub refuses a comment of more than 65,536 characters.
#[test]
fn a_comment_is_never_too_long() {
    let comparison = |changes: usize, customers: usize| {
        let date = Date::parse("2026-03-02").expect("a day");
        let difference = |customer: String| {
            let kind = Kind::SetAside("the invoice of this customer has no due date that can be read".to_owned());
            (date, Difference { customer, kind })
        };
        let cause = |place: usize| Cause {
            changes: vec![place],
            trace: Trace::Alone,
            differences: (0..customers).map(|number| difference(format!("customer {place} {number}"))).collect(),
        };
        let change =
            |place| Change { how: How::Changed, part: Part::Define(format!("d{place}")), old: None, new: None };
        Comparison {
            dates: vec![date],
            customers: 1_000_000,
            changes: (0..changes).map(change).collect(),
            causes: (0..changes).map(cause).collect(),
            ..Comparison::default()
        }
    };
    for (changes, customers, said) in [
        (3, 60, "- … and 10 more\n"),
        (40, 60, "- … and 50 more\n"),
        (300, 60, "- … and 57 more\n"),
        (900, 1, "too long"),
    ] {
        let comparison = comparison(changes, customers);
        let comment = markdown::comment(&comparison, false);
        assert!(comment.len() <= 61_000 && comment.contains(said), "{}: {said}", comment.len());
        assert_eq!(comment.matches("<details").count(), comment.matches("</details>").count());
        assert_eq!(markdown::comment(&comparison, true).matches("\n- ").count(), changes * customers);
    }
}

fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(name), None) => open = Some((name.to_owned(), String::new())),
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    found
}

fn compared(blocks: &[Block]) -> Option<Comparison> {
    let text = |name: &str| blocks.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str());
    let version = |which: &str| {
        let program = text(&format!("proc {which}")).expect("a program");
        let mut workspace = Workspace::new([("case.proc", program)]);
        for path in workspace.wanted_resources() {
            let resource = text(&format!("{path} {which}")).unwrap_or("Dear customer\n");
            workspace.set_resource(&path, Some(resource));
        }
        let said: Vec<String> = workspace.findings().iter().map(|said| said.message.clone()).collect();
        assert!(workspace.checked().program().is_some(), "{which}: {said:?}");
        workspace
    };
    let mut files = MemoryFiles::default();
    for (name, text) in blocks.iter().filter(|(name, _)| name.ends_with(".csv")) {
        files.insert(&format!("ledger/{name}"), text.clone());
    }
    let dates: Vec<Date> = text("dates")?.split_whitespace().filter_map(Date::parse).collect();
    let assumed = text("assumed").map(|said| match said.trim() {
        "done-at-once" => Assumption::DoneAtOnce,
        "never" => Assumption::Never,
        other => Assumption::DoneAfter(other.trim_start_matches("done-after-").parse().expect("days")),
    });
    over(&version("old"), &version("new"), (&files, &Config::default()), &dates, assumed)
}

/// Compares over a ledger without a journal.
fn over(
    old: &Workspace,
    new: &Workspace,
    (files, config): (&MemoryFiles, &Config),
    dates: &[Date],
    assumed: Option<Assumption>,
) -> Option<Comparison> {
    let read = |schema: &LedgerSchema| {
        let snapshot = ledger::read(files, config, schema)?;
        let memory = Memory::new(&[], &snapshot);
        Ok((snapshot, memory))
    };
    let runs = Cell::new((0, 0));
    let moved = |through, all| {
        assert!(through >= runs.get().0 && through <= all && all >= runs.get().1, "{through} of {all} runs");
        runs.set((through, all));
    };
    let comparison =
        compare(old, new, &read, dates, assumed.map(Assumptions::both), &moved).expect("the ledger can be read");
    if let Some(comparison) = comparison.as_ref().filter(|comparison| !comparison.capped) {
        assert_eq!(runs.get().0, runs.get().1, "not every run is through");
        assert!(runs.get().0 >= 2 * comparison.dates.len());
    }
    comparison
}

/// What holds for every comparison.
fn sound(comparison: &Comparison) {
    let all = comparison.differences().len();
    let of_causes: usize = comparison.causes.iter().map(|cause| cause.differences.len()).sum();
    assert_eq!(all, of_causes, "a difference has two causes");
    let named = comparison.causes.iter().flat_map(|cause| &cause.changes);
    assert!(named.clone().all(|place| *place < comparison.changes.len()));
    assert!(
        comparison.causes.iter().all(|cause| !cause.changes.is_empty()),
        "behaviour without a change of the source"
    );
    let comment = markdown::comment(comparison, true);
    assert_eq!(comment.matches("<details").count(), comment.matches("</details>").count());
    let object = json::object(comparison).expect("JSON");
    let object: serde_json::Value = serde_json::from_str(&object).expect("JSON that can be read");
    assert_eq!(object["changed"], !comparison.is_empty());
}

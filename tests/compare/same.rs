//! A program compared with itself is the same, whatever it says and however it is laid out.

use std::path::Path;
use std::sync::OnceLock;

use dunlin::base::Date;
use dunlin::format;
use dunlin::ledger;
use dunlin::workspace::Workspace;
use proptest::prelude::*;

use super::over;
use crate::cases::{Header, proc_files};
use crate::properties::{PROGRAMS, company, config, files, tables};

fn workspace(text: &str, resources: &[(&str, &str)]) -> Workspace {
    let mut workspace = Workspace::new([("case.proc", text)]);
    for (name, content) in resources {
        workspace.set_resource(name, Some(content));
    }
    workspace
}

/// The same program otherwise laid out, in a file of another name, with a comment.
fn relaid(workspace: &Workspace, resources: &[(&str, &str)]) -> Workspace {
    let (file, _) = workspace.parsed("case.proc").expect("the file");
    let printed = format::print(file, workspace.text("case.proc").expect("its text"));
    let mut other = Workspace::new([("other.proc", format!("# Another layout.\n\n{printed}").as_str())]);
    for (name, content) in resources {
        other.set_resource(name, Some(content));
    }
    other
}

#[test]
fn every_case_is_the_same_as_itself() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut compared = 0;
    for path in proc_files(&root) {
        let text = std::fs::read_to_string(&path).expect("a case is text");
        let header = Header::read(&text);
        let resources = header.resources();
        let old = workspace(&text, &resources);
        let Some(program) = old.checked().program().filter(|_| !header.dates.is_empty()) else { continue };
        let settings = header.config();
        if ledger::read(&header.files(), &settings, &program.ledger).is_err() {
            continue;
        }
        let ledger = (&header.files(), &settings);
        let comparison = over(&old, &relaid(&old, &resources), ledger, &header.dates, None);
        let comparison = comparison.unwrap_or_else(|| panic!("{}", path.display()));
        assert!(comparison.is_empty(), "{}: {:#?}", path.display(), comparison.causes);
        assert_eq!(comparison.changes, [], "{}", path.display());
        compared += 1;
    }
    assert!(compared > 60, "only {compared} cases were compared");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_program_is_the_same_as_itself(tables in tables(), days in 0..60i64) {
        static WORKSPACES: OnceLock<Vec<Workspace>> = OnceLock::new();
        let letter = [("letter.md", "Dear customer\n")];
        let date = Date::parse("2026-02-01").and_then(|date| date.plus_days(days)).expect("near");
        for program in WORKSPACES.get_or_init(|| PROGRAMS.iter().map(|text| workspace(text, &letter)).collect()) {
            let comparison = over(program, &relaid(program, &letter), (&files(&tables), &config()), &[date], None).expect("no errors");
            prop_assert!(comparison.is_empty(), "{:#?}", comparison.causes);
            prop_assert_eq!(comparison.changes, []);
        }
    }

    #[test]
    fn a_program_by_chance_is_the_same_as_itself(
        numbers in prop::collection::vec(any::<u32>(), 0..160), tables in tables(), days in 0..60i64,
    ) {
        let letter = [("letter.md", "Dear customer\n")];
        let date = Date::parse("2026-02-01").and_then(|date| date.plus_days(days)).expect("near");
        let text = company(&numbers);
        let program = workspace(&text, &letter);
        let comparison = over(&program, &relaid(&program, &letter), (&files(&tables), &config()), &[date], None);
        let comparison = comparison.unwrap_or_else(|| panic!("{text}\n{:#?}", program.findings()));
        prop_assert!(comparison.is_empty(), "{:#?}", comparison.causes);
        prop_assert_eq!(comparison.changes, []);
    }

    /// There and back is the same with the signs turned round: what appears vanishes.
    #[test]
    fn back_again(tables in tables(), day in 0..30u32) {
        let letter = [("letter.md", "Dear customer\n")];
        let date = Date::parse("2026-02-10").and_then(|date| date.plus_days(i64::from(day))).expect("near");
        let text = PROGRAMS[0];
        let other = text.replace("at day 2 automatic", "at day 4 automatic").replace("score < 40", "score < 60");
        prop_assert_ne!(text, &other);
        let (old, new) = (workspace(text, &letter), workspace(&other, &letter));
        let there = over(&old, &new, (&files(&tables), &config()), &[date], None).expect("no errors");
        let back = over(&new, &old, (&files(&tables), &config()), &[date], None).expect("no errors");
        super::sound(&there);
        prop_assert_eq!(there.differences().len(), back.differences().len());
        prop_assert!(there.actions.iter().zip(&back.actions).all(|((_, one), (_, other))| (one.old, one.appear, one.change) == (other.new, other.vanish, other.change)));
    }
}

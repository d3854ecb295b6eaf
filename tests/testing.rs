//! Test items, executed: each file of `tests/testing` is a program, its snapshot says what came of
//! each of its tests, to the letter. And what must be true of every suite.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use dunlin::base::{Diagnostic, Sources};
use dunlin::ledger::{self, Config, DiskFiles};
use dunlin::run::Recorder;
use dunlin::testing::mutants::{Bench, Mutant, mutant};
use dunlin::testing::suites::{Page, Suite};
use dunlin::testing::{Coverage, play};
use dunlin::workspace::Workspace;
use dunlin::{disk, plan};

#[test]
fn items() {
    insta::glob!("testing/*.proc", |path| {
        let text = std::fs::read_to_string(path).expect("a program");
        let workspace = Workspace::new([("case.proc", text.as_str())]);
        let checked = workspace.checked();
        let program = checked.program().unwrap_or_else(|| panic!("{:#?}", checked.findings));
        let sources = workspace.sources();
        let (plan, recorder) = (plan::from_check::lower(program), Recorder::default());
        let played = play(&plan, &program.tests, sources, Some(&recorder));
        assert_eq!(played, play(&plan, &program.tests, sources, None), "a second time something else comes");
        let mut shown = String::new();
        for test in &played {
            shown += &format!("{} \"{}\"\n", if test.passed() { "passed" } else { "failed" }, test.title);
            shown.extend(test.findings.iter().map(|finding| told(finding, sources)));
        }
        let coverage = Coverage::new(&plan, &recorder.used());
        let (steps, branches) = (coverage.steps(), coverage.branches());
        shown += &format!(
            "\nsteps {} of {}, conditions {} of {}\n",
            steps.reached, steps.all, branches.reached, branches.all
        );
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(path.parent().expect("a folder"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        settings.remove_snapshot_suffix();
        settings.bind(|| insta::assert_snapshot!(name, shown));
    });
}

/// A finding in the lines that people read: what was expected, what came, why.
fn told(finding: &Diagnostic, sources: &Sources) -> String {
    let place = finding.span().map_or_else(String::new, |span| sources.place(span));
    let mut out = format!("  {} {place} {}\n", finding.code.id, finding.message);
    out.extend(finding.labels.iter().map(|label| format!("      {}\n", label.text)));
    out.extend(finding.help.iter().map(|help| format!("      {help}\n")));
    out
}

/// The companies of `examples` and that of `dunlin new`: every suite gives the same twice in a row and
/// whatever ran before it, and each day that is not part of a story gives the same alone; so does every
/// test; all steps are reached.
#[test]
fn tests_and_suites_give_the_same_twice_and_in_any_order() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let examples = std::fs::read_dir(root.join("examples")).expect("the examples").flatten();
    let folders = examples.map(|entry| entry.path()).filter(|path| path.join("dunlin.toml").exists());
    let companies: Vec<PathBuf> = folders.chain([root.join("src/cli/starter")]).collect();
    assert!(companies.len() >= 4, "only {} companies", companies.len());
    for root in companies {
        let name = root.display();
        let config = std::fs::read_to_string(root.join("dunlin.toml")).expect("settings");
        let config = Config::from_toml(&config, "dunlin.toml").expect("settings");
        let program = disk::program(&root);
        let (workspace, sources) = (&program.workspace, program.workspace.sources());
        let tree = workspace.checked().program().expect("a program");
        let (plan, recorder) = (plan::from_check::lower(tree), Recorder::default());
        let snapshot = ledger::read(&DiskFiles::new(&root), &config, &plan.ledger).expect("a ledger");

        let suites = suites(&root);
        let pages = |suite: &Suite| suite.pages(&plan, &snapshot, sources, Some(&recorder));
        let first: Vec<Vec<Page>> = suites.iter().map(pages).collect();
        let mut again: Vec<Vec<Page>> = suites.iter().rev().map(pages).collect();
        again.reverse();
        assert_eq!(first, again, "{name}");
        for (suite, pages) in suites.iter().zip(&first).filter(|(suite, _)| !suite.commit) {
            for date in suite.dates.iter().rev() {
                let alone = Suite { dates: [*date].into(), ..suite.clone() };
                let alone = alone.pages(&plan, &snapshot, sources, None);
                assert_eq!(alone.first(), pages.iter().find(|page| page.date == *date), "{name}");
            }
        }

        let played = play(&plan, &tree.tests, sources, Some(&recorder));
        assert!(played.iter().all(|test| test.passed()), "{name}: {played:#?}");
        let backwards: Vec<_> = tree.tests.iter().rev().cloned().collect();
        let mut again = play(&plan, &backwards, sources, None);
        again.reverse();
        assert_eq!(played, again, "{name}");
        let steps = Coverage::new(&plan, &recorder.used()).steps();
        assert_eq!(steps.percent(), 100, "{name}: {steps:?}");
    }
}

/// The suites of a company; each is over the ledger of the program.
fn suites(root: &Path) -> Vec<Suite> {
    let entries = std::fs::read_dir(root.join("tests")).expect("a company has suites").flatten();
    let folders: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    let suite = |folder: &PathBuf| {
        let text = std::fs::read_to_string(folder.join("suite.toml")).expect("a suite");
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        let suite = Suite::from_toml(&text, &format!("tests/{name}"), &|_| false).expect("a suite");
        assert!(suite.ledger.is_none() && !folder.join("ledger").exists(), "{name} has a ledger of its own");
        suite
    };
    folders.iter().map(suite).collect()
}

/// Everything that is changed in a program with one of each, in order.
#[test]
fn mutants_change_one_thing() {
    let workspace = Workspace::new([("mutants.proc", include_str!("data/mutants.proc"))]);
    let checked = workspace.checked();
    let program = checked.program().unwrap_or_else(|| panic!("{:#?}", checked.findings));
    let plan = plan::from_check::lower(program);
    let mutants: Vec<_> = (0..).map_while(|number| mutant(&plan, number)).collect();
    for mutant in &mutants {
        assert_ne!(mutant.plan, plan, "nothing is changed: {}", mutant.what);
    }
    let told = |mutant: &Mutant| format!("{}  {}\n", workspace.sources().place(mutant.span), mutant.what);
    let shown: String = mutants.iter().map(told).collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("testing");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("mutants", shown));
}

/// The first difference tells, so the days after it are not run; and when the time is over no further one is.
#[test]
fn a_mutant_is_tried_no_longer_than_needed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/standard");
    let workspace = disk::program(&root).workspace;
    let plan = plan::from_check::lower(workspace.checked().program().expect("a program"));
    let config = std::fs::read_to_string(root.join("dunlin.toml")).expect("settings");
    let config = Config::from_toml(&config, "dunlin.toml").expect("settings");
    let snapshot = ledger::read(&DiskFiles::new(&root), &config, &plan.ledger).expect("a ledger");
    let suite =
        Suite::from_toml("dates = [\"2026-03-02\", \"2026-03-03\", \"2026-03-04\"]", "s", &|_| false).expect("a suite");
    let suites = [(suite, snapshot)];
    let bench = Bench::new(&plan, &[], &suites, workspace.sources());
    let days = |plan, most: usize| {
        let asked = Cell::new(0);
        let is_over = || {
            asked.set(asked.get() + 1);
            asked.get() > most
        };
        (bench.notices(plan, &is_over), asked.get())
    };
    let mut without = plan.clone();
    without.assignment.clear();
    assert_eq!(days(&without, 9), (Some(true), 1));
    assert_eq!(days(&plan, 9), (Some(false), 3));
    assert_eq!(days(&plan, 2), (None, 3));
    assert_eq!(days(&without, 0), (None, 1));
}

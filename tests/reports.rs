//! What `dunlin check` and `dunlin test` print for other programs is what those programs read: SARIF
//! against the published schema, JUnit as XML, on every finding that the cases raise, on odd ones made
//! by hand, and on tests and suites that fail.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dunlin::base::{DataPlace, Diagnostic, Sources, Span, code};
use dunlin::plan::from_check::lower;
use dunlin::report::{View, gitlab, json, junit, sarif, testing};
use dunlin::testing::{Results, play};
use dunlin::workspace::Workspace;
use jsonschema::Validator;
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn schema() -> Validator {
    let text = fs::read_to_string(root().join("tests/schemas/sarif-2.1.0.json")).expect("the schema is there");
    let schema: Value = serde_json::from_str(&text).expect("the schema is JSON");
    jsonschema::validator_for(&schema).expect("the schema is a schema")
}

/// The texts of every case, by path.
fn cases() -> Vec<PathBuf> {
    let areas = fs::read_dir(root().join("tests/cases")).expect("the cases are there").flatten();
    let files = areas.filter(|area| area.path().is_dir()).flat_map(|area| fs::read_dir(area.path()).expect("an area"));
    let mut paths: Vec<PathBuf> = files.flatten().map(|file| file.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "proc"));
    paths.sort();
    paths
}

/// Holds a log against the schema; the number of its results.
fn is_sarif(schema: &Validator, log: &str) -> usize {
    let log: Value = serde_json::from_str(log).expect("SARIF is JSON");
    let wrong: Vec<String> =
        schema.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}\n{log:#}");
    log["runs"][0]["results"].as_array().expect("a list").len()
}

/// Holds a report against what build servers read; the number of its tests.
fn is_junit(report: &str) -> usize {
    let document = roxmltree::Document::parse(report).unwrap_or_else(|error| panic!("{error}\n{report}"));
    let counted = |tag| document.descendants().filter(|node| node.has_tag_name(tag)).count();
    for (attribute, tag) in [("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")] {
        let said = document.root_element().attribute(attribute);
        assert_eq!(said, Some(counted(tag).to_string().as_str()), "{attribute}\n{report}");
    }
    counted("testcase")
}

/// Holds every format against what its readers expect.
fn all_formats_are_valid(schema: &Validator, view: View<'_>, files: &[String], findings: &[Diagnostic]) {
    let results = is_sarif(schema, &sarif::findings(view, findings).expect("SARIF can be written"));
    assert_eq!(results, findings.len());
    let tests = is_junit(&junit::findings(view, files, findings));
    assert!(tests >= findings.len());

    for text in [json::findings(view, findings), gitlab::findings(view, findings)] {
        let list: Value = serde_json::from_str(&text.expect("JSON can be written")).expect("it is JSON");
        assert_eq!(list.as_array().map(Vec::len), Some(findings.len()));
    }
}

#[test]
fn every_finding_of_the_cases_is_valid_in_every_format() {
    let (schema, mut raised) = (schema(), 0);
    for path in cases() {
        let text = fs::read_to_string(&path).expect("a case is a text");
        let workspace = Workspace::new([("sous dossier/çà & là.proc", text.as_str())]);
        let findings = workspace.findings();
        raised += findings.len();
        let view = View { sources: workspace.sources(), folder: "../my company" };
        all_formats_are_valid(&schema, view, workspace.paths(), &findings);
    }
    assert!(raised > 100, "only {raised} findings");
}

#[test]
fn odd_findings_are_valid_in_every_format() {
    let mut sources = Sources::default();
    let id = sources.add("ä b.proc", "\u{feff}define ü = \"日本\"\n");
    let cell = |line, column| DataPlace {
        file: "ledger/Öffentlich & co.csv".to_owned(),
        line,
        column,
        ..DataPlace::default()
    };
    let nasty = "<&>\"' \u{1} \u{1b}[31m \u{fffe} ]]> \r\n\t end";
    let findings = [
        Diagnostic::new(code::NO_PROCEDURES, "without a place"),
        Diagnostic::new(code::UNREADABLE_FILE, nasty).at_data(cell(None, None), nasty).help(nasty),
        Diagnostic::new(code::UNREADABLE_FILE, "a line").at_data(cell(Some(7), None), ""),
        Diagnostic::new(code::UNREADABLE_FILE, "a cell").at_data(cell(Some(7), Some(3)), "here"),
        Diagnostic::new(code::UNREADABLE_TEXT, "several places")
            .label(Span::new(id, 0, 3), "")
            .label(Span::new(id, 13, 13), "nothing")
            .label(Span::new(id, 0, 99_999), "beyond the end")
            .at_data(cell(None, None), "and elsewhere")
            .fix("write nothing", Span::new(id, 3, 3), ""),
    ];
    let files = ["ä b.proc".to_owned(), "silent.proc".to_owned()];
    for folder in ["", "..", "/absolute/a b"] {
        all_formats_are_valid(&schema(), View { sources: &sources, folder }, &files, &findings);
    }
}

#[test]
fn every_failing_test_is_valid_in_every_format() {
    let (schema, mut failed) = (schema(), 0);
    for entry in fs::read_dir(root().join("tests/testing")).expect("the cases are there").flatten() {
        if entry.path().extension().is_none_or(|ending| ending != "proc") {
            continue;
        }
        let text = fs::read_to_string(entry.path()).expect("a case is a text");
        let workspace = Workspace::new([("çà & là/a \"test\".proc", text.as_str())]);
        let program = workspace.checked().program().expect("no errors");
        let tests = play(&lower(program), &program.tests, workspace.sources(), None);
        let results = Results { tests, ..Results::default() };
        let view = View { sources: workspace.sources(), folder: "../my company" };
        failed += is_sarif(&schema, &sarif::findings(view, &results.findings()).expect("SARIF can be written"));
        assert_eq!(is_junit(&testing::xml(&results, view)), results.tests.len());
    }
    assert!(failed > 10, "only {failed} findings");
}

/// The program itself: with tests that fail, snapshots that differ, are new, stale, a suite that cannot be
/// run; with errors, where `test` gives what `check` gives; and without a folder.
#[test]
fn what_dunlin_test_prints_is_valid() {
    let schema = schema();
    let printed = |command: &str, format: &str, folder: &str| {
        let mut dunlin = Command::new(env!("CARGO_BIN_EXE_dunlin"));
        // On a build server nothing is left beside the snapshots.
        dunlin.env("CI", "true").current_dir(root().join("tests/cli"));
        let output = dunlin.args([command, folder, "--format", format]).output().expect("dunlin starts");
        (output.status.code(), String::from_utf8(output.stdout).expect("text"))
    };
    for (folder, status, findings, tests) in
        [("test.in", 1, 8, 7), ("test_stopped.in", 1, 2, 3), ("test_mutants.in", 0, 0, 1), ("nowhere.in", 2, 1, 1)]
    {
        let (ended, log) = printed("test", "sarif", folder);
        assert_eq!((ended, is_sarif(&schema, &log)), (Some(status), findings), "{folder}");
        let (ended, report) = printed("test", "junit", folder);
        assert_eq!((ended, is_junit(&report)), (Some(status), tests), "{folder}");
        let (ended, object) = printed("test", "json", folder);
        let object: Value = serde_json::from_str(&object).expect("it is JSON");
        assert_eq!((ended, &object["passed"]), (Some(status), &Value::Bool(status == 0)), "{folder}");
    }
    for folder in ["test_stopped.in", "nowhere.in"] {
        for format in ["sarif", "junit", "github"] {
            assert_eq!(printed("test", format, folder), printed("check", format, folder), "{folder} {format}");
        }
    }
}

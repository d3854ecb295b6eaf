//! What `dunlin check` prints for other programs is what those programs read: SARIF against the
//! published schema, JUnit as XML, on every finding that the cases raise and on odd ones made by hand.

use std::fs;
use std::path::{Path, PathBuf};

use dunlin::base::{DataPlace, Diagnostic, Sources, Span, code};
use dunlin::report::{View, gitlab, json, junit, sarif};
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

/// Holds every format against what its readers expect.
fn all_formats_are_valid(schema: &Validator, view: View<'_>, files: &[String], findings: &[Diagnostic]) {
    let log = sarif::findings(view, findings).expect("SARIF can be written");
    let log: Value = serde_json::from_str(&log).expect("SARIF is JSON");
    let wrong: Vec<String> =
        schema.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}\n{log:#}");
    assert_eq!(log["runs"][0]["results"].as_array().map(Vec::len), Some(findings.len()));

    let junit = junit::findings(view, files, findings);
    let document = roxmltree::Document::parse(&junit).unwrap_or_else(|error| panic!("{error}\n{junit}"));
    let tests = document.descendants().filter(|node| node.has_tag_name("testcase")).count();
    assert_eq!(document.root_element().attribute("tests"), Some(tests.to_string().as_str()), "{junit}");
    assert!(tests >= findings.len(), "{junit}");

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

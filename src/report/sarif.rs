//! Findings as SARIF 2.1.0: what code-scanning services read.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::{Code, Diagnostic, Edit, Fix, Label, Severity};
use crate::report::place::Located;
use crate::report::{View, told};

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Text<'static>,
    help: Page,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Page {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Words,
    locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Mending<'a>>,
}

#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct Words {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize, Clone, Copy)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Mending<'a> {
    description: Text<'a>,
    artifact_changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Text<'a>,
}

/// All findings, as one log with one run.
///
/// # Errors
/// None that can occur: everything here can be written as JSON.
pub fn findings(view: View<'_>, findings: &[Diagnostic]) -> serde_json::Result<String> {
    let codes: BTreeMap<&str, Code> = findings.iter().map(|finding| (finding.code.id, finding.code)).collect();
    let rule_index = |code: Code| codes.keys().position(|id| *id == code.id).unwrap_or(0);
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "dunlin",
                    version: env!("CARGO_PKG_VERSION"),
                    rules: codes.values().map(|code| rule(*code)).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            results: findings.iter().map(|finding| of(view, finding, rule_index(finding.code))).collect(),
        }],
    };
    serde_json::to_string_pretty(&log).map(|text| text + "\n")
}

fn rule(code: Code) -> Rule {
    Rule {
        id: code.id,
        short_description: Text { text: code.title() },
        help: Page { text: code.page, markdown: code.page },
        default_configuration: Configuration { level: level(code.severity) },
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

fn of<'a>(view: View<'_>, finding: &'a Diagnostic, rule_index: usize) -> Finding<'a> {
    let location = |label: &'a Label| Location {
        physical_location: physical(view.place(&label.place)),
        message: Some(Text { text: label.text.as_str() }).filter(|text| !text.text.is_empty()),
    };
    Finding {
        rule_id: finding.code.id,
        rule_index,
        level: level(finding.severity()),
        message: Words { text: told(view, finding).join("\n") },
        locations: finding.labels.iter().take(1).map(location).collect(),
        related_locations: finding.labels.iter().skip(1).map(location).collect(),
        fixes: finding.fixes.iter().map(|fix| mending(view, fix)).collect(),
    }
}

fn mending<'a>(view: View<'_>, fix: &'a Fix) -> Mending<'a> {
    let mut by_file: BTreeMap<String, Vec<&'a Edit>> = BTreeMap::new();
    for edit in &fix.edits {
        by_file.entry(view.span(edit.span).file).or_default().push(edit);
    }
    let replacement = |edit: &'a Edit| Replacement {
        deleted_region: region(&view.span(edit.span)).unwrap_or(Region {
            start_line: 1,
            start_column: None,
            end_line: None,
            end_column: None,
        }),
        inserted_content: Text { text: &edit.text },
    };
    let changes = by_file.into_iter().map(|(file, edits)| Change {
        artifact_location: Artifact { uri: uri(&file) },
        replacements: edits.into_iter().map(replacement).collect(),
    });
    Mending { description: Text { text: &fix.title }, artifact_changes: changes.collect() }
}

fn physical(place: Located) -> PhysicalLocation {
    PhysicalLocation { region: region(&place), artifact_location: Artifact { uri: uri(&place.file) } }
}

fn region(place: &Located) -> Option<Region> {
    place.line.map(|start_line| Region {
        start_line,
        start_column: place.column,
        end_line: place.end.map(|end| end.line),
        end_column: place.end.map(|end| end.column),
    })
}

/// A path as a relative reference: everything but letters, digits and `-._~/` is escaped.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

//! Findings as GitLab's Code Quality report: remarks in the diff of a merge request.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::base::{Diagnostic, Severity};
use crate::report::{View, told};

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u64,
}

/// All findings, as one array. A finding that lies in no file is shown at the settings, since GitLab
/// wants a file.
///
/// # Errors
/// None that can occur: everything here can be written as JSON.
pub fn findings(view: View<'_>, findings: &[Diagnostic]) -> serde_json::Result<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let all: Vec<Issue> = findings.iter().map(|finding| issue(view, finding, &mut seen)).collect();
    serde_json::to_string_pretty(&all).map(|text| text + "\n")
}

fn issue(view: View<'_>, finding: &Diagnostic, seen: &mut BTreeMap<String, usize>) -> Issue {
    let place = view.locate(finding);
    let path = if place.file.is_empty() { view.path("dunlin.toml").into_owned() } else { place.file };
    // Without the line, so that a finding stays the same when text is added above it.
    let key = format!("{}\n{path}\n{}", finding.code.id, finding.message);
    let number = seen.entry(key.clone()).and_modify(|number| *number += 1).or_default();
    let hash = Sha256::digest(format!("{key}\n{number}"));
    Issue {
        description: told(view, finding).join("; "),
        check_name: finding.code.id,
        fingerprint: hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect(),
        severity: match finding.severity() {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Hint => "info",
        },
        location: Location { path, lines: Lines { begin: place.line.unwrap_or(1) } },
    }
}

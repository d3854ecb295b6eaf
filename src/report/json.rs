//! Findings as JSON: an array of objects, for other programs.

use serde::Serialize;

use crate::base::{Code, Diagnostic, Edit, Fix, Label, Severity};
use crate::report::View;
use crate::report::place::Located;

#[derive(Serialize)]
pub(super) struct Finding<'a> {
    code: Code,
    severity: Severity,
    message: &'a str,
    #[serde(flatten)]
    place: Located,
    labels: Vec<Remark<'a>>,
    help: Option<&'a str>,
    fixes: Vec<Mending<'a>>,
}

#[derive(Serialize)]
struct Remark<'a> {
    #[serde(flatten)]
    place: Located,
    text: &'a str,
}

#[derive(Serialize)]
struct Mending<'a> {
    title: &'a str,
    edits: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
struct Replacement<'a> {
    #[serde(flatten)]
    place: Located,
    text: &'a str,
}

/// All findings, as an array over several lines.
///
/// # Errors
/// None that can occur: everything here can be written as JSON.
pub fn findings(view: View<'_>, findings: &[Diagnostic]) -> serde_json::Result<String> {
    let all: Vec<Finding<'_>> = findings.iter().map(|finding| of(view, finding)).collect();
    serde_json::to_string_pretty(&all).map(|text| text + "\n")
}

/// One finding.
pub(super) fn of<'a>(view: View<'_>, finding: &'a Diagnostic) -> Finding<'a> {
    let remark = |label: &'a Label| Remark { place: view.place(&label.place), text: &label.text };
    Finding {
        code: finding.code,
        severity: finding.severity(),
        message: &finding.message,
        place: view.locate(finding),
        labels: finding.labels.iter().map(remark).collect(),
        help: finding.help.as_deref(),
        fixes: finding.fixes.iter().map(|fix| mending(view, fix)).collect(),
    }
}

fn mending<'a>(view: View<'_>, fix: &'a Fix) -> Mending<'a> {
    let replacement = |edit: &'a Edit| Replacement { place: view.span(edit.span), text: &edit.text };
    Mending { title: &fix.title, edits: fix.edits.iter().map(replacement).collect() }
}

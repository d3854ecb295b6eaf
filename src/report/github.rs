//! Findings as workflow commands of GitHub Actions: remarks on the lines of a pull request.

use std::fmt::Write;

use crate::base::{Diagnostic, Severity};
use crate::report::View;

/// All findings, one command each.
#[must_use]
pub fn findings(view: View<'_>, findings: &[Diagnostic]) -> String {
    let mut out = String::new();
    for finding in findings {
        let command = match finding.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "notice",
        };
        let title = format!("{}: {}", finding.code.id, finding.code.title());
        let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\nhelp: {help}"));
        let message = format!("{}{help}", finding.message);
        let place = properties(view, finding);
        let _ = writeln!(out, "::{command} {place}title={}::{}", property(&title), data(&message));
    }
    out
}

/// `file=…,line=…,endLine=…,col=…,endColumn=…,`; GitHub takes columns only within one line.
fn properties(view: View<'_>, finding: &Diagnostic) -> String {
    let place = view.locate(finding);
    let mut out = String::new();
    let mut add = |name: &str, value: String| {
        let _ = write!(out, "{name}={},", property(&value));
    };
    if place.file.is_empty() {
        return out;
    }
    add("file", place.file.clone());
    let Some(line) = place.line else { return out };
    add("line", line.to_string());
    if let Some(end) = place.end {
        add("endLine", end.line.to_string());
    }
    if let Some(column) = place.column {
        add("col", column.to_string());
    }
    if let Some(end) = place.end.filter(|end| end.line == line) {
        add("endColumn", end.column.to_string());
    }
    out
}

/// The escapes of what stands after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The escapes of what stands after `=`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

//! Findings as workflow commands of GitHub Actions: remarks on the lines of a pull request.

use std::fmt::Write;

use crate::base::{Diagnostic, Severity};
use crate::report::place::Located;
use crate::report::{View, told};

/// A remark on a place.
pub(super) struct Remark<'a> {
    /// `error`, `warning` or `notice`.
    pub(super) command: &'a str,
    /// Where.
    pub(super) place: &'a Located,
    /// Its heading.
    pub(super) title: &'a str,
    /// What it says.
    pub(super) message: &'a str,
}

/// All findings, one command each.
#[must_use]
pub fn findings(view: View<'_>, findings: &[Diagnostic]) -> String {
    findings.iter().map(|finding| command(view, finding)).collect()
}

fn command(view: View<'_>, finding: &Diagnostic) -> String {
    let command = match finding.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "notice",
    };
    let title = format!("{}: {}", finding.code.id, finding.code.title());
    let message = told(view, finding).join("\n");
    remark(&Remark { command, place: &view.locate(finding), title: &title, message: &message })
}

/// The command of a remark, a line.
pub(super) fn remark(remark: &Remark<'_>) -> String {
    let place = properties(remark.place);
    format!("::{} {place}title={}::{}\n", remark.command, property(remark.title), data(remark.message))
}

/// `file=…,line=…,endLine=…,col=…,endColumn=…,`; GitHub takes columns only within one line.
fn properties(place: &Located) -> String {
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

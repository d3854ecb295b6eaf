//! One line per finding: `path:line:column: error[E0301]: message`, for editors, `grep` and people in a hurry.

use std::fmt::Write;

use crate::base::Diagnostic;
use crate::report::{View, severity_word};

/// All findings, one line each.
#[must_use]
pub fn findings(view: View<'_>, findings: &[Diagnostic]) -> String {
    let mut out = String::new();
    for finding in findings {
        let place = view.locate(finding).short();
        let after = if place.is_empty() { "" } else { ": " };
        let message = finding.message.replace(['\n', '\r'], " ");
        let _ = writeln!(out, "{place}{after}{}[{}]: {message}", severity_word(finding.severity()), finding.code.id);
    }
    out
}
